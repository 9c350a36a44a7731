"""NewsML-G2 of the IPTC: items alone or in a message; the texts are stories, the rest is counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from newsarchive.formats.base import Found, Remark, Source, reporting
from newsarchive.formats.reading.documents.nitf import nitf_story, nitf_text
from newsarchive.formats.reading.encodings import XML_DECLARATION, declared_text
from newsarchive.formats.reading.headlines import headline_of
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.markup import plain_text
from newsarchive.formats.reading.stories import Story, items_of
from newsarchive.formats.reading.xml_tree import (
    child,
    children,
    document_in,
    inside,
    local,
    markup_in,
    text_at,
)

_OTHERS: Final = {
    "packageItem": "package",
    "conceptItem": "concept",
    "knowledgeItem": "list of concepts",
    "planningItem": "plan",
    "catalogItem": "catalogue",
}
_WITHDRAWN: Final = ("canceled", "cancelled", "withheld")


class NewsmlReader:
    """Reads the texts among the items."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each text, and a count of everything else."""
        text, note = declared_text(source, XML_DECLARATION)
        if note:
            yield Remark(source.name, note)
        root, left_out = document_in(text, source.name), Tally(source.name)
        for name, what in _OTHERS.items():
            left_out.add(what, sum(1 for _ in inside(root, name)))
        wanted = [item for item in inside(root, "newsItem") if _is_wanted(item, left_out)]
        places = (
            [source.name]
            if len(wanted) == 1
            else [f"{source.name}, item {n + 1}" for n in range(len(wanted))]
        )
        yield from items_of([_story(item, place) for item, place in zip(wanted, places, strict=True)], source)
        yield from left_out.found()


def _is_wanted(item: ET.Element, left_out: Tally) -> bool:
    kind = _code(child(item, "itemMeta", "itemClass"))
    if kind not in ("", "text", "composite"):
        left_out.add(kind)
    elif _code(child(item, "itemMeta", "pubStatus")) in _WITHDRAWN:
        left_out.add("withdrawn item")
    else:
        return True
    return False


def _code(element: ET.Element) -> str:
    """Return the last part of a code: `text` of `ninat:text`."""
    return (element.get("qcode") or element.get("uri") or "").rpartition(":")[2].rpartition("/")[2]


def _story(item: ET.Element, place: str) -> Story:
    about, content = child(item, "itemMeta"), child(item, "contentMeta")
    first, latest = text_at(about, "firstCreated"), text_at(about, "versionCreated")
    body = _body(child(item, "contentSet"))
    summary = next((_text(found) for found in children(content, "description")), "")
    languages = [found.get("tag", "") for found in children(content, "language")]
    extra = {
        "author": _author(content),
        "slug": text_at(content, "slugline"),
        "updated": latest if first and latest != first else "",
        "place": text_at(content, "located", "name"),
    }
    return Story(
        place=place,
        title=_line(content, "headline") or text_at(about, "title") or headline_of(body),
        date=text_at(content, "contentCreated") or first or latest,
        summary=summary,
        body=body,
        language=(languages or [""])[0] or _language(item),
        tags=[*_tags(content)],
        source=text_at(about, "provider", "name") or text_at(content, "infoSource", "name"),
        id=item.get("guid", ""),
        extra={name: value for name, value in extra.items() if value and "@" not in value},
    )


def _language(item: ET.Element) -> str:
    return next((value for name, value in item.items() if name.endswith("}lang")), "")


def _line(element: ET.Element, *path: str) -> str:
    return " ".join("".join(child(element, *path).itertext()).split())


def _text(element: ET.Element) -> str:
    return plain_text(markup_in(element, inline=("a", "span", "em", "strong", "inline")))


def _author(content: ET.Element) -> str:
    names = [text_at(creator, "name") for creator in children(content, "creator")]
    return "; ".join(filter(None, names)) or _line(content, "by").removeprefix("By ")


def _tags(content: ET.Element) -> Iterator[str]:
    for found in (*children(content, "keyword"), *children(content, "subject")):
        name = text_at(found, "name") or ("" if local(found) == "subject" else text_at(found))
        if name:
            yield name


def _body(contents: ET.Element) -> str:
    """Return the text in whatever form it comes: XML of NITF or HTML, or plain."""
    for element in children(contents, "inlineXML"):
        inner = next(iter(element), None)
        if inner is None:
            continue
        if local(inner) == "nitf":
            return nitf_story(inner, "").body
        body = child(inner, "body")
        return nitf_text(body if len(body) else inner)
    for element in children(contents, "inlineData"):
        text = "".join(element.itertext())
        return (
            plain_text(text, has_paragraphs=True)
            if "html" in element.get("contenttype", "")
            else text.strip()
        )
    return ""
