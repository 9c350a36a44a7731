"""What in the tokens of a query is text after all: who pastes a title does not write in a language.

`search` reads a query so, where a word too many only ranks; every other command keeps to the letter of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newsarchive.query.lexer import AND, CLOSE, NOT, OPEN, OR, VALUE, Token
from newsarchive.text.words import words

_FEWEST_WORDS: Final = 4
"""So many words in capitals are a title; `CITES OR CMS` is not."""

_OPERATORS: Final = (AND, OR, NOT)


def read_as_pasted(query: str, tokens: Sequence[Token]) -> list[Token]:
    """Return `tokens` with operators of a title in capitals as words, and without parentheses of titles."""
    if _is_in_capitals(query, tokens):
        return [_as_word(token) for token in tokens]
    return _without_plain_parentheses(tokens)


def _is_in_capitals(query: str, tokens: Sequence[Token]) -> bool:
    """Whether a query is so many words in capitals and nothing that only a query has."""
    if query.upper() != query or query.lower() == query:
        return False
    values = [token for token in tokens if token.kind == VALUE]
    if any(token.field or token.quoted for token in values) or any(sign in query for sign in '()"'):
        return False
    return sum(len(words(token.text)) for token in values) >= _FEWEST_WORDS


def _as_word(token: Token) -> Token:
    is_operator = token.kind in _OPERATORS and token.text.isalpha()
    return token._replace(kind=VALUE) if is_operator else token


def _without_plain_parentheses(tokens: Sequence[Token]) -> list[Token]:
    """Leave out each pair of parentheses with bare words in it and no operator beside it, and strays."""
    text: set[int] = set()
    open_ones: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind == OPEN:
            open_ones.append(place)
        elif token.kind == CLOSE and not open_ones:
            text.add(place)
        elif token.kind == CLOSE:
            start = open_ones.pop()
            if _is_plain(tokens[start + 1 : place]) and not _is_operand(tokens, start, place):
                text |= {start, place}
    if not any(token.kind in _OPERATORS for token in tokens):
        text.update(open_ones)
    return [token for place, token in enumerate(tokens) if place not in text]


def _is_plain(inside: Sequence[Token]) -> bool:
    return not any(token.kind in _OPERATORS or token.field for token in inside)


def _is_operand(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether what stands from `start` to `end` belongs to an operator before or after it."""
    before = tokens[start - 1].kind if start else ""
    return before in _OPERATORS or tokens[end + 1].kind in (AND, OR)
