"""Pages that a browser saved with all that belongs to them in one file (MHTML, RFC 2557): a message of many parts."""

from __future__ import annotations

import email
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from typing import Final

from newsarchive.errors import SourceError
from newsarchive.formats.base import Found, Item, Source, content_of, reporting
from newsarchive.formats.reading.pages.reader import PageReader

_MOST_BOUNDARIES: Final = 5_000
_HEADERS: Final = 1 << 16
# What the library may come upon without expecting it.
_SURPRISES: Final = (AttributeError, IndexError, KeyError, LookupError, RecursionError, TypeError, ValueError)


class MhtmlReader:
    """Reads the page, and no frame or picture that was saved with it."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield what is found in the page; its address is the one that it was saved from, unless it says another."""
        page, address = _page(source)
        for found in PageReader().read(source._replace(data=page)):
            yield _with_address(found, address) if isinstance(found, Item) else found


def _page(source: Source) -> tuple[bytes, str]:
    """Return the page, and the address that it was saved from. Raises SourceError where there is none."""
    data = content_of(source)
    if data.count(b"\n--") > _MOST_BOUNDARIES:
        raise SourceError(source.name, f"has more than {_MOST_BOUNDARIES:,} lines that may begin a part")
    if len(data[: _HEADERS + 4].replace(b"\r\n", b"\n").partition(b"\n\n")[0]) > _HEADERS:
        raise SourceError(source.name, f"has headers of more than {_HEADERS:,} bytes")
    try:
        message = email.message_from_bytes(data)
        part = next((part for part in _parts(message) if part.get_content_type() == "text/html"), None)
        page = part.get_payload(decode=True) if part is not None else None
        if part is None or not isinstance(page, bytes):
            raise SourceError(source.name, "holds no page: none of its parts is HTML")
        address = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
        return page, "".join(address.split())
    except _SURPRISES as error:
        raise SourceError(source.name, f"cannot be read as MHTML ({type(error).__name__})") from error


def _parts(message: Message) -> Iterator[Message]:
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inside = part.get_payload() if part.is_multipart() else None
        if isinstance(inside, list):
            waiting += (one for one in reversed(inside) if isinstance(one, Message))
        else:
            yield part


def _with_address(item: Item, address: str) -> Item:
    """Return an item with the address of its page, if it has none and that is one of the web."""
    if item.entry.url or not address.lower().startswith(("http://", "https://")):
        return item
    return item._replace(entry=replace(item.entry, url=address))
