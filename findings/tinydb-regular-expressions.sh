#!/usr/bin/env bash
# Expected: Query().field.matches(regex) finds the documents "with the whole field matching the regular expression", "full item has to
#   match the regex" (TinyDB's documentation, "Advanced queries"), "whole string has to match" (its docstring), as Python's fullmatch
#   does; search() is the one for "any part of the item". With flags=re.IGNORECASE both find what is in capitals as well.
# Really: matches is Python's match: the expression need only fit where the field begins. matches("CMS") finds "CMS Secretariat" too, and
#   remove() removes both. And the flags are no part of what the query cache knows a query by: the same expression asked with
#   IGNORECASE after one without gives the answer of the first one, so what a search finds depends on what was searched before it.
# Package: tinydb 4.9.0 (PyPI).
# Source: https://tinydb.readthedocs.io/en/latest/usage.html#advanced-queries (text and table); help(tinydb.Query.matches).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tinydb==4.9.0 2>/dev/null
cat >"$folder/matches.py" <<'PYTHON'
import re

from tinydb import Query, TinyDB, where
from tinydb.storages import MemoryStorage

db = TinyDB(storage=MemoryStorage)
db.insert_multiple({"source": source} for source in ("CMS", "CMS Secretariat", "IUCN and CMS"))
print("docstring:", "whole string has to match" in Query.matches.__doc__)
for name in ("matches", "search"):
    found = db.search(getattr(where("source"), name)("CMS"))
    print(f"{name}:", *(repr(story["source"]) for story in found))
title = where("title")
db.insert({"title": "SAIGA NUMBERS RECOVER"})
for first in ("", "saiga"):
    if first:
        db.clear_cache()
        db.search(title.search(first))
    found = db.search(title.search("saiga", flags=re.IGNORECASE))
    print(f"saiga in any case{', after saiga as it is' if first else ''}:", len(found), "found")
db.remove(where("source").matches("CMS"))
print("left after remove:", *(repr(story["source"]) for story in db if "source" in story))
PYTHON
cat >"$folder/seen" <<'TEXT'
docstring: True
matches: 'CMS' 'CMS Secretariat'
search: 'CMS' 'CMS Secretariat' 'IUCN and CMS'
saiga in any case: 1 found
saiga in any case, after saiga as it is: 0 found
left after remove: 'IUCN and CMS'
TEXT
"$folder/venv/bin/python" "$folder/matches.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
