"""Look for the words of a query in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from newsarchive.query.reading import BARRIER, DELIMITERS, GAPS, ReadableText
from newsarchive.query.tree import Phrase, Word
from newsarchive.text.key import key
from newsarchive.text.script import script
from newsarchive.text.words import stands_alone, words

Finder = Callable[[ReadableText], bool]

_COUNTERPARTS: Final = {"latin": ("cyrillic", "\u0400-\u052f"), "cyrillic": ("latin", "a-z")}
"""The script that the key of a script's words may meet, and its letters for a character class."""


def finder(sought: Word | Phrase) -> Finder:
    """Return the test whether a text holds the words of `sought` side by side.

    They match as they are folded; against a word of the other script, Latin or Cyrillic, also by their key.
    The last of a Word with `prefix` matches as the beginning of one, and by its letters only.
    """
    folded = words(sought.text)
    prefix = isinstance(sought, Word) and sought.prefix
    by_letters = _by_letters(folded, prefix=prefix)
    by_sound = _by_sound(folded, prefix=prefix)
    if by_sound is None:
        return by_letters
    return lambda text: by_letters(text) or by_sound(text)


def _by_letters(folded: Sequence[str], *, prefix: bool) -> Finder:
    patterns = [re.escape(word) for word in folded]
    first = patterns[0]
    patterns[0] = (
        rf"{first}(?<![^{DELIMITERS}]{first})"  # looks back from its end: scanning for a literal is fast
    )
    end = "" if prefix else rf"(?![^{DELIMITERS}])"
    for place, word in enumerate(folded[:-1] if prefix else folded):
        if stands_alone(word):  # it is in any pair
            inside = f"[^{DELIMITERS}]*"
            patterns[place] = f"{inside if place else ''}{word}{inside}"
    search = re.compile(f"[{GAPS}]+".join(patterns) + end).search
    longest = max(folded, key=len)

    def is_there(text: ReadableText) -> bool:
        if not text.has(longest):
            return False
        if prefix:  # `qu*` begins qu'un as it stands there, but not un, which is the word
            return bool(search(text.exact))
        return bool(search(text.quick) or ("'" in text.quick and search(text.exact)))

    return is_there


def _by_sound(folded: Sequence[str], *, prefix: bool) -> Finder | None:
    """Return the test that counts the key; None when no word has letters to compare."""
    whole = folded[:-1] if prefix else folded
    letters = "".join({_COUNTERPARTS[name][1] for name in map(script, whole) if name in _COUNTERPARTS})
    if not letters:
        return None
    has_letters = re.compile(f"[{letters}]").search
    first = f"[0-9{letters}]"
    in_other_script = re.compile(f"{first}(?<![^{DELIMITERS}]{first})[^{DELIMITERS}]*").findall
    runs = re.compile(f"[^{DELIMITERS}]+").findall
    tests = [_Alike(word, prefix=prefix and place == len(whole)) for place, word in enumerate(folded)]

    def is_there(text: ReadableText) -> bool:
        found = in_other_script(text.exact) if has_letters(text.quick) else ()
        if not any(any(map(test.__getitem__, found)) for test in tests):
            return False
        return len(tests) == 1 or any(
            _are_in_a_row(runs(piece), tests) for piece in text.exact.split(BARRIER)
        )

    return is_there


def counterparts(word: str, others: Iterable[str]) -> list[str]:
    """Return those of `others` that pass for a folded word in the other script; all have its key."""
    name, letters = _COUNTERPARTS.get(script(word), ("", ""))
    begins_so = re.compile(f"[0-9{letters}]").match
    return [other for other in others if name and script(other) == name and begins_so(other)]


def _are_in_a_row(found: list[str], tests: Sequence[_Alike]) -> bool:
    """Whether words that stand side by side pass the tests, one each."""
    starts = range(len(found) - len(tests) + 1)
    return any(all(test[found[start + step]] for step, test in enumerate(tests)) for start in starts)


class _Alike(dict[str, bool]):
    """Which words pass for `word`, each worked out when it is first met."""

    def __init__(self, word: str, *, prefix: bool) -> None:
        super().__init__()
        self.word = word
        self.prefix = prefix
        self.other_script = _COUNTERPARTS.get(script(word), ("", ""))[0]
        self.key = key(word)

    def __missing__(self, other: str) -> bool:
        alike = self[other] = self._is_alike(other)
        return alike

    def _is_alike(self, other: str) -> bool:
        if self.prefix:
            return other.startswith(self.word)
        return other == self.word or (key(other) == self.key != "" and script(other) == self.other_script)
