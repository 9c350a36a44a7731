"""Imports that go through their sources without holding them: what is settled late, and what is put aside."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newsarchive.aside import Aside
from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry
from newsarchive.formats.base import Fault, Item, Source
from newsarchive.formats.registry import reader
from newsarchive.planning import stories
from newsarchive.planning.importing import plan_import
from newsarchive.store.additions import PlannedChanges

NOW = datetime(2025, 6, 1, tzinfo=UTC)


def lines(*records: dict[str, Any]) -> bytes:
    """Return records as JSON Lines."""
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def story(number: int, **fields: Any) -> Entry:
    """Return an entry as an archive gets it."""
    return Entry(id=number, title=f"Story {number}", added=NOW, modified=NOW, **fields)


# --- what is settled late ---------------------------------------------------------------------------------


def test_a_date_is_settled_by_one_far_below():
    """It reads 03/04/2016 in the order that a later line shows, and what came before as it stands."""
    source = lines(
        *({"headline": f"Story {n}", "date": "2016-01-02"} for n in range(50)),
        {"headline": "Unsure", "date": "03/04/2016"},
        {"headline": "Sure", "date": "25/04/2016"},
    )

    found = list(reader("jsonl").read(Source("a.jsonl", source)))

    dates = [one.entry.date for one in found if isinstance(one, Item)]
    assert dates == [PartialDate(2016, 1, 2)] * 50 + [PartialDate(2016, 4, 3), PartialDate(2016, 4, 25)]


def test_stories_above_one_with_a_kept_id_get_ids_above_it(alone, invoke):
    """It keeps the ids of a first import though the stories without one come first, and says what became of all."""
    source = Path("a.jsonl")
    source.write_bytes(lines({"title": "None"}, {"title": "Its own", "id": 7}, {"title": "Last"}))

    result = invoke("-a", "archive.json", "import", "a.jsonl", "--report", "-")

    assert result.code == 0
    told = [json.loads(line) for line in result.out.splitlines()]
    assert [(one["place"], one["outcome"], one["id"]) for one in told] == [
        ("a.jsonl:1", "added", 8),
        ("a.jsonl:2", "added", 7),
        ("a.jsonl:3", "added", 9),
    ]


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_file_that_changes_while_it_is_read_is_a_fault(tmp_path, form):
    """It takes what it read until then, and names the place from which on the bytes are other ones."""
    path = tmp_path / f"a.{form}"
    end = b" and saigas" * 100
    row = (
        b'{"title": "Story %07d", "body": "' + end + b'"}' if form == "jsonl" else b"Story %07d," + end
    ) + b"\n"
    path.write_bytes((b"title,body\n" if form == "csv" else b"") + b"".join(row % n for n in range(3_000)))
    reading = reader(form).read(Source("a", path))

    first = next(reading)
    with path.open("r+b") as file:
        file.seek(-10, 2)
        file.write(b"\xff")
    *_, last = reading

    assert isinstance(first, Item)
    assert last == Fault("a", "was changed while it was read")


@pytest.mark.parametrize("form", ["jsonl", "csv", "tsv"])
def test_a_file_that_is_replaced_while_it_is_read_is_a_fault(tmp_path, form):
    """It takes no date in the order of day and month that other rows, which are gone, had shown."""
    path = tmp_path / f"a.{form}"
    rows = [("One", "01/02/2016"), ("Two", "02/03/2016"), ("Three", "25/03/2016")]
    if form == "jsonl":
        path.write_bytes(lines(*({"title": title, "date": date} for title, date in rows)))
    else:
        separator = "," if form == "csv" else "\t"
        path.write_text("".join(f"{title}{separator}{date}\n" for title, date in [("title", "date"), *rows]))
    reading = reader(form).read(Source("a", path))

    first = next(reading)
    new = tmp_path / "new"
    new.write_text(path.read_text().replace("25/03", "03/25") + "\n")
    new.replace(path)

    assert isinstance(first, Item)
    assert first.entry.date == PartialDate(2016, 2, 1)
    assert [*reading][-1] == Fault("a", "was changed while it was read")


class _Changing:
    """Items with these ids, other ones each time that they are gone through."""

    def __init__(self, *ids: list[int | None]) -> None:
        self._ids = iter(ids)

    def __iter__(self) -> Iterator[Item]:
        ids = next(self._ids)
        return (Item(Entry(title=f"Story {n}", id=own), f"news:{n}") for n, own in enumerate(ids, 1))


def test_items_that_are_other_ones_the_second_time_are_all_told():
    """It loses none that come after a kept id which is still higher than the highest seen before."""
    ids: list[list[int | None]] = [[None, 5, None], [None, 5, None, 50, None], [None, 5, None, 50, None]]
    changing = _Changing([], *ids)

    plan = plan_import(changing, [], on_duplicate="skip", now=NOW, keep_ids=True, next_id=1)

    assert [one.id for one in plan.outcomes] == [51, 5, 52, 50, 53]


def test_lines_of_a_table_may_end_in_any_way(tmp_path):
    """It reads rows that end with CR LF, and a line break of an old Mac inside quotes."""
    path = tmp_path / "a.csv"
    path.write_bytes(b'title,summary\r\nOne,"a\rb"\r\nTwo,c')

    items = [one for one in reader("csv").read(Source("a.csv", path)) if isinstance(one, Item)]

    assert [(one.entry.title, one.entry.summary, one.place) for one in items] == [
        ("One", "a\nb", "a.csv:2"),
        ("Two", "c", "a.csv:4"),
    ]


# --- twins ------------------------------------------------------------------------------------------------


def test_stories_that_have_a_number_in_common_alone_are_no_twins(monkeypatch):
    """It looks at each entry that a number leads to, and finds the same twins if all have one number."""
    titles = ("Saiga", "Kulan", "Saiga", "Argali", "Kulan")
    items = [Item(Entry(title=title, languages=("en",)), f"news:{n}") for n, title in enumerate(titles, 1)]
    monkeypatch.setattr(stories, "hash", lambda _: 7, raising=False)

    plan = plan_import(items, [], on_duplicate="skip", now=NOW, keep_ids=False, next_id=1)

    assert [(one.outcome, one.id) for one in plan.outcomes] == [
        ("added", 1),
        ("added", 2),
        ("skipped", 1),
        ("added", 3),
        ("skipped", 2),
    ]


# --- what is put aside ------------------------------------------------------------------------------------


def test_pieces_come_back_from_memory_and_from_the_file():
    """It returns each piece as it was, in whatever order they are asked for."""
    aside = Aside()
    pieces = [bytes([number % 256]) * (number % 5_000) for number in range(2_000)]
    places = [(start := aside.add(piece), start + len(piece)) for piece in pieces]

    assert [aside.read(*place) for place in places] == pieces
    assert [aside.read(*place) for place in reversed(places)] == pieces[::-1]


def test_without_room_for_a_file_pieces_stay_in_memory(monkeypatch, tmp_path):
    """It keeps all of them where no temporary file can be made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    aside = Aside()
    piece = b"x" * 100_000

    places = [aside.add(piece) for _ in range(30)]

    assert all(aside.read(place, place + len(piece)) == piece for place in places)


