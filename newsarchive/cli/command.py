"""The classes of the program's commands and groups: how words are parsed, and options that are shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final, NoReturn, TypeVar

# Typer carries its own Click and offers no other way to the parser; the bound on typer's version covers this.
from typer._click.core import Command as AnyCommand
from typer._click.core import Context, Parameter
from typer._click.formatting import HelpFormatter
from typer._click.parser import _OptionParser, _ParsingState
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_params_convertors_ctx_param_name_from_function

from newsarchive.cli.options import GlobalFlags, global_flags

CONTEXT_SETTINGS: Final = {"help_option_names": ["-h", "--help"]}
_DASHES: Final = "newsarchive.words_before_dashes"
_BEGINNING: Final = 4
_LONG: Final = 6

_ALONE: Final = "\0"
"""The name of the command that runs when none is named; no command line can hold it."""

OptionSet = Callable[..., Any]
"""A function whose parameters are options that several commands share; it returns their value object."""

_Function = TypeVar("_Function", bound=Callable[..., Any])


def shares(*option_sets: OptionSet, words: str | None = None) -> Callable[[_Function], _Function]:
    """Give a command the options of these sets.

    The command gets each set's value object from its session: `session.flags(selection)`. `words` is what the
    help shows for its words where a set's own metavar would not do.
    """

    def mark(function: _Function) -> _Function:
        function.option_sets = option_sets  # type: ignore[attr-defined]
        function.words = words  # type: ignore[attr-defined]
        return function

    return mark


def words_before_dashes(context: Context) -> int:
    """Return how many words of the command line stand before `--`, all of them where there is none."""
    count: int = context.meta.get(_DASHES, 0)
    return count


class _WordParser(_OptionParser):
    """A parser for which `-draft` is a word.

    A word that starts with a single dash is an option only when it is exactly a short option; short options
    do not cluster, the value of an option is never looked at, and after `--` everything is a word.
    """

    def _process_opts(self, arg: str, state: _ParsingState) -> None:
        if arg.startswith("--"):
            super()._process_opts(arg, state)
        elif arg in self._short_opt:
            self._match_short_opt(arg, state)
        else:
            state.largs.append(arg)

    def _process_args_for_options(self, state: _ParsingState) -> None:
        super()._process_args_for_options(state)
        if self.ctx is not None:
            self.ctx.meta[_DASHES] = len(state.largs)


@cache
def _parameters(option_set: OptionSet) -> tuple[Any, ...]:
    parameters, _, _ = get_params_convertors_ctx_param_name_from_function(option_set)
    return tuple(parameters)


def global_parameters() -> tuple[Any, ...]:
    """Return the options of every command."""
    return _parameters(global_flags)


def _not_named_in(params: Sequence[Parameter], option_set: OptionSet) -> list[Any]:
    """Return the parameters of a set but for options whose names the command has already, for something else."""
    own = {name for item in params if item.param_type_name == "option" for name in item.opts}
    return [item for item in _parameters(option_set) if own.isdisjoint(item.opts)]


def _parser(command: AnyCommand, context: Context) -> _OptionParser:
    parser = _WordParser(context)
    for parameter in command.get_params(context):
        parameter.add_to_parser(parser, context)
    return parser


class Command(TyperCommand):
    """A command: its own options, those of the sets it shares, and the global ones."""

    def __init__(
        self, *args: Any, params: list[Parameter], callback: Callable[..., Any], **settings: Any
    ) -> None:
        self._sets: Sequence[OptionSet] = getattr(callback, "option_sets", ())
        self._words: str | None = getattr(callback, "words", None)
        self._shared: dict[OptionSet, list[Any]] = {}
        for option_set in self._sets:
            self._shared[option_set] = _not_named_in(params, option_set)
            params = [*params, *self._shared[option_set]]
        params = [*params, *_parameters(global_flags)]
        super().__init__(*args, params=params, callback=callback, **settings)

    def make_parser(self, ctx: Context) -> _OptionParser:
        """Parse by the rule of `_WordParser`."""
        return _parser(self, ctx)

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Show the help on the session's stdout."""
        return _on_session(super().get_help_option(ctx))

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """Show the words before the options: they are what a command is about."""
        options, *words = super().collect_usage_pieces(ctx)
        plain = [word.strip("{}") for word in words]  # Typer's sign for what is required, which nobody knows
        return [*([self._words] if self._words else plain), options]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Show the options of every command apart from the command's own."""
        sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": [], "Global options": []}
        everywhere = {*_parameters(global_flags), self.get_help_option(ctx)}
        for parameter in self.get_params(ctx):
            heading = "Global options" if parameter in everywhere else f"{parameter.param_type_name}s".title()
            if (record := parameter.get_help_record(ctx)) is not None:
                sections[heading].append(record)
        for heading, records in sections.items():
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Show the examples, a line each."""
        if self.epilog:
            with formatter.section("Examples"):
                for line in self.epilog.splitlines():
                    formatter.write(f"{' ' * formatter.current_indent}{line}\n")

    def invoke(self, ctx: Context) -> Any:
        """Turn shared options into their value objects, then run the command."""
        shared = {
            option_set: option_set(**{item.name: ctx.params.pop(item.name) for item in items})
            for option_set, items in self._shared.items()
        }
        ctx.obj = ctx.obj.for_command(_collect_globals(ctx), shared)
        return super().invoke(ctx)


def _collect_globals(context: Context) -> GlobalFlags:
    """Take each global option from the place nearest the end of the command line."""
    names = [parameter.name for parameter in _parameters(global_flags)]
    values = {name: context.params.pop(name) for name in names}
    place = context.parent
    while place is not None:
        for name in names:
            if values[name] is None or values[name] is False:
                values[name] = place.params.get(name)
        place = place.parent
    return global_flags(**values)


class Group(TyperGroup):
    """A group of commands that are loaded by name, so that only the module of the one that runs is imported.

    `default` is the command that runs when the first word names none, `when_alone` loads the one that runs
    when there is no word at all.
    """

    names: Sequence[tuple[str, str]] = ()
    default: str | None = None
    load: Callable[[str], AnyCommand]
    when_alone: Callable[[], AnyCommand] | None = None

    def __init__(self, *args: Any, params: list[Parameter] | None = None, **settings: Any) -> None:
        super().__init__(*args, params=[*(params or []), *_parameters(global_flags)], **settings)
        self.callback = None  # a group does nothing but choose

    def make_parser(self, ctx: Context) -> _OptionParser:
        """Parse by the rule of `_WordParser`."""
        return _parser(self, ctx)

    def list_commands(self, ctx: Context) -> list[str]:
        """Name the commands in the registry's order."""
        return [name for name, _ in self.names]

    def get_command(self, ctx: Context, cmd_name: str) -> AnyCommand | None:
        """Import the command's module."""
        if cmd_name == _ALONE and self.when_alone is not None:
            return self.when_alone()
        return self.load(cmd_name) if cmd_name in self.list_commands(ctx) else None

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """List the commands from the registry, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, f"{text} [default]" if name == self.default else text) for name, text in self.names]
            )

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Show the help on the session's stdout."""
        return _on_session(super().get_help_option(ctx))

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Fall back to the default command, or to the one for when there is nothing to do."""
        rest = _after_globals(ctx, args)
        if self.default is None:
            is_alone = not rest and set(args).isdisjoint((*ctx.help_option_names, "--version"))
            return super().parse_args(ctx, [*args, _ALONE] if is_alone else args)
        if rest[:1] and rest[0] in self.list_commands(ctx):
            return super().parse_args(ctx, args)
        if not rest and not set(args).isdisjoint(ctx.help_option_names):
            return super().parse_args(ctx, args)
        if rest and (meant := _slip_of(rest[0], self.list_commands(ctx))):
            command, word = f"{ctx.command_path} {meant} …", f"{ctx.command_path} {self.default} -- {rest[0]}"
            ctx.fail(f"no command {rest[0]!r}; did you mean `{command}`, or the word: `{word}`?")
        return super().parse_args(ctx, [self.default, *args])

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Find the command that the first word names; `help list` is read as `list --help`."""
        name, *rest = args
        if name == "help":
            if not rest:
                _show_help(ctx)
            name, *rest = [*rest, "--help"]
        command = self.get_command(ctx, name)
        if command is None:
            meant = self._nearest(ctx, name)
            hint = f"did you mean {meant!r}?" if meant else f"`newsarchive search {name}` looks for the word"
            ctx.fail(f"no command {name!r}; {hint}")
        return name, command, rest

    def _nearest(self, context: Context, word: str) -> str | None:
        from difflib import get_close_matches  # spares start-up

        return next(iter(get_close_matches(word, self.list_commands(context), 1, 0.6)), None)


