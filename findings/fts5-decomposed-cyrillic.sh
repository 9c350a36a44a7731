#!/usr/bin/env bash
# Expected: SQLite's tokenizer unicode61 "removes diacritics from Latin script characters" (documentation of FTS3/4 and FTS5), so
#   é matches é and e, in one character or as a letter and a combining mark, the way file names of macOS and texts of PDF
#   have it. Letters of other scripts keep their marks: й and и, ё and е are different letters, however they are stored.
# Really: only the one character й is kept. Of its decomposed form the mark is dropped, because it comes after a letter of
#   any script, and и is left: the two forms of сайгак never find each other, and the decomposed one is found by "саигак",
#   which the composed one is not. remove_diacritics=2 is the same.
# Package: SQLite 3.54.1 in apsw 3.54.1.0 (PyPI).
# Source: https://www.sqlite.org/fts5.html#unicode61_tokenizer and https://www.sqlite.org/fts3.html#tokenizer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check apsw==3.54.1.0 2>/dev/null
cat >"$folder/match.py" <<'PYTHON'
from unicodedata import normalize

import apsw

for option in (1, 2):
    connection = apsw.Connection(":memory:")
    connection.execute(f"CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics {option}')")
    for word in ("élan", "сайгак", "ёж"):
        for form in ("NFC", "NFD"):
            connection.execute("INSERT INTO t VALUES (?)", [normalize(form, word)])
    for word in ("élan", "elan", "сайгак", "саигак", "ёж", "еж"):
        for form in ("NFC", "NFD"):
            if form == "NFC" or normalize("NFD", word) != word:
                query = "SELECT x FROM t WHERE t MATCH ?"
                rows = [row[0] for row in connection.execute(query, [normalize(form, word)])]
                found = ["composed" if row == normalize("NFC", row) else "decomposed" for row in rows]
                print(option, form, word, "->", *found)
PYTHON
cat >"$folder/seen" <<'TEXT'
1 NFC élan -> composed decomposed
1 NFD élan -> composed decomposed
1 NFC elan -> composed decomposed
1 NFC сайгак -> composed
1 NFD сайгак -> decomposed
1 NFC саигак -> decomposed
1 NFC ёж -> composed
1 NFD ёж -> decomposed
1 NFC еж -> decomposed
2 NFC élan -> composed decomposed
2 NFD élan -> composed decomposed
2 NFC elan -> composed decomposed
2 NFC сайгак -> composed
2 NFD сайгак -> decomposed
2 NFC саигак -> decomposed
2 NFC ёж -> composed
2 NFD ёж -> decomposed
2 NFC еж -> decomposed
TEXT
"$folder/venv/bin/python" "$folder/match.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
