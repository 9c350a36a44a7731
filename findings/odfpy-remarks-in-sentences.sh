#!/usr/bin/env bash
# Expected: odfpy's teletype.extractText, "Extract text content from an Element, with whitespace represented properly", gives
#   what a paragraph of an OpenDocument text says. An editor's remark (office:annotation) stands beside the text, a note
#   (text:note) below the page, and what was deleted while changes were tracked is kept apart in text:tracked-changes
#   (OpenDocument 1.2, 14.1, 6.3 and 5.5).
# Really: odfpy 1.4.1 puts the remark into the middle of the sentence, without a blank: its author's name, the instant it was
#   written, and its text; so it does with the number and the text of a note, which then is also a paragraph of its own. The
#   deleted word comes back as the first paragraph of the document. A press release read so tells what its editors thought.
# Package: odfpy 1.4.1 (PyPI).
# Source: https://github.com/eea/odfpy/blob/master/odf/teletype.py (docstring); OASIS OpenDocument 1.2, part 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check odfpy==1.4.1 2>/dev/null
cat >"$folder/read.py" <<'PYTHON'
import io
import sys
import zipfile

from odf import teletype, text
from odf.opendocument import load

CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 office:version="1.2"><office:body><office:text>
<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>Bolat</dc:creator>
<dc:date>2020-02-14T09:00:00</dc:date></office:change-info><text:p>hardly</text:p></text:deletion></text:changed-region>
</text:tracked-changes>
<text:p>The herds have <text:change text:change-id="c1"/>grown<text:note text:id="n1" text:note-class="footnote"><text:note-citation
>1</text:note-citation><text:note-body><text:p>Counted from the air.</text:p></text:note-body></text:note> since 2019.</text:p>
<text:p>The next count is in April.<office:annotation><dc:creator>Bolat</dc:creator><dc:date>2020-02-14T09:00:00</dc:date
><text:p>Really?</text:p></office:annotation> It will be paid for.</text:p>
</office:text></office:body></office:document-content>"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""

file = io.BytesIO()
with zipfile.ZipFile(file, "w") as package:
    package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    package.writestr("content.xml", CONTENT)
    package.writestr("META-INF/manifest.xml", MANIFEST)
file.seek(0)
for paragraph in load(file).getElementsByType(text.P):
    print(teletype.extractText(paragraph))
PYTHON
cat >"$folder/seen" <<'TEXT'
hardly
The herds have grown1Counted from the air. since 2019.
Counted from the air.
The next count is in April.Bolat2020-02-14T09:00:00Really? It will be paid for.
Really?
TEXT
"$folder/venv/bin/python" "$folder/read.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
