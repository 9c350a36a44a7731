"""Twins: two entries that tell one story, by the same address, or the same title, day and language."""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from newsarchive.entry import Entry
from newsarchive.planning.translations import are_alike, has_all_of, holds, says_nothing_new, scripts_differ
from newsarchive.store.snapshot import Snapshot
from newsarchive.text.fold import fold

_IS_UNIQUE: Final = re.compile(r"(?i)[a-z][a-z0-9+.-]*:\S").match
"""Whether a name is one of its kind in all the world, such as an address or a `tag:`; others are so in their feed."""

_GUID: Final = "guid"
_ADDRESS: Final = "address"
_TITLE: Final = "title"

_MOST_LANGUAGES: Final = 30
"""More than that no story has."""

_MOST_ALIKE: Final = 300
"""Of the entries with one title or address, so many are compared in full."""


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
        # By id, too: thousands of stories may have one title. What was found to be an entry is under numbers
        # below zero.
        self._told: defaultdict[tuple[str, ...], dict[int, _Told]] = defaultdict(dict)
        self._numbers = itertools.count(-1, -1)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry, declared_by: str | None = "") -> None:
        """Let `entry` be found by its address and its title.

        `declared_by` is the source that declares its languages; None: they are judged; empty: nobody knows.
        """
        self._remember(entry.known_id, _Told(entry, entry, declared_by), _keys(entry))

    def add_as(self, entry: Entry, known: Entry, declared_by: str | None) -> None:
        """Let an entry be found by an item that was found to be it, if the languages do not speak against that."""
        keys = list(_keys(entry))
        if entry.id == known.id or any(_in_its_language(self._others(key, entry), entry) for key in keys):
            self._remember(next(self._numbers), _Told(entry, known, declared_by), keys)

    def _remember(self, number: int, told: _Told, keys: Iterable[tuple[str, ...]]) -> None:
        for key in keys:
            self._told[key][number] = told

    def forget(self, entry: Entry) -> None:
        """Let `entry` no longer be found by what were its address and its title."""
        for key in _keys(entry):
            self._told[key].pop(entry.known_id, None)

    def find(self, entry: Entry, declared_by: str | None = None) -> Kin:
        """Return the kin of `entry`; of several twins the one that holds it all, or the likest.

        `declared_by` is the source that declares its languages; None: they are judged.
        """
        keys = [key for key in _keys(entry) if self._told.get(key)]
        if (same := self._holding(entry, keys)) is not None:
            return Kin(same)
        translations: dict[int, Entry] = {}
        for key in keys:
            kin = self._kin(key, entry, declared_by)
            if kin.twin is not None:
                return kin
            translations.update((other.known_id, other) for other in kin.translations)
        return Kin(translations=tuple(translations.values()))

    def _holding(self, entry: Entry, keys: Iterable[tuple[str, ...]]) -> Entry | None:
        """Return what has all fields of an entry as they are, as it was made from the same item."""
        for key in keys:
            others = self._told[key]
            alike = [others.get(entry.id or 0), *islice(others.values(), _MOST_ALIKE)]
            for other in alike:
                if other and other.entry is other.known and holds(other.known, entry):
                    return other.known
        return None

    def _others(self, key: tuple[str, ...], entry: Entry) -> Mapping[int, _Told]:
        """Return what has a key in common with an entry."""
        others = self._told.get(key, {})
        kind, name = key[:2]
        if kind == _GUID:
            return {number: other for number, other in others.items() if _is_named(name, entry, other.entry)}
        return others

    def _kin(self, key: tuple[str, ...], entry: Entry, source: str | None) -> Kin:
        """Return what an entry is to others that have a key in common with it."""
        kind = key[0]
        others = self._others(key, entry)
        same = _in_its_language(others, entry)
        if same is not None or not others:
            return Kin(same)
        if kind != _GUID:
            few = islice(others.values(), _MOST_LANGUAGES)
            told = next((other.known for other in few if says_nothing_new(entry, other.entry)), None)
            if told is not None:
                return Kin(told, in_other_language=True)
        if _are_translated(kind, entry, others, source):
            return Kin(
                translations=tuple({other.known.known_id: other.known for other in others.values()}.values())
            )
        if kind == _TITLE:
            return Kin()
        twin = (others.get(entry.id or 0) or next(iter(others.values()))).known
        return Kin(twin, in_other_language=has_all_of(entry, twin))


class _Told(NamedTuple):
    """A story as it was told: by the `known` entry itself, or by an item that was found to be that entry.

    Stories are compared as they were told, so that the same items are found again whatever was added since.
    `declared_by` as for `Stories.add`.
    """

    entry: Entry
    known: Entry
    declared_by: str | None


def _are_translated(kind: str, entry: Entry, others: Mapping[int, _Told], source: str | None) -> bool:
    """Whether an entry tells in another language, which a source declares, what all the others tell."""
    known = [other.entry.languages for number, other in others.items() if number > 0]
    # Of several stories in one language it shows on none which one is translated.
    if len(known) > _MOST_LANGUAGES or len(set(known)) < len(known) or (kind == _TITLE and not entry.date):
        return False
    again = {_as_told(other): other.declared_by for other in others.values() if other.declared_by}
    for other in others.values():
        # An item declares the language of the entry that it tells again.
        declared_by = again.get(_as_told(other), "") if other.declared_by == "" else other.declared_by
        if not _is_translation(kind, entry, source, other._replace(declared_by=declared_by)):
            return False
    return True


def _as_told(told: _Told) -> tuple[str, tuple[str, ...]]:
    """Return what an entry and the item that tells it again have in common."""
    return told.entry.title, told.entry.languages


def _is_translation(kind: str, entry: Entry, source: str | None, other: _Told) -> bool:
    """Whether an entry that is in another language than the other tells its story."""
    if kind == _GUID:
        # A name stays with a story whatever its text becomes; but a table can have a row for each language.
        is_declared = source is not None and other.declared_by == source
        return is_declared and not says_nothing_new(entry, other.entry)
    if scripts_differ(entry, other.entry):
        return True
    if source is None or other.declared_by is None:
        return False
    return other.declared_by != "" or not are_alike(entry, other.entry)


def _in_its_language(others: Mapping[int, _Told], entry: Entry) -> Entry | None:
    """Return what of those that have a key in common with an entry may be in its language."""
    same = others.get(entry.id or 0)
    if same is None or not _may_share_language(entry, same.entry):
        same = next((other for other in others.values() if _may_share_language(entry, other.entry)), None)
    return same and same.known


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
