"""How a query that finds nothing is relaxed, step by step, as long as one of its words is there.

What an entry must be (its date, tags, languages, ids) and what it must not have hold in every step: only words
may be missing, misspelt or elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from newsarchive.query import tree
from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.text.words import words

_CODE: Final = r"\b[^\W\d_]{1,4}\s+\d+(?!\w)"
"""What may be one word of letters and digits with a blank in it: COP 14."""

Text = tree.Word | tree.Phrase | tree.TextTerm


class Asked(NamedTuple):
    """What is looked for: words that rank, words that must be there in one form or another, conditions.

    Each of `close` is a tuple of texts of which one must be there in some form. Words of letters and digits with
    a blank between them are taken for two with `parted`, and for words that are in no entry the nearest are taken
    with `nearest`. `note` tells the reader what was done.
    """

    wanted: tuple[tree.Word | tree.Phrase, ...]
    required: tuple[tree.Node, ...] = ()
    close: tuple[tuple[Text, ...], ...] = ()
    parted: bool = False
    nearest: bool = False
    note: str = ""


def asked(query: tree.Query) -> Asked:
    """Return what a query asks for as it stands."""
    return Asked(query.wanted, query.required)


def relaxed(query: tree.Query) -> Iterator[Asked]:
    """Yield what may be looked for instead, the nearest to what was asked first."""
    close: list[tuple[Text, ...]] = []
    kept: list[tree.Node] = []
    for node in query.required:
        _part(node, close, kept)
    exact = ", ".join(" OR ".join(map(str, texts)) for texts in close)
    if close:
        note = f"note: nothing has {exact} to the letter; other spellings and forms count too"
        yield Asked(query.wanted, tuple(kept), tuple(close), note=note)
    scattered = tuple(item for texts in close for item in _scattered(texts))
    if len(scattered) > len(close):
        note = f"note: nothing has {exact} side by side; the words may stand anywhere"
        yield Asked(query.wanted, tuple(kept), scattered, note=note)
    texts = tuple(_value(text) for node in query.required for text in _texts(node))
    if not query.wanted and not texts:
        return
    conditions = tuple(node for node in map(_condition, query.required) if node is not None)
    loose = Asked((*query.wanted, *texts), conditions)
    if texts:
        loose = loose._replace(
            note="note: no entry has all that was asked for; any of the words may be missing"
        )
        yield loose
    codes = re.findall(_CODE, " ".join(_value(text).text for text in loose.wanted))
    parted = loose._replace(parted=True)
    if codes:
        note = f"note: nothing has {', '.join(codes)} as one word; its parts may stand anywhere"
        parted = parted._replace(note=loose.note or note)
        yield parted
    yield parted._replace(nearest=True)


def _part(node: tree.Node, close: list[tuple[Text, ...]], kept: list[tree.Node]) -> None:
    """Put a node among the texts or among the conditions."""
    match node:
        case tree.Group(inner):
            _part(inner, close, kept)
        case tree.And(nodes):
            for inner in nodes:
                _part(inner, close, kept)
        case tree.Or(nodes) if all(map(_is_text, nodes)):
            close.append(tuple(_texts(node)))
        case _ if _is_text(node):
            close.append(tuple(_texts(node)))
        case _:
            kept.append(node)


def _scattered(texts: tuple[Text, ...]) -> Iterator[tuple[Text, ...]]:
    """Yield each word of a text by itself; letters and the number after them are one word."""
    if len(texts) > 1:
        yield texts
        return
    for word in re.findall(rf"{_CODE}|\S+", _value(texts[0]).text):
        if words(word):
            node = tree.Word(word)
            yield (tree.TextTerm(texts[0].field, node) if isinstance(texts[0], tree.TextTerm) else node,)


def _is_text(node: tree.Node) -> bool:
    if isinstance(node, tree.TextTerm):
        return node.field in TEXT_FIELDS
    return isinstance(node, tree.Word | tree.Phrase)


def _texts(node: tree.Node) -> Iterator[Text]:
    """Yield the texts in a node, without those that must not be there."""
    match node:
        case tree.Word() | tree.Phrase():
            yield node
        case tree.TextTerm(field) if field in TEXT_FIELDS:
            yield node
        case tree.Group(inner):
            yield from _texts(inner)
        case tree.And(nodes) | tree.Or(nodes):
            for inner in nodes:
                yield from _texts(inner)


def _condition(node: tree.Node) -> tree.Node | None:
    """Return what is left of a node without its texts; nothing is left of alternatives with a text."""
    match node:
        case tree.Group(inner):
            left = _condition(inner)
            return tree.Group(left) if left else None
        case tree.And(nodes):
            return _all(filter(None, map(_condition, nodes)))
        case tree.Or(nodes):
            return None if any(True for inner in nodes for _ in _texts(inner)) else node
        case _:
            return None if _is_text(node) else node


def _all(nodes: Iterable[tree.Node]) -> tree.Node | None:
    left = tuple(nodes)
    return tree.And(left) if len(left) > 1 else next(iter(left), None)


def _value(text: Text) -> tree.Word | tree.Phrase:
    return text.value if isinstance(text, tree.TextTerm) else text


def fields_of(text: Text) -> tuple[str, ...]:
    """Return the fields in which a text is looked for."""
    return (text.field,) if isinstance(text, tree.TextTerm) else TEXT_FIELDS


def words_of(text: Text) -> tree.Word | tree.Phrase:
    """Return a text without its field."""
    return _value(text)
