"""Large JSON documents, of which only the places of the values are kept: what comes out is what a small one gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import DATA
from reading_and_writing import read

from newsarchive.formats import base, large_json
from newsarchive.formats.base import Fault, Found, Hints, Item, Source
from newsarchive.formats.registry import reader

Reading = Callable[..., list[Found]]

PLAIN = Hints()
STORIES: list[Any] = [
    {"headline": "Сайга", "pubDate": "03/04/2016", "text": "a" * 70, "n": [1, 2.5, None, {"k": "\ud800"}]},
    {"headline": "Kulan", "pubDate": "25/04/2016", "comments": [{"title": "b" * 90}] * 3},
    "no object",
    {"headline": "Argali", "big": 2**70, "small": 1e-7},
]
TABLE = {str(n): {"title": f"Story {n}", "summary": "a" * 80} for n in range(1, 5)}


@pytest.fixture
def streamed(monkeypatch) -> Reading:
    """Reads a source as one that is too large to be held; `is_held` when it must be held all the same."""

    def read(form: str, data: bytes, *, is_held: bool = False, hints: Hints = PLAIN) -> list[Found]:
        with monkeypatch.context() as patched:
            patched.setattr(base, "_CHUNK", 64)
            patched.setattr(large_json, "LARGE", 60)
            document = large_json.large_document(Source("a", data), ("entries", "_default"))
            assert (document is None) == is_held
            return list(reader(form).read(Source("news", data, hints=hints)))

    return read


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize(
    "document",
    [
        STORIES,
        {"title": "Site", "items": STORIES},
        {"items": STORIES, "comments": STORIES},
        {"data": {"posts": STORIES, "authors": STORIES[2:3] * 30}},
        [{"data": STORIES}, {"data": STORIES}],
        [STORIES, STORIES],
        [[STORIES[1]], [STORIES[0]]],
        {"entries": TABLE, "meta": {"1": {"revision": 7}}},
        {"meta": {"1": {"revision": 7}}, "_default": {**TABLE, "x": 5, "01": {"title": "Named"}}},
        {"entries": STORIES, "_default": TABLE},
        {"headline": "One", "text": "a" * 200, "comments": STORIES},
        ["no object"] * 20,
    ],
)
def test_a_large_document_is_read_as_a_small_one(document, indent, streamed):
    """It finds the same records in the same places, whatever is around them."""
    data = json.dumps(document, indent=indent).encode()

    found = streamed("json", data)

    assert found
    assert repr(found) == repr(read("json", data))


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(STORIES).encode()[:-40],
        json.dumps(STORIES).encode().replace(b'"big":', b'"big"'),
        json.dumps(STORIES).encode() + b" " + json.dumps(STORIES).encode(),
        json.dumps({"entries": TABLE}).encode().replace(b'"3"', b'"2"'),
        json.dumps({"entries": TABLE}).encode().replace(b'"summary"', b'"title"', 1),
        b'[{"title": "' + b"[" * 90 + b'", "deep": ' + b"[" * 34 + b"]" * 34 + b"}]",
        b'[{"title": "' + b"a" * 90 + b'", "n": ' + b"1" * 5_000 + b"}]",
        json.dumps({"title": "Сайга " * 20}, ensure_ascii=False).encode("cp1251"),
    ],
)
def test_a_large_document_with_a_fault_is_held(data, streamed):
    """It names the same fault in the same place."""
    found = streamed("json", data, is_held=True)

    assert repr(found) == repr(read("json", data))


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("jsonfeed", "feeds/feed.json"),
        ("ghost", "systems/ghost.json"),
        ("telegram", "systems/telegram.json"),
        ("mastodon", "systems/outbox.json"),
    ],
)
def test_a_large_export_is_read_as_a_small_one(form, name, streamed):
    """It finds the same stories and leaves out the same."""
    data = (DATA / name).read_bytes()

    found = streamed(form, data)

    assert any(isinstance(one, Item) for one in found)
    assert found == read(form, data)


def test_references_are_read_alike(streamed):
    """It reads a large list of references as a small one."""
    data = json.dumps([{"id": f"s-{n}", "title": f"Saiga {n}", "type": "webpage"} for n in range(9)]).encode()

    assert streamed("csl-json", data) == read("csl-json", data)


def test_lists_of_a_large_item_are_kept(streamed):
    """It keeps what stands in lists of an item that is large itself: people, files, other keys, and tags."""
    item = {
        "title": "Saiga",
        "authors": [{"name": f"Author {n}"} for n in range(9)],
        "attachments": [{"url": f"https://a.example/{n}", "mime_type": "image/png"} for n in range(9)],
        "tags": [f"tag {n}" for n in range(9)],
        "_other": {"names": [f"name {n}" for n in range(9)]},
    }
    data = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item, item]}).encode()

    found = streamed("jsonfeed", data)

    assert sum(isinstance(one, Item) for one in found) == 2
    assert found == read("jsonfeed", data)


def test_people_of_a_large_reference_are_kept(streamed):
    """It names all of them."""
    people = [{"family": f"Author {n}"} for n in range(9)]
    data = json.dumps([{"id": "a", "title": "Saiga", "type": "webpage", "author": people}]).encode()

    found = streamed("csl-json", data)

    assert any(isinstance(one, Item) and "Author 8" in str(one.entry.extra) for one in found)
    assert found == read("csl-json", data)


def test_a_name_that_is_mapped_in_vain_is_told_of_a_large_document(streamed):
    """It looks for it in all records, and names it."""
    data = json.dumps(STORIES[:2] * 3).encode()

    found = streamed("json", data, hints=Hints(fields={"Kop": "title"}))

    assert any("nothing in it is called 'Kop'" in str(one) for one in found)


def test_a_large_document_that_is_replaced_while_it_is_read_is_a_fault(tmp_path):
    """It takes what it read until then, and says so."""
    path = tmp_path / "a.json"
    stories = [{"title": f"Story {n}", "body": "saiga " * 250} for n in range(4_000)]
    path.write_text(json.dumps(stories))
    reading = reader("json").read(Source("a", path))

    first = next(reading)
    path.write_text(json.dumps(stories[::-1]) + "\n")
    *_, last = reading

    assert isinstance(first, Item)
    assert last == Fault("a", "was changed while it was read")


def test_lines_of_json_in_a_file_called_json_are_not_held(tmp_path):
    """It reads an object a line, and says of the same line what is wrong with it."""
    path = tmp_path / "a.json"
    path.write_text('{"title": "One"}\n\n{"title": "Two"}\n{"title"}\n')

    found = list(reader("json").read(Source("a.json", path)))

    assert [getattr(one, "place", "") for one in found] == ["a.json:1", "a.json:3", "a.json:4:9"]
