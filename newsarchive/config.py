"""Where the archive is."""

from __future__ import annotations

import os.path
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

FILE_NAME: Final = "archive.json"
VARIABLE: Final = "NEWSARCHIVE_FILE"


class Location(NamedTuple):
    """An archive's path; `in_parent` when it was found in a folder above, which a write should say."""

    path: Path
    in_parent: bool = False


def expanded(name: str) -> Path:
    """Return the path of a file that a user names; `~` is the home folder where the shell left it alone."""
    return Path(os.path.expanduser(name))  # noqa: PTH111 - Path's own raises for `~draft.txt`


def locate(option: str | None, environ: Mapping[str, str], folder: Path) -> Location:
    """Find the archive: the option, else $NEWSARCHIVE_FILE, else the nearest archive.json upwards.

    Where there is none, the one that would be created in `folder`.
    """
    named = option or environ.get(VARIABLE)
    if named:
        return Location(folder / expanded(named))
    for candidate in (folder, *folder.parents):
        path = candidate / FILE_NAME
        if path.is_file():
            return Location(path, in_parent=candidate != folder)
    return Location(folder / FILE_NAME)
