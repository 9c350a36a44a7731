"""JSON as others hand it out: where the records are, what their keys mean, what their values hold."""

from __future__ import annotations

import json
from typing import Any

import pytest
from reading_and_writing import only_fault, read, read_entries

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry
from newsarchive.formats.base import Fault, Hints, Item, Remark, Source
from newsarchive.formats.registry import reader

STORIES = [{"title": "a"}, {"title": "b"}]


def entry_of(**record: Any) -> Entry:
    """Return the entry of one record in an array."""
    (entry,) = read_entries("json", json.dumps([record]))
    return entry


def titles(document: Any) -> list[str]:
    """Return the titles of all items of a document that has no faults."""
    text = document if isinstance(document, str) else json.dumps(document)
    return [entry.title for entry in read_entries("json", text)]


# --- where the records are --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        {"data": STORIES},
        {"status": "ok", "response": {"docs": STORIES, "count": 2}},
        {"title": "CMS News", "items": STORIES},
        {"press": [{"title": "a"}], "meetings": [{"title": "b"}]},
        [[{"title": "a"}], [{"title": "b"}]],
        [{"page": 1, "items": [{"title": "a"}]}, {"page": 2, "items": [{"title": "b"}]}],
        {"nodes": [{"node": {"title": "a"}}, {"node": {"title": "b"}}]},
        {"data": [{"type": "news", "attributes": {"title": "a"}}, {"attributes": {"title": "b"}}]},
        {"hits": {"hits": [{"_source": {"title": "a"}}, {"_source": {"title": "b"}}]}},
        {"@graph": [{"@type": "NewsArticle", "headline": "a"}, {"headline": "b"}]},
    ],
)
def test_records_are_found_inside_others(document: Any) -> None:
    """It looks for lists of objects with a title, under whatever keys they are."""
    assert titles(document) == ["a", "b"]


def test_places_in_several_lists_are_told_apart() -> None:
    """It says in which list an item stands when there are several."""
    found = read("json", json.dumps({"press": [{"title": "a"}], "other": {"x": [{"title": "b"}]}}), "n.json")

    assert [one.place for one in found] == ["n.json, press item 1", "n.json, other x item 1"]


@pytest.mark.parametrize("key", ["pressReleases2024", "Nachrichten", "новости", "archive_of_news"])
def test_a_wrapper_with_a_title_gives_its_records(key: str) -> None:
    """It finds them whatever the key is called that holds them."""
    records = [{"title": "a", "date": "2021-01-29"}, {"title": "b", "text": "Saiga"}]

    assert titles({"title": "CMS News", "description": "All news", key: records}) == ["a", "b"]


@pytest.mark.parametrize(
    "parts",
    [
        {"body": "Saiga", "chapters": [{"title": "a", "text": "b"}]},
        {"date": "2021-01-29", "comments": [{"name": "a", "text": "b", "date": "2021-01-30"}]},
        {"date": "2021-01-29", "contacts": [{"name": "a", "url": "https://example.org/a"}]},
    ],
)
def test_a_story_with_parts_is_one(parts: dict[str, Any]) -> None:
    """It does not take what belongs to a story for stories."""
    assert titles({"title": "a story", **parts}) == ["a story"]


def test_one_story_is_no_list_of_its_parts() -> None:
    """It does not take what a story holds for stories."""
    entry = entry_of(title="a", related=[{"title": "b"}], author={"name": "Someone"})

    assert entry.extra == {"related": [{"title": "b"}], "author": {"name": "Someone"}}


@pytest.mark.parametrize(
    "text",
    [
        '{"title":"a"}\n{"title":"b"}\n',
        '{"title":"a"}{"title":"b"}',
        '{\n "title":"a"\n}\n{\n "title":"b"\n}\n',
        '[{"title":"a"}][{"title":"b"}]',
        '[{"title":"a"},{"title":"b"},]',
        '{"items":[{"title":"a"}]}\n{"items":[{"title":"b"}]}\n',
    ],
)
def test_values_in_a_row_are_read(text: str) -> None:
    """It reads JSON Lines in a `.json` file, values and arrays one after the other, and a comma too many."""
    assert titles(text) == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ('[{"title":"a"},{"title":"b"},{"title":"c"', "n.json:1:42", "Expecting ',' delimiter"),
        ('[{"title":"a"},\n{"title":"b"}\n', "n.json:2:14", "the array is not closed"),
        ('[{"title":"a"},{"title":"b"},\n\x00\x00', "n.json:2:1", "Expecting value"),
        ('{"title":"a"}{"title":"b"}}', "n.json:1:27", "Expecting value"),
    ],
)
def test_what_stands_before_a_fault_is_read(text: str, place: str, reason: str) -> None:
    """It reads a file that was cut or spoilt up to there, and says where reading ended."""
    *items, fault = read("json", text, "n.json")

    assert [item.entry.title for item in items if isinstance(item, Item)] == ["a", "b"]
    assert fault == Fault(place, f"is not JSON: {reason}; nothing from here on is read")


