"""RSS 0.9 to 2.0, RDF and Atom, as other programs write them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import feedparser

from newsarchive.errors import SourceError
from newsarchive.formats.base import GENERATOR, Found, Remark, Source, reporting
from newsarchive.formats.reading.dating import is_date
from newsarchive.formats.reading.encodings import XML_DECLARATION
from newsarchive.formats.reading.feeds.feed_xml import Reduced
from newsarchive.formats.reading.lenient_xml import Checked
from newsarchive.formats.reading.markup import plain_lines, plain_text
from newsarchive.formats.reading.pieces import pieces_of
from newsarchive.formats.reading.stories import (
    StoriesAside,
    Story,
    absolute,
    file_of,
    items_of,
    summary_and_body,
)

# What feedparser may come upon without expecting it; nothing is known to do so that `feed_xml` lets through.
_SURPRISES: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)

_HTML: Final = "text/html"
_LONGEST_DATE: Final = 100


class FeedReader:
    """Reads a feed of any kind, an ill-formed one as far as it goes."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each entry of the feed."""
        pieces, note = pieces_of(source, XML_DECLARATION)
        reading = _Reading(pieces, source.name)
        stories = StoriesAside(reading.stories())
        while not reading.is_settled:
            reading = reading.again()
            stories = StoriesAside(reading.stories())
        if note:
            yield Remark(source.name, note)
        if reading.fault:
            yield Remark(source.name, f"is ill-formed ({reading.fault}) and is read as far as it goes")
            if not reading.count:
                raise SourceError(source.name, "is a feed without entries")
        elif not reading.count:
            yield Remark(source.name, "is a feed without entries")
        yield from items_of(stories, source, may_lack_titles=True)


class _Reading:
    """Reads a feed part by part, as if all of it were one.

    What it says for all of its entries is known for certain in the end: `is_settled` when that is what the stories
    were made with. `fault` is what is ill-formed, and `count` the number of the entries.
    """

    def __init__(
        self, pieces: Iterable[str], place: str, feed: _Feed | None = None, *, is_whole: bool = False
    ) -> None:
        self.count = 0
        self._pieces = pieces
        self._place = place
        self._told = self._known = feed
        self._is_whole = is_whole
        self._versions: set[str] = set()
        self._checked = Checked(pieces)
        self._reduced = Reduced(self._checked, place, is_whole=is_whole)

    @property
    def fault(self) -> str | None:
        """Why the feed is not well-formed, if it is not."""
        return self._checked.fault

    @property
    def is_settled(self) -> bool:
        """Whether the stories are those of the feed as a whole."""
        return self._is_whole or (self._told == self._known and not self._has_odd_parts)

    @property
    def _has_odd_parts(self) -> bool:
        return len(self._versions) > 1 or self._reduced.has_inner

    def again(self) -> _Reading:
        """Return a reading that knows what the feed says for all entries, or that is of all of it at once."""
        if self._has_odd_parts:
            return _Reading(self._pieces, self._place, is_whole=True)
        return _Reading(self._pieces, self._place, self._known)

    def stories(self) -> Iterator[Story]:
        """Yield the story of each entry. Raises SourceError for what is no feed."""
        has_published = False
        for part in self._reduced:
            parsed = _parsed(part.feed, self._place)
            entries = parsed["entries"][part.gone :]
            has_published = has_published or any(_text(entry, "published") for entry in entries)
            self._versions.add(parsed["version"])
            self._known = _feed(parsed, has_published=has_published)
            self._told = self._told or self._known
            for entry in entries:
                self.count += 1
                yield _story(entry, self._told, f"{self._place}, item {self.count}")
        if self._known is None:
            raise SourceError(self._place, "is no feed: nothing in it is called rss, rdf:RDF or feed")


def _parsed(part: bytes, place: str) -> Any:
    """Return what feedparser makes of a feed. Raises SourceError for what it cannot read."""
    try:
        # A stream, as bytes could be the name of a file; HTML becomes text here and needs no cleaning there.
        return feedparser.parse(io.BytesIO(part), sanitize_html=False, resolve_relative_uris=False)
    except _SURPRISES as error:
        raise SourceError(place, f"cannot be read by feedparser ({type(error).__name__}: {error})") from error


class _Feed(NamedTuple):
    """What a feed says for all of its entries; `dates` is where these say when they appeared."""

    title: str
    address: str
    language: str
    dates: tuple[str, ...]


