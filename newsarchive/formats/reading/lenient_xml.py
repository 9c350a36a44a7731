"""Reads XML, ill-formed or not, into a tree.

Tags that nothing closes are closed, those that close nothing are left out, entities of HTML are known, those
that a document declares itself are not. The time is in proportion to the length, whatever comes.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree as ET

from newsarchive.errors import SourceError
from newsarchive.formats.reading.attributes import attributes
from newsarchive.formats.reading.markup import decoded

MAX_NESTING: Final = 512

_SIBLINGS: Final = frozenset({"item", "entry"})
"""What is never inside its own kind, so that a second one closes the first."""

_ILLEGAL: Final = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What no XML may hold: https://www.w3.org/TR/xml/#charsets."""


def parse(text: str, place: str, prefixes: Mapping[str, str]) -> ET.Element:
    """Return a nameless element that holds the document.

    Names are `{namespace}name` as in ElementTree, attributes in lower case; `prefixes` are the namespaces of
    prefixes that the document does not declare. Raises SourceError for what is nested too deep.
    """
    building = _Building(place, prefixes)
    position = 0
    for match in _marks().finditer(text):
        building.data(decoded(text[position : match.start()]))
        position = match.end()
        if match["cdata"] is not None:
            building.data(match["cdata"])
        elif match["end"] is not None:
            building.end(match["end"])
        elif match["name"] is not None:
            building.start(match["name"], _attributes(match["attributes"] or ""))
            if match["empty"]:
                building.end(match["name"])
    building.data(decoded(text[position:]))
    return building.close()


def fault_of(text: str) -> str | None:
    """Return why `text` is not well-formed, as its parser says it, with the line; None if it is."""
    from xml.parsers import expat  # spares start-up

    if "<!ENTITY" in text:
        return "declares entities, which are not followed"
    parser = expat.ParserCreate("utf-8", " ")  # with a separator it looks at namespaces
    try:
        parser.Parse(re.sub(r"^\s*<\?xml[^<>]*\?>", _blanked, text).encode(errors="replace"), True)  # noqa: FBT003
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
        self._builder = ET.TreeBuilder()
        self._builder.start("", {})

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
        self._builder.start(self._resolved(name if ":" in name else f":{name}"), own)

    def end(self, name: str) -> None:
        """Close all elements up to the innermost one of that name, if there is one."""
        if not self._counts[name]:
            return
        innermost = ""
        while innermost != name:
            innermost = self._open.pop()
            self._counts[innermost] -= 1
            self._prefixes.update(self._hidden.pop())
            self._builder.end(innermost)

    def data(self, text: str) -> None:
        """Add text, without the characters that XML cannot hold."""
        if text:
            self._builder.data(text if text.isprintable() else re.sub(_ILLEGAL, "", text))

    def close(self) -> ET.Element:
        """Close what is open and return the whole."""
        while self._open:
            self.end(self._open[-1])
        self._builder.end("")
        return self._builder.close()

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
