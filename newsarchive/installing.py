"""How this installation of the program gets what only some of its users need."""

from __future__ import annotations

import sys
from shlex import quote


def command_for(extra: str, *, upgrades: bool = False) -> str:
    """Return the command that installs an extra beside the program that runs: `pip` alone may be another Python's.

    Where there is no pip, as in what uv has made, it is that of uv.
    """
    from importlib.util import find_spec  # spares start-up: only for a refusal

    python = quote(sys.executable or "python3")
    installs = f"{python} -m pip install" if find_spec("pip") else f"uv pip install -p {python}"
    return f"{installs}{' --upgrade' if upgrades else ''} 'newsarchive[{extra}]'"
