"""What looks like a field and is none: `before:2020`, `author:x`, `tag: x`, `year=2019`, `2016..2018`.

In a pasted title it is text. Behind a negation, and in every command that writes, taking it for text would
select nearly everything: no entry holds the word `before` next to the word 2020.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

import msgspec

from newsarchive.errors import BadDateError
from newsarchive.query.fields import find_field
from newsarchive.text.fold import fold

_DATES: Final[Mapping[str, str]] = {
    "since": "since from newer start с от начиная depuis desde",
    "until": "until till to through upto end до по jusque hasta",
    "before": "before older earlier раньше avant antes",
    "after": "after later после позже apres despues",
    "date": """
        year month day week quarter dated when published pubdate publication time year-month
        дата год месяц день annee mois jour fecha ano mes dia
    """,
}
"""How a date is asked for by names that other programs know, as `fold` writes them."""

_FIELDS: Final[Mapping[str, str]] = {
    "title": "headline heading subject name заголовок название titre titulo",
    "summary": "abstract description lead teaser excerpt аннотация resume resumen",
    "body": "text content fulltext article текст texte texto",
    "tag": "keyword keywords category categories label labels topic topics тег метка etiquette etiqueta",
    "lang": "locale язык langue idioma",
    "added": "created imported добавлено",
    "modified": "changed updated edited изменено",
    "url": "link href address site domain host ссылка lien enlace",
    "source": "feed origin publisher источник fuente",
    "id": "no nr number entry номер",
}

_COMPARISONS: Final = {"<": "before", "<=": "until", ">": "after", ">=": "since"}
_PHRASE: Final = '"…"'
_GROUP: Final = "(…)"


class Mistaken(msgspec.Struct, frozen=True):
    """A word that looks like a field: its name, empty for a range without one, what joins, and the value.

    `stops` says that nothing follows the colon at once, as in `Press Release: Afghanistan`.
    """

    name: str
    joint: str
    value: str

    @property
    def stops(self) -> bool:
        """Whether nothing stands directly behind the colon."""
        return not self.value

    @property
    def is_known(self) -> bool:
        """Whether it means a field, and is not just any word of a title."""
        return not self.name or find_field(self.name) is not None or fold(self.name) in _meanings()

    def meant(self, today: date) -> str | None:
        """Return what was probably meant, as it is written; None when that can't be told."""
        if not self.name:
            return f"date:{self.value}" if _interval(self.value, today) else f"id:{self.value}"
        field = find_field(self.name)
        meaning = field.name if field else _meanings().get(fold(self.name))
        if meaning is None:
            return None
        name = "date" if meaning in _DATES else meaning
        if self.stops or self.value == _PHRASE:
            return f"{name}:"
        if self.value == _GROUP:
            return f"{name}:… OR {name}:…"
        if name not in ("date", "added", "modified"):
            return f"{name}:{_quoted(self.value)}"
        how = _COMPARISONS.get(self.joint, meaning if meaning in _DATES else "date")
        return f"{name}:{_date_value(how, self.value, today)}"


def mistaken_field(word: str, following: str) -> Mistaken | None:
    """Return what in `word` looks like a field or a range; `following` is the character behind the word."""
    if any(joint in word for joint in ":<>=") and (found := _named().fullmatch(word)):
        name, joint, value = found.groups()
        behind = {'"': _PHRASE, "(": _GROUP}.get(following, "")
        mistaken = Mistaken(name, joint, value or behind)
        return mistaken if joint == ":" or (mistaken.is_known and mistaken.value) else None
    return Mistaken("", "..", word) if ".." in word and _range().fullmatch(word) else None


@functools.cache
def _named() -> re.Pattern[str]:
    return re.compile(r"([^\W\d_][\w-]{0,30})(:|[<>]=?|=)((?!//).*)")


@functools.cache
def _range() -> re.Pattern[str]:
    return re.compile(r"(?=.*\d)[\d-]*\.\.[\d-]*")


@functools.cache
def _meanings() -> dict[str, str]:
    """Return the field, or the way to ask for a date, by each name."""
    rows = [*_DATES.items(), *_FIELDS.items()]
    return {name: meaning for meaning, names in rows for name in names.split()}


def _date_value(how: str, value: str, today: date) -> str:
    """Write the interval that is meant by one of _DATES and a date."""
    days = _interval(value, today)
    if how == "since":
        return _quoted(f"{value}..")
    if how == "until":
        return _quoted(f"..{value}")
    if how == "before" and days:
        return f"..{_neighbour(value, days[0] - timedelta(days=1))}"
    if how == "after" and days:
        return f"{_neighbour(value, days[1] + timedelta(days=1))}.."
    return _quoted(value) if how == "date" else ""


def _interval(value: str, today: date) -> tuple[date, date] | None:
    from newsarchive.dates.ranges import parse_range  # spares start-up

    with suppress(BadDateError):
        days = parse_range(value, today=today)
        if date.min < (days.start or today) and (days.end or today) < date.max:
            return days.start or today, days.end or today
    return None


def _neighbour(value: str, day: date) -> str:
    """Write `day` in the precision of `value`."""
    return day.isoformat()[: len(value)] if re.fullmatch(r"\d{4}(-\d\d)?", value) else day.isoformat()


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"\s", value) else value
