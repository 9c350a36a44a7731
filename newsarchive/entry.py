"""One news story of the archive: a frozen record, and its way to and from plain JSON values."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Final, NamedTuple

import msgspec

from newsarchive.dates.partial import PartialDate
from newsarchive.errors import BadValueError

FIELDS: Final = (
    "id",
    "title",
    "date",
    "summary",
    "body",
    "url",
    "source",
    "languages",
    "tags",
    "relations",
    "added",
    "modified",
    "extra",
)
"""The keys of an entry as others see it, in the order of the export contract."""

TEXT_FIELDS: Final = ("summary", "body", "url", "source")
TRANSLATION: Final = "translation"
TIES: Final = (TRANSLATION, "follow-up", "same-story")
"""The kinds of relation that readers are shown."""

DIFFERENT: Final = "different-story"
"""The relation of two entries that somebody has looked at and found to be no duplicates."""

REPLACES: Final = "replaces"
"""The relation of an entry to one that was merged into it, whose id stands for it from then on."""

MUTUAL: Final = (*TIES, DIFFERENT)
"""The kinds of relation that are kept in both entries."""

RELATION_KINDS: Final = (*MUTUAL, REPLACES)


class Relation(NamedTuple):
    """A tie to another entry: what kind, and that entry's id."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """A story, of which these hold once it is built.

    The title is not blank and has no blanks around it; a text that would be empty is None; line ends are LF;
    languages, tags and relations hold nothing twice; `extra` has none of the other fields' names.
    Two are equal when a file would hold the same of both: 1 in `extra` is neither 1.0 nor true.
    The id is None only until the archive has given one. Changing an entry means `dataclasses.replace`.

    Raises BadValueError from the constructor when the title is blank.
    """

    id: int | None = None
    title: str
    date: PartialDate | None = None
    summary: str | None = None
    body: str | None = None
    url: str | None = None
    source: str | None = None
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    added: datetime | None = None
    modified: datetime | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        put = object.__setattr__
        title = self.title
        if title != title.strip() or "\r" in title or not title:
            title = _unix_lines(title).strip()
            if not title:
                raise BadValueError("title", "an entry needs a title")
            put(self, "title", title)
        for name, text in zip(TEXT_FIELDS, _texts_of(self), strict=True):
            if text is not None and (text != text.strip() or "\r" in text or not text):
                put(self, name, _trimmed(name, text))
        for name, values in zip(_LISTS, _lists_of(self), strict=True):
            if len(values) > 1 or type(values) is not tuple:
                put(self, name, tuple(dict.fromkeys(values)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Entry):
            return NotImplemented
        return _plain_fields(self) == _plain_fields(other) and (
            self.extra is other.extra or same_value(self.extra, other.extra, ordered=False)
        )

    __hash__ = None  # type: ignore[assignment]  # what `extra` holds has none

    @property
    def known_id(self) -> int:
        """The id of an entry that is in the archive."""
        if self.id is None:
            raise LookupError("this entry is not in an archive yet")
        return self.id


_LISTS: Final = ("languages", "tags", "relations")
_texts_of: Final = attrgetter(*TEXT_FIELDS)
_lists_of: Final = attrgetter(*_LISTS)


def stamped(entry: Entry, entry_id: int, now: datetime) -> Entry:
    """Return an entry as one that is added with an id, without relations; the times that it brings are kept.

    It is in the form that its constructor gave it, which so is not found out once more.
    """
    made = object.__new__(Entry)
    for name, value in zip(_TOLD, _told_of(entry), strict=True):
        object.__setattr__(made, name, value)
    object.__setattr__(made, "id", entry_id)
    object.__setattr__(made, "relations", ())
    object.__setattr__(made, "added", entry.added or now)
    object.__setattr__(made, "modified", entry.modified or now)
    return made


_TOLD: Final = tuple(name for name in FIELDS if name not in ("id", "relations", "added", "modified"))
_told_of: Final = attrgetter(*_TOLD)
_plain_fields: Final = attrgetter(*(name for name in FIELDS if name != "extra"))


def same_value(one: Any, other: Any, *, ordered: bool = True) -> bool:
    """Whether two JSON values are the same in value and type: 1, 1.0 and true are three.

    Unless `ordered`, objects with the same keys and values are the same in whatever order.
    """
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        names = [*one] == [*other] if ordered else one.keys() == other.keys()
        return names and all(same_value(value, other[name], ordered=ordered) for name, value in one.items())
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(
            same_value(a, b, ordered=ordered) for a, b in zip(one, other, strict=True)
        )
    return repr(one) == repr(other) if isinstance(one, float) else bool(one == other)  # 0.0 and -0.0 are two


def _unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _trimmed(name: str, text: str) -> str | None:
    """Return `text` without what surrounds it; a body keeps the indentation of its first line."""
    text = _unix_lines(text)
    text = text.rstrip().lstrip("\n") if name == "body" else text.strip()
    return text or None


# --- to plain values --------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=1 << 8)  # all that is added at once has one
def format_instant(instant: datetime) -> str:
    """Write an instant as RFC 3339 in UTC, with the fraction of a second only where there is one."""
    text: str = msgspec.to_builtins(instant.astimezone(UTC))  # in a sixth of the time of isoformat()
    return text


def plain_form(entry: Entry) -> dict[str, Any]:
    """Return the entry as JSON values with every field of FIELDS, the id first."""
    return {"id": entry.id, **stored_form(entry)}


def stored_form(entry: Entry) -> dict[str, Any]:
    """Return the entry as JSON values with every field but the id, in the order of FIELDS."""
    return {
        "title": entry.title,
        "date": None if entry.date is None else str(entry.date),
        "summary": entry.summary,
        "body": entry.body,
        "url": entry.url,
        "source": entry.source,
        "languages": list(entry.languages),
        "tags": list(entry.tags),
        "relations": [{"kind": relation.kind, "id": relation.id} for relation in entry.relations],
        "added": None if entry.added is None else format_instant(entry.added),
        "modified": None if entry.modified is None else format_instant(entry.modified),
        "extra": dict(entry.extra),
    }


# --- from plain values ------------------------------------------------------------------------------------


def entry_from(values: Mapping[str, Any], entry_id: int | None) -> Entry:
    """Build an entry from JSON values; keys that no field has are kept in `extra`.

    Raises BadValueError naming the field when the title is missing or a value has the wrong type.
    """
    if "title" not in values:
        raise BadValueError("title", "an entry needs a title")
    title = values["title"]
    if not isinstance(title, str):
        raise BadValueError("title", f"is {_kind(title)}, not text")
    return Entry(
        id=entry_id,
        title=title,
        date=_date(values.get("date")),
        summary=_text(values, "summary"),
        body=_text(values, "body"),
        url=_text(values, "url"),
        source=_text(values, "source"),
        languages=_texts(values, "languages"),
        tags=_texts(values, "tags"),
        relations=tuple(_relations(values.get("relations") or ())),
        added=_instant(values, "added"),
        modified=_instant(values, "modified"),
        extra=_extra(values),
    )


def field_value(name: str, plain: Any) -> Any:
    """Return what the field `name` of an Entry holds for the JSON value `plain`.

    Raises BadValueError when the value has the wrong type.
    """
    return getattr(entry_from({"title": "-", name: plain}, None), name)


def with_fields(entry: Entry, plain: Mapping[str, Any]) -> Entry:
    """Return `entry` with the fields named in `plain` set from their JSON values."""
    return replace(entry, **{name: field_value(name, value) for name, value in plain.items()})


_KNOWN: Final = frozenset(FIELDS)


def _kind(value: object) -> str:
    """Name a JSON value's type as people call it."""
    names: dict[type, str] = {bool: "true or false", int: "a number", float: "a number", str: "text"}
    names |= {list: "a list", dict: "an object", type(None): "null"}
    return names.get(type(value), type(value).__name__)


