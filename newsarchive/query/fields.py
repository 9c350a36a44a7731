"""The table of fields that a query may name, for the parser, the help and the completion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from newsarchive.entry import FIELDS as ENTRY_FIELDS
from newsarchive.query.spelling import did_you_mean


class Field(NamedTuple):
    """A field: its name before the colon, what kind of value follows, a line of help, other names for it."""

    name: str
    kind: str
    help: str
    aliases: tuple[str, ...] = ()


ADDRESS: Final = Field("url", "address", "part of the address: url:cms.int/en/news")

FIELDS: Final = (
    Field("title", "text", 'a word or phrase of the title: title:saiga, title:migrat*, title:"snow leopard"'),
    Field("summary", "text", "a word or phrase of the summary"),
    Field("body", "text", "a word or phrase of the body"),
    Field(
        "tag",
        "tag",
        "exactly this tag: tag:mongolia; tag:species/* with those below, tag:press* by its beginning",
        ("tags",),
    ),
    Field("lang", "language", "the language: lang:ru, lang:en takes en-GB too", ("language", "languages")),
    Field("date", "date", "within an interval: date:2021, date:2016..2018, date:last-month, date:-3w"),
    Field("added", "date", "the day it came into the archive: added:today, added:last-week"),
    Field("modified", "date", "the day of its last change: modified:2024-05.."),
    ADDRESS,
    Field("source", "text", "a word or phrase of where it came from"),
    Field("id", "id", "numbers and ranges: id:7, id:3,7-9, id:5.."),
    Field("is", "state", "a state: is:untagged, is:undated, is:translated, is:untranslated"),
    Field("has", "presence", "the presence of a field: has:url, -has:summary"),
)

STATES: Final[Mapping[str, str]] = {
    "untagged": "has no tag",
    "undated": "has no date",
    "translated": "has a translation in the archive",
    "untranslated": "has no translation in the archive",
}
"""What may follow `is:`, and what it means."""

_BY_NAME: Final = {name: field for field in FIELDS for name in (field.name, *field.aliases)}

PRESENCES: Final[Mapping[str, str]] = {name: name for name in ENTRY_FIELDS} | {
    "tag": "tags",
    "lang": "languages",
    "language": "languages",
}
"""What may follow `has:`, and the attribute of an entry that it asks for."""


def find_field(name: str) -> Field | None:
    """Return the field of that name or alias, in whatever case."""
    return _BY_NAME.get(name.casefold())


def nearest_name(name: str) -> str | None:
    """Return the name of a field that `name` misspells by one edit."""
    return did_you_mean(name.casefold(), _BY_NAME)
