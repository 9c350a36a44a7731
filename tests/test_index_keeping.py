"""Where an index is kept, and what becomes of one that is damaged, old, foreign or in somebody's way."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from indexing import NOW, execute, index_of, rows, selected, stories, write_archive
from storing import all_files, beside, opened

from newsarchive.archive import Archive
from newsarchive.changes import adding
from newsarchive.entry import Entry

needs_permissions = pytest.mark.skipif(
    os.geteuid() == 0, reason="root may do everything; run the tests as an ordinary user"
)


def _search(path: Path) -> list[str]:
    """Search as a command does, check the answer, and return what was said."""
    said: list[str] = []
    result = opened(path, say=said.append).search(selected("title:saiga"))
    assert result.total == 214
    return said


def test_small_archive(archive: Path) -> None:
    """It is not built for a small archive: reading creates nothing."""
    before = all_files(archive.parent)
    small = opened(archive)

    small.search(selected("saiga"))
    small.page(selected("saiga"))
    small.tag_counts(selected("saiga"))

    assert all_files(archive.parent) == before


def test_small_archive_needs_no_sqlite(archive: Path) -> None:
    """It costs a small archive not even the import of SQLite."""
    program = "import sys, newsarchive.cli.app as a; a.run(sys.argv[1:]); sys.exit('sqlite3' in sys.modules)"

    for words in (["search", "saiga"], ["list"], ["tags"], ["add", "--title", "A story"]):
        done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, check=False)

        assert done.returncode == 0


def test_built_by_a_reader(large: Path) -> None:
    """It is built by the first reader, silently off a terminal, with the archive's own rights."""
    large.chmod(0o640)

    said = _search(large)

    assert said == []
    assert index_of(large).stat().st_mode & 0o777 == 0o640
    names = sorted(path.name for path in beside(large).iterdir())
    assert names == ["history.jsonl", "index.sqlite3", "lock", "written"]


