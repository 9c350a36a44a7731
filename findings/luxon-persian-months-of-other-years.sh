#!/usr/bin/env bash
# Expected: toFormat() writes day, month and year of one calendar: "Luxon has full support for Gregorian", other calendars are for those
#   who ask for them by outputCalendar, and "you can show users the date in their preferred calendaring system" (manual of Luxon,
#   "Calendars"). In Persian the third of January 2021 is ۳ ژانویهٔ ۲۰۲۱, or else, of the Persian calendar, ۱۴ دی ۱۳۹۹.
# Really: for Persian (fa) and Pashto (ps) day and year are of the Gregorian calendar and the name of the month is one of the Persian
#   calendar: "۳ دی ۲۰۲۱", the 3rd of Dey of the year 2021. The 3rd of Dey was eleven days before, and the year is one of the 27th
#   century. All twelve months are so. What it has written itself fromFormat() cannot read. In Urdu and Uyghur the months are
#   right, and in Persian toLocaleString() is, which takes all three from the Persian calendar.
# Package: luxon 3.7.2 (npm), with the data of ICU that are in Node.js 18 or newer.
# Source: https://moment.github.io/luxon/#/calendars.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" luxon@3.7.2 >/dev/null 2>&1
cat >"$folder/months.js" <<'JS'
const { DateTime } = require("luxon");
for (const locale of ["ur", "ug", "fa", "ps"]) {
  const day = DateTime.local(2021, 1, 3, { locale });
  const written = day.toFormat("d MMMM yyyy");
  const read = DateTime.fromFormat(written, "d MMMM yyyy", { locale });
  console.log(`${locale}: ${written}; read again: ${read.isValid ? read.toISODate() : read.invalidReason}`);
}
const day = DateTime.local(2021, 1, 3, { locale: "fa" });
console.log(`fa, toLocaleString: ${day.toLocaleString({ day: "numeric", month: "long", year: "numeric" })}`);
JS
cat >"$folder/seen" <<'TEXT'
ur: 3 جنوری 2021; read again: 2021-01-03
ug: 3 يانۋار 2021; read again: 2021-01-03
fa: ۳ دی ۲۰۲۱; read again: unparsable
ps: ۳ مرغومی ۲۰۲۱; read again: unparsable
fa, toLocaleString: ۱۴ دی ۱۳۹۹
TEXT
node "$folder/months.js" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
