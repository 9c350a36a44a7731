"""Translations: what tells a story in another language from the same text, and the ties that an import makes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from newsarchive.entry import TRANSLATION, Entry, Relation
from newsarchive.planning.shared_names import whole_text
from newsarchive.text.fold import fold
from newsarchive.text.script import script

"""The relation of two entries that tell one story in two languages."""

_ENOUGH_TO_JUDGE: Final = 2_000
"""Characters of a text that tell its script."""

_MOST_IN_ONE_SCRIPT: Final = 2 / 3
"""Of the letters of a text. Names and quotations are often in another script, a text is not."""

_ALIKE: Final = 0.8
"""Of the words of the shorter of two texts: if as many are in both, that is one text, with corrections."""

_MOST_TIES: Final = 30
"""More languages than this no story has."""

_TOLD: Final = ("title", "url", "date", "summary", "body", "source")
"""What entries of one story can differ in; those that do so most come first."""


# --- texts ------------------------------------------------------------------------------------------------


def scripts_differ(one: Entry, other: Entry) -> bool:
    """Whether two entries are written in two scripts, each nearly all of it in its own."""
    scripts = {_script_of(one), _script_of(other)}
    return len(scripts) == 2 and "" not in scripts


def _script_of(entry: Entry) -> str:
    """Return the script of nearly all letters of an entry, empty where there is no such."""
    letters: Counter[str] = Counter()
    for word in whole_text(entry)[:_ENOUGH_TO_JUDGE].split():
        if any(map(str.isalpha, word)):
            letters[script(word)] += len(word)
    name, count = letters.most_common(1)[0] if letters else ("", 0)
    return name if name != "mixed" and count >= _MOST_IN_ONE_SCRIPT * letters.total() else ""


def says_nothing_new(entry: Entry, other: Entry) -> bool:
    """Whether all texts of an entry stand in another; a title alone does not speak for a page of its own."""
    has_text = entry.summary or entry.body
    return bool(has_text or not entry.url or not other.url) and has_all_of(entry, other)


def has_all_of(entry: Entry, other: Entry) -> bool:
    """Whether the title and all texts of an entry stand in another."""
    texts = [name for name in ("summary", "body") if getattr(entry, name)]
    return all(_same(getattr(entry, name), getattr(other, name)) for name in ("title", *texts))


def holds(one: Entry, other: Entry) -> bool:
    """Whether an entry has already, field by field, all that the other says."""
    given = ((getattr(one, name), getattr(other, name)) for name in _TOLD)
    return (
        all(theirs is None or ours == theirs for ours, theirs in given)
        and set(one.languages) >= set(other.languages)
        and set(one.tags) >= set(other.tags)
        and {**one.extra, **other.extra} == one.extra
    )


def _same(one: str, other: str | None) -> bool:
    if other is None:
        return False
    return one == other or fold(one).split() == fold(other).split()


def are_alike(one: Entry, other: Entry) -> bool:
    """Whether two texts have nearly all words in common, as a text and its correction have."""
    words, others = (set(fold(whole_text(entry)).split()) for entry in (one, other))
    return len(words & others) >= _ALIKE * min(len(words), len(others))


# --- ties -------------------------------------------------------------------------------------------------


class Ties:
    """Collects which entries are translations of each other, while an import is planned."""

    def __init__(self) -> None:
        self._others: defaultdict[int, dict[int, None]] = defaultdict(dict)
        self._groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)

    def tie(self, entry_id: int, others: Iterable[int]) -> None:
        """Remember that an entry tells in its language what the others tell in theirs."""
        for other in others:
            ours, theirs = self._others[entry_id], self._others[other]
            if other != entry_id and len(ours) < _MOST_TIES and len(theirs) < _MOST_TIES:
                ours[other] = theirs[entry_id] = None

    def join(self, origin: str, group: str, entry_id: int) -> list[int]:
        """Put an entry among those that a source calls translations of each other; return who was there."""
        members = self._groups[origin, group]
        others = [member for member in members if member != entry_id]
        members.append(entry_id)
        return others[:_MOST_TIES]

    def of(self, entry_id: int) -> tuple[int, ...]:
        """Return the ids of the translations of an entry."""
        return tuple(self._others.get(entry_id, ()))

    def relations(self, entry_id: int) -> tuple[Relation, ...]:
        """Return an entry's relations to its translations."""
        return tuple(Relation(TRANSLATION, other) for other in self.of(entry_id))

    def __iter__(self) -> Iterator[int]:
        """Yield the ids of the entries that are tied."""
        return (entry_id for entry_id, others in self._others.items() if others)
