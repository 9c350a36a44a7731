"""Documents of LibreOffice and others (OpenDocument Text): fields and text boxes are read.

Hidden and struck-out text is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from newsarchive.formats.base import Found, LeftOut, Source, content_of, reporting
from newsarchive.formats.reading.documents.prose import Paragraph, Prose, collected, found_in
from newsarchive.formats.reading.packed import opened
from newsarchive.formats.reading.xml_tree import child, children, inside, local, safe_document, text_at

_UNSEEN: Final = frozenset(
    {
        *("tracked-changes", "annotation", "annotation-end", "note-citation", "hidden-text", "forms"),
        *(
            "sequence-decls",
            "variable-decls",
            "user-field-decls",
            "bookmark",
            "image",
            "script",
            "title",
            "desc",
        ),
    }
)
_DRAWN: Final = frozenset({"title", "desc"})
"""Names of what describes a drawing; a field of the same name shows the title of the document."""
_OF_THEIR_OWN: Final = ("note-body", "text-box", "p", "h")
"""What holds text inside a paragraph that is none of it; paragraphs stand there directly in drawn shapes."""
_BLANKS: Final = {"s": " ", "tab": "\t", "line-break": "\n"}
_MOST_SPACES: Final = 100
_FAMILIES: Final = {"p": "paragraph", "h": "paragraph", "span": "text", "a": "text", "section": "section"}
"""The styles of elements: those of two families may have one name."""

_Style = tuple[str, str]
"""The family and the name of a style."""


class OdtReader:
    """Reads a document as one story."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield the item of the document, and a count of its pictures."""
        document = _Document(*_parts(source))
        prose = Prose(collected(document.paragraphs(), source.name), document.properties())
        yield from found_in(prose, source)
        if document.pictures:
            yield LeftOut(source.name, "embedded picture", document.pictures)


def _parts(source: Source) -> list[ET.Element]:
    """Return content, styles and properties of a document, all in one where it is flat: XML, and not packed."""
    data = content_of(source)
    if data.lstrip().startswith(b"<"):
        return [safe_document(data, source.name)] * 3
    with opened(source._replace(data=data)) as package:
        package.require("content.xml")
        return [
            safe_document(package.read(name), f"{source.name}, {name}")
            if name in package.names
            else ET.Element("")
            for name in ("content.xml", "styles.xml", "meta.xml")
        ]


class _Document:
    """The content of a document, the names and the visibility of its styles, and its properties."""

    def __init__(self, content: ET.Element, styles: ET.Element, meta: ET.Element) -> None:
        self._text = child(content, "body", "text")
        self._meta = child(meta, "meta")
        self._parents: dict[_Style, str] = {}
        self._hidden: dict[_Style, bool] = {}
        self._struck: dict[_Style, bool | None] = {}
        """None of those that leave it to what is around."""
        for style in (*inside(styles, "style"), *inside(content, "style")):
            key = _attribute(style, "family"), _attribute(style, "name")
            self._parents[key] = _attribute(style, "parent-style-name")
            properties = child(style, "text-properties")
            line = _attribute(properties, "text-line-through-style")
            self._struck[key] = line != "none" if line else None
            self._hidden[key] = _attribute(properties, "display") == "none"
        self.pictures = sum(1 for _ in inside(self._text, "image"))

    def properties(self) -> Mapping[str, str]:
        """Return what the document says of itself."""
        meta = self._meta
        return {
            "title": text_at(meta, "title"),
            "author": text_at(meta, "initial-creator") or text_at(meta, "creator"),
            "created": text_at(meta, "creation-date"),
            "modified": text_at(meta, "date"),
            "keywords": ",".join("".join(word.itertext()) for word in children(meta, "keyword")),
            "summary": text_at(meta, "description"),
            "language": text_at(meta, "language"),
        }

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs of the text in their order, each note and text box behind the one it hangs on."""
        waiting = [self._text]
        while waiting:
            element = waiting.pop()
            name = local(element)
            if name in ("p", "h"):
                text, others = self._read(element)
                yield Paragraph(text, self._level(element))
                waiting += reversed(others)
            elif name == "table-row":
                cells = [" ".join(self._read(part)[0] for part in inside(cell, "p", "h")) for cell in element]
                yield Paragraph(" ".join(filter(None, cells)))
            elif name not in _UNSEEN and not self._is_hidden(element):
                waiting += reversed(element)

    def _read(self, paragraph: ET.Element) -> tuple[str, list[ET.Element]]:
        """Return the text of a paragraph, and what is in it and holds paragraphs of its own."""
        pieces: list[str] = []
        others: list[ET.Element] = []
        if self._is_hidden(paragraph):
            return "", others
        open_ = self._inside(paragraph, is_struck=False)
        while open_:
            part, is_struck = open_.pop()
            if not isinstance(part, str) and self._is_run(part):
                open_ += self._inside(part, is_struck=is_struck)
            elif is_struck:
                continue
            elif isinstance(part, str):
                pieces.append(part)
            elif (name := local(part)) in _OF_THEIR_OWN:
                others.append(part)
            elif name in _BLANKS:
                count = _attribute(part, "c")
                pieces.append(_BLANKS[name] * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
        return "".join(pieces), others

    def _inside(self, element: ET.Element, *, is_struck: bool) -> list[tuple[ET.Element | str, bool]]:
        """Return what is in an element, the last part first, and whether it is struck out, as a span may not be."""
        own = self._struck.get(_style(element))
        return [(part, is_struck if own is None else own) for part in reversed(_content(element))]

    def _is_run(self, element: ET.Element) -> bool:
        """Whether what is in an element inside a paragraph is text of that paragraph."""
        name = local(element)
        is_seen = name not in _UNSEEN or _is_field(element)
        return is_seen and name not in _OF_THEIR_OWN and name not in _BLANKS and not self._is_hidden(element)

    def _is_hidden(self, element: ET.Element) -> bool:
        return _attribute(element, "is-hidden") == "true" or self._hidden.get(_style(element), False)

    def _level(self, element: ET.Element) -> int | None:
        style = _style(element)
        if "Title" in (style[1], self._parents.get(style)):
            return 0
        level = _attribute(element, "outline-level")
        return int(level) if local(element) == "h" and level.isdecimal() else None


def _style(element: ET.Element) -> _Style:
    return _FAMILIES.get(local(element), ""), _attribute(element, "style-name")


def _is_field(element: ET.Element) -> bool:
    return local(element) in _DRAWN and ":text:" in element.tag


def _content(element: ET.Element) -> list[ET.Element | str]:
    """Return the texts and the elements directly inside an element, in their order; blanks are one each."""
    parts: list[ET.Element | str] = [element.text or ""]
    for inner in element:
        parts += [inner, inner.tail or ""]
    return [part if isinstance(part, ET.Element) else _collapsed(part) for part in parts]


def _collapsed(text: str) -> str:
    """Return a text in which a run of blanks is one, as the format has it."""
    collapsed = " ".join(text.split())
    return f"{' ' * text[:1].isspace()}{collapsed}{' ' * (text[-1:].isspace() and bool(collapsed))}"


def _attribute(element: ET.Element, name: str) -> str:
    """Return an attribute by its name without the namespace; there are none that differ in it alone."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")
