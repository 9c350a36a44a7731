"""The export of Ghost, which also holds all users with their addresses: of them nothing is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from newsarchive.errors import SourceError
from newsarchive.formats.base import DRAFT, Fault, Found, Remark, Source, reporting
from newsarchive.formats.reading.headlines import headline_of
from newsarchive.formats.reading.json_values import array_at, each_at, large_document_of, text_at
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.markup import plain_lines, plain_text
from newsarchive.formats.reading.stories import Story, items_of

_PUBLISHED: Final = ("published", "sent", "")
_ZONES: Final = ("timezone", "active_timezone", "activeTimezone")
_COUNTED: Final = {"users": "user", "members": "member", "subscribers": "subscriber"}


class GhostReader:
    """Reads the posts of an export."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each post, and a count of everything else."""
        document, note = large_document_of(source)
        if note:
            yield Remark(source.name, note)
        data = next(each_at(document, "db"), document)
        data = data.get("data", data) if isinstance(data, dict) else {}
        if array_at(data, "posts") is None:
            raise SourceError(source.name, "is no export of Ghost: it has no list `posts`")
        export = _Export(data, source)
        yield from items_of(export.stories(), source)
        yield from export.left_out.found()


class _Export:
    """The tables of an export, and what is left out of them."""

    def __init__(self, data: Mapping[str, Any], source: Source) -> None:
        self.left_out = Tally(source.name)
        self._posts = array_at(data, "posts") or []
        self._source = source
        self._settings = {text_at(row, "key"): text_at(row, "value") for row in each_at(data, "settings")}
        self._tags = _tags_of_posts(data)
        self._descriptions = {
            text_at(row, "post_id"): text_at(row, "meta_description") for row in each_at(data, "posts_meta")
        }
        for table, what in _COUNTED.items():
            self.left_out.add(what, len(array_at(data, table) or ()))

    def stories(self) -> Iterator[Story | Fault]:
        """Yield the posts that are wanted."""
        for number, post in enumerate(self._posts, 1):
            place = f"{self._source.name}, post {number}"
            if not isinstance(post, dict):
                yield Fault(place, "is not an object")
            elif text_at(post, "type") == "page" or post.get("page") in (1, True):
                self.left_out.add("page")
            elif text_at(post, "status") in _PUBLISHED or self._source.hints.drafts:
                yield self._story(post, place)
            else:
                self.left_out.add(DRAFT)

    def _story(self, post: Mapping[str, Any], place: str) -> Story:
        post_id, status = text_at(post, "id"), text_at(post, "status")
        markup = plain_text(text_at(post, "html"), has_paragraphs=True)
        body = markup or plain_lines(text_at(post, "plaintext") or text_at(post, "markdown"))
        visibility = text_at(post, "visibility")
        extra = {
            "slug": text_at(post, "slug"),
            "updated": text_at(post, "updated_at"),
            "status": "" if status in _PUBLISHED else status,
            "visibility": "" if visibility == "public" else visibility,
        }
        return Story(
            place=place,
            title=" ".join(text_at(post, "title").split()) or headline_of(body),
            date=self._local(text_at(post, "published_at")),
            summary=plain_lines(
                text_at(post, "custom_excerpt")
                or self._descriptions.get(post_id)
                or text_at(post, "meta_description")
            ),
            body=body,
            url=text_at(post, "canonical_url"),
            language=text_at(post, "locale")
            or self._settings.get("lang", "")
            or self._settings.get("locale", ""),
            tags=self._tags[post_id],
            source=self._settings.get("title", ""),
            id=text_at(post, "uuid") or post_id,
            extra={name: value for name, value in extra.items() if value},
        )

    def _local(self, text: str) -> str:
        """Return the day of an instant in the time zone of the site; as it is, where that is not known."""
        zone = next(filter(None, map(self._settings.get, _ZONES)), "")
        try:
            instant = datetime.fromisoformat(text)
            return instant.astimezone(ZoneInfo(zone)).isoformat() if instant.tzinfo and zone else text
        except (ValueError, OverflowError, OSError):  # no time, or no time zone that is known here
            return text


def _tags_of_posts(data: Mapping[str, Any]) -> defaultdict[str, list[str]]:
    """Return the names of the tags of each post in their order; what begins with `#` is for templates."""
    names = {text_at(tag, "id"): text_at(tag, "name") for tag in each_at(data, "tags")}
    ties = sorted(each_at(data, "posts_tags"), key=_sort_order)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for tie in ties:
        name = names.get(text_at(tie, "tag_id"), "")
        if name and not name.startswith("#"):
            found[text_at(tie, "post_id")].append(name)
    return found


def _sort_order(tie: Mapping[str, Any]) -> float:
    order = tie.get("sort_order")
    return order if isinstance(order, int | float) else 0
