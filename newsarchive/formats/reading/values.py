"""What other programs put into the fields of an entry, made into what an archive holds there."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any, Final

from newsarchive.entry import FIELDS
from newsarchive.errors import BadValueError
from newsarchive.formats.base import DateOrder
from newsarchive.formats.reading.dating import date_of_number, number_in, read_date
from newsarchive.formats.reading.markup import decoded, plain_text
from newsarchive.intake import normalise_language, split_tags
from newsarchive.text.codes import is_language
from newsarchive.text.fold import fold

_INSIDE: Final = (
    *("processed", "rendered", "value", "#text", "_text", "@value", "text"),
    *("name", "label", "title", "term", "href", "url", "uri", "code"),
)
"""Where an object keeps the text that it stands for: Drupal, WordPress, JSON-LD, XML made JSON."""

_LANGUAGES: Final = {
    "english": "en",
    "anglais": "en",
    "ingles": "en",
    "английскии": "en",
    "английский": "en",
    "russian": "ru",
    "russe": "ru",
    "ruso": "ru",
    "русский": "ru",
    "french": "fr",
    "francais": "fr",
    "frances": "fr",
    "французский": "fr",
    "spanish": "es",
    "espagnol": "es",
    "espanol": "es",
    "испанский": "es",
}
_NO_LANGUAGE: Final = frozenset({"und", "zxx", "mul", "default", "neutral", "not specified"})

_TAG: Final = r"""
    </?(?:p|br|div|span|a|b|i|u|em|strong|small|ul|ol|li|dl|dt|dd|h[1-6]|hr|img|figure|figcaption|table|thead
        |tbody|tr|td|th|blockquote|q|cite|sup|sub|section|article|header|footer|font|center|abbr|time|iframe
    )(?:\s[^<>]*|/)?>
"""
_ENTITY: Final = r"""
    &(?:amp|lt|gt|quot|apos|nbsp|shy|copy|reg|deg|[lr][sd]?quo|[lr]aquo|[mn]dash|hellip|middot
        |[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|ring|slash)|(?:sz|ae|AE|oe|OE)lig
        |\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6});
"""


def adapted(
    values: Mapping[str, Any], order: DateOrder | None, *, is_document: bool
) -> tuple[dict[str, Any], list[str]]:
    """Return the values of a record from elsewhere as an entry has them, and notes on what did not fit.

    The texts of a document are no HTML. Raises BadDateError, and BadValueError for a date that does not fit the
    order.
    """
    fitting = dict(values)
    for name in _SINGLE:
        value = fitting.get(name)
        if value is not None and not isinstance(value, str):
            value = fitting[name] = inner(value)
        if isinstance(value, str) and name in _TEXTS and not is_document:
            fitting[name] = without_markup(value)
    if "date" in fitting:
        fitting["date"] = _iso(inner(fitting["date"]), order)
    if isinstance(extra := fitting.get("extra"), dict):
        fitting["extra"] = {f"source_{key}" if key in FIELDS else key: held for key, held in extra.items()}
    notes = []
    for name, split, what in (("tags", _tags, "a tag"), ("languages", _languages, "a code of a language")):
        if name in fitting:
            fitting[name], others = split(fitting[name])
            if others:
                fitting[f"source_{name}"] = others
                notes.append(f"{name}: {others[0]!r:.40} is not {what}; it is kept as source_{name}")
    return fitting, notes


_TEXTS: Final = ("title", "summary", "body")
_SINGLE: Final = (*_TEXTS, "url", "source")


def inner(value: Any) -> Any:
    """Return the text or number that an object, or a list of one object, stands for; else the value."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        value = value[0]
    if not isinstance(value, dict):
        return value
    found = (value[key] for key in _INSIDE if isinstance(value.get(key), str | int | float))
    return next(found, value)


def date_text(value: Any) -> str:
    """Return the text in which a date is written, empty for what is no text."""
    text = inner(value)
    return text if isinstance(text, str) else ""


def _iso(value: Any, order: DateOrder | None) -> Any:
    if isinstance(value, str) and value.strip():
        return _iso_of_text(value, order)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(date_of_number(value))
    return None if value == "" else value


@functools.lru_cache(maxsize=1 << 12)
def _iso_of_text(text: str, order: DateOrder | None) -> str:
    number = number_in(text.strip())
    return str(read_date(text, order) if number is None else date_of_number(number))


# --- text -------------------------------------------------------------------------------------------------


def without_markup(text: str) -> str:
    """Return the words of a text that holds HTML, and any other text as it is."""
    if "<" in text and _tags_of_html().search(text):
        return plain_text(text) or text
    return decoded(text) if "&" in text and _entities().search(text) else text


@functools.cache
def _tags_of_html() -> re.Pattern[str]:
    return re.compile(_TAG, re.VERBOSE | re.IGNORECASE)


@functools.cache
def _entities() -> re.Pattern[str]:
    return re.compile(_ENTITY, re.VERBOSE)


# --- lists ------------------------------------------------------------------------------------------------


def _tags(value: Any) -> tuple[list[str], list[Any]]:
    """Return tags, which commas and semicolons part, and what is no text, such as the number of a term."""
    tags: list[str] = []
    others: list[Any] = []
    for part in _parts(value):
        if isinstance(part, str):
            tags += _tags_in(part) if len(part) <= _SHORT else split_tags(without_markup(part))
        else:
            others.append(part)
    return tags, others


_SHORT: Final = 200
"""Characters of what is likely to come again and worth to be remembered."""


@functools.lru_cache(maxsize=1 << 12)
def _tags_in(text: str) -> tuple[str, ...]:
    return tuple(split_tags(without_markup(text)))


def _languages(value: Any) -> tuple[list[str], list[Any]]:
    """Return codes of languages, and what is none."""
    codes: list[str] = []
    others: list[Any] = []
    for part in _parts(value):
        known, unknown = _languages_in(part) if isinstance(part, str) else ((), (part,))
        codes += known
        others += unknown if known or not unknown else (part,)
    return codes, others


@functools.lru_cache(maxsize=1 << 10)
def _languages_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes of the languages that a text names, and what in it names none."""
    found = [(part, language_code(part)) for part in re.split(r"[,;/|&+]", text)]
    return tuple(code for _, code in found if code), tuple(part for part, code in found if code is None)


def _parts(value: Any) -> list[Any]:
    """Return what a value is a list of, lists inside it opened."""
    if isinstance(value, list) and all(isinstance(part, str) and part for part in value):
        return value
    parts: list[Any] = []
    waiting = [value]
    while waiting:
        part = inner(waiting.pop())
        if isinstance(part, list):
            waiting.extend(reversed(part))
        elif part is not None and part != "":
            parts.append(part)
    return parts


@functools.lru_cache(maxsize=1 << 10)
def language_code(text: str) -> str | None:
    """Return the code of a language, empty for one that says nothing, None for what is none."""
    folded = fold(text).strip()
    if not folded or folded in _NO_LANGUAGE:
        return ""
    if folded in _LANGUAGES:
        return _LANGUAGES[folded]
    code = text.partition(".")[0].strip()  # en_US.UTF-8
    primary = re.split("[-_]", code)[0]
    # `Go` and `Lua` are languages, too, but none that a story is written in.
    if not is_language(primary) and not (len(primary) == 3 and not primary.istitle()):
        return None
    try:
        return normalise_language(code)
    except BadValueError:
        return None
