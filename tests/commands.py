"""Every command of the registry, for tests that must hold for all of them."""

from __future__ import annotations

from collections.abc import Iterator

from typer.core import TyperCommand

from newsarchive.cli.registry import COMMANDS, Entry, load


def commands() -> Iterator[tuple[str, TyperCommand]]:
    """Yield the words that call a command, as in `tags list`, and the command."""
    for words, entry in entries():
        command = load(entry)
        assert isinstance(command, TyperCommand)
        yield words, command


def entries() -> Iterator[tuple[str, Entry]]:
    """Yield the words that call a command, and its line in the registry."""
    for entry in COMMANDS:
        if not entry.commands:
            yield entry.name, entry
        for inner in entry.commands:
            yield f"{entry.name} {inner.name}", inner


NAMES = [words for words, _ in entries()]
COMMANDS_BY_NAME = dict(commands())
