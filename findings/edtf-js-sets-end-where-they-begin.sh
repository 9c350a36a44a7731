#!/usr/bin/env bash
# Expected: the last instant of "one of the years 2019 to 2021", [2019..2021], is the end of 2021, as it is for [2019,2020,2021],
#   which says the same, and for the interval 2019/2021. The README of edtf.js gives `.max` of [..2016,2017] as the end of
#   2017 and says that consecutive dates in lists and sets are expanded during an iteration.
# Really: iterating [2019..2021] gives 2019, 2020 and 2021, and its `.max` is the end of 2019: of a range, only where it begins counts.
#   Where something stands after the range, all is right, which hides it. Lists, {2019..2021}, do the same. A timeline or a
#   sort by the latest date puts the story two years too early; and .covers() says no to a date that the iteration gives.
# Package: edtf 4.11.1 (npm), known as EDTF.js.
# Source: README of edtf.js; Library of Congress, EDTF specification, "Set representation" ("all the years, including ...").
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" edtf@4.11.1 >/dev/null 2>&1
cat >"$folder/ends.mjs" <<'JS'
import edtf from "edtf";
for (const written of ["[2019,2020,2021]", "[2019..2021]", "{2019..2021}", "[2019..2021,2023]", "2019/2021"]) {
  const dates = edtf(written);
  const years = [...dates].map((date) => date.edtf);
  const end = new Date(dates.max).toISOString().slice(0, 10);
  console.log(`${written}: ${years.join(" ")}; ends ${end}; covers 2021: ${dates.covers(edtf("2021"))}`);
}
JS
cat >"$folder/seen" <<'TEXT'
[2019,2020,2021]: 2019 2020 2021; ends 2021-12-31; covers 2021: true
[2019..2021]: 2019 2020 2021; ends 2019-12-31; covers 2021: false
{2019..2021}: 2019 2020 2021; ends 2019-12-31; covers 2021: false
[2019..2021,2023]: 2019 2020 2021 2023; ends 2023-12-31; covers 2021: true
2019/2021: 2019 2020 2021; ends 2021-12-31; covers 2021: true
TEXT
node "$folder/ends.mjs" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
