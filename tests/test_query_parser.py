"""The selection language: what a text becomes, and where its faults are."""

from __future__ import annotations

from datetime import date

import pytest

from newsarchive.dates.ranges import DateRange
from newsarchive.errors import BadQueryError
from newsarchive.query.parser import parse
from newsarchive.query.tree import (
    And,
    DateTerm,
    Everything,
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

WEDNESDAY = date(2024, 12, 18)
A, B, C, D = map(Word, "abcd")


def root(text: str) -> Node:
    return parse(text, today=WEDNESDAY).root


def fault(text: str) -> BadQueryError:
    with pytest.raises(BadQueryError) as caught:
        parse(text, today=WEDNESDAY)
    return caught.value


# --- the grammar ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "  \n", "*", " * "])
def test_everything(text: str) -> None:
    """It reads nothing, or an asterisk alone, as every entry."""
    query = parse(text, today=WEDNESDAY)

    assert query.root == Everything()
    assert query.is_everything


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B), explicit=True)),
        ("a b AND c", And((A, And((B, C), explicit=True)))),
        ("a AND b c AND d", And((And((A, B), explicit=True), And((C, D), explicit=True)))),
        ("a OR b c", Or((A, And((B, C))))),
        ("a OR b OR c", Or((A, B, C))),
        ("a AND b OR c", Or((And((A, B), explicit=True), C))),
        ("(a OR b) c", And((Group(Or((A, B))), C))),
        ("((a))", Group(Group(A))),
        ("a(b)c", And((A, Group(B), C))),
    ],
)
def test_operators(text: str, tree: Node) -> None:
    """It binds NOT, AND, standing side by side, OR, in this order."""
    assert root(text) == tree


@pytest.mark.parametrize("text", ["a and b", "a или b", "a or b", "and", "not a", "AND*", "ANDs", "aNOT"])
def test_operators_need_capitals(text: str) -> None:
    """It reads operators in capitals only; anything else is a word."""
    words = [Word(word.removesuffix("*"), prefix=word.endswith("*")) for word in text.split()]

    assert root(text) == (words[0] if len(words) == 1 else And(tuple(words)))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("-a", Not(A)),
        ("NOT a", Not(A)),
        ("--a", Not(Not(A))),
        ("NOT -a", Not(Not(A))),
        ("-(a b)", Not(Group(And((A, B))))),
        ('-"a b"', Not(Phrase("a b"))),
        ("-tag:a", Not(TagTerm("a"))),
        ('-title:"a b"', Not(TextTerm("title", Phrase("a b")))),
        ("a -b", And((A, Not(B)))),
        ("a AND NOT b", And((A, Not(B)), explicit=True)),
        ("NOT(a)", Not(Group(A))),
    ],
)
def test_negation(text: str, tree: Node) -> None:
    """It negates what a dash or NOT stands before."""
    assert root(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("snow-leopard", Word("snow-leopard")),
        ("2020/21", Word("2020/21")),
        ("migrat*", Word("migrat", prefix=True)),
        ("snow-leop**", Word("snow-leop", prefix=True)),
        ("O'Connell’s", Word("O'Connell’s")),
        ("Межнев,", Word("Межнев,")),
        ('"snow leopard"', Phrase("snow leopard")),
        ('a"b c"d', And((A, Phrase("b c"), D))),
        ('"a OR (b"', Phrase("a OR (b")),
        ("+news", Word("+news")),
        ("2016..2018", Word("2016..2018")),
    ],
)
def test_words(text: str, tree: Node) -> None:
    """It keeps a word as typed, without the asterisk that marks a beginning."""
    assert root(text) == tree


@pytest.mark.parametrize("text", ["a - b", "a — b", "a ... b", "a -- b", "- a -. b", "a ! b *"])
def test_wordless(text: str) -> None:
    """It leaves out what has neither letter nor digit."""
    assert root(text) == And((A, B))


@pytest.mark.parametrize("text", ["-", "???", "– …", "* -"])
def test_nothing_but_signs(text: str) -> None:
    """It refuses a query of signs alone, which might select everything by mistake."""
    assert fault(text).reason == "there is no word in the query"


