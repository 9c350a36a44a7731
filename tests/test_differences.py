"""What changed in an entry is carried over to another state of it: sets, keys and values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from storing import NOW

from newsarchive.changes import changing
from newsarchive.dates.partial import PartialDate
from newsarchive.differences import ABSENT, Conflict, Difference, changed_parts
from newsarchive.entry import Entry, Relation, stored_form

BASE = Entry(
    id=7,
    title="Saiga",
    date=PartialDate(2021, 1),
    summary="Short.",
    languages=("en",),
    tags=("a", "b", "c"),
    relations=(Relation("translation", 2),),
    extra={"place": "Gobi", "pages": 1},
)


def between(**fields: Any) -> Difference:
    """Return the difference that changes these fields of BASE."""
    return Difference.between(BASE, replace(BASE, **fields))


# --- properties -----------------------------------------------------------------------------------------

_STATES = st.builds(
    Entry,
    id=st.just(7),
    title=st.sampled_from(["A", "B", "C"]),
    body=st.none() | st.sampled_from(["x", "y"]),
    date=st.none() | st.builds(PartialDate, st.just(2021), st.none() | st.integers(1, 3)),
    languages=st.lists(st.sampled_from(["en", "ru", "fr"]), unique=True).map(tuple),
    tags=st.lists(st.sampled_from("abcdef"), unique=True).map(tuple),
    relations=st.lists(st.builds(Relation, st.sampled_from(["translation"]), st.integers(1, 4))).map(tuple),
    modified=st.just(None),
    extra=st.dictionaries(st.sampled_from("pqr"), st.sampled_from([1, 1.0, True, "1", None, [1], [True]])),
)


def as_sets(entry: Entry) -> Any:
    """Return what a person would compare: the order of tags and keys is none of it."""
    values = stored_form(entry)
    relations = {(one["kind"], one["id"]) for one in values["relations"]}
    extra = {name: repr(value) for name, value in values["extra"].items()}
    return values | {
        "tags": {*values["tags"]},
        "languages": {*values["languages"]},
        "relations": relations,
        "extra": extra,
    }


def as_stored(entry: Entry) -> str:
    """Return everything in an entry, with the types and the order of values."""
    return repr(stored_form(entry))


@given(before=strategies.entries(), after=strategies.entries())
def test_there_and_back(before: Entry, after: Entry) -> None:
    """It gives exactly the state that it ended with, and swapped the one that it began with."""
    before, after = (replace(entry, id=1, modified=None) for entry in (before, after))
    difference = Difference.between(before, after)

    there = difference.apply(before)
    back = difference.swapped.apply(after)

    assert (as_stored(there.entry), there.conflicts) == (as_stored(after), ())
    assert (as_stored(back.entry), back.conflicts) == (as_stored(before), ())


@given(base=_STATES, one=_STATES, other=_STATES)
def test_two_sides(base: Entry, one: Entry, other: Entry) -> None:
    """It brings together what two sides changed, in either order, and calls the same fields a conflict."""
    ours, theirs = Difference.between(base, one), Difference.between(base, other)

    here, there = theirs.apply(one), ours.apply(other)

    assert {found.field for found in here.conflicts} == {found.field for found in there.conflicts}
    if not here.conflicts:
        assert as_sets(here.entry) == as_sets(there.entry)
    for field in ("title", "body", "date"):
        values = {getattr(base, field), getattr(one, field), getattr(other, field)}
        assert (field in {found.field for found in here.conflicts}) == (len(values) == 3)
    kept = {tag for tag in "abcdef" if (tag in one.tags) + (tag in other.tags) - (tag in base.tags) >= 1}
    assert set(here.entry.tags) == kept


@given(base=_STATES, one=_STATES, other=_STATES)
def test_once_is_enough(base: Entry, one: Entry, other: Entry) -> None:
    """It changes nothing where it was carried over already, and overwrites conflicts when it is told to."""
    difference = Difference.between(base, one)

    forced = difference.apply(other, overwrite=True)
    again = difference.apply(forced.entry)

    assert again.conflicts == ()
    assert as_stored(again.entry) == as_stored(forced.entry)


# --- examples -------------------------------------------------------------------------------------------


def test_sets() -> None:
    """It takes out and puts in single tags, languages and relations, and leaves what others did to them."""
    difference = between(
        tags=("b", "c", "mongolia"), languages=("en", "ru"), relations=(Relation("follow-up", 3),)
    )
    present = replace(BASE, tags=("a", "b", "obituary"), languages=("fr", "en"), relations=BASE.relations * 1)

    after, conflicts = difference.apply(present)

    assert conflicts == ()
    assert after.tags == ("b", "mongolia", "obituary")
    assert after.languages == ("fr", "en", "ru")
    assert after.relations == (Relation("follow-up", 3),)


@pytest.mark.parametrize("rest", ["bcd", "acd", "abd", "abc", "ad", "d", ""])
def test_order_comes_back(rest: str) -> None:
    """It puts tags back where they were, though others came meanwhile."""
    difference = Difference.between(replace(BASE, tags=tuple("abcd")), replace(BASE, tags=tuple(rest)))

    entry = difference.swapped.apply(replace(BASE, tags=(*rest, "new"))).entry

    assert [tag for tag in entry.tags if tag != "new"] == ["a", "b", "c", "d"]


def test_keys() -> None:
    """It changes single keys of `extra`, and calls only those a conflict that somebody else changed."""
    difference = between(extra={"place": "Altai", "source": "CAMI"})
    present = replace(BASE, extra={"place": "Pamir", "pages": 1, "draft": True})

    kept, conflicts = difference.apply(present)
    forced, _ = difference.apply(present, overwrite=True)

    assert conflicts == (Conflict(7, "extra.place", "Gobi", "Pamir", "Altai"),)
    assert kept.extra == {"source": "CAMI", "place": "Pamir", "draft": True}
    assert forced.extra == {"source": "CAMI", "place": "Altai", "draft": True}


def test_a_key_that_went() -> None:
    """It tells a key that one side took out and the other changed from one without a value."""
    present = replace(BASE, extra={"place": "Gobi"})

    _, conflicts = between(extra={"place": "Gobi", "pages": None}).apply(present)

    assert conflicts == (Conflict(7, "extra.pages", 1, ABSENT, None),)
    assert between(extra={"place": "Gobi"}).apply(present) == (present, ())


def test_values() -> None:
    """It changes a text whole, and keeps the one of somebody else."""
    difference = between(title="Saiga antelope", summary=None)

    kept, conflicts = difference.apply(replace(BASE, title="Saigas"))
    forced, _ = difference.apply(replace(BASE, title="Saigas"), overwrite=True)

    assert conflicts == (Conflict(7, "title", "Saiga", "Saigas", "Saiga antelope"),)
    assert (kept.title, kept.summary) == ("Saigas", None)
    assert (forced.title, forced.summary) == ("Saiga antelope", None)


@pytest.mark.parametrize(
    ("old", "new"), [(1, True), (1.0, 1), (0.0, -0.0), ([1], [1.0]), ({"a": 0}, {"a": False})]
)
def test_types_count(old: object, new: object) -> None:
    """It is a change when a value of `extra` gets another type."""
    before, after = (replace(BASE, extra={"x": value}) for value in (old, new))

    assert before != after
    assert changing(before, after, NOW) is not None
    assert repr(Difference.between(before, after).apply(before).entry.extra) == repr({"x": new})


def test_in_words() -> None:
    """It says what came and what went of sets, and names the other fields."""
    difference = between(
        title="X",
        tags=("b", "c", "d"),
        relations=(*BASE.relations, Relation("follow-up", 3)),
        extra={"place": "Gobi"},
    )

    assert list(changed_parts(difference)) == ["title", "tags -a +d", "relations +follow-up:3", "extra.pages"]
