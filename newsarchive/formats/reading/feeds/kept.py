"""Which elements of a feed are read, and copies of these with texts that hold elements as texts that hold HTML."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from newsarchive.errors import SourceError

MAX_CATEGORIES: Final = 512
"""Of an entry: feedparser compares each with all others."""

_DEEPEST: Final = 6
"""How deep the elements that are kept can be: rss, channel, item, author, name, and one to spare."""

ATOM: Final = "http://www.w3.org/2005/Atom"
ATOM_03: Final = "http://purl.org/atom/ns#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_TERMS: Final = "http://purl.org/dc/terms/"
_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
XHTML: Final = "http://www.w3.org/1999/xhtml"
_XML: Final = "http://www.w3.org/XML/1998/namespace"

_ITUNES: Final = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_MEDIA: Final = "http://search.yahoo.com/mrss/"
_YANDEX: Final = ("http://news.yandex.ru", "https://news.yandex.ru", "http://news.yandex.ru/")
_INSTEAD: Final = {
    **{(uri, "full-text"): f"{{{_CONTENT}}}encoded" for uri in _YANDEX},
    (_ITUNES, "summary"): "description",
    (_MEDIA, "title"): "title",
}
"""Elements of other vocabularies that say what one of those here does, where that is not there itself."""

PREFIXES: Final = {
    "atom": ATOM,
    "itunes": _ITUNES,
    "media": _MEDIA,
    "yandex": _YANDEX[0],
    "content": _CONTENT,
    "dc": _DC,
    "dcterms": _TERMS,
    "rdf": RDF,
    "xhtml": XHTML,
    "xml": _XML,
}
"""What prefixes mean that nobody declares."""

HOLDERS: Final = ("rss", "rdf", "feed", "channel", "item", "entry")
ENTRIES: Final = ("item", "entry")
_TEXTS: Final = ("title", "description", "summary", "subtitle", "tagline", "content", "encoded", "body")
_PERSONS: Final = ("author", "contributor", "creator")
_CORE: Final = (
    *HOLDERS,
    *_TEXTS,
    *_PERSONS,
    *("name", "email", "uri", "link", "guid", "id", "category", "language", "enclosure", "generator"),
    *("pubdate", "published", "issued", "updated", "modified", "created"),
)
_KEPT: Final = {
    "": _CORE,
    ATOM: _CORE,
    ATOM_03: _CORE,
    "http://purl.org/rss/1.0/": _CORE,
    "http://my.netscape.com/rdf/simple/0.9/": _CORE,
    RDF: ("rdf",),
    _DC: ("title", "description", "creator", "contributor", "subject", "date", "language"),
    _TERMS: ("issued", "modified", "created"),
    _CONTENT: ("encoded",),
    XHTML: ("body",),
}
"""The elements that are read, by their namespaces."""

_ATTRIBUTES: Final = {
    "rss": ("version",),
    "feed": ("version",),
    "link": ("href", "hreflang", "rel", "type", "length"),
    "category": ("term", "label"),
    "enclosure": ("url", "type", "length"),
    "guid": ("ispermalink",),
    "item": (f"{{{RDF}}}about",),
    **dict.fromkeys(_TEXTS, ("type",)),
}
_EVERYWHERE: Final = (f"{{{_XML}}}lang", f"{{{_XML}}}base")


class Copying:
    """Copies what is kept. `own` is the namespace of the root, which is RSS or Atom whatever it is called."""

    def __init__(self, place: str, own: str) -> None:
        self._place = place
        self._own = own

    def copy(self, element: ET.Element, depth: int = 1) -> ET.Element | None:
        """Return a copy with the elements inside that are kept, None if this one is not."""
        copy = None if depth > _DEEPEST else self.begun(element)
        if copy is None:
            return None
        local = split(element.tag)[1]
        if local in _TEXTS:
            _put_text(copy, element)
        elif local in _PERSONS and not len(element):
            # Not as text: feedparser looks for a mail address in it, which takes quadratic time.
            ET.SubElement(copy, "name").text = element.text
        elif local in HOLDERS or local in _PERSONS:
            copy.extend([kept for child in element if (kept := self.copy(child, depth + 1)) is not None])
            if local in ENTRIES:
                _complete(copy, element)
            self.check(copy)
        else:
            copy.text = element.text
        return copy

    def begun(self, element: ET.Element) -> ET.Element | None:
        """Return a copy without what is inside, None if the element is not kept."""
        uri, local = split(element.tag)
        uri = "" if uri == self._own and uri not in _KEPT else uri
        if local not in _KEPT.get(uri, ()):
            return None
        return ET.Element(f"{{{uri}}}{local}" if uri else local, _attributes(element, local))

    def check(self, copy: ET.Element) -> None:
        """Raise SourceError for an element that has too many parts."""
        names = [split(child.tag)[1] for child in copy]
        if names.count("category") + names.count("subject") > MAX_CATEGORIES:
            raise SourceError(self._place, f"has an entry with more than {MAX_CATEGORIES} categories")


def _complete(copy: ET.Element, element: ET.Element) -> None:
    """Give a copy of an entry what other vocabularies say of it, and its own do not."""
    there = {split(child.tag)[1] for child in copy if (child.text or "").strip()}
    for child in element:
        instead = _INSTEAD.get(split(child.tag))
        if instead is not None and split(instead)[1] not in there and (child.text or "").strip():
            ET.SubElement(copy, instead, {"type": "html"}).text = child.text
            there.add(split(instead)[1])


def split(tag: str) -> tuple[str, str]:
    """Return the namespace of a name and the rest in lower case, which all of feedparser goes by."""
    uri, brace, local = tag.removeprefix("{").rpartition("}")
    return (uri if brace else ""), local.lower()


def _attributes(element: ET.Element, local: str) -> dict[str, str]:
    names = (*_ATTRIBUTES.get(local, ()), *_EVERYWHERE)
    return {name: value for name in names if (value := element.get(name)) is not None}


def _put_text(copy: ET.Element, element: ET.Element) -> None:
    """Give a copy the text of an element; one that holds elements is HTML."""
    if len(element) or copy.get("type") in ("xhtml", "application/xhtml+xml"):
        copy.set("type", "html")
        copy.text = "".join(_html(element))
    elif element.get("mode") == "base64":
        copy.set("type", "html")
        copy.text = _decoded(element.text or "")
    else:
        copy.text = element.text


def _decoded(text: str) -> str:
    """Return a text of Atom 0.3 that is written in base64; as it is, if it is not."""
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode()
    except ValueError:
        return text


def _html(element: ET.Element) -> Iterator[str]:
    """Yield the content of an element; without recursion, as it may be nested as deep as is allowed."""
    yield html.escape(element.text or "")
    inside = [(element, iter(element))]
    while inside:
        parent, children = inside[-1]
        child = next(children, None)
        if child is not None:
            yield f"<{split(child.tag)[1]}>{html.escape(child.text or '')}"
            inside.append((child, iter(child)))
            continue
        inside.pop()
        if inside:
            yield f"</{split(parent.tag)[1]}>{html.escape(parent.tail or '')}"
