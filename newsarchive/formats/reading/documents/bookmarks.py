"""Bookmarks as browsers export them, in the form that Netscape gave them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import Found, Remark, Source, reporting
from newsarchive.formats.reading.attributes import attributes
from newsarchive.formats.reading.encodings import META, declared_text
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.markup import decoded, plain_text
from newsarchive.formats.reading.stories import Story, is_allowed, items_of
from newsarchive.intake import split_tags

_DAYS: Final = "its dates are the days on which the bookmarks were made; what they lead to may be older"
_DEEPEST: Final = 64
_FOLDERS: Final = frozenset(
    {"bookmarks", "bookmarks bar", "bookmarks menu", "bookmarks toolbar", "other bookmarks"}
)
"""What browsers call the folders that are always there."""


class BookmarksReader:
    """Reads the bookmarks; the folders that they are in are their tags."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each bookmark, and a count of those that lead into the browser itself."""
        text, note = declared_text(source, META)
        if note:
            yield Remark(source.name, note)
        left_out = Tally(source.name)
        stories = [*_stories(text, source.name, left_out)]
        if not stories and not [*left_out.found()]:
            raise SourceError(source.name, "holds no bookmarks")
        if any(story.date for story in stories):
            yield Remark(source.name, _DAYS)
        yield from items_of(stories, source)
        yield from left_out.found()


def _stories(text: str, name: str, left_out: Tally) -> Iterator[Story]:
    folders: list[str] = []
    waiting = ""
    for number, match in enumerate(_marks().finditer(text), 1):
        if match["folder"] is not None:
            waiting = _line(match["folder"])
        elif match["list"] is not None:
            folders.append(waiting)
            waiting = ""
            if len(folders) > _DEEPEST:
                raise SourceError(name, f"has folders that are nested deeper than {_DEEPEST} levels")
        elif match["end"] is not None:
            del folders[-1:]
        else:
            told = dict(attributes(match["attributes"]))
            if is_allowed(told.get("href", "")):
                yield _story(match, told, folders, f"{name}, bookmark {number}")
            else:
                left_out.add("bookmark of what is no address")


def _story(match: re.Match[str], told: Mapping[str, str], folders: list[str], place: str) -> Story:
    url = decoded(told.get("href", ""))
    own = split_tags(decoded(told.get("tags", "")))
    return Story(
        place=place,
        title=_line(match["title"]) or url,
        date=told.get("add_date", "") if told.get("add_date", "0").strip("0") else "",
        summary=plain_text(match["text"] or ""),
        url=url,
        tags=[*own, *(folder for folder in folders if folder and folder.casefold() not in _FOLDERS)],
    )


def _line(markup: str) -> str:
    return " ".join(plain_text(markup).split())


@functools.cache
def _marks() -> re.Pattern[str]:
    return re.compile(
        r"""
        <H3\b [^<>]*+ > (?P<folder> [^<]*+ )
        | <DL\b [^<>]*+ > (?P<list> )
        | </DL (?P<end> )
        | <A\b (?P<attributes> [^<>]*+ ) > (?P<title> [^<]*+ ) (?: </A>)?+ (?: \s*+ <DD> (?P<text> [^<]*+ ) )?+
        """,
        re.VERBOSE | re.IGNORECASE,
    )
