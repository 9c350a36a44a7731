"""Files written so that a crash leaves the old bytes or the new ones, never a mixture."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from newsarchive.access import Access
from newsarchive.errors import CannotReadError, CannotSaveError
from newsarchive.stretch import Lengthy

PRIVATE_MODE: Final = 0o600
Chunk = bytes | memoryview
_CHUNK: Final = 1 << 20
_TEMP_SUFFIX: Final = ".newsarchive-tmp"
_BINARY: Final = getattr(os, "O_BINARY", 0)  # Windows would write CRLF


def reason_of(error: OSError) -> str:
    """Say in a few words why the system refused."""
    return (error.strerror or str(error) or type(error).__name__).lower()


def read_bytes(path: Path, *, most: int) -> bytes:
    """Read a whole file of at most `most` bytes.

    Raises CannotReadError.
    """
    try:
        with open(path, "rb") as file:
            data = read_up_to(file, most + 1)
    except OSError as error:
        raise CannotReadError(path, reason_of(error)) from error
    if len(data) > most:
        raise CannotReadError(path, f"larger than {most >> 20} MiB")
    return data


def read_up_to(source: BinaryIO, most: int) -> bytes:
    """Read at most `most` bytes, piece by piece: `read(most)` makes room for all of them beforehand."""
    pieces: list[bytes] = []
    while most > 0 and (piece := source.read(min(_CHUNK, most))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def write_temp(target: Path, chunks: Iterable[Chunk | Lengthy], *, like: Access | None = None) -> Path:
    """Write a new file beside `target`, forced to the disk, and return its path.

    It gets the access of `like`, as far as that is allowed: shared folders depend on it. Without `like` it is
    private. Nothing is left behind when this fails. Raises OSError.
    """
    path = temp_path(target)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, PRIVATE_MODE)
    try:
        try:
            for chunk in chunks:
                for piece in (chunk,) if isinstance(chunk, Chunk) else chunk.copied_to(descriptor):
                    _write_all(descriptor, piece)
            if like is not None:
                like.give_to(descriptor)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        discard(path)
        raise
    return path


def temp_path(target: Path) -> Path:
    """Return a new name beside `target` that `dead_temps` finds."""
    return target.with_name(f".{target.name}-{os.getpid()}-{os.urandom(4).hex()}{_TEMP_SUFFIX}")


def _write_all(descriptor: int, data: Chunk) -> None:
    view = memoryview(data)
    while view:
        written = os.write(descriptor, view)
        if written == 0:
            raise OSError("the disk took no more bytes")
        view = view[written:]


def grouped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Join small pieces to larger ones."""
    group: list[bytes] = []
    size = 0
    for piece in pieces:
        group.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield b"".join(group)
            group, size = [], 0
    if group:
        yield b"".join(group)


def publish(temp: Path, target: Path) -> None:
    """Give a finished temporary file its name, in one step. Raises OSError."""
    os.replace(temp, target)  # noqa: PTH105 - named like the system call that the promise rests on


def sync_folder(folder: Path) -> None:
    """Force a folder's names to the disk. Raises OSError; does nothing where folders cannot be opened."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def discard(path: Path) -> None:
    """Remove a file if it is there and may be removed."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def free_path(folder: Path, stem: str, suffix: str) -> Path:
    """Return a path in a folder that is not there yet, with a number in its name if that needs one."""
    path, number = folder / f"{stem}{suffix}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{suffix}"
    return path


def dead_temps(folder: Path, name: str | None = None) -> Iterator[Path]:
    """Find what killed writers left of the file `name`, or of any; only the holder of the lock may ask."""
    # The number keeps the live temporary file of an archive that is called `<name>-…` out of it.
    target = ".+" if name is None else re.escape(name)
    is_temp = re.compile(rf"\.{target}-\d+-[0-9a-f]{{8}}{re.escape(_TEMP_SUFFIX)}").fullmatch
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for item in found:
            if is_temp(item.name):
                yield Path(item.path)


