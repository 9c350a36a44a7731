"""NITF, the news industry's text format: one story a document (https://iptc.org/standards/nitf/)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from newsarchive.formats.base import Found, LeftOut, Remark, Source, reporting
from newsarchive.formats.reading.encodings import XML_DECLARATION, declared_text
from newsarchive.formats.reading.headlines import headline_of
from newsarchive.formats.reading.markup import plain_text
from newsarchive.formats.reading.stories import Story, items_of
from newsarchive.formats.reading.xml_tree import child, children, document_in, inside, markup_in, text_at

_INLINE: Final = (
    *(
        "a",
        "addressee",
        "alt-code",
        "chron",
        "city",
        "copyrite",
        "country",
        "currency",
        "delivery.point",
        "em",
    ),
    *("event", "function", "lang", "location", "money", "name.family", "name.given", "num", "object.title"),
    *("org", "person", "postaddr", "pronounce", "q", "region", "sub", "sublocation", "sup", "virtloc"),
)
"""The elements that stand inside a line."""
_ASIDE: Final = ("media", "media-caption", "media-producer", "body.head", "hr")
_STAMP: Final = r"(\d{4})-?(\d{2})-?(\d{2})(?:T\d{6}.*)?$"


class NitfReader:
    """Reads one story."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield the item of the story, and a count of its pictures and films."""
        text, note = declared_text(source, XML_DECLARATION)
        if note:
            yield Remark(source.name, note)
        root = document_in(text, source.name)
        yield from items_of([nitf_story(root, source.name)], source)
        if media := sum(1 for _ in inside(root, "media")):
            yield LeftOut(source.name, "picture or film", media)


def nitf_story(root: ET.Element, place: str) -> Story:
    """Return the story of an element `nitf`."""
    head, data = child(root, "body", "body.head"), child(root, "head", "docdata")
    title = _line(head, "hedline", "hl1") or text_at(root, "head", "title")
    subtitle, abstract = _line(head, "hedline", "hl2"), _text(child(head, "abstract"))
    body = nitf_text(child(root, "body", "body.content"))
    extra = {
        "author": re.sub(r"(?i)^by\s+", "", _line(head, "byline")),
        "subtitle": subtitle if abstract else "",
        "place": _line(head, "dateline", "location"),
    }
    language = next((value for name, value in root.items() if name.endswith("}lang") or name == "lang"), "")
    return Story(
        place=place,
        title=" ".join(title.split()) or headline_of(body),
        date=_date(root, head, data),
        summary=abstract or subtitle,
        body=body,
        url=child(data, "du-key").get("url", "") or child(root, "head", "pubdata").get("ex-ref", ""),
        language=language,
        tags=[*_tags(data, root)],
        source=child(root, "head", "pubdata").get("name", "")
        or child(data, "doc.copyright").get("holder", ""),
        id=child(data, "doc-id").get("id-string", ""),
        extra={name: value for name, value in extra.items() if value},
    )


def nitf_text(element: ET.Element) -> str:
    """Return the text of an element with its paragraphs, without pictures and their captions."""
    return plain_text(markup_in(element, inline=_INLINE, without=_ASIDE), has_paragraphs=True)


def _text(element: ET.Element) -> str:
    return nitf_text(element)


def _line(element: ET.Element, *path: str) -> str:
    return " ".join("".join(child(element, *path).itertext()).split())


def _date(root: ET.Element, head: ET.Element, data: ET.Element) -> str:
    """Return when the story is from: its own date before those of its distribution."""
    stamps = (
        child(head, "dateline", "story.date").get("norm", ""),
        child(data, "date.issue").get("norm", ""),
        child(root, "head", "pubdata").get("date.publication", ""),
        child(data, "date.release").get("norm", ""),
    )
    found = next(filter(None, stamps), "") or _line(head, "dateline", "story.date")
    match = re.match(_STAMP, found)
    return f"{match[1]}-{match[2]}-{match[3]}" if match else found


def _tags(data: ET.Element, root: ET.Element) -> Iterator[str]:
    for keyword in children(child(data, "key-list"), "keyword"):
        yield keyword.get("key", "") or "".join(keyword.itertext())
    for subject in children(child(root, "head", "tobject"), "tobject.subject"):
        names = (subject.get(f"tobject.subject.{name}", "") for name in ("detail", "matter", "type"))
        yield next(filter(None, names), "")
