"""The table of articles of Joomla, `#__content`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from newsarchive.formats.base import DRAFT, Found, Remark, Source, reporting
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.markup import plain_text
from newsarchive.formats.reading.stories import Story, items_of, summary_and_body
from newsarchive.formats.reading.systems.table_rows import Rows, rows_of
from newsarchive.intake import split_tags

_PUBLISHED: Final = ("1", "2", "")
"""Archived articles (2) were published, too."""
_IN_TRASH: Final = "-2"


class JoomlaReader:
    """Reads the articles of a table."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each article, and a count of everything else."""
        rows, note = rows_of(source, "introtext")
        if note:
            yield Remark(source.name, note)
        yield from self.found_in(rows, source)

    def found_in(self, rows: Rows, source: Source) -> Iterator[Found]:
        """Yield what is found in the rows of the table."""
        left_out, stories = Tally(source.name), []
        for place, row in rows:
            state = row.get("state", "")
            if state == _IN_TRASH:
                left_out.add("article in the trash")
            elif state in _PUBLISHED or source.hints.drafts:
                stories.append(_story(row, place))
            else:
                left_out.add(DRAFT)
        yield from items_of(stories, source, may_lack_titles=True)
        yield from left_out.found()


def _story(row: Mapping[str, str], place: str) -> Story:
    intro = plain_text(row.get("introtext", ""), has_paragraphs=True)
    rest = plain_text(row.get("fulltext", ""), has_paragraphs=True)
    # Without a break for “read more” all of an article is in the first column.
    summary, body = summary_and_body(intro, rest) if rest else summary_and_body("", intro)
    language, author = row.get("language", ""), row.get("created_by_alias", "")
    extra = {
        "author": "" if "@" in author else author,
        "updated": _date(row, "modified"),
        "status": "" if row.get("state", "") in _PUBLISHED else DRAFT,
        "slug": row.get("alias", ""),
        "category": row.get("category_title") or row.get("catid", ""),
    }
    return Story(
        place=place,
        title=" ".join(plain_text(row.get("title", "")).split()),
        date=_date(row, "publish_up") or _date(row, "created"),
        summary=summary,
        body=body,
        language="" if language == "*" else language,
        tags=split_tags(row.get("metakey", "")),
        id=row.get("id", ""),
        extra={name: value for name, value in extra.items() if value},
    )


def _date(row: Mapping[str, str], name: str) -> str:
    """Return a date, empty for the zeros that a database writes for none."""
    text = row.get(name, "")
    return "" if text.startswith("0000-00-00") else text
