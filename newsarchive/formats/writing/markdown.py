"""Markdown with front matter, one file per entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO

from newsarchive.entry import FIELDS
from newsarchive.errors import BadOptionError
from newsarchive.formats.base import Row
from newsarchive.formats.codec import dumps
from newsarchive.formats.front_matter import write_document
from newsarchive.formats.writing.naming import FileNames


class MarkdownWriter:
    """Writes a folder of documents, or a single entry as one."""

    def files(
        self, rows: Iterable[Row], kept: Mapping[int, str] = MappingProxyType({})
    ) -> Iterator[tuple[str, bytes]]:
        """Yield `2021-01-29-in-memoriam.md` and the like, with their contents."""
        names = FileNames(kept)
        for row in rows:
            yield f"{names.name(row)}.md", document(row).encode()

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the document of the only entry. Raises BadOptionError when there are more."""
        documents = [document(row) for row, _ in zip(rows, range(2), strict=False)]
        if len(documents) > 1:
            raise BadOptionError(
                "markdown writes one file per entry; name a folder with -o, or select one entry"
            )
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
