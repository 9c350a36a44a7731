"""Which store keeps an archive: a file, or a server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.errors import BadOptionError

if TYPE_CHECKING:
    from newsarchive.store.base import Store
    from newsarchive.store.server.address import Address


def store_at(place: Path | Address, say: Callable[[str], None], *, offline: bool) -> Store:
    """Return the store of an archive, which may `say` what a reader should know.

    `offline` lets a server alone. Raises BadOptionError for a file.
    """
    if isinstance(place, Path):
        if offline:
            raise BadOptionError("--offline is for an archive on a server; this one is a file")
        from newsarchive.store.file.store import Store as FileStore  # spares start-up: the one that is needed

        return FileStore(place)
    from newsarchive.store.server.store import ServerStore  # spares start-up

    return ServerStore(place, say, offline=offline)
