#!/usr/bin/env bash
# Expected: "the date and the following colon are optional" (jrnl --help, Writing): what stands before a colon is taken for a
#   date where it is one, "yesterday:", "March 2024:", and is part of the title where it is none, as in "COP14: states meet".
# Really: one word or number in it that can be read as part of a date is enough, and then all of it is dropped, without a
#   word. "IUCN Red List 2023: saiga near threatened" is stored as "saiga near threatened", written at 20:23 today, "Sun
#   bear: seen again" as "seen again", last Sunday; only what has nothing like a date in it stays. "2023:" alone is a year.
# Package: jrnl 4.6 (PyPI).
# Source: jrnl --help; https://jrnl.sh/en/stable/usage/ ("Entering text").
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check jrnl==4.6 2>/dev/null
cat >"$folder/jrnl.yaml" <<YAML
colors: {body: none, date: none, tags: none, title: none}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: false
indent_character: '|'
journals: {default: {journal: $folder/journal.txt}}
linewrap: 79
tagsymbols: '@'
template: false
timeformat: '%F %H:%M'
version: v4.6
YAML
jrnl() { "$folder/venv/bin/jrnl" --config-file "$folder/jrnl.yaml" "$@" 2>/dev/null </dev/null; }
for text in \
  "COP14: states meet in Samarkand" \
  "March 2024: saiga counted" \
  "2023: the year of the saiga" \
  "IUCN Red List 2023: saiga near threatened" \
  "Sun bear: seen again"; do
  rm -f "$folder/journal.txt"
  jrnl "$text"
  # The title without its date, and the time: the day is that of this run.
  head -n 1 "$folder/journal.txt" | sed -E 's/^\[.{10} (.{5})\] /\1 /; s/^([0-9:]{5}) COP14/now COP14/'
done >"$folder/printed"
cat >"$folder/seen" <<'TEXT'
now COP14: states meet in Samarkand
09:00 saiga counted
09:00 the year of the saiga
20:23 saiga near threatened
09:00 seen again
TEXT
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
