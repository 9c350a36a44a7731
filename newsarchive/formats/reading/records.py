"""From records with named values, as tables and JSON have them, to items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from newsarchive.entry import FIELDS
from newsarchive.errors import SourceError, UsageError
from newsarchive.formats.base import DateOrder, Fault, Found, Item, Remark, Source, entry_of
from newsarchive.formats.fields import is_own, plain_name, with_fields
from newsarchive.formats.reading.dating import NO_DATE, WITH_ORDER, settle
from newsarchive.formats.reading.values import adapted, date_text


class Record(NamedTuple):
    """Named values, and where they stand.

    `has_our_id` when their `id` is that of an archive for certain; `notes` go to the item that they become.
    """

    place: str
    values: Mapping[str, Any]
    has_our_id: bool = False
    notes: tuple[str, ...] = ()


Records: TypeAlias = Sequence[Record | Fault]


def items_of(records: Records, source: Source, *, is_column: bool) -> Iterator[Found]:
    """Yield the item or the fault of each record.

    The order of day and month is settled for all records together. Where that fails, a column of a table
    makes the whole source a SourceError; elsewhere only dates that depend on it are faults.
    """
    named = [_named(record, source) for record in records]
    settled = settle(date_text(record.values.get("date")) for record in named if isinstance(record, Record))
    order = source.hints.date_order or settled.order
    if order is None and settled.fault and is_column:
        raise SourceError(source.name, f"none of its rows is read: {settled.fault}")
    yield from _unused_names(records, source)
    for record in named:
        yield record if isinstance(record, Fault) else _found(record, source, order)


def item_of(record: Record, source: Source, order: DateOrder | None, *, is_document: bool = False) -> Item:
    """Return the item of a record whose keys are named as fields.

    What was in an archive before, and tells when it was added, is taken as it is. The texts of a document are
    no HTML. Raises BadValueError or BadDateError.
    """
    values, notes = dict(record.values), record.notes
    fields = frozenset(FIELDS).intersection(values)
    names_entry = "id" in source.hints.fields.values()
    if not values.get("added") and re.match(NO_DATE, date_text(values.get("date")).strip()):
        del values["date"]
    if not values.get("added"):
        values, more_notes = adapted(values, order, is_document=is_document)
        notes = (*notes, *more_notes)
        foreign = ("modified",) if record.has_our_id or names_entry else ("id", "modified")
        values |= {f"source_{name}": values.pop(name) for name in foreign if values.get(name) is not None}
    origin = source.origin or source.name
    return Item(entry_of(values, source), record.place, origin, notes, fields, names_entry)


def with_remedy(error: UsageError) -> str:
    """Return the sentence of an error, with the option that says which reading of a date is meant."""
    return f"{error}{WITH_ORDER}" if getattr(error, "readings", ()) else str(error)


def _found(record: Record, source: Source, order: DateOrder | None) -> Found:
    try:
        return item_of(record, source, order)
    except UsageError as error:
        return Fault(record.place, with_remedy(error))


def _named(record: Record | Fault, source: Source) -> Record | Fault:
    if isinstance(record, Fault):
        return record
    values = with_fields(record.values, source.hints.fields)
    return record._replace(values=values, has_our_id=record.has_our_id or is_own(record.values))


def _unused_names(records: Records, source: Source) -> Iterator[Remark]:
    """Yield a remark for each name that --map mentions in vain."""
    present = {plain_name(name) for record in records if isinstance(record, Record) for name in record.values}
    for name, field in source.hints.fields.items():
        if plain_name(name) not in present:
            yield Remark(source.name, f"nothing in it is called {name!r}, which is to be the {field}")
