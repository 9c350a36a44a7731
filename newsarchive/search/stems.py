"""Snowball stems of folded words, by script and language."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from newsarchive.text.endings import FAMILIES, INDIC, MONGOLIC, PERSIAN, TURKIC, WRITTEN
from newsarchive.text.key import key
from newsarchive.text.script import script

if TYPE_CHECKING:
    from Stemmer import Stemmer

_ALGORITHMS: Final = {
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "ru": "russian",
    "de": "german",
    "tr": "turkish",
    "ar": "arabic",
    "hi": "hindi",
    "ne": "nepali",
}
ENGLISH: Final = "en"
RUSSIAN: Final = "ru"
LATIN: Final = (ENGLISH, "es", "fr", "de", "tr")
"""The languages of which Snowball stems words in Latin letters."""

_WRITTEN: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(LATIN, ("latin",)),
    **WRITTEN,
}
"""The scripts in which words of a language are stemmed when an entry is in that language."""

STEMMING: Final = tuple(_WRITTEN)
"""The languages by which the stems of words differ; Russian always stems Cyrillic words."""

_ENGLISH_OR_RUSSIAN: Final = frozenset({ENGLISH, RUSSIAN})

_ENDINGS: Final = ("", "i", "a", "ia")
"""What a Russian word sounds like behind its stem when it stands by itself: Межнев, Пржевальский, сайга, Мария."""

_NAMES: Final = ("ов", "ев", "ав")
_SHORTEST_SOUND: Final = 4
"""Stems of fewer letters sound alike by chance."""

_SHORTEST_SKELETON: Final = 6
"""Four consonants, and the mark of the family."""


@functools.lru_cache(maxsize=1 << 10)
def languages_that_stem(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the languages that stem the words of an entry in `languages`; for Latin ones English if none does."""
    bases = {language.partition("-")[0] for language in languages}
    if bases <= _ENGLISH_OR_RUSSIAN:
        return (ENGLISH,)
    latin = tuple(code for code in LATIN if code in bases) or (ENGLISH,)
    return (*latin, *(code for code in STEMMING if code in bases and code not in LATIN))


def stemming_languages(word: str, languages: Sequence[str]) -> Sequence[str]:
    """Return those of `languages` that stem `word` by its script, and Russian for Cyrillic letters."""
    letters = "latin" if word.isascii() else script(word)
    if word.isdigit():
        return ()
    own = [language for language in languages if letters in _WRITTEN[language]]
    return [RUSSIAN, *own] if letters == "cyrillic" else own


def stem_pairs(words: Iterable[str], language: str) -> Iterator[tuple[str, str]]:
    """Yield the stems of folded words, each with its word.

    A stem carries its language (`en:leopard`), so that two never mix. A Russian name in the nominative is a
    stem by itself as well: Snowball takes Иванов for a form of Иван, and Иванова for one of Иванов. What it
    takes for a participle has two stems: кула for кулан, but кулан for куланов.
    """
    words = list(words)
    if language in FAMILIES:
        from newsarchive.text.inflection import forms  # spares start-up

        yield from ((form, word) for word in words for form in forms(word, language))
    if language not in _ALGORITHMS:
        return
    stems = _stemmer(language).stemWords(words)
    yield from ((f"{language}:{stem}", word) for stem, word in zip(stems, words, strict=True))
    if language == RUSSIAN:
        yield from ((f"{RUSSIAN}:{word}", word) for word in words if word.endswith(_NAMES))
        pairs = zip(words, stems, strict=True)
        yield from ((f"{RUSSIAN}:{stem}н", word) for word, stem in pairs if word.startswith(f"{stem}н"))


def stems_and_sounds(words: Iterable[str], language: str) -> Iterator[tuple[str, str]]:
    """Yield what `stem_pairs` does, and for Russian also what each stem sounds like, marked by `~`."""
    for stem, word in stem_pairs(words, language):
        yield stem, word
        if language == RUSSIAN and (sound := _sound(stem)):
            yield sound, word


def stems_of(word: str, languages: Iterable[str]) -> list[str]:
    """Return the stems of a folded word in these languages."""
    return [stem for language in languages for stem, _ in stem_pairs([word], language)]


def sounds_of_stem(word: str) -> list[str]:
    """Return what the stem of a Russian word may sound like, marked by `~`, that sounds like `word`."""
    sound = key(word)
    return [f"~{sound.removesuffix(ending)}" for ending in _ENDINGS if sound.endswith(ending)]


def sounding_stems(word: str, languages: Sequence[str]) -> list[str]:
    """Return the stems of words in other scripts that sound, but for an ending, like a folded word.

    They are of Russian and of `languages`. Without the vowels, which Persian seldom writes, little is left to
    compare: only of words in other than Latin letters, which are not those of half the world.
    """
    letters = script(word)
    stems = sounds_of_stem(word) if letters == "latin" else []
    stems += _forms(word, languages, (TURKIC, MONGOLIC))
    return stems if letters == "latin" else [*stems, *_skeletons(word, languages)]


def loosely_sounding_stems(word: str, languages: Sequence[str]) -> list[str]:
    """Return the stems of words that may sound like one that is in no entry: those without their vowels."""
    short = _forms(word, languages, (PERSIAN,)) if script(word) != "latin" else _skeletons(word, languages)
    return [*short, *_forms(word, languages, (INDIC,))]


def _skeletons(word: str, languages: Sequence[str]) -> list[str]:
    """Return the consonants of a word and its forms, where they are enough to tell it from most others."""
    return [form for form in _forms(word, languages, (PERSIAN,)) if len(form) >= _SHORTEST_SKELETON]


def _forms(word: str, languages: Sequence[str], families: Sequence[str]) -> list[str]:
    own = [language for language in languages if FAMILIES.get(language) in families]
    if not own:
        return []
    from newsarchive.text.inflection import all_forms  # spares start-up

    return all_forms(word, own)


def sounds_of_nominative(word: str) -> list[str]:
    """Return the cross-script keys that a Russian word can have where it stands by itself."""
    sounds = {sound.removeprefix("~") for stem in stems_of(word, [RUSSIAN]) if (sound := _sound(stem))}
    return sorted(sound + ending for sound in sounds for ending in _ENDINGS)


def _sound(stem: str) -> str:
    """Return what a Russian stem sounds like; nothing for a short one."""
    sound = key(stem.removeprefix(f"{RUSSIAN}:"))
    return f"~{sound}" if len(sound) >= _SHORTEST_SOUND else ""


@functools.cache
def _stemmer(language: str) -> Stemmer:
    from Stemmer import Stemmer  # spares start-up: only search has stems

    # Its own cache is a list that it searches from end to end.
    return Stemmer(_ALGORITHMS[language], 0)
