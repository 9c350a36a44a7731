"""Search results as tables: what was found, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from newsarchive.render.grid import Cell, Column, Grid
from newsarchive.render.words import counted
from newsarchive.search.fields import TEXT_FIELDS, field_texts
from newsarchive.search.groups import GUESSES, KEYBOARD, NEAREST, WANTED, Group, Member
from newsarchive.search.highlight import snippet
from newsarchive.search.ranking import Hit
from newsarchive.text.pairs import is_paired

SNIPPET: Final = 160
"""Characters of an entry's text that are shown around what matched."""

_MOST_NOTES: Final = 4
_MOST_NAMED: Final = 3

_HITS: Final = (
    Column("Id", "cyan", right=True),
    Column("Date", "green"),
    Column("Title", "bold", ratio=2),
    Column("Text", ratio=3, optional=True),
)
_WHY: Final = (Column("Word", "bold"), Column("Stands for", ratio=1), Column("Entries", right=True))
_SCORES: Final = (
    Column("Score", right=True),
    Column("Id", "cyan", right=True),
    Column("Because of", ratio=1),
)


def hit_grid(hits: Sequence[Hit]) -> Grid:
    """Return the table of `search`: titles and the best part of the text, matches marked."""
    return Grid(_HITS, [_hit_row(hit) for hit in hits])


def _hit_row(hit: Hit) -> list[str | Cell]:
    entry = hit.entry
    title = Cell(entry.title, tuple((m.start, m.end) for m in hit.matches if m.field == "title"))
    return [str(entry.id), str(entry.date or ""), title, _snippet(hit)]


def _snippet(hit: Hit) -> Cell:
    """Show the summary, or the body when the matches are there."""
    texts = dict(zip(TEXT_FIELDS, field_texts(hit.entry), strict=True))
    marks = {
        field: [(m.start, m.end) for m in hit.matches if m.field == field] for field in ("summary", "body")
    }
    field = "body" if (marks["body"] and not marks["summary"]) or not texts["summary"] else "summary"
    text, spans = snippet(texts[field] or "", marks[field], SNIPPET)
    return Cell(text, tuple(spans))


def group_grid(groups: Sequence[Group]) -> Grid:
    """Return the table that says what each word of the query was taken for."""
    rows = [[group.typed, _members(group), str(group.frequency)] for group in groups]
    return Grid(_WHY, rows)


def _members(group: Group) -> str:
    if not group.members:
        return "nothing in this archive"
    return ", ".join(_member(member) for member in group.members)


def _member(member: Member) -> str:
    return f"{member.text} ({member.reason}, {counted(member.frequency, 'entry')})"


def guesses(groups: Sequence[Group]) -> Iterator[str]:
    """Yield a note on each wanted word that is in no entry: what it was taken for, if anything.

    A word of a name that was found by another name is no guess.
    """
    named = {word for group in groups if group.members for word in group.typed.split() if word != group.typed}
    wanted = (group for group in groups if group.role == WANTED and group.typed not in named)
    guessed = list(filter(_is_guess, _without_pairs(list(wanted))))
    for group in guessed[:_MOST_NOTES]:
        taken = ", ".join(member.text for member in group.members[:_MOST_NAMED])
        more = " …" if len(group.members) > _MOST_NAMED else ""
        yield f"note: no entry has {group.typed!r}; {_fate(group, f'{taken}{more}')}"
    if len(guessed) > _MOST_NOTES:
        yield f"note: nor has it {len(guessed) - _MOST_NOTES} more of these words; --explain tells"


def _without_pairs(groups: Sequence[Group]) -> Sequence[Group]:
    """Leave out the pairs of characters that nobody typed as words, if any of them was found."""
    pairs = [group for group in groups if is_paired(group.typed)]
    return [group for group in groups if group not in pairs] if any(p.members for p in pairs) else groups


def _fate(group: Group, taken: str) -> str:
    """Say what became of a word that is in no entry."""
    reasons = {member.reason for member in group.members}
    if not reasons:
        return "nothing is like it"
    if NEAREST in reasons:
        return f"nearest by sound: {taken}"
    return f"it was taken for {taken}{', as on the other keyboard' if KEYBOARD in reasons else ''}"


def _is_guess(group: Group) -> bool:
    return all(member.reason in GUESSES for member in group.members)


def score_grid(hits: Sequence[Hit]) -> Grid:
    """Return the table that says what each hit scored, and for which words and reasons."""
    return Grid(_SCORES, [[f"{hit.score:.2f}", str(hit.entry.id), _because(hit)] for hit in hits])


def _because(hit: Hit) -> str:
    texts = dict(zip(TEXT_FIELDS, field_texts(hit.entry), strict=True))
    told = [f"{texts[m.field][m.start : m.end]} ({m.reason} in {m.field})" for m in hit.matches]
    return ", ".join(dict.fromkeys(told))
