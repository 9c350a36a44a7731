"""Zip files, in which systems hand out their exports and word processors keep their texts, and gzip'd mailboxes.

They are opened with care: a small file may be packed of much, claim what is not so, or hold others like it.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import MAX_SOURCE, Source, content_of

ZIP: Final = b"PK\x03\x04"
GZIP: Final = b"\x1f\x8b"

MAX_MEMBERS: Final = 20_000
MAX_RATIO: Final = 200
"""How much larger a zip file may become; text shrinks to a tenth, what does more than this is made to harm."""
_SMALL: Final = 1 << 20
"""What any zip file may hold, however small it is."""
_HEAD: Final = 4096

_DAMAGES: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # ways of packing
    RuntimeError,  # a password
    ValueError,
    OSError,
)


def names_in(source: Source) -> tuple[str, ...]:
    """Return the names of what a zip file holds, none when it cannot be opened: reading it will say why."""
    try:
        with zipfile.ZipFile(
            source.data if isinstance(source.data, Path) else io.BytesIO(source.data)
        ) as file:
            return tuple(file.namelist()[:MAX_MEMBERS])
    except _DAMAGES:
        return ()


def _most(size: int) -> int:
    """Return how many bytes may come out of a packed file of this size."""
    return min(MAX_SOURCE, max(_SMALL, size * MAX_RATIO))


def head_in(head: bytes) -> bytes:
    """Return the first bytes of what a gzip'd file holds, from its own first bytes; none where it is damaged."""
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(head, _HEAD)
    except zlib.error:
        return b""


def unpacked(data: bytes, place: str) -> bytes:
    """Return what a gzip'd file holds; data that is none as it is. Raises SourceError as `Package.read` does."""
    if not data.startswith(GZIP):
        return data
    most = _most(len(data))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            content = file.read(most + 1)
    except _DAMAGES as error:
        raise SourceError(place, f"cannot be unpacked: {error}") from error
    if len(content) > most:
        raise SourceError(place, "becomes too large when it is unpacked, so it is not read")
    return content


class Package:
    """A zip file that is open. All that is read of it has a limit together."""

    def __init__(self, file: zipfile.ZipFile, place: str, size: int) -> None:
        self._file = file
        self._place = place
        self._left = _most(size)
        self.names = [name for name in file.namelist() if not name.endswith("/")]

    def require(self, name: str) -> None:
        """Raise SourceError unless there is a file of this name."""
        if name not in self.names:
            raise SourceError(self._place, f"is not whole: it lacks {name}")

    def read(self, name: str) -> bytes:
        """Return what a file inside holds. Raises SourceError for what is damaged, locked or too large."""
        self.require(name)
        place = f"{self._place}, {name}"
        try:
            with self._file.open(name) as member:
                content = member.read(self._left + 1)
        except _DAMAGES as error:
            raise SourceError(place, f"cannot be unpacked: {error}") from error
        if len(content) > self._left:
            raise SourceError(place, "becomes too large when it is unpacked, so it is not read")
        self._left -= len(content)
        return content


@contextmanager
def opened(source: Source) -> Iterator[Package]:
    """Open a source that is a zip file. Raises SourceError when it is none, or holds too much."""
    data = content_of(source)
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGES as error:
        raise SourceError(source.name, f"is no sound zip file: {error}") from error
    with file:
        if len(file.namelist()) > MAX_MEMBERS:
            raise SourceError(source.name, f"is packed of more than {MAX_MEMBERS:,} files")
        yield Package(file, source.name, len(data))
