"""The tests of the commands once more, with an archive on a server: `pytest --on-server tests/test_cli_*.py`.

Each test has an archive of its own, which `$NEWSARCHIVE_FILE` names. `archive` and `large` are then no paths, but
read as if there were a file. `LEFT_OUT` says which tests are about the file itself, or ask for one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import Any, Final

import msgspec
from postgres import Server

from newsarchive.archive import Archive
from newsarchive.config import place_of
from newsarchive.entry import entry_from
from newsarchive.store.digests import digest_of
from newsarchive.store.file.layout import file_of
from newsarchive.store.lines import line_of
from newsarchive.store.server.address import Address
from newsarchive.store.server.committing import ask_in_batches, putting
from newsarchive.store.server.link import Link

_BY_HAND: Final = "it is about a file that somebody edits, damages or replaces"
_FOUND: Final = "it is about where a file is found or started"
_ITSELF: Final = "it is about the archive's file in the place of another one"
_SPEED: Final = "it is about the speed of a file; benchmarks/server.py measures that of a server"
_FORCE: Final = "it is about going back to the previous revision of a file"
_BOTH: Final = "it has its own archives, in a file and on a server"

LEFT_OUT: Final[dict[str, str]] = {
    "test_cli_add.py::test_a_new_archive": _FOUND,
    "test_cli_edit.py::test_an_archive_that_cannot": _BY_HAND,
    "test_cli_export.py::test_a_large_archive": _SPEED,
    "test_cli_export.py::test_what_makes_no_sense_is_refused[words2-": _ITSELF,
    "test_cli_files.py::test_what_cannot_be_exported[arguments1-": _ITSELF,
    "test_cli_import.py::test_an_option_that_makes_no_sense[options11-": _ITSELF,
    "test_cli_import.py::test_an_option_that_makes_no_sense[options12-": _ITSELF,
    "test_cli_import.py::test_the_archive_is_no_source": _ITSELF,
    "test_cli_init.py::test_a_dry_run": _FOUND,
    "test_cli_init.py::test_a_filled_archive": _FOUND,
    "test_cli_init.py::test_a_folder": _FOUND,
    "test_cli_init.py::test_a_name": _FOUND,
    "test_cli_init.py::test_a_person": _FOUND,
    "test_cli_init.py::test_a_place": _FOUND,
    "test_cli_init.py::test_an_empty_archive": _FOUND,
    "test_cli_init.py::test_another_file": _FOUND,
    "test_cli_init.py::test_no_command_and": _FOUND,
    "test_cli_init.py::test_nothing_to_fill": _FOUND,
    "test_cli_init.py::test_the_first_entry": _FOUND,
    "test_cli_init.py::test_the_variable": _FOUND,
    "test_cli_merge.py::test_an_edit_by_hand": _BY_HAND,
    "test_cli_merge.py::test_an_id_of_a_dropped": _BY_HAND,
    "test_cli_merge.py::test_the_previous_revision": _BY_HAND,
    "test_cli_merge.py::test_without_a_base": _BY_HAND,
    "test_cli_scripts.py::test_commands_without_a_list_of_changes[command1": _FORCE,
    "test_cli_selecting.py::test_no_archive": _FOUND,
    "test_cli_selecting.py::test_the_archive_of": _FOUND,
    "test_cli_selecting.py::test_the_home_folder": _FOUND,
    "test_cli_tag.py::test_a_tag_in_another": _BY_HAND,
    "test_cli_undoing.py::test_nothing_is_written": _BY_HAND,
    "test_cli_undoing.py::test_nothing_to_restore": _FOUND,
    "test_cli_undoing.py::test_restore_of_a_damaged": _BY_HAND,
    "test_cli_undoing.py::test_restore_of_a_lost": _BY_HAND,
    "test_cli_watch.py": _BOTH,
}
"""Why a test, or all of a module, is not run on a server, by the beginning of its name."""

_COPY = """
INSERT INTO newsarchive.archives (name, revision, next_id, count, digest, bytes)
    SELECT '{new}', revision, next_id, count, digest, bytes FROM newsarchive.archives WHERE name = '{old}';
INSERT INTO newsarchive.entries (archive, id, line)
    SELECT new.id, entries.id, line FROM newsarchive.entries JOIN newsarchive.archives old ON old.id = archive,
    newsarchive.archives new WHERE old.name = '{old}' AND new.name = '{new}';
