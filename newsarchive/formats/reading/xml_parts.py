"""The records of an export in XML, one after the other: none is held longer than it takes to read it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Generic, Protocol, TypeVar
from xml.etree import ElementTree as ET

from newsarchive.errors import SourceError
from newsarchive.formats.base import MAX_SOURCE, Source
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.lenient_xml import Checked, Parsing, too_large
from newsarchive.formats.reading.stories import StoriesAside, Story
from newsarchive.formats.reading.xml_tree import children, inside, local

MAX_RECORDS: Final = 500_000
MAX_SMALL_RECORDS: Final = 80_000
MAX_OTHERS: Final = 500_000
"""Of what stands beside the records, such as the tags and the authors of a site."""
_SMALL: Final = 100
"""Small are records of fewer characters each, of which no story is told."""

_ENTITY: Final = "<!ENTITY"

_Event = tuple[bool, ET.Element]


class IllFormedError(Exception):
    """A document is not well-formed, or declares entities: it is to be read leniently, from its beginning."""


class Records(Protocol):
    """The elements that are records, and the element that holds them and says what is true of all."""

    @property
    def holder(self) -> ET.Element:
        """The element; as far as it was read, and without the records."""

    def __iter__(self) -> Iterator[ET.Element]: ...


class HeldRecords:
    """The records of a tree: all elements of a name directly inside the first one called `within`, or the root."""

    def __init__(self, root: ET.Element, name: str, within: str) -> None:
        self.holder = next(inside(root, within), root)
        self._name = name

    def __iter__(self) -> Iterator[ET.Element]:
        return children(self.holder, self._name)


class StreamedRecords:
    """The same of a document that comes in pieces, gone through once. Without `within` they are in the root.

    Raises IllFormedError unless it `is_lenient`, and SourceError for what holds no element or one that is too large.
    """

    def __init__(
        self, pieces: Iterable[str], place: str, name: str, *, within: str | None = None, is_lenient: bool
    ) -> None:
        self._pieces = pieces
        self._place = place
        self._name = name
        self._within = within
        self._is_lenient = is_lenient
        self._all = self._records = self._others = self._size = 0
        """Characters in all, records, what stands beside them, and characters since the last record, as far as it
        was read."""
        self._root: ET.Element | None = None
        self._holder: ET.Element | None = None

    @property
    def holder(self) -> ET.Element:
        """The element that holds the records, as far as it was read, and without them."""
        found = self._root if self._holder is None else self._holder
        assert found is not None, "it was gone through"
        return found

    def __iter__(self) -> Iterator[ET.Element]:
        open_: list[ET.Element] = []
        for is_opened, element in self._lenient() if self._is_lenient else self._strict():
            if is_opened:
                open_.append(element)
                self._look_at(open_)
                continue
            open_.pop()
            if not open_ or self._holder is None or open_[-1] is not self._holder:
                continue
            if local(element) != self._name:
                self._count_other()
                continue
            self._count()
            yield element
            # All records before it are gone: this is its place, and no search through the others finds it.
            del self._holder[self._others]
            self._size = 0
        if self._root is None:
            raise SourceError(self._place, "is no XML: it holds no element")
        if self._holder is None:
            yield from children(self._root, self._name)

    def _look_at(self, open_: list[ET.Element]) -> None:
        if self._root is None:
            self._root = open_[0]
        if self._holder is None and open_[0] is self._root and self._within in (None, local(open_[-1])):
            self._holder = open_[-1]

    def _count(self) -> None:
        self._records += 1
        most = MAX_SMALL_RECORDS if self._all < _SMALL * self._records else MAX_RECORDS
        if self._records > most:
            raise SourceError(self._place, f"has more than {most:,} items; export it by years")

    def _count_other(self) -> None:
        self._others += 1
        if self._others > MAX_OTHERS:
            raise SourceError(self._place, f"has more than {MAX_OTHERS:,} parts that are no items")

    def _counted(self) -> Iterator[str]:
        for piece in self._pieces:
            self._size += len(piece)
            self._all += len(piece)
            if self._size - len(piece) > MAX_SOURCE:
                raise too_large(self._place)
            yield piece

    def _lenient(self) -> Iterator[_Event]:
        return iter(Parsing(self._counted(), self._place, {}))

    def _strict(self) -> Iterator[_Event]:
        parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(("start", "end"))
        end, is_blank = "", True
        try:
            for piece in self._counted():
                if _ENTITY in end + piece:
                    raise IllFormedError
                end = (end + piece)[1 - len(_ENTITY) :]
                text = piece.lstrip() if is_blank else piece
                is_blank = is_blank and not text
                parser.feed(text)
                yield from _events(parser)
            parser.close()
            yield from _events(parser)
        except ET.ParseError:
            raise IllFormedError from None


def _events(parser: ET.XMLPullParser[ET.Element]) -> Iterator[_Event]:
    return ((kind == "start", element) for kind, element in parser.read_events())  # type: ignore[misc]


# --- what is true of all, which may stand behind the records ----------------------------------------------


_About = TypeVar("_About")


class Export(ABC, Generic[_About]):
    """Stories of records, told with what is true of all of them, and what is left out of them.

    What is true of all may be known before; otherwise it is found when the first story is told.
    """

    def __init__(self, records: Records, source: Source, about: _About | None = None) -> None:
        self.left_out = Tally(source.name)
        self.known = about
        """What is true of all, when all were told."""
        self._about = about
        self._records = records
        self._source = source

    @property
    def is_settled(self) -> bool:
        """Whether that was known from the first story on."""
        return self._about in (None, self.known)

    def stories(self) -> Iterator[Story]:
        """Yield the story of each record that is wanted. Raises IllFormedError and SourceError."""
        for number, record in enumerate(self._records, 1):
            if self._is_wanted(record):
                self._about = self._about or self._about_all(self._records.holder)
                yield self._story(record, self._about, f"{self._source.name}, item {number}")
        self.known = self._about_all(self._records.holder)

    @abstractmethod
    def _is_wanted(self, record: ET.Element) -> bool:
        """Whether a record is a story that is wanted; what is not is counted."""

    @abstractmethod
    def _about_all(self, holder: ET.Element) -> _About:
        """Return what is true of all records by what holds them, as far as it was read."""

    @abstractmethod
    def _story(self, record: ET.Element, about: _About, place: str) -> Story: ...


_Export = TypeVar("_Export", bound=Export[Any])


def told(
    make: Callable[[Records, Any], _Export],
    pieces: Iterable[str],
    place: str,
    name: str,
    *,
    within: str | None = None,
) -> tuple[_Export, StoriesAside]:
    """Return an export and its stories; it is made of its records, and of what is known of all.

    It is read again where it is ill-formed, or says of all only in the end what is true of them. Raises SourceError.
    """
    checked = Checked(pieces)
    deque(checked, maxlen=0)  # a small part of the time: stories that are given up were told for nothing
    known, is_lenient = None, checked.fault is not None
    while True:
        export = make(StreamedRecords(pieces, place, name, within=within, is_lenient=is_lenient), known)
        try:
            stories = StoriesAside(export.stories())
        except IllFormedError:
            is_lenient = True
            continue
        if export.is_settled:
            return export, stories
        known = export.known
