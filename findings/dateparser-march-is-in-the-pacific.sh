#!/usr/bin/env bash
# Expected: dateparser reads "dates in ... almost any string formats commonly found on web pages", in 200 language locales, and finds
#   the language by itself: "29 mart 2021" is the 29th of March in Turkish, Azerbaijani and Uzbek, as "29 aprel 2021" is one
#   of April in two of them, and "29 март 2021" one of March in Uzbek in Cyrillic. What has a time zone has a time of day as well.
# Really: while it looks for the language, "mart" is taken off as a time zone, MART, that of the Marquesas Islands, nine and a half
#   hours behind UTC, in any case and in the middle of the date as well; what is left, "29 2021", is as good as English. The day is
#   kept, and the month is that in which the program runs; or where the first number can be a month, it becomes one: the 5th of
#   March is in May, the 3rd in March by chance. It is this month alone, of three languages whose other dates are right, and nothing
#   but the zone tells it. Who says the language beforehand gets March.
# Package: dateparser 1.5.0 (PyPI).
# Source: https://dateparser.readthedocs.io/en/latest/ ("Features"); CLDR's names of the months in tr, az and uz.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0 2>/dev/null
cat >"$folder/march.py" <<'PYTHON'
from datetime import datetime

import dateparser

AS_IF = {"RELATIVE_BASE": datetime(2026, 11, 30, 12), "TIMEZONE": "UTC"}
for written in ("29 aprel 2021", "29 март 2021", "29 Mart 2021", "29-mart, 2021", "3 Mart 2021", "5 Mart 2021"):
    print(f"{written}: {dateparser.parse(written, settings=AS_IF)}")
for language in ("tr", "az", "uz"):
    print(f"29 mart 2021, said to be {language}: {dateparser.parse('29 mart 2021', languages=[language], settings=AS_IF)}")
PYTHON
cat >"$folder/seen" <<'TEXT'
29 aprel 2021: 2021-04-29 00:00:00
29 март 2021: 2021-03-29 00:00:00
29 Mart 2021: 2021-11-29 09:30:00+00:00
29-mart, 2021: 2021-11-29 09:30:00+00:00
3 Mart 2021: 2021-03-30 09:30:00+00:00
5 Mart 2021: 2021-05-30 09:30:00+00:00
29 mart 2021, said to be tr: 2021-03-29 00:00:00
29 mart 2021, said to be az: 2021-03-29 00:00:00
29 mart 2021, said to be uz: 2021-03-29 00:00:00
TEXT
"$folder/venv/bin/python" "$folder/march.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
