"""Each machine's index of an archive on a server: brought up by what changed, and read when the server is away."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from indexing import selected, stories
from storing import NOW, beside

from newsarchive.archive import Archive
from newsarchive.changes import adding
from newsarchive.config import place_of
from newsarchive.entry import Entry
from newsarchive.search.kinds import KINDS
from newsarchive.store.server.libpq import Connection
from newsarchive.store.server.link import Link

DATA = Path(__file__).parent / "data"


def at(address: str, home: Path, *, offline: bool = False) -> tuple[Archive, list[str]]:
    """Open an archive as a command on a machine would; return it with what it says."""
    said: list[str] = []
    place = place_of(address, {"HOME": str(home)}, home, typed=True)
    return Archive(place, command="test", clock=lambda: NOW, offline=offline, say=said.append), said


def cache(home: Path) -> Path:
    """Return the one folder of an archive that a machine has."""
    [folder] = (home / ".cache" / "newsarchive").iterdir()
    return folder


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """Collect the statements that are sent."""
    found: list[str] = []
    ask, run = Link.ask, Link.run

    def asking(self, statement, *values):
        found.append(statement)
        return ask(self, statement, *values)

    def running(self, script, *patience):
        found.append(script)
        return run(self, script, *patience)

    monkeypatch.setattr(Link, "ask", asking)
    monkeypatch.setattr(Link, "run", running)
    return found


@pytest.fixture
def filled(address, invoke) -> str:
    """Start an archive of ten stories."""
    assert invoke("import", str(DATA / "cami-news-listing.txt")).code == 0
    return address


def test_one_round_trip_when_nothing_changed(filled, invoke, asked):
    """It asks the server for the state of the archive, and its own index for all else."""
    first = invoke("list", "--json").out
    asked.clear()

    assert invoke("list", "--json").out == first
    assert invoke("search", "snow lepard", "--format", "ids").out.startswith("9\n")
    assert len(asked) == 2
    assert all("REPEATABLE READ READ ONLY" in statement for statement in asked)


@pytest.mark.parametrize(
    "words", [["add", "--title", "Kulan"], ["tag", "+old", "--id", "1-5"], ["remove", "3", "--yes"]]
)
def test_three_round_trips_of_a_commit(filled, invoke, monkeypatch, words):
    """It reads the state, takes the lock and begins, and sends all changes with COMMIT, on one connection."""
    invoke("list")
    connected, sent = [], []
    real = {name: getattr(Connection, name) for name in ("__init__", "send", "send_at_once")}

    def noting(name, notes):
        def noted(self, *arguments):
            notes.append(name)
            return real[name](self, *arguments)

        monkeypatch.setattr(Connection, name, noted)

    noting("__init__", connected)
    noting("send", sent)
    noting("send_at_once", sent)

    assert invoke(*words).code == 0
    assert (len(connected), len(sent)) == (1, 3)


def test_only_what_changed_is_fetched(filled, invoke, asked, alone, tmp_path):
    """It takes up what others added, changed and removed, and answers as if built anew."""
    here, there = tmp_path / "here", tmp_path / "there"
    assert at(filled, here)[0].page(selected("")).total == 10
    there.mkdir()
    invoke("add", "--title", "Wild camels cross the Gobi", "--date", "2024")
    invoke("edit", "1", "--set", "title=Межнев")
    invoke("remove", "3", "--yes")
    invoke("tag", "+old", "id:4")
    asked.clear()

    found = at(filled, here)[0].search(selected("gobi межнев OR camels"))

    lines = [statement for statement in asked if "line" in statement]
    assert len(lines) == 1
    assert "unnest(ids)" in lines[0]
    fresh = at(filled, there)[0].search(selected("gobi межнев OR camels"))
    assert [(hit.entry, hit.score) for hit in found.hits] == [(hit.entry, hit.score) for hit in fresh.hits]
    assert rows(here) == rows(there)


def rows(home: Path) -> list[list[tuple[object, ...]]]:
    """Return what the index of a machine says."""
    selects = ("* FROM payload", "* FROM entry", "* FROM tag", "* FROM tally", "word, frequency FROM vocab")
    with closing(sqlite3.connect(cache(home) / "index.sqlite3")) as connection:
        return [connection.execute(f"SELECT {select} ORDER BY 1, 2").fetchall() for select in selects]


@pytest.mark.parametrize("is_odd", [False, True])
def test_an_addition_without_a_copy(filled, invoke, asked, server, is_odd):
    """It lets the server look for the same story and for tags that are spelt nearly so, and fetches no more."""
    invoke("add", "--title", "Snow leopards  counted", "--date", "2024-05-05", "--tag", "snow-leopard")
    invoke("add", "--title", "Elsewhere", "--url", "https://www.cms.int/news/kulan/?utm_source=x")
    if is_odd:  # one that no jsonb holds
        archive, _ = at(filled, Path.cwd())
        archive.commit([adding(Entry(title="Odd", extra={"odd": "\0"}, tags=("odd-one",)), NOW)])
    asked.clear()

    told = [
        invoke("add", "--dry-run", "--title", "SNOW leopards counted", "--date", "2024-05-05"),
        invoke("add", "--dry-run", "--title", "x", "--url", "http://cms.int/news/kulan"),
        invoke("add", "--dry-run", "--title", "snow leopards counted", "--date", "2024"),
        invoke("add", "--dry-run", "--title", "y", "--tag", "snow-leopards"),
        invoke("add", "--dry-run", "--title", "ODD"),
    ]

    assert [result.code for result in told] == [0] * 5
    assert "note: entry 11 looks like the same story" in told[0].err
    assert "note: entry 12 looks like the same story" in told[1].err
    assert "looks like the same story" not in told[2].err + told[3].err
    assert "there is 'snow-leopard' already" in told[3].err
    assert ("note: entry 13 looks like the same story" in told[4].err) == is_odd
    assert not [statement for statement in asked if "LIMIT $3" in statement] or is_odd


def test_the_same_answers_as_a_file(address, tmp_path):
    """It lists, counts and ranks as a file of the same entries does, down to scores."""
    entries = stories(300)
    file = Archive(tmp_path / "file.json", clock=lambda: NOW)
    server, _ = at(address, tmp_path)
    for archive in (file, server):
        archive.commit([adding(entry, NOW) for entry in entries])
        archive.commit([adding(entry, NOW) for entry in stories(40, seed=2)[:20] if not entry.relations])

    for query in (
        "saiga",
        "snow lepard",
        "охрана сайгак",
        "tag:topic-3",
        "date:2010..2012 corridor",
        "lhagvasuren",
        "url:news.example/7 source:news",
        "-added:2024-03-01",
    ):
        for one, other in [(file, server)]:
            chosen = selected(query)
            assert one.page(chosen) == other.page(chosen)
            assert one.tallies(chosen, tuple(KINDS)) == other.tallies(chosen, tuple(KINDS))
            ranked = [one.search(chosen), other.search(chosen)]
            assert [(hit.entry, hit.score) for hit in ranked[0].hits] == [
                (hit.entry, hit.score) for hit in ranked[1].hits
            ]


def test_an_index_of_another_archive(filled, invoke, server):
    """It builds the index anew when an archive of this name is another one, or went back in time."""
    before = invoke("list", "--json").out
    database = re.search(r"test\d+", filled)[0]
    server.sql("UPDATE newsarchive.archives SET stamp = gen_random_uuid()", database)
    server.sql("UPDATE newsarchive.operations SET key = stamp FROM newsarchive.archives", database)
    server.sql("UPDATE newsarchive.entries SET line = replace(line, 'Mezhnev', 'Межнев')", database)

    after = invoke("list", "--json").out

    assert "Межнев" in after
    assert after != before


def test_no_room_for_an_index(filled, invoke, alone):
    """It reads from the server where nothing can be kept."""
    (alone / ".cache").write_text("in the way")

    result = invoke("list", "--format", "ids", "--limit", "3")

    assert (result.code, len(result.out.split())) == (0, 3)


# --- without the server ----------------------------------------------------------------------------------


def test_offline(filled, invoke):
    """It reads what this machine has, says of when that is, and asks nobody."""
    online = [
        invoke("list", "--json").out,
        invoke("search", "snow lepard", "--json").out,
        invoke("export").out,
    ]

    offline = [
        invoke("list", "--json", "--offline"),
        invoke("--offline", "search", "snow lepard", "--json"),
        invoke("export", "--offline"),
    ]

    assert [result.out for result in offline] == online
    assert [result.code for result in offline] == [0, 0, 0]
    for result in offline:
        assert re.search(r"note: this is the copy of \d{4}-\d\d-\d\d \d\d:\d\d, revision 1\n", result.err)


def test_a_server_that_is_away(filled, invoke, monkeypatch):
    """It goes on reading from the copy and says so, and writes nothing."""
    shown = invoke("list", "--json").out
    _cut_off(monkeypatch)

    reading = invoke("list", "--json")
    writing = [invoke("add", "--title", "x"), invoke("tag", "+x", "gobi"), invoke("undo", "--yes")]

    assert (reading.code, reading.out) == (0, shown)
    assert f"note: cannot reach {filled}: no route to host; this is the copy of " in reading.err
    assert [result.code for result in writing] == [4, 4, 4]
    assert all("nothing was changed" in result.err for result in writing)
    assert invoke("history").code == 4


def _cut_off(monkeypatch) -> None:
    from newsarchive.store.server import link

    def away(address):
        raise link.LostError("no route to host")

    monkeypatch.setattr(link, "_connected", away)


def test_no_copy_yet(filled, invoke, monkeypatch):
    """It says that there is nothing to read."""
    asked_for = invoke("list", "--offline", "-a", filled + "&archive=other")
    _cut_off(monkeypatch)
    away = invoke("list", "-a", filled + "&archive=other")

    assert (asked_for.code, away.code) == (4, 4)
    assert "this machine has no copy of it yet" in asked_for.err
    assert "no route to host" in away.err


def test_offline_is_for_servers(archive, invoke):
    """It is no option of a file."""
    result = invoke("list", "--offline")

    assert (result.code, result.out) == (2, "")
    assert "--offline is for an archive on a server" in result.err


def test_completion_asks_no_server(filled, invoke, monkeypatch):
    """It offers what this machine knows, without a word and without a network."""
    invoke("tag", "+snow-leopard", "gobi")
    invoke("tags")
    _cut_off(monkeypatch)
    monkeypatch.setenv("_NEWSARCHIVE_COMPLETE", "1")
    from newsarchive.cli.completing import candidates
    from newsarchive.cli.session import Session
    from newsarchive.console import standard_streams

    streams = standard_streams(colour=False, quiet=True)
    session = Session(streams, {"NEWSARCHIVE_FILE": filled, "HOME": str(Path.cwd())}, Path.cwd(), (), [])

    assert "tag:snow-leopard" in [found.text for found in candidates(["list"], "tag:sn", session)]


def test_the_copy_is_the_users_own(filled, invoke, alone):
    """It lets nobody else read it."""
    invoke("list")

    assert cache(alone).stat().st_mode & 0o777 == 0o700
    assert (cache(alone) / "index.sqlite3").stat().st_mode & 0o777 == 0o600
    assert not beside(alone / "archive.json").exists()
    assert json.loads((cache(alone) / "remembered.json").read_text())["revision"] == 1
