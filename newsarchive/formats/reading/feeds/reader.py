"""RSS 0.9 to 2.0, RDF and Atom, as other programs write them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import feedparser

from newsarchive.errors import SourceError
from newsarchive.formats.base import GENERATOR, Found, Remark, Source, reporting
from newsarchive.formats.reading.dating import is_date
from newsarchive.formats.reading.encodings import XML_DECLARATION, declared_text
from newsarchive.formats.reading.feeds.feed_xml import reduced
from newsarchive.formats.reading.lenient_xml import fault_of
from newsarchive.formats.reading.markup import plain_lines, plain_text
from newsarchive.formats.reading.stories import Story, absolute, file_of, items_of, summary_and_body

# What feedparser may come upon without expecting it; nothing is known to do so that `feed_xml` lets through.
_SURPRISES: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)

_HTML: Final = "text/html"
_LONGEST_DATE: Final = 100


class FeedReader:
    """Reads a feed of any kind, an ill-formed one as far as it goes."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each entry of the feed."""
        text, note = declared_text(source, XML_DECLARATION)
        parsed = _parsed(text, source.name)
        if note:
            yield Remark(source.name, note)
        fault, entries = fault_of(text), parsed["entries"]
        if fault:
            yield Remark(source.name, f"is ill-formed ({fault}) and is read as far as it goes")
            if not entries:
                raise SourceError(source.name, "is a feed without entries")
        elif not entries:
            yield Remark(source.name, "is a feed without entries")
        feed = _feed(parsed)
        stories = [_story(entry, feed, f"{source.name}, item {n}") for n, entry in enumerate(entries, 1)]
        yield from items_of(stories, source)


def _parsed(text: str, place: str) -> Any:
    """Return what feedparser makes of a feed. Raises SourceError for what is none."""
    kept = reduced(text, place)
    if not kept:
        raise SourceError(place, "is no feed: nothing in it is called rss, rdf:RDF or feed")
    try:
        # A stream, as bytes could be the name of a file; HTML becomes text here and needs no cleaning there.
        return feedparser.parse(io.BytesIO(kept), sanitize_html=False, resolve_relative_uris=False)
    except _SURPRISES as error:
        raise SourceError(place, f"cannot be read by feedparser ({type(error).__name__}: {error})") from error


class _Feed(NamedTuple):
    """What a feed says for all of its entries; `dates` is where these say when they appeared."""

    title: str
    address: str
    language: str
    dates: tuple[str, ...]


def _feed(parsed: Any) -> _Feed:
    about = parsed["feed"]
    # In Atom an entry must have `updated`; where some say when they were published, as all of ours do that
    # have a date, it is no more than that.
    is_exact = _text(about, "generator") == GENERATOR or any(_text(e, "published") for e in parsed["entries"])
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
