"""iCalendar (RFC 5545): each event is a story, on the day when it begins where it takes place.

What it lasts until is no part of it (3.6.1): one that ends on the 31st, or at midnight then, is over on the 30th.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import Found, Remark, Source, reporting
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.documents.extras import library
from newsarchive.formats.reading.headlines import headline_of
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.markup import plain_lines
from newsarchive.formats.reading.stories import Story, items_of

_COUNTED: Final = {"VTODO": "task", "VJOURNAL": "journal entry", "VFREEBUSY": "busy time", "VALARM": "alarm"}
_MOST: Final = 10_000
_SURPRISES: Final = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


class ICalendarReader:
    """Reads the events of calendars."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each event, and a count of everything else."""
        text, note = text_of(source)
        if note:
            yield Remark(source.name, note)
        if text.upper().count("BEGIN:") > _MOST:
            raise SourceError(source.name, f"has more than {_MOST:,} events and other parts")
        left_out = Tally(source.name)
        stories: list[Story] = []
        for part in _parts(text, source.name):
            if part.name == "VEVENT" and str(part.get("STATUS", "")).upper() != "CANCELLED":
                stories.append(_story(part, f"{source.name}, event {len(stories) + 1}"))
            elif part.name == "VEVENT":
                left_out.add("cancelled event")
            elif part.name in _COUNTED:
                left_out.add(_COUNTED[part.name])
        if not stories and not [*left_out.found()]:
            raise SourceError(source.name, "holds no events")
        yield from items_of(stories, source)
        yield from left_out.found()


def _parts(text: str, place: str) -> list[Any]:
    calendar = library("icalendar", place).Calendar
    try:
        return [part for found in calendar.from_ical(text, multiple=True) for part in found.walk()]
    except _SURPRISES as error:
        raise SourceError(place, f"is no sound iCalendar: {error}") from None


def _story(event: Any, place: str) -> Story:
    description = plain_lines(_text(event, "DESCRIPTION"))
    extra = {
        "place": _text(event, "LOCATION"),
        "end": _last_day(event),
        "repeats": _rule(event),
    }
    return Story(
        place=place,
        title=" ".join(_text(event, "SUMMARY").split()) or headline_of(description),
        date=_day(_moment(event, "DTSTART")),
        summary=description,
        url=_text(event, "URL"),
        tags=[*_categories(event)],
        id=_text(event, "UID"),
        extra={name: value for name, value in extra.items() if value},
    )


def _rule(event: Any) -> str:
    """Return how an event recurs, as the standard writes it."""
    rule = event.get("RRULE")
    return rule.to_ical().decode() if hasattr(rule, "to_ical") else ""


def _text(event: Any, name: str) -> str:
    value = event.get(name, "")
    return str(value[0] if isinstance(value, list) and value else value).strip()


def _moment(event: Any, name: str) -> Any:
    return getattr(event.get(name), "dt", None)


def _day(moment: Any) -> str:
    """Return the day of a time as it is written, in whatever time zone."""
    return moment.isoformat()[:10] if isinstance(moment, date) else ""


def _last_day(event: Any) -> str:
    """Return the last day of an event that has several, by its end or its duration."""
    first, end = _moment(event, "DTSTART"), _moment(event, "DTEND")
    with suppress(TypeError, OverflowError):
        end = end or first + _moment(event, "DURATION")
        is_over = not isinstance(end, datetime) or end.time() == time()
        last = _day(end - timedelta(days=1) if is_over else end)
        return last if last > _day(first) else ""
    return ""


def _categories(event: Any) -> Iterator[str]:
    # Not by `event.categories`, which adds an empty one to an event that has none.
    found = event.get("CATEGORIES", [])
    for value in found if isinstance(found, list) else [found]:
        yield from map(str, getattr(value, "cats", []))
