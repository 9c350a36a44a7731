"""The manual page, made from the registry: `python -m newsarchive.cli.manual > docs/newsarchive.1`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import typer
from typer._click.core import Context, Parameter
from typer.core import TyperCommand

from newsarchive import __version__
from newsarchive.cli.app import INTERRUPTED, PIPE_CLOSED
from newsarchive.cli.command import CONTEXT_SETTINGS, global_parameters
from newsarchive.cli.registry import COMMANDS, SUMMARY, Entry, load, root
from newsarchive.config import FILE_NAME, VARIABLE
from newsarchive.errors import NewsArchiveError

_DESCRIPTION: Final = (
    "The archive is the file that --archive names, else the one in the variable "
    f"{VARIABLE}, else the nearest {FILE_NAME} in this folder or one above it. "
    'One selection language serves all commands: words that must all occur, "phrases", word*, tag:saiga, '
    "date:2018.., lang:ru, id:3,7-9, is:untagged, has:url, -not, OR, and parentheses. "
    "Every command that writes shows with --dry-run what it would change, and can be undone. "
    "Without a command the program says which archive this is and what to try.",
    "Data goes to stdout, all else to stderr. A word that begins with a single dash negates; options are spelt "
    "out with two, and after -- every word is a query.",
)
_ENVIRONMENT: Final = (
    (VARIABLE, "The archive, where --archive names none."),
    ("VISUAL, EDITOR", "The editor of `add` and `edit`."),
    ("NO_COLOR", "No colours, whatever its value."),
)
_FILES: Final = (
    (FILE_NAME, "The archive: a TinyDB file in UTF-8, an entry a line."),
    (".newsarchive", "Beside it: the lock, the history, the previous revision, the search index."),
    ("thesaurus.toml", "Beside it: concepts and names of your own."),
)


def manual() -> str:
    """Return the page in the language of man(7)."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    yield f'.TH NEWSARCHIVE 1 "" "newsarchive {__version__}" "User Commands"'
    yield from (".SH NAME", rf"newsarchive \- {_text(SUMMARY[:1].lower() + SUMMARY[1:].removesuffix('.'))}")
    yield from (".SH SYNOPSIS", r"\fBnewsarchive\fP [\fIOPTION\fP]... \fICOMMAND\fP [\fIARGUMENT\fP]...")
    yield ".SH DESCRIPTION"
    yield "\n.PP\n".join(map(_text, _DESCRIPTION))
    yield ".SH COMMANDS"
    context = typer.Context(root(), info_name="newsarchive", help_option_names=_HELP_NAMES)
    for entry in COMMANDS:
        yield from _command(entry, context)
    yield ".SH GLOBAL OPTIONS"
    yield from _parameters(list(global_parameters()), context)
    yield ".SH EXIT STATUS"
    yield from _exit_codes()
    yield ".SH ENVIRONMENT"
    yield from _terms(_ENVIRONMENT)
    yield ".SH FILES"
    yield from _terms(_FILES)


_HELP_NAMES: Final = CONTEXT_SETTINGS["help_option_names"]


def _command(entry: Entry, parent: Context) -> Iterator[str]:
    """Yield the part of a command, or those of a group's commands."""
    command = load(entry)
    context = typer.Context(command, info_name=entry.name, parent=parent, help_option_names=_HELP_NAMES)
    if not isinstance(command, TyperCommand):
        for inner in entry.commands:
            yield from _command(inner, context)
        return
    words, options = command.collect_usage_pieces(context)[:-1], command.collect_usage_pieces(context)[-1:]
    yield f".SS {_text(context.command_path.removeprefix('newsarchive '))}"
    yield rf"\fB{_text(context.command_path)}\fP {_text(' '.join((*words, *options)))}"
    for paragraph in (command.help or "").split("\n\n"):
        yield from (".PP", _text(" ".join(paragraph.split())))
    own = [item for item in command.get_params(context) if item not in global_parameters()]
    yield from _parameters([item for item in own if "--help" not in item.opts], context)
    if command.epilog:
        yield from (".PP", ".nf", ".RS 4", *map(_text, command.epilog.splitlines()), ".RE", ".fi")


def _parameters(parameters: list[Parameter], context: Context) -> Iterator[str]:
    records = [item.get_help_record(context) for item in parameters]
    yield from _terms([record for record in records if record is not None])


def _terms(terms: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, meaning in terms:
        yield from (".TP", rf"\fB{_text(name)}\fP", _text(meaning))


def _exit_codes() -> Iterator[str]:
    """Yield each code with what it stands for, as the classes of errors say it."""
    kinds = {
        kind.exit_code: (kind.__doc__ or "").partition("\n")[0] for kind in NewsArchiveError.__subclasses__()
    }
    meanings = {
        0: "Done, also when there was nothing to do.",
        **kinds,
        INTERRUPTED: "Interrupted; the message says whether the change was saved.",
        PIPE_CLOSED: "The reader closed the pipe.",
    }
    yield from _terms([(str(code), meaning) for code, meaning in sorted(meanings.items())])


def _text(text: str) -> str:
    r"""Return text that man shows as it is: dashes that can be copied, no accidental requests, `code` in bold."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("~", r"\(ti")
    text = text.replace("^", r"\(ha").replace('"', r"\(dq")
    text = re.sub(r"`([^`]+)`", r"\\fB\1\\fP", text)
    return rf"\&{text}" if text.startswith(".") else text


if __name__ == "__main__":
    typer.echo(manual(), nl=False)
