"""Cut the text of a query into parentheses, operators and values, each with its position."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import Final, NamedTuple

from newsarchive.errors import BadQueryError
from newsarchive.query.fields import ADDRESS, Field, find_field, nearest_name
from newsarchive.query.mistaken import Mistaken, mistaken_field
from newsarchive.query.tree import RESERVED
from newsarchive.text.words import words

OPEN, CLOSE, AND, OR, NOT, VALUE, END = "(", ")", "AND", "OR", "NOT", "value", "end"

_CHUNK: Final = re.compile(r'[^\s()"]*')
_RANGE: Final = re.compile(r'(?:[^\s()"]|"[^"]*")*')  # date:"14 Feb 2020".."1 March 2020"


class Token(NamedTuple):
    """A piece of a query; `position` is that of the value where a field stands before it.

    `mistaken` is what looks like a field in it and is none.
    """

    kind: str
    text: str
    position: int
    field: Field | None = None
    quoted: bool = False
    mistaken: Mistaken | None = None


def tokens(query: str, *, pasted: bool = False) -> Iterator[Token]:
    """Yield the tokens of `query`, END last; words without a letter or digit are left out.

    Raises BadQueryError for an unpaired or empty pair of quotation marks and for a misspelt field. In a
    `pasted` text quotation marks without a partner, or without a word, are signs like others.
    """
    position = 0
    while position < len(query):
        character = query[position]
        if character.isspace():
            position += 1
        elif character in "()":
            yield Token(character, character, position)
            position += 1
        elif character == '"' and pasted and not _is_phrase(query, position):
            position += 1
        elif character == '"':
            position = yield from _phrase(query, position, None)
        else:
            position = yield from _chunk(query, position)
    yield Token(END, "", len(query))


def _chunk(query: str, start: int) -> Generator[Token, None, int]:
    """Yield what stands between blanks, parentheses and quotation marks, and return where it ends."""
    chunk = _run(_CHUNK, query, start)
    end = start + len(chunk)
    word = chunk.lstrip("-")
    word_at = end - len(word)
    negations = [Token(NOT, "-", position) for position in range(start, word_at)]
    following = query[end : end + 1]
    if chunk in RESERVED:
        yield Token(chunk, chunk, start)
    elif not word:
        yield from negations if following in ("(", '"') else ()
    elif field := _field(query, word_at, word, following):
        yield from negations
        end = yield from _value(query, word_at + word.index(":") + 1, field)
    elif "://" in word or words(word):
        yield from negations
        is_address = "://" in word
        mistaken = None if is_address else mistaken_field(word, following)
        yield Token(VALUE, word, word_at, ADDRESS if is_address else None, mistaken=mistaken)
    return end


def _field(query: str, position: int, word: str, following: str) -> Field | None:
    """Return the field that `word` begins with, provided that a value follows its colon at once."""
    name, colon, value = word.partition(":")
    if not colon or value.startswith("//") or not (value or following == '"'):
        return None
    field = find_field(name)
    if field is None and (meant := nearest_name(name)):
        raise BadQueryError(query, position, f"unknown field {name!r}", f"did you mean '{meant}:'?")
    return field


def _value(query: str, start: int, field: Field) -> Generator[Token, None, int]:
    """Yield the value of a field and return where it ends; in a range each end may be quoted."""
    text = _run(_RANGE if field.kind in ("date", "id") else _CHUNK, query, start)
    if not text:
        return (yield from _phrase(query, start, field))
    yield Token(VALUE, text.replace('"', ""), start, field)
    return start + len(text)


def _is_phrase(query: str, start: int) -> bool:
    """Whether a quotation mark has a partner and there are words between the two."""
    end = query.find('"', start + 1)
    return end > 0 and bool(words(query[start + 1 : end]))


def _phrase(query: str, start: int, field: Field | None) -> Generator[Token, None, int]:
    """Yield what stands between two quotation marks and return where it ends."""
    end = query.find('"', start + 1)
    if end < 0:
        raise BadQueryError(query, start, "this quotation mark has no partner")
    text = query[start + 1 : end]
    if field is None and not words(text):
        raise BadQueryError(query, start, "there is no word between these quotation marks")
    yield Token(VALUE, text, start, field, quoted=True)
    return end + 1


def _run(pattern: re.Pattern[str], query: str, start: int) -> str:
    found = pattern.match(query, start)
    return found[0] if found else ""
