"""`newsarchive completion`: the script that lets a shell complete command lines."""

from importlib import resources
from typing import Annotated

import typer

from newsarchive.cli.completing import SHELLS
from newsarchive.cli.session import session_of
from newsarchive.errors import BadOptionError

EXAMPLES = (
    "newsarchive completion bash",
    "newsarchive completion zsh > _newsarchive",
)


def run(
    context: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="SHELL", help=f"{', '.join(SHELLS)}.")],
) -> None:
    """Print the script for a shell.

    For bash and zsh, put eval "$(newsarchive completion SHELL)" into ~/.bashrc or ~/.zshrc; for fish,
    newsarchive completion fish | source into ~/.config/fish/config.fish.
    """
    if shell not in SHELLS:
        raise BadOptionError(f"there is no completion for {shell!r}; choose {', '.join(SHELLS)}")
    script = resources.files("newsarchive") / "templates" / f"completion.{shell}"
    session_of(context).streams.write(script.read_text(encoding="utf-8"))
