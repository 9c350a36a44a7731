"""A connection that is lost while the server saves: what became of it is found out, and said truly."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from threading import Thread

import pytest
from lossy import proxy

from newsarchive.config import place_of
from newsarchive.store.server import reading, saving, schema, starting
from newsarchive.store.server.link import Link, LostError, RefusedError

DATA = Path(__file__).parent / "data"
OUTCOMES = ("carried out", "not carried out")
MAKING = {"statement": b"INSERT INTO newsarchive.archives", "answer": b"INSERT 0 1\0"}


NUMBERS = count(1)


def through(way, address, server):
    """Return the address of an archive on another way."""
    return address.replace(str(server.folder), str(way.folder))


@pytest.fixture(scope="module")
def shared(server):
    """Make a database for the archives of many tests: making and removing one takes longer than they do."""
    return server.new_database()


@pytest.fixture
def address(shared, invoke, monkeypatch):
    """Start an archive that every command of the test finds; return its address."""
    found = f"{shared}&archive=lost{next(NUMBERS)}"
    assert invoke("init", found).code == 0
    monkeypatch.setenv("NEWSARCHIVE_FILE", found)
    return found


@pytest.fixture
def sql(address, server):
    """Return what runs SQL in the database of the archive, in which `ARCHIVE` is its number."""
    database, name = re.search(r"@/(test\d+).*archive=(\w+)", address).groups()
    number = f"(SELECT id FROM newsarchive.archives WHERE name = '{name}')"
    return lambda statement: server.sql(statement.replace("ARCHIVE", number), database).strip()


@pytest.fixture
def stored(sql):
    """Return what gives what an archive holds, and how often something was written."""

    def call():
        return [
            sql("SELECT revision, count, pruned FROM newsarchive.archives WHERE id = ARCHIVE"),
            sql("SELECT count(*) FROM newsarchive.operations WHERE archive = ARCHIVE"),
            sql(
                "SELECT id, line::jsonb ->> 'title', line::jsonb ->> 'tags' FROM newsarchive.entries "
                "WHERE archive = ARCHIVE ORDER BY id"
            ),
        ]

    return call


@pytest.fixture
def filled(address, invoke):
    """Start an archive with a short history."""
    for title in ("One", "Two"):
        invoke("add", "--title", title)
    invoke("tag", "+x", "--all", "--yes")
    return address


@pytest.fixture
def prepare(filled, invoke, sql):
    """Return what lets there be something to do for a command."""

    def call(name):
        if name == "merge":
            invoke("copy", filled, "copy.json")
            invoke("add", "--title", "Theirs", "-a", "copy.json")
        if name == "restore --force":
            invoke("history", "prune", "--keep", "0", "--yes")
        if name.startswith("restore"):
            sql("UPDATE newsarchive.entries SET line = 'rubbish' WHERE id = 2 AND archive = ARCHIVE")

    return call


@pytest.fixture
def file(alone, invoke):
    """Import ten stories into a file."""
    invoke("import", str(DATA / "cami-news-listing.txt"), "-a", "file.json")
    return alone / "file.json"


COMMANDS = {
    "add": ["add", "--title", "Three"],
    "undo": ["undo", "--yes"],
    "undo 1-2": ["undo", "1-2", "--force", "--yes"],
    "merge": ["merge", "copy.json"],
    "prune": ["history", "prune", "--keep", "1", "--yes"],
    "restore": ["restore", "--yes"],
    "restore --force": ["restore", "--force", "--yes"],
}


TAGGED = '1|One|["x"]\n2|Two|["x"]'
"""How the entries stand at the beginning."""


DONE = {
    "add": ["4|3|0", "4", f"{TAGGED}\n3|Three|[]"],
    "undo": ["4|2|0", "4", "1|One|[]\n2|Two|[]"],
    "undo 1-2": ["4|0|0", "4", ""],
    "merge": ["4|3|0", "4", f"{TAGGED}\n3|Theirs|[]"],
    "prune": ["3|2|2", "1", TAGGED],
    "restore": ["3|2|0", "3", TAGGED],
    "restore --force": ["4|1|3", "1", '1|One|["x"]'],
}
"""Revision, entries, up to which operation all are forgotten; operations; the entries."""


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("name", COMMANDS)
def test_an_acknowledgement_that_is_lost(filled, stored, prepare, server, invoke, name, outcome):
    """It does once what it was told, whether the server had done it already or has to be asked again."""
    prepare(name)

    with proxy(server.folder, outcome) as way:
        result = invoke(*COMMANDS[name], "-a", through(way, filled, server))

    assert (result.code, way.lost) == (0, 1), result.err
    assert stored() == DONE[name]
    assert invoke("check", "--only", "blanks").code == 0


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("with_history", [True, False])
def test_a_copy_to_a_server(address, file, server, invoke, outcome, with_history):
    """It copies once, and compares all the same."""
    if not with_history:
        invoke("history", "prune", "--keep", "0", "--yes", "-a", "file.json")

    with proxy(server.folder, outcome) as way:
        result = invoke("copy", "file.json", through(way, address, server))

    assert (result.code, way.lost) == (0, 1), result.err
    assert f"Copied 10 entries and {int(with_history)} operation" in result.err
    assert invoke("copy", address, "back.json").code == 0
    assert Path("back.json").read_bytes() == file.read_bytes()


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("moment", [{}, MAKING], ids=["tables", "archive"])
def test_init(database, server, invoke, outcome, moment):
    """It makes the tables and the archive once, and says that it made them."""
    with proxy(server.folder, outcome, **moment) as way:
        result = invoke("init", through(way, database, server))

    assert (result.code, way.lost) == (0, 1), result.err
    assert result.err.count("made the tables, in the schema newsarchive") == 1
    assert "Started the archive " in result.err
    assert "is an archive already" in invoke("init", database).err


@pytest.fixture
def older(database, invoke):
    """Start an archive alone in its database."""
    invoke("init", database)
    return database


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_init_with_roles(older, server, invoke, outcome):
    """It makes the roles, and gives them what they may."""
    database = re.search(r"test\d+", older)[0]

    with proxy(server.folder, outcome) as way:
        result = invoke("init", "--roles", "-a", through(way, older, server))

    assert (result.code, way.lost) == (0, 1), result.err
    assert f"{database}_archive_maintainer" in result.err
    assert server.sql("SELECT count(*) FROM newsarchive.rights", database) == "3\n"


@pytest.fixture
def newer(monkeypatch):
    """Let the program be a newer one, whose tables are not those that are there."""
    for module in (schema, starting, reading):
        monkeypatch.setattr(module, "VERSION", 2)
    monkeypatch.setitem(schema.MIGRATIONS, 1, "ALTER TABLE newsarchive.archives ADD COLUMN motto text;")


def test_older_tables_that_others_read(older, invoke, newer):
    """It waits no longer than it may for those who read them, and changes nothing then."""
    link = Link(place_of(older, {}, Path.cwd(), typed=True))
    link.run("BEGIN; SELECT 1 FROM newsarchive.archives")

    waited = [invoke("init", *words, "-a", older, "--lock-timeout", "0.2") for words in ((), ("--roles",))]
    link.close()

    for result in waited:
        assert (result.code, result.out) == (5, "")
        assert "(waited 0.2 s); nothing was changed" in result.err
    assert "from version 1 to 2" in invoke("init", "-a", older).err


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_older_tables(older, server, invoke, newer, outcome):
    """It brings them up once, by steps that would fail the second time."""
    refused = invoke("list", "-a", older)

    with proxy(server.folder, outcome) as way:
        result = invoke("init", "-a", through(way, older, server))

    assert (refused.code, "`newsarchive init` brings them up" in refused.err) == (4, True)
    assert (result.code, way.lost) == (0, 1), result.err
    assert result.err.count("brought the tables from version 1 to 2") == 1
    assert invoke("add", "--title", "One", "-a", older).out == "1\n"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("undo", "operation 4 was being saved"),
        ("prune", "what is left of the history was being saved"),
        ("restore", "see what `newsarchive check` says before you repeat it"),
    ],
)
def test_a_server_that_stays_away(filled, prepare, server, invoke, monkeypatch, name, words):
    """It says that it does not know, and what to do."""
    monkeypatch.setattr(saving, "_PATIENCE", 0.5)
    prepare(name)

    with proxy(server.folder, "carried out", is_last=True) as way:
        result = invoke(*COMMANDS[name], "-a", through(way, filled, server))

    assert (result.code, result.out) == (4, "")
    assert words in result.err
    assert "whether it is saved is not known" in result.err


def test_a_server_that_goes_away_before_anything_is_saved(filled, server, invoke, monkeypatch):
    """It tries for as long as it has patience, however fast each try fails, and says what really stood in the way."""
    monkeypatch.setattr(saving, "_PATIENCE", 0.5)
    monkeypatch.setattr(saving, "_TRIES", 2)

    with proxy(server.folder, "not carried out", statement=b"pg_try_advisory_lock", is_last=True) as way:
        result = invoke("add", "--title", "Three", "-a", through(way, filled, server))

    assert (result.code, result.out, way.lost) == (4, "", 1)
    assert "cannot reach postgresql:" in result.err
    assert "others write to it" not in result.err


def test_a_copy_to_a_server_that_stays_away(address, file, server, invoke, monkeypatch):
    """It says that it does not know; or that only the comparison is missing."""
    monkeypatch.setattr(saving, "_PATIENCE", 0.5)
    other = f"{address}2"
    invoke("init", other)

    with proxy(server.folder, "carried out", is_last=True) as way:
        unknown = invoke("copy", "file.json", through(way, address, server))
    with proxy(server.folder, "not carried out", statement=b"ORDER BY number DESC", is_last=True) as way:
        unchecked = invoke("copy", "file.json", through(way, other, server))

    assert (unknown.code, unchecked.code) == (4, 4)
    assert "was lost while the copy was being saved" in unknown.err
    assert "but the copy could not be read again and compared" in unchecked.err
    for place in (address, other):
        assert len(invoke("list", "--format", "ids", "-a", place).out.split()) == 10


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_another_way_to_the_server(filled, stored, server, invoke, outcome):
    """It looks on whichever server of the address takes changes."""
    with proxy(server.folder, outcome, is_last=True) as way:
        both = filled.replace(
            f"host={server.folder}", f"host={way.folder},{server.folder}&target_session_attrs=read-write"
        )
        result = invoke("add", "--title", "Three", "-a", both)

    assert (result.code, result.out, way.lost) == (0, "3\n", 1), result.err
    assert stored() == DONE["add"]


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("more", [0, 1])
def test_somebody_who_prunes_meanwhile(filled, server, invoke, program, outcome, more):
    """It says that it does not know where the operation may be one that was forgotten, and never guesses."""

    def meanwhile():
        for _ in range(more):
            program("add", "--title", "Theirs", "-a", filled)
        program("history", "prune", "--keep", "0", "--yes", "-a", filled)

    with proxy(server.folder, outcome, meanwhile=meanwhile) as way:
        result = invoke("add", "--title", "Three", "-a", through(way, filled, server))

    titles = [row["title"] for row in json.loads(invoke("list", "--json", "--limit", "0").out)]
    assert way.lost == 1
    assert titles.count("Three") == (result.code == 0 or outcome == "carried out")
    if outcome == "carried out":
        assert result.code == (4 if more else 0)
        assert ("whether it is saved is not known; look at the entries" in result.err) == bool(more)


def test_somebody_who_restores_meanwhile(filled, prepare, server, invoke, program):
    """It says that somebody has written, and what tells how the archive is now."""
    prepare("restore")

    def meanwhile():
        program("restore", "--yes", "-a", filled)

    with proxy(server.folder, "not carried out", meanwhile=meanwhile) as way:
        result = invoke(*COMMANDS["restore"], "-a", through(way, filled, server))

    assert (result.code, way.lost) == (4, 1)
    assert "somebody has written to it since): whether it is saved is not known" in result.err
    assert "see what `newsarchive check` says before you repeat it" in result.err


def test_ctrl_c_while_the_server_saves(filled, server, invoke):
    """It says what was done when it ends."""
    ended = []
    with proxy(server.folder, "carried out", meanwhile=lambda: ended[0].send_signal(signal.SIGINT)) as way:
        line = [sys.executable, "-m", "newsarchive", "add", "--title", "Three"]
        environment = {**os.environ, "NEWSARCHIVE_FILE": through(way, filled, server)}
        with subprocess.Popen(line, env=environment, stderr=subprocess.PIPE, text=True) as process:
            ended.append(process)
            _, err = process.communicate(timeout=60)

    assert (process.returncode, err) == (
        130,
        "newsarchive: interrupted; the change was already saved (operation 4)\n",
    )
    assert len(invoke("list", "--format", "ids").out.split()) == 3


@contextmanager
def standby_away(server):
    """Let every COMMIT wait for a standby that is not there."""
    server.sql("ALTER SYSTEM SET synchronous_standby_names = 'away'")
    server.sql("SELECT pg_reload_conf()")
    try:
        while not waiting(server, "postgres"):  # the server takes its time to hear of it
            probe = Link(
                place_of(f"postgresql://tester@/postgres?host={server.folder}", {}, Path.cwd(), typed=True)
            )
            with suppress(LostError):
                probe.run("SELECT pg_logical_emit_message(true, 'probe', '')", 0.1)
            probe.close()
        yield
    finally:
        server.sql("ALTER SYSTEM RESET synchronous_standby_names")
        server.sql("SELECT pg_reload_conf()")


def waiting(server, database, event="SyncRep"):
    """Return the number of the process that waits for something in a database; nothing if there is none."""
    return server.sql(
        f"SELECT pid FROM pg_stat_activity WHERE datname = '{database}' AND wait_event = '{event}' LIMIT 1"
    ).strip()


def waiter(server, address, event="SyncRep"):
    """Wait until somebody waits in the database of an archive; return the number of their process."""
    database = re.search(r"test\d+", address)[0]
    for _ in range(400):
        if pid := waiting(server, database, event):
            return pid
        time.sleep(0.05)
    pytest.fail("nobody waits")


WORDS = {"archive": ("init",), "roles": ("init", "--roles")}


@pytest.mark.parametrize(
    ("words", "moment", "what"),
    [
        ("archive", {}, "the schema newsarchive"),
        ("archive", MAKING, "the new archive"),
        ("roles", {}, "the set of roles"),
    ],
    ids=["tables", "archive", "roles"],
)
def test_init_when_the_server_stays_away(database, server, invoke, monkeypatch, words, moment, what):
    """It says that it does not know, never that nothing was changed."""
    if words == "roles":
        invoke("init", database)
    monkeypatch.setattr(saving, "_PATIENCE", 1.0)

    with proxy(server.folder, "carried out", is_last=True, **moment) as way:
        result = invoke(*WORDS[words], "-a", through(way, database, server))

    assert (result.code, result.out, way.lost) == (4, "", 1)
    assert f"was lost while {what} was being saved" in result.err
    assert "whether it is saved is not known" in result.err
    assert "nothing was changed" not in result.err


@pytest.mark.parametrize("words", WORDS)
def test_init_when_a_standby_is_away(database, server, invoke, monkeypatch, words):
    """It waits no longer than it has patience, whatever the database's settings, and says that it does not know."""
    if words == "roles":
        invoke("init", database)
    server.sql(f"ALTER DATABASE {re.search(r'test[0-9]+', database)[0]} SET synchronous_commit = 'off'")
    monkeypatch.setattr(saving, "_PATIENCE", 1.0)

    with standby_away(server):
        result = invoke(*WORDS[words], "-a", database, "--lock-timeout", "0.2")

    assert (result.code, result.out) == (4, "")
    assert "whether it is saved is not known" in result.err