# --- fields -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("title:saiga", TextTerm("title", Word("saiga"))),
        ("Title:saiga", TextTerm("title", Word("saiga"))),
        ("summary:migrat*", TextTerm("summary", Word("migrat", prefix=True))),
        ('body:"snow leopard"', TextTerm("body", Phrase("snow leopard"))),
        ("source:-x", TextTerm("source", Word("-x"))),
        ("title:a:b", TextTerm("title", Word("a:b"))),
        ("url:cms.int/en", TextTerm("url", Word("cms.int/en"))),
        ("tag:Mongolia", TagTerm("mongolia")),
        ("tags:mongolia", TagTerm("mongolia")),
        ("tag:species/*", TagTerm("species", subtree=True)),
        ("tag:Press*", TagTerm("press", prefix=True)),
        ("tag:species/sai*", TagTerm("species/sai", prefix=True)),
        ('tag:"Species / Saiga"', TagTerm("species/saiga")),
        ('tag:"Press  Release"', TagTerm("press-release")),
        ('tag:"Big Cats/*"', TagTerm("big-cats", subtree=True)),
        ("lang:en_GB", LanguageTerm("en-gb")),
        ("language:ru", LanguageTerm("ru")),
        ("is:Untagged", IsTerm("untagged")),
        ("has:tag", HasTerm("tags")),
        ("has:lang", HasTerm("languages")),
        ("has:url", HasTerm("url")),
        ("id:7", IdTerm(((7, 7),))),
        ("id:3,7-9", IdTerm(((3, 3), (7, 9)))),
        ("id:3..7", IdTerm(((3, 7),))),
        ("id:5..", IdTerm(((5, None),))),
        ("id:..5", IdTerm(((None, 5),))),
    ],
)
def test_fields(text: str, tree: Node) -> None:
    """It reads a field with a value right after its colon."""
    assert root(text) == tree


@pytest.mark.parametrize(
    ("text", "field", "start", "end", "written"),
    [
        ("date:2016..2018", "date", date(2016, 1, 1), date(2018, 12, 31), "2016..2018"),
        ("date:2021-01", "date", date(2021, 1, 1), date(2021, 1, 31), "2021-01"),
        ("date:2020..", "date", date(2020, 1, 1), None, "2020.."),
        ("added:last-week", "added", date(2024, 12, 9), date(2024, 12, 15), "last-week"),
        ("modified:-10d", "modified", date(2024, 12, 8), WEDNESDAY, "-10d"),
        ('date:"14 Feb 2020"', "date", date(2020, 2, 14), date(2020, 2, 14), "14 Feb 2020"),
        (
            'date:"1 May 2020".."3 May 2020"',
            "date",
            date(2020, 5, 1),
            date(2020, 5, 3),
            "1 May 2020..3 May 2020",
        ),
    ],
)
def test_dates(text: str, field: str, start: date, end: date | None, written: str) -> None:
    """It reads the interval of a date field, counting from the day it was given."""
    assert root(text) == DateTerm(field, DateRange(start, end), written)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Press Release: Afghanistan", ["Press", "Release:", "Afghanistan"]),
        ("Bonn:2014", ["Bonn:2014"]),
        ("at 12:30", ["at", "12:30"]),
        ("title: saiga", ["title:", "saiga"]),
        (":a b", [":a", "b"]),
    ],
)
def test_colon_in_text(text: str, words: list[str]) -> None:
    """It reads a colon as text after an unknown name, and where no value follows at once."""
    found = root(text)

    assert found == (And(tuple(map(Word, words))) if len(words) > 1 else Word(words[0]))


def test_field_before_parenthesis() -> None:
    """It reads a field name before a parenthesis as text, for no value follows."""
    assert root("title:(a)") == And((Word("title:"), Group(A)))


@pytest.mark.parametrize("text", ["https://www.cms.int/en/news", "see:http://x.org/a:b", "urn://x"])
def test_address(text: str) -> None:
    """It looks for a word with :// in the address."""
    assert root(text) == TextTerm("url", Word(text))


def test_wanted_and_required() -> None:
    """It tells the bare words at the top level from what an entry must match."""
    query = parse("saiga -draft tag:mongolia horn AND trade migrat*", today=WEDNESDAY)

    assert query.wanted == (Word("saiga"), Word("migrat", prefix=True))
    assert query.required == (
        Not(Word("draft")),
        TagTerm("mongolia"),
        And((Word("horn"), Word("trade")), explicit=True),
    )


@pytest.mark.parametrize("text", ["a OR b", "(a b)", "a AND b", '"a b"'])
def test_required_alone(text: str) -> None:
    """It wants nothing of a query that is one explicit condition."""
    query = parse(text, today=WEDNESDAY)

    assert query.wanted == ()
    assert query.required == (query.root,)


