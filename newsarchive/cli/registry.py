"""Every command: its name, its module, and the line that help shows."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final, NamedTuple

import typer
from typer.core import TyperCommand
from typer.main import get_command

from newsarchive.cli.command import CONTEXT_SETTINGS, Command, Group


class Entry(NamedTuple):
    """One command. A module in `commands` holds its function `run` and its EXAMPLES; a group has `commands` instead.

    The first command of a group runs when none is named; `more` is what its page says below its line.
    """

    name: str
    module: str
    help: str
    commands: tuple[Entry, ...] = ()
    more: str = ""


COMMANDS: Final = (
    Entry("init", "init", "Start an archive of your own."),
    Entry("add", "add", "Add one entry."),
    Entry("import", "import_", "Bring in entries from files, folders or stdin."),
    Entry("list", "list_", "List the selected entries, newest first."),
    Entry("search", "search", "Find entries in spite of spelling, best first."),
    Entry("show", "show", "Show whole entries."),
    Entry("open", "open_", "Open an entry's address in the browser."),
    Entry("tag", "tag", "Add and remove tags of the selected entries."),
    Entry(
        "tags",
        "",
        "List the tags in use, rename and unite them.",
        (
            Entry("list", "tags.list_", "List tags with the number of their entries."),
            Entry("rename", "tags.rename", "Give a tag another name wherever it is."),
            Entry("merge", "tags.merge", "Make one tag of several."),
            Entry("remove", "tags.remove", "Take tags away wherever they are."),
            Entry("suggest", "tags.suggest", "Suggest tags, as lines that `tags apply` reads."),
            Entry("apply", "tags.apply", "Tag by the lines of a file, as one operation."),
            Entry("dump", "tags.dump", "Write the tags of each entry as lines."),
            Entry("load", "tags.load", "Bring back tags that were dumped."),
            Entry("similar", "tags.similar", "List tags that look alike, and how to unite them."),
        ),
    ),
    Entry("edit", "edit", "Change entries in an editor, or field by field."),
    Entry("remove", "remove", "Remove entries; it can be undone."),
    Entry("export", "export", "Write the selected entries in another format."),
    Entry("stats", "stats", "Count entries by year, tag, language or source."),
    Entry("check", "check", "Look for what may be wrong."),
    Entry(
        "duplicates",
        "",
        "Find stories that are there twice, and unite them.",
        (
            Entry("list", "duplicates.list_", "List pairs of entries that may be one story."),
            Entry("dismiss", "duplicates.dismiss", "Remember that two entries are different stories."),
            Entry("merge", "duplicates.merge", "Unite entries in one, which keeps the ids of all."),
        ),
    ),
    Entry(
        "relations",
        "",
        "Translations, follow-ups and others of one story.",
        (
            Entry("list", "relations.list_", "List pairs of related entries."),
            Entry("add", "relations.add", "Relate entries to each other."),
            Entry("remove", "relations.remove", "Take away the relations of entries to each other."),
            Entry(
                "suggest", "relations.suggest", "Suggest translations, as lines that `relations add` reads."
            ),
        ),
    ),
    Entry(
        "history",
        "",
        "What was done to the archive, and when.",
        (
            Entry("list", "history.list_", "List the operations, newest first."),
            Entry("show", "history.show", "Show what an operation changed."),
            Entry("prune", "history.prune", "Forget old operations for good."),
        ),
    ),
    Entry(
        "thesaurus",
        "",
        "The concepts behind synonyms.",
        (
            Entry("list", "thesaurus.list_", "List the concepts and their names."),
            Entry("show", "thesaurus.show", "Show what a term stands for."),
            Entry("check", "thesaurus.check", "Look for faults in the thesaurus."),
        ),
        "A file thesaurus.toml beside the archive adds concepts and names of your own; docs/thesaurus.md "
        "describes it.",
    ),
    Entry(
        "queries",
        "",
        "Queries with a name: @name stands for one in any query.",
        (
            Entry("list", "queries.list_", "List the saved queries."),
            Entry("add", "queries.add", "Save a query under a name."),
            Entry("remove", "queries.remove", "Forget a saved query."),
        ),
        "They are kept in queries.toml beside the archive, which you may edit as well.",
    ),
    Entry("watch", "watch", "Print new and changed entries, as they come."),
    Entry("undo", "undo", "Take back operations."),
    Entry("copy", "copy", "Copy a whole archive to a server, or back."),
    Entry("merge", "merge", "Take in what another copy of the archive has."),
    Entry("restore", "restore", "Bring back the last good revision of a damaged archive."),
    Entry("completion", "completion", "Print the script that completes in bash, zsh or fish."),
)

_ALONE: Final = Entry("overview", "overview", "Say which archive this is, or how to start one.")
"""What the program does when no command is named; it is none itself."""

SUMMARY: Final = "Keep an organisation's news in one JSON file: add, find, tag, hand on."


def root() -> Group:
    """Build the program's group of commands."""
    group = _group("newsarchive", SUMMARY, COMMANDS, default=None)
    group.when_alone = lambda: load(_ALONE)
    return group


def _group(name: str, help_text: str, entries: tuple[Entry, ...], *, default: str | None) -> Group:
    group = Group(
        name=name, help=help_text, rich_markup_mode=None, context_settings=CONTEXT_SETTINGS, commands={}
    )
    by_name = {entry.name: entry for entry in entries}
    group.names = [(entry.name, entry.help) for entry in entries]
    group.default = default
    group.load = lambda command: load(by_name[command])
    return group


def load(entry: Entry) -> TyperCommand | Group:
    """Build one command from its module."""
    if entry.commands:
        page = f"{entry.help}\n\n{entry.more}"
        return _group(entry.name, page, entry.commands, default=entry.commands[0].name)
    module: Any = import_module(f"newsarchive.cli.commands.{entry.module}")
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(entry.name, cls=Command, epilog="\n".join(module.EXAMPLES))(module.run)
    command = get_command(app)
    assert isinstance(command, TyperCommand)
    return command


def command_named(name: str) -> TyperCommand:
    """Build a command that is in no group, for another one that does what it does."""
    command = load(next(entry for entry in COMMANDS if entry.name == name))
    assert isinstance(command, TyperCommand)
    return command


def command_reference() -> str:
    """Return the README's table of commands; `python -m newsarchive.cli.registry` prints it."""
    rows = [f"| {name} | {text} |\n" for entry in COMMANDS for name, text in _named(entry)]
    return "| command | what it does |\n|---|---|\n" + "".join(rows)


def _named(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield a command, or each of a group's, with what it does."""
    if not entry.commands:
        yield f"`{entry.name}`", entry.help
    for place, command in enumerate(entry.commands):
        name = f"`{entry.name} {command.name}`"
        yield name if place else f"{name}, `{entry.name}`", command.help


if __name__ == "__main__":
    typer.echo(command_reference(), nl=False)
