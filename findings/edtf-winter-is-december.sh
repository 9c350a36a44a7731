#!/usr/bin/env bash
# Expected: every season of an EDTF date lasts as long as the next one. ISO 8601-2 and the EDTF specification of the
#   Library of Congress (https://www.loc.gov/standards/datetime/) give 21-24 as seasons, 25-28 as those of the northern
#   and 29-32 as those of the southern half of the earth, without months; in the package spring, summer and autumn have
#   three months each, so one takes winter to have three too, and an article of January 2021 to be one of the winter.
# Really: a season which runs over the end of the year lasts one month: winter (24), northern winter (28) and southern
#   summer (30) are December alone. lower_strict() and upper_strict() say so without a word that something was cut off,
#   so January and February belong to no season at all. A comment in edtf/appsettings.py says that this is on purpose
#   ("for simplicity"); the setting SEASON_L2_MONTHS_RANGE changes it only to other months of the same year.
# Package: edtf 5.0.2 (PyPI), which is what Python programs read EDTF with.
# Source: edtf/appsettings.py of the package, and what the script below prints.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check edtf==5.0.2 2>/dev/null
cat >"$folder/seasons.py" <<'PYTHON'
from edtf import parse_edtf


def day(moment):
    return f"{moment.tm_year:04}-{moment.tm_mon:02}-{moment.tm_mday:02}"


for text in ("2020-21", "2020-22", "2020-23", "2020-24", "2020-28", "2020-30", "2020-32"):
    date = parse_edtf(text)
    print(text, day(date.lower_strict()), day(date.upper_strict()))
PYTHON
cat >"$folder/seen" <<'TEXT'
2020-21 2020-03-01 2020-05-31
2020-22 2020-06-01 2020-08-31
2020-23 2020-09-01 2020-11-30
2020-24 2020-12-01 2020-12-31
2020-28 2020-12-01 2020-12-31
2020-30 2020-12-01 2020-12-31
2020-32 2020-06-01 2020-08-31
TEXT
"$folder/venv/bin/python" "$folder/seasons.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
