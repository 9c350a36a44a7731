#!/usr/bin/env bash
# Expected: a romaniser that writes "the best ASCII representation" of each script (its README) writes the vowels that a
#   script writes. Uyghur spells all of its vowels in Arabic letters: قۇلان is qulan, قىزىل qizil, ئىلپىز ilpiz in the
#   Latin alphabet of Uyghur; Devanagari has an inherent a where no other sign stands: चितवन is Chitwan, गोडावण Godawan.
# Really: anyascii 0.3.3 goes by single characters and by Arabic: ا inside a word is dropped, ى, which is i in Uyghur, is
#   written a, and the inherent vowel never appears, so that क and क् are one. A Latin query meets none of these words.
# Package: anyascii 0.3.3 (PyPI).
# Source: https://github.com/anyascii/anyascii (README); the Latin alphabet of Uyghur (ULY); ISO 15919 for Devanagari.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check anyascii==0.3.3 2>/dev/null
cat >"$folder/romanise.py" <<'PYTHON'
from anyascii import anyascii

for word, expected in (
    ("قۇلان", "qulan"),
    ("قىزىل", "qizil"),
    ("ئىلپىز", "ilpiz"),
    ("चितवन", "chitwan"),
    ("गोडावण", "godawan"),
    ("कमल", "kamal"),
):
    print(word, expected, anyascii(word))
PYTHON
cat >"$folder/seen" <<'TEXT'
قۇلان qulan quln
قىزىل qizil qazal
ئىلپىز ilpiz i'alpaz
चितवन chitwan citvn
गोडावण godawan godavn
कमल kamal kml
TEXT
"$folder/venv/bin/python" "$folder/romanise.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
