"""Intervals in words: `until 2020`, «с 2016 по 2018 год», `la semaine dernière`, `desde mayo de 2020`.

All words are spelt as `text.fold` leaves them; English, Russian, French and Spanish stand in this order.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final, Literal

Bound = Literal["since", "until", "before", "after"]

_BOUNDS: Final[dict[Bound, tuple[str, ...]]] = {
    "since": (
        *("since", "from", "starting in", "starting from"),
        *("с", "со", "начиная с", "начиная со"),
        *("depuis", "a partir de", "a partir du", "a compter de", "des"),
        *("desde", "a partir del"),
    ),
    "until": (
        *("until", "till", "up to", "through", "to"),
        *("до", "по", "вплоть до"),
        *("jusqu'a", "jusqu'au", "jusqu'en"),
        *("hasta", "hasta el", "hasta finales de"),
    ),
    "before": (
        *("before", "earlier than", "prior to"),
        *("раньше", "ранее", "перед"),
        *("avant", "avant le"),
        *("antes de", "antes del"),
    ),
    "after": (
        *("after", "later than"),
        *("после", "позже", "позднее"),
        *("apres", "apres le"),
        *("despues de", "despues del"),
    ),
}

_BETWEEN: Final = (
    ("from", "to until till through"),
    ("between", "and"),
    ("с", "по до"),
    ("со", "по до"),
    ("от", "до"),
    ("между", "и"),
    ("de", "a au jusqu'a jusqu'en hasta"),
    ("du", "au"),
    ("depuis", "a jusqu'a jusqu'en"),
    ("entre", "et y e"),
    ("desde", "a hasta"),
    ("del", "al"),
)
"""The word before the first end, and those that may stand before the second."""

_WHICH: Final = {
    "this": "this current этот эта это эту этой этом этого текущий текущая текущую cette ce cet en-cours esta este",
    "last": """
        last previous прошлый прошлая прошлую прошлое прошлой прошлом прошлого derniere dernier passe passee
        pasada pasado
    """,
}
_PERIOD: Final = {
    "week": "week неделя неделю неделе недели semaine semana",
    "month": "month месяц месяце месяца mois mes",
    "quarter": "quarter квартал квартале квартала trimestre",
    "half": "half half-year полугодие полугодии полугодия semestre",
    "year": "year год году года an annee ano",
}
_DAY: Final = {
    "today": "today сегодня aujourd'hui hoy",
    "yesterday": "yesterday вчера hier ayer",
}
_ARTICLES: Final = frozenset({"the", "in", "на", "в", "во", "за", "la", "le", "el", "en", "l'", "ci"})


def bounded(folded: str) -> tuple[Bound, str] | None:
    """Return which side `until 2020` bounds, and the date; None when it does not begin so."""
    found = _bound_pattern().fullmatch(folded)
    return (_bounds()[found[1]], found[2]) if found else None


def two_ends(folded: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to part `from 2016 to 2018` into its two dates."""
    for first, seconds in _BETWEEN:
        if folded.startswith(f"{first} "):
            rest = folded.removeprefix(first)
            for joint in re.finditer(rf"\s(?:{'|'.join(seconds.split())})\s", rest):
                yield rest[: joint.start()].strip(), rest[joint.end() :].strip()


def relative(folded: str) -> str | None:
    """Return `la semaine dernière` as `last-week`, вчера as `yesterday`; None for what is something else."""
    names = _names()
    words: list[str] = re.findall(r"l'|[^\s-]+", folded.replace("half-year", "half"))
    found = [names.get(word, word) for word in words if word not in _ARTICLES]
    if len(found) == 1 and found[0] in _DAY:
        return found[0]
    ordered = sorted(found, key=lambda name: name not in _WHICH)
    is_period = len(ordered) == 2 and ordered[0] in _WHICH and ordered[1] in _PERIOD
    return "-".join(ordered) if is_period else None


@functools.cache
def _bounds() -> dict[str, Bound]:
    return {opener: bound for bound, openers in _BOUNDS.items() for opener in openers}


@functools.cache
def _bound_pattern() -> re.Pattern[str]:
    openers = sorted(_bounds(), key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, openers))})\s+(.+)")


@functools.cache
def _names() -> dict[str, str]:
    tables = (_WHICH, _PERIOD, _DAY)
    return {word: name for table in tables for name, words in table.items() for word in words.split()}