INSERT INTO newsarchive.operations (archive, number, key, time, who, command, ids, removes, header)
    SELECT new.id, number, operations.key, time, who, command, ids, removes, header
    FROM newsarchive.operations JOIN newsarchive.archives old ON old.id = archive,
    newsarchive.archives new WHERE old.name = '{old}' AND new.name = '{new}';
INSERT INTO newsarchive.records
    SELECT new.id, number, part, text FROM newsarchive.records JOIN newsarchive.archives old ON old.id = archive,
    newsarchive.archives new WHERE old.name = '{old}' AND new.name = '{new}';
"""
_REPLACED = """
UPDATE newsarchive.archives SET digest = $2, count = $3, key = gen_random_uuid(), pruned = revision WHERE id = $1
"""
_NUMBERS = count(1)


class Database:
    """A database in which each test gets an archive."""

    def __init__(self, server: Server) -> None:
        self._address = server.new_database()
        self._link = Link(self._at("template"))
        for name in ("empty", "template"):
            self.archive(name).start()

    def _at(self, name: str) -> Address:
        found = place_of(self.named(name), dict(os.environ), Path.cwd(), typed=True)
        assert isinstance(found, Address)
        return found

    def named(self, name: str) -> str:
        """Return the address of an archive."""
        return f"{self._address}&archive={name}"

    def archive(self, name: str) -> Archive:
        """Open an archive."""
        return Archive(self._at(name))

    def copy_of(self, name: str) -> str:
        """Make a copy of an archive, its history included; return the name."""
        new = f"test{next(_NUMBERS)}"
        self._link.run(f"BEGIN; {_COPY.format(old=name, new=new)} COMMIT;")
        return new


class OnServer:
    """What a test sees in the place of the path of an archive's file."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def read_bytes(self) -> bytes:
        """Return what a file with this archive would hold."""
        snapshot = self._archive.__class__(self._archive.place).snapshot
        return b"".join(map(bytes, file_of(snapshot.meta, snapshot.lines, {})))

    def own_folder(self) -> Path:
        """Return the folder of the user's own files, which is made."""
        folder = self._archive.own_file("")
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def read_text(self, encoding: str = "utf-8") -> str:
        """Return what a file with this archive would hold."""
        return self.read_bytes().decode(encoding)

    def write_bytes(self, data: bytes) -> None:
        """Put what such a file would hold in the archive's place, without what is known of how it came about."""
        tables = msgspec.json.decode(data)
        lines = {
            int(number): bytes(line_of(entry_from(one, int(number))))
            for number, one in tables["entries"].items()
        }
        place = self._archive.place
        assert isinstance(place, Address)
        link = Link(place)
        [(number,)] = link.ask("SELECT id FROM newsarchive.archives WHERE name = $1", place.archive)
        link.run("BEGIN")
        for table in ("entries", "records", "operations"):
            link.ask(f"DELETE FROM newsarchive.{table} WHERE archive = $1", int(number))
        ask_in_batches(link, putting(int(number), lines))
        link.ask(_REPLACED, int(number), digest_of(lines), len(lines))
        link.run("COMMIT")
        link.close()

    def write_text(self, text: str, encoding: str = "utf-8") -> None:
        """Put what such a file would hold in the archive's place."""
        self.write_bytes(text.encode(encoding))

    def exists(self) -> bool:
        """Whether there is an archive."""
        return self._archive.__class__(self._archive.place).exists

    def __fspath__(self) -> str:
        return str(self._archive.place)

    def __str__(self) -> str:
        return str(self._archive.place)


def in_use() -> OnServer:
    """Return the archive that the variable names."""
    found = place_of(os.environ["NEWSARCHIVE_FILE"], dict(os.environ), Path.cwd(), typed=True)
    return OnServer(Archive(found))


def left_out(name: str) -> str | None:
    """Return why a test is not run on a server."""
    return next((reason for start, reason in LEFT_OUT.items() if name.startswith(start)), None)


def parted(items: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """Part the tests that are run on a server from the others."""
    run, out = [], []
    for item in items:
        (run if left_out(item.nodeid.removeprefix("tests/")) is None else out).append(item)
    return run, out
