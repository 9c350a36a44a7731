"""What the server itself can tell of the entries, so that not all of them are fetched for a single one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from newsarchive.store.lines import Outline, outline_of
from newsarchive.store.server.link import Row

_OUTLINES: Final = """
SELECT id, fields ->> 'title', fields ->> 'date', fields ->> 'url', CASE WHEN fields IS NULL THEN line END
FROM newsarchive.entries
WHERE archive = $1 AND (fields IS NULL OR coalesce(fields ->> 'date', '') = $2 OR strpos(fields ->> 'url', $3) > 0)
"""
"""A line that no `jsonb` holds is told whole."""

_TAGS: Final = """
SELECT DISTINCT tag FROM newsarchive.entries, jsonb_array_elements_text(fields -> 'tags') AS tag
WHERE archive = $1 AND jsonb_typeof(fields -> 'tags') = 'array'
"""
_UNTOLD: Final = "SELECT 1 FROM newsarchive.entries WHERE archive = $1 AND fields IS NULL LIMIT 1"

Ask = Callable[..., "list[Row]"]


def outlines(ask: Ask, archive: int, day: str, page: str | None) -> Iterator[tuple[int, Outline]]:
    """Yield the outlines of the entries with this date, or with `page` in the address. Raises what `ask` raises."""
    for number, title, date, url, line in ask(_OUTLINES, archive, day, page):
        told = Outline(title.decode(), date.decode() or None, url.decode() or None)
        yield int(number), outline_of(line) if line else told


def tags(ask: Ask, archive: int) -> set[str] | None:
    """Return every tag in use; None where the server cannot tell. Raises what `ask` raises."""
    if ask(_UNTOLD, archive):
        return None
    return {tag.decode() for (tag,) in ask(_TAGS, archive)}
