"""Examine an archive's file that is not as the last commit left it: edited by hand, or damaged."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any, Final, NoReturn

import msgspec
from msgspec.structs import replace

from newsarchive.entry import entry_from
from newsarchive.errors import BadDateError, BadValueError, join_some
from newsarchive.formats.codec import fault_in
from newsarchive.store.file.fault import Fault
from newsarchive.store.lines import encoded, line_of
from newsarchive.store.snapshot import MOST_ID, SCHEMA, Meta

_ID: Final = re.compile(r"[1-9][0-9]{0,15}")
_IMPORT_IT: Final = "bring its items in with `newsarchive import FILE -a NEW.json`"
_UPGRADE: Final = "use a newer newsarchive for it"
MARKS: Final = r"(?:<{7} |\|{7} |={7}$|={7}\r?\n|>{7} )"
"""How the lines begin by which git marks a conflict."""
_MOST_DIGITS: Final = 4000
_NUMBERS: Final = ("schema", "revision", "next_id", "count")


class Examined:
    """The tables of a file that turned out to be valid."""

    def __init__(
        self, meta: Meta, lines: Mapping[int, Any], others: Mapping[str, Any], leftovers: tuple[str, ...]
    ) -> None:
        self.meta = meta
        self.lines = lines
        self.others = others
        self.leftovers = leftovers


class _Object(dict[str, Any]):
    """A JSON object that remembers a key it was given twice."""

    twice: str | None = None


def examine(data: bytes) -> Examined:
    """Check every part of an archive's file.

    Raises Fault for the first thing that is wrong.
    """
    text = _decoded(data)
    if "<<<<<<<" in text and (marks := [*re.finditer(rf"^{MARKS}", text, re.MULTILINE)]):
        _refuse_marks(text, marks)
    tables = _parsed(text)
    if not isinstance(tables, _Object):
        raise Fault("1:1", "this is JSON, but not an archive: no tables in it")
    if tables.twice is not None:
        place = _line_of(text, tables.twice, last=True)
        raise Fault(place, f"the table {tables.twice!r} is there twice, as if two files had been joined")
    meta_table, entries = tables.pop("meta", None), tables.pop("entries", None)
    if meta_table is None or entries is None:
        _refuse_foreign(tables, entries)
    meta = _meta(meta_table)
    lines = _lines(text, entries)
    highest = max(lines, default=0)
    sound = replace(meta, next_id=max(meta.next_id, highest + 1), count=len(lines))
    others = {name: _other_table(text, name, table) for name, table in tables.items()}
    return Examined(sound, lines, others, tuple(_leftovers(entries)))


def _refuse_marks(text: str, marks: Sequence[re.Match[str]]) -> NoReturn:
    """Say that git could not merge two versions."""
    lines = [place_of(text, mark.start()).partition(":")[0] for mark in marks]
    told = join_some(lines)
    raise Fault(
        f"{lines[0]}:1",
        f"two versions were merged by git, which left its conflict markers on lines {told}",
        "`newsarchive merge` resolves them (--ours, --theirs or --edit decides where both changed a field)",
    )


def place_of(text: str, position: int) -> str:
    """Turn an offset into `line:column`, both counted from 1."""
    line = text.count("\n", 0, position) + 1
    return f"{line}:{position - (text.rfind(chr(10), 0, position) + 1) + 1}"


def _decoded(data: bytes) -> str:
    if not data:
        raise Fault("", "the file is empty (0 bytes)")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        sound = data[: error.start].decode()
        raise Fault(place_of(sound, len(sound)), f"not UTF-8: byte 0x{data[error.start]:02x}") from None


def _parsed(text: str) -> Any:
    """Parse with the slow standard parser, which tells the place of a fault and both of two equal keys."""
    if not text.strip("\0 \t\n"):
        raise Fault("", "the file holds nothing but blanks or zero bytes")
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refuse_number,
            parse_float=_finite,
            parse_int=_whole,
        )
    except json.JSONDecodeError as error:
        raise Fault(f"{error.lineno}:{error.colno}", f"not JSON: {fault_in(error.msg).lower()}") from None
    except _BadNumberError as error:
        place = _place_outside_texts(text, error.digits)
        raise Fault(place, f"{error.digits[:40]} is not a number that an archive can hold") from None
    except RecursionError:
        raise Fault("", "nested too deeply") from None


def _object(pairs: Sequence[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) != len(pairs):
        found.twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
    return found


class _BadNumberError(Exception):
    """A number that Python reads and that could not be saved again."""

    def __init__(self, digits: str) -> None:
        super().__init__(digits)
        self.digits = digits


def _refuse_number(digits: str) -> NoReturn:
    raise _BadNumberError(digits)


def _finite(digits: str) -> float:
    """Refuse what would become infinity, which the encoder writes as null."""
    number = float(digits)
    return number if isfinite(number) else _refuse_number(digits)


def _whole(digits: str) -> int:
    """Refuse what is so long that Python declines to read it."""
    return int(digits) if len(digits) <= _MOST_DIGITS else _refuse_number(digits)


def _place_outside_texts(text: str, token: str) -> str:
    """Find a number where it is not part of a text in quotation marks."""
    for found in re.finditer(rf'"(?:[^"\\]|\\.)*"|({re.escape(token)})', text):
        if found[1] is not None:
            return place_of(text, found.start())
    return ""


def _refuse_foreign(tables: Mapping[str, Any], entries: object) -> NoReturn:
    if entries is None and tables and all(isinstance(table, dict) for table in tables.values()):
        names = ", ".join(sorted(tables)[:5])
        raise Fault("", f"this is a TinyDB file of another program (tables: {names})", _IMPORT_IT)
    if entries is None and not tables:
        raise Fault("", "the tables are gone, as if another program had dropped them")
    missing = "entries" if entries is None else "meta"
    raise Fault("", f"not an archive: the table {missing!r} is not there", _IMPORT_IT)


def _meta(table: object) -> Meta:
    record = table.get("1") if isinstance(table, dict) else None
    if not isinstance(record, dict):
        raise Fault("", "the table 'meta' holds no record 1")
    if getattr(table, "twice", None) or getattr(record, "twice", None):
        raise Fault("", "the table 'meta' says something twice")
    for name in _NUMBERS:
        if type(record.get(name)) is not int or record[name] < 0:
            raise Fault("", f"meta: {name!r} is not a number")
        if name == "schema" and record[name] > SCHEMA:
            raise Fault("", f"written by a newer version (schema {record[name]}, not {SCHEMA})", _UPGRADE)
    digest = record.get("digest")
    known = digest if isinstance(digest, str) else ""
    return Meta(record["revision"], record["next_id"], digest=known, schema=record["schema"])


def _lines(text: str, entries: object) -> dict[int, Any]:
    if not isinstance(entries, _Object):
        raise Fault("", "the table 'entries' is not an object")
    if entries.twice is not None:
        raise Fault(_entry_place(text, entries.twice, last=True), f"id {entries.twice} is there twice")
    lines = {}
    for key, value in entries.items():
        if not _ID.fullmatch(key) or int(key) > MOST_ID:
            raise Fault(_entry_place(text, key), f"{key!r} is not an id: ids are 1, 2, 3 …")
        lines[int(key)] = _line(text, key, value)
    return lines


def _line(text: str, key: str, value: object) -> msgspec.Raw:
    """Bring one entry into the form that commits write."""
    if not isinstance(value, _Object):
        raise Fault(_entry_place(text, key), f"entry {key} is not an object")
    try:
        twice = _twice_in(value)
    except RecursionError:
        raise Fault(_entry_place(text, key), f"entry {key}: nested too deeply") from None
    if twice is not None:
        raise Fault(_entry_place(text, key), f"entry {key} has the field {twice!r} twice")
    try:
        return line_of(entry_from(value, int(key)))
    except (BadValueError, BadDateError, ValueError) as error:
        raise Fault(_entry_place(text, key), f"entry {key}: {error}") from None


def _twice_in(value: object) -> str | None:
    """Return a key that an object has twice, or one within it: which of the two was meant nobody knows."""
    if isinstance(value, _Object) and value.twice is not None:
        return value.twice
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((twice for one in inner if (twice := _twice_in(one)) is not None), None)


def _leftovers(entries: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Say of sound entries what they hold that an entry has no field for, and that is not kept in `extra`."""
    for key, value in entries.items():
        inner = value.get("id")
        if inner is not None and str(inner) != key:
            yield f"the id {inner!r} inside entry {key}"
        for relation in value.get("relations") or ():
            for name in relation.keys() - {"kind", "id"}:
                yield f"{name!r} in a relation of entry {key}"


def _other_table(text: str, name: str, table: object) -> msgspec.Raw:
    """Keep a table that is not ours."""
    try:
        return msgspec.Raw(encoded(table))
    except ValueError as error:
        raise Fault(_line_of(text, name), f"the table {name!r} cannot be kept: {error}") from None


def _entry_place(text: str, key: str, *, last: bool = False) -> str:
    """Find the line on which an entry stands; `meta` and others may have records of the same number."""
    table = re.search(r'(?<!\\)"entries"\s*:', text)
    return _line_of(text, key, start=table.end() if table else 0, last=last)


def _line_of(text: str, key: str, *, start: int = 0, last: bool = False) -> str:
    """Find the line that begins with a key, or nothing when there is none."""
    written = re.escape(json.dumps(key, ensure_ascii=False))
    found = list(re.compile(rf"^[ \t]*+{written}\s*:", re.MULTILINE).finditer(text, start))
    if not found:
        return ""
    return f"{text.count(chr(10), 0, found[-1 if last else 0].end()) + 1}:1"
