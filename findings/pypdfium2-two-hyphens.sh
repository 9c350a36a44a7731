#!/usr/bin/env bash
# Expected: two methods that return the text of the same place of a page return the same text; where a hyphen parts a word at
#   the end of a line, that is a hyphen or a soft hyphen (U+00AD), and the line ends there.
# Really: with pypdfium2 5.15.2 get_text_range() joins the two lines around U+FFFE, which Unicode calls no character, and
#   get_text_bounded() joins them around the control character U+0002. Neither holds the hyphen nor a line end, so that a
#   search for “long-term” finds neither, and whoever removes controls makes one word of “long-term”, too.
# Package: pypdfium2 5.15.2 (PyPI).
# Source: https://pypdfium2.readthedocs.io (PdfTextPage); the Unicode Standard, 23.7 Noncharacters.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.15.2 2>/dev/null
cat >"$folder/read.py" <<'PYTHON'
import pypdfium2

shown = "BT /F 11 Tf 72 700 Td (The plan of the states is a long-) Tj 0 -14 Td (term one for the saiga.) Tj ET"
objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents 5 0 R >>",
    f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
]
pdf, places = b"%PDF-1.4\n", []
for number, content in enumerate(objects, 1):
    places.append(len(pdf))
    pdf += f"{number} 0 obj\n{content}\nendobj\n".encode()
table = "".join(f"{place:010} 00000 n \n" for place in places)
start = len(pdf)
pdf += f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()

page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
print(ascii(page.get_text_range()))
print(ascii(page.get_text_bounded()))
PYTHON
cat >"$folder/seen" <<'TEXT'
'The plan of the states is a long\ufffeterm one for the saiga.'
'The plan of the states is a long\x02term one for the saiga.'
TEXT
"$folder/venv/bin/python" "$folder/read.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
