#!/usr/bin/env bash
# Expected: RIS has authors (AU) and a date (DA, year/month/day) for every kind of reference, newspaper articles (NEWS) too, and what
#   @citation-js/plugin-ris writes it reads back: a story of a newspaper of 29 January 2021 by its author keeps both, as
#   the same story does when it is an article of a journal or a page of the web.
# Really: of a newspaper article no AU and no DA are written, and PY has the year alone: its authors are gone, and the day as well.
#   Read from RIS, the authors of NEWS become "reporter" of CSL, which no style prints as the author, and the day is dropped
#   in favour of PY. Nothing is said.
# Package: @citation-js/core 0.8.2 with @citation-js/plugin-ris 0.8.2 (npm).
# Source: RIS format specifications (Research Information Systems: AU, DA); CSL 1.0.2, article-newspaper and author.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2 >/dev/null 2>&1
cat >"$folder/there-and-back.js" <<'JS'
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-ris");
const told = ({ author, reporter, issued }) =>
  `author ${author ? JSON.stringify(author) : "none"}, reporter ${reporter ? JSON.stringify(reporter) : "none"}, ` +
  `issued ${issued["date-parts"][0].join("-")}`;
for (const type of ["article-journal", "webpage", "article-newspaper"]) {
  const story = {
    id: "saiga",
    type,
    title: "Saigas are back",
    author: [{ family: "Reporter", given: "Ann" }],
    issued: { "date-parts": [[2021, 1, 29]] },
  };
  const ris = new Cite(story).format("ris");
  const tags = ris.match(/^(AU|DA|PY) .*$/gm).join("; ");
  console.log(`${type}: ${tags}\n  read again: ${told(new Cite(ris).data[0])}`);
}
const written = "TY  - NEWS\nTI  - Saigas are back\nAU  - Reporter, Ann\nDA  - 2021/01/29/\nPY  - 2021\nER  - \n";
console.log(`NEWS with all of it: ${told(new Cite(written).data[0])}`);
JS
cat >"$folder/seen" <<'TEXT'
article-journal: AU  - Reporter, Ann; DA  - 2021/1/29/; PY  - 2021
  read again: author [{"family":"Reporter","given":"Ann"}], reporter none, issued 2021-1-29
webpage: AU  - Reporter, Ann; DA  - 2021/1/29/; PY  - 2021
  read again: author [{"family":"Reporter","given":"Ann"}], reporter none, issued 2021-1-29
article-newspaper: PY  - 2021
  read again: author none, reporter none, issued 2021
NEWS with all of it: author none, reporter "Reporter, Ann", issued 2021
TEXT
node "$folder/there-and-back.js" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
