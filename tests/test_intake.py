"""What a text from outside has to look like before the archive takes it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import entries

from newsarchive.entry import Entry, Relation
from newsarchive.errors import BadTagError, BadValueError
from newsarchive.intake import (
    admit,
    judge_languages,
    lenient_tag,
    normalise_language,
    normalise_tag,
    split_tags,
)


def nested(depth: int) -> dict[str, Any]:
    """Return an object `depth` levels deep."""
    value: Any = "leaf"
    for _ in range(depth):
        value = {"in": value}
    return value  # type: ignore[no-any-return]


# --- tags -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_text", "tag"),
    [
        ("Saiga", "saiga"),
        ("  snow   leopard ", "snow-leopard"),
        ("species/Saiga", "species/saiga"),
        ("Сайгак", "сайгак"),
        ("COP14", "cop14"),
        ("e\u0301le\u0301phant", "éléphant"),
        ("हिन्दी", "हिन्दी"),
        ("1.5_b-c", "1.5_b-c"),
    ],
)
def test_a_tag_has_one_spelling(given_text: str, tag: str) -> None:
    """It trims, composes and lowers a tag, and joins its words by hyphens."""
    assert normalise_tag(given_text) == tag


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a+b", "it holds '+'; tags are made of letters, digits, - _ . and /"),
        ("news,saiga", "it holds ','; tags are made of letters, digits, - _ . and /"),
        ("a\x1bb", "it holds '\\x1b'; tags are made of letters, digits, - _ . and /"),
        ("a\ud800b", "it holds '\\ud800'; tags are made of letters, digits, - _ . and /"),
        ("🦌", "it holds '🦌'; tags are made of letters, digits, - _ . and /"),
        ("-draft", "it begins with '-'; tags begin with a letter or digit"),
        ("species/", "it ends with '/'; tags end with a letter or digit"),
        ("  ", "it is empty"),
        ("a" * 101, "it has 101 characters; 100 are allowed"),
    ],
)
def test_a_tag_is_refused_by_name(text: str, reason: str) -> None:
    """It says which character or length a tag may not have."""
    with pytest.raises(BadTagError) as caught:
        normalise_tag(text)

    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("text", "tag", "is_other"),
    [
        ("Snow leopard", "snow-leopard", False),
        ("R&D", "r-d", True),
        ("C++ / Rust", "c/rust", True),
        ("#saiga!", "saiga", True),
        ("🦌", "", True),
        ("", "", True),
    ],
)
def test_a_foreign_tag_is_made_to_fit(text: str, tag: str, is_other: bool) -> None:
    """It puts a hyphen for what tags may not hold, and says that it did."""
    assert lenient_tag(text) == (tag, is_other)


def test_a_foreign_tag_is_never_cut() -> None:
    """It leaves out a tag that is too long, and the story does not suffer for it."""
    assert lenient_tag("a" * 101) == ("", True)


@given(st.text(max_size=40))
def test_a_foreign_tag_becomes_a_tag_or_nothing(text: str) -> None:
    """It makes something of any text that the strict rule takes as it is."""
    tag, _ = lenient_tag(text)

    assert tag == "" or normalise_tag(tag) == tag


def test_tags_are_split_at_commas_and_semicolons() -> None:
    """It drops blanks around tags, and what is empty."""
    assert split_tags(" news, Snow leopard;;saiga ,") == ["news", "Snow leopard", "saiga"]


# --- languages --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "code"), [("EN", "en"), ("pt_br", "pt-BR"), ("ZH-HANT-tw", "zh-Hant-TW")])
def test_a_language_has_one_spelling(text: str, code: str) -> None:
    """It writes codes the way BCP 47 recommends."""
    assert normalise_language(text) == code


@pytest.mark.parametrize("text", ["", "e", "en;ru", "English language", "en-", "a" * 5000])
def test_what_is_no_language_code_is_refused(text: str) -> None:
    """It refuses what could not be told apart in a cell that joins codes."""
    with pytest.raises(BadValueError, match="languages"):
        normalise_language(text)


def test_languages_are_judged_from_all_texts() -> None:
    """It fills in the languages of the title, summary and body together."""
    entry = Entry(
        title="The saiga of the steppe and the desert",
        summary="Сайгаки вернулись в степь, и их стало больше.",
    )

    assert judge_languages(entry).languages == ("en", "ru")


def test_languages_that_are_named_stay() -> None:
    """It does not judge again what the source has said."""
    entry = Entry(title="The saiga of the steppe", languages=("mn",))

    assert judge_languages(entry) is entry


# --- control characters -----------------------------------------------------------------------------------


def test_control_characters_go_with_a_warning() -> None:
    """It removes what steers a terminal from every text, and counts it by field."""
    entry = Entry(
        title="\x1b[31mRed\x1b[0m\nTitle",
        body="a\tb\r\nc\x00",
        extra={"ke\x07y": ["\x9bx", {"z": "\x7f"}]},
    )

    admitted, warnings = admit(entry)

    assert (admitted.title, admitted.body) == ("[31mRed[0m Title", "a\tb\nc")
    assert admitted.extra == {"key": ["x", {"z": ""}]}
    assert warnings == (
        "title: 2 control characters removed",
        "body: 1 control character removed",
        "extra: 3 control characters removed",
    )


@given(entries())
def test_what_was_admitted_is_admitted_unchanged(entry: Entry) -> None:
    """It never refuses or changes what it has produced."""
    assert admit(entry) == (entry, ())


@given(st.text(), st.text(), st.dictionaries(st.text(), st.text()))
def test_admitting_twice_is_admitting_once(title: str, body: str, extra: dict[str, str]) -> None:
    """It leaves nothing for a second time, whatever hides behind what is removed."""
    try:
        admitted, _ = admit(Entry(title=f"x{title}", summary=title, body=body, extra=extra))
    except BadValueError:
        return

    assert admit(admitted) == (admitted, ())


# --- limits -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": "a" * 501}, "title: has 501 characters; 500 are allowed"),
        ({"body": "я" * 600_000}, "body: has 1,200,000 bytes; 1,048,576 are allowed"),
        ({"tags": tuple(map(str, range(201)))}, "tags: are 201; 200 are allowed"),
        (
            {"url": "javascript:alert(1)"},
            "url: 'javascript' addresses are not taken, only http, https, mailto",
        ),
        ({"url": "java\nscript:x"}, "url: 'java script' addresses are not taken, only http, https, mailto"),
        ({"url": "DATA:text/html,x"}, "url: 'DATA' addresses are not taken, only http, https, mailto"),
        (
            {"relations": (Relation("sequel", 2),)},
            "relations: 'sequel' is none of translation, follow-up, same-story, different-story, replaces",
        ),
        (
            {"relations": (Relation("translation", 2**53),)},
            "relations: 9,007,199,254,740,992 is not an id: ids go from 1 to 9,007,199,254,740,990",
        ),
        ({"id": 0}, "id: 0 is not an id: ids go from 1 to 9,007,199,254,740,990"),
        ({"extra": {"title": "x"}}, "extra: holds 'title', a field of its own"),
        (
            {"extra": {"n": 2**53}},
            "extra: holds a whole number of 2^53 or more, which other programs would change",
        ),
        ({"extra": {"n": [float("nan")]}}, "extra: holds nan, which JSON has no number for"),
        ({"extra": {"n": float("inf")}}, "extra: holds inf, which JSON has no number for"),
        ({"extra": {"n": b"x"}}, "extra: holds a bytes, which JSON has no form for"),
        ({"extra": {"a": {1: "x"}}}, "extra: has a key that is not text"),
        ({"extra": {"a": 1, "a\x00": 2}}, "extra: has keys that differ in nothing but control characters"),
        ({"extra": nested(33)}, "extra: is nested deeper than 32 levels"),
        ({"title": "a\ud800"}, "title: character 2 is half of a surrogate pair"),
        ({"extra": {"\udfff": 1}}, "extra: character 1 is half of a surrogate pair"),
    ],
)
def test_what_is_over_a_limit_is_refused(fields: dict[str, Any], message: str) -> None:
    """It refuses with the field and the reason, and never cuts."""
    with pytest.raises(BadValueError) as caught:
        admit(Entry(**{"title": "A title", **fields}))

    assert str(caught.value) == message


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "a" * 500},
        {"body": "я" * 524_288},
        {"tags": tuple(map(str, range(200)))},
        {"url": "HTTPS://www.cms.int/a:b?c:d#e"},
        {"url": "mailto:cms@cms.int"},
        {"url": "/cami/en/news/1"},
        {"extra": nested(32)},
        {"extra": {"n": 2**53 - 1, "f": 1e300, "b": True, "none": None}},
    ],
)
def test_what_is_at_a_limit_is_taken(fields: dict[str, Any]) -> None:
    """It takes everything up to the limit as it is."""
    entry = Entry(**{"title": "A title", **fields})

    assert admit(entry) == (entry, ())
