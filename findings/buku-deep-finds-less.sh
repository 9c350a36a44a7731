#!/usr/bin/env bash
# Expected: --deep makes a search find more: "match substrings ('pen' matches 'opens')" (buku --help). Whatever the search for
#   whole words finds, it finds too, and neither minds capitals.
# Really: without --deep words are compared by a regular expression of Python, which knows the capitals of all scripts; with it by
#   SQLite's LIKE, which knows those of ASCII alone. "стадо" finds the bookmark whose comment begins with "Стадо", and
#   --deep "стадо" finds nothing, nor does --deep "ИЛБИРС" where the plain search for it does; "HERD" is found by both.
# Package: buku 5.1 (PyPI).
# Source: buku --help, SEARCH OPTIONS.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check buku==5.1 2>/dev/null
export XDG_DATA_HOME="$folder" HOME="$folder"
buku() { "$folder/venv/bin/buku" --nostdin --np --nc "$@" </dev/null 2>&1; }
buku --offline --tacit --add https://news.example/1 --title "Wild herd" --comment "Стадо выросло. Илбирс көрүндү." >/dev/null
for word in HERD стадо ИЛБИРС; do
  words=$(buku --format 3 --sany "$word" | xargs)
  substrings=$(buku --format 3 --deep --sany "$word" | xargs)
  echo "$word: ${words:-nothing}; with --deep: ${substrings:-nothing}"
done >"$folder/printed"
cat >"$folder/seen" <<'TEXT'
HERD: 1 Wild herd; with --deep: 1 Wild herd
стадо: 1 Wild herd; with --deep: nothing
ИЛБИРС: 1 Wild herd; with --deep: nothing
TEXT
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
