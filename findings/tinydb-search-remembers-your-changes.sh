#!/usr/bin/env bash
# Expected: what search() gives is what the file holds: a document that is taken out and changed is changed for its caller alone until it is
#   written with update(), and with get() and all() it is so. The query cache keeps results "as long as the database hasn't been
#   modified" (TinyDB's documentation, "Query Caching"), and hands them out as they were found.
# Really: the documents in the cache are the very ones that the caller got. Whoever shortens titles for a list, or adds a mark to tags,
#   gets them so from the next search() with the same query, and who writes them elsewhere writes them so, while get(), all() and
#   the file have the true ones. It lasts until anything is written, or ten other queries have been asked, so it comes and goes.
# Package: tinydb 4.9.0 (PyPI).
# Source: https://tinydb.readthedocs.io/en/latest/usage.html#query-caching.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tinydb==4.9.0 2>/dev/null
cat >"$folder/search.py" <<'PYTHON'
import sys

from tinydb import TinyDB, where

db = TinyDB(sys.argv[1])
db.insert({"id": 7, "title": "Saiga numbers recover", "tags": ["saiga"]})
for story in db.search(where("id") == 7):
    story["title"] = story["title"][:8] + "…"
    story["tags"].append("shown")
print("search:", db.search(where("id") == 7))
print("get:   ", db.get(where("id") == 7))
print("other: ", db.search(where("id") < 8))
db.insert({"id": 8})
print("search:", db.search(where("id") == 7), "after a write")
PYTHON
cat >"$folder/seen" <<'TEXT'
search: [{'id': 7, 'title': 'Saiga nu…', 'tags': ['saiga', 'shown']}]
get:    {'id': 7, 'title': 'Saiga numbers recover', 'tags': ['saiga']}
other:  [{'id': 7, 'title': 'Saiga numbers recover', 'tags': ['saiga']}]
search: [{'id': 7, 'title': 'Saiga numbers recover', 'tags': ['saiga']}] after a write
TEXT
"$folder/venv/bin/python" "$folder/search.py" "$folder/archive.json" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
