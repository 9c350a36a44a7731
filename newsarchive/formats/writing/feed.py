"""What the feeds that are written share: ids, times and addresses that their specifications allow."""

from __future__ import annotations

import functools
import re
from typing import Final
from urllib.parse import quote
from uuid import UUID, uuid5

from newsarchive.formats.base import Row, WriterOptions
from newsarchive.intake import SCHEMES

EPOCH: Final = "1970-01-01T00:00:00Z"
"""When something changed of which nobody knows when: the present time would change the bytes."""

_OURS: Final = UUID("0ebca77d-68d2-5055-8c58-222cf6780dce")
"""The namespace of the ids made here; with another one every reader would take all old items for new."""


def feed_title(options: WriterOptions) -> str:
    """Return the name of a feed."""
    return options.title or "News"


def feed_id(options: WriterOptions) -> str:
    """Return what tells a feed from all others: where it is, else its page, else an id made of its name."""
    return options.self_link or options.link or uuid5(_OURS, f"feed {feed_title(options)}").urn


class ItemIds:
    """Hands out an id for each row: its address on the web, else an id of what never changes in an archive.

    No two rows get the same: of several with one address only the first has it for its id.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def id_of(self, row: Row) -> str:
        """Return the id of an item."""
        url = address(row)
        if url is None or not on_the_web(url) or url in self._taken:
            return uuid5(_OURS, f"{row['id']} {row['added']}").urn
        self._taken.add(url)
        return url


_UNSAFE: Final = frozenset(' "<>\\^`{|}')
_ANY_UNSAFE: Final = re.compile(f"[{re.escape(''.join(sorted(_UNSAFE)))}]")


def address(row: Row) -> str | None:
    """Return the whole address of an entry, if it has one, with `%20` and the like for what must be escaped.

    Letters of any script stay, so that an address comes back as it was.
    """
    return _address(row["url"]) if row["url"] else None


@functools.lru_cache(maxsize=16)
def _address(url: str) -> str | None:
    scheme, colon, _ = url.partition(":")
    if not colon or scheme.lower() not in SCHEMES:
        return None
    if url.isprintable() and not _ANY_UNSAFE.search(url):
        return url
    return "".join(c if c.isprintable() and c not in _UNSAFE else quote(c, errors="replace") for c in url)


def on_the_web(url: str) -> bool:
    """Say whether an address leads to a page; one of mail does not."""
    return url.lower().startswith(("http://", "https://"))


def published(row: Row) -> str | None:
    """Return the first instant of an entry's date after RFC 3339, which knows no months and years."""
    return f"{row['date']}-01-01"[:10] + "T00:00:00Z" if row["date"] else None


def partial_date(row: Row) -> str | None:
    """Return the date of an entry whose day is not known, which `published` makes too precise."""
    return row["date"] if row["date"] and len(row["date"]) < len("2021-01-29") else None


def updated(row: Row) -> str:
    """Return the instant of the last change to an entry after RFC 3339."""
    return row["modified"] or row["added"] or published(row) or EPOCH


def in_order(instant: str) -> str:
    """Return what puts instants in order: a second comes before its fractions."""
    return instant.removesuffix("Z")


def content(row: Row) -> str:
    """Return the whole text of an entry, as far as it is known."""
    return row["body"] or row["summary"] or ""
