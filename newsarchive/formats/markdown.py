"""Markdown with front matter, a file an entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from newsarchive.entry import FIELDS
from newsarchive.errors import BadOptionError, UsageError
from newsarchive.formats.base import (
    Fault,
    Found,
    Item,
    Row,
    Source,
    entry_of,
    reporting,
    text_of,
    unix_lines,
)
from newsarchive.formats.cells import value_of
from newsarchive.formats.codec import dumps
from newsarchive.formats.front_matter import FrontMatter, read_document, write_document
from newsarchive.formats.naming import FileNames
from newsarchive.intake import split_tags


class MarkdownWriter:
    """Writes a folder of documents, or a single entry as one."""

    def files(self, rows: Iterable[Row]) -> Iterator[tuple[str, bytes]]:
        """Yield `2021-01-29-in-memoriam.md` and the like, with their contents."""
        names = FileNames()
        for row in rows:
            yield f"{names.name(row)}.md", document(row).encode()

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the document of the only entry. Raises BadOptionError when there are more."""
        documents = [document(row) for row, _ in zip(rows, range(2), strict=False)]
        if len(documents) > 1:
            raise BadOptionError("markdown is a file an entry: name a folder with -o, or select one entry")
        out.write("".join(documents).encode())


def document(row: Row) -> str:
    """Write an entry as front matter and body, without the fields that are empty.

    `extra` is one line of JSON: the loader makes text of every value, and numbers in it must stay numbers.
    """
    given = {name: row[name] for name in FIELDS if row[name] not in (None, [], {})}
    body = given.pop("body", "")
    if "extra" in given:
        given["extra"] = dumps(given["extra"]).decode()
    return write_document(given, body)


class MarkdownReader:
    """Reads one document with YAML front matter."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield the item, or the fault with the line of the field that is wrong."""
        parsed = read_document(unix_lines(text_of(source)), source.name)
        try:
            entry = entry_of(_values(parsed), source)
        except UsageError as error:
            line = parsed.lines.get(getattr(error, "field", "date"))
            yield Fault(f"{source.name}:{line}" if line else source.name, str(error))
        else:
            yield Item(entry, source.name, source.origin or source.name)


def _values(parsed: FrontMatter) -> dict[str, Any]:
    """Return the JSON values of a document's fields; keys that are no field keep the texts they hold."""
    values: dict[str, Any] = {}
    for name, value in parsed.values.items():
        if name in ("tags", "languages"):
            values[name] = split_tags(value) if isinstance(value, str) else value
        elif name == "relations" and isinstance(value, list):
            values[name] = [_relation(item) for item in value]
        elif name in FIELDS and isinstance(value, str):
            values[name] = value_of(name, value)
        else:
            values[name] = value
    if parsed.body.strip():
        values["body"] = parsed.body
    return values


def _relation(item: Any) -> Any:
    if isinstance(item, dict) and "id" in item:
        return {**item, "id": value_of("id", item["id"])}
    return item
