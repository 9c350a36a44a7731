"""CSL-JSON, in which Zotero and others keep references (https://docs.citationstyles.org)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from newsarchive.formats.base import Fault, Found, Remark, Source, reporting
from newsarchive.formats.reading.json_values import document_of, list_at, objects_at, text_at, value_at
from newsarchive.formats.reading.markup import plain_text
from newsarchive.formats.reading.stories import Story, items_of
from newsarchive.intake import split_tags


class CslJsonReader:
    """Reads the references."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each reference."""
        document, note = document_of(source)
        if note:
            yield Remark(source.name, note)
        listed = document if isinstance(document, list) else list_at(document, "items") or [document]
        yield from items_of(
            [_story(one, f"{source.name}, item {n}") for n, one in enumerate(listed, 1)], source
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
    parts = list_at(issued, "date-parts")
    first = parts[0] if parts and isinstance(parts[0], list) else []
    numbers = [str(part) for part in first[:3] if str(part).strip().lstrip("-").isdecimal()]
    if numbers:
        return "-".join([numbers[0].zfill(4), *(number.zfill(2) for number in numbers[1:])])
    return text_at(issued, "raw") or text_at(issued, "literal")
