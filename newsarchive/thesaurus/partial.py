"""The labels of the program's own concepts that a few words may begin, for which the others need not be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from newsarchive.thesaurus.compiled import shipped_concept, shipped_with
from newsarchive.thesaurus.labels import LabelIndex
from newsarchive.thesaurus.series import shape

_FEW: Final = 16
"""Words, each of which is looked for in the whole file; for more, to read all is as fast."""


class _Part(msgspec.Struct, frozen=True):
    asked: frozenset[str]
    ids: tuple[str, ...]
    index: LabelIndex


class PartialIndex:
    """Answers as an index of all labels would, as long as it is asked for few words."""

    def __init__(self) -> None:
        self._part = _Part(frozenset(), (), LabelIndex(()))

    def index_for(self, run: Sequence[str]) -> LabelIndex | None:
        """Return an index with every label that begins with one of these folded words, None when they are many."""
        part = self._part
        asked = part.asked.union(run)
        if len(asked) > _FEW:
            return None
        if asked != part.asked:
            part = self._part = self._widened(part, asked)
        return part.index

    def _widened(self, part: _Part, asked: frozenset[str]) -> _Part:
        ids = tuple(shipped_with(_as_written(asked)))
        index = part.index if ids == part.ids else LabelIndex(map(shipped_concept, ids))
        return _Part(asked, ids, index)


def _as_written(words: Iterable[str]) -> set[str]:
    """Return `words` and their shapes, in which the labels of series are kept."""
    return {form for word in words for form in (word, shape(word))}