def test_planned_changes_are_the_changes_that_were_planned():
    """It gives each addition as it was put in, the last one that a place got, and no empty place."""
    changes = PlannedChanges()
    entries = [story(1, body="a"), story(2, extra={"n": [1, 2.0, None]}), story(3)]
    for entry in entries:
        changes.add(entry)
    changes.set(1, None)
    changes.close_up()

    assert len(changes) == 2
    assert [(change.id, change.before, change.after) for change in changes] == [
        (1, None, entries[0]),
        (3, None, entries[2]),
    ]
    assert changes[-1].kind == "add"
    assert changes[:1] == [changes[0]]


def test_a_large_import_into_a_large_archive_adds_to_what_is_there(alone, invoke):
    """It writes new entries behind those that stay, twins of both left out, and undo takes all of them back."""
    for name, first in (("one", 0), ("two", 1_500)):
        text = lines(*({"title": f"Story {n}", "body": "saiga " * 30} for n in range(first, first + 2_000)))
        Path(f"{name}.jsonl").write_bytes(text)
    invoke("-a", "archive.json", "import", "one.jsonl")
    before = Path("archive.json").read_bytes()

    added = invoke("-a", "archive.json", "import", "two.jsonl")
    after = json.loads(Path("archive.json").read_bytes())["entries"]
    invoke("-a", "archive.json", "undo")
    back = Path("archive.json").read_bytes()

    assert "Added 1,500, skipped 500 of 2,000 items" in added.err
    assert list(after) == [str(number) for number in range(1, 3_501)]
    assert after["3500"]["title"] == "Story 3499"
    assert json.loads(back)["entries"] == json.loads(before)["entries"]
