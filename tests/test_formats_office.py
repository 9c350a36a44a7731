"""Documents of Word and LibreOffice: what a reader sees of them, and nothing else."""

from __future__ import annotations

import io
import random
import zipfile
from typing import Any

import pytest
from clock import soon
from documents import docx, odt, paragraph, zipped
from reading_and_writing import format_of

from newsarchive.entry import plain_form
from newsarchive.formats.base import Fault, Found, Item, LeftOut, Source
from newsarchive.formats.reading.xml_tree import MAX_TAGS
from newsarchive.formats.registry import reader


def found_in(data: bytes, name: str = "release") -> list[Found]:
    """Return what is found in a document that is told by its content."""
    source = Source(name, data)
    return list(reader(format_of(source)).read(source))


def story_in(data: bytes, name: str = "release") -> dict[str, Any]:
    """Return the fields of the one story that a document is."""
    (item,) = (one for one in found_in(data, name) if not isinstance(one, LeftOut))
    assert isinstance(item, Item), item
    return {key: value for key, value in plain_form(item.entry).items() if value and key != "source"}


def body_of(*content: str) -> str | None:
    """Return the body of a document of Word that begins with a title."""
    return story_in(docx(paragraph("A title", style="Titel"), *content)).get("body")


PROPERTIES = """
<dc:title>Template 7</dc:title><dc:creator>Aigul S.</dc:creator><cp:keywords>saiga, press release</cp:keywords>
<dcterms:created>2019-01-02T10:00:00Z</dcterms:created><dcterms:modified>2020-02-15T10:00:00Z</dcterms:modified>
"""


def test_a_press_release_of_word() -> None:
    """It takes the title from its style, whatever language Word has, and the date from the dateline."""
    document = docx(
        paragraph("PRESS RELEASE"),
        paragraph("Saiga numbers recover", style="Titel"),
        paragraph("Bonn, 14 February 2020 – The herds have grown."),
        paragraph("What comes next", style="berschrift1"),
        paragraph("A count in 2021."),
        properties=PROPERTIES,
    )

    assert story_in(document) == {
        "title": "Saiga numbers recover",
        "date": "2020-02-14",
        "body": "PRESS RELEASE\n\nBonn, 14 February 2020 – The herds have grown.\n\n"
        "What comes next\n\nA count in 2021.",
        "tags": ["saiga", "press release"],
        "extra": {"author": "Aigul S.", "updated": "2020-02-15T10:00:00Z"},
    }


def test_a_document_without_a_dateline() -> None:
    """It says that its day is no more than that of the file, and nothing where it tells one or the file has none."""
    text = paragraph("Nine animals left.")

    guessed, told, undated = (
        next(iter(found_in(docx(*content, properties=properties))))
        for content, properties in (
            ([text], PROPERTIES),
            ([paragraph("Bonn, 14 February 2020"), text], PROPERTIES),
            ([text], ""),
        )
    )

    assert isinstance(guessed, Item)
    assert guessed.notes == ("it does not begin with a date, so it has the day on which its file was made",)
    assert [one.notes for one in (told, undated) if isinstance(one, Item)] == [(), ()]


def test_a_document_without_a_heading() -> None:
    """It goes by its properties, and by its first line where these hold what a program put there."""
    text = paragraph("Kulan set free"), paragraph("Nine animals left.")

    told = story_in(docx(*text, properties=PROPERTIES.replace("Template 7", "Nine kulan")))
    untold = story_in(docx(*text, properties=PROPERTIES.replace("Template 7", "Microsoft Word - kulan.doc")))

    assert (told["title"], told["date"], told["body"]) == (
        *("Nine kulan", "2019-01-02"),
        "Kulan set free\n\nNine animals left.",
    )
    assert (untold["title"], untold["body"]) == ("Kulan set free", "Nine animals left.")