def _text(values: Mapping[str, Any], name: str) -> str | None:
    value = values.get(name)
    if value is None or isinstance(value, str):
        return value
    raise BadValueError(name, f"is {_kind(value)}, not text")


def _texts(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = values.get(name)
    if not value and (value is None or value == []):
        return ()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise BadValueError(name, f"is {_kind(value)}, not a list of texts")


def _date(value: object) -> PartialDate | None:
    if value is None:
        return None
    if isinstance(value, str):
        return _date_from_iso(value)
    raise BadValueError("date", f"is {_kind(value)}, not text")


@functools.lru_cache(maxsize=1 << 12)
def _date_from_iso(text: str) -> PartialDate:
    return PartialDate.from_iso(text)


def _instant(values: Mapping[str, Any], name: str) -> datetime | None:
    value = values.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadValueError(name, f"is {_kind(value)}, not text")
    try:
        instant = datetime.fromisoformat(value)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadValueError(name, f"{value[:80]!r} is not a time such as 2021-01-29T09:30:00Z") from None


def _relations(value: object) -> Iterable[Relation]:
    if not isinstance(value, list | tuple):
        raise BadValueError("relations", f"is {_kind(value)}, not a list")
    for item in value:
        kind, other = (item.get("kind"), item.get("id")) if isinstance(item, dict) else (None, None)
        if not isinstance(kind, str) or type(other) is not int or other < 1:
            raise BadValueError("relations", 'wants objects such as {"kind": "translation", "id": 5}')
        yield Relation(kind, other)


def _extra(values: Mapping[str, Any]) -> Mapping[str, Any]:
    extra = values.get("extra")
    if extra is None and values.keys() <= _KNOWN:
        return {}
    if extra is not None and not isinstance(extra, dict):
        raise BadValueError("extra", f"is {_kind(extra)}, not an object")
    unknown = {name: value for name, value in values.items() if name not in _KNOWN}
    return {**(extra or {}), **unknown}
