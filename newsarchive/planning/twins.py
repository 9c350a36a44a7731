"""Twins: two entries that tell one story, by the same address, or the same title, day and language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from newsarchive.entry import Entry
from newsarchive.store.snapshot import Snapshot
from newsarchive.text.fold import fold

_IS_UNIQUE: Final = re.compile(r"(?i)[a-z][a-z0-9+.-]*:\S").match
"""Whether a name is one of its kind in all the world, such as an address or a `tag:`; others are so in their feed."""


class Stories:
    """Finds the entry with the same story: the one with its address, else with its title, day and language."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        # By id, too: thousands of stories may have one title.
        self._twins: defaultdict[tuple[str, ...], dict[int, Entry]] = defaultdict(dict)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry, *, known_as: Entry | None = None) -> None:
        """Let `entry` be found, or what it was found to be, by its address and its title."""
        known = known_as or entry
        for key in _keys(entry):
            self._twins[key][known.known_id] = known

    def forget(self, entry: Entry) -> None:
        """Let `entry` no longer be found by what were its address and its title."""
        for key in _keys(entry):
            self._twins[key].pop(entry.known_id, None)

    def find(self, entry: Entry) -> Entry | None:
        """Return the twin of `entry`; of several the likest, the one with its id, or the first."""
        *keys, title_and_day = _keys(entry)
        for key in keys:
            if twins := self._twins.get(key):
                return twins.get(entry.id or 0) or next(iter(twins.values()))
        twins = self._twins.get(title_and_day, {})
        same = twins.get(entry.id or 0)
        if same is not None and share_language(entry.languages, same.languages):
            return same
        return next(
            (other for other in twins.values() if share_language(entry.languages, other.languages)), None
        )


def _keys(entry: Entry) -> Iterator[tuple[str, ...]]:
    """Yield what twins have in common, the likest first; with the last alone they must share a language.

    The first is the name for ever that a feed gives a story, which may be the address that it once had.
    """
    guid = entry.extra.get("source_id")
    if isinstance(guid, str) and guid:
        yield "guid", guid, "" if _IS_UNIQUE(guid) else entry.source or ""
    elif entry.url:
        yield "guid", entry.url, ""
    address = normalise_url(entry.url) if entry.url else ""
    if address:
        yield (address,)
    title, day = title_and_day(entry)
    yield title, day, address, *entry.languages
    yield title, day


def title_and_day(entry: Entry) -> tuple[str, str]:
    """Return the folded title and the date as it is written, which is empty where there is none."""
    return " ".join(fold(entry.title).split()), str(entry.date or "")


def share_language(one: Collection[str], other: Collection[str]) -> bool:
    """Whether entries in these languages may be in the same one; one that names none may be in any."""
    return not one or not other or not set(one).isdisjoint(other)


def twin_in(snapshot: Snapshot, entry: Entry) -> Entry | None:
    """Return the entry of an archive that looks like the same story as `entry`, of which few are built."""
    may_be_twin = twin_test(entry)
    found = [
        snapshot.entry(entry_id)
        for entry_id, outline in snapshot.outlines()
        if may_be_twin(outline.title, outline.date, outline.url)
    ]
    return Stories(found).find(entry)


def twin_test(entry: Entry) -> Callable[[str, str | None, str | None], bool]:
    """Return a quick test by title, date and address whether an entry may be a duplicate of `entry`."""
    title, day = title_and_day(entry)
    address = normalise_url(entry.url) if entry.url else None
    page = address.split("?")[0].rpartition("/")[2] if address else ""

    def may_be_twin(other_title: str, date: str | None, url: str | None) -> bool:
        if address is not None and url and page in url and normalise_url(url) == address:
            return True
        return (date or "") == day and " ".join(fold(other_title).split()) == title

    return may_be_twin


def normalise_url(url: str) -> str:
    """Return what addresses of one page have in common: host, path and query without what changes nothing.

    Dropped are http or https, `www.`, the default port, the last slash, the fragment and `utm_` parameters.
    """
    try:
        parts = urlsplit(url if re.match(r"[a-zA-Z][\w+.-]*:", url) else f"//{url}")
    except ValueError:  # a bracket that makes it look like IPv6
        return url
    if parts.scheme not in ("", "http", "https"):
        return url
    host = re.sub(r"^(?:www\.)+|:(?:80|443)?$", "", parts.netloc.casefold())
    kept = [pair for pair in parts.query.split("&") if pair and not pair.lower().startswith("utm_")]
    return host + parts.path.rstrip("/") + (f"?{'&'.join(kept)}" if kept else "")
