"""A made-up archive in which faults of every kind that `check` knows are planted, and where they are."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry, Relation

TODAY: Final = date(2026, 6, 30)

ENGLISH: Final = """
    the treaty secretariat saiga antelope snow leopard corridor fence railway border steppe desert mountain
    range state meeting workshop report agreement plan action migratory species population survey ranger herder
    poaching horn horns recovery decline disease calving monitoring collar satellite camera trap grant project partner
    government ministry institute scientist community school festival award obituary statement press release review
    annual new across between during after before under within protected area reserve national park river lake forest
    pasture grazing drought winter climate road pipeline energy mining tourism trade law order fund support
    training guide
""".split()  # noqa: SIM905
RUSSIAN: Final = """
    секретариат договор сайгак антилопа барс коридор забор железная дорога граница степь пустыня гора страна ареал
    встреча семинар отчёт соглашение план действий мигрирующий вид популяция учёт инспектор пастух браконьерство рог
    восстановление снижение болезнь отёл мониторинг ошейник спутник камера грант проект партнёр правительство
    министерство институт учёный община школа праздник премия заявление обзор ежегодный новый охраняемый заповедник
""".split()  # noqa: SIM905
TAGS: Final = (
    *(
        "species/" + name
        for name in ("saiga", "snow-leopard", "kulan", "argali", "gazelle", "wild-camel", "cheetah")
    ),
    *(
        "country/" + name
        for name in ("kazakhstan", "mongolia", "uzbekistan", "russia", "china", "kyrgyzstan")
    ),
    *(
        "theme/" + name
        for name in ("poaching", "infrastructure", "climate", "monitoring", "education", "trade")
    ),
)


class Planted(NamedTuple):
    """The entries, and for each code of a check the ids in which its fault was planted."""

    entries: list[Entry]
    faults: Mapping[str, frozenset[int]]


def sentence(chance: random.Random, words: list[str], length: int) -> str:
    """Return a sentence of so many words."""
    text = " ".join(chance.choices(words, k=length))
    return f"{text.capitalize()}."


def story(chance: random.Random, number: int) -> Entry:
    """Return an entry in which nothing is wrong."""
    words, language = (RUSSIAN, "ru") if number % 5 == 0 else (ENGLISH, "en")
    day = date(2001, 1, 2) + timedelta(days=chance.randrange(9000))
    if (day.month, day.day) == (1, 1):
        day += timedelta(days=1)
    return Entry(
        id=number,
        title=sentence(chance, words, 9).rstrip("."),
        date=PartialDate(day.year, day.month, day.day),
        summary=sentence(chance, words, 22),
        body=" ".join(sentence(chance, words, 12) for _ in range(4)),
        url=f"https://example.org/{language}/news/{number}",
        languages=(language,),
        tags=tuple(chance.sample(TAGS, 2)),
    )


Fault = Callable[[Entry, random.Random], Entry]


def _amid(text: str | None, what: str) -> str:
    """Put something between the fourth and fifth word of a text."""
    words = (text or "").split(" ")
    return " ".join([*words[:4], *([what] if what else []), *words[4:]])


def _with_letters(text: str | None, chance: random.Random) -> str:
    """Put a look-alike of the other script into the first word that has a letter with a twin."""
    twins = dict(zip("aceopxyасеорху", "асеорхуaceopxy", strict=True))
    words = (text or "").split(" ")
    for place, word in enumerate(words):
        letters = [at for at, letter in enumerate(word) if at and letter in twins]
        if len(word) > 4 and letters:
            at = chance.choice(letters)
            words[place] = word[:at] + twins[word[at]] + word[at + 1 :]
            return " ".join(words)
    return f"{text} сaйгак"


def _moved(entry: Entry, days: int) -> PartialDate:
    assert entry.date is not None
    day = entry.date.start + timedelta(days=days)
    return PartialDate(day.year, day.month, day.day)


FAULTS: Final[dict[str, Fault]] = {
    "undated": lambda entry, _: replace(entry, date=None),
    "future-date": lambda entry, _: replace(entry, date=PartialDate(2031, 5, 17)),
    "early-date": lambda entry, _: replace(entry, date=PartialDate(1016, 5, 17)),
    "imprecise-date": lambda entry, chance: replace(entry, date=PartialDate(2012, chance.choice((None, 3)))),
    "january-first": lambda entry, _: replace(entry, date=PartialDate(2012, 1, 1)),
    "date-address": lambda entry, _: replace(
        entry, url=f"https://example.org/{str(_moved(entry, 90)).replace('-', '/')}/x"
    ),
    "date-dateline": lambda entry, _: replace(
        entry, body=f"Bonn, {_moved(entry, -200).start:%d %B %Y} – {entry.body}"
    ),
    "language-script": lambda entry, _: replace(
        entry, languages=("en",) if "ru" in entry.languages else ("ru",)
    ),
    "look-alike-letters": lambda entry, chance: replace(entry, body=_with_letters(entry.body, chance)),
    "no-address": lambda entry, _: replace(entry, url=None),
    "dangling-relation": lambda entry, _: replace(entry, relations=(Relation("translation", 9_999_999),)),
    "untagged": lambda entry, _: replace(entry, tags=()),
    "several-tags": lambda entry, _: replace(entry, tags=(*entry.tags, "saiga;mongolia")),
    "blanks": lambda entry, chance: replace(
        entry, summary=(entry.summary or "").replace(" ", chance.choice(("  ", " \u00a0")), 1)
    ),
    "lost-blank": lambda entry, _: replace(entry, body=(entry.body or "").replace(". ", ".", 1)),
    "summary-cut": lambda entry, chance: replace(
        entry, summary=(entry.summary or "").rstrip(".") + chance.choice(("", "…", ",", " ("))
    ),
    "summary-in-body": lambda entry, _: replace(entry, body=f"{entry.summary} {entry.body}"),
    "entities": lambda entry, chance: replace(
        entry, title=_amid(entry.title, chance.choice(("&amp;", "&#8211;")))
    ),
    "html": lambda entry, chance: replace(
        entry, summary=_amid(entry.summary, chance.choice(("<br/>", "<b>")))
    ),
    "mojibake": lambda entry, chance: replace(
        entry, body=_amid(entry.body, chance.choice(("Ã©tat", "сайга�", "ÐŸÑ€Ð¸Ð²ÐµÑ‚")))
    ),
    "soft-hyphen": lambda entry, _: replace(entry, body=_amid(entry.body, "inter\u00adgovernmental")),
    "control-character": lambda entry, _: replace(entry, body=_amid(entry.body, "a\x0bb")),
    "title-capitals": lambda entry, _: replace(entry, title=entry.title.upper()),
}
"""How to spoil an entry for each check that looks at one entry; the others need a second one, or the thesaurus."""


def planted(size: int = 10_000, each: int = 100, seed: int = 7) -> Planted:
    """Return an archive of `size` entries with `each` faults of each kind, one an entry."""
    chance = random.Random(seed)
    entries = {number: story(chance, number) for number in range(1, size + 1)}
    free = list(entries)
    chance.shuffle(free)
    faults: dict[str, frozenset[int]] = {}
    for code, spoil in FAULTS.items():
        ids = [free.pop() for _ in range(each)]
        faults[code] = frozenset(ids)
        for number in ids:
            entries[number] = spoil(entries[number], chance)
    faults["same-address"] = _shared_addresses(entries, free, each)
    faults["one-sided-relation"] = _half_relations(entries, free, each)
    faults["look-alike-tag"] = _slips(entries, free, each, chance)
    return Planted([*entries.values()], faults)


def _shared_addresses(entries: dict[int, Entry], free: list[int], each: int) -> frozenset[int]:
    ids = [free.pop() for _ in range(each)]
    for one, other in zip(ids[::2], ids[1::2], strict=True):
        entries[other] = replace(
            entries[other], url=f"http://www.{(entries[one].url or '')[8:]}/?utm_source=feed"
        )
    return frozenset(ids)


def _half_relations(entries: dict[int, Entry], free: list[int], each: int) -> frozenset[int]:
    ids = [free.pop() for _ in range(each)]
    for number in ids:
        entries[number] = replace(entries[number], relations=(Relation("same-story", free[0]),))
    return frozenset(ids)


def _slips(entries: dict[int, Entry], free: list[int], each: int, chance: random.Random) -> frozenset[int]:
    ids = [free.pop() for _ in range(each)]
    for number in ids:
        tag = entries[number].tags[0]
        at = chance.randrange(len(tag) - 3, len(tag))
        slip = tag[:at] + chance.choice("qxzw") + tag[at + 1 :]
        entries[number] = replace(entries[number], tags=(slip, *entries[number].tags[1:]))
    return frozenset(ids)
