"""The archive under git: merging two versions of its file, the marks of a conflict, and git's settings."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from msgspec.structs import replace

from newsarchive.changes import by_id
from newsarchive.copies import Merge, copy_of, plan_with, side_in_file, snapshot_from, snapshot_of
from newsarchive.disk import reason_of
from newsarchive.errors import BadOptionError, CannotSaveError
from newsarchive.planning.merging import Clash, MergePlan, Prefer, plan_merge
from newsarchive.planning.parting import Base
from newsarchive.store.file.diagnosis import MARKS
from newsarchive.store.snapshot import Snapshot

DRIVER: Final = "newsarchive merge --git %O %A %B"
_ENTRY: Final = rb'^"([0-9]+)":'


# --- git merges -------------------------------------------------------------------------------------------


class Versions(NamedTuple):
    """The bytes of a merged file, and what both versions changed otherwise: there the file has git's marks."""

    data: bytes
    clashes: Sequence[Clash]


def merge_versions(base: Path, ours: Path, theirs: Path, now: datetime) -> Versions:
    """Merge two versions of an archive's file, which begin with `base`; that is empty where both are new.

    Raises CannotReadError, and NotAnArchiveError for what is no archive.
    """
    here, there = snapshot_of(ours), snapshot_of(theirs)
    began = Base(by_id(snapshot_of(base).entries())) if base.stat().st_size else None
    one, other = copy_of(side_in_file(here)), copy_of(side_in_file(there))
    plan = plan_merge(one, other, began, now)
    data = _file(here, there, plan)
    if not plan.clashes:
        return Versions(data, ())
    swapped = _file(here, there, plan_merge(one, other, began, now, prefer="theirs"))
    return Versions(
        b"".join(_marked(data.splitlines(keepends=True), swapped.splitlines(keepends=True))), plan.clashes
    )


def _file(here: Snapshot, there: Snapshot, plan: MergePlan) -> bytes:
    from newsarchive.store.file.tables import apply_changes  # spares start-up: only writers import tinydb

    revision = max(here.meta.revision, there.meta.revision)
    meta = replace(here.meta, revision=revision, next_id=plan.next_id)
    return apply_changes(here._replace(meta=meta), plan.changes).data


def _marked(ours: Sequence[bytes], theirs: Sequence[bytes]) -> Iterator[bytes]:
    """Write two files of the same layout as one, with git's marks where they differ; both are sorted by id."""
    one, other = [*_by_key(ours)], [*_by_key(theirs)]
    places = [0, 0]
    while places[0] < len(one) or places[1] < len(other):
        (key, line), (other_key, other_line) = one[places[0]], other[places[1]]
        mine = line if key <= other_key else b""
        yours = other_line if other_key <= key else b""
        places[0] += key <= other_key
        places[1] += other_key <= key
        yield mine if mine == yours else b"<<<<<<< ours\n" + mine + b"=======\n" + yours + b">>>>>>> theirs\n"


def _by_key(lines: Sequence[bytes]) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Yield the lines of a file with what they are sorted by: what stands before the entries, those, the rest."""
    room, number = 0, 0
    for line in lines:
        found = re.match(_ENTRY, line)
        if found and room < 2:
            room, number = 1, int(found[1])
        else:
            room, number = (0 if room == 0 else 2), number + 1
        yield (room, number if room != 2 else number + (1 << 60)), line


# --- conflicts in the file --------------------------------------------------------------------------------


def sides_of(data: bytes) -> tuple[bytes, bytes | None, bytes] | None:
    """Return our side, the base and their side of a file with git's marks; None for one without.

    The base is there when git was told to write it (`merge.conflictStyle` diff3 or zdiff3).
    """
    sides: dict[str, list[bytes]] = {"ours": [], "base": [], "theirs": []}
    side, has_base, has_marks = "", False, False
    for line in data.splitlines(keepends=True):
        mark = line[:7].decode("ascii", "replace") if re.match(MARKS.encode(), line) else ""
        if mark:
            side = {"<": "ours", "|": "base", "=": "theirs", ">": ""}[mark[0]]
            has_marks, has_base = True, has_base or side == "base"
        else:
            for name in [side] if side else sides:
                sides[name].append(line)
    if not has_marks:
        return None
    ours, base, theirs = (b"".join(lines) for lines in sides.values())
    return ours, base if has_base else None, theirs


def plan_resolving(
    path: Path, data: bytes, prefer: Prefer | None, now: datetime
) -> tuple[Snapshot, Merge] | None:
    """Plan to merge the sides of a file with git's marks; return ours and the plan, None without marks.

    Raises NotAnArchiveError when a side alone is no archive.
    """
    sides = sides_of(data)
    if sides is None:
        return None
    ours, base, theirs = (None if side is None else snapshot_from(path, side) for side in sides)
    assert ours is not None
    assert theirs is not None
    plan = plan_with(side_in_file(ours), side_in_file(theirs), now, base=base, prefer=prefer)
    return ours, plan


# --- settings ---------------------------------------------------------------------------------------------


def set_up(archive: Path) -> list[str]:
    """Make git merge an archive's file with this program; return what was done, a sentence each.

    Raises BadOptionError where there is no repository or no git, CannotSaveError.
    """
    folder = archive.parent
    try:
        found = _git(folder, "rev-parse", "--is-inside-work-tree")
    except FileNotFoundError:
        raise BadOptionError("--git: there is no git on this machine") from None
    if found.returncode:
        raise BadOptionError(f"--git: {folder} is in no repository; run `git init` there first")
    _git(folder, "config", "merge.newsarchive.name", "merge archives of newsarchive by their entries")
    _git(folder, "config", "merge.newsarchive.driver", DRIVER)
    attributes = folder / ".gitattributes"
    line = f"{_pattern(archive.name)} merge=newsarchive"
    try:
        text = attributes.read_text(encoding="utf-8") if attributes.exists() else ""
        if line not in text.splitlines():
            with attributes.open("a", encoding="utf-8") as file:
                file.write(f"{'' if not text or text.endswith(chr(10)) else chr(10)}{line}\n")
    except OSError as error:
        raise CannotSaveError(attributes, reason_of(error)) from error
    return [
        f"git merges {archive.name} by its entries from now on (.gitattributes, which belongs into the repository)",
        "each clone needs `newsarchive init --git` once: git keeps the name of the program to itself",
    ]


def _pattern(name: str) -> str:
    escaped = re.sub(r'([\\"*?\[])', r"\\\1", name)
    return f'"/{escaped}"' if re.search(r'[\s"\\]', escaped) else f"/{escaped}"


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", "-C", str(folder), *arguments], check=False, capture_output=True)
