"""A source that is one JSON document, and values in it that may be missing or of another type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from newsarchive.errors import SourceError
from newsarchive.formats.base import Source
from newsarchive.formats.codec import BadJsonError, loads
from newsarchive.formats.large_json import large_document
from newsarchive.formats.large_values import LargeArray
from newsarchive.formats.reading.decoding import text_of


def document_of(source: Source) -> tuple[Any, str | None]:
    """Return the JSON value that a source is, and a note on its encoding.

    Raises SourceError, with line and column, when it is none.
    """
    text, note = text_of(source)
    try:
        return loads(text), note
    except BadJsonError as error:
        place = f"{source.name}:{error.line}:{error.column}" if error.line else source.name
        raise SourceError(place, str(error)) from None


def large_document_of(source: Source) -> tuple[Any, str | None]:
    """Return the same; of a large one, arrays that are large as LargeArray, which `array_at` and `each_at` give."""
    document = large_document(source)
    return document_of(source) if document is None else (document, None)


def value_at(value: Any, *path: str) -> Any:
    """Return what is on a path of keys, None where there is nothing."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def text_at(value: Any, *path: str) -> str:
    """Return the text on a path, or the number there as text; empty for everything else."""
    found = value_at(value, *path)
    return str(found).strip() if isinstance(found, str | int | float) and not isinstance(found, bool) else ""


def list_at(value: Any, *path: str) -> list[Any]:
    """Return the list on a path, an empty one where there is none."""
    found = value_at(value, *path)
    return found if isinstance(found, list) else []


def objects_at(value: Any, *path: str) -> list[dict[str, Any]]:
    """Return the objects in the list on a path."""
    return [item for item in list_at(value, *path) if isinstance(item, dict)]


def array_at(value: Any, *path: str) -> list[Any] | LargeArray | None:
    """Return the list on a path, large or not; None where there is none."""
    found = value_at(value, *path)
    return found if isinstance(found, list | LargeArray) else None


def each_at(value: Any, *path: str) -> Iterator[dict[str, Any]]:
    """Yield the objects in the list on a path, large or not."""
    return (item for item in array_at(value, *path) or () if isinstance(item, dict))
