"""Read the selection language: the text of a query becomes its tree.

    query = or                          and = not { ["AND"] not }
    or    = and { "OR" and }            not = ("NOT" | "-") not | atom
    atom  = "(" query ")" | [field ":"] value

AND between two operands binds closer than their standing side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from newsarchive.errors import BadQueryError
from newsarchive.query.ids import ids_only, parse_ids
from newsarchive.query.lexer import AND, CLOSE, END, NOT, OPEN, OR, VALUE, Token, tokens
from newsarchive.query.pasting import read_as_pasted
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
) -> Query:
    """Read a query; `today` is what relative dates count from, `fiscal` the month that fiscal years begin with.

    `meant_tag` is asked for each tag, and returns the one that was probably meant by one that is not there.
    With `pasted` a title is read as words although it looks like a query, see `pasting`. With `writing`, what
    looks like a field and is none is a fault wherever it stands, and not behind a negation only.
    Raises BadQueryError with the position of the fault.
    """
    if len(text) > LONGEST:
        reason = f"the query has {len(text):,} characters and may have {LONGEST:,}"
        raise BadQueryError(f"{text[:60]}…", 60, reason)
    found = list(tokens(text, pasted=pasted))
    terms = Terms(text, today, meant_tag, writing=writing, fiscal=fiscal)
    parser = _Parser(text, read_as_pasted(text, found) if pasted else found, terms)
    return Query(text, parser.whole(), tuple(parser.terms.notes))


class _Parser:
    """A recursive descent over the tokens of one query."""

    def __init__(self, query: str, tokens: Sequence[Token], terms: Terms) -> None:
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
        if token.kind == VALUE:
            return self.terms.node(token, negated=self.negations > 0)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._fault(token, f"the query is nested deeper than {_DEEPEST} levels")
        node = self._negation() if token.kind == NOT else self._group(token)
        self.depth -= 1
        return node

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
