"""Reads XML, ill-formed or not, into a tree.

Tags that nothing closes are closed, those that close nothing are left out, entities of HTML are known, those
that a document declares itself are not. The time is in proportion to the length, whatever comes.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from newsarchive.errors import SourceError
from newsarchive.formats.base import MAX_SOURCE
from newsarchive.formats.reading.attributes import attributes
from newsarchive.formats.reading.markup import decoded

if TYPE_CHECKING:
    from xml.parsers import expat

MAX_NESTING: Final = 512

_SIBLINGS: Final = frozenset({"item", "entry"})
"""What is never inside its own kind, so that a second one closes the first."""

_ENTITY: Final = "<!ENTITY"
_ILLEGAL: Final = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What no XML may hold: https://www.w3.org/TR/xml/#charsets."""


def too_large(place: str) -> SourceError:
    """Return what is wrong with a document that has one part which cannot be held."""
    return SourceError(place, f"has a part that is larger than {MAX_SOURCE >> 20:,} MiB")


def parse(text: str, place: str, prefixes: Mapping[str, str]) -> ET.Element:
    """Return a nameless element that holds the document.

    Names are `{namespace}name` as in ElementTree, attributes in lower case; `prefixes` are the namespaces of
    prefixes that the document does not declare. Raises SourceError for what is nested too deep.
    """
    parsing = Parsing([text], place, prefixes)
    deque(parsing, maxlen=0)
    return parsing.document


class Parsing:
    """Parses a document that comes in pieces, as `parse` does.

    Going through it yields what is opened, `True` with the element, which has its attributes by then; and what
    is closed, `False` with the element, all of which is there. Who takes an element out of its parent then has
    not all of the document in the end, and need not hold it. `size` counts the characters that were read.
    """

    def __init__(self, pieces: Iterable[str], place: str, prefixes: Mapping[str, str]) -> None:
        self.size = 0
        self._pieces = pieces
        self._place = place
        self._building = _Building(place, prefixes)

    @property
    def document(self) -> ET.Element:
        """A nameless element that holds the document, once it was gone through."""
        return self._building.document

    def __iter__(self) -> Iterator[tuple[bool, ET.Element]]:
        building = self._building
        for text, match in _in_pieces(self._pieces, self._place):
            building.data(decoded(text))
            self.size += len(text)
            if match is None:
                continue
            self.size += match.end() - match.start()
            if match["cdata"] is not None:
                building.data(match["cdata"])
            elif match["end"] is not None:
                building.end(match["end"])
            elif match["name"] is not None:
                building.start(match["name"], _attributes(match["attributes"] or ""))
                if match["empty"]:
                    building.end(match["name"])
            if building.happened:
                yield from building.happened
                building.happened.clear()
        building.close()
        yield from building.happened
        building.happened.clear()


