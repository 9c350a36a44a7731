"""Where the words of a query stand in an entry, and the part of a text that shows them best."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from newsarchive.entry import Entry
from newsarchive.search.fields import TEXT_FIELDS, field_texts
from newsarchive.search.groups import EXACT, FOLDED, Group
from newsarchive.search.occurrences import Finder, finders
from newsarchive.text.fold import fold
from newsarchive.text.pairs import is_paired
from newsarchive.text.words import spans

Span = tuple[int, int]
"""Start and end of a part of a text."""

ELLIPSIS: Final = "…"


class Match(NamedTuple):
    """A part of a field that a word of the query matched, as offsets in its text, and for what reason.

    The text of a field is that of `fields.field_texts`.
    """

    field: str
    start: int
    end: int
    reason: str


class Highlighter:
    """Finds what in an entry belongs to the groups of a query."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._finders = finders(groups)

    def matches(self, entry: Entry) -> tuple[Match, ...]:
        """Return the matches field by field and from left to right; none overlap."""
        fields = zip(TEXT_FIELDS, field_texts(entry), self._finders, strict=True)
        return tuple(
            match for field, text, finder in fields if text for match in self._in_field(field, text, finder)
        )

    def _in_field(self, field: str, text: str, finder: Finder) -> Sequence[Match]:
        places = spans(text)
        found = sorted(
            finder.find([word for word, _, _ in places]),
            key=lambda it: (it.place, -len(it.member.phrase), -it.member.weight, it.group),
        )
        free = 0
        matches: list[Match] = []
        for place, group, member in found:
            if place < free:
                continue
            free = place + len(member.phrase)
            typed = self._groups[group].typed
            start, end = _character(text, (places[place][1], places[free - 1][2]), typed)
            match = Match(field, start, end, _reason(member.reason, text[start:end], typed))
            if matches and start < matches[-1].end:
                matches[-1] = _joined(matches[-1], match)
            else:
                matches.append(match)
        return matches


def _character(text: str, span: Span, typed: str) -> Span:
    """Return where in a pair the single character stands that was typed; anything else is all of a match."""
    start, end = span
    folded = fold(typed)
    if len(folded) > 1 or not is_paired(folded):
        return span
    return next(((at, at + 1) for at in range(start, end) if fold(text[at]) == folded), span)


def _joined(match: Match, other: Match) -> Match:
    """Return two pairs of characters that overlap as one match, which is exact if both are."""
    reason = match.reason if match.reason == other.reason else FOLDED
    return match._replace(end=max(match.end, other.end), reason=reason)


def _reason(reason: str, text: str, typed: str) -> str:
    """Tell a word that stands as it was typed from one that folding made the same."""
    if reason not in (EXACT, FOLDED):
        return reason
    return EXACT if text in typed else FOLDED


def snippet(text: str, marks: Iterable[Span], width: int) -> tuple[str, list[Span]]:
    """Return the part of `text` that holds the most different of `marks`, and where they stand in it.

    It has at most `width` characters, on one line, and is cut between words, with an ellipsis.
    """
    start, end = 0, len(text)
    ordered = sorted(marks)
    if end > width:
        room = max(1, width - 2 * len(ELLIPSIS))
        start, end = _between_words(text, _densest(text, ordered, room), room)
    before, after = ELLIPSIS * (start > 0), ELLIPSIS * (end < len(text))
    shift = len(before) - start
    inside = [(first + shift, min(last, end) + shift) for first, last in ordered if start <= first < end]
    line = re.sub(r"\s", " ", text[start:end])
    return f"{before}{line}{after}", inside


def _densest(text: str, marks: Sequence[Span], room: int) -> Span:
    """Return the span from the first to the last of those marks within `room` that show the most words."""
    best, most = (0, 0), 0
    for place, (start, end) in enumerate(marks):
        near = [mark for mark in marks[place : place + room] if mark[1] <= start + room]
        shown = len({text[first:last].casefold() for first, last in near})
        if shown > most or not most:
            best, most = (start, max([end, *(last for _, last in near)])), shown
    return best


def _between_words(text: str, core: Span, room: int) -> Span:
    """Widen `core` to `room` characters, or as far as whole words go; each character in pairs is one."""
    first, last = core
    start = max(0, first - max(0, room - (last - first)) // 2)
    end = min(len(text), start + room)
    start = max(0, end - room)
    if start:
        borders = (at for at in range(start, first + 1) if text[at - 1].isspace() or is_paired(text[at]))
        start = next(borders, start)
    if end < len(text):
        borders = (at for at in range(end, last - 1, -1) if text[at].isspace() or is_paired(text[at]))
        end = next(borders, end)
    return start, end
