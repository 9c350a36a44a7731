"""Archives for the tests of the store: made, changed and looked at without the command line."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from newsarchive.archive import Archive
from newsarchive.changes import Operation, adding, changing, planned, removing
from newsarchive.entry import Entry
from newsarchive.planning.undoing import Wanted

NOW = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)
LATER = datetime(2024, 3, 2, 18, 0, tzinfo=UTC)


def opened(
    path: Path,
    command: str = "test",
    *,
    now: datetime = NOW,
    lock_timeout: float = 60,
    say: Callable[[str], None] = lambda _: None,
) -> Archive:
    """Open an archive as a command would, at a time that stands still."""
    return Archive(
        path, command=command, user="tester", clock=lambda: now, lock_timeout=lock_timeout, say=say
    )


def add(path: Path, *titles: str, **options: Any) -> Operation:
    """Add stories of these titles as one operation."""
    return _done(
        opened(path, **options).commit(
            [adding(Entry(title=title), options.get("now", NOW)) for title in titles]
        )
    )


def tag(path: Path, word: str, *ids: int, **options: Any) -> Operation:
    """Tag these entries, or all."""
    archive = opened(path, **options)
    chosen = [entry for entry in archive.entries if not ids or entry.id in ids]
    now = options.get("now", NOW)
    return _done(
        archive.commit(planned([changing(one, replace(one, tags=(*one.tags, word)), now) for one in chosen]))
    )


def remove(path: Path, *ids: int, **options: Any) -> Operation:
    """Remove these entries."""
    archive = opened(path, **options)
    return _done(archive.commit([removing(entry) for entry in archive.entries if entry.id in ids]))


def undo(path: Path, *numbers: int, force: bool = False, **options: Any) -> Operation:
    """Take operations back, the newest without a number."""
    archive = opened(path, **options)
    plan = archive.plan_undo(Wanted([(number, number) for number in numbers]), force=force)
    return _done(archive.commit(plan.changes, undoes=plan.undoes))


def _done(operation: Operation | None) -> Operation:
    assert operation is not None
    return operation


# --- what is there ---------------------------------------------------------------------------------------


def titles(path: Path) -> dict[int, str]:
    """Return the title of each entry by id."""
    return {entry.known_id: entry.title for entry in opened(path).entries}


def meta(path: Path) -> dict[str, Any]:
    """Return what the file says of itself."""
    found: dict[str, Any] = json.loads(path.read_bytes())["meta"]["1"]
    return found


def entries_value(path: Path) -> bytes:
    """Return the bytes of the `entries` value, which is all that the digest covers."""
    data = path.read_bytes()
    return data[data.index(b'"entries":') + len(b'"entries":') : -len(b"}\n")]


def digest(entries: bytes) -> str:
    """Return the digest of an `entries` value: the sum of its lines' own, commas left out."""
    lines = [line.removesuffix(b",") for line in entries.split(b"\n")[1:-1]]
    own = [blake2b(line, digest_size=32).hexdigest() for line in lines]
    return f"{sum(int(one, 16) for one in own) % 2**256:064x}"


def recorded(path: Path) -> list[int]:
    """Return the numbers of the operations in the history."""
    return [record.number for record in opened(path).records()]


def beside(path: Path) -> Path:
    """Return the folder that belongs to an archive."""
    return path.parent / ".newsarchive" / path.name


def leftovers(folder: Path) -> list[str]:
    """Return the names of temporary files, wherever in the folder."""
    return sorted(found.name for found in folder.rglob("*") if "tmp" in found.name)


def all_files(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder and its bytes."""
    return {
        os.fspath(found.relative_to(folder)): found.read_bytes()
        for found in folder.rglob("*")
        if found.is_file()
    }


# --- a life of an archive in which the revision tells the content ----------------------------------------

State = list[tuple[str, tuple[str, ...]]]
"""Title and tags of each entry, by id. A killed commit may leave a gap in the ids, but gives none twice."""


def step(path: Path) -> int:
    """Make the next revision: two adds, a tagging of all, a removal of the oldest; return its number."""
    archive = opened(path, lock_timeout=60)
    revision = (archive.snapshot.meta.revision if archive.exists else 0) + 1
    if revision % 4 == 3:
        return tag(path, f"t{revision}").number
    if revision % 4 == 0:
        return remove(path, archive.entries[0].known_id).number
    return add(path, f"story {revision}").number


def state(path: Path) -> State:
    """Return what an archive holds; nothing where there is none."""
    archive = opened(path)
    if not archive.exists:
        return []
    assert not archive.snapshot.edited_by_hand
    return [(entry.title, entry.tags) for entry in archive.entries]


def expected(revision: int) -> State:
    """Return what an archive holds after so many steps."""
    found: State = []
    for number in range(1, revision + 1):
        if number % 4 == 3:
            found = [(title, (*tags, f"t{number}")) for title, tags in found]
        elif number % 4 == 0:
            del found[0]
        else:
            found.append((f"story {number}", ()))
    return found


def revision_of(path: Path) -> int:
    """Return the archive's revision, 0 where there is none."""
    archive = opened(path)
    return archive.snapshot.meta.revision if archive.exists else 0
