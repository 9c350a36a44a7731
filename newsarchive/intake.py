"""What every text from outside goes through before it becomes part of the archive."""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from newsarchive.entry import FIELDS, RELATION_KINDS, TEXT_FIELDS, Entry, Relation, same_value
from newsarchive.errors import BadTagError, BadValueError
from newsarchive.text.clean import clean_line, clean_text
from newsarchive.text.codes import canonical_language
from newsarchive.text.languages import languages
from newsarchive.text.tags import normal_tag

MAX_TITLE: Final = 500
MAX_TAG: Final = 100
MAX_TAGS: Final = 200
MAX_TEXT: Final = 1 << 20
"""Bytes of a summary, body, address or source, and of each text in `extra`, in UTF-8."""
MAX_DEPTH: Final = 32
MAX_INTEGER: Final = 2**53 - 1
"""Above it a number comes back changed from programs that read JSON numbers as doubles, jq among them."""
MAX_ID: Final = MAX_INTEGER - 1
"""The archive has to note the id that comes next."""
SCHEMES: Final = ("http", "https", "mailto")

_ENOUGH_TO_JUDGE: Final = 1 << 15
"""Characters of each text by which its languages are judged."""

_CLEANERS: Final = {
    "title": clean_line,
    "url": clean_line,
    "source": clean_line,
    "summary": clean_text,
    "body": clean_text,
}


def admit(entry: Entry) -> tuple[Entry, tuple[str, ...]]:
    """Return `entry` as the archive may hold it, and a sentence for each field that lost control characters.

    Tags and languages come back in their one spelling. Admitting what was admitted changes nothing.
    Raises BadValueError or BadTagError for what is over a limit or unfit to be stored; nothing is ever cut.
    """
    admitted, removed = _cleaned(entry)
    tags = tuple(map(normalise_tag, admitted.tags))
    codes = tuple(map(normalise_language, admitted.languages))
    if (tags, codes) != (admitted.tags, admitted.languages):
        admitted = replace(admitted, tags=tags, languages=codes)
    _check(admitted)
    return admitted, tuple(f"{name}: {_controls(count)} removed" for name, count in removed.items() if count)


def check_fit(entry: Entry) -> None:
    """Raise the BadValueError that `admit` would raise for anything but the entry's tags."""
    cleaned, _ = _cleaned(entry)
    for code in cleaned.languages:
        normalise_language(code)
    _check(cleaned, most_tags=len(cleaned.tags))


def _cleaned(entry: Entry) -> tuple[Entry, dict[str, int]]:
    """Return the entry without control characters, and how many of them each field lost."""
    cleaned, removed = _without_controls(entry)
    # Behind a character that went, a blank or a byte order mark may stand first now.
    while cleaned is not entry and (once_more := _without_controls(cleaned)[0]) != cleaned:
        cleaned = once_more
    return cleaned, removed


def judge_languages(entry: Entry) -> Entry:
    """Fill in the languages of an entry that names none, judged from the beginnings of its own texts."""
    if entry.languages:
        return entry
    texts = (entry.title, entry.summary, entry.body)
    judged = "\n".join(text[:_ENOUGH_TO_JUDGE] for text in texts if text)
    found = languages(judged)
    return replace(entry, languages=found) if found else entry


@functools.lru_cache(maxsize=1 << 10)
def normalise_language(text: str) -> str:
    """Return a BCP 47 code in its usual spelling: `en`, `pt-BR`, `zh-Hant`; `en_US` and `eng` are read too."""
    code = text.strip().replace("_", "-")
    if not re.fullmatch(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,7}", code):
        raise BadValueError("languages", f"{text[:40]!r} is not a code such as en, pt-BR or zh-Hant")
    language, *rest = canonical_language(code).split("-")
    spelling = {2: str.upper, 4: str.title}
    return "-".join([language, *(spelling.get(len(part), str.lower)(part) for part in rest)])


# --- tags -------------------------------------------------------------------------------------------------


def split_tags(text: str) -> list[str]:
    """Split at `,`, `;` and `|`, and leave out blanks around the parts and the empty ones."""
    return [tag for part in re.split("[,;|]", text) if (tag := part.strip())]


@functools.lru_cache(maxsize=1 << 12)
def normalise_tag(text: str) -> str:
    """Return `text` as tags are written: NFC, lower case, blanks inside as `-`.

    Raises BadTagError naming the character or the length that tags may not have.
    """
    tag = normal_tag(text)
    fault = _tag_fault(tag)
    if fault is not None:
        raise BadTagError(text, fault)
    return tag


@functools.lru_cache(maxsize=1 << 12)
def lenient_tag(text: str) -> tuple[str, bool]:
    """Return the tag of a foreign file with `-` for what tags may not hold, and whether there was such.

    The tag is empty when nothing is left, or it is too long.
    """
    tag = normal_tag(text)
    if _tag_fault(tag) is None:
        return tag, False
    tag = re.sub("-+", "-", "".join(c if _fits_a_tag(c) else "-" for c in tag))
    start = next((i for i, c in enumerate(tag) if c.isalnum()), len(tag))
    tag = tag[start:].rstrip("-_./")
    return (normal_tag(tag) if _tag_fault(tag) is None else ""), True


def _tag_fault(tag: str) -> str | None:
    if not tag:
        return "it is empty"
    if len(tag) > MAX_TAG:
        return f"it has {len(tag):,} characters; {MAX_TAG} are allowed"
    return _fault_inside(tag)


