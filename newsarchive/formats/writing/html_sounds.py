"""What the page knows of endings, of marks on letters, and of ways to write a name: tables, and the rule in Python.

The script has the same rule in `sounds.js`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from newsarchive.text.endings import FAMILIES, PERSIAN, WRITTEN
from newsarchive.text.inflection import COARSER, MOST_ENDINGS, SHORTEST, all_forms, endings_of, forms
from newsarchive.text.key import key
from newsarchive.text.readings import (
    CYRILLIC,
    LATIN,
    MARKED,
    MARKED_LETTERS,
    SHORTEST_SPELLING,
    SLAVIC,
    SLAVIC_MARKS,
    SYSTEMS,
    other_keys,
    other_spellings,
)
from newsarchive.text.script import script


def own_languages(languages: Iterable[str]) -> list[str]:
    """Return those of the languages of an entry whose words are compared by their endings."""
    bases = {language.partition("-")[0] for language in languages}
    return [language for language in FAMILIES if language in bases]


def is_of(word: str, language: str) -> bool:
    """Whether a word in an entry in `language` may be of it, by its script."""
    return script(word) in WRITTEN[language]


class SoundTables:
    """The words of a page by the languages whose endings they may have."""

    def __init__(self, words_by_language: Mapping[str, Sequence[str]]) -> None:
        self.languages = sorted(words_by_language)
        self._by_form: dict[str, set[str]] = {}
        for language, words in words_by_language.items():
            for word in words:
                for form in forms(word, language):
                    self._by_form.setdefault(form, set()).add(word)

    def rules(self) -> dict[str, Any]:
        """Return the tables."""
        families = {FAMILIES[language] for language in self.languages}
        return {
            "inflection": {
                language: [FAMILIES[language], endings_of(language)] for language in self.languages
            },
            "coarser": {
                family: [[pattern, new.replace("\\1", "$1")] for pattern, new in COARSER[family]]
                for family in sorted(families)
            },
            "withoutVowels": PERSIAN,
            "mostEndings": MOST_ENDINGS,
            "shortestForm": SHORTEST,
            "marked": MARKED,
            "markedLetters": MARKED_LETTERS,
            "slavic": SLAVIC,
            "slavicMarks": SLAVIC_MARKS,
            "systems": SYSTEMS,
            "spelt": [CYRILLIC, [" ".join(table) for table in LATIN]],
            "shortestSpelling": SHORTEST_SPELLING,
        }

    def of_the_same_form(self, typed: str) -> set[str]:
        """Return the words that are another form of a word typed, for all that is known."""
        return set().union(*(self._by_form.get(form, ()) for form in all_forms(typed, self.languages)))


def is_written_otherwise(word: str, typed: str) -> bool:
    """Whether `word` is a name that was typed, in the letters of the other script and by another system."""
    if script(typed) == "latin":
        return all("\u0400" <= letter <= "\u052f" for letter in word) and key(word) in other_keys(typed)
    return word in other_spellings(typed)
