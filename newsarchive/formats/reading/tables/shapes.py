"""Where the records are in a JSON document, and what of an object is the record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import Fault
from newsarchive.formats.fields import ALIASES, plain_name
from newsarchive.formats.large_values import LargeArray, LargeObject, plain
from newsarchive.formats.reading.records import Record

_LIST_NAMES: Final = """
    entries items data results records rows news articles posts stories nodes docs documents hits value values
    list content response graph elements publications pressreleases
"""
_LISTS: Final = frozenset(_LIST_NAMES.split())
"""Under these names, an object that has a title of its own may keep records."""
TABLES: Final = ("entries", "_default")
"""What the table of entries is called in an archive, and that of other programs' TinyDB files."""
_PART_NAMES: Final = """
    comments replies related relatedlinks seealso images pictures photos media gallery attachments enclosures files
    documents downloads links tags categories keywords topics terms authors contributors people sections
    translations versions revisions
"""
_PARTS: Final = frozenset(_PART_NAMES.split())
"""Under these names, a story keeps what belongs to it."""


class Shapes:
    """Finds records in documents; `mapping` is what the user says of their keys."""

    def __init__(self, mapping: Mapping[str, str]) -> None:
        mapped = {plain_name(name) for name, field in mapping.items() if field == "title"}
        self._titles = mapped.union(ALIASES["title"])

    def records_of(self, document: Any, name: str) -> Iterator[Record | Fault]:
        """Yield the records of a document and their places. Raises SourceError when it holds none."""
        if is_table(document):
            for key, value in next(filter(_is_object, map(document.get, TABLES))).items():
                yield self._record_of(_with_id(value, key), f"{name}, entry {key}", has_our_id=True)
            return
        lists = list(self._lists_in(document, is_root=True))
        if not lists and (isinstance(document, list | LargeArray) or self._is_record(document)):
            lists = [("", document if isinstance(document, list | LargeArray) else [document])]
        if not lists:
            raise SourceError(name, "holds no entries: nothing in it is an object with a title")
        for path, values in lists:
            where = f"{name}, {path} item" if len(lists) > 1 else f"{name}, item"
            for number, value in enumerate(values, 1):
                yield self._record_of(value, f"{where} {number}")

    def records_in(self, value: Any, place: str) -> Iterator[Record | Fault]:
        """Yield the record that a value is, or those inside it where it is none."""
        if isinstance(value, dict) and not self._is_record(value) and any(self._lists_in(value)):
            yield from self.records_of(value, place)
        else:
            yield self._record_of(value, place)

    def _record_of(self, value: Any, place: str, *, has_our_id: bool = False) -> Record | Fault:
        """Return the record of a JSON value, or the fault of one that is no object."""
        if not isinstance(value, dict):
            return Fault(place, "is not an object")
        return Record(place, plain(self._unwrapped(value)), has_our_id)

    def _lists_in(
        self, value: Any, path: str = "", *, is_root: bool = False
    ) -> Iterator[tuple[str, list[Any] | LargeArray]]:
        """Yield the lists of records nearest to the root of a value, and where they stand."""
        if isinstance(value, list | LargeArray) and any(map(self._is_record, value)):
            yield path, value
        elif isinstance(value, list | LargeArray):
            for number, item in enumerate(value, 1):
                yield from self._lists_in(item, f"{path} {number}".lstrip())
        elif isinstance(value, dict):
            has_title = self._has_title(value)
            for name, item in value.items():
                if not has_title or (is_root and _may_hold_stories(value, name, item)):
                    yield from self._lists_in(item, f"{path} {name}".lstrip())

    def _is_record(self, value: Any) -> bool:
        return isinstance(value, dict) and self._has_title(self._unwrapped(value))

    def _has_title(self, value: dict[str, Any]) -> bool:
        return "title" in value or any(plain_name(name) in self._titles for name in value)

    def _unwrapped(self, value: dict[str, Any]) -> dict[str, Any]:
        """Return an object, in the place of the only one inside it that has a title what that one holds."""
        if self._has_title(value):
            return value
        inside = [name for name, held in value.items() if isinstance(held, dict) and self._has_title(held)]
        if len(inside) != 1:
            return value
        around = {name: held for name, held in value.items() if name != inside[0]}
        return {**around, **value[inside[0]]}


def _may_hold_stories(wrapper: dict[str, Any], name: str, items: Any) -> bool:
    """Whether an object with a title of its own is no story, but tells what the list under a name is about."""
    if (called := plain_name(name)) in _LISTS:
        return True
    if called in _PARTS or not isinstance(items, list | LargeArray) or _has_any(wrapper, "body"):
        return False
    # What belongs to a story has titles and addresses, too, but hardly ever dates and texts.
    return any(_has_any(item, "date") or _has_any(item, "body") for item in items)


def _has_any(value: Any, field: str) -> bool:
    return isinstance(value, dict) and any(plain_name(name) in ALIASES[field] for name in value)


def is_table(document: Any) -> bool:
    """Whether a document is a TinyDB file: its table of entries, or `_default` when nobody said otherwise."""
    return isinstance(document, dict) and any(map(_is_object, map(document.get, TABLES)))


def _is_object(value: Any) -> bool:
    return isinstance(value, dict | LargeObject)


def _with_id(value: Any, key: str) -> Any:
    """Give a record of a table its key as its id, as a number where it is one."""
    if not isinstance(value, dict):
        return value
    return {**value, "id": int(key) if re.fullmatch("[1-9][0-9]{0,15}", key) else key}
