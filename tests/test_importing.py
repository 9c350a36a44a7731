"""The plan of an import: what is new, what is there already, and which ids things get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from strategies import archives

from newsarchive.changes import Change
from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry, Relation
from newsarchive.formats.base import Fault, Found, Item, LeftOut
from newsarchive.planning.importing import ImportPlan, OnDuplicate, Outcome, plan_import
from newsarchive.planning.twins import normalise_url, twin_test

NOW = datetime(2025, 6, 1, tzinfo=UTC)
THEN = datetime(2021, 1, 2, tzinfo=UTC)
DAY = PartialDate(2021, 1, 29)


def items(*entries: Entry, origin: str = "news") -> list[Item]:
    """Return the entries as a source gives them, placed `news:1` and so on."""
    return [Item(entry, f"{origin}:{number}", origin) for number, entry in enumerate(entries, 1)]


def story(title: str = "Saiga", **fields: Any) -> Entry:
    """Return an entry as a reader makes it."""
    return Entry(**{"title": title, "date": DAY, "languages": ("en",), **fields})


def stored(entry_id: int, title: str = "Saiga", **fields: Any) -> Entry:
    """Return an entry as an archive holds it."""
    return story(title, **{"id": entry_id, "added": THEN, "modified": THEN, **fields})


def plan(
    found: Sequence[Found],
    existing: Sequence[Entry] = (),
    *,
    on_duplicate: OnDuplicate = "skip",
    keep_ids: bool = False,
) -> ImportPlan:
    """Plan with the clock at NOW, numbering from behind the highest existing id."""
    next_id = max((entry.known_id for entry in existing), default=0) + 1
    return plan_import(
        found, existing, on_duplicate=on_duplicate, now=NOW, keep_ids=keep_ids, next_id=next_id
    )


def fates(made: ImportPlan) -> list[tuple[str, str | None, int | None]]:
    """Return outcome, reason and id of each item."""
    return [(outcome.outcome, outcome.reason, outcome.id) for outcome in made.outcomes]


# --- adding -----------------------------------------------------------------------------------------------


def test_new_items_are_added_in_their_order() -> None:
    """It numbers them from the next id on and stamps them with the present."""
    made = plan(items(story("a"), story("b")), [stored(4)])

    assert made.changes == [
        Change(5, None, story("a", id=5, added=NOW, modified=NOW)),
        Change(6, None, story("b", id=6, added=NOW, modified=NOW)),
    ]
    assert made.outcomes == [Outcome("news:1", "added", None, 5), Outcome("news:2", "added", None, 6)]


def test_times_of_our_own_are_kept() -> None:
    """It leaves `added` and `modified` as the item brings them."""
    (change,) = plan(items(stored(9, modified=None))).changes

    assert change.after is not None
    assert (change.after.added, change.after.modified) == (THEN, NOW)


def test_faults_are_outcomes_too() -> None:
    """It carries on around what could not be read, and around what the archive may not hold."""
    found: list[Found] = [
        Fault("news:1", "is not an object"),
        *items(story("a", url="javascript:x"), story("b")),
    ]

    made = plan(found)

    assert fates(made) == [
        ("failed", "is not an object", None),
        ("failed", "url: 'javascript' addresses are not taken, only http, https, mailto", None),
        ("added", None, 1),
    ]
    assert [change.id for change in made.changes] == [1]


def test_what_is_no_story_is_counted() -> None:
    """It is no item: it has a kind and a count, and changes nothing."""
    made = plan([LeftOut("blog.xml", "attachment", 12), *items(story("a"))])

    assert made.outcomes == [
        Outcome("blog.xml", "left-out", "attachment", number=12),
        Outcome("news:1", "added", None, 1),
    ]
    assert len(made.changes) == 1


def test_what_was_put_right_is_noted() -> None:
    """It mends tags and control characters, and says so for each item."""
    made = plan(items(story("a\x1b", tags=("R&D", "🦌", "Saiga Horn"))))

    (change,) = made.changes
    assert change.after is not None
    assert (change.after.title, change.after.tags) == ("a", ("r-d", "saiga-horn"))
    assert made.outcomes[0].notes == (
        "tag 'R&D' becomes 'r-d'",
        "tag '🦌' is left out",
        "title: 1 control character removed",
    )


def test_languages_are_judged_when_nobody_has() -> None:
    """It judges what comes from outside, and leaves what was in an archive as it is."""
    found = items(
        story("The saiga of the steppe", languages=()),
        stored(7, "The horn of the saiga", languages=()),
    )

    made = plan(found)

    assert [change.after and change.after.languages for change in made.changes] == [("en",), ()]


# --- the same story ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "existing"),
    [
        (story("A", url="http://www.cms.int/a/"), stored(3, "B", url="https://cms.int/a?utm_source=x")),
        (story("SAIGA  Day"), stored(3, "Saiga day")),
        (story("Сайгак ещё", languages=("ru",)), stored(3, "сайгак еще", languages=("ru", "en"))),
        (story("Saiga", url="https://cms.int/a"), stored(3, "Saiga", url="https://cms.int/b")),
        (story("Saiga", date=None), stored(3, "Saiga", date=None)),
        (story("Saiga"), stored(3, "Saiga", languages=())),
    ],
)
def test_the_same_story_is_skipped(item: Entry, existing: Entry) -> None:
    """It knows a story by its address, else by title, day and language together."""
    made = plan(items(item), [existing])

    assert made.changes == []
    assert made.outcomes == [Outcome("news:1", "skipped", "is there already as entry 3", 3)]


@pytest.mark.parametrize(
    "item",
    [
        story("Saiga", date=PartialDate(2021, 1)),
        story("Saiga", date=None),
        story("Saigas"),
        story("Other", url="https://cms.int/b"),
    ],
)
def test_another_story_is_added(item: Entry) -> None:
    """It takes stories for different when title or day differ."""
    made = plan(items(item), [stored(3, url="https://cms.int/a")])

    assert fates(made) == [("added", None, 4)]


@pytest.mark.parametrize(
    ("on_duplicate", "expected"),
    [
        ("skip", [("added", None, 1), ("skipped", "is the same story as news:1", 1)]),
        ("update", [("added", None, 1), ("skipped", "is the same story as news:1", 1)]),
        ("error", [("added", None, 1), ("failed", "is the same story as news:1", 1)]),
        ("keep", [("added", None, 1), ("added", None, 2)]),
    ],
)
def test_a_story_twice_in_one_run(
    on_duplicate: OnDuplicate, expected: list[tuple[str, str | None, int | None]]
) -> None:
    """It compares the items of a run with each other, too."""
    made = plan(items(story(), story(summary="more")), on_duplicate=on_duplicate)

    assert fates(made) == expected


def test_a_story_that_is_there_can_be_an_error() -> None:
    """It fails the item, and only that one."""
    made = plan(items(story(), story("b")), [stored(3)], on_duplicate="error")

    assert fates(made) == [("failed", "is there already as entry 3", 3), ("added", None, 4)]


# --- updating ---------------------------------------------------------------------------------------------


def test_an_update_replaces_what_the_item_has() -> None:
    """It keeps id, time of adding and absent fields, and joins tags, languages and extra."""
    existing = stored(3, summary="old", body="body", tags=("a", "b"), extra={"x": 1, "y": 1})
    item = story("SAIGA", summary="new", tags=("b", "c"), languages=("en", "ru"), extra={"y": 2})

    made = plan(items(item), [existing], on_duplicate="update")

    after = stored(
        3,
        "SAIGA",
        summary="new",
        body="body",
        tags=("a", "b", "c"),
        languages=("en", "ru"),
        extra={"x": 1, "y": 2},
        modified=NOW,
    )
    assert made.changes == [Change(3, existing, after)]
    assert fates(made) == [("updated", None, 3)]


def test_an_update_with_nothing_new_changes_nothing() -> None:
    """It leaves an entry alone, its time included, when the item adds nothing to it."""
    existing = stored(3, summary="old", tags=("a",))

    made = plan(items(stored(8, tags=("a",), modified=NOW)), [existing], on_duplicate="update")

    assert made.changes == []
    assert fates(made) == [("unchanged", None, 3)]


def test_judged_languages_do_not_override_chosen_ones() -> None:
    """It adds to the languages of an entry only what the source itself has named."""
    existing = stored(3, "The saiga of the steppe", url="https://cms.int/a", languages=("mn",))
    item = story("The saiga of the steppe", url="https://cms.int/a", languages=())

    made = plan(items(item), [existing], on_duplicate="update")

    assert fates(made) == [("unchanged", None, 3)]


def test_an_update_stays_within_the_limits() -> None:
    """It fails an item that would give an entry too many tags."""
    existing = stored(3, tags=tuple(f"a{n}" for n in range(150)))
    item = story(tags=tuple(f"b{n}" for n in range(51)))

    made = plan(items(item), [existing], on_duplicate="update")

    assert fates(made) == [("failed", "tags: are 201; 200 are allowed", None)]


def test_of_several_twins_the_one_with_the_same_id_is_updated() -> None:
    """It finds the right one of two entries that tell one story."""
    existing = [stored(3), stored(4)]
    found = items(stored(3), stored(4, summary="new"))

    made = plan(found, existing, on_duplicate="update")

    assert fates(made) == [("unchanged", None, 3), ("updated", None, 4)]


@settings(deadline=None)
@given(archives(), st.sampled_from(["skip", "update", "error"]))
def test_importing_twice_is_importing_once(entries: list[Entry], on_duplicate: OnDuplicate) -> None:
    """It changes nothing when the same source comes again.

    Unless it updates by a source that declares the languages of some of its items only: one of the others
    can find an entry in its own language that was not there yet when it was judged to be another one's twin.
    """
    assume(on_duplicate != "update" or len({bool(entry.languages) for entry in entries}) < 2)
    found = items(*(replace(entry, id=None, added=None, modified=None, relations=()) for entry in entries))
    first = [change.after for change in plan(found, on_duplicate=on_duplicate).changes if change.after]

    again = plan(found, first, on_duplicate=on_duplicate)

    assert again.changes == []


_likely_twins = st.builds(
    Entry,
    title=st.sampled_from(["A", "B"]),
    date=st.sampled_from([None, DAY]),
    url=st.sampled_from([None, "http://cms.int/1", "https://www.cms.int/1/", "https://cms.int/2"]),
    languages=st.sampled_from([("en",), ("ru",), ("en", "ru")]),
)


ONE, OTHER = "https://cms.int/1", "https://cms.int/2"


@settings(deadline=None)
@given(
    st.lists(_likely_twins, max_size=6),
    st.lists(_likely_twins, max_size=6),
    st.sampled_from(["skip", "keep", "error"]),
)
@example(
    # The second time, what came last has the address of those before it.
    [story("A", url=OTHER)],
    [
        story("A", url=ONE, languages=("en", "ru")),
        story("B", url=ONE, languages=("en", "ru"), date=None),
        story("A", url=ONE, date=None),
        story("A", url=ONE, languages=("ru",)),
    ],
    "skip",
)
@example(
    # The second time, an item that declares its language tells again what did not declare its own.
    [],
    [
        story("A", url=ONE, languages=(), summary="one two"),
        story("B", url=ONE, summary="one two"),
        story("A", url=ONE, languages=("ru",)),
    ],
    "skip",
)
@example(
    # The second time, one item has the name of an entry, the next the title of what the first was found to be.
    [],
    [
        story("B", url=ONE, languages=("ru",), extra={"source_id": "tag:1,2:3"}),
        story("A", url=ONE, languages=("ru",), extra={"source_id": "7"}),
        story("B", languages=("ru",), date=None, extra={"source_id": "7"}),
        story("Ж", url=OTHER, date=None, extra={"source_id": "7"}),
    ],
    "skip",
)
def test_skipping_twice_is_skipping_once(known: list[Entry], found: list[Entry], first: OnDuplicate) -> None:
    """It changes nothing when the same source comes again, however alike its stories and those there are."""
    existing = [replace(entry, id=number) for number, entry in enumerate(known, 1)]
    made = plan(items(*found), existing, on_duplicate=first)
    there = {entry.id: entry for entry in existing}
    there |= {change.after.id: change.after for change in made.changes if change.after}

    again = plan(items(*found), list(there.values()))

    assert again.changes == []


@settings(deadline=None)
@given(st.lists(_likely_twins, max_size=6), st.lists(_likely_twins, max_size=6))
def test_what_was_kept_is_not_updated(known: list[Entry], found: list[Entry]) -> None:
    """It finds each of several alike entries again, when the source of which all were kept comes as an update."""
    existing = [replace(entry, id=number) for number, entry in enumerate(known, 1)]
    kept = plan(items(*found), existing, on_duplicate="keep")
    added = [change.after for change in kept.changes if change.after]

    again = plan(items(*found), [*existing, *added], on_duplicate="update")

    assert again.changes == []


def test_an_update_twice_takes_no_language_from_the_same_text() -> None:
    """It gives a text the address that it lacked, and at no later import the language that it does not have."""
    found = items(story("B", url=ONE))
    first = plan(found, [stored(1, "B", languages=("ru",), summary="three four")], on_duplicate="update")
    updated = [change.after for change in first.changes if change.after]

    again = plan(found, updated, on_duplicate="update")

    assert [(entry.url, entry.languages) for entry in updated] == [(ONE, ("ru",))]
    assert fates(again) == [("unchanged", None, 1)]


def test_a_wrong_language_does_not_shut_out_the_right_text() -> None:
    """It takes a translation in, also after a text that is there came under the translation's language."""
    texts = {"url": ONE, "summary": "The herds have doubled."}
    said = story("Saiga", **texts, languages=("fr",))
    french = story("Saïga", url=ONE, summary="Les troupeaux ont doublé.", languages=("fr",))

    made = plan(items(story("Saiga", **texts), said, french))

    assert [outcome.outcome for outcome in made.outcomes] == ["added", "skipped", "added"]


