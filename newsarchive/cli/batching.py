"""What the commands share that read tagging as it is written down, line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from newsarchive.cli.options import WritingFlags
from newsarchive.cli.selecting import parsed_alone
from newsarchive.cli.session import Session
from newsarchive.cli.writing import carry_out, note_new_tags
from newsarchive.config import expanded
from newsarchive.disk import read_bytes
from newsarchive.entry import Entry
from newsarchive.errors import BadBatchError, BadQueryError, CannotReadError, SomeLinesError
from newsarchive.planning.batches import Line, LineFault, parse_lines, plan_batch
from newsarchive.planning.tagging import added_tags
from newsarchive.query.tree import IdTerm, Query
from newsarchive.render.words import counted
from newsarchive.selection import Selection

MOST_BYTES = 64 << 20


def read_lines(
    session: Session, name: str, *, needs_tags: bool
) -> tuple[list[tuple[Line, Query]], list[str]]:
    """Read a file of lines, or stdin: each with its query, and the faults with their places.

    `needs_tags` says that a line without a tag is a fault.
    """
    source, text = read_text(session, name)
    lines: list[tuple[Line, Query]] = []
    faults: list[str] = []
    for line in parse_lines(text):
        read = _with_query(session, line, needs_tags=needs_tags)
        if isinstance(read, LineFault):
            faults.append(f"{source}:{read.number}:{read.column}: {read.reason}")
        else:
            lines.append(read)
    return lines, faults


def read_text(session: Session, name: str) -> tuple[str, str]:
    """Return how a file of lines, or stdin, is called, and its text. Raises CannotReadError."""
    source = "standard input" if name == "-" else name
    data = (
        session.streams.read(MOST_BYTES)
        if name == "-"
        else read_bytes(session.folder / expanded(name), most=MOST_BYTES)
    )
    try:
        return source, data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = data.count(b"\n", 0, error.start) + 1
        raise CannotReadError(source, f"line {place} is not UTF-8") from None


def _with_query(
    session: Session, line: Line | LineFault, *, needs_tags: bool
) -> tuple[Line, Query] | LineFault:
    """Return a line with its query, or what is wrong with it."""
    if isinstance(line, LineFault):
        return line
    if needs_tags and not line.operations:
        return LineFault(line.number, line.column, "no tag to add or remove stands before the query")
    try:
        return line, parsed_alone(session, line.query, lambda: session.archive.saved_queries)
    except BadQueryError as error:
        hint = f"; {error.hint}" if error.hint else ""
        return LineFault(line.number, line.column + error.position, f"{error.reason}{hint}")


def tag_by_lines(
    session: Session,
    lines: Sequence[tuple[Line, Query]],
    faults: Sequence[str],
    flags: WritingFlags,
    *,
    keep_going: bool,
    as_tagged: Callable[[Line], Line] = lambda line: line,
) -> None:
    """Tag what the lines select, as the archive is before the first of them, in one operation.

    Raises BadBatchError for lines with a fault unless the others are to be done, and SomeLinesError after that.
    """
    if faults and not keep_going:
        raise BadBatchError(faults)
    for fault in faults:
        session.streams.complain(fault)
    selected = _selected(session, lines)
    tagged = [(as_tagged(line), entries) for (line, _), entries in zip(lines, selected, strict=True)]
    changes = plan_batch(tagged, session.clock())

    new = [tag for line, _ in lines for tag in added_tags(line.operations)]
    note_new_tags(session, list(dict.fromkeys(new)))
    done = f"Tagged {counted(len(changes), 'entry')} by {counted(len(lines), 'line')}"
    carry_out(session, changes, flags, done=done, ask="many")
    if faults:
        raise SomeLinesError(len(faults))


def _selected(session: Session, lines: Sequence[tuple[Line, Query]]) -> list[list[Entry]]:
    """Return what each line selects; where that is nothing, it is said."""
    selections = [
        Selection(query, query.root if isinstance(query.root, IdTerm) else None) for _, query in lines
    ]
    found = session.archive.select_each(selections)
    for (line, _), entries in zip(lines, found, strict=True):
        if not entries:
            session.streams.say(f"note: line {line.number}: nothing matches {line.query!r}")
    return found
