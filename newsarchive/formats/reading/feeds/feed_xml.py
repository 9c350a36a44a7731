"""What feedparser is given of a feed: well-formed XML with the elements that are read here, and no others.

Anything else may end it with an error of Python's: some of its extensions do when an attribute is missing,
and its own parser for ill-formed feeds does over a number that is too large.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from newsarchive.errors import SourceError
from newsarchive.formats.base import MAX_SOURCE
from newsarchive.formats.reading.feeds.kept import (
    ATOM,
    ATOM_03,
    ENTRIES,
    HOLDERS,
    PREFIXES,
    RDF,
    XHTML,
    Copying,
    split,
)
from newsarchive.formats.reading.lenient_xml import Parsing, too_large

MAX_ENTRIES: Final = 500_000
MAX_SMALL_ENTRIES: Final = 20_000
"""Of a feed: each takes feedparser a tenth of a millisecond, however small it is. Small are those of fewer than
a hundred characters each, of which no story is told."""
MAX_SAID: Final = 20_000
"""Of parts that are no entries, which are in each feed that is read."""
_SMALL: Final = 100
_MANY: Final = 500
_LARGE: Final = 4 << 20
"""So many entries, or characters of them, are read together."""


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
        self._parsing = Parsing(pieces, place, PREFIXES)
        self._open: list[ET.Element] = []
        self._copying: Copying | None = None
        self._root: ET.Element | None = None
        self._holders: list[tuple[ET.Element, ET.Element]] = []
        """The root and the channel in it, as far as they are open, and their copies."""
        self._new: list[tuple[ET.Element, ET.Element]] = []
        """The entries that were in no feed yet, after the copies they are in."""
        self._gone: set[ET.Element] = set()
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
        uri, local = split(element.tag)
        self._open.append(element)
        if self._copying is None:
            if (uri, local) == (RDF, "rdf") or (local in ("rss", "feed") and uri != XHTML):
                self._copying = Copying(self._place, uri)
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
            split(one.tag)[1] in HOLDERS for child in part for one in child.iter()
        )
        if split(part.tag)[1] not in ENTRIES:
            self._said += 1
            self._said_size += size
            if self._said > MAX_SAID:
                raise SourceError(self._place, f"has more than {MAX_SAID:,} parts that are no entries")
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
        new = {entry for _, entry in self._new}
        for holder in {holder for holder, _ in self._new}:
            holder[:] = self._without(new, holder)
        self._new.clear()
        self._size = 0
        return part

    def _without(self, new: set[ET.Element], holder: ET.Element) -> list[ET.Element]:
        """Return what is in a holder, with one empty entry for new ones in a row, or the one that is there."""
        kept: list[ET.Element] = []
        for child in holder:
            if child not in new:
                kept.append(child)
            elif not kept or kept[-1] not in self._gone:
                kept.append(ET.Element(child.tag))
                self._gone.add(kept[-1])
        return kept


def _lone_entry(document: ET.Element, place: str) -> bytes:
    """Return a feed of the one entry that a document of Atom is; empty if it is none."""
    root = next(iter(document), None)
    uri, local = ("", "") if root is None else split(root.tag)
    if root is None or local != "entry" or uri not in (ATOM, ATOM_03):
        return b""
    feed = ET.Element(f"{{{uri}}}feed")
    feed.append(root)
    kept = Copying(place, uri).copy(feed)
    return b"" if kept is None else ET.tostring(kept, "utf-8")
