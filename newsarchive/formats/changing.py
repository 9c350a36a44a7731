"""Whether a source that is read more than once, or bit by bit, is still what it was."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from newsarchive.errors import SourceError
from newsarchive.formats.base import Source

State: TypeAlias = tuple[int, int] | None
"""What tells a source from what it was before."""


def state_of(source: Source) -> State:
    """Return the size and the time of the last change of a source's file, unless all of it is held.

    Its inode tells nothing: some network file systems make up another one each time.
    """
    if source.whole is not None or not isinstance(source.data, Path):
        return None
    try:
        status = source.data.stat()
    except OSError as error:
        raise SourceError(source.name, f"cannot be read: {error.strerror}") from error
    return status.st_size, status.st_mtime_ns


def check_unchanged(source: Source, state: State) -> None:
    """Raise SourceError for a source that is another one than it was in this state."""
    if state_of(source) != state:
        raise changed(source.name)


def changed(name: str) -> SourceError:
    """Return what is wrong with a source that is another one than it was."""
    return SourceError(name, "was changed while it was read")
