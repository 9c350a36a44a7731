"""Read what is asked as groups: which words are looked for, where, and whether they must be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

from newsarchive.query import tree
from newsarchive.search.fields import EVERYWHERE, TEXT_FIELDS, Reach
from newsarchive.search.grouping import MANY_WORDS, GroupBuilder
from newsarchive.search.groups import OPTIONAL, REQUIRED, Counts, Group
from newsarchive.search.labels import Synonyms
from newsarchive.search.relaxing import Asked, Text, fields_of, words_of
from newsarchive.search.typed import Typed, pieces, put_together, typed_words
from newsarchive.text.keyboard import switched

_SHORTEST: Final = 3  # fewer letters are a word in any layout
_LONG_ENOUGH: Final = 6


class Asking:
    """One way in which a query is asked, as groups of the words of an archive."""

    def __init__(
        self,
        asked: Asked,
        counts: Counts,
        *,
        reach: Reach = EVERYWHERE,
        synonyms: Synonyms | None = None,
    ) -> None:
        self.asked = asked
        self._reach = reach
        self._builder = GroupBuilder(counts, synonyms, fuzzy=reach.fuzzy, nearest=asked.nearest)

    @cached_property
    def needed(self) -> tuple[Group, ...]:
        """The groups of words that must be near each other, and of conditions."""
        groups: list[Group] = []
        for texts in self.asked.close:
            groups.append(_close(texts, self._builder))
            if not groups[-1].frequency:  # nothing can be found, whatever the others are
                return tuple(groups)
        for node in self.asked.required:
            groups += _required(node, self._builder, REQUIRED)
        return tuple(groups)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups of the words that rank, then those that are needed."""
        wanted = put_together(list(_typed(self.asked.wanted, self._builder)), self._builder.are_one)
        if self.asked.parted:
            wanted = [piece for word in wanted for piece in pieces(word)]
        return (*self._builder.wanted(wanted, self._reach.fields), *self.needed)


def _typed(nodes: Sequence[tree.Word | tree.Phrase], builder: GroupBuilder) -> Iterator[Typed]:
    """Yield the words of nodes; of one of which nothing is known, what its keys are in the other layout.

    Among many words those must be right as they are in the other layout, with few they may be misspelt as well.
    """
    for node in nodes:
        words = list(typed_words([node]))
        if builder.fuzzy and not any(map(builder.is_there, words)):
            others = list(typed_words([tree.Word(switched(node.text))]))
            is_known = builder.is_near if _may_be_misspelt(others, nodes) else builder.is_there
            is_word = (
                len(set(node.text)) > 1 and max((len(word.folded) for word in others), default=0) >= _SHORTEST
            )
            if is_word and all(map(is_known, others)) and not any(map(builder.is_near, words)):
                words = [word._replace(text=node.text, is_switched=True) for word in others]
        yield from words


def _may_be_misspelt(words: Sequence[Typed], nodes: Sequence[tree.Word | tree.Phrase]) -> bool:
    """Whether words in the other layout may be misspelt besides: not short ones, of which any is like another."""
    return len(nodes) < MANY_WORDS and all(len(word.folded) >= _LONG_ENOUGH for word in words)


def _close(texts: Iterable[Text], builder: GroupBuilder) -> Group:
    """Return the group of texts of which one must be there in some form."""
    groups = []
    for text in texts:
        words = put_together(list(typed_words([words_of(text)])), builder.are_one)
        groups.append(builder.close(words, str(text), fields_of(text)))
    return builder.any_of(groups)


def _required(node: tree.Node, builder: GroupBuilder, role: str) -> Iterator[Group]:
    """Yield the groups of the words in `node`; what is negated or not a text has none."""
    match node:
        case tree.Word() | tree.Phrase():
            yield from _same(node, builder, role, TEXT_FIELDS)
        case tree.TextTerm(field, value) if field in TEXT_FIELDS:
            yield from _same(value, builder, role, (field,))
        case tree.Group(inner):
            yield from _required(inner, builder, role)
        case tree.And(nodes) | tree.Or(nodes):
            for inner in nodes:
                yield from _required(inner, builder, OPTIONAL if isinstance(node, tree.Or) else role)


def _same(
    node: tree.Word | tree.Phrase, builder: GroupBuilder, role: str, fields: tuple[str, ...]
) -> Iterator[Group]:
    if words := list(typed_words([node])):
        yield builder.same(words, str(node), role, fields)
