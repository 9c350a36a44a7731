"""Recognise labels, in any of their forms, in a run of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from newsarchive.thesaurus.compiled import forms_of
from newsarchive.thesaurus.concepts import Concept, Label
from newsarchive.thesaurus.series import member, number_in, shape, template


class _Known(msgspec.Struct, frozen=True):
    words: tuple[str, ...]
    forms: tuple[frozenset[str], ...]
    concept: Concept
    is_series: bool

    def meant_by(self, run: Sequence[str]) -> Concept | None:
        """Return the concept if `run` is the label, for a series the member of the number in it."""
        if self.is_series:
            number = number_in(" ".join(run))
            return member(self.concept, number) if number and self._fits([*map(shape, run)]) else None
        return self.concept if self._fits(run) else None

    def _fits(self, run: Sequence[str]) -> bool:
        return len(run) == len(self.forms) and all(map(frozenset.__contains__, self.forms, run))


class LabelIndex:
    """Labels by the forms of their first word."""

    def __init__(self, concepts: Iterable[Concept], *, ambiguous: bool = False) -> None:
        self._by_first_word: dict[str, list[_Known]] = {}
        for concept in concepts:
            labels = concept.names
            self._add(concept, [*labels, *concept.of_kind("ambiguous")] if ambiguous else labels)
            if series := template(concept):
                self._add(concept, series.names, is_series=True)

    def runs(self, run: Sequence[str]) -> list[tuple[int, int, Concept]]:
        """Return start, length and concept of the labels in `run`: the longest, from left to right.

        One run of words appears once for each of the concepts that share its label.
        """
        found: list[tuple[int, int, Concept]] = []
        start = 0
        while start < len(run):
            length, concepts = self._longest(run, start)
            found.extend((start, length, concept) for concept in concepts)
            start += length or 1
        return found

    def whole(self, run: Sequence[str]) -> tuple[Concept, ...]:
        """Return the concepts of which the whole of `run` is a label."""
        length, concepts = self._longest(run, 0) if run else (0, [])
        return tuple(concepts) if length == len(run) else ()

    def _add(self, concept: Concept, labels: Iterable[Label], *, is_series: bool = False) -> None:
        for label in labels:
            words = forms_of(concept, label)
            if words:
                known = _Known(tuple(w for w, _ in words), tuple(f for _, f in words), concept, is_series)
                for form in known.forms[0]:
                    self._by_first_word.setdefault(form, []).append(known)

    def _longest(self, run: Sequence[str], start: int) -> tuple[int, list[Concept]]:
        """Return the length of the longest label at `start` and its concepts; base forms beat others."""
        meant: list[tuple[int, bool, Concept]] = []
        for known in self._beginning_with(run[start]):
            part = run[start : start + len(known.forms)]
            if concept := known.meant_by(part):
                meant.append((len(part), known.words == tuple(part), concept))
        if not meant:
            return 0, []
        best = max((length, is_exact) for length, is_exact, _ in meant)
        return best[0], list(dict.fromkeys(concept for *rank, concept in meant if (*rank,) == best))

    def _beginning_with(self, word: str) -> list[_Known]:
        candidates = self._by_first_word.get(word, [])
        if (general := shape(word)) == word:
            return candidates
        return candidates + self._by_first_word.get(general, [])
