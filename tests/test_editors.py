"""Editors as they are: those that return at once, and those that put a byte order mark before the text."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest


@pytest.fixture
def drafts(alone, monkeypatch):
    """Keep the files for editors in a folder of the test."""
    folder = alone / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def editor(alone, code):
    """Make an editor of a program text, in which `path` is the file."""
    program = alone / "editor.py"
    program.write_text(f"import sys, time, pathlib\npath = pathlib.Path(sys.argv[1])\n{code}\n")
    return {"EDITOR": f"{sys.executable} {program}"}


def title(invoke, entry_id):
    return json.loads(invoke("show", str(entry_id), "--json").out)[0]["title"]


def test_an_editor_that_returns_at_once_is_told_about_wait(archive, alone, drafts, invoke, terminal):
    """It keeps the file, and the next edit begins with what was saved into it later."""
    result = terminal("edit", "3", env=editor(alone, ""))

    assert result.code == 0
    assert "returned at once" in result.out
    assert "--wait" in result.out
    [path] = drafts.iterdir()
    path.write_text(path.read_text().replace("Gobi Bear", "Mazaalai"))

    result = terminal("edit", "3", env=editor(alone, "time.sleep(1.2)"))

    assert re.search(r"unsaved text of \d\d:\d\d is opened", result.out)
    assert title(invoke, 3).startswith("Mazaalai")
    assert list(drafts.iterdir()) == []


def test_unsaved_text_of_an_entry_that_was_changed_since(archive, alone, drafts, invoke, terminal):
    """It opens no text over what others have changed since it was begun, and names the file that has it."""
    terminal("edit", "3", env=editor(alone, ""))
    [path] = drafts.iterdir()
    path.write_text(path.read_text().replace("Gobi Bear", "Mazaalai"))
    invoke("tag", "+meanwhile", "id:3")

    result = terminal("edit", "3", env=editor(alone, "time.sleep(1.2)"))

    said = "".join(result.out.split())
    assert str(path) in said
    assert "whatitbeganwithhaschangedsince" in said
    assert not title(invoke, 3).startswith("Mazaalai")
    assert list(drafts.iterdir()) == [path]


def test_an_editor_for_a_new_entry_returns_at_once(archive, alone, drafts, invoke, terminal):
    """It finds the text of `add` as well."""
    terminal("add", env=editor(alone, ""))
    [path] = drafts.iterdir()
    path.write_text(path.read_text().replace("title:", "title: Saved later"))

    terminal("add", env=editor(alone, "time.sleep(1.2)"))

    assert title(invoke, 11) == "Saved later"
    assert list(drafts.iterdir()) == []


def test_an_editor_that_takes_its_time_leaves_no_file(archive, alone, drafts, terminal):
    """It says nothing of --wait to who looked and changed nothing."""
    result = terminal("edit", "3", env=editor(alone, "time.sleep(1.2)"))

    assert "--wait" not in result.out
    assert list(drafts.iterdir()) == []


def test_a_byte_order_mark_is_no_fault(archive, alone, drafts, invoke, terminal):
    """It reads the text behind the mark."""
    code = "path.write_bytes(b'\\xef\\xbb\\xbf' + path.read_bytes().replace(b'Gobi Bear', b'Mazaalai'))"

    assert terminal("edit", "3", env=editor(alone, code)).code == 0

    assert title(invoke, 3).startswith("Mazaalai")
    assert list(drafts.iterdir()) == []


def test_the_text_of_another_user_is_not_opened(archive, alone, drafts, invoke, terminal):
    """It follows no link that has the name of such a file."""
    terminal("edit", "3", env=editor(alone, ""))
    [path] = drafts.iterdir()
    Path("other.md").write_text("planted")
    path.unlink()
    path.symlink_to(alone / "other.md")

    result = terminal("edit", "3", env=editor(alone, "time.sleep(1.2)"))

    assert "unsaved text" not in result.out
    assert Path("other.md").read_text() == "planted"
