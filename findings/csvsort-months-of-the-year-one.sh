#!/usr/bin/env bash
# Expected: csvsort sorts the rows of a table and changes nothing in them ("Sort CSV files. Like the Unix "sort" command, but for
#   tabular data", csvsort --help), as csvgrep and csvcut only choose some. A column of the names of months, or of codes of
#   languages, is text.
# Really: every cell is read as the type that its column may be, and written anew. A column of month names is one of dates, counted
#   from the first year of all: May is 0001-05-01. "today" and "Monday" are days of that year as well. Stories in Norwegian
#   (no) are False, where no other language is in the column, 007 is 7, and the decimal comma of 1,5 goes: 15. Nothing is said;
#   only -I (--no-inference) leaves the cells alone.
# Package: csvkit 2.2.0 with agate 1.14.2 and parsedatetime 2.6 (PyPI).
# Source: csvsort --help; https://csvkit.readthedocs.io/en/latest/scripts/csvsort.html.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2 parsedatetime==2.6 2>/dev/null
cat >"$folder/stories.csv" <<'CSV'
id,title,month,lang,desk,columns
2,Herds counted,May,no,007,"1,5"
1,Steppe burns,March,no,010,"2,5"
CSV
cat >"$folder/seen" <<'TEXT'
id,title,month,lang,desk,columns
2,Herds counted,May,no,007,"1,5"
1,Steppe burns,March,no,010,"2,5"
id,title,month,lang,desk,columns
1,Steppe burns,0001-03-01,False,10,25
2,Herds counted,0001-05-01,False,7,15
TEXT
{
  "$folder/venv/bin/csvgrep" -c id -r . "$folder/stories.csv"
  "$folder/venv/bin/csvsort" -c id "$folder/stories.csv"
} >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
