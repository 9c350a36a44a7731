"""Read a query as groups: which of its words are looked for, where, and whether they must be there."""

from __future__ import annotations

from collections.abc import Iterator

from newsarchive.query import tree
from newsarchive.search.fields import EVERYWHERE, TEXT_FIELDS, Reach
from newsarchive.search.grouping import GroupBuilder
from newsarchive.search.groups import OPTIONAL, REQUIRED, Counts, Group
from newsarchive.search.labels import Synonyms
from newsarchive.search.typed import put_together, typed_words


def groups_of(
    query: tree.Query,
    counts: Counts,
    *,
    reach: Reach = EVERYWHERE,
    synonyms: Synonyms | None = None,
) -> tuple[Group, ...]:
    """Return the groups of a query's bare words, then those of the words in what it requires."""
    builder = GroupBuilder(counts, synonyms, fuzzy=reach.fuzzy)
    wanted = put_together(list(typed_words(query.wanted)), builder.are_one)
    distinct = {(word.folded, word.is_prefix): word for word in wanted}
    groups = list(builder.wanted(list(distinct.values()), reach.fields))
    for node in query.required:
        groups += _required(node, builder, REQUIRED)
    return tuple(groups)


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
