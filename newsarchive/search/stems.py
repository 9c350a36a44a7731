"""Snowball stems of folded words, by script and language."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from newsarchive.text.script import script

if TYPE_CHECKING:
    from Stemmer import Stemmer

_ALGORITHMS: Final = {"en": "english", "es": "spanish", "fr": "french", "ru": "russian"}
ENGLISH: Final = "en"
LATIN: Final = (ENGLISH, "es", "fr")


def latin_languages(languages: Iterable[str]) -> tuple[str, ...]:
    """Return the languages that stem the Latin words of an entry in `languages`, English if none does."""
    bases = {language.partition("-")[0] for language in languages}
    return tuple(code for code in LATIN if code in bases) or (ENGLISH,)


def stemming_languages(word: str, latin: Sequence[str]) -> Sequence[str]:
    """Return the languages that stem `word`: Russian for Cyrillic letters, `latin` for Latin ones."""
    if word.isascii():
        return () if word.isdigit() else latin
    return {"latin": latin, "cyrillic": ("ru",)}.get(script(word), ())


def stems(words: Sequence[str], language: str) -> list[str]:
    """Return the stem of each folded word; it carries its language (`en:leopard`), so that two never mix."""
    return [f"{language}:{stem}" for stem in _stemmer(language).stemWords(words)]


@functools.cache
def _stemmer(language: str) -> Stemmer:
    from Stemmer import Stemmer  # spares start-up: only search has stems

    # Its own cache is a list that it searches from end to end.
    return Stemmer(_ALGORITHMS[language], 0)
