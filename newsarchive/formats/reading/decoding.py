"""From the bytes of a source to its text: what is declared, else UTF-8, else what its letters speak for."""

from __future__ import annotations

import codecs
import functools
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from newsarchive.errors import SourceError
from newsarchive.formats.base import MAX_SOURCE, Source, content_of
from newsarchive.formats.reading.no_text import kind_of

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_CANDIDATES: Final = ("cp1252", "mac_roman", "cp1251", "mac_cyrillic", "koi8_r", "cp866")
"""What offices write English, French, Spanish and Russian in; of equals the first one is meant."""

_PLAUSIBLE: Final = 0.8
"""The part of the other characters that must stand where such characters do."""

_OF_MAC: Final = 0.1
"""What the line ends of the old Mac are worth beside that part."""
_SAMPLE: Final = 1 << 16
_HEAD: Final = 1 << 12


class Text(NamedTuple):
    """The text of a source, its line ends as they are, and a note where its encoding was not plain."""

    content: str
    note: str | None = None


def text_of(source: Source, *, limit: int = MAX_SOURCE) -> Text:
    """Return the text of a source.

    Bytes that are damaged become U+FFFD, and the note tells. Raises SourceError when the source cannot be
    read, is too large, is no text, or is in no encoding that can be told.
    """
    data = content_of(source, limit=limit)
    if (kind := kind_of(data)) is not None:
        raise SourceError(source.name, kind)
    if source.hints.encoding is not None:
        return Text(_strictly(data, source.hints.encoding, source.name).removeprefix("\ufeff"))
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _leniently(data, encoding, start=len(mark))
    if (encoding_16 := bare_utf_16(data)) is not None:
        decoded = _leniently(data, encoding_16, start=0)
        return decoded._replace(note=decoded.note or f"is read as {encoding_16}, which it does not declare")
    try:
        return Text(data.decode())
    except UnicodeDecodeError:
        return _detected(data, source.name)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        where = f"byte 0x{data[error.start]:02x} at offset {error.start:,}"
        raise SourceError(name, f"is not {encoding}: {where}") from None
    except UnicodeError as error:
        raise SourceError(name, f"is not {encoding}: {error}") from None


def _leniently(data: bytes, encoding: str, *, start: int) -> Text:
    """Decode what is after `start`, with U+FFFD for what is damaged."""
    try:
        return Text(data[start:].decode(encoding))
    except UnicodeDecodeError as error:
        text = data[start:].decode(encoding, "replace")
        return Text(text, f"is damaged {encoding}: at offset {start + error.start:,}{_other_places(text)}")


def _other_places(text: str) -> str:
    others = text.count("\ufffd") - 1
    return f" and in {others:,} other places" if others > 1 else ""


def bare_utf_16(data: bytes) -> str | None:
    """Return the encoding of UTF-16 without a mark: every other byte of Latin is 0, of Cyrillic 4."""
    head = data[:_HEAD]
    if b"\0" not in head and b"\4" not in head:
        return None
    even, odd = (half.count(0) + half.count(4) for half in (head[::2], head[1::2]))
    if len(head) < 4 or 4 * max(even, odd) < len(head) or min(even, odd) * 8 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


# --- neither declared nor UTF-8 ---------------------------------------------------------------------------


def _detected(data: bytes, name: str) -> Text:
    """Decode what nobody has declared, and say how."""
    if _is_mostly_utf_8(data):
        return _leniently(data, "utf-8", start=0)
    sample = _sample(data)
    encoding = (
        None
        if b"\0" in data[:_HEAD]
        else _most_plausible(sample, is_of_mac=_is_of_mac(data)) or _elsewhere(sample)
    )
    if encoding is None:
        raise SourceError(name, "is not UTF-8, nor in an encoding that can be told; name it with --encoding")
    decoded = _leniently(data, encoding, start=0)
    how = f"is not UTF-8 and is read as {encoding}, as in “{_example(decoded.content)}”"
    also = f"; it {decoded.note}" if decoded.note else ""
    return decoded._replace(note=f"{how}{also}; --encoding says otherwise")


