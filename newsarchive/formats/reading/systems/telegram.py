"""The export of a chat from Telegram Desktop, `result.json`: each message of a channel is a story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import Found, Remark, Source, reporting
from newsarchive.formats.large_values import plain
from newsarchive.formats.reading.headlines import title_and_body
from newsarchive.formats.reading.json_values import each_at, large_document_of, text_at
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.markup import plain_lines
from newsarchive.formats.reading.stories import Story, items_of

_CHANNELS: Final = ("public_channel", "private_channel")


class TelegramReader:
    """Reads the messages of one chat, or of the channels among all chats of an account."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each message with a text, and a count of everything else."""
        document, note = large_document_of(source)
        if note:
            yield Remark(source.name, note)
        chats, left_out = _chats(document), Tally(source.name)
        if not chats:
            raise SourceError(source.name, "is no export of Telegram: it has no list `messages`")
        yield from items_of(_wanted(chats, source.name, left_out), source)
        yield from left_out.found()


def _wanted(chats: Sequence[Mapping[str, Any]], name: str, left_out: Tally) -> Iterator[Story]:
    for chat in chats:
        # All chats of an account are its private talks, too; one chat alone was chosen.
        if len(chats) > 1 and text_at(chat, "type") not in _CHANNELS:
            left_out.add("message of a chat that is no channel", sum(1 for _ in each_at(chat, "messages")))
        else:
            yield from _stories(chat, name, left_out)


def _chats(document: Any) -> list[dict[str, Any]]:
    if next(each_at(document, "messages"), None) is not None:
        return [document]
    return [chat for kind in ("chats", "left_chats") for chat in each_at(document, kind, "list")]


def _stories(chat: Mapping[str, Any], name: str, left_out: Tally) -> Iterator[Story]:
    for message in map(plain, each_at(chat, "messages")):
        if text_at(message, "type") != "message":
            left_out.add("service message")
        elif not (text := plain_lines("".join(map(_text_of, _pieces(message))))):
            left_out.add("message without text")
        else:
            left_out.add("attached file", any(map(message.get, ("photo", "file"))))
            yield _story(message, chat, text, f"{name}, message {text_at(message, 'id')}")


def _story(message: Mapping[str, Any], chat: Mapping[str, Any], text: str, place: str) -> Story:
    title, body = title_and_body(text)
    extra = {
        "author": text_at(message, "author"),
        "forwarded_from": text_at(message, "forwarded_from"),
        "updated": text_at(message, "edited"),
    }
    return Story(
        place=place,
        title=title,
        date=text_at(message, "date"),
        body=body,
        tags=[_text_of(piece).lstrip("#") for piece in _pieces(message) if _kind(piece) == "hashtag"],
        source=text_at(chat, "name"),
        id="/".join(filter(None, (text_at(chat, "id"), text_at(message, "id")))),
        extra={name: value for name, value in extra.items() if value},
    )


def _pieces(message: Mapping[str, Any]) -> list[Any]:
    """Return the parts of the text: plain ones, links, hashtags, bold ones, and none that is struck out."""
    text = message.get("text") or message.get("text_entities") or []
    return [part for part in text if _kind(part) != "strikethrough"] if isinstance(text, list) else [text]


def _text_of(piece: Any) -> str:
    text = piece.get("text") if isinstance(piece, dict) else piece
    return text if isinstance(text, str) else ""


def _kind(piece: Any) -> str:
    return text_at(piece, "type") if isinstance(piece, dict) else ""
