#!/usr/bin/env bash
# Expected: docx2txt, "extract text from docx files", and docx2python, which keeps all of it in its order, give each sentence
#   of a document of Word as often as Word shows it. A passage that was moved while changes were tracked is written twice,
#   where it was (w:moveFrom, shown struck out) and where it is (w:moveTo); a text box is written twice as well, as Word 2010
#   and later read it (mc:Choice) and for older programs (mc:Fallback), of which a reader takes one (ECMA-376-1, 17.13.5.22
#   and 17.13.5.25; ECMA-376-3, 10.2).
# Really: docx2txt 0.9 and docx2python 3.7.1 give both of both: the moved sentence stands twice, and so does every text box,
#   although both leave out what was deleted. In mammoth 1.13.0 each stands once. What was moved in a press release and what
#   its box says come in double, and of two versions of a sentence that was changed after it was moved, both do.
# Package: docx2txt 0.9, docx2python 3.7.1, mammoth 1.13.0 (PyPI).
# Source: https://pypi.org/project/docx2txt/0.9/; https://pypi.org/project/docx2python/3.7.1/; ECMA-376, parts 1 and 3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0 \
  2>/dev/null
cat >"$folder/read.py" <<'PYTHON'
import sys
import zipfile

import docx2txt
import mammoth
from docx2python import docx2python

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BY = 'w:author="Bolat" w:date="2020-02-14T09:00:00Z"'
BOX = "<w:txbxContent><w:p><w:r><w:t>Ask the press office.</w:t></w:r></w:p></w:txbxContent>"
DOCUMENT = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:body>
<w:p><w:moveFrom w:id="1" {BY}><w:r><w:t>Counted from the air.</w:t></w:r></w:moveFrom></w:p>
<w:p><w:r><w:t xml:space="preserve">The herds have </w:t></w:r><w:del w:id="2" {BY}><w:r><w:delText>hardly </w:delText></w:r>
</w:del><w:r><w:t>grown.</w:t></w:r></w:p>
<w:p><w:moveTo w:id="3" {BY}><w:r><w:t>Counted from the air.</w:t></w:r></w:moveTo></w:p>
<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData
 uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp>
</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox>
</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p></w:body></w:document>"""
TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"
 ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>"""

name = sys.argv[1]
with zipfile.ZipFile(name, "w") as package:
    package.writestr("[Content_Types].xml", TYPES)
    package.writestr("_rels/.rels", RELATIONS)
    package.writestr("word/document.xml", DOCUMENT)
texts = {"docx2txt": docx2txt.process(name), "docx2python": docx2python(name).text}
with open(name, "rb") as file:
    texts["mammoth"] = mammoth.extract_raw_text(file).value
for reader, text in texts.items():
    counts = [text.count(part) for part in ("Counted from the air.", "Ask the press office.", "hardly")]
    print(f"{reader}: moved {counts[0]}, box {counts[1]}, deleted {counts[2]}")
PYTHON
cat >"$folder/seen" <<'TEXT'
docx2txt: moved 2, box 2, deleted 0
docx2python: moved 2, box 2, deleted 0
mammoth: moved 1, box 1, deleted 0
TEXT
"$folder/venv/bin/python" "$folder/read.py" "$folder/release.docx" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
