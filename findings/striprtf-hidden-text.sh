#!/usr/bin/env bash
# Expected: "Convert RTF to text" gives what a word processor shows of a document. Text with the property \v is hidden, text
#   with \deleted was deleted while changes were tracked (RTF 1.9.1, "Font (Character) Formatting Properties" and "Track
#   Changes"); neither is shown or printed.
# Really: striprtf 0.0.35 gives both as if they were text, in the middle of sentences, whether the property stands in a group
#   of its own or is switched on and off. What an office had struck out of a press release comes back.
# Package: striprtf 0.0.35 (PyPI).
# Source: https://github.com/joshy/striprtf (README); Rich Text Format (RTF) Specification 1.9.1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check striprtf==0.0.35 2>/dev/null
cat >"$folder/read.py" <<'PYTHON'
from striprtf.striprtf import rtf_to_text

for text in (
    r"The herd has {\v secretly }grown.",
    r"The herd has \v secretly \v0 grown.",
    r"The herd has {\deleted not }grown.",
):
    print(rtf_to_text(r"{\rtf1\ansi\deff0 " + text + "}"))
PYTHON
cat >"$folder/seen" <<'TEXT'
The herd has secretly grown.
The herd has secretly grown.
The herd has not grown.
TEXT
"$folder/venv/bin/python" "$folder/read.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
