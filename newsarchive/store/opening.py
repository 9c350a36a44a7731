"""Which store keeps an archive: a file, or a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.store.base import Store

if TYPE_CHECKING:
    from newsarchive.store.server.address import Address


def store_at(place: Path | Address) -> Store:
    """Return the store of an archive."""
    if isinstance(place, Path):
        from newsarchive.store.store import Store as FileStore  # spares start-up: the one that is needed

        return FileStore(place)
    from newsarchive.store.server.store import ServerStore  # spares start-up

    return ServerStore(place)
