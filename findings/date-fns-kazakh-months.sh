#!/usr/bin/env bash
# Expected: a date that format() wrote in a locale is read by parse() with the same format and locale as the same date, or is an
#   Invalid Date: "Return the date parsed from string using the given format string" (date-fns), with the locale's months.
# Really: in Kazakh four months of twelve come back as others, because parse() goes by the first letter of the whole word and
#   takes the first month with it: June (маусым) is May, and September, October and November (қыркүйек, қазан, қараша) are
#   January of the same year. They are sound dates, nothing is Invalid. In three letters ("MMM") all twelve are right, and so
#   are the same months in Uzbek, where June and July begin alike.
# Package: date-fns 4.4.0 (npm).
# Source: https://date-fns.org/docs/parse and https://date-fns.org/docs/Locale.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" date-fns@4.4.0 >/dev/null 2>&1
cat >"$folder/months.js" <<'JS'
const { format, parse } = require("date-fns");
const { kk, uz } = require("date-fns/locale");
const thereAndBack = (locale, pattern) => {
  const wrong = [];
  for (let month = 0; month < 12; month += 1) {
    const written = format(new Date(2021, month, 3), pattern, { locale });
    const read = format(parse(written, pattern, new Date(2000, 0, 1), { locale }), "yyyy-MM-dd");
    if (read !== format(new Date(2021, month, 3), "yyyy-MM-dd")) wrong.push(`${written} is ${read}`);
  }
  return wrong.join(", ") || "all as written";
};
console.log(`Uzbek, d MMMM yyyy: ${thereAndBack(uz, "d MMMM yyyy")}`);
console.log(`Kazakh, d MMM yyyy: ${thereAndBack(kk, "d MMM yyyy")}`);
console.log(`Kazakh, d MMMM yyyy: ${thereAndBack(kk, "d MMMM yyyy")}`);
JS
cat >"$folder/seen" <<'TEXT'
Uzbek, d MMMM yyyy: all as written
Kazakh, d MMM yyyy: all as written
Kazakh, d MMMM yyyy: 3 маусым 2021 is 2021-05-03, 3 қыркүйек 2021 is 2021-01-03, 3 қазан 2021 is 2021-01-03, 3 қараша 2021 is 2021-01-03
TEXT
node "$folder/months.js" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
