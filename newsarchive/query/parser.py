"""Read the selection language: the text of a query becomes its tree.

    query = or                          and = not { ["AND"] not }
    or    = and { "OR" and }            not = ("NOT" | "-") not | atom
    atom  = "(" query ")" | [field ":"] value

AND between two operands binds closer than their standing side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

import msgspec

from newsarchive.errors import BadQueryError
from newsarchive.query.ids import ids_only, parse_ids
from newsarchive.query.lexer import AND, CLOSE, END, NOT, OPEN, OR, VALUE, Token, tokens
from newsarchive.query.pasting import read_as_pasted
from newsarchive.query.saved import SIGN
from newsarchive.query.spelling import did_you_mean
from newsarchive.query.terms import Terms
from newsarchive.query.tree import And, Everything, Group, Node, Not, Or, Query

__all__ = ["LONGEST", "ids_only", "parse", "parse_ids"]

LONGEST: Final = 1_000
"""A query has at most this many characters."""

_DEEPEST: Final = 50


def parse(
    text: str,
    *,
    today: date,
    meant_tag: Callable[[str], str | None] = lambda tag: None,
    pasted: bool = False,
    writing: bool = False,
    fiscal: int | None = None,
    saved: Callable[[], Mapping[str, str]] = dict,
) -> Query:
    """Read a query; `today` is what relative dates count from, `fiscal` the month that fiscal years begin with.

    `meant_tag` is asked for each tag, and returns the one that was probably meant by one that is not there.
    With `pasted` a title is read as words although it looks like a query, see `pasting`. With `writing`, what
    looks like a field and is none is a fault wherever it stands, and not behind a negation only. `saved` is asked
    for the saved queries when one is named: `@name` stands for its text in parentheses.
    Raises BadQueryError with the position of the fault.
    """
    return _parse(text, _Reading(today, meant_tag, pasted, writing, fiscal, saved), ())


class _Reading(msgspec.Struct, frozen=True):
    """How a query and the saved ones in it are read."""

    today: date
    meant_tag: Callable[[str], str | None]
    pasted: bool
    writing: bool
    fiscal: int | None
    saved: Callable[[], Mapping[str, str]]


def _parse(text: str, how: _Reading, within: tuple[str, ...]) -> Query:
    """Read a query; `within` are the names of the saved queries that it is in."""
    if len(text) > LONGEST:
        reason = f"the query has {len(text):,} characters and may have {LONGEST:,}"
        raise BadQueryError(f"{text[:60]}…", 60, reason)
    is_pasted = how.pasted and not within
    found = list(tokens(text, pasted=is_pasted))
    terms = Terms(text, how.today, how.meant_tag, writing=how.writing, fiscal=how.fiscal)
    parser = _Parser(text, read_as_pasted(text, found) if is_pasted else found, terms, how, within)
    return Query(text, parser.whole(), tuple(parser.terms.notes))


class _Parser:
    """A recursive descent over the tokens of one query."""

    def __init__(
        self, query: str, tokens: Sequence[Token], terms: Terms, how: _Reading, within: tuple[str, ...]
    ) -> None:
        self.how = how
        self.within = within
        self.query = query
        self.terms = terms
        self.tokens = tokens
        self.place = 0
        self.depth = 0
        self.negations = 0

    @property
    def token(self) -> Token:
        """The token that is read next."""
        return self.tokens[self.place]

    def whole(self) -> Node:
        """Read the query to its end; one of nothing but signs would select everything by mistake."""
        if self.token.kind == END and self.query.strip() in ("", "*"):
            return Everything()
        if self.token.kind == END:
            hint = "* alone stands for every entry"
            raise BadQueryError(self.query, 0, "there is no word in the query", hint)
        root = self._either()
        if self.token.kind == CLOSE:
            raise self._fault(self.token, "no parenthesis is open that this one could close")
        return root

    def _either(self) -> Node:
        """Read operands of OR."""
        nodes = [self._chain()]
        while self._take(OR):
            nodes.append(self._chain())
        return Or(tuple(nodes)) if len(nodes) > 1 else nodes[0]

    def _chain(self) -> Node:
        """Read what stands side by side."""
        nodes = [self._joined()]
        while self.token.kind in (OPEN, NOT, VALUE):
            nodes.append(self._joined())
        return And(tuple(nodes)) if len(nodes) > 1 else nodes[0]

    def _joined(self) -> Node:
        """Read operands of AND."""
        nodes = [self._operand()]
        while self._take(AND):
            nodes.append(self._operand())
        return And(tuple(nodes), explicit=True) if len(nodes) > 1 else nodes[0]

    def _operand(self) -> Node:
        """Read a value or a group, perhaps negated."""
        token = self.token
        if token.kind not in (OPEN, NOT, VALUE):
            raise self._missing_operand()
        self.place += 1
        if token.kind == VALUE and (node := self._saved(token)) is not None:
            return node
        if token.kind == VALUE:
            return self.terms.node(token, negated=self.negations > 0)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._fault(token, f"the query is nested deeper than {_DEEPEST} levels")
        node = self._negation() if token.kind == NOT else self._group(token)
        self.depth -= 1
        return node

    def _saved(self, token: Token) -> Node | None:
        """Return the node of a saved query that is named; None for what names none, as in a pasted title."""
        if not token.text.startswith(SIGN) or token.quoted or token.field:
            return None
        name, queries = token.text[1:].casefold(), self.how.saved()
        if name in self.within:
            raise self._fault(token, f"the saved query {token.text} is made of itself")
        if name not in queries and self.how.pasted:
            return None
        if name not in queries:
            meant = did_you_mean(name, queries)
            hint = f"did you mean {SIGN}{meant}?" if meant else f"'\"{token.text}\"' looks for the word"
            raise self._fault(token, f"there is no saved query {token.text}", hint)
        try:
            query = _parse(queries[name], self.how, (*self.within, name))
        except BadQueryError as error:
            error.add_note(f"in the saved query {token.text}; `newsarchive queries` lists them")
            raise
        self.terms.notes += query.notes
        return Group(query.root)

    def _negation(self) -> Not:
        """Read what is negated."""
        self.negations += 1
        node = self._operand()
        self.negations -= 1
        return Not(node)

    def _group(self, opening: Token) -> Group:
        """Read what follows an opening parenthesis, and the closing one."""
        node = self._either()
        if not self._take(CLOSE):
            raise self._fault(opening, "this parenthesis is never closed")
        return Group(node)

    def _take(self, kind: str) -> bool:
        """Step over the next token if it is of that kind."""
        if self.token.kind != kind:
            return False
        self.place += 1
        return True

    def _missing_operand(self) -> BadQueryError:
        """Say what is wrong where a value or a group should stand and none does."""
        token = self.token
        before = self.tokens[self.place - 1] if self.place else None
        if before and before.kind in (AND, OR, NOT):
            return self._dangling(before, "after")
        if token.kind in (AND, OR):
            return self._dangling(token, "before")
        if before and token.kind == CLOSE:
            return self._fault(before, "there is nothing between these parentheses")
        if before:
            return self._fault(before, "this parenthesis is never closed")
        return self._fault(token, "no parenthesis is open that this one could close")

    def _dangling(self, operator: Token, side: str) -> BadQueryError:
        hint = "in lower case it is a word like any other" if operator.text.isalpha() else None
        return self._fault(operator, f"{operator.text} has nothing {side} it", hint)

    def _fault(self, token: Token, reason: str, hint: str | None = None) -> BadQueryError:
        return BadQueryError(self.query, token.position, reason, hint)
