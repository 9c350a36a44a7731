"""The page on working together is true: its commands are typed into a shell, and the output compared."""

from __future__ import annotations

import os
import re
import shutil

import pytest
from pages import ROOT, type_in, typed_in

PAGE = (ROOT / "docs" / "together.md").read_text(encoding="utf-8")


def without_git(printed: str) -> str:
    """Leave out what git says of its own: its words change."""
    return re.sub(r"^(?:Auto-merging|CONFLICT|Automatic merge).*\n", "", printed, flags=re.MULTILINE)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_every_command_prints_what_the_page_shows(alone, monkeypatch):
    """It runs the three ways to share in one folder, git with the merge driver among them."""
    home = alone / "you"
    home.mkdir()
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    shown = typed_in(PAGE)

    printed = type_in([line for line, _ in shown], home)

    assert len(shown) > 20
    assert [(one.line, without_git(one.printed)) for one in printed] == [
        (one.line, without_git(one.printed)) for one in shown
    ]


def test_the_page_is_found():
    """It is linked in the README."""
    assert "(docs/together.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
