"""What the parser of HTML is given of a page: the tags that are read here, each written anew.

It takes quadratic time where elements or attributes heap up, and the elements of SVG, of scripts and of forms
have rules of their own for what is a tag; here is left what can be counted.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from html import escape
from typing import Final, NamedTuple

from newsarchive.errors import SourceError
from newsarchive.formats.reading.attributes import attributes
from newsarchive.formats.reading.lenient_xml import MAX_NESTING
from newsarchive.formats.reading.markup import decoded

MAX_TAGS: Final = 100_000
"""Of a page. A tenth is much for a page of news; each takes some microseconds, whatever is in it."""

_VOID: Final = frozenset({"base", "br", "hr", "img", "link", "meta"})
_CLOSED_BY_THEIR_LIKE: Final = frozenset(
    {"html", "head", "body", "p", "li", "tr", "td", "th", "thead", "tbody", "tfoot"}
)
"""What may lack an end tag for good, so that those that are open need not be nested."""

_BLOCKS: Final = frozenset(
    {
        *("address", "article", "aside", "blockquote", "div", "figcaption", "figure", "footer", "header"),
        *("main", "nav", "ol", "section", "table", "ul"),
    }
)
HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_INLINE: Final = frozenset({"a", "span", "time", "title"})
_KEPT: Final = {name: name for name in _VOID | _CLOSED_BY_THEIR_LIKE | _BLOCKS | _INLINE | {*HEADINGS}} | {
    **dict.fromkeys(("center", "details", "dl", "fieldset", "pre", "summary"), "div"),
    **dict.fromkeys(("dd", "dt", "caption"), "p"),
    **dict.fromkeys(("abbr", "b", "em", "i", "small", "strong"), "span"),
}
"""What stands for the tags that are kept; of the others only what is between them is."""

_ATTRIBUTES: Final = frozenset(
    ("class", "content", "datetime", "href", "id", "itemprop", "lang", "name", "property", "rel", "role")
)
_LONGEST_VALUE: Final = 8192


class PageMarkup(NamedTuple):
    """A page in the tags that are read, and the data for search engines (JSON-LD) from its scripts."""

    text: str
    data: tuple[str, ...]


def simplified(text: str, place: str) -> PageMarkup:
    """Return a page without what is not read. Raises SourceError for what is nested too deep."""
    simplifying = _Simplifying(place)
    position = 0
    for match in _marks().finditer(text):
        simplifying.text(text[position : match.start()])
        position = match.end()
        if match["raw"] is not None:
            simplifying.script(match)
        elif match["name"] is not None:
            simplifying.tag(match)
    simplifying.text(text[position:])
    return PageMarkup("".join(simplifying.written), tuple(simplifying.data))


class _Simplifying:
    """Writes what is kept of a page."""

    def __init__(self, place: str) -> None:
        self.written: list[str] = []
        self.data: list[str] = []
        self._place = place
        self._tags = 0
        self._depth = 0
        self._counts: Counter[str] = Counter()
        self._is_in_drawing = False

    def text(self, text: str) -> None:
        """Write a text; what looks like a tag in it is none."""
        if not self._is_in_drawing:
            self.written.append(text.replace("<", "&lt;"))

    def script(self, match: re.Match[str]) -> None:
        """Keep the data of a script."""
        if "ld+json" in match["about"]:
            self.data.append(match["script"])

    def tag(self, match: re.Match[str]) -> None:
        """Write a tag, if it is kept. A drawing ends at the latest with a tag that is none of its own."""
        self._tags += 1
        if self._tags > MAX_TAGS:
            raise SourceError(self._place, f"has more than {MAX_TAGS:,} tags")
        name = match["name"].lower()
        kept = _KEPT.get(name)
        if name == "svg" or (kept and name not in _INLINE):
            is_empty = match["slash"] or match["attributes"].endswith("/")
            self._is_in_drawing = name == "svg" and not is_empty
        if kept is None or self._is_in_drawing:
            return
        if kept not in _VOID and kept not in _CLOSED_BY_THEIR_LIKE and not self._nests(kept, match["slash"]):
            return
        self.written.append(f"</{kept}>" if match["slash"] else f"<{kept}{_attributes(match['attributes'])}>")

    def _nests(self, name: str, slash: str) -> bool:
        """Count a tag, unless it ends what is not open, or begins a heading inside of a heading."""
        if slash:
            if not self._counts[name]:
                return False
            self._counts[name] -= 1
            self._depth -= 1
            return True
        if name in HEADINGS and any(self._counts[heading] for heading in HEADINGS):
            return False
        self._counts[name] += 1
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise SourceError(self._place, f"is nested deeper than {MAX_NESTING} levels")
        return True


def _attributes(text: str) -> str:
    found: dict[str, str] = {}
    for name, value in attributes(text) if text else ():
        if name in _ATTRIBUTES:
            found.setdefault(name, value)
    return "".join(
        f' {name}="{escape(decoded(value))}"' for name, value in found.items() if len(value) <= _LONGEST_VALUE
    )


@functools.cache
def _marks() -> re.Pattern[str]:
    # As in `markup`, no place is looked at twice.
    return re.compile(
        r"""
        <!-- (?: > | -> | (?: (?! -- !? > ) . )*+ (?: -- !? > | \Z ) )
        | < (?P<raw> script | style | template | iframe | noembed | noframes | noscript | xmp | textarea
                   | select | button )
          (?P<about> (?: [\s/] [^>]*+ )? ) >
          (?P<script> (?: (?! </ (?P=raw) [\s/>] ) . )*+ ) (?: </ (?P=raw) [^>]*+ > | \Z )
        | < (?P<slash> /? ) (?P<name> [a-z] [^\s/>]*+ )
          (?P<attributes>
            (?: [^>"'=]++ | = \s*+ (?: "[^"]*+ (?: " | \Z ) | '[^']*+ (?: ' | \Z ) )? | ["'] )*+ )
          (?: > | \Z )
        | < [!?/] [^>]*+ (?: > | \Z )
        """,
        re.VERBOSE | re.DOTALL | re.IGNORECASE,
    )