def test_an_entry_is_not_found_by_what_an_update_replaced() -> None:
    """It takes the old title and the old address of an updated entry for another story's."""
    existing = [stored(3, "Old", url="https://cms.int/1")]
    found = items(story("New", url="https://cms.int/1"), story("Old"))

    made = plan(found, existing, on_duplicate="update")

    assert fates(made) == [("updated", None, 3), ("added", None, 4)]


def test_of_several_twins_the_likest_is_meant() -> None:
    """It prefers the entry in the same languages and with the same address, or none."""
    existing = [stored(3, languages=("en", "ru")), stored(4), stored(5, url="https://cms.int/1")]

    assert fates(plan(items(story()), existing)) == [("skipped", "is there already as entry 4", 4)]


# --- ids and relations ------------------------------------------------------------------------------------


@settings(deadline=None)
@given(archives())
def test_a_new_archive_is_the_same_archive(entries: list[Entry]) -> None:
    """It keeps every id, relation and time of an archive that comes into an empty one."""
    made = plan(items(*entries), keep_ids=True)

    assert [change.after for change in made.changes] == entries


def test_two_entries_of_an_archive_stay_two() -> None:
    """It does not compare entries that were in one archive with each other."""
    made = plan(items(stored(3), stored(4)), keep_ids=True)

    assert fates(made) == [("added", None, 3), ("added", None, 4)]


