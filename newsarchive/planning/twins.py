"""What two entries have in common that tell one story: an address, or the title, the day and the language."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from newsarchive.entry import Entry
from newsarchive.store.lines import Telling
from newsarchive.text.fold import fold

_IS_UNIQUE: Final = re.compile(r"(?i)[a-z][a-z0-9+.-]*:\S").match
"""Whether a name is one of its kind in all the world, such as an address or a `tag:`; others are so in their feed."""

_PLAIN_URL: Final = re.compile(r"https?://(?:www\.)*(?!www\.)([a-z0-9.-]+)(/[!-\"$->@-Z\\^-~]*)?").fullmatch
"""Most addresses: in ASCII, without a port, a query or a fragment."""

GUID: Final = "guid"
ADDRESS: Final = "address"
TITLE: Final = "title"
SOURCE_ID: Final = "source_id"
"""Under which `extra` has the name that a source gives an entry."""

Key: TypeAlias = tuple[str, ...]
"""What twins have in common, after its kind."""


Tells: TypeAlias = Entry | Telling
"""What has all of an entry by which stories are found."""


def keys_of(tells: Tells) -> tuple[Key, ...]:
    """Return what twins have in common, the likest first, each after its kind.

    The first is the name for ever that a feed gives a story, which may be the address that it once had.
    """
    url = tells.url
    address = normalise_url(url) if url else ""
    title, day = title_and_day(tells)
    by_text: tuple[Key, ...] = (("all", title, day, address, *tells.languages), (TITLE, title, day))
    by_place: tuple[Key, ...] = ((ADDRESS, address), *by_text) if address else by_text
    guid = tells.extra.get(SOURCE_ID)
    if isinstance(guid, str) and guid:
        return (GUID, guid, "" if _IS_UNIQUE(guid) else tells.source or ""), *by_place
    return ((GUID, url, ""), *by_place) if url else by_place


def title_and_day(entry: Tells) -> tuple[str, str]:
    """Return the folded title and the date as it is written, which is empty where there is none."""
    return _folded(entry.title), str(entry.date or "")


@functools.lru_cache(maxsize=1 << 8)  # an entry is looked for and then added
def _folded(title: str) -> str:
    return " ".join(fold(title).split())


def share_language(one: Collection[str], other: Collection[str]) -> bool:
    """Whether entries in these languages may be in the same one; one that names none may be in any."""
    return not one or not other or not set(one).isdisjoint(other)


def twin_test(entry: Entry) -> Callable[[str, str | None, str | None], bool]:
    """Return a quick test by title, date and address whether an entry may be a duplicate of `entry`."""
    title, day = title_and_day(entry)
    address = normalise_url(entry.url) if entry.url else None
    page = page_of(entry) or ""

    def may_be_twin(other_title: str, date: str | None, url: str | None) -> bool:
        if address is not None and url and page in url and normalise_url(url) == address:
            return True
        return (date or "") == day and " ".join(fold(other_title).split()) == title

    return may_be_twin


def page_of(entry: Entry) -> str | None:
    """Return what the addresses of all twins by address have in them as it is, if `entry` has an address."""
    address = normalise_url(entry.url) if entry.url else ""
    return address.split("?")[0].rpartition("/")[2] if address else None


@functools.lru_cache(maxsize=1 << 8)  # as above
def normalise_url(url: str) -> str:
    """Return what addresses of one page have in common: host, path and query without what changes nothing.

    Dropped are http or https, `www.`, the default port, the last slash, the fragment and `utm_` parameters.
    """
    if plain := _PLAIN_URL(url):
        return f"{plain[1]}{(plain[2] or '').rstrip('/')}"
    try:
        parts = urlsplit(url if re.match(r"[a-zA-Z][\w+.-]*:", url) else f"//{url}")
    except ValueError:  # a bracket that makes it look like IPv6
        return url
    if parts.scheme not in ("", "http", "https"):
        return url
    host = re.sub(r"^(?:www\.)+|:(?:80|443)?$", "", parts.netloc.casefold())
    kept = [pair for pair in parts.query.split("&") if pair and not pair.lower().startswith("utm_")]
    return host + parts.path.rstrip("/") + (f"?{'&'.join(kept)}" if kept else "")
