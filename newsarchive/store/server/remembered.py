"""What this machine remembers of an archive on a server, for when that cannot be reached; the index has the lines."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from newsarchive.disk import replace_file
from newsarchive.errors import CannotSaveError
from newsarchive.store.server.reading import State
from newsarchive.store.snapshot import Meta

_NAME: Final = "remembered.json"


class _Kept(msgspec.Struct):
    id: int
    key: str
    stamp: str
    revision: int
    next_id: int
    count: int
    digest: str
    schema: int
    size: int
    pruned: int
    others: msgspec.Raw


class Remembered:
    """The last state that the server told, in the folder of the index."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _NAME

    def note(self, state: State) -> None:
        """Remember a state, or that it is still so; a folder that cannot be written to keeps nobody from reading."""
        if not self._path.parent.is_dir():
            return
        try:
            if self.state() == state:
                os.utime(self._path)
            else:
                replace_file(self._path, [_bytes(state)])
        except (OSError, CannotSaveError):
            return

    def state(self) -> State | None:
        """Return the state that is remembered."""
        try:
            kept = msgspec.json.decode(self._path.read_bytes(), type=_Kept)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None
        meta = Meta(kept.revision, kept.next_id, kept.count, kept.digest, kept.schema)
        return State(kept.id, kept.key, kept.stamp, meta, kept.size, kept.pruned, bytes(kept.others))

    def when(self) -> datetime:
        """Return when the server was last heard of. Raises OSError."""
        return datetime.fromtimestamp(self._path.stat().st_mtime, UTC)


def _bytes(state: State) -> bytes:
    meta = state.meta
    kept = _Kept(
        state.id,
        state.key,
        state.stamp,
        meta.revision,
        meta.next_id,
        meta.count,
        meta.digest,
        meta.schema,
        state.size,
        state.pruned,
        msgspec.Raw(state.others),
    )
    return msgspec.json.encode(kept)