def _feed(parsed: Any, *, has_published: bool) -> _Feed:
    about = parsed["feed"]
    # In Atom an entry must have `updated`; where some say when they were published, as all of ours do that
    # have a date, it is no more than that.
    is_exact = _text(about, "generator") == GENERATOR or has_published
    is_exact = is_exact and parsed["version"].startswith("atom")
    dates = ("published",) if is_exact else ("published", "updated", "created")
    return _Feed(_line(about, "title_detail"), _text(about, "link"), _text(about, "language"), dates)


def _story(entry: Any, feed: _Feed, place: str) -> Story:
    summary, body = summary_and_body(_plain(_value(entry, "summary_detail")), _content(entry))
    date, told = _date(entry, feed.dates)
    language = _text(entry, "language") or _text(_value(entry, "title_detail"), "language") or feed.language
    return Story(
        place=place,
        title=_line(entry, "title_detail"),
        date=date,
        summary=summary,
        body=body,
        url=absolute(_own_link(entry, language), feed.address),
        language=language,
        tags=_tags(entry),
        source=feed.title,
        id=_text(entry, "id"),
        extra=_extra(entry, feed, has_updated=told != "updated"),
    )


def _own_link(entry: Any, language: str) -> str:
    """Return the link of an entry to itself, where there are links to it in other languages, too.

    RFC 4287 tells them apart by `hreflang`; feedparser takes the last one.
    """
    links = [link for link in _value(entry, "links") if _text(link, "rel") == "alternate"]
    if not any(_text(link, "hreflang") for link in links):
        return _text(entry, "link")
    primary = language.lower().partition("-")[0]
    own = (
        link
        for code in (primary, "")
        for link in links
        if _text(link, "hreflang").lower().partition("-")[0] == code
    )
    return _text(next(own, links[0]), "href")


# --- values of feedparser's -------------------------------------------------------------------------------


def _value(values: Any, name: str) -> Any:
    # Not by its own `get`, which gives `published` for `updated`, with a warning.
    return dict.get(values, name) or {}


def _text(values: Any, name: str) -> str:
    """Return a value if it is text."""
    value = _value(values, name)
    return value.strip() if isinstance(value, str) else ""


def _plain(detail: Any, *, has_paragraphs: bool = False) -> str:
    """Return the words of a text that is HTML or not."""
    value = _text(detail, "value")
    if _text(detail, "type") == _HTML:
        return plain_text(value, has_paragraphs=has_paragraphs)
    return plain_lines(value)


def _line(values: Any, name: str) -> str:
    return " ".join(_plain(_value(values, name)).split())


def _content(entry: Any) -> str:
    """Return the long text of an entry; it may have a sound or a picture for one, too."""
    texts = [content for content in _value(entry, "content") if _text(content, "type").startswith("text/")]
    return _plain(texts[0], has_paragraphs=True) if texts else ""


def _date(entry: Any, names: tuple[str, ...]) -> tuple[str, str]:
    """Return when an entry appeared, and which of the names says so.

    It is as it is written, unless only feedparser can read that, as `29 Jan 21`.
    """
    for name in names:
        if text := _text(entry, name):
            parsed = _value(entry, f"{name}_parsed")
            is_plain = not parsed or is_date(text) or not _may_be(parsed, text)
            return text if is_plain else "{}-{:02}-{:02}".format(*parsed), name
    return "", ""


def _may_be(parsed: Any, text: str) -> bool:
    """Whether a date that feedparser has read is written there: it makes 1 March of 2016-02-30."""
    if len(text) > _LONGEST_DATE or re.search(r"[^\W\d_]{3}", text) is None:
        return False
    return parsed.tm_mday in map(int, re.findall(r"\d+", re.sub(r"(?<!\d)\d++:[\d:]+", " ", text)))


def _tags(entry: Any) -> list[str]:
    """Return the categories; one whose term is only an address goes by its label."""
    terms = [(_text(tag, "term"), _text(tag, "label")) for tag in _value(entry, "tags")]
    tags = [plain_text(label if "://" in term else term or label) for term, label in terms]
    return [tag for tag in tags if tag]


def _extra(entry: Any, feed: _Feed, *, has_updated: bool) -> dict[str, Any]:
    """Return what an entry has beside its story: people, when it was last changed, and files."""
    extra: dict[str, Any] = {}
    for role in ("author", "contributor"):
        people = [_text(person, "name") or _text(person, "email") for person in _value(entry, f"{role}s")]
        extra[role] = "; ".join(filter(None, people))
    extra["updated"] = _text(entry, "updated") if has_updated else ""
    links = [link for link in _value(entry, "links") if _text(link, "rel") == "enclosure"]
    files = [
        file_of(absolute(_text(link, "href"), feed.address), _text(link, "type"), _text(link, "length"))
        for link in links
    ]
    extra["enclosures"] = [file for file in files if file]
    return {name: value for name, value in extra.items() if value}
