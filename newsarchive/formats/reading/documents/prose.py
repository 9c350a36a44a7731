"""A document of an office as paragraphs and properties, and the story that it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Final, NamedTuple

from newsarchive.errors import SourceError
from newsarchive.formats.base import Found, Item, Source
from newsarchive.formats.reading.datelines import dateline_in
from newsarchive.formats.reading.documents.symbols import with_bullets
from newsarchive.formats.reading.headlines import headline_of
from newsarchive.formats.reading.markup import plain_lines
from newsarchive.formats.reading.stories import Story, items_of
from newsarchive.intake import MAX_TEXT, MAX_TITLE, split_tags

_NO_TITLE: Final = re.compile(
    r"(?i)(?:microsoft (?:word|powerpoint) - .*|untitled.*|document ?\d*|dokument ?\d*|документ ?\d*|без имени.*"
    r"|(?:normal|template|vorlage)\d*|.*\.(?:docx?|odt|dotx?|pdf|rtf|indd|qxd|pages|tmp))"
)
"""What programs put where a title should be."""
_NO_SUMMARY: Final = re.compile(
    "(?i)(?:generated|created|converted|produced|exported) (?:by|with|from|using) "
)
"""How begins what programs put where a description should be."""
_SOFT_HYPHEN: Final = "\u00ad"


_MOST: Final = 200_000
"""Paragraphs, empty ones too."""


class Paragraph(NamedTuple):
    """A paragraph; `level` is 0 for the title of the document, 1 for a heading of the first level, else None."""

    text: str
    level: int | None = None


class Prose(NamedTuple):
    """What a document holds, collected. Properties are `title author created modified keywords summary language`."""

    paragraphs: Sequence[Paragraph]
    properties: Mapping[str, str]


def collected(paragraphs: Iterable[Paragraph], place: str) -> list[Paragraph]:
    """Return the paragraphs that hold something. Raises SourceError for more than an entry can hold."""
    kept: list[Paragraph] = []
    size = 0
    for number, paragraph in enumerate(paragraphs):
        if text := _mended(paragraph.text):
            kept.append(paragraph._replace(text=text))
            size += len(text)
        if size > MAX_TEXT or number > _MOST:
            raise SourceError(place, f"holds more text than the {MAX_TEXT:,} bytes that an entry can have")
    return kept


def found_in(prose: Prose, source: Source) -> Iterator[Found]:
    """Yield the story of a document; a note says where it has the day of its file, for want of a dateline."""
    story = _story_of(prose, source.name)
    if story.date:
        yield from items_of([story], source)
        return
    day = prose.properties.get("created") or prose.properties.get("modified") or ""
    for found in items_of([story._replace(date=day)], source):
        if isinstance(found, Item) and found.entry.date:
            yield found._replace(notes=(*found.notes, _GUESSED))
        else:
            yield found


_GUESSED: Final = "it does not begin with a date, so it has the day on which its file was made"


def _story_of(prose: Prose, place: str) -> Story:
    """Return the story of a document, whose heading is the title, with the date of its dateline or none."""
    paragraphs, told = prose.paragraphs, prose.properties
    heading = _heading(paragraphs)
    title = " ".join((heading.text if heading else _own_title(told.get("title", ""), place)).split())
    rest = [paragraph.text for paragraph in paragraphs if paragraph is not heading]
    if not title:
        title = headline_of("\n".join(rest))
        rest = rest[1:] if rest and " ".join(rest[0].split()) == title else rest
    author = told.get("author", "")
    extra = {"author": "" if "@" in author else author, "updated": told.get("modified", "")}
    return Story(
        place=place,
        title=title,
        date=dateline_in(rest),
        summary=plain_lines("" if _NO_SUMMARY.match(told.get("summary", "")) else told.get("summary", "")),
        body=plain_lines("\n\n".join(rest)),
        language=told.get("language", ""),
        tags=split_tags(told.get("keywords", "")),
        extra={name: value for name, value in extra.items() if value},
    )


def level_of_style(name: str) -> int | None:
    """Return the level of a heading by the name of its style, which is English in the file in any language."""
    name = name.casefold().replace(" ", "")
    if name == "title":
        return 0
    level = name.removeprefix("heading")
    return int(level) if level != name and len(level) == 1 and level.isdecimal() else None


def _mended(text: str) -> str:
    """Return a text without soft hyphens, which say where a word may be parted, and with bullets that can be read."""
    return with_bullets(text.replace(_SOFT_HYPHEN, "")).strip()


def _heading(paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """Return the title of the document, else its first heading of the highest level, if it can be one."""
    headings = [paragraph for paragraph in paragraphs if paragraph.level is not None]
    found = min(headings, key=lambda paragraph: paragraph.level or 0, default=None)
    return found if found is not None and len(found.text) <= MAX_TITLE else None


def _own_title(title: str, place: str) -> str:
    """Return the title among the properties, unless a program put it there or it is the name of the file."""
    title = title.strip()
    return "" if _NO_TITLE.fullmatch(title) or title == PurePath(place).stem else title
