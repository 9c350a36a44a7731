"""What the two formats for citations share: keys that stay the same, and who published an entry."""

from __future__ import annotations

import functools
import re
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import PurePath
from typing import Final

import msgspec

from newsarchive.aside import Aside
from newsarchive.formats.base import Cited, Row
from newsarchive.formats.known import FORMATS
from newsarchive.formats.writing.naming import is_key, key_of, slug

_LONGEST: Final = 40
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBERED: Final = re.compile(r"(?:.*-)?([1-9]\d{0,15})")
_SUFFIXES: Final = frozenset(suffix for format_ in FORMATS for suffix in format_.suffixes)


class _Before:
    """The items of earlier exports by their numbers; in memory is only what tells whether two are alike."""

    def __init__(self, cited: Iterable[Cited] = ()) -> None:
        self._aside = Aside()
        self._places: dict[int | None, int] = {}
        self._stops = array("q", [0])
        self._marks = array("q")
        self._mark_stops = array("q", [0])
        self._alike = bytearray()
        for one in cited:
            if match := _NUMBERED.fullmatch(one.key):
                self._add(int(match[1]), one)

    def _add(self, number: int, one: Cited) -> None:
        self._places[number] = len(self._alike)
        line = msgspec.msgpack.encode([text.encode(errors="surrogatepass") for text in (one.key, *one.marks)])
        self._stops.append(self._aside.add(line) + len(line))
        self._marks.extend(map(hash, one.marks))
        self._mark_stops.append(len(self._marks))
        self._alike.append(False)

    def __iter__(self) -> Iterator[int | None]:
        return iter(self._places)

    def __contains__(self, number: object) -> bool:
        return number in self._places

    def get(self, number: int | None) -> Cited | None:
        """Return the item with a number. Raises OSError."""
        place = self._places.get(number)
        if place is None:
            return None
        line = self._aside.read(self._stops[place], self._stops[place + 1])
        texts = msgspec.msgpack.decode(line, type=list[bytes])
        key, *marks = (text.decode(errors="surrogatepass") for text in texts)
        return Cited(key, frozenset(marks))

    def compare(self, number: int | None, marks: frozenset[str]) -> bool:
        """Return whether there is an item with a number, and note it as alike if it has one of these marks."""
        place = self._places.get(number)
        if place is None:
            return False
        own = self._marks[self._mark_stops[place] : self._mark_stops[place + 1]]
        self._alike[place] = self._alike[place] or not set(map(hash, marks)).isdisjoint(own)
        return True

    def is_alike(self, number: int | None) -> bool:
        """Whether an item was noted as alike."""
        place = self._places.get(number)
        return place is not None and bool(self._alike[place])

    def count_alike(self) -> int:
        """Return how many were."""
        return sum(map(self.is_alike, self._places))


class CitationKeys:
    """Hands out the keys of entries: the one that a person has set, else the one of before, else a made one.

    `changed` says which key of before became which.
    """

    def __init__(self) -> None:
        self.changed: list[str] = []
        self._owners: dict[str, int | None] = {}
        """The ids for which a key was set, by the keys; no other entry gets one of these."""
        self._before = _Before()
        self._is_ours = False

    def learn(
        self, rows: Iterable[Row], marks: Callable[[Row], frozenset[str]], before: Iterable[Cited]
    ) -> None:
        """Learn the keys that were set for `rows`, those of the whole archive, and the items of an earlier export.

        An item keeps its key when title, address or day is that of the entry with its number. Where that is so for
        half of the items, the file is of this archive, and those keep theirs that were changed more.
        """
        self._before = _Before(before)
        met = 0
        for row in rows:
            if wanted := key_of(row):
                self._owners.setdefault(wanted, row["id"])
            if row["id"] in self._before:
                met += self._before.compare(row["id"], marks(row))
        self._is_ours = 2 * self._before.count_alike() >= met > 0

    def _may_keep(self, number: int | None) -> bool:
        return self._is_ours or self._before.is_alike(number)

    def left_out(self, written: Collection[int | None]) -> list[Cited]:
        """Return the items of before that are of this archive, and of none of these ids."""
        left = (number for number in self._before if number not in written and self._may_keep(number))
        return [one for number in left if (one := self._before.get(number))]

    def key(self, row: Row) -> str:
        """Return the key of an entry."""
        number = row["id"]
        if (wanted := key_of(row)) and self._owners.setdefault(wanted, number) == number:
            return wanted
        had = self._before.get(number)
        if had and self._may_keep(number) and is_key(had.key) and self._is_free(had.key, number):
            return had.key
        key = made_key(row)
        while not self._is_free(key, number):
            key = f"{key}-{number}"
        if had and had.key != key:
            self.changed.append(f"{had.key} is now {key}")
        return key

    def _is_free(self, key: str, number: int | None) -> bool:
        return self._owners.get(key, number) == number


class Citing:
    """A writer whose items have keys by which they are cited."""

    def __init__(self) -> None:
        self._keys = CitationKeys()

    @property
    def changed(self) -> list[str]:
        """Which keys of before became which, as far as was written."""
        return self._keys.changed

    def left_out(self, written: Collection[int | None]) -> list[Cited]:
        """Return the items of before whose entries are not written now."""
        return self._keys.left_out(written)


def made_key(row: Row) -> str:
    """Return the first key of an entry, such as `in-memoriam-anton-mezhnev-2021-7`.

    Its id is always in it: a key that depended on what else is exported would break the texts that cite it.
    """
    year = (row["date"] or "")[:4]
    words = slug(row["title"], longest=_LONGEST)
    return "-".join(part for part in (words, year, str(row["id"] or "")) if part) or "entry"


def marks_of(title: str, url: str | None, date: str | None) -> frozenset[str]:
    """Return by what an item is known again when not all of it has changed; a year or a month is too little."""
    return frozenset(filter(None, (title, url, date if _DAY.fullmatch(date or "") else None)))


def publication(row: Row) -> str | None:
    """Return the source of an entry if it is the name of a publication, and not that of a file or a page."""
    return _publication(row["source"] or "")


@functools.lru_cache(maxsize=1 << 10)
def _publication(source: str) -> str | None:
    is_file = PurePath(source).suffix.lower() in _SUFFIXES
    return source if source and not is_file and "://" not in source else None
