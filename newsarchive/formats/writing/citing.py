"""What the two formats for citations share: keys that stay the same, and who published an entry."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from newsarchive.formats.base import Row
from newsarchive.formats.known import FORMATS
from newsarchive.formats.writing.naming import key_of, slug

_LONGEST: Final = 40
_SUFFIXES: Final = frozenset(suffix for format_ in FORMATS for suffix in format_.suffixes)


def citation_key(row: Row) -> str:
    """Return the key of an entry, such as `in-memoriam-anton-mezhnev-2021-7`.

    Its id is always in it: a key that depended on what else is exported would break the texts that cite it. One
    that the user has set, as `extra.key`, stays when the title changes.
    """
    if key := key_of(row):
        return key
    year = (row["date"] or "")[:4]
    words = slug(row["title"], longest=_LONGEST)
    return "-".join(part for part in (words, year, str(row["id"] or "")) if part) or "entry"


def publication(row: Row) -> str | None:
    """Return the source of an entry if it is the name of a publication, and not that of a file or a page."""
    source = row["source"] or ""
    is_file = PurePath(source).suffix.lower() in _SUFFIXES
    return source if source and not is_file and "://" not in source else None