@pytest.mark.parametrize(
    ("words", "done"),
    [("archive", "the archive was already started"), ("roles", "the roles were already made")],
)
def test_ctrl_c_while_the_server_makes_something(older, server, words, done):
    """It waits for the answer, and says what was done."""
    address = older if words == "roles" else f"{older}&archive=other"
    line = [sys.executable, "-m", "newsarchive", *WORDS[words], "-a", address]
    with standby_away(server):
        process = subprocess.Popen(line, stderr=subprocess.PIPE, text=True)
        waiter(server, older)
        process.send_signal(signal.SIGINT)
        time.sleep(0.1)
    _, err = process.communicate(timeout=60)

    assert (process.returncode, err) == (130, f"newsarchive: interrupted; {done}\n")


def test_a_commit_that_was_cut_off_while_it_waited_for_a_standby(older, server, invoke, monkeypatch):
    """It does not believe what it sees on the primary alone, whatever the settings of the database."""
    monkeypatch.setattr(saving, "_PATIENCE", 1.0)
    server.sql(f"ALTER DATABASE {re.search(r'test[0-9]+', older)[0]} SET synchronous_commit = 'local'")

    def cut_off():
        server.sql(f"SELECT pg_terminate_backend({waiter(server, older)})")

    thread = Thread(target=cut_off)
    with standby_away(server):
        thread.start()
        result = invoke("add", "--title", "One", "-a", older)
        thread.join()

    assert (result.code, result.out) == (4, "")
    assert "whether it is saved is not known" in result.err


