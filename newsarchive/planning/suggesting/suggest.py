"""Put together what speaks for each tag that an entry lacks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final, NamedTuple

from newsarchive.entry import Entry
from newsarchive.planning.suggesting.learning import Learned
from newsarchive.text.words import spans
from newsarchive.thesaurus.thesaurus import Thesaurus

_RULE: Final = 3.0
_LABEL: Final = {"title": 2.0, "summary": 1.5, "body": 1.2}
"""What a rule, and a name in each field, adds to what is learned, which is hardly ever over 1."""

_NEW: Final = 0.2
"""The part of that for a tag that no entry has, in an archive that has tags of its own."""


class Suggestion(NamedTuple):
    """A tag that an entry may lack, how strongly, and what speaks for it, the strongest first."""

    id: int
    tag: str
    score: float
    evidence: tuple[str, ...]


class Known(NamedTuple):
    """What suggestions go by: names of things, rules with the ids that each selects, what is learned of an entry."""

    thesaurus: Thesaurus
    rules: Mapping[str, Collection[int]]
    learned: Callable[[Entry], Mapping[str, Learned]]
    in_use: Collection[str]


def suggestions(entry: Entry, known: Known, *, most: int, min_score: float = 0.0) -> list[Suggestion]:
    """Return the best suggestions for an entry, never a tag that it has, nor another name of one."""
    scores: dict[str, float] = {}
    evidence: dict[str, list[str]] = {}

    def add(tag: str, score: float, why: str) -> None:
        scores[tag] = scores.get(tag, 0.0) + score
        evidence.setdefault(tag, []).append(why)

    for tag, ids in known.rules.items():
        if entry.id in ids:
            add(tag, _RULE, "by a rule")
    for tag, score, quotation in _named(entry, known):
        add(tag, score, quotation)
    for tag, learned in known.learned(entry).items():
        add(tag, learned.score, _of_neighbours(learned))
    has = {alias for tag in entry.tags for alias in known.thesaurus.tag_aliases(tag)}
    found = [
        Suggestion(entry.known_id, tag, round(score, 4), tuple(filter(None, evidence[tag])))
        for tag, score in scores.items()
        if tag not in has and has.isdisjoint(known.thesaurus.tag_aliases(tag)) and score >= min_score
    ]
    return sorted(found, key=lambda one: (-one.score, one.tag))[:most]


def _named(entry: Entry, known: Known) -> Iterator[tuple[str, float, str]]:
    """Yield the tag of each concept that the entry names, once, from the field that weighs most, with a quotation."""
    seen: set[str] = set()
    for field, score in _LABEL.items():
        text: str = getattr(entry, field) or ""
        found = spans(text)
        for start, length, concept in known.thesaurus.label_runs([word for word, _, _ in found]):
            if concept.id in seen or _is_heading(concept.id, known.thesaurus):
                continue
            seen.add(concept.id)
            quotation = " ".join(text[found[start][1] : found[start + length - 1][2]].split())
            tag = _name_in_use(concept.id, known)
            is_known = tag in known.in_use or not known.in_use
            yield tag, score if is_known else score * _NEW, f'"{quotation}" in {field}'


def _is_heading(tag: str, thesaurus: Thesaurus) -> bool:
    """Whether a tag only stands above others, as `states` does: it says nothing of a story."""
    return any(other.startswith(f"{tag}/") for other in thesaurus.concepts)


def _name_in_use(tag: str, known: Known) -> str:
    """Return the tag by which the archive calls a concept, that of the thesaurus when it has none."""
    same = sorted(known.thesaurus.tag_aliases(tag).intersection(known.in_use))
    return tag if tag in known.in_use or not same else same[0]


def _of_neighbours(learned: Learned) -> str:
    if not learned.having:
        return ""
    ids = " ".join(map(str, learned.having))
    noun = "story has" if learned.among == 1 else "similar stories have"
    return f"{len(learned.having)} of {learned.among} {noun} it: {ids}"


def line_of(suggestion: Suggestion) -> str:
    """Return a suggestion as `tags apply` reads it, with what speaks for it as a comment."""
    why = "; ".join(suggestion.evidence) or "like the stories that have it"
    return f"+{suggestion.tag} -- id:{suggestion.id}   # {why}"
