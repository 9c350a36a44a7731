"""The one spelling of a tag."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import accumulate


@lru_cache(maxsize=1 << 12)
def normal_tag(text: str) -> str:
    """Return `text` as a tag is kept: trimmed, NFC, lower case, a hyphen for each run of blanks.

    Separators stand once and `/` without blanks around it: `Species / Saiga` is `species/saiga`. What tags may be
    made of is for `intake` to say.
    """
    if text.isascii():
        return _joined(text.lower())
    # Folding the case can decompose, and composing first keeps a mark with its letter.
    folded = unicodedata.normalize("NFC", text).casefold()
    return _joined(unicodedata.normalize("NFC", folded))


def _joined(text: str) -> str:
    """Write what separates words once, and as a hyphen where it is blank."""
    tag = "-".join(text.split())
    return _separators().sub(lambda found: found[1] or "/", tag) if _separators().search(tag) else tag


@cache
def _separators() -> re.Pattern[str]:
    # Hyphens around a slash were blanks, or as good as such: `a / b`, `a -/- b`.
    return re.compile(r"(?<=[^-/])-*/[-/]*(?=[^-/])|([-_.])\1+")


def branches(tag: str) -> list[str]:
    """Return a tag and those above it: `species`, `species/saiga`."""
    return list(accumulate(tag.split("/"), "{}/{}".format))


def quoted(tag: str) -> str:
    """Return a tag as a shell wants to have it; letters of every script stand as they are."""
    return tag if re.fullmatch(r"[\w./-]+", tag) else "'{}'".format(tag.replace("'", "'\\''"))
