"""An archive under git: branches merge by its entries, and conflicts are resolved from the file."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture
def git(alone):
    """Start a repository in the test's folder, and give the way to run git there."""
    program = alone / "bin" / "newsarchive"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newsarchive "$@"\n')
    program.chmod(0o755)
    author = {
        f"GIT_{who}_{what}": "tester@example.org"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    env = {
        **os.environ,
        **author,
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    env["PYTHONPATH"] = str(Path(__file__).parent.parent)

    def run(*arguments, code=0):
        done = subprocess.run(["git", *arguments], env=env, capture_output=True, text=True, check=False)
        assert code is None or done.returncode == code, (arguments, done.stdout, done.stderr)
        return done

    run("init", "-q", "-b", "main")
    (alone / ".git" / "info" / "exclude").write_text("bin/\n")
    return run


def branches(git, invoke, ours, theirs, *, driver=True):
    """Commit the archive, and change it otherwise in each of two branches."""
    if driver:
        assert invoke("init", "--git").code == 0
    git("add", ".")
    git("commit", "-qm", "base")
    git("checkout", "-qb", "theirs")
    for command in theirs:
        assert invoke(*command).code == 0
    git("commit", "-qam", "theirs")
    git("checkout", "-q", "main")
    for command in ours:
        assert invoke(*command).code == 0
    git("commit", "-qam", "ours")


def entries(invoke):
    return {entry["id"]: entry for entry in json.loads(invoke("export").out)}


def test_branches_that_added_different_entries_merge(archive, git, invoke):
    """It merges without a conflict, gives one id of two entries anew, and leaves a sound archive."""
    branches(
        git,
        invoke,
        [("add", "--title", "Ours"), ("tag", "+ours", "id:5")],
        [("add", "--title", "Theirs"), ("tag", "+theirs", "id:5"), ("remove", "6", "--yes")],
    )

    git("merge", "-q", "theirs")

    found = entries(invoke)
    assert {entry["title"] for entry_id, entry in found.items() if entry_id > 10} == {"Ours", "Theirs"}
    assert set(found[5]["tags"]) == {"ours", "theirs"}
    assert 6 not in found
    assert "changed by hand" not in invoke("list").err
    assert int(invoke("add", "--title", "Next").out) > max(found)


def test_init_sets_git_up_once(archive, git, invoke):
    """It names the driver in .gitattributes and in git's settings, and says that each clone needs it."""
    assert invoke("init", "--git").code == 0
    result = invoke("init", "--git")

    assert result.code == 0
    assert Path(".gitattributes").read_text() == "/archive.json merge=newsarchive\n"
    assert git("config", "merge.newsarchive.driver").stdout == "newsarchive merge --git %O %A %B\n"
    assert "Each clone needs" in result.err


def test_init_outside_a_repository(archive, invoke):
    """It says what to do first."""
    result = invoke("init", "--git")

    assert (result.code, "`git init`" in result.err) == (2, True)


CONFLICT = (
    [("edit", "3", "--set", "title=Ours"), ("tag", "+ours", "id:5")],
    [("edit", "3", "--set", "title=Theirs"), ("tag", "+theirs", "id:5"), ("add", "--title", "New")],
)


@pytest.mark.parametrize("driver", [True, False])
@pytest.mark.parametrize(("option", "title"), [("--ours", "Ours"), ("--theirs", "Theirs")])
def test_a_conflict_is_resolved_from_the_file(archive, git, invoke, driver, option, title):
    """It names the lines of git's markers and what resolves them, lists the fields, and merges the rest."""
    branches(git, invoke, *CONFLICT, driver=driver)
    git("merge", "theirs", code=1)
    lines = [
        n
        for n, line in enumerate(archive.read_text().splitlines(), 1)
        if line.startswith(("<<<<<<<", ">>>>>>>"))
    ]

    result = invoke("list")
    assert result.code == 4
    assert f"archive.json:{lines[0]}:1: two versions were merged by git" in result.err
    assert str(lines[1]) in result.err
    assert "`newsarchive merge` resolves them" in result.err
    assert "restore" not in result.err

    result = invoke("merge")
    assert (result.code, "entry 3, title: 'Ours' here, 'Theirs' in the copy" in result.err) == (3, True)
    assert invoke("merge", option).code == 0

    found = entries(invoke)
    assert (found[3]["title"], found[max(found)]["title"]) == (title, "New")
    assert set(found[5]["tags"]) == {"ours", "theirs"}
    git("commit", "-qam", "merged")


def test_merge_without_a_copy_and_without_a_conflict(archive, invoke):
    """It asks for a copy."""
    result = invoke("merge")

    assert (result.code, "name a copy" in result.err) == (2, True)


@pytest.mark.parametrize("files", [(), ("one",), ("a", "b", "c", "d")])
def test_the_driver_takes_three_files(archive, invoke, files):
    """It says how git calls it."""
    result = invoke("merge", "--git", *files)

    assert (result.code, "BASE OURS THEIRS" in result.err) == (2, True)


def test_branches_that_both_began_an_archive(archive, git, invoke):
    """It merges two files without a common one, and keeps every entry of both."""
    git("commit", "-q", "--allow-empty", "-m", "nothing")
    git("checkout", "-qb", "theirs")
    Path("archive.json").rename("kept.json")
    shutil.rmtree(".newsarchive")
    invoke("add", "--title", "Theirs")
    invoke("init", "--git")
    git("add", "archive.json", ".gitattributes")
    git("commit", "-qm", "theirs")
    git("checkout", "-q", "main")
    shutil.rmtree(".newsarchive")
    Path("kept.json").rename("archive.json")
    invoke("init", "--git")
    git("add", "archive.json", ".gitattributes")
    git("commit", "-qm", "ours")

    git("merge", "-q", "theirs")

    found = entries(invoke)
    assert len(found) == 11
    assert found[11]["title"] == "Theirs"


def test_entries_of_one_second_are_told_apart_by_their_text(alone, invoke):
    """It takes an entry that a merge has numbered anew for no other that was added in the same second."""
    invoke("add", "--title", "Saiga numbers recover")
    shutil.copy("archive.json", "copy.json")
    invoke("add", "--title", "Snow leopard day")
    invoke("add", "--title", "Argali in the Pamirs", "-a", "copy.json")
    invoke("merge", "copy.json")
    archive = Path("archive.json")
    archive.write_text(re.sub(r"20..-..-..T..:..:..", "2024-03-01T00:00:00", archive.read_text()))
    for name in ("base.json", "theirs.json"):
        shutil.copy(archive, name)
    invoke("tag", "+ours", "id:2")
    invoke("tag", "+theirs", "id:2,3", "-a", "theirs.json")

    assert invoke("merge", "--git", "base.json", "archive.json", "theirs.json").code == 0
    merged = {number: (one["title"], sorted(one["tags"])) for number, one in entries(invoke).items()}
    assert merged == {
        1: ("Saiga numbers recover", []),
        2: ("Snow leopard day", ["ours", "theirs"]),
        3: ("Argali in the Pamirs", ["theirs"]),
    }
