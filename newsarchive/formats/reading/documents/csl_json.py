"""CSL-JSON, in which Zotero and others keep references (https://docs.citationstyles.org)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any, Final

from newsarchive.formats.base import Fault, Found, Remark, Source, reporting
from newsarchive.formats.large_values import plain
from newsarchive.formats.reading.json_values import (
    array_at,
    large_document_of,
    list_at,
    objects_at,
    text_at,
    value_at,
)
from newsarchive.formats.reading.markup import plain_text
from newsarchive.formats.reading.stories import Story, items_of
from newsarchive.intake import split_tags

_SEASONS: Final = {
    str(first + place): name
    for first in (1, 13, 21)
    for place, name in enumerate(("spring", "summer", "autumn", "winter"))
}
"""Seasons by their numbers; those above 12 stand for a month, 21 to 24 as in EDTF."""

_NOT: Final = (None, False, 0, "", "0", "false")


class CslJsonReader:
    """Reads the references."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each reference."""
        document, note = large_document_of(source)
        if note:
            yield Remark(source.name, note)
        listed = array_at(document)
        if listed is None:
            listed = array_at(document, "items") or [document]
        yield from items_of(
            (_story(one, f"{source.name}, item {n}") for n, one in enumerate(map(plain, listed), 1)), source
        )


def _story(item: Any, place: str) -> Story | Fault:
    if not isinstance(item, dict):
        return Fault(place, "is not an object")
    names = [_name(author) for author in objects_at(item, "author")]
    extra = {
        "author": "; ".join(filter(None, names)),
        "type": text_at(item, "type"),
        "doi": text_at(item, "DOI"),
        "note": text_at(item, "note"),
        **_beside_date(value_at(item, "issued")),
    }
    return Story(
        place=place,
        title=" ".join(plain_text(text_at(item, "title")).split()),
        date=_date(value_at(item, "issued")),
        summary=plain_text(text_at(item, "abstract")),
        url=text_at(item, "URL"),
        language=text_at(item, "language"),
        tags=split_tags(text_at(item, "keyword")),
        source=text_at(item, "container-title") or text_at(item, "publisher"),
        id=text_at(item, "id"),
        extra={name: value for name, value in extra.items() if value},
    )


def _name(author: Mapping[str, Any]) -> str:
    return text_at(author, "literal") or " ".join(
        filter(
            None,
            (text_at(author, "given"), text_at(author, "non-dropping-particle"), text_at(author, "family")),
        )
    )


def _date(issued: Any) -> str:
    """Return a date at the precision it has; of a range its beginning."""
    numbers = _numbers(issued, 0)
    numbers = numbers[:1] if _season_for_a_month(numbers) else numbers
    return _joined(numbers) or text_at(issued, "raw") or text_at(issued, "literal")


def _beside_date(issued: Any) -> dict[str, Any]:
    """Return what a date says beside its day: the end of a range, a season, that it is uncertain, and its words."""
    numbers = _numbers(issued, 0)
    season = text_at(issued, "season") or _season_for_a_month(numbers)
    return {
        "end": _joined(_numbers(issued, 1)),
        "season": _SEASONS.get(season, season),
        "circa": value_at(issued, "circa") not in _NOT,
        "source_date": text_at(issued, "literal") if numbers else "",
    }


def _season_for_a_month(numbers: list[str]) -> str:
    return next((month for month in numbers[1:2] if month in _SEASONS and len(month) > 1), "")


def _numbers(issued: Any, place: int) -> list[str]:
    """Return the year, month and day of the beginning or the end of a date, down to the first that it lacks."""
    parts = list_at(issued, "date-parts")[place : place + 1]
    listed = parts[0] if parts and isinstance(parts[0], list) else []
    return [*takewhile(lambda part: part.strip().lstrip("-").isdecimal(), map(str, listed[:3]))]


def _joined(numbers: list[str]) -> str:
    return "-".join([number.zfill(2 if place else 4) for place, number in enumerate(numbers)])
