"""How the program starts: what it loads."""

from __future__ import annotations

import os
import pty
import shlex
import subprocess
import sys
from collections.abc import Mapping

import pytest
from conftest import read_to_the_end

LOADED = """
import sys
there = set(sys.modules)
from newsarchive.__main__ import main
try:
    main()
finally:
    print(*sorted({*sys.modules} - there), file=sys.stderr)
"""
DEPENDENCIES = {
    "Stemmer",
    "anyascii",
    "filelock",
    "frontmatter",
    "jinja2",
    "lxml",
    "msgspec",
    "rapidfuzz",
    "regex",
    "rich",
    "tinydb",
    "tomlkit",
    "yaml",
}
"""Packages that the program uses, besides Typer and what that loads."""

LARGE = {
    "asyncio",
    "email",
    "http",
    "importlib.metadata",
    "logging",
    "multiprocessing",
    "socket",
    "sqlite3",
    "xml",
}
"""Modules of the standard library that no small command waits for."""

COMPLETION = {"_NEWSARCHIVE_COMPLETE": "bash", "COMP_LINE": "newsarchive li"}

COMMANDS = [
    ("--version", {}, set(), 18),
    ("--help", {}, set(), 18),
    ("", COMPLETION, {"msgspec"}, 75),
    ("list", {}, {"msgspec", "rich"}, 60),
    ("tags", {}, {"msgspec", "rich"}, 68),
    ("search saiga", {}, {"msgspec", "rich", "Stemmer"}, 114),
]
"""A command line, its surroundings, what else it loads, and how many modules of the program itself it may load."""


def run(program: str, *arguments: str, env: Mapping[str, str]) -> str:
    """Run a program of Python's on a terminal, and return what went to stderr."""
    controller, line = pty.openpty()
    command = [sys.executable, "-c", program, *arguments]
    process = subprocess.Popen(
        command, stdout=line, stderr=subprocess.PIPE, text=True, env={**os.environ, **env}
    )
    os.close(line)
    read_to_the_end(controller)
    _, said = process.communicate(timeout=60)
    os.close(controller)
    return said


@pytest.mark.parametrize(("command", "env", "needed", "most"), COMMANDS)
def test_what_is_loaded(archive, command, env, needed, most):
    """It loads what the command needs; who makes it need more measures first (benchmarks/startup.py)."""
    said = run(LOADED, *shlex.split(command), env=env)

    loaded = said.splitlines()[-1].split()
    own = [name for name in loaded if name.startswith("newsarchive")]
    assert (DEPENDENCIES | LARGE).intersection(loaded) == needed
    assert len(own) <= most
