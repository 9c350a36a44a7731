"""Where a command line that is being typed has got to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import typer

# As in command.py: Typer carries its own Click.
from typer._click.core import Command as AnyCommand
from typer._click.core import Parameter

from newsarchive.cli.command import CONTEXT_SETTINGS, Group
from newsarchive.cli.registry import root


class Place:
    """The command that the words so far have led to, and what they have said to it.

    `awaiting` is the option whose value comes next, `archive` what --archive named. `words` are those that
    are neither commands nor options nor values of options; `after_dashes` says that a `--` was among them.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.command: AnyCommand = root()
        self.context = typer.Context(
            self.command, info_name="newsarchive", help_option_names=CONTEXT_SETTINGS["help_option_names"]
        )
        self.awaiting: Parameter | None = None
        self.archive: str | None = None
        self.words: list[str] = []
        self.after_dashes = False
        for word in words:
            self._pass(word)

    @property
    def options(self) -> Mapping[str, Parameter]:
        """The command's options, by each of their names."""
        params = self.command.get_params(self.context)
        return {name: item for item in params if item.param_type_name == "option" for name in item.opts}

    @property
    def asks_for(self) -> str:
        """What the help shows for the command's words: `ID...|QUERY...`, for example."""
        return " ".join(self.command.collect_usage_pieces(self.context)[:-1])

    def enter_default(self) -> None:
        """Go on to the command that a group runs when none is named."""
        if isinstance(self.command, Group) and self.command.default is not None:
            self._enter(self.command.default, self.command.load(self.command.default))

    def _enter(self, name: str, command: AnyCommand) -> None:
        self.context = typer.Context(command, info_name=name, parent=self.context)
        self.command = command

    def _pass(self, word: str) -> None:
        if self.awaiting is not None:
            self._take(self.awaiting, word)
        elif self.after_dashes or not word.startswith("-"):
            self._pass_word(word)
        elif word == "--":
            self.after_dashes = True
        else:
            self._pass_option(word)

    def _pass_option(self, word: str) -> None:
        name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if name not in self.options:
            self.enter_default()
        option: Any = self.options.get(name)
        if option is None:
            self._pass_word(word)
        elif equals:
            self._take(option, value)
        elif not option.is_flag:
            self.awaiting = option

    def _take(self, option: Parameter, value: str) -> None:
        self.awaiting = None
        if option.name == "archive":
            self.archive = value

    def _pass_word(self, word: str) -> None:
        if isinstance(self.command, Group):
            found = self.command.get_command(self.context, word)
            if found is not None:
                self._enter(word, found)
                return
            self.enter_default()
        self.words.append(word)
