"""Split text into folded words: the one tokenizer for the index, the query and the highlights.

Where a script has no blanks between words, overlapping pairs of its characters stand for them, see `pairs`.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from newsarchive.text.fold import APOSTROPHES, fold
from newsarchive.text.pairs import PAIRED, character_pattern, has_paired, pairs

MARKS: Final = "".join(
    (
        r"\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f",  # European
        r"\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7",  # Hebrew
        r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed",  # Arabic
        r"\u0711-\u07f3\u0816-\u082d\u08d3-\u08e1\u08e3-\u0963",  # Syriac to Devanagari
        r"\u0981-\u09e3\u0a01-\u0a75\u0a81-\u0ae3\u0b01-\u0b63",  # Bengali to Oriya
        r"\u0b82-\u0bd7\u0c00-\u0c63\u0c81-\u0d4d\u0d57-\u0d63\u0d81-\u0df3",  # Tamil to Sinhala
        r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece",  # Thai, Lao
        r"\u0f71-\u0f84\u0f86-\u0fbc",  # Tibetan
        r"\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d"
        r"\u17b4-\u17d3\u180b-\u180d\u3099\u309a",  # Burmese to Japanese
        r"\u00ad\u200c\u200d\u2060\ufe00-\ufe0f",  # soft hyphen, ZWNJ, ZWJ, joiner, variation selectors
    )
)
"""What continues a word without being a letter or digit: Python's \\w knows no combining marks."""


_PLAIN: Final = bytes(code if chr(code).isalnum() else 32 for code in range(128)).lower() + bytes(128)
"""The letters and digits of ASCII folded, blanks for the rest: thrice as fast as a regular expression."""

_USUAL: Final = bytes(range(128)) + "абвгдежзийклмнопрстуфхцчшщъыьэюя\xa0§«»–—“”„…№".encode("cp1251")

Span = tuple[str, int, int]
"""A folded word, and its start and end in a text."""

_WITHOUT_MARKS: Final = ((0, 0xAD), (0xAE, 0x300), (0x370, 0x483), (0x48A, 0x530), (0x2010, 0x2060))

_ALL_APOSTROPHES = f"'{APOSTROPHES}"
_LETTERS_S = "sSſ"
_ARTICLE_ENDS: Final = frozenset((*"cdjlmnst", "qu"))
_LONGEST_ARTICLE: Final = len("lorsqu'")


def words(text: str) -> list[str]:
    """Return the folded words of `text` in their order."""
    if text.isascii() and "'" not in text and not has_signs_inside(text):
        return text.encode().translate(_PLAIN).decode().split()
    return [word for word, _, _ in spans(text)] if has_paired(text) else whole_words(text)


def whole_words(text: str) -> list[str]:
    """Return the folded words of `text` as they are written, none of them in pairs of characters."""
    if "'" not in text and not has_signs_inside(text):
        if text.isascii():
            return text.encode().translate(_PLAIN).decode().split()
        lower = text.lower().replace("ё", "е")
        if _is_usual(lower):
            return _plain_run().findall(lower)
    runs = _run(PAIRED if has_paired(text) else "", _marks_of(text)).findall(text)
    return [word for run in runs if (word := _proper(run)[0])]


def spans(text: str) -> list[Span]:
    """Return the words of `text`, each with its start and end in `text` as it is."""
    found: list[Span] = []
    parted = has_paired(text)
    for run in _run(PAIRED if parted else "", _marks_of(text)).finditer(text):
        if parted and has_paired(run[0]):
            found += _parts(run[0], run.start())
        else:
            found += _whole(run[0], run.start())
    return found


def has_signs_inside(text: str) -> bool:
    """Whether words of `text` have dots or marks for ь in them: C.I.T.E.S., U.S, e.g, Ul`yanova, Pod”yapol’skiy."""
    has_marks = "`" in text or ("”" in text and _hard_sign().search(text) is not None)
    return has_marks or _between_letters().search(text) is not None


def stands_alone(word: str) -> bool:
    """Whether a folded word is a single character of a script that is taken in pairs."""
    return has_paired(word) and _character().fullmatch(word) is not None


def _whole(run: str, place: int) -> list[Span]:
    word, before, after = _proper(run)
    return [(word, place + before, place + len(run) - after)] if word else []


def _parts(run: str, place: int) -> list[Span]:
    """Part a run into words of letters, as they are, and pairs of characters."""
    found: list[Span] = []
    for part in _part().finditer(run):
        start = place + part.start()
        if part.lastgroup == "paired":
            found += pairs([one for each in _character().finditer(part[0]) for one in _folded(each, start)])
        else:
            found += _whole(part[0], start)
    return found


def _folded(character: re.Match[str], place: int) -> list[Span]:
    """Return what a character becomes: seldom more than one."""
    start, end = place + character.start(), place + character.end()
    return [(one, start, end) for one in _character().findall(fold(character[0]))]


