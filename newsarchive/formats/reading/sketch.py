"""What keys a JSON document has, seen from its beginning: by them the exports of systems are told apart."""

from __future__ import annotations

import functools
import re
from typing import Final

_DEEPEST: Final = 8
_LONGEST: Final = 60
"""Characters of a text that is told with its key: `type=OrderedCollection`."""


def paths_in(head: str) -> frozenset[str]:
    """Return the keys of a JSON text that may break off, each after those it is inside of: `data # title`.

    `#` stands for the places of an array; a short text is told with its key, too. A text that is no JSON has
    few or none; nothing is said of what is nested deeper than eight levels.
    """
    paths: set[str] = set()
    around: list[
        tuple[str, str]
    ] = []  # of each open bracket its path, and the key of what is directly inside
    key = ""
    for match in _tokens().finditer(head):
        mark, path = match[0][0], _joined(around[-1][0] if around else "", key)
        if mark in "{[":
            key = "#" if mark == "[" else ""
            around.append((path if len(around) < _DEEPEST else "", key))
        elif mark in "}]":
            del around[-1:]
            key = around[-1][1] if around else ""
        elif match["colon"]:
            key = match["text"]
            if len(around) <= _DEEPEST:
                paths.add(_joined(around[-1][0] if around else "", key))
        elif key and len(match["text"]) <= _LONGEST and len(around) <= _DEEPEST:
            paths.add(f"{path}={match['text']}")
    return frozenset(paths)


def _joined(path: str, key: str) -> str:
    return f"{path} {key}".strip()


@functools.cache
def _tokens() -> re.Pattern[str]:
    return re.compile(r'"(?P<text>(?:[^"\\]++|\\.)*+)(?:"\s*+(?P<colon>:)?|\\?\Z)|[\[\]{}]', re.DOTALL)
