"""Mail: a message in a file of its own, a mailbox in mbox, the archive of a Mailman list. A message is a story.

Of people only names are kept: whoever wrote to a list did not write to the readers of an archive.
"""

from __future__ import annotations

import email
import itertools
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from typing import Any, Final, NamedTuple

from newsarchive.errors import SourceError
from newsarchive.formats.base import Fault, Found, Source, content_of, reporting
from newsarchive.formats.reading.datelines import dateline_in
from newsarchive.formats.reading.documents.mail_bytes import SURPRISES, MailBytes
from newsarchive.formats.reading.headlines import headline_of
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.markup import plain_lines, plain_text
from newsarchive.formats.reading.no_text import kind_of
from newsarchive.formats.reading.packed import unpacked
from newsarchive.formats.reading.stories import Story, items_of

_POSTMARK: Final = rb"(?m)^From [^\n]*\b[0-9]{4}[ \t]*\r?$"
_QUOTED_POSTMARK: Final = rb"(?m)^>(>*From )"
_MOST: Final = 20_000
_MOST_PARTS: Final = 200
_MOST_BOUNDARIES: Final = 10_000
_LONGEST_HEADER: Final = 2_000
_CUT_OFF: Final = r"(?:[\udcc2-\udcf4]|[\udce0-\udcf4][\udc80-\udcbf]|[\udcf0-\udcf4][\udc80-\udcbf]{2})\Z"
"""The first bytes of a character of UTF-8 whose last ones are not there."""
_HEADERS: Final = 1 << 18
"""Bytes that the headers of a message may take; the library is slow on more."""
_SIGNATURE: Final = r"\n-- \n[\s\S]*\Z"


class MailReader:
    """Reads one message."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield the item or the fault of the message, and a count of its attachments."""
        telling = _Telling(MailBytes(source), Tally(source.name))
        yield from items_of([_story(content_of(source), source.name, telling)], source)
        yield from telling.found()


class MboxReader:
    """Reads a mailbox, or a month of a Mailman list, gzip'd as Mailman hands it out or not."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each message, and a count of all attachments."""
        telling = _Telling(MailBytes(source), Tally(source.name))
        stories = [
            _story(message, f"{source.name}, message {number}", telling)
            for number, message in enumerate(_messages(unpacked(content_of(source), source.name)), 1)
        ]
        yield from items_of(stories, source)
        yield from telling.found()


class _Telling(NamedTuple):
    """What is to be told of a source beside its messages."""

    bytes: MailBytes
    left_out: Tally

    def found(self) -> Iterator[Found]:
        yield from self.bytes.found()
        yield from self.left_out.found()


def _messages(data: bytes) -> Iterator[bytes]:
    """Yield the messages between the lines `From … 2021`, each without the mark on such lines of its own."""
    marks = [match for match in re.finditer(_POSTMARK, data) if _is_mark(data, match.start())]
    for number, mark in enumerate(marks[:_MOST]):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(data)
        yield re.sub(_QUOTED_POSTMARK, rb"\1", data[mark.end() : end].lstrip(b"\r\n"))


def _is_mark(data: bytes, start: int) -> bool:
    return start == 0 or data[max(0, start - 3) : start].endswith((b"\n\n", b"\n\r\n"))


def _story(data: bytes, place: str, telling: _Telling) -> Story | Fault:
    head = data[: _HEADERS + 4].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if len(head) > _HEADERS:
        return Fault(place, f"has headers of more than {_HEADERS:,} bytes")
    if data.count(b"\n--") > _MOST_BOUNDARIES:
        return Fault(place, f"has more than {_MOST_BOUNDARIES:,} lines that may begin a part")
    try:
        message = email.message_from_bytes(data, policy=default)
        return _told(message, place, telling)
    except SourceError as error:
        return Fault(place, error.reason)
    except SURPRISES as error:
        return Fault(place, f"cannot be read as a message ({type(error).__name__}: {error})")


def _told(message: EmailMessage, place: str, telling: _Telling) -> Story:
    text = _text_of(message, place, telling)
    labels = (part.get_content_charset() for part in _parts(message))
    label = next(filter(None, itertools.islice(labels, _MOST_PARTS)), None)

    def header(name: str) -> str:
        return " ".join(telling.bytes.header(_raw_header(message, name), label, place).split())

    # The beginning of what was written here, not of what it answers.
    own = [line for line in text.split("\n") if not line.startswith(">")]
    extra = {
        "author": _names(header("From")),
        "list": header("List-Id").partition("<")[0].strip(' "'),
    }
    return Story(
        place=place,
        title=header("Subject") or headline_of(text),
        date=dateline_in(own) or header("Date"),
        body=text,
        id=header("Message-ID").strip("<>"),
        tags=[word.strip() for word in header("Keywords").split(",") if word.strip()],
        extra={name: value for name, value in extra.items() if value and "@" not in value},
    )


def _raw_header(message: EmailMessage, name: str) -> str:
    """Return a header as it was written: what the library makes of it loses names that Mailman puts in brackets."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return raw if len(raw) <= _LONGEST_HEADER else re.sub(_CUT_OFF, "", raw[:_LONGEST_HEADER])


def _names(sender: str) -> str:
    """Return the name of a sender: `Aigul S. <aigul@…>`, and `aigul at … (Aigul S.)` as Mailman writes it."""
    in_brackets = re.search(r"\(([^()]*)\)\s*$", sender)
    name = in_brackets[1] if in_brackets else sender.partition("<")[0] if "<" in sender else ""
    return "" if "@" in name or " at " in name else name.strip(' "')


def _text_of(message: EmailMessage, place: str, telling: _Telling) -> str:
    """Return what a person reads of a message: the plain form where there are two."""
    plain: list[str] = []
    rich: list[str] = []
    for number, part in enumerate(_parts(message)):
        kind = part.get_content_type()
        data = part.get_payload(decode=True) if kind.startswith("text/") else None
        is_attached = part.get_content_disposition() == "attachment" or number >= _MOST_PARTS
        if is_attached or not isinstance(data, bytes) or kind_of(data) is not None:
            telling.left_out.add("attachment")
        elif kind in ("text/plain", "text/html"):
            text = telling.bytes.text(data, part.get_content_charset(), place)
            if kind == "text/plain":
                plain.append(_flowing(text, part))
            else:
                rich.append(plain_text(text, has_paragraphs=True))
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


def _flowing(text: str, part: EmailMessage) -> str:
    """Return a plain text; where its part says that its lines flow, those that end in a blank are joined."""
    text = text.replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    return re.sub(r"(?<!-- )(?<= )\n(?![>\n ])", "", text)