@functools.lru_cache(maxsize=1 << 16)
def _proper(run: str) -> tuple[str, int, int]:
    """Return the folded word in a run, and the lengths of what it leaves out before and after it."""
    folded = fold(run)
    if folded.isalnum():
        return folded, 0, 0
    before, after = _article(run), _possessive(run)
    inside = fold(run[before : len(run) - after])
    return _not_of_a_word(_marks_of(inside)).sub("", inside), before, after


def _marks_of(text: str) -> str:
    """Return MARKS, or nothing where no letter of a text can be one: a pattern without them is soon compiled."""
    return MARKS if not text.isascii() and any(map(_may_be_mark, set(text))) else ""


@functools.lru_cache(maxsize=1 << 10)
def _may_be_mark(letter: str) -> bool:
    """Whether a letter is in none of the blocks of Latin, Cyrillic and punctuation where there are no MARKS."""
    code = ord(letter)
    return not any(start <= code < end for start, end in _WITHOUT_MARKS)


@functools.cache
def _plain_run() -> re.Pattern[str]:
    return re.compile(r"[a-z0-9а-я]+")


@functools.cache
def _hard_sign() -> re.Pattern[str]:
    """Compile the pattern of a closing quotation mark between letters, which stands for ъ there."""
    return re.compile(r"[^\W\d_]”[^\W\d_]")


def _is_usual(lower: str) -> bool:
    """Whether a text is in ASCII, Russian letters and the signs of print that part words.

    Windows-1251 has them all, and the letters of other languages that are left over; a pattern takes as long to
    look for others, and milliseconds to compile.
    """
    try:
        return not lower.encode("cp1251").translate(None, _USUAL)
    except UnicodeEncodeError:
        return False


@functools.cache
def _run(paired: str, marks: str) -> re.Pattern[str]:
    """Compile the pattern of letters, digits and marks, with apostrophes where a letter follows.

    An acronym is one as well: single letters with dots between them, none of those that are taken in pairs.
    A text without such letters, or without MARKS, needs none of them here: they are many, and take milliseconds
    to compile.
    """
    marked = rf"[{marks}]++[^\W_]*+|" if marks else ""
    run = rf"[^\W_]++(?:{marked}['{APOSTROPHES}]{{1,2}}+(?=[^\W\d_])[^\W_]++)*+"
    letter = rf"[^\W\d_{paired}]"
    signs = f"'{APOSTROPHES}"
    return re.compile(rf"(?<!\w)(?:{letter}\.)+{letter}(?:[{signs}][sS])?(?![\w{marks}{signs}])|{run}")


@functools.cache
def _between_letters() -> re.Pattern[str]:
    """Compile the pattern of a dot between single letters, the first two of an acronym; quick to look for."""
    return re.compile(r"\.(?<=\b[^\W\d_]\.)(?=[^\W\d_]\b)")


@functools.cache
def _elided_article() -> re.Pattern[str]:
    """Compile the pattern of what French elides before a vowel: l'environnement, qu'un."""
    elided = r"[cdjlmnst]|(?:jus|lors|puis)?qu"
    return re.compile(rf"(?:{elided})['{APOSTROPHES}](?=[aeiouhàâæéèêëîïôœûü])", re.IGNORECASE)


def _article(run: str) -> int:
    """Return the length of an elided article and its apostrophe; where neither may be, no pattern is compiled."""
    place = next((place for place, sign in enumerate(run[:_LONGEST_ARTICLE]) if sign in _ALL_APOSTROPHES), 0)
    before = run[max(place - 2, 0) : place].casefold()
    article = _elided_article().match(run) if before in _ARTICLE_ENDS else None
    return article.end() if article else 0


def _possessive(run: str) -> int:
    """Return the length of what a possessive adds: 's, also more than once.

    Looked for from the end: a pattern would begin anew at each apostrophe, and try them all each time.
    """
    end = len(run)
    while run[end - 1 : end] in _LETTERS_S and run[end - 2 : end - 1] in _ALL_APOSTROPHES and end > 1:
        end -= 2
    return len(run) - end


@functools.cache
def _not_of_a_word(marks: str) -> re.Pattern[str]:
    """Compile the pattern of what no folded word holds: apostrophes, dots, the bar of ½, a mark at its start."""
    return re.compile(rf"^[\W_]+|[^\w{marks}]|_")


@functools.cache
def _character() -> re.Pattern[str]:
    return re.compile(character_pattern(MARKS))


@functools.cache
def _part() -> re.Pattern[str]:
    """Compile the pattern of a part of a run that is all in pairs, or has nothing that is."""
    return re.compile(rf"(?P<paired>(?:{character_pattern(MARKS)})+)|[^\W_{PAIRED}][^{PAIRED}]*")
