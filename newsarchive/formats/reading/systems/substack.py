"""The export of Substack: a zip file with a table of the posts, a page for each, and the list of readers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import DRAFT, MAX_SOURCE, Found, Remark, Source, reporting
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.headlines import headline_of
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.markup import plain_text
from newsarchive.formats.reading.packed import Package, opened
from newsarchive.formats.reading.stories import Story, items_of

_TABLE: Final = "posts.csv"


class SubstackReader:
    """Reads the posts of an export; the lists of readers and of who opened what stay closed."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each post, and a count of everything else."""
        with opened(source) as package:
            table = next((name for name in package.names if name.rpartition("/")[2] == _TABLE), None)
            if table is None:
                raise SourceError(source.name, f"is no export of Substack: it lacks {_TABLE}")
            folder, left_out = table.removesuffix(_TABLE), Tally(source.name)
            stories = []
            for number, row in enumerate(_rows(package.read(table), f"{source.name}, {table}"), 1):
                if not _is_wanted(row, left_out, drafts=source.hints.drafts):
                    continue
                page = f"{folder}posts/{row.get('post_id')}.html"
                if page not in package.names:
                    yield Remark(source.name, f"lacks {page}, so that post has no text")
                stories.append(_story(row, _text_in(package, page), f"{source.name}, post {number}"))
            left_out.add("list of readers", sum(1 for name in package.names if _is_private(name)))
        yield from items_of(stories, source)
        yield from left_out.found()


def _rows(data: bytes, place: str) -> Iterator[dict[str, str]]:
    csv.field_size_limit(MAX_SOURCE)
    rows = csv.DictReader(io.StringIO(text_of(Source(place, data)).content, newline=""))
    try:
        for row in rows:
            yield {name: value for name, value in row.items() if isinstance(value, str) and name}
    except csv.Error as error:
        raise SourceError(place, f"is not CSV: {error}") from None


def _is_wanted(row: Mapping[str, str], left_out: Tally, *, drafts: bool) -> bool:
    if row.get("type") == "page":
        left_out.add("page")
    elif row.get("is_published", "").strip().lower() != "true" and not drafts:
        left_out.add(DRAFT)
    else:
        return True
    return False


def _text_in(package: Package, page: str) -> str:
    if page not in package.names:
        return ""
    return plain_text(text_of(Source(page, package.read(page))).content, has_paragraphs=True)


def _is_private(name: str) -> bool:
    return name.endswith((".opens.csv", ".delivers.csv")) or "email_list" in name.rpartition("/")[2]


def _story(row: Mapping[str, str], body: str, place: str) -> Story:
    kind, audience = row.get("type", ""), row.get("audience", "")
    extra = {
        "slug": row.get("post_id", "").partition(".")[2],
        "type": "" if kind == "newsletter" else kind,
        "audience": "" if audience == "everyone" else audience,
        "podcast": row.get("podcast_url", ""),
        "status": "" if row.get("is_published", "").strip().lower() == "true" else DRAFT,
    }
    return Story(
        place=place,
        title=" ".join(row.get("title", "").split()) or headline_of(body),
        date=row.get("post_date", ""),
        summary=row.get("subtitle", ""),
        body=body,
        id=row.get("post_id", ""),
        extra={name: value for name, value in extra.items() if value},
    )
