"""What feeds and pages tell of a story, and the item it becomes."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin

import msgspec

from newsarchive.aside import Aside
from newsarchive.entry import FIELDS
from newsarchive.errors import BadValueError, UsageError
from newsarchive.formats.base import DateOrder, Fault, Found, Item, Remark, Source, item_from
from newsarchive.formats.reading.dating import (
    NO_DATE,
    WITH_ORDER,
    date_of_number,
    depends_on_order,
    number_in,
    read_date,
    settle,
)
from newsarchive.formats.reading.headlines import headline_of
from newsarchive.intake import SCHEMES, normalise_language
from newsarchive.text.languages import languages

_ENOUGH_TO_JUDGE: Final = 400
"""Characters of a text that tell whether there is any language in it."""
_CONTROLS: Final = r"[\x00-\x1f\x7f-\x9f]"
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class Story(NamedTuple):
    """A story as it is told, its texts without markup; what is not told is empty.

    `language` is what the feed or page declares: it counts only where the texts themselves tell nothing, and
    `languages`, which were judged before, are given. `extra` is what has no field of its own, `translations` a name
    that all have which are translations of each other.
    """

    place: str
    title: str
    date: str = ""
    summary: str = ""
    body: str = ""
    url: str = ""
    language: str = ""
    languages: Sequence[str] = ()
    tags: Sequence[str] = ()
    source: str = ""
    id: str = ""
    extra: Mapping[str, Any] = _NOTHING
    translations: str = ""


class StoriesAside:
    """Stories and faults in their order, each time they are gone through; of many, most wait in a file."""

    def __init__(self, stories: Iterable[Story | Fault]) -> None:
        self._aside = Aside()
        self._stops = array("q")
        self._held: dict[int, Story | Fault] = {}
        """Those that are not put aside, by their places."""
        self.dates: dict[str, None] = {}
        """What tells the order of day and month, or depends on it."""
        for story in stories:
            self._add(story)

    def _add(self, story: Story | Fault) -> None:
        if isinstance(story, Story) and depends_on_order(story.date):
            self.dates[story.date] = None
        line = None if isinstance(story, Fault) else _packed(story)
        if line is None:
            self._held[len(self._stops)] = story
        self._stops.append(self._aside.add(line or b"") + len(line or b""))

    def __iter__(self) -> Iterator[Story | Fault]:
        start = 0
        for place, stop in enumerate(self._stops):
            held = self._held.get(place)
            yield held or msgspec.msgpack.decode(self._aside.read(start, stop), type=Story)
            start = stop


def _packed(story: Story) -> bytes | None:
    """Return what a story can be put aside as; nothing for what has a value that bytes cannot say."""
    try:
        return msgspec.msgpack.encode((*story._replace(extra=dict(story.extra)),))
    except (OverflowError, ValueError, TypeError):
        return None


def items_of(
    stories: Iterable[Story | Fault], source: Source, *, may_lack_titles: bool = False
) -> Iterator[Found]:
    """Yield the item or the fault of each story; the order of day and month is settled for all together.

    Not one is yielded before the last one is read; those that are read one by one are put aside until then.
    Where stories `may_lack_titles`, the beginning of their text is one, and a remark says of how many.
    """
    if not isinstance(stories, Sequence | StoriesAside):
        stories = StoriesAside(stories)
    dates: Iterable[str] = (
        stories.dates
        if isinstance(stories, StoriesAside)
        else (story.date for story in stories if isinstance(story, Story))
    )
    order = source.hints.date_order or settle(dates).order
    called = 0
    for story in stories:
        if isinstance(story, Fault):
            yield story
            continue
        if (
            may_lack_titles
            and not story.title.strip()
            and (title := headline_of(story.body or story.summary))
        ):
            story = story._replace(title=title)
            called += 1
        yield _item(story, source, order)
    if called:
        told = f"items without a title, of which it has {called:,}, are called by the beginning of their text"
        yield Remark(source.name, told)


def summary_and_body(summary: str, content: str) -> tuple[str, str]:
    """Return the short and the long text, not the same twice; a single line alone is the short one."""
    if not summary and "\n" not in content:
        summary = content
    return summary, "" if content.split() == summary.split() else content


def _item(story: Story, source: Source, order: DateOrder | None) -> Found:
    """Return the item of a story; a date or an address that is none is left out with a note."""
    notes: list[str] = []
    values = {
        **{f"source_{name}" if name in FIELDS else name: value for name, value in story.extra.items()},
        **_texts(story),
        **_date(story.date, order, notes),
        **_address(story, notes),
        "languages": _languages(story),
        "tags": list(story.tags),
    }
    found = item_from(values, story.place, source)
    if not isinstance(found, Item):
        return found
    declares = _declared(story)
    return found._replace(notes=tuple(notes), declares=declares, translations=story.translations)


def _texts(story: Story) -> dict[str, str]:
    source_id = "" if story.id == story.url and is_allowed(story.url) else story.id
    given = {"summary": story.summary, "body": story.body, "source": story.source, "source_id": source_id}
    return {"title": story.title, **{name: text for name, text in given.items() if text}}


def _date(text: str, order: DateOrder | None, notes: list[str]) -> dict[str, str]:
    if not text.strip() or re.match(NO_DATE, text.strip()):
        return {}
    try:
        number = number_in(text.strip())
        return {"date": str(read_date(text.strip(), order) if number is None else date_of_number(number))}
    except UsageError as error:
        remedy = WITH_ORDER if getattr(error, "readings", ()) else ""
        notes.append(f"{error}{remedy}; it is kept as `source_date`")
        return {"source_date": text}


def _languages(story: Story) -> list[str]:
    if story.languages:
        return list(story.languages)
    texts = (story.title, story.summary, story.body)
    if story.language and not languages("\n".join(text[:_ENOUGH_TO_JUDGE] for text in texts)):
        return list(_declared(story))
    return []  # the import judges them


def _declared(story: Story) -> tuple[str, ...]:
    with suppress(BadValueError):
        return (normalise_language(story.language),) if story.language else ()
    return ()


# --- addresses --------------------------------------------------------------------------------------------


def absolute(url: str, base: str) -> str:
    """Return an address as it is seen from a page at `base`; as it is, where that is no whole address."""
    bare = re.sub(_CONTROLS, "", url).strip()
    try:
        return urljoin(base, bare) if bare and re.match("(?i)https?://", base) else bare
    except ValueError:  # a bracket that makes it look like IPv6
        return bare


def is_allowed(url: str) -> bool:
    """Whether an address has an allowed scheme, or none."""
    scheme, colon, _ = re.split(r"[/?#]", url, maxsplit=1)[0].partition(":")
    return not colon or scheme.lower() in SCHEMES


def _address(story: Story, notes: list[str]) -> dict[str, str]:
    url = story.url
    if not url or (url == story.id and url.startswith(("urn:", "tag:"))):
        return {}
    if not is_allowed(url):
        notes.append(f"the address {url[:60]!r} is left out: only {', '.join(SCHEMES)} are taken")
        return {}
    if re.match("(?i)https?://|mailto:", url):
        return {"url": url}
    # Two sites may both have a `/news/1`, which would then be taken for the same story.
    notes.append(f"the address {url[:60]!r} lacks its site; it is kept as `source_url`")
    return {"source_url": url}


def file_of(url: str, kind: str, length: str) -> dict[str, str]:
    """Return what is kept of a file that comes with a story; nothing if its address is not allowed."""
    told = {"url": url, "type": kind, "length": length}
    return {name: text for name, text in told.items() if text} if url and is_allowed(url) else {}