def test_an_id_that_is_there_twice_is_reported() -> None:
    """It says that the first of two entries with one key is lost, as every JSON parser loses it."""
    found = read("json", '{"entries":{"1":{"title":"a"},"1":{"title":"b"}}}', "n.json")

    assert [item.entry.title for item in found if isinstance(item, Item)] == ["b"]
    assert found[1] == Fault(
        "n.json", "the key '1' is there twice in one object, of which only the last one is read"
    )


@pytest.mark.parametrize(("name", "unit"), [("json", "7,"), ("jsonl", "{\n"), ("csv", "a,b,c\n")])
def test_a_file_of_another_kind_is_given_up(name: str, unit: str) -> None:
    """It stops after a thousand faults and no item, and says so."""
    head = {"json": "[", "jsonl": "", "csv": "title,date,summary\n"}[name]

    found = read(name, head + unit * 5000, "n")

    assert len(found) == 1001
    assert found[-1] == Fault("n", "begins with 1,000 faults, so the rest is not read")


# --- what keys mean ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        ({"Headline": "a", "URL (page or PDF)": "https://x.org/1"}, {"url": "https://x.org/1"}),
        ({"Title": "a", "Summary (optional)": "s"}, {"summary": "s"}),
        ({"TITLE": "a", "pub_date": "2019-05-03"}, {"date": PartialDate(2019, 5, 3)}),
        ({"Заголовок": "a", "Дата публикации": "3 мая 2019"}, {"date": PartialDate(2019, 5, 3)}),
        ({"Titre": "a", "Résumé": "s", "Mots-clés": "x"}, {"summary": "s", "tags": ("x",)}),
        ({"Título": "a", "Enlace": "/x", "Idioma": "español"}, {"url": "/x", "languages": ("es",)}),
        ({"headline": "a", "datePublished": "2019", "inLanguage": "ru"}, {"languages": ("ru",)}),
        ({"name": "a", "articleBody": "b", "keywords": "x, y"}, {"body": "b", "tags": ("x", "y")}),
        ({"title": "a", "date": "", "created": 1556841600}, {"date": PartialDate(2019, 5, 3)}),
        ({"title": "a", "updated": "18.12.2024"}, {"date": PartialDate(2024, 12, 18)}),
    ],
)
def test_keys_are_known_in_any_case_and_language(record: dict[str, Any], fields: dict[str, Any]) -> None:
    """It finds the fields by what others call them, without case, signs and parentheses."""
    entry = entry_of(**record)

    assert entry.title == "a"
    assert {name: getattr(entry, name) for name in fields} == fields
    assert entry.extra == {}


def test_the_user_can_name_the_title() -> None:
    """It finds records by the key that is mapped, and notes a name that is nowhere."""
    hints = Hints(fields={"Kop": "title", "Datum2": "date"})

    found = list(reader("json").read(Source("n", b'{"x":[{"kop":"a"},{"kop":"b"}]}', hints=hints)))

    assert [item.entry.title for item in found if isinstance(item, Item)] == ["a", "b"]
    assert found[0] == Remark("n", "nothing in it is called 'Datum2', which is to be the date")


def test_ids_and_times_of_others_are_not_ours() -> None:
    """It keeps the id and the time of change of another program beside the fields."""
    entry = entry_of(id=48213, title="a", modified="2020-01-01T10:00:00", status=1)

    assert (entry.id, entry.modified) == (None, None)
    assert entry.extra == {"status": 1, "source_id": 48213, "source_modified": "2020-01-01T10:00:00"}


@pytest.mark.parametrize("added", ["12.05.2020", "yes", 7])
def test_a_column_called_added_may_be_something_else(added: Any) -> None:
    """It keeps in `extra` what is no time of ours."""
    entry = entry_of(title="a", added=added)

    assert (entry.added, entry.extra) == (None, {"source_added": added})


# --- what values hold -------------------------------------------------------------------------------------


def test_the_service_of_the_site_is_read() -> None:
    """It reads seconds since 1970, dates with dots, HTML, lists of objects, and keeps the rest."""
    record = {
        "id": 48213,
        "title": "Saiga &amp; Co",
        "created": 1611878400,
        "updated": "18.12.2024",
        "description": "<p>First <b>line</b></p>\n<p>Second&nbsp;line</p>",
        "url": "https://www.cms.int/news/saiga",
        "tags": [{"name": "Saiga"}, {"name": "Press Release"}],
        "lang": "en",
    }

    (entry,) = read_entries("json", json.dumps({"data": {"items": [record]}}))

    assert entry == Entry(
        title="Saiga & Co",
        date=PartialDate(2021, 1, 29),
        summary="First line\nSecond line",
        url="https://www.cms.int/news/saiga",
        source="news",
        languages=("en",),
        tags=("Saiga", "Press Release"),
        extra={"updated": "18.12.2024", "source_id": 48213},
    )


