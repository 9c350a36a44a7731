"""RSS 0.9 to 2.0, RDF and Atom, as other programs write them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

import feedparser

from newsarchive.errors import SourceError
from newsarchive.formats.base import Found, Remark, Source, reporting
from newsarchive.formats.dating import is_date
from newsarchive.formats.encodings import XML_DECLARATION, declared_text
from newsarchive.formats.feed_xml import reduced
from newsarchive.formats.lenient_xml import fault_of
from newsarchive.formats.markup import plain_lines, plain_text
from newsarchive.formats.stories import Story, absolute, is_allowed, items_of, summary_and_body

# What feedparser meets in feeds without expecting it; none is known for what it is given here.
_SURPRISES: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)

_HTML: Final = "text/html"


class FeedReader:
    """Reads a feed of any kind, an ill-formed one as far as it goes."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each entry of the feed."""
        text, note = declared_text(source, XML_DECLARATION)
        feed = _parsed(text, source.name)
        if note:
            yield Remark(source.name, note)
        if fault := fault_of(text):
            yield Remark(source.name, f"is ill-formed ({fault}) and is read as far as it goes")
        if not feed["entries"]:
            raise SourceError(source.name, "is a feed without entries")
        about = feed["feed"]
        yield from items_of(
            [
                _story(entry, about, f"{source.name}, item {number}")
                for number, entry in enumerate(feed["entries"], 1)
            ],
            source,
        )


def _parsed(text: str, place: str) -> Any:
    """Return what feedparser makes of a feed. Raises SourceError for what is none."""
    kept = reduced(text, place)
    if not kept:
        raise SourceError(place, "is no feed: nothing in it is called rss, rdf:RDF or feed")
    try:
        # A file, as bytes could be the name of one; HTML becomes text here, and needs no cleaning there.
        return feedparser.parse(io.BytesIO(kept), sanitize_html=False, resolve_relative_uris=False)
    except _SURPRISES as error:
        raise SourceError(place, f"cannot be read by feedparser ({type(error).__name__}: {error})") from error


def _story(entry: Any, about: Any, place: str) -> Story:
    base = _text(about, "link")
    content = _plain(_best(dict.get(entry, "content") or ()), has_paragraphs=True)
    summary, body = summary_and_body(_plain(dict.get(entry, "summary_detail")), content)
    return Story(
        place=place,
        title=_plain(dict.get(entry, "title_detail")).replace("\n", " "),
        date=_date(entry),
        summary=summary,
        body=body,
        url=absolute(_text(entry, "link"), base),
        language=_text(dict.get(entry, "title_detail") or {}, "language") or _text(about, "language"),
        tags=_tags(entry),
        source=_plain(dict.get(about, "title_detail")).replace("\n", " "),
        id=_text(entry, "id"),
        extra=_extra(entry, base),
    )


def _text(values: Any, name: str) -> str:
    """Return a value of feedparser's if it is text."""
    value = dict.get(values, name)
    return value if isinstance(value, str) else ""


def _plain(detail: Any, *, has_paragraphs: bool = False) -> str:
    """Return the words of a text that is HTML or not."""
    value = _text(detail or {}, "value")
    if _text(detail or {}, "type") == _HTML:
        return plain_text(value, has_paragraphs=has_paragraphs)
    return plain_lines(value)


def _best(contents: Any) -> Any:
    """Return the content that is text; an entry may have it as a sound or a picture, too."""
    texts = [content for content in contents if _text(content, "type").startswith("text/")]
    return next(iter(texts), None)


def _date(entry: Any) -> str:
    """Return when an entry appeared, as its feed says it, or a day if only feedparser can read that."""
    for name in ("published", "updated", "created"):
        text = _text(entry, name)
        if text:
            parsed = dict.get(entry, f"{name}_parsed")
            return text if parsed is None or is_date(text) else "{}-{:02}-{:02}".format(*parsed)
    return ""


def _tags(entry: Any) -> list[str]:
    """Return the categories; one whose term is only an address goes by its label."""
    found = []
    for tag in dict.get(entry, "tags") or ():
        term, label = _text(tag, "term"), _text(tag, "label")
        found.append(plain_text(label if "://" in term else term or label))
    return [tag for tag in found if tag]


def _extra(entry: Any, base: str) -> dict[str, Any]:
    """Return what an entry has beside its story: people, files, and when it was last changed."""
    extra: dict[str, Any] = {}
    for role in ("authors", "contributors"):
        people = [_text(person, "name") or _text(person, "email") for person in dict.get(entry, role) or ()]
        if any(people):
            extra[role.removesuffix("s")] = "; ".join(filter(None, people))
    if "published" in entry and _text(entry, "updated"):
        extra["updated"] = _text(entry, "updated")
    files = [
        _enclosure(link, base) for link in dict.get(entry, "links") or () if _text(link, "rel") == "enclosure"
    ]
    if any(files):
        extra["enclosures"] = [file for file in files if file]
    return extra


def _enclosure(link: Any, base: str) -> dict[str, str]:
    """Return where a file is, its type and length; empty when its address is not one to keep."""
    url = absolute(_text(link, "href"), base)
    if not url or not is_allowed(url):
        return {}
    told = {name: _text(link, name) for name in ("type", "length")}
    return {"url": url, **{name: text for name, text in told.items() if text}}
