"""Stories: of each entry, those that tell the same one, in its language or in another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple, TypeAlias

from newsarchive.entry import Entry
from newsarchive.planning.translations import are_alike, has_all_of, holds, says_nothing_new, scripts_differ
from newsarchive.planning.twins import GUID, SOURCE_ID, TITLE, Key, Tells, keys_of, share_language
from newsarchive.store.lines import entry_of, line_of

_MOST_LANGUAGES: Final = 30
"""More than that no story has."""

_MOST_ALIKE: Final = 300
"""Of the entries with one title or address, so many are compared in full."""

_FEW: Final = 6
"""So many numbers are in a tuple, of which the next one makes a new one; it takes a quarter of the room of a dict."""

_MOST_NEAR: Final = 2_000
"""Entries that are kept because they were looked at, and may be so again."""


_Numbers: TypeAlias = int | tuple[int, ...] | dict[int, None]
"""What has a mark: one, few, or many."""


class Kin(NamedTuple):
    """What there is of a story: the entry that tells it, else those that tell it in other languages.

    Where the twin is one by its text alone, `in_other_language` the languages are said to differ.
    """

    twin: Entry | None = None
    translations: tuple[Entry, ...] = ()
    in_other_language: bool = False


class Stories:
    """Finds the entry with the same story: the one with its address, else with its title, day and language.

    What is told in another language is a translation, if both languages are declared or the scripts differ; not
    if it has the same text, and not where the two have one name for ever.

    Of the entries themselves none is held: what two have in common is kept as a number, and `entry_of` gives the
    entry with an id. So each that is found is looked at before it counts.
    """

    def __init__(self, entry_of: Callable[[int], Entry]) -> None:
        self._entry_of = entry_of
        # By id, too: thousands of stories may have one title. What was found to be an entry is under numbers
        # below zero, in their order.
        self._numbers: dict[int, _Numbers] = {}
        self._declared: dict[int, str | None] = {}
        self._again: list[int | tuple[bytes, int]] = []
        """The entry that each of those below zero is, with the line it has where that says something else."""
        self._declared_again: list[str | None] = []
        self._near: dict[int, _Told] = {}
        """Those that were looked at last."""
        self._last: tuple[Tells | None, dict[Key, int]] = None, {}

    def add(self, number: int, tells: Tells, declared_by: str | None = "") -> None:
        """Let the entry with an id be found by its address and its title.

        `declared_by` is the source that declares its languages; None: they are judged; empty: nobody knows.
        """
        self._remember(number, self._keys_of(tells), declared_by)

    def add_as(self, entry: Entry, known: Entry, declared_by: str | None) -> None:
        """Let an entry be found by an item that was found to be it, if the languages do not speak against that."""
        keys = self._keys_of(entry)
        if entry.id == known.id or any(_in_its_language(self._others(key, entry), entry) for key in keys):
            says_more = not _tell_alike(entry, known)
            self._again.append((bytes(line_of(entry)), known.known_id) if says_more else known.known_id)
            self._declared_again.append(declared_by)
            self._note(-len(self._again), keys)

    def _keys_of(self, tells: Tells) -> dict[Key, int]:
        """Return the keys of an entry with their numbers; it is mostly looked for and then added."""
        if self._last[0] is not tells:
            self._last = tells, {key: hash(key) for key in keys_of(tells)}
        return self._last[1]

    def _remember(self, number: int, keys: Mapping[Key, int], declared_by: str | None) -> None:
        self._near.pop(number, None)
        if declared_by != "":
            self._declared[number] = declared_by
        self._note(number, keys)

    def _note(self, number: int, keys: Mapping[Key, int]) -> None:
        """Let a number be found by its keys."""
        for mark in keys.values():
            numbers = self._numbers.get(mark)
            if numbers is None:
                self._numbers[mark] = number
            elif isinstance(numbers, dict):
                numbers[number] = None
            elif number not in (few := _few(numbers)):
                more = (*few, number)
                self._numbers[mark] = more if len(more) <= _FEW else dict.fromkeys(more)

    def forget(self, entry: Entry) -> None:
        """Let `entry` no longer be found by what were its address and its title."""
        number = entry.known_id
        self._near.pop(number, None)
        self._declared.pop(number, None)
        for key in keys_of(entry):
            numbers = self._numbers.get(hash(key))
            if isinstance(numbers, dict):
                numbers.pop(number, None)
            elif left := tuple(other for other in _few(numbers or ()) if other != number):
                self._numbers[hash(key)] = left
            else:
                self._numbers.pop(hash(key), None)

    def find(self, entry: Entry, declared_by: str | None = None) -> Kin:
        """Return the kin of `entry`; of several twins the one that holds it all, or the likest.

        `declared_by` is the source that declares its languages; None: they are judged.
        """
        keys = [key for key, mark in self._keys_of(entry).items() if mark in self._numbers]
        if not keys:
            return Kin()
        if (same := self._holding(entry, keys)) is not None:
            return Kin(same)
        translations: dict[int, Entry] = {}
        for key in keys:
            kin = self._kin(key, entry, declared_by)
            if kin.twin is not None:
                return kin
            translations.update((other.known_id, other) for other in kin.translations)
        return Kin(translations=tuple(translations.values()))

    def _holding(self, entry: Entry, keys: Iterable[Key]) -> Entry | None:
        """Return what has all fields of an entry as they are, as it was made from the same item."""
        for key in keys:
            others = self._under(key)
            alike = [others.get(entry.id or 0), *islice(others.values(), _MOST_ALIKE)]
            for other in alike:
                if other and other.is_known and holds(other.known, entry):
                    return other.known
        return None

    def _under(self, key: Key) -> _Others:
        """Return what has a key."""
        return _Others(self, key, self._numbers.get(hash(key), ()))

    def _others(self, key: Key, entry: Entry) -> Mapping[int, _Told]:
        """Return what has a key in common with an entry."""
        others = self._under(key)
        kind, name = key[:2]
        if kind == GUID:
            return {number: other for number, other in others.items() if _is_named(name, entry, other.entry)}
        return others

    def told(self, number: int) -> _Told:
        """Return the story under a number."""
        told = self._near.get(number)
        if told is None:
            if len(self._near) >= _MOST_NEAR:
                del self._near[next(iter(self._near))]
            told = self._near[number] = self._built(number)
        return told

    def _built(self, number: int) -> _Told:
        again = self._again[-number - 1] if number < 0 else number
        line, known_id = again if isinstance(again, tuple) else (None, again)
        known = self._entry_of(known_id)
        entry = known if line is None else entry_of(line, known_id)
        declared = self._declared_again[-number - 1] if number < 0 else self._declared.get(number, "")
        return _Told(entry, known, declared, frozenset(keys_of(entry)), number > 0)

    def _kin(self, key: Key, entry: Entry, source: str | None) -> Kin:
        """Return what an entry is to others that have a key in common with it."""
        kind = key[0]
        others = self._others(key, entry)
        same = _in_its_language(others, entry)
        first = next(iter(others.values()), None)
        if same is not None or first is None:
            return Kin(same)
        if kind != GUID:
            few = islice(others.values(), _MOST_LANGUAGES)
            told = next((other.known for other in few if says_nothing_new(entry, other.entry)), None)
            if told is not None:
                return Kin(told, in_other_language=True)
        if _are_translated(kind, entry, others, source):
            return Kin(
                translations=tuple({other.known.known_id: other.known for other in others.values()}.values())
            )
        if kind == TITLE:
            return Kin()
        twin = (others.get(entry.id or 0) or first).known
        return Kin(twin, in_other_language=has_all_of(entry, twin))


class _Told(NamedTuple):
    """A story as it was told: by the `known` entry itself, or by an item that was found to be that entry.

    Stories are compared as they were told, so that the same items are found again whatever was added since.
    `declared_by` as for `Stories.add`.
    """

    entry: Entry
    known: Entry
    declared_by: str | None
    keys: frozenset[Key]
    is_known: bool


class _Others(Mapping[int, _Told]):
    """The stories that have a key, each looked up when it is asked for."""

    def __init__(self, stories: Stories, key: Key, numbers: _Numbers) -> None:
        self._stories = stories
        self._key = key
        self._numbers = numbers if isinstance(numbers, dict) else _few(numbers)

    def __getitem__(self, number: int) -> _Told:
        if number in self._numbers:
            told = self._stories.told(number)
            if self._key in told.keys:  # two keys may come out as one number
                return told
        raise KeyError(number)

    def __iter__(self) -> Iterator[int]:
        return (number for number in self._numbers if number in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _few(numbers: int | tuple[int, ...]) -> tuple[int, ...]:
    return (numbers,) if isinstance(numbers, int) else numbers


def _tell_alike(entry: Entry, known: Entry) -> bool:
    """Whether an item says of a story what the entry says, as far as stories are compared by that."""
    return (
        all(getattr(entry, name) == getattr(known, name) for name in _COMPARED)
        and entry.extra.get(SOURCE_ID) == known.extra.get(SOURCE_ID)
        and type(entry.extra.get(SOURCE_ID)) is type(known.extra.get(SOURCE_ID))
    )


_COMPARED: Final = ("title", "date", "summary", "body", "url", "source", "languages")


def _are_translated(kind: str, entry: Entry, others: Mapping[int, _Told], source: str | None) -> bool:
    """Whether an entry tells in another language, which a source declares, what all the others tell."""
    languages = (other.entry.languages for number, other in others.items() if number > 0)
    known = list(islice(languages, _MOST_LANGUAGES + 1))
    # Of several stories in one language it shows on none which one is translated.
    if len(known) > _MOST_LANGUAGES or len(set(known)) < len(known) or (kind == TITLE and not entry.date):
        return False
    again = {_as_told(other): other.declared_by for other in others.values() if other.declared_by}
    for other in others.values():
        # An item declares the language of the entry that it tells again.
        declared_by = again.get(_as_told(other), "") if other.declared_by == "" else other.declared_by
        if not _is_translation(kind, entry, source, other._replace(declared_by=declared_by)):
            return False
    return True


def _as_told(told: _Told) -> tuple[str, tuple[str, ...]]:
    """Return what an entry and the item that tells it again have in common."""
    return told.entry.title, told.entry.languages


def _is_translation(kind: str, entry: Entry, source: str | None, other: _Told) -> bool:
    """Whether an entry that is in another language than the other tells its story."""
    if kind == GUID:
        # A name stays with a story whatever its text becomes; but a table can have a row for each language.
        is_declared = source is not None and other.declared_by == source
        return is_declared and not says_nothing_new(entry, other.entry)
    if scripts_differ(entry, other.entry):
        return True
    if source is None or other.declared_by is None:
        return False
    return other.declared_by != "" or not are_alike(entry, other.entry)


def _in_its_language(others: Mapping[int, _Told], entry: Entry) -> Entry | None:
    """Return what of those that have a key in common with an entry may be in its language."""
    same = others.get(entry.id or 0)
    if same is None or not _may_share_language(entry, same.entry):
        same = next((other for other in others.values() if _may_share_language(entry, other.entry)), None)
    return same and same.known


def _may_share_language(one: Entry, other: Entry) -> bool:
    """Whether two entries may be in one language; languages that are written in two scripts count as two."""
    if not share_language(one.languages, other.languages):
        return False
    if len(one.languages) > 1 or len(other.languages) > 1:
        return True  # the text of one is perhaps a part of the other's
    return one.title == other.title or not scripts_differ(one, other)


def _is_named(name: str, one: Entry, other: Entry) -> bool:
    """Whether what two entries have in common is a name that one of them was given, and no mere address."""
    return name in (one.extra.get(SOURCE_ID), other.extra.get(SOURCE_ID))