def test_two_that_make_the_tables_at_once(database, server, invoke):
    """It says that it made the tables only where it did so."""
    other = Link(place_of(database, {}, Path.cwd(), typed=True))
    other.run(f"BEGIN; {schema.TABLES}")

    def finish():
        waiter(server, database, "transactionid")
        other.run("COMMIT")

    thread = Thread(target=finish)
    thread.start()
    result = invoke("init", database)
    thread.join()
    other.close()

    assert result.code == 0, result.err
    assert "Started the archive " in result.err
    assert "made the tables" not in result.err


@pytest.mark.parametrize(
    "error", [RefusedError("40001", "could not serialize access"), LostError("the server is gone")]
)
def test_others_in_the_way_of_a_new_plan(filled, invoke, monkeypatch, error):
    """It tries again where reading for a plan that is made anew stands in another's way."""
    from newsarchive.cli import writing
    from newsarchive.store.server import view

    real, reads = writing._Attempt, view.read_some_lines
    failing = [error]

    def read(*arguments):
        if failing:
            raise failing.pop()
        return reads(*arguments)

    def meanwhile(*arguments, **options):
        monkeypatch.setattr(writing, "_Attempt", real)
        assert invoke("edit", "1", "--set", "title=Theirs").code == 0
        monkeypatch.setattr(view, "read_some_lines", read)
        return real(*arguments, **options)

    monkeypatch.setattr(writing, "_Attempt", meanwhile)
    result = invoke("edit", "1", "--set", "source=mine")

    assert (result.code, failing) == (0, []), result.err
    [entry] = json.loads(invoke("show", "1", "--json").out)
    assert (entry["title"], entry["source"]) == ("Theirs", "mine")


def test_a_time_limit_of_the_server(older, server, invoke, monkeypatch):
    """It believes no COMMIT whose waiting for a standby was cut short by a time limit."""
    monkeypatch.setattr(saving, "_PATIENCE", 1.0)
    database = re.search(r"test\d+", older)[0]
    server.sql(f"ALTER DATABASE {database} SET statement_timeout = '200ms'")
    with standby_away(server):
        result = invoke("add", "--title", "One", "-a", older)

    assert (result.code, result.out) == (4, "")
    assert "whether it is saved is not known" in result.err
