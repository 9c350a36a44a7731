#!/usr/bin/env bash
# Expected: a list of feeds in OPML without an XML declaration is UTF-8 (XML 1.0, 4.3.3: it is a fatal error to use another encoding
#   with neither a byte order mark nor a declaration), and a str of Python has no encoding at all. What listparser reads does not depend on
#   what else is installed: lxml is an extra of the package ("listparser[lxml]"), another parser for the same lists.
# Really: where lxml is there, whoever installed it, every letter of such a list that is not ASCII becomes two of Latin-1: "Сайга" is
#   "Ð¡Ð°Ð¹Ð³Ð°", in bytes and in a str alike; `bozo` is false. Where lxml is not there, it is "Сайга". With a declaration, even
#   one without an encoding, <?xml version="1.0"?>, both are right. trafilatura, for one, brings lxml along.
# Package: listparser 0.20, lxml 6.1.3 (PyPI).
# Source: https://www.w3.org/TR/xml/#charencoding; https://listparser.readthedocs.io/.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
install() { "$folder/venv/bin/pip" install --quiet --disable-pip-version-check "$1" 2>/dev/null; }
cat >"$folder/read.py" <<'PYTHON'
import sys

import listparser

FEEDS = '<opml version="2.0"><body><outline text="Сайга" type="rss" xmlUrl="https://example.org/feed"/></body></opml>'
for name, text in (("as it is", FEEDS), ("declared", f'<?xml version="1.0"?>{FEEDS}')):
    for form in (text, text.encode()):
        read = listparser.parse(form)
        title = read.feeds[0].title
        is_right = title == "Сайга"
        print(f"{sys.argv[1]}, {name}, {type(form).__name__}:", "right" if is_right else "as Latin-1", "bozo", read.bozo)
PYTHON
cat >"$folder/seen" <<'TEXT'
without lxml, as it is, str: right bozo False
without lxml, as it is, bytes: right bozo False
without lxml, declared, str: right bozo False
without lxml, declared, bytes: right bozo False
with lxml, as it is, str: as Latin-1 bozo False
with lxml, as it is, bytes: as Latin-1 bozo False
with lxml, declared, str: right bozo False
with lxml, declared, bytes: right bozo False
TEXT
install listparser==0.20
"$folder/venv/bin/python" "$folder/read.py" "without lxml" >"$folder/printed"
install lxml==6.1.3
"$folder/venv/bin/python" "$folder/read.py" "with lxml" >>"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
