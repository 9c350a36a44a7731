"""Entries for property tests: everything the archive may hold, with a taste for what formats stumble over."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from newsarchive.dates.partial import PartialDate, month_length
from newsarchive.entry import FIELDS, RELATION_KINDS, Entry, Relation
from newsarchive.intake import MAX_ID, MAX_INTEGER, admit

# No controls, surrogates and byte order marks; the rest of Unicode, other line ends and directions included.
_characters = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff")

_awkward = st.sampled_from(
    [
        "No",
        "0123",
        "1e3",
        "null",
        "~",
        "---",
        "2021-01-29",
        "Press Release: Afghanistan and Tajikistan Step Up",
        "- item",
        "# heading",
        "{a: b}",
        "[draft] plan",
        "a # b",
        "&a *a !a %a @a `a`",
        "'",
        '"',
        "\\",
        "\\n",
        "a; b, c",
        "=1+1",
        "<script>",
        "Межнев Антон",
        "👨‍👩‍👧",
        "می‌خواهم",
        "\u202eabc",
        "a\u2028b",
    ]
)
lines = st.one_of(_awkward, st.text(_characters, min_size=1, max_size=60)).filter(str.strip)
texts = st.lists(st.one_of(lines, st.sampled_from(["", "  indented", "\ttab", "..."])), max_size=5).map(
    "\n".join
)

tags = st.from_regex(r"[a-zа-я0-9][a-zа-я0-9._/-]{0,20}[a-zа-я0-9]", fullmatch=True)
languages = st.sampled_from(["en", "ru", "fr", "es", "pt-BR", "zh-Hant"])
instants = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
ids = st.integers(1, MAX_ID)
relations = st.builds(Relation, st.sampled_from(RELATION_KINDS), ids)

_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-MAX_INTEGER, MAX_INTEGER),
    st.floats(allow_nan=False, allow_infinity=False),
    lines,
)
_names = lines.filter(lambda name: name not in FIELDS)
_values = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_names, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def dates(draw: st.DrawFn) -> PartialDate:
    """Draw a date of any precision."""
    year = draw(st.integers(1, 9999))
    month = draw(st.none() | st.integers(1, 12))
    day = None if month is None else draw(st.none() | st.integers(1, month_length(year, month)))
    return PartialDate(year, month, day)


@st.composite
def entries(draw: st.DrawFn, /, **given: st.SearchStrategy[Any]) -> Entry:
    """Draw an entry as an archive holds it; `given` replaces the strategies of single fields."""
    strategies: dict[str, st.SearchStrategy[Any]] = {
        "id": ids,
        "title": lines,
        "date": st.none() | dates(),
        "summary": st.none() | texts,
        "body": st.none() | texts,
        "url": st.none()
        | st.sampled_from(["https://www.cms.int/cami/en/news/1", "mailto:a@b.org", "news/7"]),
        "source": st.none() | lines,
        "languages": st.lists(languages, max_size=3).map(tuple),
        "tags": st.lists(tags, max_size=4).map(tuple),
        "relations": st.lists(relations, max_size=3).map(tuple),
        "added": instants,
        "modified": instants,
        "extra": st.dictionaries(_names, _values, max_size=3),
        **given,
    }
    admitted, _ = admit(Entry(**{name: draw(strategy) for name, strategy in strategies.items()}))
    return admitted


def archives(max_size: int = 5) -> st.SearchStrategy[list[Entry]]:
    """Draw the entries of an archive, each with its own id."""
    return st.lists(entries(), max_size=max_size, unique_by=lambda entry: entry.id)
