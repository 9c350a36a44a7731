"""Plan to replace what a regular expression finds in one text field of many entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple

import regex

from newsarchive.changes import Change, changing, planned
from newsarchive.entry import Entry
from newsarchive.errors import BadOptionError, BadValueError
from newsarchive.intake import admit
from newsarchive.planning.editing import EXTRA, check_typed, field_named

_SECONDS: Final = 2.0
"""How long one text may take. An expression such as (a+)+$ would otherwise take longer than the archive lives."""

_TEXTS: Final = ("title", "summary", "body", "url", "source")
_FLAGS: Final = {"i": regex.IGNORECASE, "m": regex.MULTILINE, "s": regex.DOTALL, "x": regex.VERBOSE}


class Replacement(NamedTuple):
    r"""What to look for in which field, and what to put in its place, groups as `\1` or `\g<name>`."""

    field: str
    pattern: regex.Pattern[str]
    new: str

    def apply(self, text: str) -> str:
        """Return a text with everything replaced. Raises TimeoutError."""
        changed: str = self.pattern.sub(self.new, text, timeout=_SECONDS)
        return changed


def parse_replacement(field: str, text: str) -> Replacement:
    r"""Read `/a/b/` and its like: any delimiter, which `\` keeps from ending a part; i, m, s or x may follow.

    Raises BadOptionError for a field that is no text, what is not of this form, and a bad expression.
    """
    name = field_named(field, "--replace")
    if name not in _TEXTS and not name.startswith(EXTRA):
        where = "`newsarchive tags rename` renames tags" if name == "tags" else f"`--set {name}=…` sets it"
        raise BadOptionError(f"--replace {field}: it is not a text; {where}")
    parts = _parts(text)
    if parts is None or not set(parts[2]).issubset(_FLAGS):
        raise BadOptionError(
            f"--replace {field} {text[:60]!r}: write /OLD/NEW/, with any sign in place of /; i, m, s and x may follow"
        )
    old, new, flags = parts
    if not old:
        raise BadOptionError(f"--replace {field} {text[:60]!r}: there is nothing to look for")
    try:
        pattern = regex.compile(old, sum(_FLAGS[flag] for flag in set(flags)))
        pattern.sub(new, "")
        _check_groups(pattern, new)
    except (regex.error, IndexError) as error:
        raise BadOptionError(f"--replace {field} {text[:60]!r}: {error}") from None
    return Replacement(name, pattern, new)


def _check_groups(pattern: regex.Pattern[str], new: str) -> None:
    """Raise what the library raises for a group that is not there, which it notices only when something matches."""
    regex.compile(f"(?:{pattern.pattern})?", pattern.flags & ~regex.UNICODE).sub(new, "")


def _parts(text: str) -> tuple[str, str, str] | None:
    """Part `/a/b/i` at its first sign; None when there are not three of it."""
    if not text or text[0].isalnum() or text[0].isspace() or text[0] == "\\":
        return None
    delimiter, parts, place = text[0], [""], 1
    while place < len(text):
        if text[place] == "\\" and place + 1 < len(text):
            following = text[place + 1]
            parts[-1] += following if following == delimiter else f"\\{following}"
            place += 2
        elif text[place] == delimiter:
            parts.append("")
            place += 1
        else:
            parts[-1] += text[place]
            place += 1
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else None


def plan_replacement(entries: Sequence[Entry], replacement: Replacement, now: datetime) -> list[Change]:
    """Plan the replacement in each entry; those without a match are left out.

    Raises BadValueError, which names the entry, where the result is refused, such as a title that is left empty,
    and BadOptionError for an expression that takes too long.
    """
    return planned([_changed(entry, replacement, now) for entry in entries])


def _changed(entry: Entry, replacement: Replacement, now: datetime) -> Change | None:
    text = _text(entry, replacement.field)
    if text is None:
        return None
    try:
        new = replacement.apply(text)
        if new == text:
            return None
        after, _ = admit(_with_text(entry, replacement.field, new))
        check_typed(after, entry)
    except TimeoutError:
        raise BadOptionError(
            f"--replace {replacement.field}: the expression takes too long on entry {entry.id}; "
            "make what repeats in it simpler"
        ) from None
    except BadValueError as error:
        raise BadValueError(f"entry {entry.id}, {error.field}", error.reason) from None
    return changing(entry, after, now)


def _text(entry: Entry, field: str) -> str | None:
    value = entry.extra.get(field.removeprefix(EXTRA)) if field.startswith(EXTRA) else getattr(entry, field)
    return value if isinstance(value, str) else None


def _with_text(entry: Entry, field: str, text: str) -> Entry:
    if field.startswith(EXTRA):
        return replace(entry, extra={**entry.extra, field.removeprefix(EXTRA): text})
    fields: dict[str, str | None] = {field: text if field == "title" else text or None}
    return replace(entry, **fields)  # type: ignore[arg-type]
