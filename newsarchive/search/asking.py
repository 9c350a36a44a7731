"""Read what is asked as groups: which words are looked for, where, and whether they must be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsarchive.query import tree
from newsarchive.search.fields import EVERYWHERE, TEXT_FIELDS, Reach
from newsarchive.search.grouping import GroupBuilder
from newsarchive.search.groups import OPTIONAL, REQUIRED, Counts, Group
from newsarchive.search.labels import Synonyms
from newsarchive.search.relaxing import Asked, Text, fields_of, words_of
from newsarchive.search.typed import Typed, pieces, put_together, typed_words
from newsarchive.text.keyboard import switched


def groups_of(
    asked: Asked,
    counts: Counts,
    *,
    reach: Reach = EVERYWHERE,
    synonyms: Synonyms | None = None,
) -> tuple[Group, ...]:
    """Return the groups of the words that rank, of those that must be near each other, and of conditions."""
    builder = GroupBuilder(counts, synonyms, fuzzy=reach.fuzzy, nearest=asked.nearest)
    wanted = put_together(list(_typed(asked.wanted, builder)), builder.are_one)
    if asked.parted:
        wanted = [piece for word in wanted for piece in pieces(word)]
    groups = list(builder.wanted(wanted, reach.fields))
    groups += [_close(texts, builder) for texts in asked.close]
    for node in asked.required:
        groups += _required(node, builder, REQUIRED)
    return tuple(groups)


def _typed(nodes: Iterable[tree.Word | tree.Phrase], builder: GroupBuilder) -> Iterator[Typed]:
    """Yield the words of nodes; of one of which nothing is known, what its keys are in the other layout."""
    for node in nodes:
        words = list(typed_words([node]))
        meant = switched(node.text) if builder.fuzzy and not any(map(builder.is_known, words)) else ""
        others = list(typed_words([tree.Word(meant)]))
        if others and all(map(builder.is_known, others)):
            words = [word._replace(text=node.text, is_switched=True) for word in others]
        yield from words


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
