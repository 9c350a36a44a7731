"""What a parser is given of a page: no comments and no programs, and nothing that would keep it busy for long."""

from __future__ import annotations

import functools
import re
from typing import Final

from newsarchive.errors import SourceError
from newsarchive.formats.reading.attributes import attributes

MAX_TAGS: Final = 100_000
"""Of a page. A tenth is much for a page of news; each takes some microseconds, whatever is in it."""
MAX_ATTRIBUTES: Final = 1_000
"""Of a tag: the parser compares each with all others."""

_LONG: Final = 2 * MAX_ATTRIBUTES
"""Characters of a tag that may have too many of them."""


def within_limits(text: str, place: str) -> str:
    """Return a page without comments, styles and scripts, but for the data in them.

    Raises SourceError for a page that has too many tags, or one with too many attributes.
    """
    # The parser ends at the first zero. What a comment or a script is, is decided here: were it to see
    # tags where none are seen here, their attributes would not be counted.
    bare = _not_for_reading().sub(_data, text.replace("\0", "\ufffd"))
    if bare.count("<") > MAX_TAGS:
        raise SourceError(place, f"has more than {MAX_TAGS:,} tags")
    for match in _tag().finditer(bare):
        if match.end() - match.start() > _LONG and sum(1 for _ in attributes(match[0])) > MAX_ATTRIBUTES:
            raise SourceError(place, f"has a tag with more than {MAX_ATTRIBUTES:,} attributes")
    return bare


def _data(match: re.Match[str]) -> str:
    """Return a script that holds data, as it is."""
    return match[0] if "json" in (match["about"] or "").lower() else ""


# As in `markup`, no place is looked at twice.


@functools.cache
def _not_for_reading() -> re.Pattern[str]:
    return re.compile(
        r"""
        <!-- (?: > | -> | (?: (?! -- !? > ) . )*+ (?: -- !? > | \Z ) )
        | < (?P<raw> script | style ) (?P<about> (?: [\s/] [^>]*+ )? ) (?: > | \Z )
          (?: (?! </ (?P=raw) [\s/>] ) . )*+ (?: </ (?P=raw) [^>]*+ > | \Z )
        """,
        re.VERBOSE | re.DOTALL | re.IGNORECASE,
    )


@functools.cache
def _tag() -> re.Pattern[str]:
    return re.compile(
        r"""
        < [a-z] (?: [^>"'=]++ | = \s*+ (?: "[^"]*+ (?: " | \Z ) | '[^']*+ (?: ' | \Z ) )? | ["'] )*+ (?: > | \Z )
        """,
        re.VERBOSE | re.DOTALL | re.IGNORECASE,
    )