@pytest.mark.parametrize("command", ["list --limit 5", "list saiga", "show 7", "tags", "search saiga"])
def test_commands_that_need_no_file(
    large: Path, invoke: Callable[..., object], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """It answers the second command without a look at the archive's text."""
    first = invoke(*command.split())
    monkeypatch.setattr(Archive, "snapshot", None)

    assert invoke(*command.split()) == first


def test_everything_is_read_from_the_file(large: Path) -> None:
    """It is not built for a list of everything, which it would not make faster."""
    opened(large).page(selected("*", limit=0))

    assert not index_of(large).exists()


def test_deleted(large: Path) -> None:
    """It comes back when someone deletes it."""
    _search(large)
    shutil.rmtree(beside(large))

    assert _search(large) == []
    assert index_of(large).exists()


def _garble(path: Path) -> None:
    path.write_bytes(b"no index at all" * 1000)


def _truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 3)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _zero(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(bytes(path.stat().st_size - 4096))


def _replace(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE state (version TEXT)")


def _drop_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE vocab")


@pytest.mark.parametrize("damage", [_garble, _truncate, _empty, _zero, _replace, _drop_table])
def test_damaged(large: Path, damage: Callable[[Path], None]) -> None:
    """It is built anew when it is damaged or somebody else's, which is told in one line."""
    _search(large)
    damage(index_of(large))

    (said,) = _search(large)

    assert said.startswith("note: the search index is ")
    assert said.endswith("; it is built anew")
    assert _search(large) == []


@pytest.mark.parametrize("damage", [_garble, _truncate, _zero, _drop_table])
def test_damaged_and_commands_that_write(large: Path, damage: Callable[[Path], None]) -> None:
    """It does not keep a command from writing."""
    _search(large)
    damage(index_of(large))
    archive = opened(large)

    chosen = archive.select(selected("title:saiga", limit=0))
    operation = archive.commit([adding(Entry(title="One more saiga"), NOW)])

    assert (len(chosen), operation and operation.number) == (214, 2)


def test_payload_that_is_no_entry(large: Path) -> None:
    """It is built anew when what it holds cannot be an entry."""
    _search(large)
    execute(large, "UPDATE payload SET line = '{}' WHERE id = 7")
    said: list[str] = []

    page = opened(large, say=said.append).page(selected("id:7"))

    reason = "entry 7: title: an entry needs a title"
    assert said == [f"note: the search index is damaged: {reason}; it is built anew"]
    assert page.total == 1


def test_other_version(large: Path) -> None:
    """It is built anew when other rules made it."""
    _search(large)
    execute(large, "UPDATE state SET version = '0'")

    assert _search(large) == ["note: the search index is from another version; it is built anew"]
    assert _search(large) == []


def test_torn(large: Path) -> None:
    """It is built anew when a change to it was cut off."""
    _search(large)
    execute(large, "UPDATE state SET is_torn = 1")

    (said,) = _search(large)

    assert said == "note: the search index was being changed when that was cut off; it is built anew"


def test_change_that_fails(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stays whole when a change of it fails, the commit stands, and the next reader makes up for it."""
    _search(large)
    inode = index_of(large).stat().st_ino
    said: list[str] = []
    archive = opened(large, say=said.append)
    with monkeypatch.context() as patch:
        patch.setattr("newsarchive.search.index.changing.add_stems", _full_disk)
        archive.commit([adding(Entry(title="Zhezkazgan"), NOW)])

    found = opened(large, say=said.append).search(selected("zhezkazgan"))

    assert said == [
        "note: the change was saved; the search index will take it up later (database or disk is full)"
    ]
    assert (found.total, index_of(large).stat().st_ino) == (1, inode)


def _full_disk(*_: object) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA max_page_count = 1")
        connection.execute("CREATE TABLE too_much (one)")


def test_interrupted_change(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stays whole when Ctrl-C comes in the middle of a change."""
    _search(large)
    archive = opened(large)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("newsarchive.search.index.changing.add_stems", interrupt)
        with pytest.raises(KeyboardInterrupt):
            archive.commit([adding(Entry(title="Zhezkazgan"), NOW)])

    assert archive.done == "the change was already saved (operation 2)"
    assert rows(large, "SELECT is_torn, revision, entries FROM state") == [(0, 1, 600)]
    assert opened(large).search(selected("zhezkazgan")).total == 1


@pytest.fixture
def sealed(large: Path) -> Path:
    """Put a file where the folder of the index would have to be."""
    shutil.rmtree(large.parent / ".newsarchive")
    (large.parent / ".newsarchive").write_text("")
    return large


def test_folder_that_cannot_be_made(sealed: Path) -> None:
    """It is built in memory for a search where it cannot be kept, which is told; lists do without."""
    said = _search(sealed)
    page = opened(sealed, say=said.append).page(selected("title:saiga", limit=3))

    assert len(said) == 1
    assert said[0].startswith("note: no search index can be used (")
    assert said[0].endswith("); this takes longer without one")
    assert (len(page.entries), page.total) == (3, 214)


@needs_permissions
def test_read_only_folder(large: Path) -> None:
    """It is used where nothing can be written, as long as it is fresh."""
    _search(large)
    beside(large).chmod(0o500)

    assert _search(large) == []


def test_ids_beyond_32_bits(alone: Path) -> None:
    """It is done without when the ids are too large for it."""
    path = write_archive(alone / "archive.json", stories(300))
    text = path.read_text().replace('"300":', '"5000000300":')
    path.write_text(text)

    found = opened(path).search(selected("saiga id:5000000000.."))

    assert not index_of(path).exists()
    assert [hit.entry.id for hit in found.hits] == [5000000300]


def test_history_prune(large: Path) -> None:
    """It is dropped with the history, even one that was never finished: removed text leaves for good."""
    _search(large)
    unfinished = index_of(large).with_name("index.sqlite3-1-0123abcd.unfinished")
    unfinished.write_text("old text")

    opened(large).prune_history(0)

    assert not index_of(large).exists()
    assert not unfinished.exists()


def test_what_killed_builders_left(large: Path) -> None:
    """It clears away what was left long ago, but nothing that may still be in use."""
    old, new = (index_of(large).with_name(f"index.sqlite3-{n}-0123abcd.unfinished") for n in (1, 2))
    for path in (old, new):
        path.write_text("")
    os.utime(old, (0, 0))

    _search(large)

    assert (old.exists(), new.exists()) == (False, True)


def test_stranger_in_the_place_of_the_index(large: Path) -> None:
    """It is done without where a folder has its name."""
    index_of(large).mkdir()

    assert len(_search(large)) == 1