def _is_mostly_utf_8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 in which a few were lost: by accident, others hardly ever make a letter."""
    text = data.decode(errors="surrogateescape")
    lost = sum(1 for character in text if "\udc80" <= character <= "\udcff")
    whole = sum(1 for character in text if character > "\x7f") - lost
    return whole > 3 * lost


def _sample(data: bytes) -> bytes:
    """Return the lines that are not ASCII, as many as it takes to judge."""
    return b"\n".join(line for line in data[: _SAMPLE * 16].splitlines() if not line.isascii())[:_SAMPLE]


def _most_plausible(sample: bytes, *, is_of_mac: bool) -> str | None:
    """Return the candidate in which most of what is not ASCII stands where it does in real text.

    One in which some byte is no character drops out; lines that end with CR speak for those of the old Mac.
    """
    texts = {encoding: text for encoding in _CANDIDATES if (text := _text_in(sample, encoding)) is not None}
    scores = {
        encoding: _plausibility(text) + _OF_MAC * (is_of_mac and encoding.startswith("mac_"))
        for encoding, text in texts.items()
    }
    best = max(scores, key=scores.__getitem__, default="")
    return best if best and scores[best] >= _PLAUSIBLE else None


def _is_of_mac(data: bytes) -> bool:
    return b"\r" in data[:_SAMPLE] and b"\n" not in data[:_SAMPLE]


def _text_in(sample: bytes, encoding: str) -> str | None:
    try:
        return sample.decode(encoding)
    except UnicodeDecodeError:
        return None


def _elsewhere(sample: bytes) -> str | None:
    """Ask the library that knows the encodings of all the world."""
    from charset_normalizer import from_bytes  # spares start-up: only for what is neither

    best = from_bytes(sample).best()
    return None if best is None else best.encoding


def _plausibility(text: str) -> float:
    other = sum(1 for character in text if character > "\x7f")
    return sum(1 for _ in _in_its_place().finditer(text)) / max(other, 1)


def _example(text: str) -> str:
    """Return a word by which a reader can judge the encoding."""
    words: Iterator[re.Match[str]] = re.finditer(
        r"(?<!\w)(?:\w*[^\W\d_\x00-\x7f][\w’]*|\w*[^\x00-\x7f\s]\w*)", text[:_SAMPLE]
    )
    return next((word[0] for word in words), "")[:40]


@functools.cache
def _in_its_place() -> re.Pattern[str]:
    """Match one character beyond ASCII that stands where such a character does."""
    latin, cyrillic = "àáâãäåæçèéêëìíîïñòóôõöøùúûüÿœ", "абвгдежзийклмнопрстуфхцчшщъыьэюяёђѓєѕіїјљњћќўџґ"
    latin_capital, cyrillic_capital = latin.upper(), cyrillic.upper()
    any_cyrillic, any_latin = cyrillic + cyrillic_capital, f"A-Za-z{latin}{latin_capital}ß"
    return re.compile(
        rf"""
        # No word is in two scripts, or in accented letters only; a capital begins it or is among capitals.
        (?<![{any_cyrillic}\d]) (?<![{latin}]{{2}}) [{latin}ß] (?![{any_cyrillic}\d])
        | (?<![{any_latin}\d]) [{cyrillic}] (?![{any_latin}\d])
        | (?<![a-z{latin}{any_cyrillic}\d]) [{latin_capital}] (?![{any_cyrillic}\d])
        | (?<![{cyrillic}{any_latin}\d]) [{cyrillic_capital}] (?![{any_latin}\d])
        | (?<=[^\W\d_]) ’ (?=[^\W\d_]) | (?<=\w) [’…] (?!\w)        # Przewalski’s, the animals’, and so on…
        | (?<![\w«]) [«“‘„¿¡] (?=\w) | (?<=[\w.,!?…)]) [»”] (?!\w)  # quotes around words
        | (?<=[«\s]) [“‘] (?=\w)
        | (?<=[\s\d]) [–—] (?=[\s\d]) | (?<=\w) – (?=\w)            # dashes between words or years
        | (?<=\s) [«»] (?=[\s\xa0])                                 # French quotes stand apart,
        | (?<=[\w«»]) \xa0 (?=[\w»:;?!–—]) | (?<=\xa0) »            # and hold their blank
        | (?<!\w) [©®§€£№•·] | (?<=\d) [°ºª%€£]                     # signs
        """,
        re.VERBOSE,
    )
