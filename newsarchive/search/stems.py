"""Snowball stems of folded words, by script and language."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from newsarchive.text.key import key
from newsarchive.text.script import script

if TYPE_CHECKING:
    from Stemmer import Stemmer

_ALGORITHMS: Final = {"en": "english", "es": "spanish", "fr": "french", "ru": "russian"}
ENGLISH: Final = "en"
RUSSIAN: Final = "ru"
LATIN: Final = (ENGLISH, "es", "fr")

COMPOUNDING: Final = frozenset(
    {"da", "de", "fi", "nb", "nl", "nn", "no", "sv"}
    | {"az", "ba", "kaa", "kk", "ky", "tk", "tr", "tt", "ug", "uz"}
)
"""Languages that write compounds as one word: Germanic ones and Finnish, and the Turkic ones."""

_ENDINGS: Final = ("", "i", "a", "ia")
"""What a Russian word sounds like behind its stem when it stands by itself: Межнев, Пржевальский, сайга, Мария."""

_NAMES: Final = ("ов", "ев", "ав")
_SHORTEST_SOUND: Final = 4
"""Stems of fewer letters sound alike by chance."""


def latin_languages(languages: Iterable[str]) -> tuple[str, ...]:
    """Return the languages that stem the Latin words of an entry in `languages`, English if none does."""
    bases = {language.partition("-")[0] for language in languages}
    return tuple(code for code in LATIN if code in bases) or (ENGLISH,)


def may_compound(languages: Iterable[str]) -> bool:
    """Whether an entry in `languages` may have compounds: in one of COMPOUNDING, or in none that is known."""
    bases = {language.partition("-")[0].lower() for language in languages}
    return not bases or not COMPOUNDING.isdisjoint(bases)


def stemming_languages(word: str, latin: Sequence[str]) -> Sequence[str]:
    """Return the languages that stem `word`: Russian for Cyrillic letters, `latin` for Latin ones."""
    if word.isascii():
        return () if word.isdigit() else latin
    return {"latin": latin, "cyrillic": (RUSSIAN,)}.get(script(word), ())


def stem_pairs(words: Iterable[str], language: str) -> Iterator[tuple[str, str]]:
    """Yield the stems of folded words, each with its word.

    A stem carries its language (`en:leopard`), so that two never mix. A Russian name in the nominative is a
    stem by itself as well: Snowball takes Иванов for a form of Иван, and Иванова for one of Иванов.
    """
    words = list(words)
    stems = _stemmer(language).stemWords(words)
    yield from ((f"{language}:{stem}", word) for stem, word in zip(stems, words, strict=True))
    if language == RUSSIAN:
        yield from ((f"{RUSSIAN}:{word}", word) for word in words if word.endswith(_NAMES))


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
