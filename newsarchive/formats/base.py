"""What a format is: readers that turn a source into items and faults, writers that turn rows into bytes."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Final, Literal, NamedTuple, Protocol, TypeAlias, TypeVar, runtime_checkable

from newsarchive.dates.parsing import parse_date
from newsarchive.entry import Entry, entry_from
from newsarchive.errors import SourceError, UsageError
from newsarchive.intake import check_id

MAX_SOURCE: Final = 64 << 20
MAX_OWN_SOURCE: Final = 1 << 30
"""Bytes of an archive, and of the JSON and JSONL that come out of one."""

STANDARD_INPUT: Final = "-"

_CHUNK: Final = 1 << 20


DateOrder: TypeAlias = Literal["dmy", "mdy", "ymd"]
"""The order of day, month and year in a date of three numbers."""

GENERATOR: Final = "newsarchive"
"""By which the reader knows that an entry with no more than `updated` has no date."""


class Hints(NamedTuple):
    """What the user says of the sources, where that cannot be told from the sources themselves.

    `fields` are fields of an entry by what the sources call them; with `drafts`, what was never published is
    wanted, too. `typed` is by a person who is there to mend it, for whom a field that cannot be read is a fault.
    """

    encoding: str | None = None
    date_order: DateOrder | None = None
    fields: Mapping[str, str] = MappingProxyType({})
    drafts: bool = False
    typed: bool = False


class Source(NamedTuple):
    """What is to be read: the name that reports give it, and its bytes or the file that holds them.

    `origin` is what ids in the source are unique in, such as the folder it was found in; else the name. `whole` is
    what a file holds, where it was read to its end already.
    """

    name: str
    data: bytes | Path
    origin: str = ""
    hints: Hints = Hints()
    whole: bytes | None = None


class Item(NamedTuple):
    """A story that was read, and where: `news.jsonl:7` or `news.json, item 3`.

    `notes` are sentences on what was not plain in it, and how it was read. `fields` are those that its record
    names, the ones without a value among them. With `names_entry` the user says that its id is that of an entry.
    The source declares the languages that the entry has, or `declares` those that its text may be in. Items with
    the same name in `translations` are translations of each other.
    """

    entry: Entry
    place: str
    origin: str = ""
    notes: tuple[str, ...] = ()
    fields: frozenset[str] = frozenset()
    names_entry: bool = False
    declares: tuple[str, ...] = ()
    translations: str = ""


class Fault(NamedTuple):
    """What could not be read: where, and the reason as the rest of a sentence."""

    place: str
    reason: str


class Remark(NamedTuple):
    """What is to be known of a source as a whole, such as its encoding; no item is lost by it."""

    place: str
    text: str


DRAFT: Final = "draft"
"""What is left out of a source unless drafts are wanted."""


class LeftOut(NamedTuple):
    """What a source holds and is left out on purpose: where, what it is in the singular, and how many.

    Attachments, drafts and service messages are such; an item that cannot be read is a Fault.
    """

    place: str
    what: str
    number: int = 1


Found: TypeAlias = Item | Fault | Remark | LeftOut
Row: TypeAlias = Mapping[str, Any]
"""An entry's `plain_form`, perhaps with what a command appends to it, such as a score."""


class Reader(Protocol):
    """Reads a source. One bad item is one fault and never stops the rest."""

    def read(self, source: Source) -> Iterator[Found]:
        """Yield what the source holds, in its order."""


class WriterOptions(NamedTuple):
    """What is said of the output as a whole. A writer that takes some of it is made with all of it.

    `fields` None is every field. `link` is the page that the output belongs to, `self_link` where it will be
    found itself, `feed` the feed that a page announces: addresses that begin with http or https.
    """

    fields: tuple[str, ...] | None = None
    title: str | None = None
    link: str | None = None
    self_link: str | None = None
    feed: str | None = None

    def chosen(self, row: Row) -> dict[str, Any]:
        """Return the fields of a row that are wanted, in its order."""
        if self.fields is None:
            return row if type(row) is dict else dict(row)
        return {name: row[name] for name in self.fields}


