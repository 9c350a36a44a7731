"""Twins: two entries that tell one story, by the same address, or the same title, day and language."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from newsarchive.entry import Entry
from newsarchive.planning.translations import are_alike, says_nothing_new, scripts_differ
from newsarchive.store.snapshot import Snapshot
from newsarchive.text.fold import fold

_IS_UNIQUE: Final = re.compile(r"(?i)[a-z][a-z0-9+.-]*:\S").match
"""Whether a name is one of its kind in all the world, such as an address or a `tag:`; others are so in their feed."""

_GUID: Final = "guid"
_ADDRESS: Final = "address"
_TITLE: Final = "title"

_MOST_LANGUAGES: Final = 30
"""More than that no story has."""


class Kin(NamedTuple):
    """What there is of a story: the entry that tells it, else those that tell it in other languages.

    Where the twin is one by its text alone, `in_other_language` the languages are said to differ.
    """

    twin: Entry | None = None
    translations: tuple[Entry, ...] = ()
    in_other_language: bool = False


class Stories:
    """Finds the entry with the same story: the one with its address, else with its title, day and language.

    What is told in another language is a translation, if both languages are declared or the scripts differ; not
    if it has the same text, and not where the two have one name for ever.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        # By id, too: thousands of stories may have one title.
        self._twins: defaultdict[tuple[str, ...], dict[int, Entry]] = defaultdict(dict)
        self._declared: dict[int, str | None] = {}
        """Which source declares the languages of an entry that was told of; None: they are judged."""
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry, *, known_as: Entry | None = None) -> None:
        """Let `entry` be found, or what it was found to be, by its address and its title."""
        known = known_as or entry
        for key in _keys(entry):
            self._twins[key][known.known_id] = known

    def declare(self, entry: Entry, source: str | None) -> None:
        """Remember of an entry of this run which source declares its languages; None: they are judged."""
        self._declared[entry.known_id] = source

    def forget(self, entry: Entry) -> None:
        """Let `entry` no longer be found by what were its address and its title."""
        for key in _keys(entry):
            self._twins[key].pop(entry.known_id, None)

    def find(self, entry: Entry, declared_by: str | None = None) -> Kin:
        """Return the kin of `entry`; of several twins the likest, the one with its id, or the first.

        `declared_by` is the source that declares its languages; None: they are judged.
        """
        translations: dict[int, Entry] = {}
        for key in _keys(entry):
            others = self._twins.get(key)
            kin = self._kin(key, entry, others, declared_by) if others else Kin()
            if kin.twin is not None:
                return kin
            translations.update((other.known_id, other) for other in kin.translations)
        return Kin(translations=tuple(translations.values()))

    def _kin(
        self, key: tuple[str, ...], entry: Entry, others: Mapping[int, Entry], source: str | None
    ) -> Kin:
        """Return what an entry is to others that have a key in common with it."""
        kind, name = key[:2]
        if kind == _GUID:
            others = {other_id: other for other_id, other in others.items() if _is_named(name, entry, other)}
        same = others.get(entry.id or 0)
        if same is None or not _may_share_language(entry, same):
            same = next((other for other in others.values() if _may_share_language(entry, other)), None)
        if same is not None or not others:
            return Kin(same)
        told = (other for other in islice(others.values(), _MOST_LANGUAGES) if says_nothing_new(entry, other))
        if kind != _GUID and (twin := next(told, None)) is not None:
            return Kin(twin, in_other_language=True)
        if _are_one_a_language(others.values()) and all(
            self._is_translation(kind, entry, other, source) for other in others.values()
        ):
            return Kin(translations=tuple(others.values()))
        return Kin() if kind == _TITLE else Kin(others.get(entry.id or 0) or next(iter(others.values())))

    def _is_translation(self, kind: str, entry: Entry, other: Entry, source: str | None) -> bool:
        """Whether an entry that is in another language than the other tells its story."""
        if kind == _TITLE and not entry.date:
            return False
        declared = self._declared.get(other.known_id, "")
        if kind == _GUID:
            # A name stays with a story whatever its text becomes; but a table can have a row for each language.
            return source is not None and declared == source and not says_nothing_new(entry, other)
        if scripts_differ(entry, other):
            return True
        return source is not None and declared is not None and (declared != "" or not are_alike(entry, other))


