"""The lines of a file that a commit laid out: gone through in order, or read one by one when they are asked for."""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left
from collections.abc import ItemsView, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

from newsarchive.disk import reason_of
from newsarchive.errors import CannotReadError, DamagedArchiveError
from newsarchive.store.digests import Digest
from newsarchive.store.file.fault import Fault
from newsarchive.store.file.places import Places, Span
from newsarchive.store.file.reading import fingerprint_of, parse
from newsarchive.store.snapshot import Fingerprint, Meta

_AFTER_ID: Final = b":"


class Survey(NamedTuple):
    """The ids of all lines, which ascend, and where the entry of each begins and ends."""

    ids: array[int]
    starts: array[int]
    stops: array[int]


class FileLines(Mapping[int, Any]):
    """The entries of a file that the last commit wrote, each read when it is asked for; none is held.

    Before all of them are gone through, the whole file is checked. Raises CannotReadError and DamagedArchiveError.
    """

    meta = Meta()

    def __init__(self, path: Path, descriptor: int, fingerprint: Fingerprint, span: Span) -> None:
        """Take over an open file."""
        self.descriptor = descriptor
        self.span = span
        self.size = fingerprint[2]
        self.places = Places(path, descriptor, span)
        self._path = path
        self.fingerprint = fingerprint

    def __del__(self) -> None:
        with suppress(OSError):
            os.close(self.descriptor)

    def __getitem__(self, entry_id: int) -> Any:
        place = self._place(entry_id)
        if place is None:
            raise KeyError(entry_id)
        return self.places.read(*place)

    def __contains__(self, entry_id: object) -> bool:
        return isinstance(entry_id, int) and self._place(entry_id) is not None

    def _place(self, entry_id: int) -> tuple[int, int] | None:
        """Return where the entry with this id begins and ends, if there is one."""
        if "survey" in self.__dict__:
            ids, starts, stops = self.survey
            number = bisect_left(ids, entry_id)
            is_there = number < len(ids) and ids[number] == entry_id
            return (starts[number], stops[number]) if is_there else None
        place = self.places.find(entry_id)
        return (place.start + len(b'"%d":' % entry_id), place.stop) if place.is_there else None

    def __iter__(self) -> Iterator[int]:
        return iter(self.survey.ids)

    def __len__(self) -> int:
        return self.meta.count

    def items(self) -> ItemsView[int, Any]:
        """Return all ids and lines, which are read in large pieces."""
        return _Items(self)

    def in_file_order(self) -> Iterator[tuple[int, bytes]]:
        """Yield every id and line. What is wrong with the file may be told only behind the last one."""
        if "survey" not in self.__dict__:
            yield from self._surveying()
            return
        for entry_id, (_, line) in zip(self.survey.ids, self.places.lines(), strict=True):
            yield entry_id, line[line.index(_AFTER_ID) + 1 :]
        self.check_unchanged()

    def check_unchanged(self) -> None:
        """Raise CannotReadError when somebody has written into the file since it was opened.

        A commit has not: it puts another file in the place of this one, which can still be read.
        """
        try:
            is_same = fingerprint_of(os.fstat(self.descriptor)) == self.fingerprint
        except OSError as error:
            raise CannotReadError(self._path, reason_of(error)) from error
        if not is_same:
            raise CannotReadError(self._path, "it was changed while it was read; try again")

    @cached_property
    def survey(self) -> Survey:
        """Where all lines are, in a file that was checked."""
        for _ in self._surveying():
            pass
        return self.survey

    def _surveying(self) -> Iterator[tuple[int, bytes]]:
        """Go through the file, check it and note where its lines are."""
        try:
            yield from self._noting()
        except ValueError:
            self.check_unchanged()
            self._say_what_is_wrong()
            raise self.places.not_as_written() from None

    def _noting(self) -> Iterator[tuple[int, bytes]]:
        """Raise ValueError when the file is not as a commit wrote it."""
        found, digest = Survey(array("q"), array("q"), array("q")), Digest()
        last, behind = 0, self.meta.next_id
        for start, line in self.places.lines():
            digest.add(line)
            colon = line.index(_AFTER_ID)
            entry_id = int(line[1 : colon - 1])
            if not last < entry_id < behind:
                raise ValueError("ids ascend")
            last = entry_id
            found.ids.append(entry_id)
            found.starts.append(start + colon + 1)
            found.stops.append(start + len(line))
            yield entry_id, line[colon + 1 :]
        if digest.text != self.meta.digest or len(found.ids) != self.meta.count:
            raise ValueError("every line counts")
        self.check_unchanged()
        self.__dict__["survey"] = found

    def _say_what_is_wrong(self) -> None:
        try:
            parse(self._path, self.places.read(0, self.size), self.fingerprint)
        except Fault as fault:
            raise DamagedArchiveError(self._path, fault.place, fault.reason, fault.remedy or "") from None


class _Items(ItemsView[int, Any]):
    def __init__(self, lines: FileLines) -> None:
        super().__init__(lines)
        self._lines = lines

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        return self._lines.in_file_order()
