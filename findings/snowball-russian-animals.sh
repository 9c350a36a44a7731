#!/usr/bin/env bash
# Expected: a stemmer for retrieval gives the cases of one noun one stem. That of Snowball for Russian removes, of a noun,
#   only endings of its list NOUN (а, у, ом, ов ...): кулан, кулана, кулану, куланов should all become кулан.
# Really: the short participle's ending н, which group 1 of VERB removes behind а, is tried before NOUN and is taken off
#   nouns in -ан, the names of many animals, but only where nothing or а, о, ы stands behind it: кулан and кулана become
#   кула, кулану and куланов stay кулан. Who looks for кулан or кабан finds half of their cases.
# Package: PyStemmer 3.1.0 (PyPI), which has Snowball's algorithm.
# Source: https://snowballstem.org/algorithms/russian/stemmer.html (VERB, NOUN, step 1).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PyStemmer==3.1.0 2>/dev/null
cat >"$folder/stems.py" <<'PYTHON'
from Stemmer import Stemmer

stem = Stemmer("russian").stemWord
for noun in ("кулан", "кабан", "фазан", "архар"):
    forms = [noun, noun + "а", noun + "у", noun + "ом", noun + "ы", noun + "ов", noun + "ам"]
    print(*(f"{form}={stem(form)}" for form in forms))
PYTHON
cat >"$folder/seen" <<'TEXT'
кулан=кула кулана=кула кулану=кулан куланом=кулан куланы=кула куланов=кулан куланам=кулан
кабан=каба кабана=каба кабану=кабан кабаном=кабан кабаны=каба кабанов=кабан кабанам=кабан
фазан=фаза фазана=фаза фазану=фазан фазаном=фазан фазаны=фаза фазанов=фазан фазанам=фазан
архар=архар архара=архар архару=архар архаром=архар архары=архар архаров=архар архарам=архар
TEXT
"$folder/venv/bin/python" "$folder/stems.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
