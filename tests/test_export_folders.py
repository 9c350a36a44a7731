"""Exports that keep pace: a folder of posts follows the archive, and its names stay."""

from __future__ import annotations

from pathlib import Path

import pytest

MANIFEST = ".newsarchive-export.json"


@pytest.fixture
def posts(archive, invoke):
    """Export the archive as posts."""
    assert invoke("export", "--format", "markdown", "-o", "posts/").code == 0
    return Path("posts")


def names(posts):
    return sorted(path.name for path in posts.iterdir() if path.name != MANIFEST)


def test_a_new_title_changes_no_name(posts, invoke):
    """It writes an entry into the file that it had, and needs no --force in a folder of its own."""
    before = names(posts)
    invoke("edit", "3", "--set", "title=Another title", "--set", "date=2019")

    result = invoke("export", "--format", "markdown", "-o", "posts/")

    assert (result.code, names(posts)) == (0, before)
    assert sum("Another title" in path.read_text() for path in posts.glob("*.md")) == 1


def test_what_is_written_no_more_is_named_and_then_removed(posts, invoke):
    """It names the file of a removed entry, and removes it with --force; nobody else's file is touched."""
    [old] = [name for name in names(posts) if "midterm" in name]
    (posts / "index.md").write_text("mine")
    invoke("remove", "7", "--yes")

    result = invoke("export", "--format", "markdown", "-o", "posts/")
    assert (result.code, old in result.err, old in names(posts)) == (0, True, True)

    result = invoke("export", "--format", "markdown", "-o", "posts/", "--force")
    assert (result.code, f"Removed what is written no more: {old}" in result.err) == (0, True)
    assert old not in names(posts)
    assert (posts / "index.md").read_text() == "mine"
    assert len(names(posts)) == 10


def test_what_somebody_changed_is_left(posts, invoke):
    """It removes no file that was edited since."""
    [old] = [name for name in names(posts) if "midterm" in name]
    (posts / old).write_text("edited")
    invoke("remove", "7", "--yes")

    result = invoke("export", "--format", "markdown", "-o", "posts/", "--force")

    assert (posts / old).read_text() == "edited"
    assert old in result.err


def test_a_file_of_somebody_else_is_not_overwritten(posts, invoke):
    """It refuses to write over a file that it did not write."""
    (posts / "2024-05-17-new.md").write_text("mine")
    invoke("add", "--title", "New", "--date", "2024-05-17")

    result = invoke("export", "--format", "markdown", "-o", "posts/")

    assert (result.code, "2024-05-17-new.md is already there" in result.err) == (2, True)
    assert (posts / "2024-05-17-new.md").read_text() == "mine"


def test_a_folder_of_somebody_else_needs_force(archive, invoke):
    """It fills no folder that holds other things, unless told."""
    Path("posts").mkdir()
    Path("posts/mine.md").write_text("mine")

    assert invoke("export", "--format", "markdown", "-o", "posts/").code == 2
    assert invoke("export", "--format", "markdown", "-o", "posts/", "--force").code == 0
    assert Path("posts/mine.md").read_text() == "mine"


def test_names_and_keys_can_be_set(archive, invoke):
    """It takes `extra.key` for the name of a file and the key of a citation, where it can be one."""
    invoke("edit", "3", "--set", "extra.key=mazaalai")
    invoke("edit", "4", "--set", "extra.key=../../x")

    invoke("export", "--format", "markdown", "-o", "posts/")

    assert "mazaalai.md" in names(Path("posts"))
    assert len(names(Path("posts"))) == 10
    assert "@misc{mazaalai," in invoke("export", "--format", "bibtex").out
    assert '"id":"mazaalai"' in invoke("export", "--format", "csl-json").out.replace(" ", "")


@pytest.mark.parametrize("spoilt", ["", "[]", "{", '{"files": {"../x.md": {"id": 1, "digest": "1"}}}'])
def test_a_spoilt_list_is_none(posts, invoke, spoilt):
    """It treats the folder as somebody else's, and touches nothing outside it."""
    (posts / MANIFEST).write_text(spoilt)
    Path("x.md").write_text("mine")

    assert invoke("export", "--format", "markdown", "-o", "posts/").code == 2
    assert invoke("export", "--format", "markdown", "-o", "posts/", "--force").code == 0
    assert Path("x.md").read_text() == "mine"
