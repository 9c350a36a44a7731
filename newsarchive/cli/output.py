"""Entries to stdout in the form that was asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from newsarchive.cli.options import MACHINE, TABLE, ReadingFlags, selection
from newsarchive.cli.selecting import described
from newsarchive.cli.session import Session
from newsarchive.entry import FIELDS
from newsarchive.errors import BadOptionError
from newsarchive.render.words import counted

IDS: Final = "ids"
TERMINAL_ROWS: Final = 50


def chosen_format(flags: ReadingFlags) -> str:
    """Return the name of the format; raises BadOptionError for an unknown one."""
    name = flags.format or TABLE
    if name not in (TABLE, IDS, *MACHINE):
        raise BadOptionError(f"--format {name!r} is unknown; choose table, ids, {', '.join(MACHINE)}")
    return name


def named_fields(text: str) -> tuple[str, ...]:
    """Return the fields that are named, in the order in which they are. Raises BadOptionError."""
    named = [name for part in re.split("[,;]", text) if (name := part.strip().lower())]
    unknown = [name for name in named if name not in FIELDS]
    if unknown or not named:
        wrong = f"there is no {', '.join(map(repr, unknown))}" if unknown else "no field is named"
        raise BadOptionError(f"--fields: {wrong}; the fields are {', '.join(FIELDS)}")
    return tuple(dict.fromkeys(named))


def in_contract_order(fields: Sequence[str]) -> tuple[str, ...]:
    """Return the fields in the order that machine formats have."""
    return tuple(name for name in FIELDS if name in fields)


def default_limit(session: Session, flags: ReadingFlags) -> int:
    """Return how many entries `list` shows unless told: a screenful to a person, all to a program."""
    return TERMINAL_ROWS if session.streams.out_is_terminal and chosen_format(flags) == TABLE else 0


def emit(
    session: Session,
    name: str,
    ids: Sequence[int],
    rows: Callable[[], Iterable[Mapping[str, Any]]],
    table: Callable[[], None],
    *,
    columns: Sequence[str] = FIELDS,
) -> None:
    """Write entries to stdout as a table, as ids, or by the writer of a machine format.

    `columns` are the keys of the rows, for formats that name them although there is no row.
    """
    if name == TABLE:
        table()
    elif name == IDS:
        session.streams.write("".join(f"{entry_id}\n" for entry_id in ids))
    else:
        write_rows(session, name, rows(), columns)


def write_rows(
    session: Session, name: str, rows: Iterable[Mapping[str, Any]], columns: Sequence[str]
) -> None:
    """Write rows with these keys to stdout by the writer of a machine format."""
    from newsarchive.formats.base import WriterOptions  # spares start-up
    from newsarchive.formats.registry import writer

    # Otherwise only these need the names, where there is no row; choosing fields costs time in each row.
    is_part = set(columns) < set(FIELDS)
    options = WriterOptions(fields=tuple(columns)) if is_part or name in ("csv", "tsv") else None
    with session.streams.data() as out:
        writer(name, options).write(rows, out)


def say_count(
    session: Session, shown: int, total: int, *, offset: int = 0, offers_search: bool = True
) -> None:
    """Say on stderr when the list was cut or is empty; a person also hears the plain count.

    `search` itself, where nothing is left to try, does not offer it.
    """
    flags = session.flags(selection)
    asked = described(flags)
    if not total and asked:
        from newsarchive.cli.advice import on_reading  # spares start-up: mostly something matches

        advice = on_reading(flags, session.today, offers_search=offers_search)
        session.streams.say("; ".join([f"nothing matches {asked!r}", *advice]))
    elif not total:
        session.streams.say("the archive is empty")
    elif shown < total:
        session.streams.say(cut(shown, counted(total, "entry"), offset))
    elif session.streams.out_is_terminal:
        session.streams.say(counted(total, "entry"))


def cut(shown: int, total: str, offset: int) -> str:
    """Say how much of the total, as in "7 entries", was shown."""
    rest = f", the first {offset:,} left out" if offset else "; --limit 0 shows all"
    return f"{shown:,} of {total}{rest}"
