"""What completion may know of the archive: only what is there in a moment, and nothing is said or written."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from newsarchive.cli.session import Session
from newsarchive.errors import BadTagError, DamagedArchiveError
from newsarchive.store.beside import Beside

if TYPE_CHECKING:
    from newsarchive.search.index.glance import Glance

MOST_BYTES: Final = 4 << 20
"""A file larger than this takes too long to read between two keys; its index answers, if it has one."""

MOST: Final = 50
"""How many ids are offered at a time."""

MOST_TAGS: Final = 1_000
_EVERY_REVISION: Final = 2**53


class Candidate(NamedTuple):
    """A word that may be meant by what was typed, and a line about it."""

    text: str
    help: str = ""


class Glances:
    """What the session's archive holds of each kind, as far as it begins with what was typed."""

    def __init__(self, session: Session) -> None:
        self._archive = session.archive
        self._beside = Beside.of(session.archive.path)

    @cached_property
    def _index(self) -> Glance | None:
        """The index of an archive that is too large to be read; None for one that is small."""
        if not _is_large(self._beside.archive):
            return None
        from newsarchive.search.index.glance import Glance  # spares start-up

        return Glance(self._beside.index)

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
        shown = self._ids(start, MOST)
        if len(shown) == MOST:
            shown += [number for digit in "123456789" for number in self._ids(start + digit, 1)]
        titles = self._titles(list(dict.fromkeys(shown)))
        return (Candidate(str(number), title) for number, title in titles.items())

    def _ids(self, start: str, most: int) -> list[int]:
        if self._index is not None:
            return list(self._index.ids(start, most)[:most])
        every = sorted(self._archive.snapshot.lines, reverse=True)
        return list(islice((number for number in every if str(number).startswith(start)), most))

    def _titles(self, ids: Sequence[int]) -> Mapping[int, str]:
        if self._index is None:
            return {number: self._archive.snapshot.entry(number).title for number in ids}
        from newsarchive.store.lines import entry_of  # spares start-up

        lines = self._index.lines(ids)
        try:
            return {number: entry_of(lines[number], number).title for number in ids if number in lines}
        except ValueError as error:
            raise DamagedArchiveError(self._beside.index, "", str(error), "") from error

    def operations(self) -> Iterator[Candidate]:
        """Yield the numbers of operations, the newest first, with what they were."""
        from newsarchive.history import History  # spares start-up

        history = self._beside.history
        if _is_large(history):
            return
        revision = self._archive.snapshot.meta.revision if self._index is None else _EVERY_REVISION
        for record in History(history).records(revision)[: -MOST - 1 : -1]:
            yield Candidate(str(record.number), f"{record.time.astimezone():%Y-%m-%d} {record.command}")


def _is_large(path: os.PathLike[str]) -> bool:
    try:
        return os.stat(path).st_size > MOST_BYTES  # noqa: PTH116 - as good as Path's
    except FileNotFoundError:
        return False


def _is_sound_tag(tag: str) -> bool:
    from newsarchive.intake import normalise_tag  # spares start-up

    try:
        return normalise_tag(tag) == tag
    except BadTagError:
        return False
