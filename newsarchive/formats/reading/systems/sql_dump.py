"""Dumps of the database of a system: of WordPress its tables, of Joomla and TYPO3 the one with the stories."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import Fault, Found, Remark, Source, content_of, reporting
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.packed import unpacked
from newsarchive.formats.reading.stories import items_of
from newsarchive.formats.reading.systems.joomla import JoomlaReader
from newsarchive.formats.reading.systems.sql_rows import Row, is_whole, rows_in
from newsarchive.formats.reading.systems.typo3 import Typo3Reader
from newsarchive.formats.reading.systems.wordpress import held_export
from newsarchive.formats.reading.systems.wordpress_tables import TABLES, prefixes_in, tree_of

_STORIES: Final[dict[str, type[JoomlaReader | Typo3Reader]]] = {
    "content": JoomlaReader,
    "tx_news_domain_model_news": Typo3Reader,
    "tt_news": Typo3Reader,
}
"""The ends of the names of tables that hold stories, and who reads their rows."""
_REVISION: Final = "revision"
"""Of these most rows of WordPress are."""
_MOST: Final = 50_000
_WANTED: Final = re.compile(rf".*(?:{'|'.join((*TABLES, *_STORIES))})")
_IN_UTF_8: Final = rb"(?i)\bSET NAMES utf8"
_UNKNOWN: Final = (
    "holds no table of WordPress, Joomla or TYPO3 with stories; export the table that has them as CSV or JSON"
)
_CUT: Final = "ends in the middle of a statement, so it was cut off; its last rows are missing"


class SqlReader:
    """Reads the stories in the tables of a dump."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each story, and a count of everything else."""
        text, note = _text(source._replace(data=unpacked(content_of(source), source.name)))
        if note:
            yield Remark(source.name, note)
        if not is_whole(text):
            yield Fault(source.name, _CUT)
        tables: defaultdict[str, list[Row]] = defaultdict(list)
        for table, row in rows_in(text, source.name, lambda name: _WANTED.fullmatch(name) is not None):
            tables[table].append(row)
        prefixes = prefixes_in(tables)
        known = [(table, made) for table in tables for end, made in _STORIES.items() if table.endswith(end)]
        if not prefixes and not known:
            raise SourceError(source.name, _UNKNOWN)
        for prefix in prefixes:
            posts = tables[f"{prefix}posts"]
            kept = [row for row in posts if row.get("post_type") != _REVISION]
            if len(kept) > _MOST:
                raise SourceError(source.name, f"has more than {_MOST:,} posts; dump them by years")
            export = held_export(tree_of({**tables, f"{prefix}posts": kept}, prefix), source)
            export.left_out.add(_REVISION, len(posts) - len(kept))
            yield from items_of([*export.stories()], source)
            yield from export.left_out.found()
        for table, made in known:
            yield from made().found_in([(f"{source.name}, {table}", row) for row in tables[table]], source)


def _text(source: Source) -> tuple[str, str | None]:
    """Return the text of a dump, and a note on how it was decoded: bytes that are no text may stand in it."""
    data = content_of(source)
    if source.hints.encoding is None and re.search(_IN_UTF_8, data[: 1 << 16]):
        return data.decode("utf-8", "replace"), None
    return text_of(source)
