"""Citations: BibTeX as bibtexparser reads it, and CSL-JSON."""

from __future__ import annotations

import json
from typing import Any

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_and_writing import written
from strategies import archives, entries

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry

NEWS = Entry(
    id=7,
    title="Saiga & Gobi_Bear: 100%",
    date=PartialDate(2021, 1, 29),
    summary="one\ntwo",
    body="Not cited",
    url="https://www.cms.int/a_b?x=1&y=%20#frag",
    source="CMS News",
    languages=("en", "ru"),
    tags=("news", "species/saiga"),
)
PLAIN = Entry(id=8, title="Межнев")


def read_bibtex(data: bytes, *, as_text: bool) -> dict[str, dict[str, str]]:
    """Return the fields of each item by its key, either as they stand or what LaTeX makes of them."""
    stack = [LatexDecodingMiddleware(keep_math_mode=False)] if as_text else []
    library = bibtexparser.parse_string(data.decode(), append_middleware=stack)
    assert not library.failed_blocks
    return {item.key: {field.key: field.value for field in item.fields} for item in library.entries}


# --- BibTeX -----------------------------------------------------------------------------------------------


def test_a_bibtex_item_is_a_misc() -> None:
    """It writes a field a line, what LaTeX would take for a command escaped, the address as it is."""
    assert written("bibtex", [NEWS]).decode() == (
        "@misc{saiga-gobi-bear-100-2021-7,\n"
        "  title = {{Saiga \\& Gobi\\_Bear: 100\\%}},\n"
        "  date = {2021-01-29},\n"
        "  year = {2021},\n"
        "  month = jan,\n"
        "  organization = {CMS News},\n"
        "  abstract = {one\ntwo},\n"
        "  keywords = {news, species/saiga},\n"
        "  language = {en},\n"
        "  url = {https://www.cms.int/a_b?x=1&y=%20#frag}\n"
        "}\n"
    )


def test_a_bibtex_item_has_what_is_known() -> None:
    """It leaves out the fields that are empty, and separates items by a blank line."""
    assert written("bibtex", [PLAIN, PLAIN]).decode() == (
        "@misc{mezhnev-8,\n  title = {{Межнев}}\n}\n\n@misc{mezhnev-8,\n  title = {{Межнев}}\n}\n"
    )
    assert written("bibtex", []) == b""


@pytest.mark.parametrize(
    ("date", "fields"),
    [
        (PartialDate(2021), {"date": "2021", "year": "2021"}),
        (PartialDate(2021, 12), {"date": "2021-12", "year": "2021", "month": "dec"}),
    ],
)
def test_bibtex_has_dates_of_any_precision(date: PartialDate, fields: dict[str, str]) -> None:
    """It writes no month or day that is not known."""
    (item,) = read_bibtex(written("bibtex", [Entry(id=1, title="a", date=date)]), as_text=False).values()

    assert item == {"title": "{a}", **fields}


@pytest.mark.parametrize(
    ("title", "source"),
    [
        (r"a\b", r"a{\textbackslash}b"),
        ("a ~ b^c", r"a {\textasciitilde} b{\textasciicircum}c"),
        ("$5 #1", r"\$5 \#1"),
        ("a {b {c}} d", r"a \{b \{c\}\} d"),
        ("} a {b} {", r"{\textbraceright} a \{b\} {\textbraceleft}"),
        ("a -- b --- c", "a -{}- b -{}-{}- c"),
        ("``a'' <<b>>", "`{}`a'{}' <{}<b>{}>"),
        ("Ciudad, ?`qué?", "Ciudad, ?{}`qué?"),
        ('"Снежный барс" – ё', '"Снежный барс" – ё'),
    ],
)
def test_bibtex_is_latex(title: str, source: str) -> None:
    """It writes what LaTeX would not typeset as it is by commands, and letters as they are."""
    assert f"title = {{{{{source}}}}}" in written("bibtex", [Entry(id=1, title=title)]).decode()


def _is_known_to_the_decoder(text: str) -> bool:
    """Say whether pylatexenc reads a text's source rightly: it has two commands too few and one accent."""
    depth = [text[:end].count("{") - text[:end].count("}") for end in range(len(text) + 1)]
    return min(depth) == 0 == depth[-1] and "^" not in text


