"""The words of a query as they were typed, with what was typed in pieces put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from newsarchive.query.tree import Phrase, Word
from newsarchive.text.numbers import (
    HYPHENS,
    LONGEST_LETTERS,
    SEPARATORS,
    is_code,
    is_parted,
    is_year,
    parted,
    parts,
)
from newsarchive.text.words import spans

BLANK: Final = " "


class Typed(NamedTuple):
    """A word of the query: as it was typed, folded, and whether it is the beginning of one (`migrat*`).

    `joint` is what stands before it and after the word before: a blank, a sign, nothing before the first.
    `ways` are the pieces that the word may be in: those of COP12, of 1500. `is_loose` says that it was typed
    with a blank, as `COP 12`, and `is_switched` that the keyboard was set to the other alphabet.
    """

    text: str
    folded: str
    is_prefix: bool = False
    joint: str = ""
    ways: tuple[tuple[str, ...], ...] = ()
    is_loose: bool = False
    is_switched: bool = False


def typed_words(nodes: Iterable[Word | Phrase]) -> Iterator[Typed]:
    """Yield the words of nodes; an asterisk after a node makes its last word the beginning of one."""
    for node in nodes:
        end, joint, word = 0, BLANK, None
        for folded, start, after in spans(node.text):
            if not folded:
                continue
            if word:
                yield word
                joint = node.text[end:start]
            word = Typed(node.text[start:after], folded, joint=joint)
            end = after
        if word and isinstance(node, Word) and node.prefix:
            word = word._replace(text=f"{word.text}*", is_prefix=True)
        if word:
            yield word


def put_together(words: Sequence[Typed], belongs: Callable[[Typed, Typed], bool]) -> list[Typed]:
    """Return `words` with each that was typed in pieces as one: CoP-12, COP 12, 1,500.

    `belongs` is asked of letters and a number with a blank between them whether they are one.
    """
    found: list[Typed] = []
    for word in words:
        before = found[-1] if found else None
        if before and _is_one(before, word, belongs):
            found[-1] = _one(before, word)
        else:
            found.append(word)
    return [word._replace(ways=_ways(word)) for word in found]


def _is_one(before: Typed, word: Typed, belongs: Callable[[Typed, Typed], bool]) -> bool:
    if before.is_prefix or word.is_prefix or not word.folded.isdigit():
        return False
    if before.folded.isdigit():
        pieces = (*(before.ways[0] if before.ways else (before.folded,)), word.folded)
        return word.joint in SEPARATORS and is_parted(pieces)
    if not before.folded.isalpha():
        return False
    return word.joint in HYPHENS or (word.joint == BLANK and belongs(before, word))


def _one(before: Typed, word: Typed) -> Typed:
    return Typed(
        f"{before.text}{word.joint}{word.text}",
        before.folded + word.folded,
        joint=before.joint,
        ways=((*(before.ways[0] if before.ways else (before.folded,)), word.folded),),
        is_loose=word.joint == BLANK,
    )


def pieces(word: Typed) -> Iterator[Typed]:
    """Yield the words that were put together although a blank stood between them; any other as it is."""
    if not word.is_loose:
        yield word
        return
    yield from (Typed(text, folded) for text, folded in zip(word.text.split(), word.ways[0], strict=True))


def _ways(word: Typed) -> tuple[tuple[str, ...], ...]:
    if word.is_prefix:
        return ()
    return (tuple(parts(word.folded)),) if is_code(word.folded) else tuple(parted(word.folded))


def looks_like_code(letters: Typed, number: Typed) -> bool:
    """Whether letters and a number may be one word with a blank in it, as COP 12 is; never with a year."""
    return len(letters.folded) <= LONGEST_LETTERS and not is_year(number.folded)
