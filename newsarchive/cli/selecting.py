"""From the words and options of a command line to a selection."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Literal

from newsarchive.cli.options import ReadingFlags, SelectionFlags
from newsarchive.cli.session import Session
from newsarchive.config import expanded
from newsarchive.disk import read_bytes
from newsarchive.entry import Entry
from newsarchive.errors import (
    BadOptionError,
    BadQueryError,
    NoSelectionError,
    NothingMatchedError,
    UnknownIdsError,
)
from newsarchive.query.ids import ids_only, parse_ids
from newsarchive.query.tree import And, Everything, Group, IdTerm, Node, Or, Query
from newsarchive.selection import NEWEST_FIRST, Selection

MOST_ID_BYTES: Final = 64 << 20

Numbers = Literal["ids", "words", "refused"]
"""What words are that are all numbers or ranges: ids, words like any other, or too uncertain to go by."""


def selection_from(
    session: Session,
    flags: SelectionFlags,
    reading: ReadingFlags | None = None,
    *,
    numbers: Numbers = "words",
    writing: bool = False,
    pasted: bool = False,
    limit: int = 0,
    follow: bool = True,
) -> Selection:
    """Build the selection of a command; `writing` says that it changes what it selects.

    `numbers` says what words are that are all numbers or ranges; with `pasted`, titles are read as words (see
    `query.pasting`). With `follow`, ids of merged entries stand for what they became. `limit` holds unless another
    one is given. Notes on the query go to stderr. Raises UsageError of some kind for what cannot be understood.
    """
    typed = ids_only(flags.words) if flags.words else None
    if numbers != "words":
        _refuse_negated_numbers(flags.words)
    if typed and numbers == "refused":
        raise BadOptionError(_readings_of(flags.words))
    if typed and numbers == "words":
        _note_numbers(session, flags.words, typed)
    words_as_ids = typed if numbers == "ids" else None
    text = "" if words_as_ids else " ".join(flags.words)
    ids = _ids(session, flags, words_as_ids)
    if ids is not None and follow:
        from newsarchive.cli.naming import followed  # spares start-up

        ids = followed(session, ids)
    query = _query(session, text, flags, ids, writing=writing, pasted=pasted)
    for note in query.notes:
        session.streams.say(note)
    reading = reading or ReadingFlags()
    return Selection(
        query,
        ids,
        sort=reading.sort or NEWEST_FIRST,
        limit=limit if reading.limit is None else reading.limit,
        offset=reading.offset,
        given=flags.given,
    )


def selector(
    session: Session,
    flags: SelectionFlags,
    command: str,
    *,
    everything: bool = False,
    numbers: Numbers = "refused",
) -> Callable[[], list[Entry]]:
    """Return what selects the entries that a writing command acts on; `numbers` is that of `selection_from`.

    What was asked for is read once; it can be selected again when the archive has changed. Raises
    NoSelectionError when nothing was asked for; the selecting itself UnknownIdsError, NothingMatchedError, and
    BadQueryError for a negation that leaves out nothing.
    """
    if not flags.given and not everything:
        raise NoSelectionError(command)
    try:
        selection = selection_from(session, flags, numbers=numbers, writing=True, follow=command != "remove")
    except BadQueryError as error:
        from newsarchive.cli.advice import assignments  # spares start-up, as below

        for advice in assignments(command, flags.words):
            error.add_note(advice)
        raise

    from newsarchive.cli.leaving_out import check_negations  # spares start-up: only for what writes

    def select() -> list[Entry]:
        archive = session.archive
        missing = archive.missing(selection)
        if missing:
            raise UnknownIdsError(missing)
        entries = archive.select(selection)
        if not entries and flags.given:
            from newsarchive.cli.advice import on_writing  # spares start-up

            raise NothingMatchedError(described(flags), list(on_writing(command, flags, session.today)))
        check_negations(session, selection.query, command)
        return entries

    return select


def described(flags: SelectionFlags) -> str:
    """Say what was asked for, as it was typed."""
    options = [("--tag", tag) for tag in flags.tags] + [("--lang", code) for code in flags.languages]
    options += [("--since", flags.since or ""), ("--until", flags.until or "")]
    options += [("--id", ids) for ids in flags.ids] + [("--ids-from", flags.ids_from or "")]
    return " ".join([*flags.words, *(f"{name} {value}" for name, value in options if value)])


def _refuse_negated_numbers(words: Sequence[str]) -> None:
    """Refuse `remove -7`: who writes so means one entry, and would get all without that number."""
    parts = " ".join(words).split()
    numbers = [part.removeprefix("-") for part in parts if part.startswith("-")]
    if parts and len(numbers) == len(parts) and ids_only(numbers):
        typed, ids = " ".join(parts), ",".join(numbers)
        raise BadOptionError(
            f"{typed} is every entry without the word {' or '.join(numbers)}; "
            f"write id:{ids} for {_entries(ids)}, or -id:{ids} for all others"
        )


def _readings_of(words: Sequence[str]) -> str:
    """Say what lone numbers can mean, where an uncertain guess is not good enough."""
    text = " ".join(words).strip()
    ids = re.sub(r"\s*,\s*|\s+", ",", text)
    terms = [f"id:{ids} for {_entries(ids)}"]
    if re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text):
        terms.append(f"date:{ids} for what is of that date")
    return f"{text} has more than one meaning; write {', '.join(terms)}, or '\"{text}\"' for the words"


def _note_numbers(session: Session, words: Sequence[str], numbers: IdTerm) -> None:
    """Say that numbers are words here, where entries have them for ids; 2016-05 is rather a month."""
    text = " ".join(words).strip()
    if ".." in text:
        return
    if re.search(r"[^\d\s]", text):
        from newsarchive.cli.advice import date_hint  # spares start-up: few queries are numbers alone

        if date_hint(words, session.today):
            return
    if not session.archive.missing(Selection(ids=numbers)):
        ids = re.sub(r"\s*,\s*|\s+", ",", text)
        are = "a word; id:{0} is" if ids.isdigit() else "words; id:{0} are"
        session.streams.say(f"note: {text} is looked for as {are.format(ids)} {_entries(ids)}")


def _entries(ids: str) -> str:
    return f"{'entry' if ids.isdigit() else 'entries'} {ids}"


def _query(
    session: Session, text: str, flags: SelectionFlags, ids: IdTerm | None, *, writing: bool, pasted: bool
) -> Query:
    """Parse the words, and each option as the field term that it stands for."""
    terms, fiscal = list(_terms(flags)), _month(flags.fiscal_year)
    if not text and not terms:
        return Query(text, ids or Everything())
    from newsarchive.query.parser import parse  # spares start-up: `list` alone has nothing to parse

    parsed = functools.partial(
        parse,
        today=session.today,
        meant_tag=lambda tag: session.archive.meant_tag(tag),
        writing=writing,
        fiscal=fiscal,
        saved=lambda: session.archive.saved_queries,
    )
    parts = [parsed(text, pasted=pasted)]
    parts += [_term(parsed, option, term) for option, term in terms]
    nodes = [node for part in parts for node in side_by_side(part.root)] + ([ids] if ids else [])
    root: Node = Everything() if not nodes else nodes[0] if len(nodes) == 1 else And(tuple(nodes))
    return Query(text, root, tuple(note for part in parts for note in part.notes))


def parsed_alone(session: Session, text: str, saved: Callable[[], Mapping[str, str]]) -> Query:
    """Read a query that stands by itself, to be kept or to write by. Raises BadQueryError."""
    from newsarchive.query.parser import parse  # spares start-up

    return parse(text, today=session.today, writing=True, saved=saved)


def _month(name: str | None) -> int | None:
    """Return the number of a month that is given by number or name. Raises BadOptionError."""
    if name is None:
        return None
    from newsarchive.dates.names import MONTHS  # spares start-up
    from newsarchive.text.fold import fold

    text = fold(name.strip())
    number = int(text) if re.fullmatch("[0-9]{1,2}", text) else MONTHS.get(text, 0)
    if not 1 <= number <= 12:
        raise BadOptionError(f"--fiscal-year: {name!r} is no month; write 4 or april")
    return number


def _terms(flags: SelectionFlags) -> Iterator[tuple[str, str]]:
    """Yield options, each with the field term that it stands for."""
    yield from (("--tag", f'tag:"{_unquoted(tag)}"') for tag in flags.tags)
    yield from (("--lang", f'lang:"{_unquoted(code)}"') for code in flags.languages)
    if flags.since is not None or flags.until is not None:
        since, until = (_unquoted(end or "") for end in (flags.since, flags.until))
        options = [("--since", flags.since), ("--until", flags.until)]
        named = " and ".join(name for name, value in options if value is not None)
        yield named, f'date:"{since}..{until}"'


def _term(parsed: Callable[[str], Query], option: str, term: str) -> Query:
    """Parse the term of an option; a fault is one of the option, whose term nobody typed."""
    try:
        return parsed(term)
    except BadQueryError as error:
        raise BadOptionError(f"{option}: {error.reason}{f'; {error.hint}' if error.hint else ''}") from None


def _unquoted(value: str) -> str:
    return value.replace('"', " ")


def side_by_side(node: Node) -> Sequence[Node]:
    """Return the nodes that say together what `node` says, none for everything."""
    if isinstance(node, Everything):
        return ()
    if isinstance(node, Or):
        return (Group(node),)
    return node.nodes if isinstance(node, And) and not node.explicit else (node,)


def _ids(session: Session, flags: SelectionFlags, words: IdTerm | None) -> IdTerm | None:
    """Join the ids of all places where ids can be given; no such place is None."""
    named = [words] if words else []
    named += [parse_ids(text) for text in flags.ids]
    if flags.ids_from is not None:
        named.append(_ids_from(session, flags.ids_from))
    return IdTerm(tuple(part for term in named for part in term.ranges)) if named else None


def _ids_from(session: Session, source: str) -> IdTerm:
    """Read ids from a file or from stdin; an empty list selects nothing."""
    if source == "-":
        data = session.streams.read(MOST_ID_BYTES)
    else:
        data = read_bytes(session.folder / expanded(source), most=MOST_ID_BYTES)
    text = data.decode("utf-8-sig", "replace")
    if not text.strip():
        session.streams.say(f"note: {'stdin' if source == '-' else source} held no ids")
    try:
        return parse_ids(text) if text.strip() else IdTerm(())
    except BadOptionError as error:
        raise BadOptionError(f"--ids-from {source}: {error}") from None
