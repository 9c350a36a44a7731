"""What completion may know of the archive: only what is there in a moment, and nothing is said or written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from newsarchive.cli.session import Session
from newsarchive.dates.local import local_time
from newsarchive.errors import BadTagError

if TYPE_CHECKING:
    from newsarchive.search.index.glance import Glance

MOST_BYTES: Final = 4 << 20
"""A file larger than this takes too long to read between two keys; its index answers, if it has one."""

MOST: Final = 50
"""How many ids are offered at a time."""

MOST_TAGS: Final = 1_000


class Candidate(NamedTuple):
    """A word that may be meant by what was typed, and a line about it."""

    text: str
    help: str = ""


class Glances:
    """What the session's archive holds of each kind, as far as it begins with what was typed."""

    def __init__(self, session: Session) -> None:
        self._archive = session.archive

    @cached_property
    def _index(self) -> Glance | None:
        """The index of an archive that is too large to be read; None for one that is small."""
        return self._archive.glance(MOST_BYTES)

    def tags(self, start: str) -> Iterator[Candidate]:
        """Yield tags; one that nobody could have typed, put into the file by hand, is left out."""
        found = self._archive.tags() if self._index is None else self._index.tags(start, MOST_TAGS)
        return (Candidate(tag) for tag in sorted(found) if _is_sound_tag(tag))

    def languages(self) -> Iterator[Candidate]:
        """Yield the codes of languages."""
        if self._index is None:
            found: set[str] = {code for entry in self._archive.entries for code in entry.languages}
        else:
            found = set(self._index.languages())
        return (
            Candidate(code) for code in sorted(found) if code.isascii() and code.replace("-", "").isalnum()
        )

    def ids(self, start: str) -> Iterator[Candidate]:
        """Yield the highest ids with their titles.

        Where there are more, one for each digit that may come next stands for those: the shell would type
        what only the highest have in common.
        """
        shown = self._ids([start], MOST)
        if len(shown) == MOST:
            shown += self._ids([start + digit for digit in "123456789"], 1)
        titles = self._titles(list(dict.fromkeys(shown)))
        return (Candidate(str(number), title) for number, title in titles.items())

    def _ids(self, starts: Sequence[str], most: int) -> list[int]:
        """Return for each of these digits the highest ids that begin with it, at most so many."""
        if self._index is not None:
            known = self._index.ids(starts, most)
        else:
            known = sorted(self._archive.snapshot.lines, reverse=True)
        return [
            number
            for start in starts
            for number in islice((number for number in known if str(number).startswith(start)), most)
        ]

    def _titles(self, ids: Sequence[int]) -> Mapping[int, str]:
        if self._index is None:
            return {number: self._archive.snapshot.entry(number).title for number in ids}
        return self._index.titles(ids)

    def operations(self) -> Iterator[Candidate]:
        """Yield the numbers of the operations that are not undone, the newest first, with what they were."""
        from newsarchive.planning.undoing import standing  # spares start-up

        counting = (
            record for record, by in standing(self._archive.glance_at_records(MOST_BYTES)) if by is None
        )
        for record in islice(counting, MOST):
            yield Candidate(str(record.number), f"{local_time(record.time):%Y-%m-%d} {record.command}")

    def queries(self) -> Iterator[Candidate]:
        """Yield the saved queries, each with what it stands for."""
        for name, query in self._archive.saved_queries.items():
            yield Candidate(f"@{name}", query)

    def terms(self) -> Iterator[Candidate]:
        """Yield the ids of concepts, then their names of one word, each with what it stands for."""
        concepts = self._archive.thesaurus.concepts.values()
        yield from (Candidate(concept.id, concept.preferred("en")) for concept in concepts)
        names = {label.text: concept.id for concept in concepts for label in concept.names}
        yield from (Candidate(name, names[name]) for name in sorted(names) if name.isalnum())


def _is_sound_tag(tag: str) -> bool:
    from newsarchive.intake import normalise_tag  # spares start-up

    try:
        return normalise_tag(tag) == tag
    except BadTagError:
        return False
