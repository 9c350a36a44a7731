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
from newsarchive.formats.reading.markup import plain_text
from newsarchive.formats.reading.packed import ZIP, opened
from newsarchive.formats.reading.pieces import pieces_of
from newsarchive.formats.reading.stories import Story, absolute, items_of
from newsarchive.formats.reading.systems.instants import doubts
from newsarchive.formats.reading.xml_parts import Export, told
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


class _Backup(Export[_Blog]):
    """A feed, of which the posts are wanted."""

    def _is_wanted(self, entry: ET.Element) -> bool:
        kind, status = _kind(entry), text_at(entry, "status")
        if kind != "post":
            self.left_out.add(kind)
            return False
        is_draft = text_at(entry, "control", "draft") == "yes" or status not in _LIVE
        if "TRASH" in status or text_at(entry, "trashed"):
            self.left_out.add("post in the trash")
        elif is_draft and not self._source.hints.drafts:
            self.left_out.add(DRAFT)
        else:
            return True
        return False

    def _about_all(self, feed: ET.Element) -> _Blog:
        return _Blog(plain_text(text_at(feed, "title")), _alternate(feed))

    def _story(self, entry: ET.Element, blog: _Blog, place: str) -> Story:
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


def _kind(entry: ET.Element) -> str:
    """Return what an entry is: `post`, `page`, `comment` or `setting`."""
    terms = (category.get("term", "") for category in children(entry, "category"))
    told = next((term.removeprefix(_KIND) for term in terms if term.startswith(_KIND)), "")
    return (told or text_at(entry, "type") or "post").lower().removesuffix("s")


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
