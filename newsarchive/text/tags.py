"""The one spelling of a tag."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate


@lru_cache(maxsize=1 << 12)
def normal_tag(text: str) -> str:
    """Return `text` as a tag is kept: trimmed, NFC, lower case, a hyphen for each run of blanks.

    What tags may be made of is for `intake` to say.
    """
    if text.isascii():
        return "-".join(text.lower().split())
    # Folding the case can decompose, and composing first keeps a mark with its letter.
    folded = unicodedata.normalize("NFC", text).casefold()
    return "-".join(unicodedata.normalize("NFC", folded).split())


def branches(tag: str) -> list[str]:
    """Return a tag and those above it: `species`, `species/saiga`."""
    return list(accumulate(tag.split("/"), "{}/{}".format))


def quoted(tag: str) -> str:
    """Return a tag as a shell wants to have it; letters of every script stand as they are."""
    return tag if re.fullmatch(r"[\w./-]+", tag) else "'{}'".format(tag.replace("'", "'\\''"))
