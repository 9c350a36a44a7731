"""What Drupal's JSON:API answers: nodes, and beside them what they refer to, such as terms and authors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import DRAFT, Fault, Found, Remark, Source, reporting
from newsarchive.formats.fields import ALIASES, plain_name
from newsarchive.formats.reading.json_values import document_of, objects_at, text_at, value_at
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.markup import plain_text
from newsarchive.formats.reading.stories import Story, absolute, items_of
from newsarchive.formats.reading.values import inner

_Key = tuple[str, str]

_SYSTEM: Final = re.compile(
    r"drupal_internal__|revision_|(?:status|promote|sticky|default_langcode|path|metatag|comment|changed"
    r"|title|body|created|langcode|content_translation_\w+|publish_on|unpublish_on|moderation_state)$"
)
"""Attributes that are read by themselves, or that only the system needs."""
_REMEDY: Final = "fetch it with ?include=… and the names of the fields that hold tags, and they come over"
_DATES: Final = (
    "published_at",
    "field_date",
    "field_published",
    "field_publication_date",
    "field_published_date",
)


class DrupalReader:
    """Reads the nodes of an answer, or of several in a row."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each node, and a count of everything else."""
        document, note = document_of(source)
        if note:
            yield Remark(source.name, note)
        left_out, stories = Tally(source.name), []
        answers = [
            _Answer(answer, source) for answer in (document if isinstance(document, list) else [document])
        ]
        for answer in answers:
            stories += [*answer.stories(left_out)]
        if unknown := sum(answer.unknown_terms for answer in answers):
            yield Remark(source.name, f"names {unknown:,} of its tags by numbers only; {_REMEDY}")
        if not stories and not [*left_out.found()]:
            raise SourceError(source.name, "is no answer of JSON:API: it has no `data` with attributes")
        yield from items_of(stories, source, may_lack_titles=True)
        yield from left_out.found()


class _Answer:
    """One answer, what it includes by type and id, and how many terms are named that it does not include."""

    def __init__(self, answer: Any, source: Source) -> None:
        data = value_at(answer, "data")
        self._nodes = data if isinstance(data, list) else [data]
        self._source = source
        self._site = text_at(answer, "links", "self", "href") or text_at(answer, "links", "self")
        self.unknown_terms = 0
        self._included = {_key(item): item for item in objects_at(answer, "included")}

    def stories(self, left_out: Tally) -> Iterator[Story | Fault]:
        """Yield the nodes that are wanted."""
        for number, node in enumerate(self._nodes, 1):
            place = f"{self._source.name}, item {number}"
            if not isinstance(value_at(node, "attributes"), dict):
                yield Fault(place, "has no attributes")
            elif not text_at(node, "type").startswith("node--"):
                left_out.add(f"record of the type {text_at(node, 'type')[:40]!r}")
            elif node["attributes"].get("status") is False and not self._source.hints.drafts:
                left_out.add(DRAFT)
            else:
                yield self._story(node, place)

    def _story(self, node: Mapping[str, Any], place: str) -> Story:
        attributes = node["attributes"]
        fields, references = _fields(attributes), self._references(node)
        body = plain_text(_text(attributes.get("body")) or _taken("body", fields), has_paragraphs=True)
        summary = plain_text(text_at(attributes, "body", "summary") or _taken("summary", fields))
        tags = references.pop("tags", [])
        extra = {
            **fields,
            **references,
            "updated": text_at(attributes, "changed"),
            "status": DRAFT if attributes.get("status") is False else "",
        }
        return Story(
            place=place,
            title=" ".join(text_at(attributes, "title").split()),
            date=_date(attributes) or text_at(attributes, "created"),
            summary=summary,
            body=body,
            url=self._address(attributes),
            language=text_at(attributes, "langcode") or text_at(attributes, "path", "langcode"),
            tags=tags,
            id=text_at(node, "id"),
            extra={name: value for name, value in extra.items() if value not in ("", None, [], {})},
        )

    def _address(self, attributes: Mapping[str, Any]) -> str:
        alias = text_at(attributes, "path", "alias")
        number = text_at(attributes, "drupal_internal__nid")
        return absolute(alias or (f"/node/{number}" if number else ""), self._site)

    def _references(self, node: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a node refers to by its name: terms as tags, users as authors, other nodes and files."""
        found: dict[str, Any] = {}
        relationships = value_at(node, "relationships")
        for name, relationship in relationships.items() if isinstance(relationships, dict) else ():
            data = value_at(relationship, "data")
            targets = [
                target for target in (data if isinstance(data, list) else [data]) if isinstance(target, dict)
            ]
            for target in targets:
                kind, label = text_at(target, "type"), self._label(target)
                if kind.startswith("taxonomy_term--"):
                    found.setdefault("tags", []).extend([label] if label else [])
                    self.unknown_terms += not label
                elif label and kind.startswith("user--") and name != "revision_uid":
                    found["author"] = label
                elif label and kind.startswith("node--") and name.startswith("field_"):
                    found.setdefault(name.removeprefix("field_"), []).append(label)
        return found

    def _label(self, target: Mapping[str, Any]) -> str:
        """Return the name of what is referred to; of users nothing else is read, and no address."""
        attributes = value_at(self._included.get(_key(target)), "attributes")
        label = (
            text_at(attributes, "display_name") or text_at(attributes, "name") or text_at(attributes, "title")
        )
        return "" if "@" in label else label


def _key(item: Any) -> _Key:
    return text_at(item, "type"), text_at(item, "id")


def _fields(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that a site has added, by their names without `field_`, their texts without markup."""
    return {
        name.removeprefix("field_").removeprefix("news_"): plain
        for name, value in attributes.items()
        if not _SYSTEM.match(name)
        and name not in _DATES
        and (plain := _plain(value)) not in ("", None, [], {})
    }


def _taken(field: str, fields: dict[str, Any]) -> str:
    """Take the text out of the fields whose name stands for a field of an entry."""
    names = [
        name
        for name, value in fields.items()
        if isinstance(value, str) and plain_name(name) in ALIASES[field]
    ]
    return str(fields.pop(names[0])) if names else ""


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict) and isinstance(value.get("uri"), str):
        return value["uri"].removeprefix("internal:")
    found = inner(value)
    return plain_text(found) if isinstance(found, str) and "<" in found else found


def _text(value: Any) -> str:
    found = inner(value)
    return found if isinstance(found, str) else ""


def _date(attributes: Mapping[str, Any]) -> str:
    """Return the day that the editors gave a node; it is written before the time when they typed it in."""
    return next((text for name in _DATES if (text := _text(attributes.get(name)))), "")
