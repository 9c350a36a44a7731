"""What writers say of the entries that an entry is related to, whether these are written as well or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from newsarchive.entry import TIES
from newsarchive.formats.base import Row
from newsarchive.formats.writing.feed import address, on_the_web
from newsarchive.formats.writing.xml import element


class Tie(NamedTuple):
    """How an entry is related, and the row of the other one."""

    kind: str
    other: Row


class Relating:
    """A writer that names what its entries are related to; where nobody says how to find that, nothing."""

    _row_of: Callable[[int], Row | None] = staticmethod(lambda _: None)

    def relate(self, row_of: Callable[[int], Row | None]) -> None:
        """Find related entries by `row_of`."""
        self._row_of = row_of

    def ties(self, row: Row) -> list[Tie]:
        """Return what an entry is related to, as far as that is there; verdicts on duplicates stay inside."""
        if not row["relations"]:
            return []
        found = ((one["kind"], self._row_of(one["id"])) for one in row["relations"] if one["kind"] in TIES)
        return [Tie(kind, other) for kind, other in found if other is not None]


def links(tag: str, ties: list[Tie]) -> Iterator[str]:
    """Yield a link of Atom to each related entry that is on the web, with its language.

    A translation is not `alternate`, although RFC 4287 has that for it: of several such links most readers take
    the first one, some the last, whatever the language, for the address of the entry itself.
    """
    for _, other in ties:
        url = address(other)
        if url and on_the_web(url):
            language = {"hreflang": other["languages"][0]} if other["languages"] else {}
            yield element(tag, rel="related", href=url, **language, title=other["title"])


def described(
    ties: list[Tie], *, url: str, id_of: Callable[[Row], str] | None = None
) -> list[dict[str, Any]]:
    """Return an object for each related entry, for formats of JSON; `url` is what an address is called there."""
    return [
        {
            name: value
            for name, value in (
                ("kind", kind),
                ("id", id_of(other) if id_of else None),
                ("title", other["title"]),
                ("language", next(iter(other["languages"]), None)),
                (url, address(other)),
            )
            if value is not None
        }
        for kind, other in ties
    ]
