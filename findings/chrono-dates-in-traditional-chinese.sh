#!/usr/bin/env bash
# Expected: 二〇二一年一月二十九日 is the 29th of January 2021, and it is written with the same characters in simplified and in
#   traditional Chinese; so chrono.zh.hans and chrono.zh.hant, the two readers of chrono for them, read the same date, or the
#   one that reads less finds none ("partial support", says its README of both).
# Really: zh.hant does not know 〇, the zero of years, and starts after it: the year is 21, and certain. A day of three characters
#   it reads to the second: 二十九日 is the 20th, 三十一日 the 30th, also behind a year and a month in figures. Ten days of
#   a month are wrong so, each by up to nine days, and nothing marks them; zh.hans, and figures in zh.hant, are right.
# Package: chrono-node 2.10.3 (npm).
# Source: README of chrono, "Locales"; 〇 as the zero of years: GB/T 15835-2011, and dates in Taiwan's and Hong Kong's press.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" chrono-node@2.10.3 >/dev/null 2>&1
cat >"$folder/read.js" <<'JS'
const chrono = require("chrono-node");
const today = new Date("2026-11-30T12:00:00Z");
for (const written of ["2021年1月29日", "二零二一年一月十九日", "二〇二一年一月十九日", "二零二一年一月二十九日", "2021年1月三十一日"]) {
  const read = ["hans", "hant"].map((script) => {
    const [found] = chrono.zh[script].parse(written, today);
    const [year, month, day] = ["year", "month", "day"].map((part) => found.start.get(part));
    return `${script} ${year}-${month}-${day} from ${found.text}`;
  });
  console.log(`${written}: ${read.join(", ")}`);
}
JS
cat >"$folder/seen" <<'TEXT'
2021年1月29日: hans 2021-1-29 from 2021年1月29日, hant 2021-1-29 from 2021年1月29日
二零二一年一月十九日: hans 2021-1-19 from 二零二一年一月十九日, hant 2021-1-19 from 二零二一年一月十九日
二〇二一年一月十九日: hans 2021-1-19 from 二〇二一年一月十九日, hant 21-1-19 from 二一年一月十九日
二零二一年一月二十九日: hans 2021-1-29 from 二零二一年一月二十九日, hant 2021-1-20 from 二零二一年一月二十
2021年1月三十一日: hans 2021-1-31 from 2021年1月三十一日, hant 2021-1-30 from 2021年1月三十
TEXT
node "$folder/read.js" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
