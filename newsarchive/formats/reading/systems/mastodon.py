"""The archive of a Mastodon account: its outbox, alone or in the zip file, is what it has posted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import MAX_OWN_SOURCE, Found, Remark, Source, chunks_of, reporting
from newsarchive.formats.large_values import plain
from newsarchive.formats.reading.headlines import title_and_body
from newsarchive.formats.reading.json_values import each_at, large_document_of, objects_at, text_at
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.markup import plain_text
from newsarchive.formats.reading.packed import ZIP, opened
from newsarchive.formats.reading.stories import Story, file_of, items_of

_OUTBOX: Final = "outbox.json"
_PUBLIC: Final = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")


class MastodonReader:
    """Reads the public posts of an outbox."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each post, and a count of everything else."""
        outbox, note = large_document_of(_outbox(source))
        if note:
            yield Remark(source.name, note)
        left_out = Tally(source.name)
        stories = (
            _story(activity["object"], f"{source.name}, item {number}")
            for number, activity in enumerate(map(plain, each_at(outbox, "orderedItems")), 1)
            if _is_wanted(activity, left_out)
        )
        yield from items_of(stories, source)
        yield from left_out.found()


def _outbox(source: Source) -> Source:
    """Return the outbox, taken out of the zip file where it is in one."""
    if not next(chunks_of(source, limit=MAX_OWN_SOURCE), b"").startswith(ZIP):
        return source
    with opened(source) as package:
        name = next((name for name in package.names if name.rpartition("/")[2] == _OUTBOX), None)
        if name is None:
            raise SourceError(source.name, f"holds no {_OUTBOX}")
        return source._replace(data=package.read(name))


def _is_wanted(activity: Mapping[str, Any], left_out: Tally) -> bool:
    post = activity.get("object")
    readers = [reader for name in ("to", "cc") for reader in _listed(activity.get(name))]
    if text_at(activity, "type") != "Create" or not isinstance(post, dict):
        left_out.add("boost" if text_at(activity, "type") == "Announce" else "activity that is no post")
    elif not any(reader in _PUBLIC for reader in readers):
        left_out.add("post that is not public")
    elif (answered := text_at(post, "inReplyTo")) and not answered.startswith(_author(activity)):
        left_out.add("reply")
    elif not plain_text(text_at(post, "content")):
        left_out.add("post without text")
    else:
        return True
    return False


def _author(activity: Mapping[str, Any]) -> str:
    """Return how the addresses of the account's own posts begin; a reply to oneself carries on."""
    return text_at(activity, "actor").rstrip("/") + "/"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _story(post: Mapping[str, Any], place: str) -> Story:
    title, body = title_and_body(plain_text(text_at(post, "content"), has_paragraphs=True))
    tags = [
        text_at(tag, "name").lstrip("#") for tag in objects_at(post, "tag") if tag.get("type") == "Hashtag"
    ]
    files = [
        file_of(text_at(file, "url"), text_at(file, "mediaType"), "")
        for file in objects_at(post, "attachment")
        if re.match("https?://", text_at(file, "url"))
    ]
    languages = [*post["contentMap"]] if isinstance(post.get("contentMap"), dict) else []
    extra = {"updated": text_at(post, "updated"), "enclosures": files}
    return Story(
        place=place,
        title=title,
        date=text_at(post, "published"),
        summary=plain_text(text_at(post, "summary")),
        body=body,
        url=text_at(post, "url") or text_at(post, "id"),
        language=languages[0] if len(languages) == 1 else "",
        tags=tags,
        id=text_at(post, "id"),
        extra={name: value for name, value in extra.items() if value},
    )
