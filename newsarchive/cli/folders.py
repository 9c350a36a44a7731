"""Exports into a folder that keep pace: a list in the folder says which files are its own, and of which entries."""

from __future__ import annotations

from _blake2 import blake2b  # hashlib itself loads OpenSSL
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from newsarchive.disk import discard, reason_of, replacing
from newsarchive.errors import CannotSaveError, WouldOverwriteError
from newsarchive.formats.base import FolderWriter, Row
from newsarchive.formats.codec import BadJsonError, dumps, loads

MANIFEST: Final = ".newsarchive-export.json"
_MOST_DEPTH: Final = 4


class Written(NamedTuple):
    """A file that an export has written: of which entry, and the digest of what it held."""

    entry: int | None
    digest: str


class Listed(NamedTuple):
    """What the list says: the files of the last export, and the names that entries had which it left out."""

    files: dict[str, Written]
    names: dict[str, int]


class Kept(NamedTuple):
    """What became of files that earlier exports wrote, and that the present one does not."""

    removed: list[str]
    left: list[str]


def save_folder(path: Path, rows: Iterable[Row], writer: FolderWriter, *, force: bool) -> Kept:
    """Write each entry's file whole, by the name that it had before; nobody else's file is touched without `force`.

    Files of before that are not written now stay, and are named; `force` removes those that nobody has changed.
    Their entries keep the names for a later export. Raises WouldOverwriteError for a folder or a file
    of somebody else's, CannotSaveError.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        before, left_names = _read(path)
        if not force and not (before or left_names) and any(path.iterdir()):
            raise WouldOverwriteError(path)
        known = {name: one.entry for name, one in before.items() if one.entry is not None}
        names = {number: Path(name).stem for name, number in {**left_names, **known}.items()}
        now: dict[str, Written] = {}
        ids: list[int | None] = []
        for name, content in writer.files(_noting(rows, ids), names):
            if not force and name not in before and (path / name).exists():
                raise WouldOverwriteError(path / name)
            with replacing(path / name) as out:
                out.write(content)
            now[name] = Written(ids[-1], _digest(content))
        kept = _clear_up(path, {name: one for name, one in before.items() if name not in now}, force=force)
        files = {**{name: before[name] for name in kept.left}, **now}
        written = {one.entry for one in files.values()}
        names_left = {
            name: number for name, number in {**left_names, **known}.items() if number not in written
        }
        _write(path, Listed(files, names_left))
    except OSError as error:
        raise CannotSaveError(path, reason_of(error)) from error
    return kept


def _noting(rows: Iterable[Row], ids: list[int | None]) -> Iterator[Row]:
    """Note whose row was taken last: a folder's writer makes one file of each."""
    for row in rows:
        ids[:] = [row.get("id")]
        yield row


def _clear_up(path: Path, old: dict[str, Written], *, force: bool) -> Kept:
    kept = Kept([], [])
    for name, one in old.items():
        file = path / name
        if not file.is_file():
            continue
        if force and _digest(file.read_bytes()) == one.digest:
            discard(file)
            kept.removed.append(name)
        else:
            kept.left.append(name)
    return kept


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def _read(path: Path) -> Listed:
    """Read the list of a folder; of one that somebody has spoilt, nothing is known."""
    try:
        listed: Any = loads((path / MANIFEST).read_text(encoding="utf-8"), depth=_MOST_DEPTH)
        files = {
            name: Written(one["id"], str(one["digest"]))
            for name, one in listed["files"].items()
            if Path(name).name == name and (one["id"] is None or type(one["id"]) is int)
        }
        names = listed.get("names", {}).items()
        return Listed(files, {n: i for n, i in names if Path(n).name == n and type(i) is int})
    except (FileNotFoundError, UnicodeDecodeError, BadJsonError, KeyError, TypeError, AttributeError):
        return Listed({}, {})


def _write(path: Path, listed: Listed) -> None:
    files = {name: {"id": one.entry, "digest": one.digest} for name, one in sorted(listed.files.items())}
    names = {"names": dict(sorted(listed.names.items()))} if listed.names else {}
    with replacing(path / MANIFEST) as out:
        out.write(dumps({"files": files, **names}) + b"\n")
