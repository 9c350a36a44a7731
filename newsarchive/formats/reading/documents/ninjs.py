"""News in JSON of the IPTC, versions 1 to 3: one item, an array of them, or items inside of an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from newsarchive.formats.base import Fault, Found, Remark, Source, reporting
from newsarchive.formats.reading.headlines import headline_of
from newsarchive.formats.reading.json_values import document_of, list_at, objects_at, text_at
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.markup import plain_lines, plain_text
from newsarchive.formats.reading.stories import Story, items_of

_LISTS: Final = ("items", "_items", "hits", "data", "results")
_WITHDRAWN: Final = ("canceled", "cancelled", "withheld")
_TEXTS: Final = ("", "text", "composite")


class NinjsReader:
    """Reads the texts among the items."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each text, and a count of everything else."""
        document, note = document_of(source)
        if note:
            yield Remark(source.name, note)
        left_out = Tally(source.name)
        yield from items_of([*_stories(document, source.name, left_out)], source)
        yield from left_out.found()


def _stories(document: Any, name: str, left_out: Tally) -> Iterator[Story | Fault]:
    listed = next((found for key in _LISTS if (found := list_at(document, key))), [document])
    for number, item in enumerate(document if isinstance(document, list) else listed, 1):
        place = name if item is document else f"{name}, item {number}"
        if not isinstance(item, dict):
            yield Fault(place, "is not an object")
            continue
        plain = _named(item)
        if text_at(plain, "type") not in _TEXTS:
            left_out.add(text_at(plain, "type"))
        elif text_at(plain, "pubstatus") in _WITHDRAWN:
            left_out.add("withdrawn item")
        else:
            associations = plain.get("associations")
            left_out.add("associated item", len(associations) if isinstance(associations, dict | list) else 0)
            yield _story(plain, place)


def _named(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item with its keys as version 1 has them: `versioncreated` of `versionCreated`."""
    return {name.lower(): value for name, value in item.items()}


def _story(item: Mapping[str, Any], place: str) -> Story:
    created, version = text_at(item, "firstcreated"), text_at(item, "versioncreated")
    body = _text(item, "body", "bodies")
    author = text_at(item, "byline").removeprefix("By ")
    extra = {
        "author": author,
        "slug": text_at(item, "slugline"),
        "updated": version if created and version != created else "",
        "embargoed": text_at(item, "embargoed") or text_at(item, "embargoeduntil"),
        "place": text_at(item, "located"),
    }
    return Story(
        place=place,
        title=" ".join(_title(item).split()) or headline_of(body),
        date=text_at(item, "contentcreated") or created or version,
        summary=_text(item, "description", "descriptions"),
        body=body,
        url=text_at(item, "canonicalurl"),
        language=text_at(item, "language"),
        tags=[*_tags(item)],
        source=text_at(item, "copyrightholder") or next(map(_name, _list(item, "infosource")), ""),
        id=text_at(item, "uri"),
        extra={name: value for name, value in extra.items() if value and "@" not in value},
    )


def _title(item: Mapping[str, Any]) -> str:
    return text_at(item, "headline") or _main(objects_at(item, "headlines")) or text_at(item, "title")


def _main(texts: list[dict[str, Any]]) -> str:
    """Return the value of the text whose role is the main one, else of the first."""
    ranked = sorted(texts, key=lambda text: "main" not in text_at(text, "role").lower())
    return next((_value(text) for text in ranked if _value(text)), "")


def _value(text: Mapping[str, Any]) -> str:
    value = text_at(text, "value")
    kind = text_at(text, "contenttype").lower() + text_at(text, "contentType").lower()
    return plain_text(value, has_paragraphs=True) if "html" in kind or "nitf" in kind else plain_lines(value)


def _text(item: Mapping[str, Any], name: str, plural: str) -> str:
    """Return a text: `body_text` or `body_xhtml` of version 1, `bodies` of later ones; `body_…` may be anything."""
    if plain := text_at(item, f"{name}_text"):
        return plain_lines(plain)
    marked = next(
        (text_at(item, key) for key in sorted(item) if key.startswith(f"{name}_") and text_at(item, key)), ""
    )
    return plain_text(marked, has_paragraphs=True) if marked else _main(objects_at(item, plural))


def _list(item: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    return [*objects_at(item, name), *objects_at(item, f"{name}s")]


def _name(value: Mapping[str, Any]) -> str:
    return text_at(value, "name") or text_at(value, "literal")


def _tags(item: Mapping[str, Any]) -> Iterator[str]:
    for name in ("keyword", "keywords"):
        yield from (word for word in list_at(item, name) if isinstance(word, str))
    yield from filter(None, map(_name, _list(item, "subject")))
