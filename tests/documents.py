"""Documents of offices, made by hand: what the programs that write them put into their files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"

STYLES = """
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="character" w:styleId="Geheim"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file that holds these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def paragraph(*runs: str, style: str = "") -> str:
    """Return a paragraph of Word; a run that is no markup is a text."""
    inside = "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{inside}</w:p>"


def docx(*content: str, properties: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """Return a document of Word with this content of its body, and of `docProps/core.xml`."""
    spaces = (
        f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    core = (
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "docProps/core.xml": f"<cp:coreProperties {core}>{properties}</cp:coreProperties>",
            "word/document.xml": f"<w:document {spaces}><w:body>{''.join(content)}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {spaces}>{STYLES}</w:styles>",
            **{name: f"<w:notes {spaces}>{text}</w:notes>" for name, text in (parts or {}).items()},
        }
    )


def odt(content: str, *, styles: str = "", named: str = "", meta: str = "") -> bytes:
    """Return a document of LibreOffice with this content, automatic and named styles, and properties."""
    names = ("office", "style", "text", "table", "meta", "script")
    spaces = " ".join(f'xmlns:{name}="{_OFFICE}{name}:1.0"' for name in names)
    spaces += f' xmlns:draw="{_OFFICE}drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    body = f"<office:body><office:text>{content}</office:text></office:body>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {spaces}><office:automatic-styles>{styles}"
            f"</office:automatic-styles>{body}</office:document-content>",
            "styles.xml": f"<office:document-styles {spaces}><office:styles>{named}</office:styles>"
            "</office:document-styles>",
            "meta.xml": f"<office:document-meta {spaces}><office:meta>{meta}</office:meta></office:document-meta>",
        }
    )


def pdf(*pages: list[tuple[int, int, str]], info: str = "") -> bytes:
    """Return a PDF whose pages hold lines of ASCII: the size of the letters, the height in points, the text."""
    kids = [4 + 2 * number for number in range(len(pages))]
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(pages)} >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    for kid, lines in zip(kids, pages, strict=True):
        shown = "\n".join(f"BT /F1 {size} Tf 72 {y} Td ({text}) Tj ET" for size, y, text in lines)
        objects[kid] = (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {kid + 1} 0 R >>"
        )
        objects[kid + 1] = f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream"
    last = max(objects) + 1
    objects[last] = f"<< {info} >>"
    out, offsets = b"%PDF-1.4\n", []
    for number, content in sorted(objects.items()):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {last + 1} /Root 1 0 R /Info {last} 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {last + 1}\n0000000000 65535 f \n{table}{trailer}".encode()
