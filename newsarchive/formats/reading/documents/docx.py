"""Documents of Word (OOXML, ISO/IEC 29500): what a reader sees of them, which no library at hand gives whole.

Fields, content controls and text boxes are read; deleted, struck-out and hidden text is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from newsarchive.errors import SourceError
from newsarchive.formats.base import Found, LeftOut, Source, reporting
from newsarchive.formats.reading.documents.prose import Paragraph, Prose, collected, found_in, level_of_style
from newsarchive.formats.reading.documents.symbols import sign_of
from newsarchive.formats.reading.packed import Package, opened
from newsarchive.formats.reading.xml_tree import child, children, inside, local, safe_document, text_at

_MAIN: Final = "word/document.xml"
_UNSEEN: Final = frozenset(
    {
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "sdtPr", "tblPr", "trPr"),
        *("tcPr", "sectPr", "Fallback", "commentReference", "annotationRef", "proofErr", "ruby_base"),
    }
)
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_HIDING: Final = ("vanish", "strike", "dstrike")
_OFF: Final = ("0", "false", "off")
_PICTURES: Final = ("blip", "imagedata")
_SEPARATORS: Final = ("separator", "continuationSeparator", "continuationNotice")


class DocxReader:
    """Reads a document as one story."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield the item of the document, and a count of its pictures."""
        with opened(source) as package:
            main = next((name for name in package.names if name == _MAIN), None) or _main_of(
                package, source.name
            )
            document = _Document(
                package, safe_document(package.read(main), f"{source.name}, {main}"), source.name
            )
            prose = Prose(collected(document.paragraphs(), source.name), document.properties())
        yield from found_in(prose, source)
        if document.pictures:
            yield LeftOut(source.name, "embedded picture", document.pictures)


def _main_of(package: Package, place: str) -> str:
    """Return the name of the main part where it is not the usual one."""
    name = next(
        (name for name in package.names if name.startswith("word/document") and name.endswith(".xml")), None
    )
    if name is None:
        raise SourceError(place, f"is no document of Word: it lacks {_MAIN}")
    return name


class _Document:
    """The parts of a document that hold text."""

    def __init__(self, package: Package, root: ET.Element, place: str) -> None:
        self._package = package
        self._place = place
        self._root = root
        self._styles = self._part("word/styles.xml")
        self._levels = {
            key: level for key, name in self._named_styles() if (level := level_of_style(name)) is not None
        }
        self._hidden = {
            style.get(_w(style, "styleId"), "")
            for style in children(self._styles, "style")
            if _is_hidden(style)
        }
        self.pictures = sum(1 for _ in inside(root, *_PICTURES))

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs of the text in their order, then those of its notes."""
        yield from self._within(child(self._root, "body"))
        for part, kind in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
            for note in children(self._part(part), kind):
                if note.get(_w(note, "type")) not in _SEPARATORS:
                    yield from self._within(note)

    def properties(self) -> Mapping[str, str]:
        """Return what the document says of itself."""
        core = self._part("docProps/core.xml")
        names = {
            "title": "title",
            "author": "creator",
            "created": "created",
            "modified": "modified",
            "keywords": "keywords",
            "summary": "description",
            "language": "language",
        }
        return {name: text_at(core, local_name) for name, local_name in names.items()}

    def _part(self, name: str) -> ET.Element:
        if name not in self._package.names:
            return ET.Element("")
        return safe_document(self._package.read(name), f"{self._place}, {name}")

    def _named_styles(self) -> Iterator[tuple[str, str]]:
        for style in children(self._styles, "style"):
            name = child(style, "name")
            yield style.get(_w(style, "styleId"), ""), name.get(_w(name, "val"), "")

    def _within(self, element: ET.Element) -> Iterator[Paragraph]:
        """Yield the paragraphs inside an element; a row of a table is one."""
        waiting = [element]
        while waiting:
            current = waiting.pop()
            name = local(current)
            if name == "p":
                text, boxes = self._text(current)
                yield Paragraph(text, self._level_of(current))
                waiting += reversed(boxes)
            elif name == "tr":
                cells = [
                    " ".join(part.text for part in self._within(cell) if part.text)
                    for cell in _cells(current)
                ]
                yield Paragraph(" ".join(filter(None, cells)))
            elif name not in _UNSEEN:
                waiting += reversed(_seen(current, name))

    def _text(self, paragraph: ET.Element) -> tuple[str, list[ET.Element]]:
        """Return the text of a paragraph, and the text boxes that hang on it."""
        pieces: list[str] = []
        boxes: list[ET.Element] = []
        waiting = [*reversed(paragraph)]
        while waiting:
            element = waiting.pop()
            name = local(element)
            if name == "t":
                pieces.append(element.text or "")
            elif name == "txbxContent":
                boxes.append(element)
            elif name in _SIGNS:
                pieces.append(_SIGNS[name])
            elif name == "sym":
                pieces.append(
                    sign_of(element.get(_w(element, "font"), ""), element.get(_w(element, "char"), ""))
                )
            elif name not in _UNSEEN and not (name == "r" and self._hides(element)):
                waiting += reversed(_seen(element, name))
        return "".join(pieces), boxes

    def _hides(self, run: ET.Element) -> bool:
        properties = child(run, "rPr")
        if not len(properties):
            return False
        style = child(properties, "rStyle")
        return _is_hidden(run) or style.get(_w(style, "val"), "-") in self._hidden

    def _level_of(self, paragraph: ET.Element) -> int | None:
        properties = child(paragraph, "pPr")
        if not len(properties):
            return None
        style, outline = child(properties, "pStyle"), child(properties, "outlineLvl")
        own = outline.get(_w(outline, "val"), "")
        if own.isdecimal() and int(own) < 9:
            return int(own) + 1
        key = style.get(_w(style, "val"), "")
        return self._levels.get(key, level_of_style(key))


def _cells(row: ET.Element) -> Iterator[ET.Element]:
    """Yield the cells of a row, in content controls too, without those of tables inside of them."""
    waiting = [*reversed(row)]
    while waiting:
        element = waiting.pop()
        if local(element) == "tc":
            yield element
        elif local(element) not in _UNSEEN:
            waiting += reversed(element)


def _seen(element: ET.Element, name: str) -> Sequence[ET.Element]:
    """Return what is to be seen of what is directly inside an element; of two forms of one thing the first."""
    if name == "AlternateContent":
        choice = child(element, "Choice")
        return [*(choice if len(choice) else child(element, "Fallback"))]
    return () if name == "sdt" and _is_placeholder(element) else [*element]


def _is_hidden(element: ET.Element) -> bool:
    """Whether what is written so is hidden, or struck out."""
    properties = (child(element, "rPr", name) for name in _HIDING)
    return any(local(one) and one.get(_w(one, "val"), "true") not in _OFF for one in properties)


def _is_placeholder(element: ET.Element) -> bool:
    """Whether an element is a content control that nobody has filled in."""
    return local(child(element, "sdtPr", "showingPlcHdr")) != ""


def _w(element: ET.Element, name: str) -> str:
    """Return the name of an attribute in the namespace of its element."""
    return f"{element.tag.rpartition('}')[0]}}}{name}" if "}" in element.tag else name
