#!/usr/bin/env bash
# Expected: what pandoc writes as BibLaTeX from CSL JSON it reads back as it was: both formats have dates that are uncertain
#   ("circa": true, date = {2018~}), seasons ("season": 1, date = {2018-21}), and pandoc reads each of them in both.
# Really: "about 2018" is written 2018\textasciitilde{}, escaped as text is, and read back without any date; so is 2018~ when pandoc
#   reads and writes BibLaTeX. A season of CSL JSON is dropped, and spring of BibLaTeX becomes the month 21 of CSL JSON. A
#   date in words is written as an empty one, and read back as the year 0.
# Package: pandoc 3.9 in pypandoc-binary 1.17 (PyPI).
# Source: CSL 1.0.2, "CSL-JSON" schema (date-variable); the manual of BibLaTeX, 2.3.8 (date and time specifications).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc-binary==1.17 2>/dev/null
pandoc=$("$folder/venv/bin/python" -c 'import pypandoc; print(pypandoc.get_pandoc_path())')
cat >"$folder/dates.json" <<'JSON'
[{"id": "a", "type": "webpage", "title": "year", "issued": {"date-parts": [[2018]]}},
 {"id": "b", "type": "webpage", "title": "about", "issued": {"date-parts": [[2018]], "circa": true}},
 {"id": "c", "type": "webpage", "title": "spring", "issued": {"date-parts": [[2018]], "season": 1}},
 {"id": "d", "type": "webpage", "title": "words", "issued": {"literal": "in the spring of 2018"}}]
JSON
cat >"$folder/show.py" <<'PYTHON'
import json
import sys

for entry in json.load(sys.stdin):
    print(entry["title"], json.dumps(entry.get("issued")))
PYTHON
{
  "$pandoc" --from csljson --to biblatex "$folder/dates.json" | grep "date ="
  "$pandoc" --from csljson --to biblatex "$folder/dates.json" | "$pandoc" --from biblatex --to csljson | "$folder/venv/bin/python" "$folder/show.py"
  echo '@misc{e, title = {about}, date = {2018~}}' | "$pandoc" --from biblatex --to biblatex | grep "date ="
  echo '@misc{f, title = {spring}, date = {2018-21}}' | "$pandoc" --from biblatex --to csljson | "$folder/venv/bin/python" "$folder/show.py"
} >"$folder/printed"
cat >"$folder/seen" <<'TEXT'
  date = {2018}
  date = {2018\textasciitilde{}}
  date = {2018}
  date = {}
Year {"date-parts": [[2018]]}
About null
Spring {"date-parts": [[2018]]}
Words {"date-parts": [[0]]}
  date = {2018\textasciitilde{}}
Spring {"date-parts": [[2018, 21]]}
TEXT
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
