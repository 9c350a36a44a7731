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
_MOST_SPACES: Final = 100


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
        self._parents: dict[str, str] = {}
        self._hidden: set[str] = set()
        for style in (*inside(styles, "style"), *inside(content, "style")):
            name = _attribute(style, "name")
            self._parents[name] = _attribute(style, "parent-style-name")
            properties = child(style, "text-properties")
            is_struck = _attribute(properties, "text-line-through-style") not in ("", "none")
            if is_struck or _attribute(properties, "display") == "none":
                self._hidden.add(name)
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
        open_: list[ET.Element | str] = [*reversed(_content(paragraph))]
        while open_:
            part = open_.pop()
            if isinstance(part, str):
                pieces.append(part)
            elif (name := local(part)) in _OF_THEIR_OWN:
                others.append(part)
            elif name == "s":
                count = _attribute(part, "c")
                pieces.append(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
            elif name in ("tab", "line-break"):
                pieces.append("\t" if name == "tab" else "\n")
            elif (name not in _UNSEEN or _is_field(part)) and not self._is_hidden(part):
                open_ += reversed(_content(part))
        return "".join(pieces), others

    def _is_hidden(self, element: ET.Element) -> bool:
        return _attribute(element, "is-hidden") == "true" or _attribute(element, "style-name") in self._hidden

    def _level(self, element: ET.Element) -> int | None:
        style = _attribute(element, "style-name")
        if "Title" in (style, self._parents.get(style)):
            return 0
        level = _attribute(element, "outline-level")
        return int(level) if local(element) == "h" and level.isdecimal() else None


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