def _in_pieces(pieces: Iterable[str], place: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Yield each mark after the text before it, and in the end what text follows, with no mark."""
    rest, parts, size, needed = "", [""], 0, 0
    for piece in pieces:
        parts.append(piece)
        size += len(piece)
        if size < needed:
            continue
        rest = "".join(parts)
        position, settled = 0, rest.rfind("<")
        for match in _marks().finditer(rest):
            # What begins at the last `<`, or ends with the piece, may go on in the next one.
            if match.start() >= settled or match.end() == len(rest):
                break
            yield rest[position : match.start()], match
            position = match.end()
        rest = rest[position:]
        if len(rest) > MAX_SOURCE:
            raise too_large(place)
        # A long one is looked at again only when there is twice as much of it.
        parts, size, needed = [rest], len(rest), 2 * len(rest)
    rest = "".join(parts)
    position = 0
    for match in _marks().finditer(rest):
        yield rest[position : match.start()], match
        position = match.end()
    yield rest[position:], None


class Checked:
    """Pieces of a document, of which it shows when all were gone through whether they are well-formed.

    `fault` is why they are not, as their parser says it, with the line.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self.fault: str | None = None
        self._pieces = pieces

    def __iter__(self) -> Iterator[str]:
        from xml.parsers import expat  # spares start-up

        parser = expat.ParserCreate("utf-8", " ")  # with a separator it looks at namespaces
        self.fault, declared, end = None, False, ""
        beginning: str | None = ""
        for piece in self._pieces:
            yield piece
            declared = declared or _ENTITY in end + piece
            end = (end + piece)[1 - len(_ENTITY) :]
            if beginning is not None:
                beginning += piece
                piece, beginning = (
                    (_without_declaration(beginning), None) if ">" in piece else ("", beginning)
                )
            if self.fault is None and not declared:
                self.fault = _fault(parser, piece)
        if declared:
            self.fault = "declares entities, which are not followed"
        elif self.fault is None:
            self.fault = _fault(parser, beginning or "", is_last=True)


def _without_declaration(text: str) -> str:
    return re.sub(r"^\s*<\?xml[^<>]*\?>", _blanked, text)


def _fault(parser: expat.XMLParserType, text: str, *, is_last: bool = False) -> str | None:
    from xml.parsers import expat  # spares start-up

    try:
        parser.Parse(text.encode(errors="replace"), is_last)
    except expat.ExpatError as error:
        return str(error)
    return None


def _blanked(match: re.Match[str]) -> str:
    """Return the line ends of what is taken away, so that lines keep their numbers."""
    return "\n" * match[0].count("\n")


class _Building:
    """Puts a tree together from tags in any order."""

    def __init__(self, place: str, prefixes: Mapping[str, str]) -> None:
        self._place = place
        self._open: list[str] = []
        self._counts: Counter[str] = Counter()
        self._prefixes = dict(prefixes)
        self._hidden: list[dict[str, str]] = []
        """What the prefixes that an open element declares mean outside of it."""
        self.happened: list[tuple[bool, ET.Element]] = []
        """What was opened, with `True`, and what was closed."""
        self._builder = ET.TreeBuilder()
        self.document = self._builder.start("", {})

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        if name in _SIBLINGS:
            self.end(name)
        if len(self._open) >= MAX_NESTING:
            raise SourceError(self._place, f"is nested deeper than {MAX_NESTING} levels")
        self._open.append(name)
        self._counts[name] += 1
        declared = {match[1] or "": uri for key, uri in attributes.items() if (match := _declaration(key))}
        self._hidden.append({prefix: self._prefixes.get(prefix, "") for prefix in declared})
        self._prefixes.update(declared)
        own = {self._resolved(key): text for key, text in attributes.items() if not _declaration(key)}
        opened = self._builder.start(self._resolved(name if ":" in name else f":{name}"), own)
        self.happened.append((True, opened))

    def end(self, name: str) -> None:
        """Close all elements up to the innermost one of that name, if there is one."""
        if not self._counts[name]:
            return
        innermost = ""
        while innermost != name:
            innermost = self._open.pop()
            self._counts[innermost] -= 1
            self._prefixes.update(self._hidden.pop())
            self.happened.append((False, self._builder.end(innermost)))

    def data(self, text: str) -> None:
        """Add text, without the characters that XML cannot hold."""
        if text:
            self._builder.data(text if text.isprintable() else re.sub(_ILLEGAL, "", text))

    def close(self) -> None:
        """Close what is open."""
        while self._open:
            self.end(self._open[-1])
        self._builder.end("")

    def _resolved(self, name: str) -> str:
        """Return `{namespace}name`; a name without a colon has none."""
        prefix, colon, local = name.rpartition(":")
        uri = self._prefixes.get(prefix, "") if colon else ""
        return f"{{{uri}}}{local}" if uri else local


def _declaration(name: str) -> re.Match[str] | None:
    """Match the name of an attribute that declares a namespace, with its prefix."""
    return re.fullmatch("xmlns(?::(.*))?", name) if name.startswith("xmlns") else None


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in attributes(text):
        found.setdefault(name, re.sub(_ILLEGAL, "", decoded(value)))
    return found


@functools.cache
def _marks() -> re.Pattern[str]:
    # Every repetition is possessive and ends before the next `<`, or at the end of the text for good: no
    # place is looked at twice.
    return re.compile(
        r"""
        <!-- (?: (?! --> ) . )*+ (?: --> | \Z )                                  # comment
        | <!\[CDATA\[ (?P<cdata> (?: (?! \]\]> ) . )*+ ) (?: \]\]> | \Z )
        | <!DOCTYPE [^\[<>]*+ (?: \[ [^\]]*+ (?: \] | \Z ) [^<>]*+ )? >?         # with its entities
        | <\? [^<>]*+ >?                                                         # instruction
        | </ (?P<end> [\w:.-]++ ) [^<>]*+ >?
        | < (?P<name> [^\W\d] [\w:.-]*+ )
          (?: (?P<attributes> (?: [^<>"'/]++ | "[^<"]*+" | '[^<']*+' | / (?! > ) )*+ ) (?P<empty> /? ) >
            | [^<>]*+ > )                                                        # with a quote too many
        """,
        re.VERBOSE | re.DOTALL,
    )
