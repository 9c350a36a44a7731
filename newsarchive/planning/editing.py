"""Plan edits: fields set one by one, or entries as front-matter documents in one buffer."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import accumulate, pairwise
from typing import Any, Final, NamedTuple

from newsarchive.changes import Change, by_id, changing, planned
from newsarchive.dates.parsing import parse_date
from newsarchive.entry import Entry, plain_form, with_fields
from newsarchive.errors import BadOptionError, BadValueError, UsageError
from newsarchive.intake import admit, split_tags
from newsarchive.query.spelling import did_you_mean
from newsarchive.text.codes import SPOKEN, is_language

SETTABLE: Final = ("title", "date", "summary", "body", "url", "source", "languages", "tags")
"""The fields that can be set; `extra.name` sets one of the others."""

_ALIASES: Final = {"lang": "languages", "language": "languages", "tag": "tags"}
_LISTS: Final = ("languages", "tags")
EXTRA: Final = "extra."
_KEPT: Final = ("id", "added", "modified")
"""What an edit cannot change, and what is not shown in the buffer."""


# --- fields one by one ------------------------------------------------------------------------------------


def parse_assignments(sets: Sequence[str], unsets: Sequence[str], *, today: date) -> dict[str, Any]:
    """Return the JSON value that each named field shall have, None for none.

    Raises BadOptionError for an unknown field or a missing `=`, and what the value's own rules raise.
    """
    assignments: dict[str, Any] = {}
    for text in sets:
        name, equals, value = text.partition("=")
        if not equals:
            raise BadOptionError(f"--set {text!r}: write FIELD=VALUE")
        field = field_named(name, "--set")
        assignments[field] = _value(field, value, today)
    for name in unsets:
        field = field_named(name, "--unset")
        if field == "title":
            raise BadOptionError("--unset title: an entry needs a title")
        assignments[field] = None
    return assignments


def field_named(name: str, option: str) -> str:
    """Return the field, or `extra.NAME`, that a name stands for. Raises BadOptionError naming the option."""
    field = name.strip().casefold()
    field = _ALIASES.get(field, field)
    if field in SETTABLE:
        return field
    if field.startswith(EXTRA) and len(field) > len(EXTRA):
        return name.strip()
    meant = did_you_mean(field, SETTABLE)
    hint = f"did you mean {meant!r}?" if meant else f"there are {', '.join(SETTABLE)} and extra.NAME"
    raise BadOptionError(f"{option} {name[:40]!r}: no field has this name; {hint}")


def _value(field: str, text: str, today: date) -> Any:
    if field in _LISTS:
        return split_tags(text)
    if field == "date":
        return str(parse_date(text, today=today)) if text.strip() else None
    return text if field == "title" else text or None


def plan_assignments(
    entries: Sequence[Entry], assignments: Mapping[str, Any], now: datetime
) -> tuple[list[Change], tuple[str, ...]]:
    """Plan the assignments on each entry; return the changes and the warnings of taking the values in.

    Raises BadValueError or BadTagError for a value that is refused.
    """
    changes: list[Change | None] = []
    warnings: list[str] = []
    for entry in entries:
        after, notes = admit(_assigned(entry, assignments))
        check_typed(after, entry)
        changes.append(changing(entry, after, now))
        warnings += notes
    return planned(changes), tuple(dict.fromkeys(warnings))


def _assigned(entry: Entry, assignments: Mapping[str, Any]) -> Entry:
    fields = {name: value for name, value in assignments.items() if not name.startswith(EXTRA)}
    fields |= {name: [] for name in _LISTS if name in fields and fields[name] is None}
    extra = dict(entry.extra)
    for name, value in assignments.items():
        if name.startswith(EXTRA):
            extra[name.removeprefix(EXTRA)] = value
    extra = {name: value for name, value in extra.items() if f"{EXTRA}{name}" not in assignments or value}
    return replace(with_fields(entry, fields), extra=extra)


# --- what a person types ----------------------------------------------------------------------------------


def check_typed(entry: Entry, before: Entry | None = None) -> None:
    """Refuse what is new in an entry and of no use, though an import lets it pass as others wrote it.

    Raises BadValueError for a language that cannot be asked for and for an address that cannot be opened.
    """
    for code in entry.languages:
        if not _can_be_code(code) and not (before and code in before.languages):
            raise BadValueError("languages", f"{code!r} is not a code; {_meant_code(code)}")
    url = entry.url or ""
    if url and not re.match("(?i)(?:https?://|mailto:).", url) and not (before and url == before.url):
        hint = f"did you mean https://{url}?" if "." in url else "it begins with https://, http:// or mailto:"
        raise BadValueError("url", f"{url[:80]!r} is not an address; {hint}")


def _can_be_code(code: str) -> bool:
    """Whether a code may be that of a language: of two letters all are known, of three letters not.

    One letter begins what is of private use (`x-…`), or older than the rules of BCP 47 (`i-…`).
    """
    primary = code.partition("-")[0]
    return len(primary) in (1, 3) or primary in _WITHOUT_SCRIPT or is_language(primary)


_WITHOUT_SCRIPT: Final = frozenset({"bh", "sh", "tw"})
"""The codes of ISO 639-1 of which CLDR says no script: Twi, and two that are withdrawn."""


def _meant_code(name: str) -> str:
    from newsarchive.formats.reading.values import language_code  # spares start-up: only for a refusal

    meant = SPOKEN.get(name.partition("-")[0]) or language_code(name)
    return f"did you mean {meant}?" if meant else "write one such as en, pt-BR or zh-Hant"


# --- a buffer of documents --------------------------------------------------------------------------------


class Buffer(NamedTuple):
    """Entries as one text: before each document a line of `mark` and the entry's id."""

    text: str
    mark: str


