"""Files written so that a crash leaves the old bytes or the new ones, never a mixture."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from newsarchive.errors import CannotReadError, CannotSaveError

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
            data = file.read(most + 1)
    except OSError as error:
        raise CannotReadError(path, reason_of(error)) from error
    if len(data) > most:
        raise CannotReadError(path, f"larger than {most >> 20} MiB")
    return data


def write_temp(target: Path, chunks: Iterable[Chunk], *, like: os.stat_result | None = None) -> Path:
    """Write a new file beside `target`, forced to the disk, and return its path.

    It gets the mode and, where allowed, the owner and group of `like`: shared folders depend on them. Without
    `like` it is private. Nothing is left behind when this fails. Raises OSError.
    """
    path = temp_path(target)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, PRIVATE_MODE)
    try:
        try:
            for chunk in chunks:
                _write_all(descriptor, chunk)
            if like is not None:
                take_over(descriptor, like)
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


def take_over(descriptor: int, like: os.stat_result) -> None:
    """Give an open file the mode, the owner and the group of `like`, as far as that is allowed."""
    if os.name != "posix":
        return
    present = os.fstat(descriptor)
    if like.st_uid != present.st_uid:
        with contextlib.suppress(PermissionError):  # only root may: its commit must not lock the owner out
            os.fchown(descriptor, like.st_uid, -1)
    if like.st_gid != present.st_gid:
        with contextlib.suppress(PermissionError):
            os.fchown(descriptor, -1, like.st_gid)
    if (like.st_mode ^ present.st_mode) & 0o777:
        os.fchmod(descriptor, like.st_mode & 0o777)


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


def dead_temps(folder: Path, name: str | None = None) -> Iterator[Path]:
    """Find what killed writers left of the file `name`, or of any; only the holder of the lock may ask."""
    # The number keeps the live temporary file of an archive that is called `<name>-…` out of it.
    target = ".+" if name is None else re.escape(name)
    is_temp = re.compile(rf"\.{target}-\d+-[0-9a-f]{{8}}{re.escape(_TEMP_SUFFIX)}").fullmatch
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for item in found:
            if is_temp(item.name):
                yield Path(item.path)


def replace_file(target: Path, chunks: Iterable[Chunk], *, like: os.stat_result | None = None) -> None:
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


def name_also(source: Path, target: Path) -> None:
    """Make `target` a second name of the file `source`, or a copy of it where links are impossible.

    What was at `target` is replaced. Raises OSError.
    """
    temp = temp_path(target)
    try:
        os.link(source, temp)
    except OSError:
        with open(source, "rb") as file:
            temp = write_temp(target, iter(lambda: file.read(_CHUNK), b""), like=os.fstat(file.fileno()))
    try:
        publish(temp, target)
    finally:
        discard(temp)


def append_durably(path: Path, data: bytes, *, like: os.stat_result) -> None:
    """Add bytes to the end of a file and force them to the disk; a failed attempt is cut off again.

    The file gets the mode and the group of `like`, as far as that is allowed. Raises OSError.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY, PRIVATE_MODE)
    try:
        size = os.fstat(descriptor).st_size
        try:
            _write_all(descriptor, data)
            with contextlib.suppress(PermissionError):  # a colleague owns it and let us in
                take_over(descriptor, like)
            os.fsync(descriptor)
        except BaseException:
            with contextlib.suppress(OSError):
                os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)
    if size == 0:
        sync_folder(path.parent)


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the name of `target` when the block ends well, and vanishes when it does not.

    It keeps the mode of the file that it replaces; a new one has that of any file the user makes. Raises
    CannotSaveError.
    """
    temp = temp_path(target)
    try:
        like = target.stat() if target.exists() else None
        with open(temp, "xb") as file:
            if like is not None:
                take_over(file.fileno(), like)
            yield file
            file.flush()
            os.fsync(file.fileno())
        publish(temp, target)
    except OSError as error:
        raise CannotSaveError(target, reason_of(error)) from error
    finally:
        discard(temp)
    with contextlib.suppress(OSError):  # as in `replace_file`
        sync_folder(target.parent)
