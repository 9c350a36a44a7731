"""What the two formats for citations share: keys that stay the same, and who published an entry."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Iterable
from pathlib import PurePath
from typing import Final

from newsarchive.formats.base import Cited, Row
from newsarchive.formats.known import FORMATS
from newsarchive.formats.writing.naming import is_key, key_of, slug

_LONGEST: Final = 40
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBERED: Final = re.compile(r"(?:.*-)?([1-9]\d{0,15})")
_SUFFIXES: Final = frozenset(suffix for format_ in FORMATS for suffix in format_.suffixes)


class CitationKeys:
    """Hands out the keys of entries: the one that a person has set, else the one of before, else a made one.

    `changed` says which key of before became which.
    """

    def __init__(self) -> None:
        self.changed: list[str] = []
        self._owners: dict[str, int | None] = {}
        """The ids for which a key was set, by the keys; no other entry gets one of these."""
        self._before: dict[int | None, Cited] = {}
        self._alike: set[int | None] = set()
        """The numbers of those items that have something in common with the entry."""
        self._is_ours = False

    def learn(self, rows: Iterable[Row], marks: Callable[[Row], frozenset[str]], before: list[Cited]) -> None:
        """Learn the keys that were set for `rows`, those of the whole archive, and the items of an earlier export.

        An item keeps its key when title, address or day is that of the entry with its number. Where that is so for
        half of the items, the file is of this archive, and those keep theirs that were changed more.
        """
        self._before = {int(match[1]): one for one in before if (match := _NUMBERED.fullmatch(one.key))}
        met = 0
        for row in rows:
            if wanted := key_of(row):
                self._owners.setdefault(wanted, row["id"])
            if had := self._before.get(row["id"]):
                met += 1
                if had.marks & marks(row):
                    self._alike.add(row["id"])
        self._is_ours = 2 * len(self._alike) >= met > 0

    def left_out(self, written: Collection[int | None]) -> list[Cited]:
        """Return the items of before that are of this archive, and of none of these ids."""
        return [
            one
            for number, one in self._before.items()
            if number not in written and (self._is_ours or number in self._alike)
        ]

    def key(self, row: Row) -> str:
        """Return the key of an entry."""
        number = row["id"]
        if (wanted := key_of(row)) and self._owners.setdefault(wanted, number) == number:
            return wanted
        had = self._before.get(number)
        if (
            had
            and (self._is_ours or number in self._alike)
            and is_key(had.key)
            and self._is_free(had.key, number)
        ):
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