def buffer_of(entries: Sequence[Entry]) -> Buffer:
    """Write the entries for an editor, without the fields that cannot be changed."""
    from newsarchive.formats.writing.markdown import document  # spares start-up: PyYAML

    hidden = dict.fromkeys(_KEPT)
    documents = [document(plain_form(entry) | hidden) for entry in entries]
    mark = "==="
    while any(re.search(rf"^{mark} entry ", text, re.MULTILINE) for text in documents):
        mark += "="
    parts = (
        f"{mark} entry {entry.id} {mark}\n{text}" for entry, text in zip(entries, documents, strict=True)
    )
    return Buffer("\n".join(parts), mark)


def plan_buffer(
    buffer: Buffer, text: str, entries: Sequence[Entry], now: datetime, is_there: Callable[[int], bool]
) -> tuple[list[Change], tuple[str, ...]]:
    """Plan what a user made of a buffer; an entry whose document is gone stays as it is.

    `is_there` tells the ids that an entry can be related to. Raises BadValueError with the line in the buffer of
    the first thing that is wrong.
    """
    known = by_id(entries)
    changes: list[Change | None] = []
    warnings: list[str] = []
    seen: set[int] = set()
    written = {entry_id: document for entry_id, _, document in _documents(buffer, buffer.text)}
    for entry_id, line, document in _documents(buffer, text):
        if entry_id not in known:
            raise BadValueError(f"line {line}", f"entry {entry_id} is not one of those being edited")
        if entry_id in seen:
            raise BadValueError(f"line {line}", f"entry {entry_id} is there twice")
        seen.add(entry_id)
        if document.strip() == written[entry_id].strip():
            continue
        after, notes = _edited(known[entry_id], document, line, is_there)
        changes.append(changing(known[entry_id], after, now))
        warnings += notes
    return planned(changes), tuple(warnings)


def _documents(buffer: Buffer, text: str) -> list[tuple[int, int, str]]:
    """Return the id, the line of the mark and the text of each document."""
    marks = list(re.finditer(rf"^{buffer.mark} entry (\d+) {buffer.mark}[ \t]*\n?", text, re.MULTILINE))
    before = text[: marks[0].start()] if marks else text
    if before.strip():
        raise BadValueError(
            "line 1", f"the text must begin with a line `{buffer.mark} entry ID {buffer.mark}`"
        )
    starts = [mark.start() for mark in marks]
    ends = [*starts[1:], len(text)]
    steps = (text.count("\n", place, start) for place, start in pairwise([0, *starts]))
    lines = accumulate(steps, initial=1)
    next(lines)
    return [
        (int(mark[1]), line, text[mark.end() : end])
        for mark, line, end in zip(marks, lines, ends if marks else (), strict=True)
    ]


def _edited(
    before: Entry, document: str, line: int, is_there: Callable[[int], bool]
) -> tuple[Entry, tuple[str, ...]]:
    """Read one document as the entry it was made from."""
    from newsarchive.planning.relations import check_new_ties  # spares start-up: only for what was typed

    entry, notes = read_entry(document.encode(), lines_before=line, known=before.extra)
    kept = {name: getattr(before, name) for name in _KEPT}
    try:
        after, warnings = admit(replace(entry, **kept))
        check_typed(after, before)
        check_new_ties(after, before, is_there)
        return after, tuple(f"entry {before.id}: {note}" for note in (*notes, *warnings))
    except UsageError as error:
        raise BadValueError(f"line {line}", f"entry {before.id}: {error}") from error


def read_entry(
    document: bytes, *, lines_before: int = 0, known: Collection[str] | None = None
) -> tuple[Entry, tuple[str, ...]]:
    """Read one front-matter document, as the import does, without an id; return notes on it, too.

    With `known`, the names of other fields that it had before, it may have no new one that misspells a
    field. Raises BadValueError with the line of what is wrong with it, `lines_before` added.
    """
    from newsarchive.formats.base import Fault, Hints, Item, Source  # spares start-up: PyYAML
    from newsarchive.formats.reading.dating import WITH_ORDER
    from newsarchive.formats.registry import reader

    for found in reader("markdown").read(Source("-", document, hints=Hints(typed=True))):
        if isinstance(found, Fault):
            within = re.search(r":(\d+)$", found.place)
            line = lines_before + (int(within[1]) if within else 1)
            raise BadValueError(f"line {line}", found.reason.removesuffix(WITH_ORDER))
        if isinstance(found, Item):
            if known is not None:
                _check_names(
                    document, [name for name in found.entry.extra if name not in known], lines_before
                )
            return replace(found.entry, id=None), tuple(_lower(note, lines_before) for note in found.notes)
    raise BadValueError(f"line {lines_before + 1}", "there is no document")


def _lower(note: str, lines: int) -> str:
    """Count the lines above the document as well in a note that begins with the line of what it is about."""
    return re.sub(r"^line (\d+):", lambda found: f"line {int(found[1]) + lines}:", note)


def _check_names(document: bytes, names: Sequence[str], lines_before: int) -> None:
    """Refuse a name that misspells a field: its value would leave the field without a word."""
    text = document.decode()
    for name in names:
        if meant := did_you_mean(name.casefold(), SETTABLE):
            found = re.search(rf"""^[ ]*["']?{re.escape(name)}["']?[ \t]*[:=]""", text, re.MULTILINE)
            line = lines_before + (text.count("\n", 0, found.start()) if found else 0) + 1
            raise BadValueError(f"line {line}", f"no field is called {name!r}; did you mean {meant!r}?")
