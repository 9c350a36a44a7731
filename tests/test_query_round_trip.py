"""A tree written as text and read again, and what no text may do to the parser."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newsarchive.dates.ranges import parse_range
from newsarchive.entry import Entry
from newsarchive.errors import BadQueryError
from newsarchive.query.matching import matcher
from newsarchive.query.parser import parse
from newsarchive.query.tree import (
    And,
    DateTerm,
    Group,
    HasTerm,
    IdTerm,
    IsTerm,
    LanguageTerm,
    Node,
    Not,
    Or,
    Phrase,
    TagTerm,
    TextTerm,
    Word,
)
from newsarchive.text.tags import normal_tag

TODAY = date(2024, 12, 18)
ENTRY = Entry(
    id=7, title="Saiga’s horn: Межнев Антон", summary="O'Connell\ncafé ½ ﷺ", tags=("species/saiga",)
)

word_texts = st.from_regex(r"[a-zа-яё0-9](?:[a-z0-9'’.,/_-]{0,8}[a-zé0-9])?", fullmatch=True)
words = st.builds(Word, word_texts, prefix=st.booleans())
phrases = st.builds(Phrase, st.from_regex(r"[a-z(]{0,3}[a-z0-9][a-z AND():*-]{0,12}", fullmatch=True))
date_texts = st.sampled_from(
    ["2021", "2016..2018", "2020..", "..-6m", "last-week", "14 Feb 2020", "2020Q1..2021"]
)
numbers = st.integers(0, 10**9)
intervals = st.one_of(
    numbers.map(lambda number: (number, number)),
    st.lists(numbers, min_size=2, max_size=2, unique=True).map(lambda pair: (min(pair), max(pair))),
    numbers.map(lambda number: (number, None)),
    numbers.map(lambda number: (None, number)),
)
terms = st.one_of(
    words,
    phrases,
    st.builds(TextTerm, st.sampled_from(["title", "summary", "body", "source", "url"]), words | phrases),
    st.builds(
        lambda tag, kind: TagTerm(normal_tag(tag), subtree=kind == "subtree", prefix=kind == "prefix"),
        st.from_regex(r"[a-zа-я0-9][a-z(/)._-]{0,5}[a-z0-9]", fullmatch=True),
        st.sampled_from(["", "subtree", "prefix"]),
    ),
    st.builds(LanguageTerm, st.sampled_from(["en", "pt-br", "zh-hant"])),
    st.builds(
        lambda field, text: DateTerm(field, parse_range(text, today=TODAY), text),
        st.sampled_from(["date", "added", "modified"]),
        date_texts,
    ),
    st.lists(intervals, min_size=1, max_size=3).map(lambda ranges: IdTerm(tuple(ranges))),
    st.builds(IsTerm, st.sampled_from(["untagged", "undated", "translated", "untranslated"])),
    st.builds(HasTerm, st.sampled_from(["title", "languages", "tags", "relations", "extra"])),
)


def sequences(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.lists(nodes, min_size=2, max_size=4).map(tuple)


def larger(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Build the levels of the grammar, each from the one below it."""
    atoms = terms | st.builds(Group, nodes)
    operands = atoms | st.builds(Not, atoms) | st.builds(Not, st.builds(Not, atoms))
    joined = operands | st.builds(lambda several: And(several, explicit=True), sequences(operands))
    chains = joined | st.builds(And, sequences(joined))
    return chains | st.builds(Or, sequences(chains))


trees = st.recursive(terms, larger, max_leaves=12)


@given(trees)
def test_trees_survive(tree: Node) -> None:
    """It reads what a tree is written as back as that tree."""
    text = str(tree)
    assume(len(text) <= 1000)

    assert parse(text, today=TODAY).root == tree


PIECES = [
    *(
        "saiga",
        "Межнев",
        "O'Connell",
        "ŋø",
        "日本語",
        "सैगा",
        "½",
        "🦌",
        "a" * 40,
        "é",
        "и\u0306",
        "\u0301",
        "\ud800",
    ),
    *(
        "AND",
        "OR",
        "NOT",
        "-",
        "--",
        "*",
        "(",
        ")",
        '"',
        ":",
        "://",
        "..",
        "/*",
        ",",
        "'",
        "’",
        "“",
        " ",
        "\n",
        "\x00",
    ),
    *("title:", "tag:", "tags:", "date:", "added:", "url:", "id:", "is:", "has:", "lang:", "titel:", "x:"),
    *(
        "2016",
        "2016-13",
        "02/03/2016",
        "-3w",
        "today",
        "9999",
        "0000",
        "99999999999999999999",
        "untagged",
        "en-",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=30))
def test_texts_survive(text: str) -> None:
    """It reads the text of what it has read as the same again."""
    try:
        query = parse(text, today=TODAY)
    except BadQueryError:
        assume(False)

    assert parse(str(query), today=TODAY).root == query.root


@pytest.mark.parametrize("seed", range(4))
def test_no_text_breaks_it(seed: int) -> None:
    """It takes any text, or refuses it with a position inside the query; what it takes can be matched."""
    chance = random.Random(seed)
    faults: list[BadQueryError] = []
    characters = [*" -()\"*:.,'’/&#[]{}\\|~+=<>\t\u00a0\u2028\u202e", *"aбçßŒöЯ1½ﷺ", chr(0x1F98C), "\ud800"]

    for _ in range(1000):
        text = "".join(chance.choices(PIECES + characters, k=chance.randrange(20)))
        try:
            matcher(parse(text, today=TODAY, meant_tag=lambda tag: tag[::-1]).root)(ENTRY)
        except BadQueryError as error:
            faults.append(error)

    assert all(0 <= fault.position <= len(fault.query) for fault in faults)