def _slip_of(word: str, commands: Sequence[str]) -> str | None:
    """Return the command that a word is a slip of, or a beginning from four letters on; other words are a query.

    One edit makes a slip, two where both have six letters or more.
    """
    for command in commands:
        if len(word) >= _BEGINNING and command.startswith(word):
            return command
        edits = 2 if min(len(word), len(command)) >= _LONG else 1
        if abs(len(word) - len(command)) <= edits and _distance(word, command) <= edits:
            return command
    return None


def _distance(one: str, other: str) -> int:
    from rapidfuzz.distance import OSA  # spares start-up: only where a first word is as long as a command

    distance: int = OSA.distance(one, other)
    return distance


def _after_globals(context: Context, args: Sequence[str]) -> Sequence[str]:
    """Leave out the global options, and those for help, that stand before everything else."""
    valued = {name for item in _parameters(global_flags) if not item.is_flag for name in item.opts}
    flags = {name for item in _parameters(global_flags) if item.is_flag for name in item.opts}
    flags.update(context.help_option_names)
    place = 0
    while place < len(args):
        name, equals, _ = args[place].partition("=")
        if name not in valued | flags or (equals and not name.startswith("--")):
            break
        place += 2 if name in valued and not equals else 1
    return args[place:]


def _on_session(option: TyperOption | None) -> TyperOption | None:
    """Make an option for help write where the session does, so that a full disk or a closed pipe is told."""
    if option is not None:
        option.callback = lambda context, _, wanted: _show_help(context) if wanted else None
    return option


def _show_help(context: Context) -> NoReturn:
    context.obj.streams.write(f"{context.get_help()}\n")
    context.exit()
