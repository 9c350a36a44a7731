#!/usr/bin/env bash
# Expected: text_to_edtf makes EDTF of dates in English words, "17 February 2024" and "February 17, 2024" among them; the dates of a
#   meeting, "12-17 February 2024", are the interval 2024-02-12/2024-02-17, as "2019-2021" is 2019/2021, or None as for
#   what it cannot read, such as "between 2019 and 2021". Whatever it makes of them, the year is the one that is written.
# Really: the first day becomes the year, and the year is dropped: a meeting of 2024 is one of 2012, or with the days in the
#   American order, of 2017, and so is any range of days within a month, with a hyphen, a dash or "to". A sound date comes
#   back, with day and month, which nothing marks as a guess.
# Package: edtf 5.0.2 (PyPI).
# Source: https://pypi.org/project/edtf/5.0.2/ ("Natural language representation", "What assumptions does the natural text
#   parser make": none of these); Library of Congress, EDTF specification, "Time Interval".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check edtf==5.0.2 2>/dev/null
cat >"$folder/seen" <<'TEXT'
17 February 2024         2024-02-17
February 17, 2024        2024-02-17
2019-2021                2019/2021
between 2019 and 2021    None
12-17 February 2024      2012-02-17
12 to 17 February 2024   2012-02-17
February 12–17, 2024     2017-02-12
29-30 January 2021       2029-01-30
TEXT
"$folder/venv/bin/python" - >"$folder/printed" <<'PYTHON'
from edtf import text_to_edtf

for words in (
    "17 February 2024",
    "February 17, 2024",
    "2019-2021",
    "between 2019 and 2021",
    "12-17 February 2024",
    "12 to 17 February 2024",
    "February 12–17, 2024",
    "29-30 January 2021",
):
    print(f"{words:<25}{text_to_edtf(words)}")
PYTHON
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
