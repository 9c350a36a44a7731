"""What feedparser is given of a feed: well-formed XML with the elements that are read here, and no others.

Anything else may end it with an error of Python's: some of its extensions do when an attribute is missing,
and its own parser for ill-formed feeds does over a number that is too large.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from newsarchive.errors import SourceError
from newsarchive.formats.base import MAX_SOURCE
from newsarchive.formats.reading.lenient_xml import Parsing, too_large

MAX_ENTRIES: Final = 500_000
MAX_SMALL_ENTRIES: Final = 20_000
"""Of a feed: each takes feedparser a tenth of a millisecond, however small it is. Small are those of fewer than
a hundred characters each, of which no story is told."""
MAX_CATEGORIES: Final = 512
"""Of an entry: feedparser compares each with all others."""

_SMALL: Final = 100
_MANY: Final = 500
_LARGE: Final = 4 << 20
"""So many entries, or characters of them, are read together."""

_DEEPEST: Final = 6
"""How deep the elements that are kept can be: rss, channel, item, author, name, and one to spare."""

_ATOM: Final = "http://www.w3.org/2005/Atom"
_ATOM_03: Final = "http://purl.org/atom/ns#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_TERMS: Final = "http://purl.org/dc/terms/"
_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
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

_PREFIXES: Final = {
    "atom": _ATOM,
    "itunes": _ITUNES,
    "media": _MEDIA,
    "yandex": _YANDEX[0],
    "content": _CONTENT,
    "dc": _DC,
    "dcterms": _TERMS,
    "rdf": _RDF,
    "xhtml": _XHTML,
    "xml": _XML,
}
"""What prefixes mean that nobody declares."""

_HOLDERS: Final = ("rss", "rdf", "feed", "channel", "item", "entry")
_ENTRIES: Final = ("item", "entry")
_TEXTS: Final = ("title", "description", "summary", "subtitle", "tagline", "content", "encoded", "body")
_PERSONS: Final = ("author", "contributor", "creator")
_CORE: Final = (
    *_HOLDERS,
    *_TEXTS,
    *_PERSONS,
    *("name", "email", "uri", "link", "guid", "id", "category", "language", "enclosure", "generator"),
    *("pubdate", "published", "issued", "updated", "modified", "created"),
)
_KEPT: Final = {
    "": _CORE,
    _ATOM: _CORE,
    _ATOM_03: _CORE,
    "http://purl.org/rss/1.0/": _CORE,
    "http://my.netscape.com/rdf/simple/0.9/": _CORE,
    _RDF: ("rdf",),
    _DC: ("title", "description", "creator", "contributor", "subject", "date", "language"),
    _TERMS: ("issued", "modified", "created"),
    _CONTENT: ("encoded",),
    _XHTML: ("body",),
}
"""The elements that are read, by their namespaces."""

_ATTRIBUTES: Final = {
    "rss": ("version",),
    "feed": ("version",),
    "link": ("href", "hreflang", "rel", "type", "length"),
    "category": ("term", "label"),
    "enclosure": ("url", "type", "length"),
    "guid": ("ispermalink",),
    "item": (f"{{{_RDF}}}about",),
    **dict.fromkeys(_TEXTS, ("type",)),
}
_EVERYWHERE: Final = (f"{{{_XML}}}lang", f"{{{_XML}}}base")


class Part(NamedTuple):
    """A feed that is a part of another one; of its entries the first ones, `gone` of them, only stand for others."""

    feed: bytes
    gone: int = 0


class Reduced:
    """What is kept of a feed, with texts that hold elements as texts that hold HTML.

    Going through it yields feeds one after the other: each has what was said until then for all entries, and
    the entries that were in none before; the last one is there even if there are none. Where there were others,
    an empty entry is left, as feedparser goes by what stands before and what behind the first one. With `is_whole`
    there is one feed. There is none when no element is the root of a feed.
    Raises SourceError for what is nested too deep, has too many parts or a part that is too large.
    """

    def __init__(self, pieces: Iterable[str], place: str, *, is_whole: bool = False) -> None:
        self.has_inner = False
        """Whether entries or feeds are where none belong, such as in an entry: all is to be read at once."""
        self._place = place
        self._is_whole = is_whole
        self._parsing = Parsing(pieces, place, _PREFIXES)
        self._open: list[ET.Element] = []
        self._copying: _Copying | None = None
        self._root: ET.Element | None = None
        self._holders: list[tuple[ET.Element, ET.Element]] = []
        """The root and the channel in it, as far as they are open, and their copies."""
        self._new: list[tuple[ET.Element, ET.Element]] = []
        """The entries that were in no feed yet, after the copies they are in."""
        self._gone: list[ET.Element] = []
        """What stands for entries that were in one, each for those in a row."""
        self._entries = 0
        self._done = 0
        """How many characters were read when the last part of a holder was."""
        self._size = self._said = self._said_size = 0
        """Characters of the new entries; parts that are no entries, and their characters."""

    def __iter__(self) -> Iterator[Part]:
        for is_opened, element in self._parsing:
            if self._parsing.size - self._done > MAX_SOURCE:
                raise too_large(self._place)
            if is_opened:
                self._opened(element)
            else:
                self._closed(element)
                if self._is_enough():
                    yield self._feed()
        if self._root is not None:
            yield self._feed()
        elif self._copying is None and (lone := _lone_entry(self._parsing.document, self._place)):
            yield Part(lone)

    def _opened(self, element: ET.Element) -> None:
        uri, local = _split(element.tag)
        self._open.append(element)
        if self._copying is None:
            if (uri, local) == (_RDF, "rdf") or (local in ("rss", "feed") and uri != _XHTML):
                self._copying = _Copying(self._place, uri)
                self._root = self._copying.begun(element)
                if self._root is not None:
                    self._holders.append((element, self._root))
        elif local == "channel" and len(self._holders) == 1 and self._open[-2] is self._holders[0][0]:
            copy = self._copying.begun(element)
            if copy is not None:
                self._holders[0][1].append(copy)
                self._holders.append((element, copy))

    def _closed(self, element: ET.Element) -> None:
        self._open.pop()
        if not self._holders or self._copying is None:
            return
        holder, copy = self._holders[-1]
        if element is holder:
            self._copying.check(copy)
            self._holders.pop()
        elif self._open[-1] is not holder:
            return
        elif (part := self._copying.copy(element, len(self._holders) + 1)) is not None:
            copy.append(part)
            self._count(copy, part)
        if self._open:
            self._open[-1].remove(element)
        self._done = self._parsing.size

    def _count(self, holder: ET.Element, part: ET.Element) -> None:
        size = self._parsing.size - self._done
        self.has_inner = self.has_inner or any(
            _split(one.tag)[1] in _HOLDERS for child in part for one in child.iter()
        )
        if _split(part.tag)[1] not in _ENTRIES:
            self._said += 1
            self._said_size += size
            return
        self._new.append((holder, part))
        self._entries += 1
        self._size += size
        most = MAX_SMALL_ENTRIES if self._parsing.size < _SMALL * self._entries else MAX_ENTRIES
        if self._entries > most:
            raise SourceError(self._place, f"has more than {most:,} entries")

    def _is_enough(self) -> bool:
        """Whether the next feed is due; what is said for all entries must not be the most of it."""
        return not self._is_whole and (
            len(self._new) >= max(_MANY, self._said) or self._size >= max(_LARGE, self._said_size)
        )

    def _feed(self) -> Part:
        assert self._root is not None
        part = Part(ET.tostring(self._root, "utf-8"), len(self._gone))
        for holder, entry in self._new:
            place = [*holder].index(entry)
            if place and self._gone and holder[place - 1] is self._gone[-1]:
                holder.remove(entry)
            else:
                self._gone.append(ET.Element(entry.tag))
                holder[place] = self._gone[-1]
        self._new.clear()
        self._size = 0
        return part


def _lone_entry(document: ET.Element, place: str) -> bytes:
    """Return a feed of the one entry that a document of Atom is; empty if it is none."""
    root = next(iter(document), None)
    uri, local = ("", "") if root is None else _split(root.tag)
    if root is None or local != "entry" or uri not in (_ATOM, _ATOM_03):
        return b""
    feed = ET.Element(f"{{{uri}}}feed")
    feed.append(root)
    kept = _Copying(place, uri).copy(feed)
    return b"" if kept is None else ET.tostring(kept, "utf-8")


class _Copying:
    """Copies what is kept. `own` is the namespace of the root, which is RSS or Atom whatever it is called."""

    def __init__(self, place: str, own: str) -> None:
        self._place = place
        self._own = own

    def copy(self, element: ET.Element, depth: int = 1) -> ET.Element | None:
        """Return a copy with the elements inside that are kept, None if this one is not."""
        copy = None if depth > _DEEPEST else self.begun(element)
        if copy is None:
            return None
        local = _split(element.tag)[1]
        if local in _TEXTS:
            _put_text(copy, element)
        elif local in _PERSONS and not len(element):
            # Not as text: feedparser looks for a mail address in it, which takes quadratic time.
            ET.SubElement(copy, "name").text = element.text
        elif local in _HOLDERS or local in _PERSONS:
            copy.extend([kept for child in element if (kept := self.copy(child, depth + 1)) is not None])
            if local in _ENTRIES:
                _complete(copy, element)
            self.check(copy)
        else:
            copy.text = element.text
        return copy

    def begun(self, element: ET.Element) -> ET.Element | None:
        """Return a copy without what is inside, None if the element is not kept."""
        uri, local = _split(element.tag)
        uri = "" if uri == self._own and uri not in _KEPT else uri
        if local not in _KEPT.get(uri, ()):
            return None
        return ET.Element(f"{{{uri}}}{local}" if uri else local, _attributes(element, local))

    def check(self, copy: ET.Element) -> None:
        """Raise SourceError for an element that has too many parts."""
        names = [_split(child.tag)[1] for child in copy]
        if names.count("category") + names.count("subject") > MAX_CATEGORIES:
            raise SourceError(self._place, f"has an entry with more than {MAX_CATEGORIES} categories")


def _complete(copy: ET.Element, element: ET.Element) -> None:
    """Give a copy of an entry what other vocabularies say of it, and its own do not."""
    there = {_split(child.tag)[1] for child in copy if (child.text or "").strip()}
    for child in element:
        instead = _INSTEAD.get(_split(child.tag))
        if instead is not None and _split(instead)[1] not in there and (child.text or "").strip():
            ET.SubElement(copy, instead, {"type": "html"}).text = child.text
            there.add(_split(instead)[1])


def _split(tag: str) -> tuple[str, str]:
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
            yield f"<{_split(child.tag)[1]}>{html.escape(child.text or '')}"
            inside.append((child, iter(child)))
            continue
        inside.pop()
        if inside:
            yield f"</{_split(parent.tag)[1]}>{html.escape(parent.tail or '')}"
