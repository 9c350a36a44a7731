"""XML as a tree of ElementTree: by its own parser where that is safe and the text well-formed, else leniently."""

from __future__ import annotations

import functools
import html
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Final
from xml.etree import ElementTree as ET

from newsarchive.errors import SourceError
from newsarchive.formats.reading.lenient_xml import MAX_NESTING, parse

MAX_TAGS: Final = 1_200_000
"""Of a part of a document, opening and closing ones: as much as some hundred pages have."""

_NOTHING: Final = ET.Element("")


def document_in(text: str, place: str) -> ET.Element:
    """Return the root of a document; entities that it declares are not followed.

    Raises SourceError when it holds no element, or is ill-formed and nested too deep.
    """
    if "<!ENTITY" not in text:
        with suppress(ET.ParseError):
            return ET.fromstring(text.lstrip())
    root = next(iter(parse(text, place, {})), None)
    if root is None:
        raise SourceError(place, "is no XML: it holds no element")
    return root


def safe_document(data: bytes, place: str) -> ET.Element:
    """Return the root of a part of a document that is packed. Raises SourceError for what is not well-formed.

    Such parts have no document type: what declares entities is made to harm.
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise SourceError(place, "declares a document type, which such files never do")
    if data.count(b"<") > MAX_TAGS:
        raise SourceError(place, f"has more than {MAX_TAGS:,} tags")
    try:
        root = ET.fromstring(data)
    except (ET.ParseError, LookupError, ValueError) as error:
        raise SourceError(place, f"is not well-formed: {error}") from None
    level, depth = [root], 0
    while level := [inner for element in level for inner in element]:
        depth += 1
        if depth > MAX_NESTING:
            raise SourceError(place, f"is nested deeper than {MAX_NESTING} levels")
    return root


def local(element: ET.Element) -> str:
    """Return the name of an element without its namespace; that of a comment is empty."""
    return _local(element.tag)


@functools.lru_cache(maxsize=1 << 12)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: ET.Element, *names: str) -> Iterator[ET.Element]:
    """Yield the elements directly inside that have one of these names, in any namespace."""
    return (child for child in element if local(child) in names)


def child(element: ET.Element, *path: str) -> ET.Element:
    """Return the first element on a path of names, an empty one if there is none."""
    for name in path:
        for inner in element:
            if local(inner) == name:
                element = inner
                break
        else:
            return _NOTHING
    return element


def text_at(element: ET.Element, *path: str) -> str:
    """Return the text of the first element on a path, that of elements inside it included."""
    return "".join(child(element, *path).itertext()).strip()


def inside(element: ET.Element, *names: str) -> Iterator[ET.Element]:
    """Yield the elements of these names at any depth."""
    return (found for found in element.iter() if local(found) in names)


def markup_in(element: ET.Element, *, inline: Collection[str] = (), without: Collection[str] = ()) -> str:
    """Return the content of an element as HTML: elements called `inline` become their text, `without` nothing.

    It does not recurse, as elements may be nested as deep as they like.
    """
    pieces = [html.escape(element.text or "")]
    open_: list[tuple[ET.Element, Iterator[ET.Element]]] = [(element, iter(element))]
    while open_:
        parent, rest = open_[-1]
        following = next(rest, None)
        if following is None:
            open_.pop()
            if open_:
                pieces += [
                    "" if local(parent) in inline else f"</{local(parent)}>",
                    html.escape(parent.tail or ""),
                ]
        elif not (name := local(following)) or name in without:
            pieces.append(html.escape(following.tail or ""))
        else:
            pieces += ["" if name in inline else f"<{name}>", html.escape(following.text or "")]
            open_.append((following, iter(following)))
    return "".join(pieces)