def test_items_without_ids_are_numbered_behind_the_kept_ones() -> None:
    """It gives no item an id that a later one brings."""
    made = plan(items(story("a"), stored(1, "b"), stored(7, "c")), keep_ids=True)

    assert [change.id for change in made.changes] == [8, 1, 7]


def test_an_id_is_kept_once() -> None:
    """It gives the second of two stories with one id a number of its own, and says so."""
    made = plan(items(stored(3, "a"), stored(3, "b")), keep_ids=True)

    assert [change.id for change in made.changes] == [3, 4]
    assert made.outcomes[1].notes == ("the id 3 is taken, so it becomes entry 4",)


def test_relations_follow_the_new_ids() -> None:
    """It renumbers relations inside a source, forwards and backwards, to twins in the archive, too."""
    found = items(
        stored(1, "a", relations=(Relation("translation", 2), Relation("follow-up", 3))),
        stored(2, "b", relations=(Relation("translation", 1),)),
        stored(3, "Saiga"),
    )

    made = plan(found, [stored(9, "Saiga")])

    assert [change.after and change.after.relations for change in made.changes] == [
        (Relation("translation", 11), Relation("follow-up", 9)),
        (Relation("translation", 10),),
    ]


def test_relations_out_of_the_source_are_left_out() -> None:
    """It drops relations to what the source does not hold, or could not bring, and notes it."""
    found = items(
        stored(1, "a", relations=(Relation("translation", 9), Relation("follow-up", 2))),
        stored(2, "b", url="javascript:x"),
    )

    made = plan(found)

    assert made.changes[0].after is not None
    assert made.changes[0].after.relations == ()
    assert made.outcomes[0].notes == (
        "its translation 9 is not in the source, so that relation is left out",
        "its follow-up 2 is not in the source, so that relation is left out",
    )


