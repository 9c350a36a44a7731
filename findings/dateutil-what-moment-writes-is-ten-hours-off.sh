#!/usr/bin/env bash
# Expected: GMT+0500 is five hours ahead of Greenwich, as JavaScript writes it of a Date (ECMA-262, 21.4.4.41.3, and moment's toString())
#   and as news of Almaty say "10:00 UTC+5". dateutil says so of its zones: "normally GMT+3 would be parsed as an offset 3 hours
#   behind GMT. The tzstr time zone object will parse this as an offset 3 hours ahead" (tz.tzstr), and gettz("UTC+5") is +5 hours.
# Really: its parser, which has the same strings to read, turns them round, as POSIX would: what moment wrote at ten o'clock in Almaty
#   is read as ten o'clock at five hours west of Greenwich, ten hours later, and often on the next day in UTC. With four figures and
#   with a colon it is the same, and after the name of any zone ("ALMT+5"). Only +0500 without a name is what it says.
# Package: python-dateutil 4.0.0 (PyPI), moment 2.31.0 (npm).
# Source: https://dateutil.readthedocs.io/en/stable/tz.html#dateutil.tz.tzstr; https://momentjs.com/docs/#/displaying/as-string/.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" moment@2.31.0 >/dev/null 2>&1
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-dateutil==4.0.0 2>/dev/null
cat >"$folder/write.js" <<'JS'
const moment = require("moment");
console.log(moment.parseZone("2021-01-29T10:00:00+05:00").toString());
JS
cat >"$folder/read.py" <<'PYTHON'
import sys

from dateutil import parser, tz

print("gettz of UTC+5:", tz.gettz("UTC+5").utcoffset(None))
by_moment = sys.stdin.read().strip()
for written in (by_moment, "29 Jan 2021 10:00 UTC+5", "29 Jan 2021 10:00 UTC+05:00", "29 Jan 2021 10:00 +0500"):
    print(f"{written}: {parser.parse(written).isoformat()}")
PYTHON
cat >"$folder/seen" <<'TEXT'
gettz of UTC+5: 5:00:00
Fri Jan 29 2021 10:00:00 GMT+0500: 2021-01-29T10:00:00-05:00
29 Jan 2021 10:00 UTC+5: 2021-01-29T10:00:00-05:00
29 Jan 2021 10:00 UTC+05:00: 2021-01-29T10:00:00-05:00
29 Jan 2021 10:00 +0500: 2021-01-29T10:00:00+05:00
TEXT
node "$folder/write.js" | "$folder/venv/bin/python" "$folder/read.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
