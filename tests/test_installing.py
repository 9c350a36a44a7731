"""What is told to whoever lacks a library: a command that installs it where the program is."""

from __future__ import annotations

import importlib.util
import sys

import pytest

from newsarchive.installing import command_for


@pytest.mark.parametrize(
    ("has_pip", "upgrades", "command"),
    [
        (True, False, "'/opt/my news/python' -m pip install 'newsarchive[documents]'"),
        (True, True, "'/opt/my news/python' -m pip install --upgrade 'newsarchive[documents]'"),
        (False, False, "uv pip install -p '/opt/my news/python' 'newsarchive[documents]'"),
    ],
)
def test_it_is_for_the_python_that_runs(
    monkeypatch: pytest.MonkeyPatch, *, has_pip: bool, upgrades: bool, command: str
) -> None:
    """It names the Python of this installation, and uv where there is no pip."""
    monkeypatch.setattr(sys, "executable", "/opt/my news/python")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object() if has_pip else None)

    assert command_for("documents", upgrades=upgrades) == command