def test_sources_have_ids_of_their_own() -> None:
    """It does not mistake an id of one source for that of another."""
    found = [
        *items(stored(1, "a"), origin="x"),
        *items(stored(1, "b"), stored(2, "c", relations=(Relation("translation", 1),)), origin="y"),
    ]

    made = plan(found)

    assert made.changes[2].after is not None
    assert made.changes[2].after.relations == (Relation("translation", 2),)


def test_an_update_joins_relations() -> None:
    """It adds the item's relations to those of the entry, each once, and a new one to the other entry as well."""
    existing = [stored(3, relations=(Relation("translation", 4),)), stored(4, "b"), stored(5, "c")]
    found = items(
        stored(1, relations=(Relation("translation", 2), Relation("follow-up", 7))),
        stored(2, "b"),
        stored(7, "c"),
    )

    made = plan(found, existing, on_duplicate="update")

    assert [change.after and change.after.relations for change in made.changes] == [
        (Relation("translation", 4), Relation("follow-up", 5)),
        (Relation("follow-up", 3),),
    ]


# --- addresses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("https://www.CMS.int/cami/en/News/", "cms.int/cami/en/News"),
        ("http://cms.int:80/cami", "cms.int/cami"),
        ("https://cms.int:443/cami", "cms.int/cami"),
        ("https://cms.int:8080/cami", "cms.int:8080/cami"),
        ("https://cms.int/cami#top", "cms.int/cami"),
        ("https://cms.int/cami/?utm_source=x&page=2&UTM_medium=y", "cms.int/cami?page=2"),
        ("https://cms.int/?utm_source=x", "cms.int"),
        ("www.cms.int/cami", "cms.int/cami"),
        ("mailto:CMS@cms.int", "mailto:CMS@cms.int"),
        ("http://[", "http://["),
    ],
)
def test_an_address_has_one_normal_form(url: str, normal: str) -> None:
    """It drops what leads to the same page anyway, and nothing of the path."""
    assert normalise_url(url) == normal


