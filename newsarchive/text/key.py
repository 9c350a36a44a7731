"""The cross-script key: the same, or nearly, for words that sound alike in letters of several scripts."""

from __future__ import annotations

import functools
import re

from newsarchive.text.romanising import romanised

# Spellings and the sound they stand for; at each place the first that fits counts. Cyrillic comes here
# romanised by anyascii (ж zh, х kh, ц ts, ч ch, ш sh, щ shch, й and ы y, ю yu, я ya), so that every row
# holds for both scripts. In a key w is the sound of sh, q of ch, c of ts, j of zh.
# benchmarks/names.py measures what a change does.
SOUNDS = (
    # Before i these count as s, t and z: the Japanese shi, chi and ji are си, ти and дзи in Cyrillic.
    (r"(?:schtsch|chtch|shch|sch|sh|sz)(?=i|y(?![aeou]))", "s"),
    (r"(?:tsch|tch|ch|cz)(?=i|y(?![aeou]))", "t"),
    (r"(?:dzh|dj|zh|j)(?=i)|dz(?!h)", "z"),
    (r"schtsch|chtch|shch|sch|sh|sz", "w"),
    (r"tsch|tch|ch|cz", "q"),
    (r"(?<![aeiouy])rzh?", "j"),  # Polish: Przewalski
    (r"(?<=[lvwfp])jo", "e"),  # j as й: Fjodor, Natalja, Sergej
    (r"(?<=[lvwfp])j(?=[aeu])|(?<=[eioy])j$", "i"),
    (r"dzh|dj|zh|j", "j"),
    (r"ts|tz|c(?=[eiy])", "c"),
    (r"ck|c|q", "k"),
    (r"bh", "b"),
    (r"kh|h", "h"),
    (r"ph", "f"),
    (r"th", "t"),
    (r"gh|gu(?=[ei])", "g"),
    (r"x", "ks"),
    (r"w", "v"),
    (r"z$", "s"),
    (r"eaux?|au", "o"),  # French
    (r"ou", "u"),
    (r"ius$|ie$", "i"),
    (r"(?<![aeou])i?yo|i?ye|ie|je", "e"),  # ё folds to е: Mezhnyov, Mezhnev
    (r"y", "i"),
)

SHORTEST_WITH_DOUBLES = 5


@functools.lru_cache(maxsize=1 << 16)
def key(word: str) -> str:
    """Return the key of a folded word, made of lower-case ASCII letters and digits.

    A word of one or two letters, a Roman numeral and a word with digits are only romanised; what cannot be
    romanised is its own key.
    """
    return key_once(word)


def key_once(word: str) -> str:
    """Return the `key` of a word that is asked for but once, which need not be remembered."""
    letters = romanised(word)
    if len(letters) < 3 or not letters.isalpha() or not letters.strip("ivx"):
        return letters or word
    sounds = sounds_of(letters)
    # Not in short words, which would run together: met, meet; less, lees.
    return _doubled().sub(_once, sounds) if len(sounds) >= SHORTEST_WITH_DOUBLES else sounds


def sounds_of(letters: str) -> str:
    """Return the sounds that lower-case ASCII letters stand for, doubled ones as they are."""
    return _spellings().sub(_sound, letters)


def _sound(match: re.Match[str]) -> str:
    assert match.lastindex is not None  # one alternative of the pattern, each of them a group, has matched
    return SOUNDS[match.lastindex - 1][1]


def _once(match: re.Match[str]) -> str:
    return match[0][0]


@functools.cache
def _spellings() -> re.Pattern[str]:
    # A group that begins before the spelling would have to be entered at each place where it might stand.
    return re.compile("|".join(f"(?:{spelling})()" for spelling, _ in SOUNDS))


@functools.cache
def _doubled() -> re.Pattern[str]:
    return re.compile(r"(.)\1+")
