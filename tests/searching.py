"""Small archives to search in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry
from newsarchive.query.parser import parse
from newsarchive.search.groups import Group
from newsarchive.search.highlight import Highlighter, Match
from newsarchive.search.postings import MemoryPostings
from newsarchive.search.ranking import Result, search

TODAY = date(2024, 12, 18)


class Labels:
    """A thesaurus of one concept, given by its labels; a word is in no other form than there."""

    def __init__(self, *labels: str) -> None:
        self._labels = [tuple(label.split()) for label in labels]

    def label_runs(self, run: Sequence[str], /) -> list[tuple[int, int, str]]:
        """Find the labels in `run`, each by itself."""
        starts = range(len(run))
        return [
            (start, len(label), "the concept")
            for start in starts
            for label in self._labels
            if tuple(run[start : start + len(label)]) == label
        ]

    def unlisted(self, concept: Any, /) -> list[tuple[str, ...]]:
        """Return none: each label is in one form."""
        return []

    def forms(self, concept: Any, /) -> list[tuple[frozenset[str], ...]]:
        """Return all labels."""
        return [tuple(frozenset({word}) for word in label) for label in self._labels]


def story(number: int, title: str, when: str | None = None, **fields: Any) -> Entry:
    """Make an entry as short as can be."""
    return Entry(id=number, title=title, date=PartialDate.from_iso(when) if when else None, **fields)


def titled(*titles: str) -> list[Entry]:
    """Make an entry of each title, numbered from 1."""
    return [story(number, title) for number, title in enumerate(titles, 1)]


def find(query: str, entries: Sequence[Entry], tag_aliases: Any = None, **options: Any) -> Result:
    """Search for what is typed as on the command line."""
    postings = MemoryPostings(entries, tag_aliases=tag_aliases)
    return search(parse(query, today=TODAY), postings, **options)


def ids(query: str, entries: Sequence[Entry], **options: Any) -> list[int]:
    """Return the ids that are found, best first."""
    return [hit.entry.known_id for hit in find(query, entries, **options).hits]


def members(group: Group) -> Mapping[str, str]:
    """Return the reason for each member of a group."""
    return {member.text: member.reason for member in group.members}


def reasons(query: str, *titles: str, **options: Any) -> Mapping[str, str]:
    """Return the members of the first word of `query`, and the reason for each, in an archive of titles."""
    return members(find(query, titled(*titles), **options).groups[0])


def marked(query: str, entry: Entry, **options: Any) -> list[tuple[str, str, str]]:
    """Return field, text and reason of what is highlighted in the only entry of an archive."""
    result = find(query, [entry], **options)
    texts = {
        "title": entry.title,
        "tags": ", ".join(entry.tags),
        "summary": entry.summary,
        "body": entry.body,
    }
    found: Sequence[Match] = Highlighter(result.groups).matches(entry)
    return [
        (match.field, (texts[match.field] or "")[match.start : match.end], match.reason) for match in found
    ]