@given(
    st.from_regex(
        r"(https?://)?(www\.)?[a-zA-Z0-9.-]{1,12}(:80)?(/[a-zA-Z0-9%./]{0,8})?(\?[a-z_=&]{0,12})?(#[a-z])?",
        fullmatch=True,
    )
)
def test_normalising_an_address_twice_changes_nothing(url: str) -> None:
    """It has nothing left to drop in what it has produced."""
    assert normalise_url(normalise_url(url)) == normalise_url(url)


@pytest.mark.parametrize(
    ("title", "date", "url", "is_twin"),
    [
        ("IN MEMORIAM –  Anton Mezhnev", "2021-01-29", None, True),
        ("In memoriam – Anton Mezhnev", "2021-01", None, False),
        ("Something else", None, "http://cms.int/en/news/7/?utm_source=x", True),
        ("Something else", None, "http://cms.int/en/news/8", False),
    ],
)
def test_the_quick_test_for_twins_lets_every_twin_through(title, date, url, is_twin):
    """It looks at title and date, or at the address, as the search for duplicates does."""
    entry = Entry(
        title="In memoriam – Anton Mezhnev",
        date=PartialDate(2021, 1, 29),
        url="https://www.cms.int/en/news/7",
    )

    assert twin_test(entry)(title, date, url) is is_twin


def test_behind_the_highest_id_there_is_no_other() -> None:
    """It fails an item for which no number is left, and keeps the others."""
    made = plan(items(stored(2**53 - 2, "a"), story("b")), keep_ids=True)

    assert [change.id for change in made.changes] == [2**53 - 2]
    assert (
        made.outcomes[1].reason
        == "id: 9,007,199,254,740,991 is not an id: ids go from 1 to 9,007,199,254,740,990"
    )


@pytest.mark.parametrize("on_duplicate", ["skip", "update"])
def test_one_story_leads_to_another(on_duplicate: OnDuplicate) -> None:
    """It knows an item by the address of another that is the same story by its title, and stays with that."""
    found = items(story("a"), story("a", url="https://cms.int/x"), story("b", url="https://cms.int/x"))

    first = plan(found, on_duplicate=on_duplicate)
    again = plan(found, [change.after for change in first.changes if change.after], on_duplicate=on_duplicate)

    assert fates(first) == [
        ("added", None, 1),
        ("skipped", "is the same story as news:1", 1),
        ("skipped", "is the same story as news:1", 1),
    ]
    assert again.changes == []
