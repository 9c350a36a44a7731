"""Web archives, WARC (ISO 28500) and WACZ: each page that is an article is a story, on the address it was at."""

from __future__ import annotations

import codecs
import io
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, BinaryIO, Final
from urllib.parse import urlsplit

from newsarchive.errors import SourceError
from newsarchive.formats.base import MAX_SOURCE, Fault, Found, Item, Source, reporting
from newsarchive.formats.reading.documents.extras import library
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.packed import ZIP, opened
from newsarchive.formats.reading.pages.reader import PageReader

_WARCS: Final = (".warc", ".warc.gz")
_HTML: Final = ("text/html", "application/xhtml+xml")
_LARGEST_PAGE: Final = 8 << 20
_SMALL: Final = 1 << 20
_SECONDS: Final = 4
"""Of the processor's time, for all pages of a small archive: it may be packed of thousands."""


class WarcReader:
    """Reads the pages of an archive, alone or in the zip file that WACZ is."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each article, and a count of all else that was answered."""
        left_out = Tally(source.name)
        deadline = time.process_time() + _SECONDS if _size_of(source) < _SMALL else None
        for archive in _archives(source):
            for record in _records(archive, source.name):
                if deadline is not None and time.process_time() > deadline:
                    raise SourceError(
                        source.name, "is packed of more than can be read; what is left is not read"
                    )
                yield from _found(record, source, left_out)
        yield from left_out.found()


def _archives(source: Source) -> Iterator[BinaryIO]:
    """Yield the archives, open; the bytes of one that lies in a file by itself are never held."""
    with _opened(source) as file:
        if file.read(len(ZIP)) != ZIP:
            file.seek(0)
            yield file
            return
    with opened(source) as package:
        names = [name for name in package.names if name.lower().endswith(_WARCS)]
        if not names:
            raise SourceError(source.name, "holds no web archive: nothing in it is called .warc or .warc.gz")
        yield from (io.BytesIO(package.read(name)) for name in names)


def _size_of(source: Source) -> int:
    """Return how many bytes a source has. Raises SourceError as `content_of` does."""
    try:
        size = len(source.data) if isinstance(source.data, bytes) else source.data.stat().st_size
    except OSError as error:
        raise SourceError(source.name, f"cannot be read: {error.strerror}") from error
    if size > MAX_SOURCE:
        raise SourceError(source.name, f"is larger than {MAX_SOURCE >> 20:,} MiB")
    return size


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    """Open a source to be read piece by piece. Raises SourceError when that fails, or reading within does."""
    try:
        with io.BytesIO(source.data) if isinstance(source.data, bytes) else source.data.open("rb") as file:
            yield file
    except OSError as error:
        raise SourceError(source.name, f"cannot be read: {error.strerror}") from error


def _records(file: BinaryIO, place: str) -> Iterator[Any]:
    """Yield the records of an archive. Raises SourceError where it is damaged, or holds none."""
    warc = library("fastwarc.warc", place)
    sound = 0
    try:
        for record in warc.ArchiveIterator(file, auto_decode="all"):
            if record.record_type != warc.WarcRecordType.no_type:
                sound += 1
                yield record
    except (OSError, ValueError) as error:
        raise SourceError(place, f"is damaged behind record {sound:,}: {error}") from None
    if not sound:
        raise SourceError(place, "holds no records of a web archive")


def _found(record: Any, source: Source, left_out: Tally) -> Iterator[Found]:
    """Yield what the answer that a record keeps is as a page, if it is one."""
    kind, http = (record.headers.get("WARC-Type") or "").lower(), record.http_headers
    if kind != "response" or http is None:
        if kind in ("revisit", "resource", "conversion"):
            left_out.add(f"record of the type {kind}")
        return
    if http.status_code is not None and not 200 <= http.status_code < 300:
        left_out.add("redirect or error")
    elif (record.http_content_type or "").lower() not in _HTML:
        left_out.add("file that is no page")
    else:
        yield from _page(record, source, left_out)


def _page(record: Any, source: Source, left_out: Tally) -> Iterator[Found]:
    uri = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    content = record.reader.read(_LARGEST_PAGE)
    place = f"{source.name}, {uri}"
    read = list(
        PageReader().read(source._replace(name=place, data=_as_declared(content, record.http_charset)))
    )
    items = [one for one in read if isinstance(one, Item)]
    if len(items) == 1 and items[0].place == place:
        yield _with_address(items[0], uri, record.headers.get("WARC-Date") or "", source)
    elif items:
        left_out.add("page that lists stories")
    elif all(isinstance(one, Fault) and not one.reason.startswith("is neither") for one in read):
        yield from read
    else:
        left_out.add("page without a story")


def _as_declared(content: bytes, charset: str | None) -> bytes:
    """Return a page in UTF-8 if the server said what it is in: that counts more than what it says itself."""
    if charset:
        with suppress(LookupError, UnicodeError):
            return codecs.BOM_UTF8 + content.decode(codecs.lookup(charset).name).encode()
    return content


def _with_address(item: Item, uri: str, captured: str, source: Source) -> Item:
    entry = item.entry
    address = uri if uri.startswith(("http://", "https://")) else None
    try:
        host = urlsplit(uri).hostname
    except ValueError:  # a bracket that makes it look like IPv6
        host = None
    extra = {**entry.extra, **({"captured": captured} if captured else {})}
    told = replace(entry, url=entry.url or address, source=host or entry.source, extra=extra)
    return item._replace(entry=told, origin=source.origin or source.name)
