"""The one entry that looks like the same story as another, found among all without building them."""

from __future__ import annotations

from collections.abc import Iterable

from newsarchive.entry import Entry
from newsarchive.planning.stories import Stories
from newsarchive.planning.twins import twin_test
from newsarchive.store.lines import Outline
from newsarchive.store.snapshot import Snapshot


def twin_in(
    snapshot: Snapshot, entry: Entry, outlines: Iterable[tuple[int, Outline]] | None = None
) -> Entry | None:
    """Return the entry of an archive that looks like the same story as `entry`, of which few are built.

    Its languages count as declared, as a person sees them. `outlines` are all that need to be looked at, where that
    is known.
    """
    may_be_twin = twin_test(entry)
    return _twin(
        (
            snapshot.entry(entry_id)
            for entry_id, outline in (snapshot.outlines() if outlines is None else outlines)
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
    known = {one.known_id: one for one in found}
    stories = Stories(known.__getitem__)
    for number, one in known.items():
        stories.add(number, one)
    return stories.find(entry, "a person").twin
