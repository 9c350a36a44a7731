#!/usr/bin/env bash
# Expected: what format("D MMMM YYYY") wrote in a language, Day.js reads with the same format and language as the same date, as its plugin
#   CustomParseFormat is there for: its manual passes a locale as the third argument to read the names of months in it.
# Really: in Russian, Ukrainian, Belarusian, Polish, Croatian and Lithuanian one month of the twelve comes back with another year: the 3rd
#   of December 2021 is read as the 3rd of December 2022, while all other months are right. These languages have two names of a
#   month, and the number of the last one in the second list, 24, is taken for a month: the twelfth of the next year.
# Package: dayjs 1.11.23 (npm).
# Source: https://day.js.org/docs/en/parse/string-format.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" dayjs@1.11.23 >/dev/null 2>&1
cat >"$folder/months.js" <<'JS'
const dayjs = require("dayjs");
dayjs.extend(require("dayjs/plugin/customParseFormat"));
for (const language of ["kk", "ky", "uz", "tg", "ru", "uk", "be", "pl", "hr", "lt"]) {
  require(`dayjs/locale/${language}`);
  const wrong = [];
  for (let month = 0; month < 12; month += 1) {
    const day = dayjs(new Date(2021, month, 3)).locale(language);
    const read = dayjs(day.format("D MMMM YYYY"), "D MMMM YYYY", language);
    if (!read.isSame(day, "day")) wrong.push(`${day.format("D MMMM YYYY")} is ${read.locale("en").format("YYYY-MM-DD")}`);
  }
  console.log(`${language}: ${wrong.join(", ") || "all as written"}`);
}
JS
cat >"$folder/seen" <<'TEXT'
kk: all as written
ky: all as written
uz: all as written
tg: all as written
ru: 3 декабря 2021 is 2022-12-03
uk: 3 грудня 2021 is 2022-12-03
be: 3 снежня 2021 is 2022-12-03
pl: 3 grudnia 2021 is 2022-12-03
hr: 3 prosinca 2021 is 2022-12-03
lt: 3 gruodžio 2021 is 2022-12-03
TEXT
node "$folder/months.js" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