INSERTED = '<w:ins w:author="A"><w:r><w:t>new</w:t></w:r></w:ins>'
DELETED = '<w:del w:author="A"><w:r><w:delText>old</w:delText></w:r></w:del>'
MOVED = "<w:moveFrom><w:r><w:t>there</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>here</w:t></w:r></w:moveTo>"
FIELD = '<w:fldSimple w:instr="AUTHOR"><w:r><w:t>Aigul</w:t></w:r></w:fldSimple>'
CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>chosen</w:t></w:r></w:sdtContent></w:sdt>"
EMPTY_CONTROL = CONTROL.replace("<w:sdtPr/>", "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>")
HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
SHOWN = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r>'
STRUCK = "<w:r><w:rPr><w:strike/></w:rPr><w:t>5 May</w:t></w:r>"
NOT_STRUCK = '<w:r><w:rPr><w:dstrike w:val="false"/></w:rPr><w:t>6 May</w:t></w:r>'
HIDDEN_BY_STYLE = '<w:r><w:rPr><w:rStyle w:val="Geheim"/></w:rPr><w:t>secret</w:t></w:r>'
CODE = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>boxed"
    "</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
    "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def test_signs_of_fonts() -> None:
    """It reads signs of the font Symbol as what they are, and bullets of such fonts wherever they stand."""
    signs = "".join(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>' for font, code in SIGNS)
    bullets = "<w:r><w:t>\uf0b7 one \uf0a7 two</w:t></w:r>"

    assert body_of(f"<w:p>{signs}</w:p>", f"<w:p>{bullets}</w:p>") == "≥μ•✓\n\n• one ▪ two"


SIGNS = [
    ("Symbol", "F0B3"),
    ("Symbol", "006D"),
    ("Symbol", "F0B7"),
    ("Wingdings", "F0FC"),
    ("Webdings", "F021"),
]


def test_what_a_program_says_of_itself_is_no_summary() -> None:
    """It passes over the description that a program puts into all its documents."""
    told = "<dc:description>generated by python-docx</dc:description>"

    assert "summary" not in story_in(docx(paragraph("A title", style="Titel"), properties=told))


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ((INSERTED, DELETED), "new"),
        ((MOVED,), "here"),
        ((STRUCK, NOT_STRUCK), "6 May"),
        (("By ", FIELD), "By Aigul"),
        ((CONTROL,), "chosen"),
        (("a", EMPTY_CONTROL), "a"),
        (("a", HIDDEN, HIDDEN_BY_STYLE, SHOWN), "ashown"),
        (("a", CODE), "a"),
        (("around", BOX), "around\n\nboxed"),
        (("inter\u00adgovernmental",), "intergovernmental"),
        (("<w:r><w:t>steppe</w:t><w:noBreakHyphen/><w:t>wide</w:t></w:r>",), "steppe-wide"),
        (("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>",), "a\nb c"),
        (("<w:hyperlink><w:r><w:t>a link</w:t></w:r></w:hyperlink>",), "a link"),
    ],
)
def test_what_is_seen_of_a_paragraph(runs: tuple[str, ...], text: str) -> None:
    """It reads what Word shows: no deletions, codes and hidden text, but fields, controls and boxes."""
    assert body_of(paragraph(*runs)) == text


def test_a_table_is_read_by_rows() -> None:
    """It makes a row a line, with what is in tables inside it once."""
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('c')}</w:tc></w:tr></w:tbl>"
    row = f"<w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}{inner}</w:tc></w:tr>"

    assert body_of(f"<w:tbl>{row}</w:tbl>") == "a b c"


def test_notes_stand_at_the_end() -> None:
    """It takes footnotes in, without the line that parts them from the text."""
    notes = {
        "word/footnotes.xml": f'<w:footnote w:type="separator">{paragraph("-")}</w:footnote>'
        f"<w:footnote>{paragraph('A note.')}</w:footnote>"
    }

    assert story_in(docx(paragraph("A title"), paragraph("b"), parts=notes))["body"] == "b\n\nA note."


def test_pictures_are_counted() -> None:
    """It says how many pictures a document holds that do not come over."""
    picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"

    *_, counted = found_in(docx(paragraph("A title"), paragraph(picture), paragraph(picture)))

    assert counted == LeftOut("release", "embedded picture", 2)


META = "<dc:title>Kulan</dc:title><meta:creation-date>2019-03-04T10:00:00</meta:creation-date>"
HIDING = (
    '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties'
    ' style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
)