def replace_file(target: Path, chunks: Iterable[Chunk], *, like: Access | None = None) -> None:
    """Write `target` whole or not at all.

    Raises CannotSaveError; the file that was there before is then still there.
    """
    try:
        temp = write_temp(target, chunks, like=like)
        try:
            publish(temp, target)
        finally:
            discard(temp)
    except OSError as error:
        raise CannotSaveError(target, reason_of(error)) from error
    with contextlib.suppress(OSError):  # it is saved, only a power cut could still bring back the old file
        sync_folder(target.parent)


def create_file(target: Path, chunks: Iterable[Chunk]) -> None:
    """Write a new file whole or not at all. Raises OSError, FileExistsError too, and replaces nothing."""
    temp = write_temp(target, chunks)
    try:
        try:
            os.link(temp, target)  # unlike a rename it never takes another file's place
        except FileExistsError:
            raise
        except OSError:  # no links here
            if os.path.lexists(target):
                raise
            publish(temp, target)
    finally:
        discard(temp)
    with contextlib.suppress(OSError):  # as in `replace_file`
        sync_folder(target.parent)


def name_also(source: Path, target: Path) -> None:
    """Make `target` a second name of the file `source`, or a copy of it where links are impossible.

    What was at `target` is replaced. Raises OSError.
    """
    temp = temp_path(target)
    try:
        os.link(source, temp)
    except OSError:
        with open(source, "rb") as file:
            temp = write_temp(target, iter(lambda: file.read(_CHUNK), b""), like=Access.of(file.fileno()))
    try:
        publish(temp, target)
    finally:
        discard(temp)


def append_durably(descriptor: int, pieces: Iterable[bytes], *, like: Access | None) -> int:
    """Add bytes to the end of an open file and force them to the disk; a failed attempt is cut off again.

    The file gets the access of `like`, where that is said. Returns the new size. Raises OSError.
    """
    size = end = os.fstat(descriptor).st_size
    try:
        for chunk in grouped(pieces):
            _write_all(descriptor, chunk)
            end += len(chunk)
        if like is not None:
            like.give_to(descriptor)
        os.fsync(descriptor)
    except BaseException:
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, size)
        raise
    return end


# --- outputs: files that the user names -------------------------------------------------------------------

_STREAMS: Final = ("/dev/", "/proc/")
"""Where a name may stand for an open file, such as the end of a pipe, and for no file that has the name."""


def would_overwrite(target: Path) -> bool:
    """Whether writing to `target` would put something else in the place of a file. Raises OSError."""
    return target.exists() and not _is_written_through(target)


def _is_written_through(target: Path) -> bool:
    """Whether a name is that of a device or a pipe, which takes what is written and is not replaced."""
    if target.as_posix().startswith(_STREAMS):
        return True
    return target.exists() and not target.is_file()


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `target` when the block ends well, and vanishes when it does not.

    It has the access of the file that it replaces; a new one has that of any file the user makes. A link stays
    and leads to the new file. What is a device or a pipe is written to as it is. Raises CannotSaveError.
    """
    try:
        opened = _through(target) if _is_written_through(target) else _instead(Path(os.path.realpath(target)))
        with opened as out:
            yield out
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotSaveError(target, reason_of(error)) from error


@contextlib.contextmanager
def _through(target: Path) -> Iterator[BinaryIO]:
    # Not cut off: standard output may be a file that others add to as well.
    with open(os.open(target, os.O_WRONLY | os.O_APPEND | _BINARY), "wb") as out:
        yield out


@contextlib.contextmanager
def _instead(target: Path) -> Iterator[BinaryIO]:
    temp = temp_path(target)
    try:
        like = Access.of(target) if target.exists() else None
        with open(temp, "xb", buffering=_CHUNK) as file:
            if like is not None:
                like.give_to(file.fileno())
            yield file
            file.flush()
            os.fsync(file.fileno())
        publish(temp, target)
    finally:
        discard(temp)
    with contextlib.suppress(OSError):  # as in `replace_file`
        sync_folder(target.parent)
