"""The tags by which people call a concept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsarchive.text.words import whole_words
from newsarchive.thesaurus.concepts import Concept
from newsarchive.thesaurus.series import member, number_in, shape, template


def tag_forms(concept: Concept) -> Iterator[str]:
    """Yield the tags that mean `concept`: its id, and its last part and each name with and without the rest.

    `species/saiga` is also saiga, saiga-tatarica, species/saiga-tatarica, сайгак …
    """
    yield concept.id
    above, slash, last = concept.id.rpartition("/")
    for name in (last, *_label_tags(concept)):
        yield name
        yield above + slash + name


def _label_tags(concept: Concept) -> Iterator[str]:
    from newsarchive.intake import lenient_tag  # spares start-up

    for label in concept.names:
        for text in (label.text, " ".join(whole_words(label.text))):
            tag, _ = lenient_tag(text)
            if tag:  # a name too long for a tag has none
                yield tag


class TagIndex:
    """Concepts by tag; an id comes before the names of others."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        everything = list(concepts)
        self._by_tag = {concept.id: concept for concept in everything}
        self._series: dict[str, Concept] = {}
        for concept in everything:
            for tag in tag_forms(concept):
                self._by_tag.setdefault(tag, concept)
            if first := template(concept):
                self._series.update(dict.fromkeys(tag_forms(first), concept))

    def get(self, tag: str) -> Concept | None:
        """Return the concept that `tag`, as tags are written, means."""
        if known := self._by_tag.get(tag):
            return known
        number = number_in(tag)
        series = self._series.get(shape(tag)) if number else None
        return member(series, number) if series and number else None
