"""An archive on a server: the same commands, and a commit that is there whole or not at all."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import postgres
import pytest
from storing import NOW

from newsarchive.archive import Archive
from newsarchive.changes import adding, changing, removing
from newsarchive.config import place_of
from newsarchive.entry import Entry
from newsarchive.errors import ChangedMeanwhileError

DATA = Path(__file__).parent / "data"


def at(address: str) -> Archive:
    """Open an archive as a command would."""
    return Archive(
        place_of(address, {}, Path.cwd(), typed=True), command="test", user="tester", clock=lambda: NOW
    )


def added(address: str, *titles: str) -> None:
    """Add stories of these titles as one operation."""
    assert at(address).commit([adding(Entry(title=title), NOW) for title in titles]) is not None


# --- starting --------------------------------------------------------------------------------------------


def test_init(database, invoke):
    """It says what it made, and leaves alone what is there."""
    first, again = invoke("init", database), invoke("init", database)

    assert (first.code, again.code) == (0, 0)
    assert "made the tables, in the schema newsarchive" in first.err
    assert f"Started the archive {database}\n" in first.err
    assert again.err == f"{database} is an archive already, with 0 entries; nothing was changed\n"


def test_init_with_an_import(database, invoke):
    """It brings in a file at once."""
    result = invoke("init", database, "--import", str(DATA / "cami-news-listing.txt"))

    assert result.code == 0
    assert len(json.loads(invoke("list", "-a", database, "--json", "--limit", "0").out)) == 10


def test_two_archives_of_one_database(address, invoke):
    """It keeps them apart."""
    other = f"{address}&archive=other"
    invoke("init", other)
    invoke("add", "--title", "Saiga")
    invoke("add", "-a", other, "--title", "Kulan")

    assert invoke("list", "--format", "ids").out == "1\n"
    assert "Kulan" in invoke("list", "-a", other).out
    assert "Saiga" not in invoke("list", "-a", other).out


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda address: address.replace("@/test", "@/nothing"), "`createdb` makes a database"),
        (lambda address: address.replace("host=/", "host=/nowhere/"), "cannot reach"),
        (lambda address: address, "`newsarchive init 'postgresql://"),
    ],
    ids=["no database", "no server", "no tables"],
)
def test_nothing_to_read(database, invoke, change, words):
    """It says what is missing, and exits with 4."""
    result = invoke("list", "-a", change(database))

    assert (result.code, result.out) == (4, "")
    assert words in result.err


def test_no_archive_of_that_name(address, invoke):
    """It starts none by itself: a slip of the finger would be a new archive."""
    wrong = f"{address}&archive=cmai"

    for words in (["list"], ["add", "--title", "Saiga"]):
        result = invoke(*words, "-a", wrong)
        assert (result.code, result.out) == (1, "")
        assert f"there is no archive at {wrong}" in result.err
        assert f"newsarchive init '{wrong}'" in result.err


def test_tables_of_another_version(address, invoke, server):
    """It touches none that a newer program has made."""
    database = re.search(r"test\d+", address)[0]
    server.sql("UPDATE newsarchive.about SET version = 99", database)

    for words in (["list"], ["add", "--title", "Saiga"], ["init"]):
        result = invoke(*words)
        assert (result.code, result.out) == (4, "")
        assert "its tables have version 99, from a newer newsarchive" in result.err


def test_no_psycopg(invoke, monkeypatch):
    """It names the command that installs it."""
    from newsarchive.store.server import libpq

    libpq.load.cache_clear()
    monkeypatch.setitem(sys.modules, "psycopg", None)

    result = invoke("list", "-a", "postgresql:///db")

    assert result.code == 2
    assert "'newsarchive[postgres]'" in result.err


def test_no_libpq(invoke, monkeypatch, tmp_path):
    """It tells a missing library from a missing psycopg."""
    from newsarchive.store.server import libpq

    libpq.load.cache_clear()
    (tmp_path / "psycopg_binary").mkdir()
    (tmp_path / "psycopg_binary" / "__init__.py").touch()
    (tmp_path / "psycopg_binary.libs").mkdir()
    (tmp_path / "psycopg_binary.libs" / "libpq-x.so").write_text("no library")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "psycopg_binary", raising=False)

    result = invoke("list", "-a", "postgresql:///db")

    assert result.code == 2
    assert "cannot be loaded" in result.err
    assert "libpq-x.so" in result.err
    assert "--upgrade 'newsarchive[postgres]'" in result.err


@pytest.mark.parametrize(
    "form",
    [
        "postgresql://tester:geheim@/{database}?host={folder}",
        "postgresql://tester@/{database}?host={folder}&password=geheim",
        "postgresql://tester@/{database}?host={folder}&pass%77ord=geheim&archive=other",
        "host={folder} dbname={database} user=tester password = 'geheim '",
    ],
)
def test_a_password_in_the_variable(address, server, invoke, monkeypatch, alone, form):
    """It takes it, and neither shows it nor keeps it, on the disk or on the server."""
    database = address.partition("@/")[2].partition("?")[0]
    monkeypatch.setenv("NEWSARCHIVE_FILE", form.format(database=database, folder=server.folder))
    commands = (
        ["init"],
        ["add", "--title", "Saiga"],
        [],
        ["history", "--json"],
        ["list", "--json"],
        ["search", "saiga"],
    )
    failing = (["list", "-a", "service=no"], ["restore"], ["merge"], ["tag", "+x", "id:9"], ["show", "9"])

    shown = [invoke(*words) for words in (*commands, *failing)]
    away = [invoke(*words, "--offline") for words in (["list"], ["add", "--title", "A"])]

    assert [result.code for result in shown] == [0] * 6 + [4, 2, 2, 1, 1]
    assert [result.code for result in away] == [0, 4]
    assert "geheim" not in "".join(result.out + result.err for result in (*shown, *away))
    kept = [path for path in alone.rglob("*") if path.is_file()]
    assert kept
    assert [path for path in kept if "geheim" in str(path) or b"geheim" in path.read_bytes()] == []
    for table in ("archives", "operations", "records"):
        assert "geheim" not in server.sql(f"SELECT * FROM newsarchive.{table}", database)


# --- commands --------------------------------------------------------------------------------------------


def test_a_day_of_work(address, invoke):
    """It does what it does in a file: add, tag, edit, remove, undo, history."""
    invoke("import", str(DATA / "cami-news-listing.txt"))
    before = invoke("list", "--json", "--limit", "0").out

    done = [
        invoke("tag", "+old", "mezhnev"),
        invoke("edit", "2", "--set", "title=Другой"),
        invoke("remove", "3", "--yes"),
        invoke("undo", "2-4", "--yes"),
    ]

    assert [result.code for result in done] == [0, 0, 0, 0]
    assert invoke("list", "--json", "--limit", "0").out == before
    rows = json.loads(invoke("history", "--json").out)
    assert [row["operation"] for row in rows] == [5, 4, 3, 2, 1]
    assert sorted(rows[0]["undoes"]) == [2, 3, 4]
    assert json.loads(invoke("history", "show", "4", "--json").out)[0]["kind"] == "remove"


def test_the_lines_are_those_of_a_file(address, invoke, server, tmp_path):
    """It keeps each entry to the byte as a file would, and hands out the fields to SQL."""
    listing = str(DATA / "cami-news-listing.txt")
    invoke("import", listing)
    invoke("import", listing, "-a", "file.json")

    def told_apart(archive):
        return {
            number: json.loads(bytes(line)) | {"added": "", "modified": ""}
            for number, line in archive.snapshot.lines.items()
        }

    assert told_apart(at(address)) == told_apart(Archive(tmp_path / "file.json"))
    database = re.search(r"test\d+", address)[0]
    rows = server.sql("SELECT fields ->> 'title' FROM newsarchive.entries ORDER BY id LIMIT 1", database)
    assert rows == "In memoriam – Anton Mezhnev\n"
    digest = server.sql("SELECT digest FROM newsarchive.archives", database).strip()
    assert digest == at(address).snapshot.meta.digest


def test_a_text_that_no_jsonb_holds(address, invoke, server):
    """It stores it all the same; only SQL sees no fields."""
    at(address).commit([adding(Entry(title="a", extra={"odd": "\0", "big": 10**400}), NOW)])

    [entry] = at(address).entries
    assert entry.extra == {"odd": "\0", "big": 10**400}
    database = re.search(r"test\d+", address)[0]
    assert server.sql("SELECT count(*) FROM newsarchive.entries WHERE fields IS NULL", database) == "1\n"


def test_prune(address, invoke):
    """It forgets operations; the index goes as well."""
    for number in range(5):
        invoke("add", "--title", f"story {number}")

    result = invoke("history", "prune", "--keep", "2", "--yes")

    assert result.code == 0
    assert [row["operation"] for row in json.loads(invoke("history", "--json").out)] == [5, 4]
    assert invoke("add", "--title", "another").out == "6\n"


def test_ids_are_given_once(address, invoke):
    """It gives no id again whose entry was removed or whose addition was undone."""
    invoke("add", "--title", "one")
    invoke("undo", "--yes")

    assert invoke("add", "--title", "two").out == "2\n"
    assert invoke("undo", "1-2", "--redo").code in (0, 2)
    assert json.loads(invoke("list", "--json").out)[0]["id"] == 2


def test_a_record_in_parts(address, invoke, server, monkeypatch):
    """It keeps a long record in several fields, each with whole letters, and finds in them what to take back."""
    monkeypatch.setattr("newsarchive.store.server.history._PART", 51)
    invoke("add", "--title", "Сайгаки пересекли железную дорогу")
    invoke("edit", "1", "--set", "title=Снежный барс")

    undone = invoke("undo", "--yes")

    assert undone.code == 0
    assert json.loads(invoke("show", "1", "--json").out)[0]["title"] == "Сайгаки пересекли железную дорогу"
    database = re.search(r"test\d+", address)[0]
    [parts, longest] = (
        server.sql(
            "SELECT count(*), max(octet_length(text)) FROM newsarchive.records WHERE number = 2", database
        )
        .strip()
        .split("|")
    )
    assert int(parts) > 5
    assert int(longest) <= 51


# --- commits ---------------------------------------------------------------------------------------------


def test_an_entry_that_changed_meanwhile(address):
    """It refuses a change of what is no longer there as it was, and changes nothing."""
    added(address, "one", "two")
    early, late = at(address), at(address)
    entries = early.entries
    late.commit([removing(late.entries[0])])

    with pytest.raises(ChangedMeanwhileError, match="entry 1"):
        early.commit([changing(entry, Entry(**{**vars_of(entry), "title": "new"}), NOW) for entry in entries])

    assert [entry.title for entry in at(address).entries] == ["two"]


def vars_of(entry: Entry) -> dict[str, object]:
    """Return the fields of an entry."""
    return {name: getattr(entry, name) for name in entry.__slots__}


def test_another_entry_that_changed_meanwhile(address):
    """It takes no newer revision for a conflict where the entries are other ones."""
    added(address, "one", "two")
    early, late = at(address), at(address)
    first = early.entries[0]
    late.commit([removing(late.entries[1])])

    early.commit([removing(first)])

    assert at(address).entries == []
    assert at(address).snapshot.meta.revision == 3


def test_what_another_changed_is_planned_again(address, invoke, monkeypatch):
    """It carries over what was planned on an older state, and refuses where both changed one field."""
    added(address, "one", "two")
    from newsarchive.cli import writing

    real = writing._Attempt

    def while_another_sets(title, *words):
        def meanwhile(*arguments, **options):
            monkeypatch.setattr(writing, "_Attempt", real)
            assert invoke("edit", "1", "--set", f"title={title}").code == 0
            return real(*arguments, **options)

        monkeypatch.setattr(writing, "_Attempt", meanwhile)
        return invoke(*words)

    carried = while_another_sets("theirs", "edit", "1", "--set", "source=mine")
    refused = while_another_sets("theirs again", "edit", "1", "--set", "title=mine")

    assert (carried.code, refused.code) == (0, 3)
    [entry] = json.loads(invoke("show", "1", "--json").out)
    assert (entry["title"], entry["source"]) == ("theirs again", "mine")


def test_another_writer(address, invoke, server):
    """It says after a second whom it waits for, and gives up when it has waited long enough."""
    from newsarchive.store.server.link import Link

    place = place_of(address, {}, Path.cwd(), typed=True)
    link = Link(place)
    link.ask("SELECT set_config('application_name', 'newsarchive import x.csv', false)")
    link.ask("SELECT pg_advisory_lock(1852143475, 1)")

    result = invoke("add", "--title", "Saiga", "--lock-timeout", "1.5")
    link.close()

    assert (result.code, result.out) == (5, "")
    assert f"waiting for newsarchive import x.csv of tester to finish with {address} …\n" in result.err
    assert "is locked by newsarchive import x.csv of tester (waited 1.5 s); nothing was changed" in result.err


def test_somebody_who_holds_the_archive_in_sql(address, invoke):
    """It says that the archive is locked, not that it cannot be read."""
    from newsarchive.store.server.link import Link

    link = Link(place_of(address, {}, Path.cwd(), typed=True))
    link.ask("BEGIN")
    link.ask("SELECT id FROM newsarchive.archives FOR UPDATE")

    result = invoke("add", "--title", "Saiga", "--lock-timeout", "0.2")
    link.close()

    assert (result.code, result.out) == (5, "")
    assert "(waited 0.2 s); nothing was changed" in result.err


def test_a_server_that_takes_no_changes(address, invoke, server):
    """It reads from a standby, or whatever else is set to be read only, and says of writing what to do."""
    added(address, "one")
    server.sql(
        f"ALTER DATABASE {re.search(r'test[0-9]+', address)[0]} SET default_transaction_read_only = on"
    )
    copy = f"{address}&archive=other"
    invoke("add", "--title", "b", "-a", "b.json")

    reading = [
        invoke(*words) for words in (["list"], ["search", "one"], ["history"], ["copy", address, "a.json"])
    ]
    writing = [
        invoke(*words)
        for words in (
            ["add", "--title", "two"],
            ["tag", "+x", "id:1"],
            ["undo", "--yes"],
            ["history", "prune", "--keep", "0", "--yes"],
            ["remove", "1", "--yes"],
            ["copy", "b.json", copy],
            ["init", copy],
        )
    ]

    assert [result.code for result in reading] == [0] * 4
    for result in writing:
        assert (result.code, result.out) == (4, "")
        assert "this server takes no changes, as a standby does; name the primary" in result.err


def test_a_server_that_does_not_acknowledge(invoke, monkeypatch):
    """It says that it does not know, where a server waits for a standby that is not there."""
    if postgres.programs() is None:
        pytest.skip(postgres.MISSING)
    with postgres.running() as server:
        address = server.new_database()
        invoke("init", address)
        invoke("add", "--title", "One", "-a", address)
        server.sql("ALTER SYSTEM SET synchronous_standby_names = 'away'")
        server.sql("SELECT pg_reload_conf()")
        monkeypatch.setattr("newsarchive.store.server.saving._PATIENCE", 1.0)

        result = invoke("add", "--title", "Two", "-a", address)

    assert (result.code, result.out) == (4, "")
    assert "was lost while operation 2 was being saved (no answer for 1 s)" in result.err
    assert "whether it is saved is not known" in result.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["import", "{}"], "an archive on a server is no source; `newsarchive merge ADDRESS`"),
        (
            ["export", "-o", "{}", "--format", "json"],
            "`newsarchive copy FROM TO` makes an archive on a server",
        ),
        (["list", "-a", "{}"], "leave the password out"),
        (["copy", "{}", "b.json"], "leave the password out"),
        (["copy", "a.json", "{}"], "leave the password out"),
        (["merge", "{}"], "leave the password out"),
        (["merge", "a.json", "--base", "{}"], "leave the password out"),
        (["init", "{}"], "leave the password out"),
    ],
)
@pytest.mark.parametrize(
    "address",
    ["postgresql://me:secret@host/db", "postgresql://host/db?password=secret", "host=h password=secret"],
)
def test_a_password_that_is_typed(invoke, alone, words, sentence, address):
    """It is refused in every place where an archive or a file may be named, and not repeated."""
    invoke("add", "--title", "A", "-a", "a.json")

    result = invoke(*(address if word == "{}" else word for word in words))

    assert (result.code, result.out) == (2, "")
    assert sentence in result.err
    assert "secret" not in result.err
    assert not [path for path in alone.iterdir() if "=" in path.name or "postgresql" in path.name]
