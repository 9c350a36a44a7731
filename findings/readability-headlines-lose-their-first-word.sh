#!/usr/bin/env bash
# Expected: parse().title is the "article title" (README). Where a page tells it only in <title>, that is the headline, from which a part
#   that names the site may go, behind " | " or " - " at the end, as in "Saiga numbers recover | CMS".
# Really: of a title with a colon what is before the last one goes, if more than four words are behind it and no <h1> or <h2> says the
#   very same: "COP14: states agree on new measures" is "states agree on new measures", and "Сайгак: что ждёт его в новом году" "что
#   ждёт его в новом году". What stands between dashes stays without the rest: "Argali - the largest wild sheep - are back in the
#   mountains" ends before "are back"; and a name in two languages, "Snow leopard / ilbirs: a survey in the Pamirs", loses the first.
# Package: @mozilla/readability 0.6.0 with jsdom 26.1.0 (npm).
# Source: README of @mozilla/readability, parse().
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" @mozilla/readability@0.6.0 jsdom@26.1.0 >/dev/null 2>&1
cat >"$folder/titles.js" <<'JS'
const { Readability } = require("@mozilla/readability");
const { JSDOM } = require("jsdom");
const story = "<p>The herds have grown for the third year in a row, say those who counted them from the air, and more.</p>".repeat(9);
const titleOf = (title, heading = "") => {
  const page = `<html><head><title>${title}</title></head><body>${heading}<article>${story}</article></body></html>`;
  return new Readability(new JSDOM(page).window.document).parse().title;
};
for (const title of [
  "Saiga numbers recover in the steppe | CMS",
  "COP14: states agree on new measures",
  "Сайгак: что ждёт его в новом году",
  "Argali - the largest wild sheep - are back in the mountains",
  "Snow leopard / ilbirs: a survey in the Pamirs",
]) {
  console.log(`${title} => ${titleOf(title)}`);
}
const headline = "COP14: states agree on new measures";
console.log(`with the same <h1> => ${titleOf(headline, `<h1>${headline}</h1>`)}`);
JS
cat >"$folder/seen" <<'TEXT'
Saiga numbers recover in the steppe | CMS => Saiga numbers recover in the steppe
COP14: states agree on new measures => states agree on new measures
Сайгак: что ждёт его в новом году => что ждёт его в новом году
Argali - the largest wild sheep - are back in the mountains => Argali - the largest wild sheep
Snow leopard / ilbirs: a survey in the Pamirs => ilbirs: a survey in the Pamirs
with the same <h1> => COP14: states agree on new measures
TEXT
node "$folder/titles.js" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