@functools.lru_cache(maxsize=1 << 12)
def _fault_inside(tag: str) -> str | None:
    unfit = next((c for c in tag if not _fits_a_tag(c)), None)
    if unfit is not None:
        return f"it holds {unfit!r}; tags are made of letters, digits, - _ . and /"
    if not tag[0].isalnum():
        return f"it begins with {tag[0]!r}; tags begin with a letter or digit"
    if tag[-1] in "-_./":
        return f"it ends with {tag[-1]!r}; tags end with a letter or digit"
    return None


def _fits_a_tag(character: str) -> bool:
    # Marks are part of the letters of Hindi, Thai and others, which Unicode does not compose.
    return character.isalnum() or character in "-_./" or unicodedata.category(character) in ("Mn", "Mc")


# --- limits -----------------------------------------------------------------------------------------------


def check_id(name: str, number: int | None) -> None:
    """Raise BadValueError for a number that cannot be an id; `name` is the field it stands in."""
    if number is not None and not 1 <= number <= MAX_ID:
        raise BadValueError(name, f"{number:,} is not an id: ids go from 1 to {MAX_ID:,}")


def _check(entry: Entry, most_tags: int = MAX_TAGS) -> None:
    if len(entry.title) > MAX_TITLE:
        raise BadValueError("title", f"has {len(entry.title):,} characters; {MAX_TITLE} are allowed")
    for name in TEXT_FIELDS:
        if (text := getattr(entry, name)) and len(text) > MAX_TEXT // 4:
            _check_size(name, text)
    if len(entry.tags) > most_tags:
        raise BadValueError("tags", f"are {len(entry.tags):,}; {MAX_TAGS} are allowed")
    for relation in entry.relations:
        _check_relation(relation)
    check_id("id", entry.id)
    _check_scheme(entry.url or "")
    if not entry.extra.keys().isdisjoint(FIELDS):
        raise BadValueError("extra", f"holds {min(entry.extra.keys() & FIELDS)!r}, a field of its own")


def _check_size(name: str, text: str) -> None:
    # No character takes more than four bytes, so most texts need not be encoded to be measured.
    if len(text) > MAX_TEXT // 4 and (size := len(text.encode(errors="replace"))) > MAX_TEXT:
        raise BadValueError(name, f"has {size:,} bytes; {MAX_TEXT:,} are allowed")


def _check_relation(relation: Relation) -> None:
    if relation.kind not in RELATION_KINDS:
        raise BadValueError("relations", f"{relation.kind[:40]!r} is none of {', '.join(RELATION_KINDS)}")
    check_id("relations", relation.id)


def _check_scheme(url: str) -> None:
    if url.startswith(("https://", "http://")):
        return
    scheme, colon, _ = re.split(r"[/?#]", url, maxsplit=1)[0].partition(":")
    if colon and scheme.lower() not in SCHEMES:
        raise BadValueError("url", f"{scheme[:40]!r} addresses are not taken, only {', '.join(SCHEMES)}")


# --- control characters -----------------------------------------------------------------------------------


def _without_controls(entry: Entry) -> tuple[Entry, dict[str, int]]:
    """Return the entry without them, and how many each field had."""
    cleaned: dict[str, Any] = {}
    removed: dict[str, int] = {}
    for name, cleaner in _CLEANERS.items():
        text = getattr(entry, name)
        if text and not text.isprintable():
            plain, removed[name] = cleaner(text, field=name)
            if plain != text:
                cleaned[name] = plain
    if entry.extra:
        plain, removed["extra"] = _plain(entry.extra, 1)
        if not same_value(plain, entry.extra):
            cleaned["extra"] = plain
    return replace(entry, **cleaned) if cleaned else entry, removed


def _plain(value: Any, depth: int) -> tuple[Any, int]:
    """Return a JSON value without control characters, and how many it had; refuse what JSON cannot hold."""
    if isinstance(value, str):
        _check_size("extra", value)
        return clean_text(value, field="extra")
    if not isinstance(value, Mapping | list | tuple):
        _check_plain(value)
        return value, 0
    if depth > MAX_DEPTH:
        raise BadValueError("extra", f"is nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, Mapping):
        return _plain_object(value, depth)
    return _unzipped(_plain(item, depth + 1) for item in value)


def _plain_object(values: Mapping[Any, Any], depth: int) -> tuple[dict[str, Any], int]:
    if not all(isinstance(name, str) for name in values):
        raise BadValueError("extra", "has a key that is not text")
    names, in_names = _unzipped(clean_text(name, field="extra") for name in values)
    contents, in_contents = _unzipped(_plain(value, depth + 1) for value in values.values())
    plain = dict(zip(names, contents, strict=True))
    if len(plain) < len(values):
        raise BadValueError("extra", "has keys that differ in nothing but control characters")
    return plain, in_names + in_contents


def _check_plain(value: object) -> None:
    if isinstance(value, int) and not -MAX_INTEGER <= value <= MAX_INTEGER:
        raise BadValueError(
            "extra", "holds a whole number of 2^53 or more, which other programs would change"
        )
    if isinstance(value, float) and not math.isfinite(value):
        raise BadValueError("extra", f"holds {value}, which JSON has no number for")
    if value is not None and not isinstance(value, int | float):
        raise BadValueError("extra", f"holds a {type(value).__name__}, which JSON has no form for")


def _unzipped(pairs: Iterable[tuple[Any, int]]) -> tuple[list[Any], int]:
    """Return the values of `pairs`, and the sum of their counts."""
    kept = list(pairs)
    return [value for value, _ in kept], sum(count for _, count in kept)


def _controls(count: int) -> str:
    return "1 control character" if count == 1 else f"{count:,} control characters"
