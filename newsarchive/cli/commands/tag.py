"""`newsarchive tag`: add and remove tags of many entries at once."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from newsarchive.cli.command import shares, words_before_dashes
from newsarchive.cli.options import everything, selection, writing
from newsarchive.cli.selecting import selected_for_writing
from newsarchive.cli.session import session_of
from newsarchive.cli.writing import carry_out, note_new_tags
from newsarchive.errors import BadOptionError
from newsarchive.intake import normalise_tag, split_tags
from newsarchive.planning.tagging import TagOperation, added_tags, plan_tagging
from newsarchive.render.words import counted

EXAMPLES = (
    "newsarchive tag +press-release 'title:\"press release\"'",
    "newsarchive tag +news -draft saiga -mongolia",
    "newsarchive search saiga --format ids | newsarchive tag +species/saiga --ids-from -",
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

    The words that begin with + or - before the first other word are tags to add and to remove; after it, or
    after --, a - negates as everywhere. `,` and `;` separate tags in options.
    """
    session = session_of(context)
    flags = session.flags(selection)
    marked, query = _split_words(flags.words, words_before_dashes(context))
    operations = [*_from_options(set_, add, remove), *map(_from_word, marked)]
    if not operations:
        raise BadOptionError("no tag to add or remove; write `newsarchive tag +NEW -OLD QUERY`")
    flags = flags._replace(words=query)
    entries = selected_for_writing(session, flags, "tag", everything=session.flags(everything))

    changes = plan_tagging(entries, operations, session.clock())

    note_new_tags(session, added_tags(operations))
    done = f"Tagged {len(changes):,} of {counted(len(entries), 'entry')}"
    carry_out(session, changes, session.flags(writing), done=done, ask="many")


def _split_words(words: Sequence[str], before_dashes: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part the words that mark tags from the query."""
    count = 0
    while count < min(len(words), before_dashes) and words[count][:1] in {"+", "-"} and words[count] != "-":
        count += 1
    return tuple(words[:count]), tuple(words[count:])


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
