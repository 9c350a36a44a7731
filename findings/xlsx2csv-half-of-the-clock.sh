#!/usr/bin/env bash
# Expected: a cell with a day and a time is written as the spreadsheet shows it, by its number format, where -d and -t say nothing else.
#   An h without AM/PM in it is an hour of 24 (ECMA-376-1, 18.8.31), in "m/d/yy h:mm", the built-in format 22 that Excel gives such
#   cells, and in "yyyy-mm-dd h:mm:ss", which openpyxl does: midnight is 0:00 and half past ten in the evening 22:30.
# Really: a single h in a format that has a day as well is an hour of 12, and no AM or PM says which: 22:30 is 10:30, and the start of a
#   day, which is what a date without a time becomes in such a column, is noon. The same times with hh, or without the day, are
#   right. And ten o'clock is 09:59 in every format: what is a fraction of a second short in the file is cut off, not rounded.
# Package: xlsx2csv 0.8.6, openpyxl 3.1.5 (PyPI), which writes the workbook.
# Source: ECMA-376, part 1, 18.8.30 (numFmts, 22) and 18.8.31; README of xlsx2csv.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5 2>/dev/null
cat >"$folder/write.py" <<'PYTHON'
import sys
from datetime import datetime

from openpyxl import Workbook

FORMATS = ("yyyy-mm-dd h:mm:ss", "m/d/yy h:mm", "dd.mm.yyyy hh:mm", "h:mm")
book = Workbook()
book.active.append([f"as {form}" for form in FORMATS])
for hour, minute in ((0, 0), (10, 0), (22, 30)):
    book.active.append([datetime(2021, 1, 29, hour, minute)] * len(FORMATS))
    for cell, form in zip(book.active[book.active.max_row], FORMATS):
        cell.number_format = form
book.save(sys.argv[1])
PYTHON
cat >"$folder/seen" <<'TEXT'
as yyyy-mm-dd h:mm:ss,as m/d/yy h:mm,as dd.mm.yyyy hh:mm,as h:mm
2021-01-29 12:00:00,01/29/21 12:00,29.01.2021 00:00,00:00
2021-01-29 09:59:59,01/29/21 09:59,29.01.2021 09:59,09:59
2021-01-29 10:30:00,01/29/21 10:30,29.01.2021 22:30,22:30
TEXT
"$folder/venv/bin/python" "$folder/write.py" "$folder/times.xlsx"
"$folder/venv/bin/xlsx2csv" "$folder/times.xlsx" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
