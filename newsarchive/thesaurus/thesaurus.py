"""The thesaurus as the rest of the program asks it: concepts by words, by tag, by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.text.words import words
from newsarchive.thesaurus.compiled import forms_of, shipped
from newsarchive.thesaurus.concepts import Concept, Label, ids_above, merge
from newsarchive.thesaurus.forms import lists_forms
from newsarchive.thesaurus.labels import LabelIndex
from newsarchive.thesaurus.partial import PartialIndex
from newsarchive.thesaurus.reading import own_concepts
from newsarchive.thesaurus.tags import TagIndex, tag_forms

if TYPE_CHECKING:
    from newsarchive.thesaurus.checking import Finding


class Thesaurus:
    """Concepts and the ways to them; what a lookup needs is worked out when the first one is made.

    Ambiguous labels lead to their concept in `find` alone: `once` is French for the snow leopard, and who
    searches for that must not get every English text that says once.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._given = tuple(concepts)
        self._partial: PartialIndex | None = None
        """Where there are but the program's own concepts, which are not given then: what spares reading all."""

    @classmethod
    def load(cls, extra: Path | None = None) -> Thesaurus:
        """Load the concepts that come with the program and those of the user's own file, if it is there.

        Raises BadThesaurusError when that file can't be understood.
        """
        if own := own_concepts(extra) if extra else []:
            return cls(chain(shipped(), own))
        thesaurus = cls(())
        thesaurus._partial = PartialIndex()
        return thesaurus

    @property
    def concepts(self) -> Mapping[str, Concept]:
        """The concepts by id, without the members of numbered series."""
        return self._concepts

    # --- from words ---------------------------------------------------------------------------------------

    def label_runs(self, run: Sequence[str]) -> list[tuple[int, int, Concept]]:
        """Return start, length and concept of the labels in `run`, folded words as `text.words` gives them.

        Words may be inflected. The longest label wins; one run appears once for each concept that it names.
        """
        part = self._partial.index_for(run) if self._partial else None
        return (part or self._by_name).runs(run)

    def concepts_for(self, run: Sequence[str]) -> tuple[Concept, ...]:
        """Return the concepts of which all of these folded words together are a label."""
        return self._by_name.whole(run)

    def labels(self, concept: Concept) -> tuple[tuple[str, ...], ...]:
        """Return the names of `concept` as folded words, preferred ones first."""
        return tuple(dict.fromkeys(_run_of(concept, label) for label in concept.names))

    def forms(self, concept: Concept) -> tuple[tuple[frozenset[str], ...], ...]:
        """Return the names of `concept`, for each of their words the folded forms it may stand in."""
        names: dict[tuple[str, ...], tuple[frozenset[str], ...]] = {}
        for label in concept.names:
            name = forms_of(concept, label)
            run, forms = tuple(word for word, _ in name), tuple(forms for _, forms in name)
            # One name in two languages has the forms of both.
            names[run] = tuple(map(frozenset.union, names.get(run, forms), forms))
        return tuple(names.values())

    def unlisted(self, concept: Concept) -> tuple[tuple[str, ...], ...]:
        """Return the names of `concept`, as folded words, in languages whose forms `forms` does not list."""
        labels = (label for label in concept.names if not lists_forms(label.language))
        return tuple(dict.fromkeys(_run_of(concept, label) for label in labels))

    def single_words(self) -> frozenset[str]:
        """Return the names of all concepts that are one word, in all their forms."""
        forms = (form for concept in self._concepts.values() for form in self.forms(concept))
        return frozenset(word for form in forms if len(form) == 1 for word in form[0])

    def find(self, term: str) -> tuple[Concept, ...]:
        """Return the concepts that `term` names as an id, a tag or a label, an ambiguous one included."""
        tagged = self.for_tag("-".join(term.casefold().split()))
        labelled = self._by_any_label.whole(words(term))
        return tuple(dict.fromkeys([tagged, *labelled] if tagged else labelled))

    # --- from tags, up and down ---------------------------------------------------------------------------

    def for_tag(self, tag: str) -> Concept | None:
        """Return the concept that `tag`, as `normalise_tag` writes it, means."""
        return self._by_tag.get(tag)

    def tag_aliases(self, tag: str) -> frozenset[str]:
        """Return the tags that mean the same as `tag`, itself included."""
        concept = self.for_tag(tag)
        return frozenset({tag, *(tag_forms(concept) if concept else ())})

    def narrower(self, concept: Concept) -> tuple[Concept, ...]:
        """Return the concepts below `concept` at any depth, without the members of numbered series."""
        return tuple(
            other
            for other in self._concepts.values()
            if other.id != concept.id and concept.id in ids_above(other, self._concepts)
        )

    def check(self) -> list[Finding]:
        """Return what is wrong with the concepts and their labels."""
        from newsarchive.thesaurus.checking import findings  # spares start-up

        return list(findings(self._concepts))

    # --- worked out on demand -----------------------------------------------------------------------------

    @cached_property
    def _concepts(self) -> dict[str, Concept]:
        concepts: dict[str, Concept] = {}
        for concept in shipped() if self._partial else self._given:
            known = concepts.get(concept.id)
            concepts[concept.id] = merge(known, concept) if known else concept
        return concepts

    @cached_property
    def _by_name(self) -> LabelIndex:
        return LabelIndex(self._concepts.values())

    @cached_property
    def _by_any_label(self) -> LabelIndex:
        return LabelIndex(self._concepts.values(), ambiguous=True)

    @cached_property
    def _by_tag(self) -> TagIndex:
        return TagIndex(self._concepts.values())


def _run_of(concept: Concept, label: Label) -> tuple[str, ...]:
    """Return a label as folded words, which are known of those that come with the program."""
    return tuple(word for word, _ in forms_of(concept, label))