def test_a_press_release_of_libreoffice() -> None:
    """It reads fields, spaces, notes and text boxes, and leaves out what is hidden, deleted, struck or remarked."""
    content = """
    <text:tracked-changes><text:changed-region><text:deletion><text:p>old</text:p></text:deletion>
    </text:changed-region></text:tracked-changes>
    <text:p text:style-name="P1">Nine kulan <text:soft-page-break/>are free</text:p>
    <text:p>Altyn Dala, <text:date>3 May 2019</text:date><text:span text:style-name="T1">secret</text:span><text:span
    text:style-name="T2">4 May 2019</text:span></text:p>
    <text:p>They<text:s text:c="2"/>left<text:line-break/>at
        once.<office:annotation><text:p>really?</text:p></office:annotation><text:note><text:note-citation>1
        </text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note></text:p>
    <text:hidden-paragraph text:is-hidden="true">no</text:hidden-paragraph>
    <text:list><text:list-item><text:p>first</text:p></text:list-item></text:list>
    <text:p><draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>
    <draw:frame><draw:image/><dc:title>alt</dc:title></draw:frame></text:p>
    """

    assert story_in(odt(content, styles=HIDING, meta=META)) == {
        "title": "Nine kulan are free",
        "date": "2019-05-03",
        "body": "Altyn Dala, 3 May 2019\n\nThey left\nat once.\n\nA note.\n\nfirst\n\nboxed",
    }
    assert found_in(odt(content))[-1] == LeftOut("release", "embedded picture", 1)


STRUCK = (
    '<style:style style:name="{}" style:family="{}"><style:text-properties'
    ' style:text-line-through-style="{}"/></style:style>'
)


def test_styles_of_one_name() -> None:
    """It tells a style of paragraphs from one of words, and one of the document from one that it is made from."""
    content = """
    <text:p text:style-name="T9">gone</text:p>
    <text:p>Nine <text:span text:style-name="T9">kulan</text:span> are
    <text:a text:style-name="T8">free</text:a> <text:span text:style-name="T7">again</text:span></text:p>
    """
    styles = STRUCK.format("T9", "paragraph", "solid") + STRUCK.format("T8", "text", "none")
    named = STRUCK.format("T8", "text", "solid") + STRUCK.format("T7", "text", "solid")

    assert story_in(odt(content, styles=styles, named=named, meta=META))["body"] == "Nine kulan are free"


def test_words_that_are_not_struck_with_their_paragraph() -> None:
    """It keeps what is said to have no line through it, and nothing else."""
    content = """<text:p text:style-name="P9">Eight<text:s/><text:tab/><text:span text:style-name="T9">Nine
    <text:s/>kulan</text:span> left</text:p><text:p text:style-name="P8"><text:span text:style-name="T9">secret
    </text:span></text:p>"""
    hidden = HIDING.replace("T1", "P8").replace('"text"', '"paragraph"', 1)
    styles = hidden + STRUCK.format("P9", "paragraph", "solid") + STRUCK.format("T9", "text", "none")

    assert story_in(odt(content, styles=styles, meta=META))["body"] == "Nine kulan"


def test_headings_of_libreoffice() -> None:
    """It takes the first heading of the highest level where nothing is called a title."""
    headings = '<text:h text:outline-level="2">Part</text:h><text:h text:outline-level="1">Whole</text:h>'

    assert story_in(odt(headings, meta=META))["title"] == "Whole"
    assert story_in(odt("<text:p>a</text:p>", meta=META)) == {
        "title": "Kulan",
        "date": "2019-03-04",
        "body": "a",
    }


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            docx("<!DOCTYPE x>"),
            "release, word/document.xml: declares a document type, which such files never do",
        ),
        (docx("<w:p>"), "release, word/document.xml: is not well-formed: mismatched tag"),
        (
            docx("<w:sdt>" * 600 + "</w:sdt>" * 600),
            "release, word/document.xml: is nested deeper than 512 levels",
        ),
        (docx(), "release: title: an entry needs a title"),
        (
            zipped({"word/document.xml": b"0" * 9_000_000}),
            "release, word/document.xml: becomes too large when it is unpacked, so it is not read",
        ),
    ],
)
def test_a_document_that_is_none(data: bytes, sentence: str) -> None:
    """It says what is wrong in which part."""
    (fault,) = found_in(data)

    assert isinstance(fault, Fault)
    assert f"{fault.place}: {fault.reason}".startswith(sentence)


@pytest.mark.parametrize(
    "piece", ["<w:p><w:r><w:t>a</w:t></w:r></w:p>", "<w:t/>", "<w:tr><w:tc/></w:tr>", "<w:p/>"]
)
def test_a_document_made_to_take_long(piece: str) -> None:
    """It ends soon whatever a document of less than a megabyte is packed of."""
    document = docx(piece * (MAX_TAGS // piece.count("<") - 100))
    padded = io.BytesIO(document)
    with zipfile.ZipFile(padded, "a") as file:
        file.writestr("word/media/picture.png", random.Random(1).randbytes(800_000))

    with soon(5):
        found_in(padded.getvalue())
