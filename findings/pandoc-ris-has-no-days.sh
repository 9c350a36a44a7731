#!/usr/bin/env bash
# Expected: pandoc, which reads RIS and the XML of EndNote ("-f ris", "-f endnotexml"), keeps the day of a story in a newspaper, which RIS
#   has in DA, "2021/01/29/" (year/month/day/other), with PY for the year, "2021" or, in the older form, "2021///", of which the
#   other parts are empty; EndNote has it in <pub-dates>. CSL JSON, to which pandoc turns both, has a place for it.
# Really: neither DA nor <pub-dates> is read: of a date the year is left, and a story with DA alone has none. And "2021///" becomes
#   four dates, 2021, 0, 0 and 0, where CSL JSON has one, or two for a range. Keywords come in the reverse order. Nothing is said of
#   any of it; who sorts news by day gets a heap for each year. rispy has all of them.
# Package: pandoc 3.9 in pypandoc-binary 1.17, rispy 0.10.0 (PyPI).
# Source: https://pandoc.org/MANUAL.html (Options, --from); RIS format specifications (Research Information Systems: DA, PY); CSL 1.0.2.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc-binary==1.17 rispy==0.10.0 2>/dev/null
cat >"$folder/read.py" <<'PYTHON'
import json

import pypandoc
import rispy

RIS = """\
TY  - NEWS
TI  - Saiga numbers recover
PY  - 2021
DA  - 2021/01/29/
KW  - saiga
KW  - steppe
ER  - 

TY  - NEWS
TI  - Argali cross the border
DA  - 2020/12/03/
ER  - 

TY  - NEWS
TI  - Kulan are back
PY  - 2019///
ER  - 
"""
END_NOTE = """\
<xml><records><record><ref-type name="Newspaper Article">23</ref-type>
<titles><title>Saiga numbers recover</title></titles>
<dates><year>2021</year><pub-dates><date>January 29</date></pub-dates></dates></record></records></xml>
"""
for form, text in (("ris", RIS), ("endnotexml", END_NOTE)):
    for item in json.loads(pypandoc.convert_text(text, "csljson", format=form)):
        told = {name: item.get(name) for name in ("issued", "keyword")}
        print(f"{form}, {item['title']}: {json.dumps(told)}")
for item in rispy.loads(RIS):
    told = {name: item.get(name) for name in ("year", "date", "keywords")}
    print(f"rispy, {item['title']}: {json.dumps(told)}")
PYTHON
cat >"$folder/seen" <<'TEXT'
ris, Saiga numbers recover: {"issued": {"date-parts": [[2021]]}, "keyword": "steppe, saiga"}
ris, Argali cross the border: {"issued": null, "keyword": null}
ris, Kulan are back: {"issued": {"date-parts": [[2019], [0], [0], [0]]}, "keyword": null}
endnotexml, Saiga numbers recover: {"issued": {"date-parts": [[2021]]}, "keyword": null}
rispy, Saiga numbers recover: {"year": "2021", "date": "2021/01/29/", "keywords": ["saiga", "steppe"]}
rispy, Argali cross the border: {"year": null, "date": "2020/12/03/", "keywords": null}
rispy, Kulan are back: {"year": "2019///", "date": null, "keywords": null}
TEXT
"$folder/venv/bin/python" "$folder/read.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
