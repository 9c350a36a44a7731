"""What was probably meant by a command line that is wrong or found nothing, and how to write that."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from shlex import join, quote
from typing import TYPE_CHECKING, Final

from newsarchive.cli.options import SelectionFlags
from newsarchive.errors import BadDateError
from newsarchive.text.codes import SPOKEN

if TYPE_CHECKING:
    from newsarchive.dates.partial import PartialDate

_FIELDS: Final = {
    "title": "title",
    "headline": "title",
    "date": "date",
    "summary": "summary",
    "body": "body",
    "text": "body",
    "content": "body",
    "url": "url",
    "link": "url",
    "source": "source",
    "lang": "languages",
    "language": "languages",
    "languages": "languages",
    "tag": "tags",
    "tags": "tags",
    "keyword": "tags",
    "keywords": "tags",
}
"""The field of an entry that somebody means by a name, whatever the command calls it."""

_TERMS: Final = {"languages": "lang", "tags": "tag"}
"""What the selection language calls a field, where it is not the field's own name."""

_ADDING: Final = {"languages": "lang", "tags": "tag"}
"""What the options of `add` are called, where they are not called like the field."""

_QUOTED: Final = r'(?<![^\s"])\S*"[^"]*"'
_LONGEST_DATE: Final = 4  # words, as in «17 февраля 2024 года»


# --- options ----------------------------------------------------------------------------------------------


def instead_of(option: str, command: str, asks_for: str, arguments: Sequence[str]) -> str:
    """Say how a command does what an option that it lacks would do in others; empty when there is no way.

    `asks_for` is what the command's help shows for its words, `arguments` is the whole command line.
    """
    field = _FIELDS.get(option.removeprefix("--"))
    if field is None:
        return ""
    value = _value_of(option, arguments)
    if command == "edit":
        return f"write --set {quote(f'{field}={value}') if value else f'{field}=VALUE'}"
    if command == "import":
        if field == "tags":
            return f"`newsarchive tag +{value or 'TAG'} added:today` tags what was brought in today"
        return f"`newsarchive edit added:today --set {field}={quote(value) if value else 'VALUE'}` sets it"
    if command == "add":
        name = _ADDING.get(field, field)
        return "" if field == "source" or f"--{name}" == option else f"did you mean --{name}?"
    if "QUERY" in asks_for:
        return f"write {quote(_term(field, value))}" if value else f"write {_TERMS.get(field, field)}:…"
    return ""


def _value_of(option: str, arguments: Sequence[str]) -> str:
    """Return the value that an option was given on the command line; empty when it was given none."""
    for place, word in enumerate(arguments):
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
        if word == option:
            value = "".join(arguments[place + 1 : place + 2])
            return "" if value.startswith("--") else value
    return ""


def _term(field: str, value: str) -> str:
    value = value.replace('"', "")
    return f'{_TERMS.get(field, field)}:"{value}"' if " " in value else f"{_TERMS.get(field, field)}:{value}"


# --- selections that select nothing -----------------------------------------------------------------------


def on_writing(command: str, flags: SelectionFlags, today: date) -> Iterator[str]:
    """Say what else may have been meant by a selection that a writing command found nothing for."""
    yield from list(_options_that_select(command, flags)) or on_reading(flags, today)


def assignments(command: str, words: Sequence[str]) -> Iterator[str]:
    """Say how `edit 1 date=2020` is written."""
    for word in words if command == "edit" else ():
        field, equals, value = word.partition("=")
        if equals and field in _FIELDS:
            yield f"to change the field write --set {quote(f'{_FIELDS[field]}={value}')}"


def _options_that_select(command: str, flags: SelectionFlags) -> Iterator[str]:
    """Say what changes a tag or a language, which the options of these names do not."""
    words = " ".join(quote(word) for word in flags.words) or "QUERY"
    ids = re.sub(r"^(?=[\d,.-]+$)", "id:", words) if command in ("edit", "remove") else words
    tags, languages = ",".join(flags.tags), ",".join(flags.languages)
    if tags and command == "remove":
        yield f"--tag selects entries; `newsarchive tag -{tags} {ids}` takes the tag off"
    elif tags:
        yield f"--tag selects entries; `newsarchive tag +{tags} {ids}` adds the tag"
    if languages and command in ("edit", "tag"):
        yield f"--lang selects entries; `newsarchive edit {ids} --set languages={languages}` changes the language"


def on_reading(flags: SelectionFlags, today: date, *, offers_search: bool = True) -> Iterator[str]:
    """Say what else may have been meant by a query that nothing matched."""
    advice = [*_words_meant(flags.words, today), *_languages_meant(flags)]
    yield from advice
    if offers_search and not advice and _has_bare_word(flags.words):
        yield f"`newsarchive search {join(flags.words)}` looks in spite of spelling"


def _words_meant(words: Sequence[str], today: date) -> Iterator[str]:
    """Say what dates and short options are read as."""
    if hint := date_hint(words, today):
        yield hint
    for word in words:
        if re.fullmatch(r"-\w", word):
            yield f"{word} leaves out entries with the word {word[1:]}: options are spelt out, as in --limit"


def _languages_meant(flags: SelectionFlags) -> Iterator[str]:
    """Say which language is spoken in a country whose code was given for one."""
    terms = re.findall(r"(?i)(?<!\S)(?:lang|language|languages):(\w\w)(?!\S)", " ".join(flags.words))
    for code in dict.fromkeys(code.lower() for code in (*terms, *flags.languages)):
        if code in SPOKEN:
            yield f"{code} is a country's code; its language is lang:{SPOKEN[code]}"


def _has_bare_word(words: Sequence[str]) -> bool:
    """Whether one of the words is such that `search` is free to read it otherwise."""
    text = re.sub(_QUOTED, " ", " ".join(words))
    return any(re.match(r"[^\W\d_]", word) and ":" not in word for word in text.split())


# --- dates among the words --------------------------------------------------------------------------------


def date_hint(words: Sequence[str], today: date) -> str:
    """Say how the first date among these words is asked for as one; empty when there is none."""
    found = date_among(words, today)
    return found[1] if found else ""


def date_among(words: Sequence[str], today: date) -> tuple[str, str] | None:
    """Return the first date among these words as it is typed, and how it is asked for as one."""
    bare = re.sub(_QUOTED, " ", " ".join(words))
    tokens = [token for token in bare.split() if ":" not in token]
    for size in range(_LONGEST_DATE, 0, -1):
        for start in range(len(tokens) - size + 1):
            text = " ".join(tokens[start : start + size])
            if hint := _asked_for(text, today):
                return text, hint
    return None


def _asked_for(text: str, today: date) -> str:
    if years := re.fullmatch(r"((?:19|20)\d\d)[-–—]((?:19|20)\d\d)", text):
        return f"date:{years[1]}..{years[2]} are the years"
    if not re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text):
        return ""
    found = _date(text, today)
    if found is None:
        return ""
    return f"date:{found if ' ' in text else text} is the {found.precision}"


def _date(text: str, today: date) -> PartialDate | None:
    from newsarchive.dates.parsing import parse_date  # spares start-up: few words look like a date

    with contextlib.suppress(BadDateError):
        return parse_date(text, today=today)
    return None