def test_wordpress_and_drupal_are_read() -> None:
    """It looks into objects for the text they stand for."""
    data = [
        {
            "title": {"rendered": "Saiga &#8211; news"},
            "content": {"rendered": "<p>Text</p>", "protected": False},
            "date": "2019-05-03T10:00:00",
        },
        {
            "title": [{"value": "Saiga"}],
            "body": [{"value": "<p>Raw</p>", "processed": "<p>Text</p>"}],
            "created": [{"value": "2019-05-03T10:00:00+00:00"}],
        },
    ]

    entries = read_entries("json", json.dumps(data))

    assert [entry.title for entry in entries] == ["Saiga – news", "Saiga"]
    assert [(entry.body, entry.date) for entry in entries] == [("Text", PartialDate(2019, 5, 3))] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("Saiga <em>tatarica</em>", "Saiga tatarica"),
        ("R&D; AT&amp;T", "R&D; AT&T"),
        ("one &amp;\ntwo", "one &\ntwo"),
        ("a < b and c > d", "a < b and c > d"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("[b]x[/b]", "[b]x[/b]"),
        ("<br>", "<br>"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
    ],
)
def test_html_becomes_text(text: str, expected: str) -> None:
    """It takes the tags and entities of HTML away, once, and leaves alone what is none."""
    assert entry_of(title="a", summary=text).summary == expected


def test_our_own_records_are_taken_literally() -> None:
    """It changes nothing in what was in an archive before."""
    entry = entry_of(title="<b>a</b> &amp;", tags=["x"], added="2021-01-01T00:00:00Z", id=7)

    assert (entry.id, entry.title) == (7, "<b>a</b> &amp;")


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        ("en", ("en",)),
        (["en", "ru"], ("en", "ru")),
        ("und", ()),
        ({"code": "fr"}, ("fr",)),
        ("English; Русский", ("en", "ru")),
    ],
)
def test_languages_are_codes(languages: Any, expected: tuple[str, ...]) -> None:
    """It reads codes, names, lists and objects, and what says that there is none."""
    assert entry_of(title="a", language=languages).languages == expected


def test_what_is_no_language_or_tag_is_kept_and_noted() -> None:
    """It reads the story all the same."""
    (found,) = read("json", '[{"headline":"a","lang":"Klingon","tags":[12,"x"]}]')

    assert isinstance(found, Item)
    assert (found.entry.languages, found.entry.tags) == ((), ("x",))
    assert found.entry.extra == {"source_tags": [12], "source_languages": ["Klingon"]}
    assert found.notes == (
        "tags: 12 is not a tag; it is kept as source_tags",
        "languages: 'Klingon' is not a code of a language; it is kept as source_languages",
    )


# --- dates ------------------------------------------------------------------------------------------------


def test_the_order_of_dates_is_settled_by_all_records() -> None:
    """It reads 9/12/13 as the other dates of the file demand."""
    entries = read_entries("json", '[{"title":"a","date":"8/28/2013"},{"title":"b","date":"9/12/13"}]')

    assert [str(entry.date) for entry in entries] == ["2013-08-28", "2013-09-12"]


def test_a_date_that_nothing_settles_costs_its_item() -> None:
    """It reads the items around it, and says how to read the date."""
    found = read("json", '[{"title":"a","date":"02/03/2016"},{"title":"b","date":"2013-09-12"}]')

    assert found[0] == Fault(
        "news, item 1",
        "'02/03/2016' can be read as 2016-03-02 or 2016-02-03; write the one you mean, "
        "or say --date-order dmy|mdy|ymd",
    )
    assert isinstance(found[1], Item)


def test_a_value_that_stands_for_nothing_is_a_fault() -> None:
    """It names the field that holds it."""
    assert only_fault("json", '[{"title":["a","b"]}]').reason == "title: is a list, not text"
    assert only_fault("json", '[{"title":"a","date":{"x":[]}}]').reason == "date: is an object, not text"


@pytest.mark.parametrize("date", [0, "0", "0000-00-00", "0000-00-00 00:00:00", None, ""])
def test_an_empty_date_of_a_database_is_none(date: Any) -> None:
    """It takes another date that the record has, or none."""
    assert entry_of(title="a", date=date).date is None
    assert entry_of(title="a", date=date, created="2019").date == PartialDate(2019)
