"""Blogger: its backup, an Atom feed that also holds comments, settings and layout; and Takeout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from newsarchive.formats.base import DRAFT, MAX_OWN_SOURCE, Found, Remark, Source, chunks_of, reporting
from newsarchive.formats.reading.encodings import XML_DECLARATION
from newsarchive.formats.reading.headlines import headline_of
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.markup import plain_text
from newsarchive.formats.reading.packed import ZIP, opened
from newsarchive.formats.reading.pieces import pieces_of
from newsarchive.formats.reading.stories import Story, absolute, items_of
from newsarchive.formats.reading.systems.instants import doubts
from newsarchive.formats.reading.xml_parts import Records, told
from newsarchive.formats.reading.xml_tree import children, text_at

_FEED: Final = "feed.atom"
_KIND: Final = "http://schemas.google.com/blogger/2008/kind#"
_LIVE: Final = ("LIVE", "")


class BloggerReader:
    """Reads the posts of a backup, of a `feed.atom` from Takeout, or of the zip file that Takeout hands out."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each post, and a count of everything else."""
        if not next(chunks_of(source, limit=MAX_OWN_SOURCE), b"").startswith(ZIP):
            yield from _found_in(source)
            return
        with opened(source) as package:
            for name in package.names:
                if name.rpartition("/")[2] == _FEED:
                    yield from _found_in(
                        source._replace(name=f"{source.name}, {name}", data=package.read(name))
                    )


class _Blog(NamedTuple):
    """What a feed says for all of its entries."""

    title: str
    address: str


def _found_in(source: Source) -> Iterator[Found]:
    pieces, note = pieces_of(source, XML_DECLARATION)
    if note:
        yield Remark(source.name, note)
    backup, wanted = told(lambda entries, blog: _Backup(entries, source, blog), pieces, source.name, "entry")
    yield from doubts(wanted, source.name)
    yield from items_of(wanted, source)
    yield from backup.left_out.found()


class _Backup:
    """A feed, and what is left out of it; what it says for all may be known, and is found in it otherwise."""

    def __init__(self, entries: Records, source: Source, blog: _Blog | None) -> None:
        self.left_out = Tally(source.name)
        self.known = blog
        self._blog = blog
        self._entries = entries
        self._source = source

    @property
    def is_settled(self) -> bool:
        """Whether it was known from the first story on what is said for all."""
        return self._blog in (None, self.known)

    def stories(self) -> Iterator[Story]:
        """Yield the posts that are wanted."""
        for number, entry in enumerate(self._entries, 1):
            if _is_wanted(entry, self.left_out, drafts=self._source.hints.drafts):
                self._blog = self._blog or _blog(self._entries.holder)
                yield _story(entry, self._blog, f"{self._source.name}, item {number}")
        self.known = _blog(self._entries.holder)


def _blog(feed: ET.Element) -> _Blog:
    return _Blog(plain_text(text_at(feed, "title")), _alternate(feed))


def _is_wanted(entry: ET.Element, left_out: Tally, *, drafts: bool) -> bool:
    kind, status = _kind(entry), text_at(entry, "status")
    if kind != "post":
        left_out.add(kind)
        return False
    is_draft = text_at(entry, "control", "draft") == "yes" or status not in _LIVE
    if "TRASH" in status or text_at(entry, "trashed"):
        left_out.add("post in the trash")
    elif is_draft and not drafts:
        left_out.add(DRAFT)
    else:
        return True
    return False


def _kind(entry: ET.Element) -> str:
    """Return what an entry is: `post`, `page`, `comment` or `setting`."""
    terms = (category.get("term", "") for category in children(entry, "category"))
    told = next((term.removeprefix(_KIND) for term in terms if term.startswith(_KIND)), "")
    return (told or text_at(entry, "type") or "post").lower().removesuffix("s")


def _story(entry: ET.Element, blog: _Blog, place: str) -> Story:
    body = plain_text(text_at(entry, "content"), has_paragraphs=True)
    is_live = text_at(entry, "control", "draft") != "yes" and text_at(entry, "status") in _LIVE
    author = text_at(entry, "author", "name")
    extra = {
        "author": "" if author in ("Unknown", "Anonymous") or "@" in author else author,
        "updated": text_at(entry, "updated"),
        "status": "" if is_live else DRAFT,
    }
    return Story(
        place=place,
        title=" ".join(plain_text(text_at(entry, "title")).split()) or headline_of(body),
        date=_date(entry),
        summary=plain_text(text_at(entry, "metaDescription")),
        body=body,
        url=_address(entry, blog) if is_live else "",
        tags=[tag for category in children(entry, "category") if (tag := _tag(category))],
        source=blog.title,
        id=text_at(entry, "id"),
        extra={name: value for name, value in extra.items() if value},
    )


def _date(entry: ET.Element) -> str:
    """Return when a post appeared; a draft of which nobody said when has the first day of 1970.

    Takeout tells the instant in UTC. In an address, `/2012/05/kulan.html`, stands the month of the site's own day.
    """
    text = text_at(entry, "published") or text_at(entry, "created")
    month = re.match(r"/([0-9]{4})/([0-9]{2})/", text_at(entry, "filename"))
    if month and text.endswith("Z") and (day := _day_beside(text[:10], f"{month[1]}-{month[2]}")):
        return day
    return "" if text.startswith("1970-01-01T00:00:00") else text


def _day_beside(day: str, month: str) -> str:
    """Return the day before or after one that is in another month, if it is in this one; else nothing."""
    with suppress(ValueError, OverflowError):
        beside = (str(date.fromisoformat(day) + timedelta(days=way)) for way in (-1, 1))
        return "" if day.startswith(month) else next((one for one in beside if one.startswith(month)), "")
    return ""


def _address(entry: ET.Element, blog: _Blog) -> str:
    """Return where a post is; Takeout tells it without the site, which its feed may name."""
    return _alternate(entry) or absolute(text_at(entry, "filename"), blog.address)


def _alternate(element: ET.Element) -> str:
    links = (link for link in children(element, "link") if link.get("rel", "alternate") == "alternate")
    return next((link.get("href", "") for link in links), "")


def _tag(category: ET.Element) -> str:
    term = category.get("term", "")
    return "" if term.startswith(_KIND) else plain_text(term)
