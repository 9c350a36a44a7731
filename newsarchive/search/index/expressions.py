"""Conditions on the rows of `entry`, and the entries that match them."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from itertools import chain
from sqlite3 import Connection
from typing import Any, Final, NamedTuple

from newsarchive.query.matching import TagAliases, matcher
from newsarchive.query.tree import Node
from newsarchive.search.index.payload import read_entries
from newsarchive.search.index.sql import values_of


class Expression(NamedTuple):
    """An expression of SQL on the rows of `entry`, and its values."""

    sql: str
    values: tuple[Any, ...] = ()


NEVER: Final = Expression("0")


class Condition(NamedTuple):
    """An expression of SQL and its values, which holds for every entry that matches.

    It also holds for some that do not match; those are among the ones for which `doubt` holds.
    """

    sql: str
    values: tuple[Any, ...] = ()
    doubt: Expression = NEVER

    @property
    def is_exact(self) -> bool:
        """Whether it holds for no entry that does not match."""
        return self.doubt == NEVER

    def doubted(self) -> Condition:
        """Return the same condition, of which each entry has to be looked at."""
        return self._replace(doubt=Expression(self.sql, self.values))


def joined(operator: str, conditions: Iterable[Condition]) -> Condition:
    """Return one condition of several, joined by ` AND ` or ` OR `."""
    all_of_them = list(conditions)
    doubts = [condition.doubt for condition in all_of_them if not condition.is_exact]
    return Condition(
        operator.join(f"({condition.sql})" for condition in all_of_them),
        tuple(value for condition in all_of_them for value in condition.values),
        either(*doubts) if doubts else NEVER,
    )


def either(*expressions: Expression) -> Expression:
    """Return the expression that one of several holds."""
    return Expression(
        " OR ".join(f"({expression.sql})" for expression in expressions),
        tuple(value for expression in expressions for value in expression.values),
    )


def exact_matches(
    condition: Condition,
    node: Node,
    connection: Connection,
    tag_aliases: TagAliases | None,
    ids: AbstractSet[int] | None = None,
) -> set[int]:
    """Return the entries that match `node`, whose condition is given; of `ids` alone where those are given.

    Only entries that the condition leaves in doubt are looked at.
    """
    select = f"SELECT id FROM entry WHERE ({condition.sql})"
    found = set(chain.from_iterable(connection.execute(select, condition.values)))
    found = found if ids is None else found & ids
    if condition.is_exact:
        return found
    doubt = f"{select} AND ({condition.doubt.sql})"
    rows = connection.execute(doubt, (*condition.values, *condition.doubt.values))
    matches = matcher(node, tag_aliases=tag_aliases)
    doubted = found.intersection(chain.from_iterable(rows))
    return found.difference(
        entry.known_id for entry in read_entries(connection, doubted) if not matches(entry)
    )


def among(ids: Iterable[int]) -> Condition:
    """Return the condition that an entry is one of these."""
    return Condition("id IN (SELECT value FROM json_each(?))", (values_of(ids),))
