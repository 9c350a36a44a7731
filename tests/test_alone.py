"""No test can reach a real archive: not the repository's, not the user's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent


def test_a_test_starts_in_an_empty_folder(alone):
    """It has a folder of its own with nothing in it."""
    assert Path.cwd() == alone
    assert list(alone.iterdir()) == []


def test_the_folder_is_outside_of_the_repository(alone):
    """It has no archive above it that the program would find."""
    assert REPOSITORY not in alone.resolve().parents
    assert [folder for folder in alone.resolve().parents if (folder / "archive.json").exists()] == []


def test_the_program_finds_no_archive(invoke, program, alone):
    """It finds none within the test's process, nor in a process of its own."""
    for run in (invoke, program):
        result = run("list")
        assert result.code == 1
        assert f"there is no archive at {alone}/archive.json" in result.err


def test_the_home_folder_is_the_test_s(alone):
    """It finds neither settings nor archives of the user."""
    assert Path.home() == alone
    assert "NEWSARCHIVE_FILE" not in os.environ


@pytest.mark.parametrize("name", ["NEWSARCHIVE_FILE", "NO_COLOR", "VISUAL", "EDITOR", "COLUMNS"])
def test_wishes_of_the_user_do_not_count(name):
    """It sees no variable that changes what the program does."""
    assert name not in os.environ


def test_a_write_stays_in_the_folder(invoke, alone):
    """It leaves the repository's archive as it is, to the byte and the time."""
    own = REPOSITORY / "archive.json"
    before = own.stat() if own.exists() else None

    assert invoke("add", "--title", "Saiga").code == 0

    assert sorted(path.name for path in alone.iterdir()) == [".newsarchive", "archive.json"]
    assert (own.stat() if own.exists() else None) == before
