"""Many changes at once: those that add entries hold the lines that are to be written, not the entries."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any, cast, overload

from newsarchive.aside import Aside
from newsarchive.changes import Change
from newsarchive.entry import Entry, stored_form
from newsarchive.store.lines import encoded, entry_of, line_of, says


class Line:
    """A line that was put aside. Its bytes are read when they are asked for, which may raise OSError."""

    __slots__ = ("_aside", "_start", "_stop")

    def __init__(self, aside: Aside, start: int, stop: int) -> None:
        self._aside = aside
        self._start = start
        self._stop = stop

    def __len__(self) -> int:
        return self._stop - self._start

    def __bytes__(self) -> bytes:
        return self._aside.read(self._start, self._stop)


class Addition(Change):
    """The addition of an entry of which there is the line; the entry is built each time it is asked for.

    Take its parts by their names: who unpacks it, as a tuple, gets the line in the place of the entry.
    """

    __slots__ = ()

    def __new__(cls, entry_id: int, line: Line) -> Addition:
        """Make the change that adds what a line says, with the id that it is to have."""
        return tuple.__new__(cls, (entry_id, None, line))

    @property
    def line(self) -> Line:
        """What the archive is to hold."""
        return cast(Line, self[2])

    @property
    def after(self) -> Entry:
        """The entry."""
        assert self.id is not None
        return entry_of(bytes(self.line), self.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Change) and (self.id, None, self.after) == (
            other.id,
            other.before,
            other.after,
        )

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]  # as entries have none


def size_of(line: Any) -> int:
    """Return how many bytes a line has, whichever way it is held."""
    return len(line) if isinstance(line, Line) else len(memoryview(line))


def line_after(change: Change) -> Any:
    """Return the line of what a change leaves, None for a removal. Raises what `line_of` raises."""
    if isinstance(change, Addition):
        return bytes(change.line)
    return None if change.after is None else line_of(change.after)


class PlannedChanges(Sequence[Change]):
    """Changes that are planned one by one, and may be set once more; what changes nothing takes no room."""

    def __init__(self) -> None:
        self._aside = Aside()
        self._ids = array("q")
        self._starts = array("q")
        self._stops = array("q")
        self._whole: dict[int, Change] = {}
        """Those that are held as they are, by their places."""

    def append(self, change: Change | None) -> None:
        """Add a change; None keeps its place."""
        self._ids.append(0)
        self._starts.append(0)
        self._stops.append(0)
        if change is not None:
            self.set(len(self._ids) - 1, change)

    def add(self, entry: Entry) -> None:
        """Add the addition of a numbered entry."""
        line = _line_to_keep(entry)
        if line is None:
            self.append(Change(entry.id, None, entry))
            return
        start = self._aside.add(line)
        self._ids.append(entry.known_id)
        self._starts.append(start)
        self._stops.append(start + len(line))

    def set(self, place: int, change: Change | None) -> None:
        """Put another change in a place."""
        self._whole.pop(place, None)
        self._stops[place] = self._starts[place]
        if change is None:
            return
        line = _line_to_keep(change.after) if change.before is None and change.after and change.id else None
        if line is None or change.id is None:
            self._whole[place] = change
            return
        self._ids[place] = change.id
        self._starts[place] = self._aside.add(line)
        self._stops[place] = self._starts[place] + len(line)

    def at(self, place: int) -> Change | None:
        """Return the change in a place."""
        if self._stops[place] > self._starts[place]:
            return Addition(self._ids[place], Line(self._aside, self._starts[place], self._stops[place]))
        return self._whole.get(place)

    def close_up(self) -> None:
        """Take out the places that have no change."""
        places = [place for place in range(len(self._ids)) if self.at(place) is not None]
        if len(places) == len(self._ids):
            return
        self._whole = {new: self._whole[place] for new, place in enumerate(places) if place in self._whole}
        self._ids, self._starts, self._stops = (
            array("q", (values[place] for place in places))
            for values in (self._ids, self._starts, self._stops)
        )

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Change]:
        whole, aside = self._whole, self._aside
        for place, (entry_id, start, stop) in enumerate(
            zip(self._ids, self._starts, self._stops, strict=True)
        ):
            if stop > start:
                yield Addition(entry_id, Line(aside, start, stop))
            elif (change := whole.get(place)) is not None:
                yield change

    @overload
    def __getitem__(self, place: int) -> Change: ...

    @overload
    def __getitem__(self, place: slice) -> list[Change]: ...

    def __getitem__(self, place: int | slice) -> Change | list[Change]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        change = self.at(range(len(self))[place])
        assert change is not None, "the places are closed up"
        return change

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


def _line_to_keep(entry: Entry) -> bytes | None:
    """Return the line of an added entry, if that reads back as the entry; else the commit says what is wrong."""
    try:
        line = encoded(stored_form(entry))
        return line if says(line, entry) else None
    except ValueError:
        return None
