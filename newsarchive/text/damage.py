"""Signs that a text was damaged before it came here: lost characters, letters read in a wrong encoding."""

from __future__ import annotations

import functools
import re

LOST = "\ufffd"


def damage(text: str) -> str | None:
    """Return what is wrong with a text as the rest of a sentence, None where nothing is."""
    if text.isascii():
        return None
    if lost := text.count(LOST):
        return f"{lost:,} characters are lost ({LOST})" if lost > 1 else f"a character is lost ({LOST})"
    if garbled := _garbled().search(text):
        return f"“{garbled[0][:20]}” looks like letters that were read in a wrong encoding"
    return None


@functools.cache
def _garbled() -> re.Pattern[str]:
    # What cp1252 and cp1251 have for the bytes 0x80 to 0xBF, which continue a character of UTF-8.
    western = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
    cyrillic = "\xa0-\xb1\xb5-\xb7\xbb\x98ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџЎўЈҐЁЄЇІіґё№єјЅѕї"
    return re.compile(
        rf"""
        Ã[{western.replace("…", "")}] | Â[\xa0-\xbf] | â€[\x80-\xbf\x9dœ™˜“”¦š]     # UTF-8 read as cp1252
        | (?:[ÐÑ][{western}]){{2,}}
        | (?:[РС][{cyrillic}]){{3,}}                                              # UTF-8 read as cp1251
        | [À-ÖØ-öø-ÿ]{{5,}}                                                       # Cyrillic read as cp1252
        """,
        re.VERBOSE,
    )
