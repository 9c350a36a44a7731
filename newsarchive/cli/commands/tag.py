"""`newsarchive tag`: add and remove tags of many entries at once."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from shlex import join
from typing import Annotated, NamedTuple

import typer

from newsarchive.cli.command import shares, words_before_dashes
from newsarchive.cli.options import everything, selection, writing
from newsarchive.cli.selecting import selector
from newsarchive.cli.session import Session, session_of
from newsarchive.cli.writing import Planned, carry_out_plan, known_aliases, note_new_tags
from newsarchive.entry import Entry
from newsarchive.errors import BadOptionError
from newsarchive.intake import normalise_tag, split_tags
from newsarchive.planning.tagging import (
    TagOperation,
    added_tags,
    names_that_stay,
    plan_tagging,
    with_names_in_use,
)
from newsarchive.render.words import counted

EXAMPLES = (
    "newsarchive tag +press-release 'title:\"press release\"'",
    "newsarchive tag +news -draft saiga -mongolia",
    "newsarchive search saiga --format ids | newsarchive tag +saiga --ids-from -",
)

_Tags = list[str] | None


@shares(selection, everything, writing, words="[+TAG|-TAG]... [QUERY]...")
def run(
    context: typer.Context,
    add: Annotated[_Tags, typer.Option("--add", metavar="TAGS", help="Add these tags.")] = None,
    remove: Annotated[_Tags, typer.Option("--remove", metavar="TAGS", help="Remove these tags.")] = None,
    set_: Annotated[
        str | None, typer.Option("--set", metavar="TAGS", help="Replace all tags by these; '' clears.")
    ] = None,
) -> None:
    """Add and remove tags of the selected entries.

    A word that begins with + is a tag to add. One that begins with - is a tag to remove before the first
    other word; after it a - negates as everywhere. After -- all words are the query. `,` and `;` separate
    tags in options.
    """
    session = session_of(context)
    flags = session.flags(selection)
    front, late, query = _split_words(flags.words, words_before_dashes(context))
    operations = [*_from_options(set_, add, remove), *map(_from_word, (*front, *late))]
    if not operations:
        raise BadOptionError(f"no tag to add or remove; {_advice(query)}")
    for word in _negations(query) if late else ():
        session.streams.say(f"note: {word} leaves out entries; a tag to take away stands before the query")
    flags = flags._replace(words=query)
    select = selector(session, flags, "tag", everything=session.flags(everything))
    entries = select()
    operations = _by_names_in_use(session, operations, entries)

    def planned(entries: Sequence[Entry]) -> Planned:
        changes = plan_tagging(entries, operations, session.clock())
        return Planned(changes, f"Tagged {len(changes):,} of {counted(len(entries), 'entry')}")

    note_new_tags(session, added_tags(operations))
    carry_out_plan(session, planned(entries), lambda: planned(select()), session.flags(writing), ask="many")


class _Split(NamedTuple):
    """The words of a command line: marked tags in front, tags to add among the others, the query."""

    front: tuple[str, ...]
    late: tuple[str, ...]
    query: tuple[str, ...]


def _split_words(words: Sequence[str], before_dashes: int) -> _Split:
    """Part the words that mark tags from the query; a - after its first word negates, a + never does."""
    front = tuple(takewhile(_marks_tag, words[:before_dashes]))
    others = words[len(front) : before_dashes]
    late = tuple(word for word in others if _adds_tag(word))
    query = (*(word for word in others if not _adds_tag(word)), *words[max(before_dashes, len(front)) :])
    return _Split(front, late, query)


def _marks_tag(word: str) -> bool:
    return word[:1] in {"+", "-"} and word != "-"


def _adds_tag(word: str) -> bool:
    return word.startswith("+") and word != "+"


def _negations(query: Sequence[str]) -> list[str]:
    return [word for word in query if word.startswith("-") and _marks_tag(word)]


def _advice(query: Sequence[str]) -> str:
    """Say how a command line without a tag to add or remove was probably meant."""
    if removed := _negations(query):
        better = join([*removed, *(word for word in query if word not in removed)])
        return f"{removed[0]} leaves out entries here; to take the tag away write `newsarchive tag {better}`"
    if added := [word for word in query if _adds_tag(word)]:
        better = join([*added, *(word for word in query if word not in added)])
        return f"after -- every word is a query: write `newsarchive tag {better}`"
    return "write `newsarchive tag +NEW -OLD QUERY`"


def _by_names_in_use(
    session: Session, operations: list[TagOperation], entries: Sequence[Entry]
) -> list[TagOperation]:
    """Put the names in use for other names of the same, and say where a removed tag goes by another name."""
    aliases = known_aliases(session)
    operations, instead = with_names_in_use(operations, session.archive.tags(), aliases)
    for tag, used in instead.items():
        session.streams.say(f"note: {tag!r} is another name of the tag {used!r}, which is added instead")
    tags = {tag for entry in entries for tag in entry.tags}
    for tag, others in names_that_stay(operations, tags, aliases).items():
        names = ", ".join(map(repr, others))
        session.streams.say(f"note: what is tagged {names}, which means the same as {tag!r}, stays so")
    return operations


def _from_word(word: str) -> TagOperation:
    return TagOperation("add" if word.startswith("+") else "remove", normalise_tag(word[1:]))


def _from_options(
    exactly: str | None, add: Sequence[str] | None, remove: Sequence[str] | None
) -> Iterator[TagOperation]:
    if exactly is not None:
        yield TagOperation("clear")
        yield from (TagOperation("add", tag) for tag in split_tags(exactly))
    for text in add or ():
        yield from (TagOperation("add", tag) for tag in split_tags(text))
    for text in remove or ():
        yield from (TagOperation("remove", tag) for tag in split_tags(text))
