"""`newsarchive add`: one entry."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from newsarchive.changes import adding
from newsarchive.cli.command import shares
from newsarchive.cli.editor import edited
from newsarchive.cli.options import writing
from newsarchive.cli.session import Session, session_of
from newsarchive.cli.writing import carry_out, note_dates, note_new_tags
from newsarchive.config import expanded
from newsarchive.console import STDIN
from newsarchive.dates.parsing import parse_date
from newsarchive.disk import read_bytes
from newsarchive.entry import MUTUAL, Entry, Relation
from newsarchive.errors import BadOptionError, BadValueError, CannotReadError
from newsarchive.intake import MAX_TEXT, admit, judge_languages, normalise_tag, split_tags
from newsarchive.planning.editing import check_typed, read_entry
from newsarchive.text.visible import visible

EXAMPLES = (
    'newsarchive add --title "Saiga numbers recover" --date 2024-05-17 --tag saiga',
    'newsarchive add --title "День снежного барса" --date today --body story.txt',
    "newsarchive add - < story.md",
)

_TEMPLATE = """\
---
title:
date:
summary:
url:
tags:
---

"""

_MOST: Final = 4 * MAX_TEXT
"""Bytes of a document or a text; what it holds is measured when it is taken in."""

_Texts = list[str] | None


@shares(writing)
def run(
    context: typer.Context,
    document: Annotated[
        str | None, typer.Argument(metavar="[-]", help="- reads one front-matter document from stdin.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The headline.")] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="2021, 2021-01, 29 January 2021, today …")
    ] = None,
    summary: Annotated[str | None, typer.Option(metavar="TEXT", help="The first lines.")] = None,
    body: Annotated[
        str | None, typer.Option(metavar="FILE", help="The text, from a file; - reads stdin.")
    ] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="Where it was published.")] = None,
    lang: Annotated[
        _Texts,
        typer.Option("--lang", metavar="CODE", help="Its language; judged from the text unless given."),
    ] = None,
    tag: Annotated[_Texts, typer.Option("--tag", metavar="TAGS", help="Its tags.")] = None,
) -> None:
    """Add one entry and print its id.

    From options, from one front-matter document on stdin, or without either in $EDITOR. An entry has no
    date unless it is given.
    """
    session = session_of(context)
    given = {"title": title, "date": date, "summary": summary, "body": body, "url": url}
    if document not in (None, "-"):
        raise BadOptionError(f"add takes options, or - for a document on stdin, and not {document!r}")
    if document == "-":
        if any(value is not None for value in given.values()) or lang or tag:
            raise BadOptionError("the document on stdin says everything: leave out the other options")
        _add(session, _from_document(session, session.streams.read(_MOST), STDIN))
    elif any(value is not None for value in given.values()) or lang or tag:
        entry = Entry(
            title=title or "",
            date=parse_date(date, today=session.today) if date else None,
            summary=summary,
            body=None if body is None else _text_of(session, body),
            url=url,
            languages=tuple(code for text in lang or () for code in split_tags(text)),
            tags=tuple(normalise_tag(name) for text in tag or () for name in split_tags(text)),
        )
        _add(session, entry)
    elif session.streams.can_ask:
        with edited(session, _TEMPLATE, lambda text: _from_editor(session, text), of="add") as entry:
            _add(session, entry)
    else:
        raise BadOptionError("give at least --title, or - to read a document from stdin")


def _add(session: Session, entry: Entry) -> None:
    entry, warnings = admit(entry)
    check_typed(entry)
    for warning in warnings:
        session.streams.say(f"note: {warning}")
    relations, entry = entry.relations, replace(judge_languages(entry), relations=())
    _warn_of_duplicate(session, entry)
    note_new_tags(session, entry.tags)
    changes = [adding(entry, session.clock())]
    note_dates(session, changes)
    operation = carry_out(session, changes, session.flags(writing), done="Added 1 entry")
    number = str(operation.changes[0].id) if operation is not None else "ID"
    for relation in relations:
        _note_left_out(session, relation, number)
    if operation is not None:
        session.streams.write(f"{number}\n")


def _note_left_out(session: Session, relation: Relation, number: str) -> None:
    """Say that a relation was not taken over: in the archive of the document its id may be another story's."""
    way = f"; newsarchive relations add {number} {relation.id} --as {relation.kind}"
    told = f"its {relation.kind} {relation.id} is left out, as the id may be another archive's"
    session.streams.say(f"note: {told}{way if relation.kind in MUTUAL else ''}")


def _from_editor(session: Session, text: str) -> Entry:
    """Read the document, and refuse what would be refused later, while the editor can open again."""
    entry = _from_document(session, text.encode(), "the document", known=())
    check_typed(admit(entry)[0])
    return entry


def _from_document(
    session: Session, document: bytes, name: str, *, known: Collection[str] | None = None
) -> Entry:
    """Read the document unless it is empty or the template as it was given, and tell what was not plain.

    Raises BadValueError for what is wrong with it.
    """
    if document.strip() in (b"", _TEMPLATE.strip().encode()):
        raise BadValueError("title", "an entry needs a title; nothing was added")
    try:
        entry, notes = read_entry(document, known=known)
    except BadValueError as error:
        raise BadValueError(f"{name}, {error.field}", error.reason) from error
    for note in notes:
        session.streams.say(f"note: {note}")
    return entry


def _text_of(session: Session, name: str) -> str:
    """Read the body from a file or stdin."""
    path: Path | str = STDIN if name == "-" else session.folder / expanded(name)
    data = session.streams.read(_MOST) if isinstance(path, str) else read_bytes(path, most=_MOST)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotReadError(path, f"it is not UTF-8: byte 0x{data[error.start]:02x}") from error


def _warn_of_duplicate(session: Session, entry: Entry) -> None:
    """Point at an entry with the same address, or the same title, date and language."""
    if session.archive.exists:
        other = session.archive.twin_of(entry)
        if other is not None:
            session.streams.say(f"note: entry {other.id} looks like the same story: {visible(other.title)}")