class Writer(Protocol):
    """Writes rows as one stream of bytes, the same for the same rows, without holding them all."""

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write every row; the result is valid without any, too."""


@runtime_checkable
class FolderWriter(Protocol):
    """Writes rows as the files of a folder."""

    def files(
        self, rows: Iterable[Row], kept: Mapping[int, str] = MappingProxyType({})
    ) -> Iterator[tuple[str, bytes]]:
        """Yield name and content of each file; no two names meet, whatever the file system folds.

        `kept` are the names without suffix that entries had before, by their ids, and keep.
        """


class Cited(NamedTuple):
    """An item of an earlier export: its key, and the title, address and day that it has in that format."""

    key: str
    marks: frozenset[str]


@runtime_checkable
class CitingWriter(Protocol):
    """Writes rows as items that others cite by their keys."""

    @property
    def changed(self) -> list[str]:
        """Which keys of before became which, as far as was written."""

    def keep_keys(self, rows: Iterable[Row], before: Path | None, left: Sequence[Cited] = ()) -> None:
        """Give the items that `before`, the file of an earlier export, has the same keys again.

        So do those of `left`, which earlier ones had and this one had not. `rows` are those of the whole archive:
        what a person has set for one is given to no other. Raises
        OSError or ValueError when `before` cannot be read.
        """

    def left_out(self, written: Collection[int | None]) -> list[Cited]:
        """Return the items of before whose entries are not among those with these ids, which are now written."""


@runtime_checkable
class RelatingWriter(Protocol):
    """Writes rows with something of the entries that these are related to."""

    def relate(self, row_of: Callable[[int], Row | None]) -> None:
        """Learn how to find the row of any entry of the archive; there is None for an id that no entry has."""


# --- from a source to text --------------------------------------------------------------------------------


def content_of(source: Source, *, limit: int = MAX_SOURCE) -> bytes:
    """Return the bytes of a source. Raises SourceError when it cannot be read or is too large."""
    data = source.whole if isinstance(source.data, Path) else source.data
    if data is not None and len(data) <= limit:
        return data
    return b"".join(chunks_of(source, limit=limit))


def chunks_of(source: Source, *, limit: int = MAX_SOURCE) -> Iterator[bytes]:
    """Yield the bytes of a source piece by piece. Raises SourceError when it cannot be read or is too large."""
    size = 0
    for chunk in _chunks(source.data if source.whole is None else source.whole, source.name):
        size += len(chunk)
        if size > limit:
            raise SourceError(source.name, f"is larger than {limit >> 20:,} MiB")
        yield chunk


def _chunks(data: bytes | Path, name: str) -> Iterator[bytes]:
    if isinstance(data, bytes):
        yield from (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
        return
    try:
        with data.open("rb", buffering=0) as file:
            yield from iter(lambda: file.read(_CHUNK), b"")
    except OSError as error:
        raise SourceError(name, f"cannot be read: {error.strerror}") from error


def unix_lines(text: str) -> str:
    """Return `text` with LF as its only line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


# --- from values to an item -------------------------------------------------------------------------------


def item_from(values: Mapping[str, Any], place: str, source: Source) -> Found:
    """Build the item of a record whose keys are the fields of an entry; others go to `extra`."""
    try:
        return Item(entry_of(values, source), place, source.origin or source.name)
    except UsageError as error:
        return Fault(place, str(error))


def entry_of(values: Mapping[str, Any], source: Source) -> Entry:
    """Build the entry of a record. It was in the file `source` unless it has been in an archive before.

    An id that is no number is another program's, and is kept in `extra` as `source_id`.
    Raises BadValueError or BadDateError.
    """
    values = dict(values)
    own_id = values.pop("id", None)
    if type(own_id) is not int and own_id is not None:
        values["source_id"], own_id = own_id, None
    check_id("id", own_id)
    if values.get("title", "") is None:
        del values["title"]  # an empty cell is a missing title, not one of a wrong type
    if isinstance(values.get("date"), str):
        values["date"] = _iso(values["date"])
    if values.keys().isdisjoint(("source", "added")) and source.name != STANDARD_INPUT:
        values["source"] = _file_name(source.name)
    return entry_from(values, own_id)


@functools.lru_cache(maxsize=1 << 12)
def _iso(text: str) -> str:
    return str(parse_date(text))


@functools.lru_cache(maxsize=8)
def _file_name(path: str) -> str:
    return os.path.basename(path)  # noqa: PTH119 - in a tenth of the time


# --- what every reader does -------------------------------------------------------------------------------

_HOPELESS: Final = 1000
"""So many faults and nothing else at the beginning of a source, and the rest will be no better."""

_R = TypeVar("_R")
_Part = TypeVar("_Part")


def reporting(read: Callable[[_R, Source], Iterator[Found]]) -> Callable[[_R, Source], Iterator[Found]]:
    """Make a reader's SourceError, which ends the whole source, the last fault it yields."""

    @functools.wraps(read)
    def reads(reader: _R, source: Source) -> Iterator[Found]:
        try:
            yield from while_hopeful(read(reader, source), source.name)
        except SourceError as error:
            yield Fault(error.place, error.reason)

    return reads


def while_hopeful(parts: Iterable[_Part], name: str) -> Iterator[_Part | Fault]:
    """Yield the parts of a source, and give up one that begins with nothing but faults.

    A file of another kind would be a fault a line otherwise.
    """
    faults, parts = 0, iter(parts)
    for part in parts:
        yield part
        if isinstance(part, Fault):
            faults += 1
            if faults == _HOPELESS:
                yield Fault(name, f"begins with {_HOPELESS:,} faults, so the rest is not read")
                return
        elif not isinstance(part, Remark | LeftOut):
            break
    yield from parts
