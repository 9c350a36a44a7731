"""What a path on the command line stands for: one file, or every readable file in a folder."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from glob import glob
from pathlib import Path
from typing import Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import LeftOut, Source, content_of
from newsarchive.formats.known import FORMATS
from newsarchive.formats.reading.packed import ZIP, names_in
from newsarchive.formats.sniffing import HEAD, sniff

META: Final = ".meta"
"""The end of the name of the file in which Nikola keeps what is to be known of the document beside it."""


def sources_at(path: Path) -> list[Source | LeftOut]:
    """Return the source of a file, those of a folder and the folders in it by name, or those of a pattern.

    In folders only files count whose names end like a readable format's, the others are counted by their
    suffixes; what begins with a dot is neither.
    Raises SourceError when there is nothing at `path`, or nothing readable in the folder.
    """
    try:
        return _found_at(path)
    except OSError as error:  # a name that is too long, a folder that may not be entered
        raise SourceError(str(path), f"cannot be read: {error.strerror}") from error


def _found_at(path: Path) -> list[Source | LeftOut]:
    if path.is_dir():
        return _in_folder(path)
    if not path.exists():
        # A pattern that the shell left alone: quoted, or with a `**` that it does not know.
        matches = sorted(map(Path, glob(str(path), recursive=True)))  # noqa: PTH207 - takes no absolute ones
        if not matches:
            raise SourceError(str(path), "is not there")
        return [source for match in matches for source in _found_at(match)]
    if path.is_file():
        return [Source(str(path), path)]
    # A pipe such as <(curl …) can be read only once, and finding out the format reads it, too.
    return [Source(str(path), content_of(Source(str(path), path)))]


def with_format(source: Source) -> tuple[Source, str]:
    """Return a source with its format, judged by its name, its first bytes and what it is packed of.

    What is read of it for that is not read again, where it is all.
    """
    head = head_of(source)
    is_whole = 0 < len(head) < HEAD and isinstance(source.data, Path)
    form = sniff(source.name, head, names_in(source) if head.startswith(ZIP) else ())
    return source._replace(whole=head) if is_whole else source, form


def is_one_of(sources: Sequence[Source], path: Path) -> list[bool]:
    """Return of each source whether it is the file at `path`."""
    try:
        status = path.stat()
    except OSError:  # there is none
        return [False] * len(sources)
    return [isinstance(source.data, Path) and _has_status(source.data, status) for source in sources]


def _has_status(path: Path, status: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.stat(), status)
    except OSError:
        return False


def head_of(source: Source) -> bytes:
    """Return the first bytes of a source, none when it cannot be read: reading it will say why."""
    if isinstance(source.data, bytes):
        return source.data[:HEAD]
    try:
        with source.data.open("rb") as file:
            return file.read(HEAD)
    except OSError:
        return b""


def _in_folder(folder: Path) -> list[Source | LeftOut]:
    """Return the sources of a folder, and how many files are left out, by the ends of their names."""
    suffixes = {suffix for format_ in FORMATS if format_.reader for suffix in format_.suffixes}
    last_parts = {"." + suffix.rpartition(".")[2] for suffix in suffixes}
    files = sorted(_files(folder), key=_parts)
    found, left = _parted(files, last_parts)
    if not found:
        raise SourceError(str(folder), f"holds no file whose name ends in {', '.join(sorted(last_parts))}")
    if any(path.suffix.lower() == META for path in left):
        beside = {path.with_suffix(META) for path in found}
        left = [path for path in left if path not in beside]
    others = Counter(path.suffix.lower() for path in left)
    return [
        *(Source(str(path), path, origin=str(folder)) for path in found),
        *(LeftOut(str(folder), _kind(suffix), number) for suffix, number in sorted(others.items())),
    ]


def _parted(files: Iterable[Path], suffixes: Collection[str]) -> tuple[list[Path], list[Path]]:
    """Return the files whose names end so, and the others."""
    found: list[Path] = []
    left: list[Path] = []
    for path in files:
        (found if path.suffix.lower() in suffixes else left).append(path)
    return found, left


def _parts(path: Path) -> list[str]:
    """Return what paths are ordered by: folder by folder, as paths themselves compare in ten times the time."""
    return os.path.normcase(path).split(os.sep)  # noqa: PTH206


def _kind(suffix: str) -> str:
    return f"{suffix} file" if suffix else "file without a suffix"


def _files(folder: Path) -> Iterator[Path]:
    """Yield files, and links that lead nowhere: reading one says so."""
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = os.path.join(where, name)  # noqa: PTH118 - a Path for each file costs as much as to find it
            if not name.startswith(".") and (os.path.isfile(path) or _leads_nowhere(path)):  # noqa: PTH113
                yield Path(path)


def _leads_nowhere(path: str) -> bool:
    return os.path.islink(path) and not os.path.exists(path)  # noqa: PTH110, PTH114
