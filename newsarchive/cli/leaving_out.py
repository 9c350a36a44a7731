"""What a negation leaves out: one that leaves out nothing selects what nobody meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from newsarchive.cli.session import Session
from newsarchive.errors import BadQueryError
from newsarchive.query.tree import And, Group, LanguageTerm, Node, Not, Or, Query, TagTerm

_REFUSING: Final = ("remove", "edit")
"""The commands that take something away; what `tag` adds to too many is easily seen and taken off again."""


def check_negations(session: Session, query: Query, command: str) -> None:
    """Refuse negations that leave out nothing, or say so where the command only adds.

    Those are of tags and languages that no entry has, and queries of nothing but negations that select every
    entry. Raises BadQueryError.
    """
    for term in _left_out(query.root, negated=False):
        if not session.archive.selects(Query("", term)):
            what = "tag" if isinstance(term, TagTerm) else "language"
            value = str(term).partition(":")[2]
            _object(session, query, term, command, f"there is no {what} {value!r} to leave out")
            return
    if _is_negative(query.root) and not session.archive.selects(Query("", Not(Group(query.root)))):
        reason = "this leaves out nothing: it selects every entry"
        _object(session, query, query.root, command, reason)


def _object(session: Session, query: Query, node: Node, command: str, reason: str) -> None:
    if command not in _REFUSING:
        session.streams.say(f"note: {reason}")
        return
    others = "--all selects every entry" if _is_negative(query.root) else "take it out of the query"
    raise BadQueryError(query.text, max(0, query.text.find(str(node))), reason, others)


def _left_out(node: Node, *, negated: bool) -> Iterator[TagTerm | LanguageTerm]:
    """Yield the tags and languages that stand behind an odd number of negations."""
    match node:
        case TagTerm() | LanguageTerm() if negated:
            yield node
        case Not(inner):
            yield from _left_out(inner, negated=not negated)
        case Group(inner):
            yield from _left_out(inner, negated=negated)
        case And(nodes) | Or(nodes):
            for inner in nodes:
                yield from _left_out(inner, negated=negated)


def _is_negative(node: Node) -> bool:
    """Whether a query says only what is not to be there."""
    match node:
        case Not():
            return True
        case Group(inner):
            return _is_negative(inner)
        case And(nodes) | Or(nodes):
            return all(map(_is_negative, nodes))
    return False
