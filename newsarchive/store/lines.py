"""One entry's line in the archive: undecoded JSON to an entry and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Final

import msgspec

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import FIELDS, Entry, Relation, entry_from, plain_form, same_value, stored_form
from newsarchive.errors import BadDateError, BadValueError

_Text = str | None
_Instant = Annotated[datetime, msgspec.Meta(tz=True)] | None


class _Stored(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """The form in which commits write an entry; decoding into it checks the types four times as fast."""

    title: str
    date: _Text
    summary: _Text
    body: _Text
    url: _Text
    source: _Text
    languages: tuple[str, ...]
    tags: tuple[str, ...]
    relations: tuple[_Tie, ...]
    added: _Instant
    modified: _Instant
    extra: dict[str, Any]


class _Tie(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    kind: str
    id: Annotated[int, msgspec.Meta(ge=1)]


class _Related(msgspec.Struct, gc=False):
    """Where an entry's ties lead; decoding only that takes a fifth of the time of the whole line."""

    relations: tuple[_Tie, ...] = ()


class Outline(msgspec.Struct, gc=False):
    """What tells stories apart; decoding only that takes a fifth of the time of the whole line."""

    title: str = ""
    date: _Text = None
    url: _Text = None


class _Dated(msgspec.Struct, gc=False):
    """The date of an entry alone."""

    date: _Text = None


class Telling(msgspec.Struct, gc=False):
    """What stories are found by; decoding only that takes a third of the time of building the entry."""

    title: str = ""
    date: _Text = None
    url: _Text = None
    source: _Text = None
    languages: tuple[str, ...] = ()
    extra: dict[str, Any] = {}


# Made once: to make a decoder takes longer than to decode a line.
_VALUES: Final = msgspec.json.Decoder(dict[str, Any])
_DATES: Final = msgspec.json.Decoder(_Dated)
_TELLINGS: Final = msgspec.json.Decoder(Telling)
_OUTLINES: Final = msgspec.json.Decoder(Outline)
_DECODER: Final = msgspec.json.Decoder(_Stored)
_STORED_FIELDS: Final = [name for name in FIELDS if name != "id"]
_RELATED: Final = msgspec.json.Decoder(_Related)


def entry_of(line: Any, entry_id: int) -> Entry:
    """Build the entry of a line.

    Raises ValueError when the line was written by another hand and is not an entry.
    """
    try:
        stored = _DECODER.decode(line)
        return Entry(
            id=entry_id,
            title=stored.title,
            date=None if stored.date is None else _date(stored.date),
            summary=stored.summary,
            body=stored.body,
            url=stored.url,
            source=stored.source,
            languages=stored.languages,
            tags=stored.tags,
            relations=_relations(stored.relations),
            added=stored.added,
            modified=stored.modified,
            extra=stored.extra,
        )
    except (msgspec.MsgspecError, UnicodeDecodeError, BadValueError, BadDateError):
        return _entry_of_other_form(line, entry_id)


def says(line: Any, entry: Entry) -> bool:
    """Whether a line that was written of an entry reads back as that; the entry is not built for it."""
    stored = _DECODER.decode(line)
    return (
        stored.title == entry.title
        and (None if stored.date is None else _date(stored.date)) == entry.date
        and stored.summary == entry.summary
        and stored.body == entry.body
        and stored.url == entry.url
        and stored.source == entry.source
        and stored.languages == entry.languages
        and stored.tags == entry.tags
        and _relations(stored.relations) == entry.relations
        and stored.added == entry.added
        and stored.modified == entry.modified
        and same_value(stored.extra, entry.extra, ordered=False)
    )


def row_of(line: Any, entry_id: int) -> dict[str, Any]:
    """Return `plain_form` of the entry of a line.

    A line that a commit wrote says the same as it is, so that no entry needs to be built. Raises ValueError.
    """
    try:
        values = _VALUES.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        values = {}
    if [*values] != _STORED_FIELDS:
        return plain_form(entry_of(line, entry_id))
    return {"id": entry_id, **values}


def outline_of(line: Any) -> Outline:
    """Return the outline of a line, an empty one where the line was written by another hand."""
    try:
        return _OUTLINES.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return Outline()


def date_in(line: Any) -> str | None:
    """Return the date of a line, None where the line was written by another hand."""
    try:
        return _DATES.decode(line).date
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def telling_of(line: Any) -> Telling:
    """Return what a line tells, nothing where it was written by another hand."""
    try:
        return _TELLINGS.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return Telling()


def relations_of(line: Any) -> tuple[Relation, ...]:
    """Return the relations of a line. Raises ValueError for a line that is no entry."""
    try:
        return _relations(_RELATED.decode(line).relations)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _entry_of_other_form(line, 1).relations


def _relations(stored: tuple[_Tie, ...]) -> tuple[Relation, ...]:
    return tuple(Relation(tie.kind, tie.id) for tie in stored) if stored else ()


def date_of(outline: Outline) -> PartialDate | None:
    """Return the date of an outline. Raises BadDateError for one that no commit wrote."""
    return None if outline.date is None else _date(outline.date)


@lru_cache(maxsize=1 << 14)
def _date(text: str) -> PartialDate:
    return PartialDate.from_iso(text)


def _entry_of_other_form(line: Any, entry_id: int) -> Entry:
    try:
        return entry_from(msgspec.json.decode(line), entry_id)
    except (BadValueError, BadDateError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def line_of(entry: Entry) -> msgspec.Raw:
    """Write the line of an entry. Raises what `encoded` raises."""
    return msgspec.Raw(encoded(stored_form(entry)))


def encoded(value: object) -> bytes:
    """Write a JSON value as UTF-8.

    Raises ValueError when it holds what JSON cannot: half a surrogate pair, or values nested too deeply.
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError as error:
        raise ValueError("half a surrogate pair is no character that can be saved") from error
    except (OverflowError, RecursionError, TypeError) as error:
        raise ValueError(str(error)) from error


def line_bytes(entry_id: int, line: Any) -> bytes:
    """Return an entry's line with its id, as a file has it and as digests count it."""
    return b'"%d":%b' % (entry_id, line)


def entries_value(lines: Mapping[int, Any]) -> bytes:
    """Write one entry a line, by id."""
    if not lines:
        return b"{}"
    pieces: list[Any] = []
    for entry_id in sorted(lines):
        pieces += (b',\n"%d":' % entry_id, lines[entry_id])
    pieces[0] = pieces[0].replace(b",", b"{", 1)
    return b"".join([*pieces, b"\n}"])
