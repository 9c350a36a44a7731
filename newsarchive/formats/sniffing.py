"""Which format a source is in: its name, its first bytes, the keys of its JSON, the names in its zip file."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

from newsarchive.formats.known import FALLBACK, FORMATS, Format
from newsarchive.formats.reading.no_text import kind_of
from newsarchive.formats.reading.packed import GZIP, head_in
from newsarchive.formats.reading.sketch import paths_in
from newsarchive.formats.reading.texts.labelled import is_labelled
from newsarchive.formats.reading.texts.notations import foreign_kind

HEAD: Final = 1 << 16
"""How many bytes of a source are enough to tell its format."""

_OPENING: Final = 4096
_PACKED: Final = tuple(format_ for format_ in FORMATS if format_.name in ("mbox", "sql"))
"""Formats that are read gzip'd too, by their content: `2021-January.txt.gz` is how lists are handed out."""

_BURIED: Final = rb"""(?x)
    < (?: (?P<rss> rss \s [^>]* version ) | (?P<rdf> rdf:RDF \s [^>]* xmlns )
        | (?P<atom> (?:\w+:)? feed \s [^>]* xmlns ) | (?P<html> (?<=\n.) (?: html [\s>] | !DOCTYPE \s+ html ) ) )
"""
"""Feeds and pages below something else, such as the warnings of a server."""

_MAY_HAVE_FRONT_MATTER: Final = (".html", ".htm", ".xhtml", ".txt")
_FRONT_MATTER: Final = rb"""(?x)
    (?: ---++ [ \t]*+ (?: (?: yaml | toml | json ) [ \t]*+ )? [\r\n]++ | \+\+\+++ [ \t]*+ [\r\n]++ )
        \s*+ ["'\[]? [\w.-]{1,60}+ ["']? [ \t]*+ [:=\]]
    | (?: <!-- [ \t]*+ [\r\n]++ )? \.\. [ \t]++ title:
    | (?: (?! (?i: title | headline ) : ) [A-Za-z] [\w\ -]{0,30} : [^\r\n]*+ [\r\n]{1,2} ){0,8}+
        (?i: title | headline ) : [ \t]*+ \S
"""
"""How documents begin whose names are those of pages or texts, or tell nothing: with fences, or `Title:` lines."""


def sniff(name: str, head: bytes, members: Sequence[str] = ()) -> str:
    """Return the format to read a source as, from its name, its first bytes and the names in a zip file.

    Among the formats that its name allows, its content decides; without a telling name, or where the bytes
    are no text, among all.
    """
    name = name.lower()
    named = _named(name.rpartition(".")[2]) if "." in name else ()
    looks = _Looks(head, members)
    if head.startswith(GZIP):
        packed = _Looks(head_in(head), ())
        if found := next((format_.name for format_ in _PACKED if packed.like(format_)), None):
            return found
    for format_ in named if named and kind_of(head) is None else (each for each, _ in _readable()):
        if looks.like(format_):
            return format_.name
    if (not named or name.endswith(".txt")) and looks.is_labelled():
        return "labelled"
    if (not named or name.endswith(_MAY_HAVE_FRONT_MATTER)) and re.match(_FRONT_MATTER, looks.opening):
        return "markdown"
    if not named and (buried := re.search(_BURIED, looks.opening)):
        return str(buried.lastgroup)
    if looks.is_foreign():
        return FALLBACK
    own = (format_ for format_ in named if format_.has_names and name.endswith(format_.suffixes))
    return next((format_.name for format_ in own), FALLBACK)


@functools.lru_cache(maxsize=1 << 8)
def _named(last_part: str) -> tuple[Format, ...]:
    """Return the formats whose files have names that end so, behind the last dot."""
    return tuple(
        format_ for format_, endings in _readable() if f".{last_part}" in endings and format_.name != FALLBACK
    )


class _Looks:
    """What a source looks like, found out once for all formats."""

    def __init__(self, head: bytes, members: Sequence[str]) -> None:
        self._text = _comparable(head)
        self.opening = self._text[:_OPENING]
        self._members = members

    def like(self, format_: Format) -> bool:
        """Whether something tells that a source is in a format."""
        if format_.opening and re.match(format_.opening, self.opening):
            return True
        if format_.member and any(re.search(format_.member, member) for member in self._members):
            return True
        return any(keys <= self._paths for keys in format_.keys)

    def is_labelled(self) -> bool:
        """Whether it is a text in which each story says `Title:` and `Date:`."""
        return b":" in self.opening and is_labelled(self._text.decode(errors="ignore"))

    def is_foreign(self) -> bool:
        """Whether it is of a kind that is not read, whatever it is called."""
        return foreign_kind(self.opening.decode(errors="ignore")) is not None

    @functools.cached_property
    def _paths(self) -> frozenset[str]:
        return paths_in(self._text.decode(errors="ignore")) if self._text[:1] in (b"{", b"[") else frozenset()


@functools.cache
def _readable() -> list[tuple[Format, tuple[str, ...]]]:
    """Return formats, each with the last parts of its suffixes: a `.json` can be a feed, a `.feed.json`."""
    last_parts = (
        tuple("." + suffix.rpartition(".")[2] for suffix in format_.suffixes) for format_ in FORMATS
    )
    return [pair for pair in zip(FORMATS, last_parts, strict=True) if pair[0].reader]


def _comparable(head: bytes) -> bytes:
    """Return the head in UTF-8, without byte order mark and the blanks before the first character."""
    is_utf16 = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if is_utf16 else "utf-8-sig", errors="replace")
    return text.lstrip().encode()
