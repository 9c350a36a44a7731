#!/usr/bin/env bash
# Expected: "Convert between bibliography database formats" (pybtex-convert --help) keeps what the fields say, and from BibTeX to
#   BibTeX all the more: what is 50\% in one file is 50\% in the other, and converting twice changes nothing further.
# Really: pybtex reads the values of BibTeX as they stand and writes them as if they were plain text: \% and \& get a second
#   backslash, and a third one when they are converted again. In TeX \\ ends the line and a bare % makes the rest a comment:
#   "50\\% of the saigas" prints 50 and no more. An address gets backslashes that it never had, and the tie of "7~days"
#   becomes a tilde that is seen. What pybtex reads back is other than what it was given, without a word.
# Package: pybtex 0.26.1 (PyPI).
# Source: pybtex-convert --help; https://docs.pybtex.org (Working with bibliography databases, "Converting a .bib file").
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pybtex==0.26.1 2>/dev/null
cat >"$folder/first.bib" <<'BIB'
@misc{saiga,
    title = "50\% of the saigas \& kulans were seen again within 7~days",
    url = "https://example.org/news_2021/saiga%20herds"
}
BIB
cat >"$folder/seen" <<'TEXT'
50\% of the saigas \& kulans were seen again within 7~days
https://example.org/news_2021/saiga%20herds
50\\% of the saigas \\& kulans were seen again within 7\textasciitilde days
https://example.org/news\_2021/saiga\%20herds
50\\\% of the saigas \\\& kulans were seen again within 7\textasciitilde days
https://example.org/news\\_2021/saiga\\%20herds
TEXT
"$folder/venv/bin/pybtex-convert" "$folder/first.bib" "$folder/second.bib"
"$folder/venv/bin/pybtex-convert" "$folder/second.bib" "$folder/third.bib"
"$folder/venv/bin/python" - "$folder" >"$folder/printed" <<'PYTHON'
import sys
from pathlib import Path

from pybtex.database import parse_file

for name in ("first.bib", "second.bib", "third.bib"):
    fields = parse_file(Path(sys.argv[1]) / name).entries["saiga"].fields
    print(fields["title"], fields["url"], sep="\n")
PYTHON
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
