"""What a path on the command line stands for: one file, or every readable file in a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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


def format_of(source: Source) -> str:
    """Return the format that a source is in, judged by its name, its first bytes and what it is packed of."""
    head = head_of(source)
    return sniff(source.name, head, names_in(source) if head.startswith(ZIP) else ())


def is_file(source: Source, path: Path) -> bool:
    """Whether a source is the file at `path`."""
    try:
        return isinstance(source.data, Path) and source.data.samefile(path)
    except OSError:  # there is none
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
    files = sorted(_files(folder))
    found = [path for path in files if path.suffix.lower() in last_parts]
    if not found:
        raise SourceError(str(folder), f"holds no file whose name ends in {', '.join(sorted(last_parts))}")
    beside = {path.with_suffix(META) for path in found}
    others = Counter(
        path.suffix.lower() for path in files if path.suffix.lower() not in last_parts and path not in beside
    )
    return [
        *(Source(str(path), path, origin=str(folder)) for path in found),
        *(LeftOut(str(folder), _kind(suffix), number) for suffix, number in sorted(others.items())),
    ]


def _kind(suffix: str) -> str:
    return f"{suffix} file" if suffix else "file without a suffix"


def _files(folder: Path) -> Iterator[Path]:
    """Yield files, and links that lead nowhere: reading one says so."""
    for path in folder.rglob("*"):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not is_hidden and (path.is_file() or (path.is_symlink() and not path.exists())):
            yield path
