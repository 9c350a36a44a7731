"""RIS, which reference managers and databases of articles hand out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import Found, Remark, Source, reporting, unix_lines
from newsarchive.formats.reading.dating import depends_on_order, is_date
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.documents.extras import library
from newsarchive.formats.reading.markup import plain_text
from newsarchive.formats.reading.stories import Story, items_of

_DATES: Final = ("date", "publication_year", "year")
_YEAR: Final = r"[0-9]{4}(?![0-9])"
_TITLES: Final = ("title", "primary_title", "short_title", "translated_title")
_SOURCES: Final = ("secondary_title", "journal_name", "alternate_title3", "alternate_title2", "publisher")


class RisReader:
    """Reads the references."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each reference."""
        text, note = text_of(source)
        if note:
            yield Remark(source.name, note)
        references = _references(unix_lines(text), source.name)
        stories = [_story(one, f"{source.name}, reference {n}") for n, one in enumerate(references, 1)]
        yield from items_of(stories, source)


def _references(text: str, place: str) -> list[Mapping[str, Any]]:
    rispy = library("rispy", place)

    class _Parser(rispy.RisParser):  # type: ignore[misc, name-defined]
        """Leaves addresses whole, which may hold a semicolon."""

        DEFAULT_DELIMITER_MAPPING: Final[Mapping[str, str]] = {}

    # Without its end the library loses the last reference, and says nothing.
    is_open = not text.rstrip().rpartition("\n")[2].startswith("ER")
    found: list[Mapping[str, Any]] = _Parser().parse(f"{text.rstrip()}\nER  - \n" if is_open else text)
    if not found:
        raise SourceError(place, "holds no references: none begins with a line `TY  - …`")
    return found


def _story(reference: Mapping[str, Any], place: str) -> Story:
    date, written = _dated(_all(reference, *_DATES))
    extra = {
        "author": "; ".join(_all(reference, "authors", "first_authors")),
        "type": _first(reference, "type_of_reference").lower(),
        "doi": _first(reference, "doi"),
        "note": "\n".join(_all(reference, "notes")),
        "source_date": written,
    }
    return Story(
        place=place,
        title=" ".join(_first(reference, *_TITLES).split()),
        date=date,
        summary=plain_text(_first(reference, "abstract", "notes_abstract")),
        url=_first(reference, "urls", "url", "file_attachments1"),
        language=_first(reference, "language"),
        tags=_all(reference, "keywords"),
        source=_first(reference, *_SOURCES),
        id=_first(reference, "id", "accession_number"),
        extra={name: value for name, value in extra.items() if value},
    )


def _all(reference: Mapping[str, Any], *names: str) -> list[str]:
    values = [reference.get(name) for name in names]
    listed = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return [one.strip() for one in listed if isinstance(one, str) and one.strip()]


def _first(reference: Mapping[str, Any], *names: str) -> str:
    return next(iter(_all(reference, *names)), "")


def _dated(texts: list[str]) -> tuple[str, str]:
    """Return the date that is told most exactly, and what was written where that says more than the date does.

    Databases write the day without its year, `Jan 29`, beside the year alone, or a season in either place.
    """
    year = next((text[:4] for text in texts if re.match(_YEAR, text)), "")
    for text in texts:
        date, rest = _date(text)
        if is_date(date) or depends_on_order(date):
            return date, text if rest else ""
        if year and not text.isdigit() and is_date(f"{text} {year}"):
            return f"{text} {year}", ""
    others = [text for text in texts if _date(text) != (year, "")]
    return (year, "; ".join(others)) if year else ("".join(texts[:1]), "")


def _date(text: str) -> tuple[str, str]:
    """Return a date of this format, `2021/01/29/remark` with empty parts for what is not known, as ISO 8601."""
    match = re.match(r"(\d{4})(?:/(\d{1,2})?(?:/(\d{1,2})?(?:/(.*))?)?)?$", text)
    if not match:
        return text, ""
    parts = [match[1], *(f"{int(part):02}" for part in match.groups()[1:3] if part and int(part))]
    return "-".join(parts), match[4] or ""
