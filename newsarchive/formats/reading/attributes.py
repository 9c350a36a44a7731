"""The attributes of a tag, however ill they are written."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator


def attributes(text: str) -> Iterator[tuple[str, str]]:
    """Yield the name in lower case and the value as it stands of each attribute in the inside of a tag."""
    for match in _attribute().finditer(text):
        yield match["name"].lower(), match["double"] or match["single"] or match["bare"] or ""


@functools.cache
def _attribute() -> re.Pattern[str]:
    return re.compile(
        r"""
        (?P<name> [^\s=/"'<>]++ ) \s*+
        (?: = \s*+ (?: "(?P<double>[^"]*+)" | '(?P<single>[^']*+)' | (?P<bare> [^\s"'<>]++ ) ) )?
        """,
        re.VERBOSE,
    )
