"""From records with named values, as tables and JSON have them, to items."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final, NamedTuple

from newsarchive.entry import FIELDS
from newsarchive.errors import SourceError, UsageError
from newsarchive.formats.base import DateOrder, Fault, Found, Item, Remark, Source, entry_of
from newsarchive.formats.fields import is_own, plain_name, with_fields
from newsarchive.formats.reading.dating import NO_DATE, WITH_ORDER, depends_on_order, settle
from newsarchive.formats.reading.values import adapted, date_text


class Record(NamedTuple):
    """Named values, and where they stand.

    `has_our_id` when their `id` is that of an archive for certain; `notes` go to the item that they become.
    """

    place: str
    values: Mapping[str, Any]
    has_our_id: bool = False
    notes: tuple[str, ...] = ()


def items_of(records: Iterable[Record | Fault], source: Source, *, is_column: bool) -> Iterator[Found]:
    """Yield the item or the fault of each record.

    The order of day and month is settled for all records together, which are gone through as often as it takes:
    no record is held. Where that fails, a column of a table makes the whole source a SourceError; elsewhere only
    dates that depend on it are faults, and records are looked at ahead from the first such date on.
    """
    named = _Named(records, source)
    order = source.hints.date_order
    is_settled = order is not None
    if is_column and not is_settled:
        is_settled, order = True, _settled_column(named, source)
    yield from _unused_names(records, source)
    for number, record in enumerate(named):
        if isinstance(record, Fault):
            yield record
            continue
        if not is_settled and depends_on_order(date_text(record.values.get("date"))):
            is_settled, order = True, settle(_dates(islice(named, number, None))).order
        yield _found(record, source, order)


def _settled_column(named: Iterable[Record | Fault], source: Source) -> DateOrder | None:
    settled = settle(_dates(named))
    if settled.order is None and settled.fault:
        raise SourceError(source.name, f"none of its rows is read: {settled.fault}")
    return settled.order


def _dates(records: Iterable[Record | Fault]) -> Iterator[str]:
    return (date_text(record.values.get("date")) for record in records if isinstance(record, Record))


class _Named:
    """Records whose keys are named as fields, each time they are gone through."""

    def __init__(self, records: Iterable[Record | Fault], source: Source) -> None:
        self._records = records
        self._mapping = source.hints.fields

    def __iter__(self) -> Iterator[Record | Fault]:
        for record in self._records:
            if isinstance(record, Fault):
                yield record
                continue
            values = with_fields(record.values, self._mapping)
            has_our_id = record.has_our_id or is_own(record.values)
            yield Record(record.place, values, has_our_id, record.notes)


def item_of(record: Record, source: Source, order: DateOrder | None, *, is_document: bool = False) -> Item:
    """Return the item of a record whose keys are named as fields.

    What was in an archive before, and tells when it was added, is taken as it is. The texts of a document are
    no HTML. Raises BadValueError or BadDateError.
    """
    values, notes = dict(record.values), record.notes
    fields = _fields_in(tuple(values)) if len(values) < _FEW else frozenset(FIELDS).intersection(values)
    names_entry = "id" in source.hints.fields.values()
    if not values.get("added") and _is_no_date(date_text(values.get("date")).strip()[:_ENOUGH]):
        del values["date"]
    if not values.get("added"):
        values, more_notes = adapted(values, order, is_document=is_document)
        notes = (*notes, *more_notes)
        foreign = ("modified",) if record.has_our_id or names_entry else ("id", "modified")
        values |= {f"source_{name}": values.pop(name) for name in foreign if values.get(name) is not None}
    origin = source.origin or source.name
    return Item(entry_of(values, source), record.place, origin, notes, fields, names_entry)


_FEW: Final = 100
_ENOUGH: Final = 100
"""Characters by which it shows that a text says there is no date."""


@functools.lru_cache(maxsize=1 << 10)
def _fields_in(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(FIELDS).intersection(names)


@functools.lru_cache(maxsize=1 << 12)
def _is_no_date(text: str) -> bool:
    return re.match(NO_DATE, text) is not None


def with_remedy(error: UsageError) -> str:
    """Return the sentence of an error, with the option that says which reading of a date is meant."""
    return f"{error}{WITH_ORDER}" if getattr(error, "readings", ()) else str(error)


def _found(record: Record, source: Source, order: DateOrder | None) -> Found:
    try:
        return item_of(record, source, order)
    except UsageError as error:
        return Fault(record.place, with_remedy(error))


def _unused_names(records: Iterable[Record | Fault], source: Source) -> Iterator[Remark]:
    """Yield a remark for each name that --map mentions in vain."""
    if not source.hints.fields:
        return
    present = {plain_name(name) for record in records if isinstance(record, Record) for name in record.values}
    for name, field in source.hints.fields.items():
        if plain_name(name) not in present:
            yield Remark(source.name, f"nothing in it is called {name!r}, which is to be the {field}")
