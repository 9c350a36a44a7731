"""Where the archive is."""

from __future__ import annotations

import os.path
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from newsarchive.store.server.address import Address

_SCHEMES: Final = ("postgresql:", "postgres:", "postgresql+", "postgres+", "jdbc:postgresql:")
"""How the names of archives on a server begin, those that are spelt as another program has them included."""
_SETTINGS: Final = (
    *("service", "host", "hostaddr", "port", "dbname", "user", "password", "passfile", "sslmode", "archive"),
)
"""With which the settings of libpq begin, where they are written as `name=value`."""

FILE_NAME: Final = "archive.json"
VARIABLE: Final = "NEWSARCHIVE_FILE"


class Location(NamedTuple):
    """Where an archive is; `in_parent` when it was found in a folder above, which a write should say."""

    place: Path | Address
    in_parent: bool = False

    @property
    def file(self) -> Path | None:
        """The archive's file, where it has one."""
        return self.place if isinstance(self.place, Path) else None


def expanded(name: str) -> Path:
    """Return the path of a file that a user names; `~` is the home folder where the shell left it alone."""
    return Path(os.path.expanduser(name))  # noqa: PTH111 - Path's own raises for `~draft.txt`


def is_address(name: str) -> bool:
    """Whether what a user names is an archive on a server, and no file."""
    return name.startswith(_SCHEMES) or ("=" in name and name.partition("=")[0].strip() in _SETTINGS)


def place_of(name: str, environ: Mapping[str, str], folder: Path, *, typed: bool) -> Path | Address:
    """Return where an archive is that a user names, in `folder` unless it says otherwise.

    Raises BadOptionError for an address that was typed with a password in it.
    """
    if is_address(name):
        from newsarchive.store.server.address import read_address  # spares start-up: most archives are files

        return read_address(name, environ, typed=typed)
    return folder / expanded(name)


def locate(option: str | None, environ: Mapping[str, str], folder: Path) -> Location:
    """Find the archive: the option, else $NEWSARCHIVE_FILE, else the nearest archive.json upwards.

    Where there is none, the one that would be created in `folder`.
    """
    named = option or environ.get(VARIABLE)
    if named:
        return Location(place_of(named, environ, folder, typed=bool(option)))
    for candidate in (folder, *folder.parents):
        path = candidate / FILE_NAME
        if path.is_file():
            return Location(path, in_parent=candidate != folder)
    return Location(folder / FILE_NAME)
