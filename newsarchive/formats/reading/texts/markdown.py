"""Reading Markdown with front matter, a document a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path, PurePath
from typing import Any, Final

from newsarchive.errors import SourceError, UsageError
from newsarchive.formats.base import DRAFT, Fault, Found, LeftOut, Remark, Source, reporting, unix_lines
from newsarchive.formats.cells import value_of
from newsarchive.formats.fields import ALIASES, is_own, plain_name, with_fields
from newsarchive.formats.front_matter import FrontMatter, read_document
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.headlines import first_heading
from newsarchive.formats.reading.markup import plain_text
from newsarchive.formats.reading.records import Record, item_of, with_remedy
from newsarchive.formats.reading.sources import META
from newsarchive.formats.reading.texts.headers import read_header, read_meta
from newsarchive.formats.reading.texts.unpublished import is_draft
from newsarchive.formats.reading.texts.whereabouts import day_of, title_of
from newsarchive.intake import check_fit


class MarkdownReader:
    """Reads one document with front matter, as this program or a generator of web sites writes it."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield the item, or the fault with the line of the field that is wrong."""
        if _SECTION in source.name and PurePath(source.name).stem == _SECTION:
            yield Remark(source.name, "is the page of a section, not a story, and is left out")
            return
        text, note = text_of(source)
        parsed = _parsed(unix_lines(text), source)
        if source.name.lower().endswith(_PAGES):
            parsed = parsed._replace(body=plain_text(parsed.body, has_paragraphs=True))
        if not source.hints.typed and is_draft(parsed.values, source.name):
            if not source.hints.drafts:
                yield LeftOut(source.name, DRAFT)
                return
            parsed = parsed._replace(values={"status": DRAFT, **parsed.values})
        yield _found(parsed, source, (note,) if note else ())


_SECTION: Final = "_index"
_PAGES: Final = (".htm", ".html", ".xhtml")
"""The ends of the names of documents whose text is HTML."""


def _parsed(text: str, source: Source) -> FrontMatter:
    """Read the front matter of a document: between fences, without them, or in a file beside it.

    Raises SourceError where there is none, or it cannot be read.
    """
    try:
        return read_document(text, source.name)
    except SourceError:
        beside = _meta_beside(source)
        header = read_header(text) or (read_meta(beside, text) if beside else None)
        if header is None:
            raise
        return header


def _meta_beside(source: Source) -> str:
    """Return the text of the file in which Nikola keeps what is to be known of a document; empty if none."""
    if not isinstance(source.data, Path):
        return ""
    path = source.data.with_suffix(META)
    return unix_lines(text_of(Source(str(path), path)).content) if path.is_file() else ""


def _found(parsed: FrontMatter, source: Source, notes: tuple[str, ...]) -> Found:
    """Return the item of a document. A field that cannot be read is kept in `extra`, with a note."""
    try:
        values, more_notes = _values(parsed, source)
    except UsageError as error:
        return _fault(error, parsed, source)
    notes = (*notes, *parsed.notes, *more_notes)
    while True:
        try:
            record = Record(source.name, values, is_own(parsed.values), notes)
            item = item_of(record, source, source.hints.date_order, is_document=True)
            check_fit(item.entry)  # what is refused later would have no line; tags are mended
            return item
        except UsageError as error:
            field = getattr(error, "field", "date")
            if source.hints.typed or field not in values or field in _NEEDED:
                return _fault(error, parsed, source)
            values = _without(field, values, source)
            line = _line_of(field, parsed.lines)
            where = f"line {line}: " if line else ""
            notes = (*notes, f"{where}{with_remedy(error)}; it is kept as source_{field}")


_NEEDED: Final = ("title", "id", "relations", "extra", "added", "modified")
"""Fields whose value is a fault of the document when it cannot be read."""


def _without(field: str, values: Mapping[str, Any], source: Source) -> dict[str, Any]:
    """Return the values with that of a field under another name; for a date there is that of the place."""
    left = {name: value for name, value in values.items() if name != field}
    left[f"source_{field}"] = values[field]
    if field == "date" and (day := day_of(source.name, left)):
        left["date"] = day
    return left


def _fault(error: UsageError, parsed: FrontMatter, source: Source) -> Fault:
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
    return named, [*notes, *_completed(named, parsed, source)]


def _completed(named: dict[str, Any], parsed: FrontMatter, source: Source) -> Iterator[str]:
    """Put the date and the title that front matter lacks into its values; yield a note on a title."""
    if not (named.get("date") or named.get("added")) and (day := day_of(source.name, parsed.values)):
        named["date"] = day
    if isinstance(titles := named.get("title"), list):
        named["title"] = f"[{', '.join(map(str, titles))}]"  # `title: [Draft]`
    if not named.get("title") and "added" not in named:
        title, note = _title_without(parsed, source)
        if title:
            named["title"] = title
            yield note


def _title_without(parsed: FrontMatter, source: Source) -> tuple[str, str]:
    """Return a title for a document whose front matter has none, and a note on where it is from."""
    if heading := first_heading(parsed.body):
        return heading, "it has no title, so its first heading is the title"
    if parsed.body.strip() and (title := title_of(source.name)):
        return title, "it has no title, so the words of its name are the title"
    return "", ""


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


def _relation(item: Any) -> Any:
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        return {**item, "id": value_of("id", item["id"])}
    return item