def _are_one_a_language(entries: Collection[Entry]) -> bool:
    """Whether no two are in the same languages: of several stories, it shows on none which one is translated."""
    return len(entries) <= _MOST_LANGUAGES and len({entry.languages for entry in entries}) == len(entries)


def _may_share_language(one: Entry, other: Entry) -> bool:
    """Whether two entries may be in one language; languages that are written in two scripts count as two."""
    if not share_language(one.languages, other.languages):
        return False
    if len(one.languages) > 1 or len(other.languages) > 1:
        return True  # the text of one is perhaps a part of the other's
    return one.title == other.title or not scripts_differ(one, other)


def _keys(entry: Entry) -> Iterator[tuple[str, ...]]:
    """Yield what twins have in common, the likest first, each after its kind.

    The first is the name for ever that a feed gives a story, which may be the address that it once had.
    """
    guid = entry.extra.get("source_id")
    if isinstance(guid, str) and guid:
        yield _GUID, guid, "" if _IS_UNIQUE(guid) else entry.source or ""
    elif entry.url:
        yield _GUID, entry.url, ""
    address = normalise_url(entry.url) if entry.url else ""
    if address:
        yield _ADDRESS, address
    title, day = title_and_day(entry)
    yield "all", title, day, address, *entry.languages
    yield _TITLE, title, day


def _is_named(name: str, one: Entry, other: Entry) -> bool:
    """Whether what two entries have in common is a name that one of them was given, and no mere address."""
    return name in (one.extra.get("source_id"), other.extra.get("source_id"))


def title_and_day(entry: Entry) -> tuple[str, str]:
    """Return the folded title and the date as it is written, which is empty where there is none."""
    return _folded(entry.title), str(entry.date or "")


@functools.lru_cache(maxsize=1 << 8)  # an entry is looked for and then added
def _folded(title: str) -> str:
    return " ".join(fold(title).split())


def share_language(one: Collection[str], other: Collection[str]) -> bool:
    """Whether entries in these languages may be in the same one; one that names none may be in any."""
    return not one or not other or not set(one).isdisjoint(other)


def twin_in(snapshot: Snapshot, entry: Entry) -> Entry | None:
    """Return the entry of an archive that looks like the same story as `entry`, of which few are built.

    Its languages count as declared, as a person sees them.
    """
    may_be_twin = twin_test(entry)
    return _twin(
        (
            snapshot.entry(entry_id)
            for entry_id, outline in snapshot.outlines()
            if may_be_twin(outline.title, outline.date, outline.url)
        ),
        entry,
    )


def twin_among(entries: Iterable[Entry], entry: Entry) -> Entry | None:
    """Return the one of `entries` that looks like the same story, as `twin_in` would."""
    may_be_twin = twin_test(entry)
    alike = (
        one for one in entries if may_be_twin(one.title, None if one.date is None else str(one.date), one.url)
    )
    return _twin(alike, entry)


def _twin(found: Iterable[Entry], entry: Entry) -> Entry | None:
    return Stories(found).find(entry, "a person").twin


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
    try:
        parts = urlsplit(url if re.match(r"[a-zA-Z][\w+.-]*:", url) else f"//{url}")
    except ValueError:  # a bracket that makes it look like IPv6
        return url
    if parts.scheme not in ("", "http", "https"):
        return url
    host = re.sub(r"^(?:www\.)+|:(?:80|443)?$", "", parts.netloc.casefold())
    kept = [pair for pair in parts.query.split("&") if pair and not pair.lower().startswith("utm_")]
    return host + parts.path.rstrip("/") + (f"?{'&'.join(kept)}" if kept else "")
