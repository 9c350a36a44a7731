#!/usr/bin/env bash
# Expected: strptime("%B %Y") reads "January 2021", and strptime("%Y-%m") "2021-01", as a time in January 2021, or says that it has no
#   day. "2021-01-29T10:00:00+0500" with %z is 05:00 of UTC, since mktime gives "seconds since the Unix epoch" and todate an
#   instant with Z (manual of jq, "Dates").
# Really: the day that is not written is 0, and the 0th of January is the last day of the year before: whatever is dated by its month
#   goes to the month before, what is of January or has a bare year to the year before. A zone is read and dropped: 10:00 in
#   Almaty is 10:00 in Greenwich, and stories of two zones come in the wrong order. Neither is an error.
# Package: jq 1.13.0 (PyPI); the program jq 1.6 of Debian 12 does the same.
# Source: https://jqlang.org/manual/v1.8/#dates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check jq==1.13.0 2>/dev/null
cat >"$folder/seen" <<'TEXT'
2021-01-29T10:00:00Z is 2021-01-29T10:00:00Z
January 2021 is 2020-12-31T00:00:00Z
2021-01 is 2020-12-31T00:00:00Z
2021-06 is 2021-05-31T00:00:00Z
2021 is 2020-12-31T00:00:00Z
2021-01-29T10:00:00+0500 is 2021-01-29T10:00:00Z
2021-01-29T10:00:00+0000 is 2021-01-29T10:00:00Z
TEXT
"$folder/venv/bin/python" - >"$folder/printed" <<'PYTHON'
import jq

for text, form in (
    ("2021-01-29T10:00:00Z", "%Y-%m-%dT%H:%M:%SZ"),
    ("January 2021", "%B %Y"),
    ("2021-01", "%Y-%m"),
    ("2021-06", "%Y-%m"),
    ("2021", "%Y"),
    ("2021-01-29T10:00:00+0500", "%Y-%m-%dT%H:%M:%S%z"),
    ("2021-01-29T10:00:00+0000", "%Y-%m-%dT%H:%M:%S%z"),
):
    print(text, "is", jq.compile("strptime($form) | mktime | todate", args={"form": form}).input_value(text).first())
PYTHON
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
