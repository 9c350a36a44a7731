"""The table of the extension `news` of TYPO3, `tx_news_domain_model_news`, and of `tt_news` before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from newsarchive.formats.base import DRAFT, Found, Remark, Source, reporting
from newsarchive.formats.reading.headlines import headline_of
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.markup import plain_text
from newsarchive.formats.reading.stories import Story, items_of
from newsarchive.formats.reading.systems.instants import doubts
from newsarchive.formats.reading.systems.table_rows import Rows, rows_of
from newsarchive.intake import split_tags

_NO: Final = ("", "0")
_ORIGINALS: Final = ("l10n_parent", "l18n_parent")
"""Columns of a record that is a translation: the number of the one that it translates."""


class Typo3Reader:
    """Reads the news of a table."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each record, and a count of everything else."""
        rows, note = rows_of(source, "datetime")
        if note:
            yield Remark(source.name, note)
        yield from self.found_in(rows, source)

    def found_in(self, rows: Rows, source: Source) -> Iterator[Found]:
        """Yield what is found in the rows of the table."""
        left_out, stories = Tally(source.name), []
        for place, row in rows:
            if row.get("deleted", "") not in _NO:
                left_out.add("deleted record")
            elif row.get("hidden", "") in _NO or source.hints.drafts:
                stories.append(_story(row, place))
            else:
                left_out.add(DRAFT)
        yield from doubts(stories, source.name)
        yield from items_of(stories, source)
        yield from left_out.found()


def _original(row: Mapping[str, str]) -> str:
    """Return the number of the record that one translates, else its own."""
    told = (row.get(name, "") for name in _ORIGINALS)
    return next((number for number in told if number not in _NO), row.get("uid", ""))


def _story(row: Mapping[str, str], place: str) -> Story:
    summary = plain_text(row.get("teaser") or row.get("short") or "", has_paragraphs=True)
    body = plain_text(row.get("bodytext", ""), has_paragraphs=True)
    author, changed = row.get("author", ""), row.get("tstamp", "")
    extra = {
        "author": "" if "@" in author else author,
        "updated": "" if changed in _NO else changed,
        "status": "" if row.get("hidden", "") in _NO else DRAFT,
        "slug": row.get("path_segment", ""),
    }
    return Story(
        place=place,
        title=" ".join(plain_text(row.get("title", "")).split()) or headline_of(body or summary),
        date=next((text for name in ("datetime", "crdate") if (text := row.get(name, "")) not in _NO), ""),
        summary=summary,
        body=body,
        url=row.get("externalurl") or row.get("ext_url") or "",
        tags=split_tags(row.get("keywords", "")),
        id=row.get("uid", ""),
        extra={name: value for name, value in extra.items() if value},
        translations=_original(row),
    )