_texts = st.text(st.sampled_from("ab {}()\\%&$#_~-'`<>,!?\"@=жё\n"), max_size=20).filter(
    _is_known_to_the_decoder
)


@settings(deadline=None)
@given(title=_texts.map(lambda text: text.replace("\n", " ").strip()).filter(bool), summary=_texts)
def test_bibtex_comes_back_as_text(title: str, summary: str) -> None:
    """It is read back as the same characters, whatever LaTeX would make of them unescaped."""
    entry = Entry(id=1, title=title, summary=summary)

    (item,) = read_bibtex(written("bibtex", [entry]), as_text=True).values()

    assert item == {"title": entry.title} | ({"abstract": entry.summary} if entry.summary else {})


@settings(deadline=None)
@given(archives())
def test_no_entry_breaks_bibtex(entries: list[Entry]) -> None:
    """It is readable whatever the texts hold: as many items, with keys of their own."""
    items = read_bibtex(written("bibtex", entries), as_text=False)

    assert len(items) == len(entries)
    for key, item in items.items():
        assert key.isascii()
        assert item.keys() <= {
            "title",
            "date",
            "year",
            "month",
            "organization",
            "abstract",
            "keywords",
            "language",
            "url",
        }


# --- CSL-JSON ---------------------------------------------------------------------------------------------


def read_csl(entries: list[Entry]) -> list[dict[str, Any]]:
    """Return the items of a CSL-JSON file."""
    items: list[dict[str, Any]] = json.loads(written("csl-json", entries))
    return items


def test_a_csl_item_is_a_page_of_the_web() -> None:
    """It writes the variables that CSL has for what is known, with the keys of BibTeX."""
    assert read_csl([NEWS, PLAIN]) == [
        {
            "id": "saiga-gobi-bear-100-2021-7",
            "type": "webpage",
            "title": "Saiga & Gobi_Bear: 100%",
            "issued": {"date-parts": [[2021, 1, 29]]},
            "container-title": "CMS News",
            "abstract": "one\ntwo",
            "URL": "https://www.cms.int/a_b?x=1&y=%20#frag",
            "language": "en",
            "keyword": "news, species/saiga",
            "source": "CMS News",
        },
        {"id": "mezhnev-8", "type": "webpage", "title": "Межнев"},
    ]
    assert read_csl([]) == []


@pytest.mark.parametrize(
    ("date", "parts"), [(PartialDate(2021), [2021]), (PartialDate(2021, 1), [2021, 1]), (PartialDate(7), [7])]
)
def test_csl_has_dates_of_any_precision(date: PartialDate, parts: list[int]) -> None:
    """It writes the parts of a date that are known."""
    (item,) = read_csl([Entry(id=1, title="a", date=date)])

    assert item["issued"] == {"date-parts": [parts]}


@pytest.mark.parametrize("source", ["cami-news-listing.txt", "export.CSV", "https://www.cms.int/news"])
def test_a_file_is_no_publication(source: str) -> None:
    """It does not cite the file or the page that an entry was imported from as what it appeared in."""
    (item,) = read_csl([Entry(id=1, title="a", source=source)])

    assert "container-title" not in item
    assert item["source"] == source


@settings(deadline=None)
@given(entries())
def test_csl_titles_come_back(entry: Entry) -> None:
    """It is JSON, whatever the texts hold."""
    (item,) = read_csl([entry])

    assert (item["title"], item.get("abstract")) == (entry.title, entry.summary)


# --- keys -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        (Entry(id=3, title="Saiga", date=PartialDate(2021, 5)), "saiga-2021-3"),
        (Entry(id=3, title="… !"), "3"),
        (Entry(title="… !"), "entry"),
        (
            Entry(id=3, title="The Argali Sheep – Trophy Hunting as a Measure?"),
            "the-argali-sheep-trophy-hunting-as-a-3",
        ),
    ],
)
def test_a_key_is_made_of_the_entry_alone(entry: Entry, key: str) -> None:
    """It is the same whatever else is exported, as texts cite by it."""
    (item,) = read_csl([entry])

    assert item["id"] == key
