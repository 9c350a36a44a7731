"""Mail: a message in a file of its own, a mailbox in mbox, the archive of a Mailman list. A message is a story.

Of people only names are kept: whoever wrote to a list did not write to the readers of an archive.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from typing import Any, Final

from newsarchive.formats.base import Fault, Found, Source, content_of, reporting
from newsarchive.formats.reading.datelines import dateline_in
from newsarchive.formats.reading.headlines import headline_of
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.markup import plain_lines, plain_text
from newsarchive.formats.reading.packed import unpacked
from newsarchive.formats.reading.stories import Story, items_of

_POSTMARK: Final = rb"(?m)^From [^\n]*\b[0-9]{4}[ \t]*\r?$"
_QUOTED_POSTMARK: Final = rb"(?m)^>(>*From )"
_MOST: Final = 20_000
_MOST_PARTS: Final = 200
_MOST_BOUNDARIES: Final = 10_000
_LONGEST_HEADER: Final = 2_000
_HEADERS: Final = 1 << 18
"""Bytes that the headers of a message may take; the library is slow on more."""
_SIGNATURE: Final = r"\n-- \n[\s\S]*\Z"
_SURPRISES: Final = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)
"""What the library may come upon in a message that is ill-formed."""


class MailReader:
    """Reads one message."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield the item or the fault of the message, and a count of its attachments."""
        left_out = Tally(source.name)
        yield from items_of([_story(content_of(source), source.name, left_out)], source)
        yield from left_out.found()


class MboxReader:
    """Reads a mailbox, or a month of a Mailman list, gzip'd as Mailman hands it out or not."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each message, and a count of all attachments."""
        left_out = Tally(source.name)
        stories = [
            _story(message, f"{source.name}, message {number}", left_out)
            for number, message in enumerate(_messages(unpacked(content_of(source), source.name)), 1)
        ]
        yield from items_of(stories, source)
        yield from left_out.found()


def _messages(data: bytes) -> Iterator[bytes]:
    """Yield the messages between the lines `From … 2021`, each without the mark on such lines of its own."""
    marks = [match for match in re.finditer(_POSTMARK, data) if _is_mark(data, match.start())]
    for number, mark in enumerate(marks[:_MOST]):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(data)
        yield re.sub(_QUOTED_POSTMARK, rb"\1", data[mark.end() : end].lstrip(b"\r\n"))


def _is_mark(data: bytes, start: int) -> bool:
    return start == 0 or data[max(0, start - 3) : start].endswith((b"\n\n", b"\n\r\n"))


def _story(data: bytes, place: str, left_out: Tally) -> Story | Fault:
    head = data[: _HEADERS + 4].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if len(head) > _HEADERS:
        return Fault(place, f"has headers of more than {_HEADERS:,} bytes")
    if data.count(b"\n--") > _MOST_BOUNDARIES:
        return Fault(place, f"has more than {_MOST_BOUNDARIES:,} lines that may begin a part")
    try:
        message = email.message_from_bytes(data, policy=default)
        return _told(message, place, left_out)
    except _SURPRISES as error:
        return Fault(place, f"cannot be read as a message ({type(error).__name__}: {error})")


def _told(message: EmailMessage, place: str, left_out: Tally) -> Story:
    text = _text_of(message, left_out)
    title = _header(message, "Subject")
    date = _header(message, "Date")
    # The beginning of what was written here, not of what it answers.
    own = [line for line in text.split("\n") if not line.startswith(">")]
    extra = {
        "author": _names(_header(message, "From")),
        "list": _header(message, "List-Id").partition("<")[0].strip(' "'),
    }
    return Story(
        place=place,
        title=title or headline_of(text),
        date=dateline_in(own) or date,
        body=text,
        id=_header(message, "Message-ID").strip("<>"),
        tags=[word.strip() for word in _header(message, "Keywords").split(",") if word.strip()],
        extra={name: value for name, value in extra.items() if value and "@" not in value},
    )


def _header(message: EmailMessage, name: str) -> str:
    """Return a header as text, its encoded words decoded; a broken one as far as it can be read.

    As it was written: what the library makes of a header loses the names in parentheses that Mailman writes.
    """
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    raw = raw[:_LONGEST_HEADER]
    try:
        raw = str(make_header(decode_header(raw)))
    except _SURPRISES:
        raw = raw.encode("ascii", "surrogateescape").decode("utf-8", "replace") if raw.isascii() else raw
    return " ".join(raw.split())


def _names(sender: str) -> str:
    """Return the name of a sender: `Aigul S. <aigul@…>`, and `aigul at … (Aigul S.)` as Mailman writes it."""
    in_brackets = re.search(r"\(([^()]*)\)\s*$", sender)
    name = in_brackets[1] if in_brackets else sender.partition("<")[0] if "<" in sender else ""
    return "" if "@" in name or " at " in name else name.strip(' "')


def _text_of(message: EmailMessage, left_out: Tally) -> str:
    """Return what a person reads of a message: the plain form where there are two."""
    plain: list[str] = []
    rich: list[str] = []
    for number, part in enumerate(_parts(message)):
        kind = part.get_content_type()
        is_attached = part.get_content_disposition() == "attachment" or not kind.startswith("text/")
        if is_attached or number >= _MOST_PARTS:
            left_out.add("attachment")
        elif kind == "text/plain":
            plain.append(_plain(part))
        elif kind == "text/html":
            rich.append(plain_text(_content(part), has_paragraphs=True))
    text = "\n\n".join(plain) if any(map(str.strip, plain)) else "\n\n".join(rich)
    return plain_lines(re.sub(_SIGNATURE, "", text))


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts of a message in their order; one that is a message itself is not gone into."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inside: Any = part.get_payload() if part.get_content_maintype() == "multipart" else None
        if isinstance(inside, list):
            waiting += reversed(inside)
        else:
            yield part


def _plain(part: EmailMessage) -> str:
    """Return a plain text; where it says that its lines flow, those that end in a blank are joined."""
    text = _content(part).replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    return re.sub(r"(?<!-- )(?<= )\n(?![>\n ])", "", text)


def _content(part: EmailMessage) -> str:
    """Return the text of a part in the encoding that it declares, else as UTF-8 or cp1252."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    for encoding in (part.get_content_charset() or "utf-8", "utf-8"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    return data.decode("cp1252", "replace")
