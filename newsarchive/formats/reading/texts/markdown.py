"""Reading Markdown with front matter, a document a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import PurePath
from typing import Any, Final

from newsarchive.dates.partial import PartialDate
from newsarchive.errors import BadDateError, UsageError
from newsarchive.formats.base import Fault, Found, Remark, Source, reporting, unix_lines
from newsarchive.formats.cells import value_of
from newsarchive.formats.fields import ALIASES, is_own, plain_name, with_fields
from newsarchive.formats.front_matter import FrontMatter, read_document
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.records import Record, item_of, with_remedy
from newsarchive.intake import admit


class MarkdownReader:
    """Reads one document with front matter, as this program or a generator of web sites writes it."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield the item, or the fault with the line of the field that is wrong."""
        if PurePath(source.name).stem == "_index":
            yield Remark(source.name, "is the page of a section, not a story, and is left out")
            return
        text, note = text_of(source)
        parsed = read_document(unix_lines(text), source.name)
        yield _found(parsed, source, (note,) if note else ())


def _found(parsed: FrontMatter, source: Source, notes: tuple[str, ...]) -> Found:
    try:
        values, more_notes = _values(parsed, source)
        record = Record(source.name, values, is_own(parsed.values), (*notes, *parsed.notes, *more_notes))
        item = item_of(record, source, source.hints.date_order, is_document=True)
        admit(replace(item.entry, tags=()))  # what is refused later would have no line; tags are mended
        return item
    except UsageError as error:
        line = _line_of(getattr(error, "field", "date"), parsed.lines)
        return Fault(f"{source.name}:{line}" if line else source.name, with_remedy(error))


def _line_of(field: str, lines: Mapping[str, int]) -> int | None:
    """Return the line of the key that stands for a field."""
    own = [lines[field]] if field in lines else []
    others = (line for key, line in lines.items() if plain_name(key) in ALIASES.get(field, ()))
    return next(chain(own, others), None)


def _values(parsed: FrontMatter, source: Source) -> tuple[dict[str, Any], list[str]]:
    """Return the values of a document by the fields they stand for, and notes on tags parted at blanks."""
    values, notes = _flat(parsed.values), []
    for key, value in values.items():
        if plain_name(key) in _BLANK_PARTED and isinstance(value, str) and not re.search("[,;]", value):
            values[key] = value.split()
            if len(values[key]) > 1:
                notes.append(
                    f"{key}: {value!r} is read as {len(values[key])} tags; commas keep blanks in tags"
                )
    if parsed.body.strip():
        if "body" in values:
            values["source_body"] = values.pop("body")
        values["body"] = parsed.body
    named = with_fields(values, source.hints.fields)
    named |= {name: value_of(name, named[name]) for name in _CODED if isinstance(named.get(name), str)}
    if isinstance(relations := named.get("relations"), list):
        named["relations"] = [_relation(item) for item in relations]
    if not (named.get("date") or named.get("added")) and (day := _day_in_name(source.name)):
        named["date"] = day
    return named, notes


_BLANK_PARTED: Final = frozenset({"tags", "categories", "keywords", "taxonomiestags", "taxonomiescategories"})
"""Where Jekyll and Hugo part a text at its blanks."""

_CODED: Final = ("id", "relations", "extra")
"""Fields for which the writer of documents puts JSON into the text."""


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with Zola's `taxonomies.tags` and the like beside them."""
    taxonomies = values.get("taxonomies")
    if not isinstance(taxonomies, dict):
        return dict(values)
    known = {f"taxonomies.{name}": taxonomies[name] for name in ("tags", "categories") if name in taxonomies}
    others = {name: held for name, held in taxonomies.items() if f"taxonomies.{name}" not in known}
    rest = {name: value for name, value in values.items() if name != "taxonomies"}
    return {**rest, **known, **({"taxonomies": others} if others else {})}


def _day_in_name(name: str) -> str | None:
    """Return the date with which the name of a file begins, or that of its folder: `2019-05-03-saiga.md`."""
    path = PurePath(name)
    match = re.match(r"(\d{4}-\d{2}-\d{2})(?![0-9])", path.parent.name if path.stem == "index" else path.name)
    try:
        return str(PartialDate.from_iso(match[1])) if match else None
    except BadDateError:
        return None


def _relation(item: Any) -> Any:
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        return {**item, "id": value_of("id", item["id"])}
    return item