# --- faults -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("a (b", 2, "this parenthesis is never closed"),
        ("(", 0, "this parenthesis is never closed"),
        ("a) b", 1, "no parenthesis is open that this one could close"),
        (")", 0, "no parenthesis is open that this one could close"),
        ("a ()", 2, "there is nothing between these parentheses"),
        ("a (–)", 2, "there is nothing between these parentheses"),
        ('a "b', 2, "this quotation mark has no partner"),
        ('a b"', 3, "this quotation mark has no partner"),
        ('title:"a', 6, "this quotation mark has no partner"),
        ('date:"2016', 5, "this quotation mark has no partner"),
        ('a ""', 2, "there is no word between these quotation marks"),
        ("a OR", 2, "OR has nothing after it"),
        ("a AND ) b", 2, "AND has nothing after it"),
        ("a NOT", 2, "NOT has nothing after it"),
        ("AND a", 0, "AND has nothing before it"),
        ("(OR a)", 1, "OR has nothing before it"),
        ("a AND OR b", 2, "AND has nothing after it"),
        ("a -tag:*", 7, "'*' is not a tag"),
        ("tag:mo*g", 4, "'mo*g' is not a tag"),
        ('tag:" "', 4, "' ' is not a tag"),
        ("lang:russian", 5, "'russian' is not a language code"),
        ("title:—", 6, "title: needs a word"),
        ("url:https://", 4, "this is no part of an address"),
        ("a is:new", 5, "unknown value 'new' of 'is:'"),
        ("has:author", 4, "unknown value 'author' of 'has:'"),
        ("id:x", 3, "'x' is not an id; write 7, 3,7-9 or 5.."),
        ("id:..", 3, "'..' is not an id; write 7, 3,7-9 or 5.."),
    ],
)
def test_faults(text: str, position: int, reason: str) -> None:
    """It names a fault and its position."""
    error = fault(text)

    assert (error.position, error.reason) == (position, reason)


def test_bad_date() -> None:
    """It points at the value of a date that it cannot read, and gives both readings of an ambiguous one."""
    error = fault("saiga date:02/03/2016")

    assert error.position == 11
    assert "2016-02-03 or 2016-03-02" in str(error) or "2016-03-02 or 2016-02-03" in str(error)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titel:x", "unknown field 'titel'; did you mean 'title:'?\n  titel:x\n  ^"),
        ("a -tga:x", "unknown field 'tga'; did you mean 'tag:'?\n  a -tga:x\n     ^"),
        ("langs:ru", "unknown field 'langs'; did you mean 'lang:'?\n  langs:ru\n  ^"),
        ("is:untaged", "unknown value 'untaged' of 'is:'; did you mean 'is:untagged'?\n  is:untaged\n     ^"),
    ],
)
def test_did_you_mean(text: str, message: str) -> None:
    """It guesses a misspelt name by one edit."""
    assert str(fault(text)) == message


def test_longest() -> None:
    """It refuses a query of more than a thousand characters."""
    assert root("a" * 1000) == Word("a" * 1000)
    assert fault("a" * 1001).reason == "the query has 1,001 characters and may have 1,000"


@pytest.mark.parametrize("text", ["(" * 51 + "a" + ")" * 51, "-" * 51 + "a", "NOT " * 51 + "a", "(" * 999])
def test_deepest(text: str) -> None:
    """It refuses a query that is nested deeper than fifty levels."""
    assert fault(text).reason == "the query is nested deeper than 50 levels"


def test_deep_enough() -> None:
    """It reads fifty levels, and any number of them side by side."""
    assert str(root("(" * 50 + "a" + ")" * 50)) == "(" * 50 + "a" + ")" * 50
    assert len(root("(a) -b " * 100).nodes) == 200  # type: ignore[union-attr]


# --- notes ------------------------------------------------------------------------------------------------


def test_reversed_range() -> None:
    """It turns a reversed range of dates round and says so."""
    query = parse("date:2018..2016", today=WEDNESDAY)

    assert query.root == DateTerm("date", DateRange(date(2016, 1, 1), date(2018, 12, 31)), "2018..2016")
    assert query.notes == ("date:2018..2016 runs backwards and was turned round",)


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("tag:mongolai", ("there is no tag 'mongolai'; did you mean 'mongolia'?",)),
        ('-tag:"Mongolai"', ("there is no tag 'mongolai'; did you mean 'mongolia'?",)),
        ("tag:specie/*", ("there is no tag 'specie'; did you mean 'species'?",)),
        ("tag:mongolia", ()),
        ("mongolai", ()),
    ],
)
def test_unknown_tag(text: str, notes: tuple[str, ...]) -> None:
    """It notes a tag that was probably not meant, as a tag is written."""
    meant_tag = {"mongolai": "mongolia", "specie": "species"}.get

    assert parse(text, today=WEDNESDAY, meant_tag=meant_tag).notes == notes
