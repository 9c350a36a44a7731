"""Writers that meet: whoever comes second plans again, and only a true conflict of one field is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest
from storing import recorded, titles

from newsarchive.store.file import lock

Invoke = Callable[..., Any]


@pytest.fixture
def meeting(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Run a command that is overtaken, once it has made its plan, by others: `meeting(["tag", …], ["add", …])`."""

    def call(*overtaking: list[str], overtaken: list[str], stdin: str = "") -> Any:
        real = lock.locked

        def late(*arguments: Any, **options: Any) -> Any:
            monkeypatch.setattr(lock, "locked", real)
            for command in overtaking:
                assert invoke(*command).code == 0
            return real(*arguments, **options)

        monkeypatch.setattr(lock, "locked", late)
        return invoke(*overtaken, stdin=stdin)

    return call


def entry(invoke: Invoke, entry_id: int) -> Any:
    """Return an entry as JSON."""
    return json.loads(invoke("show", str(entry_id), "--json").out)[0]


# --- tags and fields --------------------------------------------------------------------------------------


def test_tags_of_two(archive: Path, invoke: Invoke, meeting: Invoke) -> None:
    """It keeps both tags that two commands give one entry, and a text that somebody set in between."""
    result = meeting(
        ["tag", "+a", "id:5"], ["edit", "5", "--set", "title=Other"], overtaken=["tag", "+b", "id:5"]
    )

    assert result.code == 0
    assert (entry(invoke, 5)["tags"], entry(invoke, 5)["title"]) == (["a", "b"], "Other")


def test_fields_of_two(archive: Path, invoke: Invoke, meeting: Invoke) -> None:
    """It keeps what two commands set in different fields, two keys of `extra` among them."""
    result = meeting(
        ["edit", "5", "--set", "title=Other", "--set", "extra.a=1"],
        overtaken=["edit", "5", "--set", "source=CMS", "--set", "extra.b=2"],
    )

    found = entry(invoke, 5)
    assert (result.code, found["title"], found["source"]) == (0, "Other", "CMS")
    assert found["extra"] == {"a": "1", "b": "2"}


@pytest.mark.parametrize(("field", "before"), [("source", "'cami-news-listing.txt'"), ("extra.a", "nothing")])
def test_one_field_of_two(archive: Path, invoke: Invoke, meeting: Invoke, field: str, before: str) -> None:
    """It refuses to overwrite a field that somebody else has just set, and names it with all values."""
    command = ["edit", "5", "--set"]
    result = meeting([*command, f"{field}=theirs"], overtaken=[*command, f"{field}=mine", "--set", "title=x"])

    assert (result.code, result.out) == (3, "")
    assert result.err == (
        f"newsarchive: {field} of entry 5 became 'theirs' meanwhile; it was {before} and was to be 'mine'; "
        "nothing was written; look again and repeat the command\n"
    )
    assert entry(invoke, 5)["title"] != "x"
    assert recorded(archive) == [1, 2]


def test_the_same_change_twice(archive: Path, meeting: Invoke) -> None:
    """It has nothing to do where somebody else did the very same."""
    result = meeting(["edit", "5", "--set", "source=CMS"], overtaken=["edit", "5", "--set", "source=CMS"])

    assert result.code == 0
    assert recorded(archive) == [1, 2]


# --- what is selected -------------------------------------------------------------------------------------


def test_the_selection_is_made_again(archive: Path, invoke: Invoke, meeting: Invoke) -> None:
    """It acts on the entries that match when it writes: one more that was added, one less that was changed."""
    invoke("tag", "+draft", "id:3,5")

    result = meeting(
        ["add", "--title", "New", "--tag", "draft"],
        ["tag", "-draft", "id:5"],
        overtaken=["tag", "+seen", "tag:draft"],
    )

    assert result.err.startswith("Tagged 2 of 2 entries (operation 5)")
    assert invoke("list", "tag:seen", "--sort", "id", "--format", "ids").out.split() == ["3", "11"]


def test_remove_what_no_longer_matches(archive: Path, invoke: Invoke, meeting: Invoke) -> None:
    """It removes no entry that somebody else has just taken out of the selection."""
    invoke("tag", "+draft", "id:3,5")

    result = meeting(["tag", "-draft", "id:5"], overtaken=["remove", "tag:draft", "--yes"])

    assert (result.code, 3 in titles(archive), 5 in titles(archive)) == (0, False, True)


def test_edit_what_no_longer_matches(archive: Path, invoke: Invoke, meeting: Invoke) -> None:
    """It edits no entry that somebody else has just taken out of the selection, and those that came in."""
    invoke("tag", "+draft", "id:3,5")

    result = meeting(
        ["tag", "-draft", "id:5"],
        ["tag", "+draft", "id:7"],
        overtaken=["edit", "tag:draft", "--set", "source=x"],
    )

    assert result.err.startswith("Changed 2 of 2 entries (operation 5)")
    assert [entry(invoke, n)["source"] == "x" for n in (3, 5, 7)] == [True, False, True]


def test_an_entry_that_has_gone(archive: Path, invoke: Invoke, meeting: Invoke) -> None:
    """It says so when the entry that was named is removed meanwhile."""
    result = meeting(["remove", "5", "--yes"], overtaken=["tag", "+a", "--id", "5"])

    assert (result.code, "no entry with id 5" in result.err) == (1, True)


# --- additions --------------------------------------------------------------------------------------------


def story(title: str, **fields: object) -> str:
    """Write a source of one story."""
    return json.dumps([{"title": title, "date": "2021", **fields}])


def test_two_imports(archive: Path, invoke: Invoke, meeting: Invoke, alone: Path) -> None:
    """It brings in both, each story with an id of its own, and relations inside a source follow."""
    (alone / "theirs.json").write_text(story("Theirs"))
    mine = [
        {"id": 1, "title": "Mine", "date": "2021", "relations": [{"kind": "translation", "id": 2}]},
        {"id": 2, "title": "Моё", "date": "2021"},
    ]

    result = meeting(["import", "theirs.json"], overtaken=["import", "-"], stdin=json.dumps(mine))

    assert result.code == 0
    assert {n: title for n, title in titles(archive).items() if n > 10} == {
        11: "Theirs",
        12: "Mine",
        13: "Моё",
    }
    assert entry(invoke, 12)["relations"] == [{"kind": "translation", "id": 13}]


def test_one_story_twice(archive: Path, meeting: Invoke, alone: Path) -> None:
    """It notices that somebody else has just brought in the same story, and accounts for it so."""
    (alone / "theirs.json").write_text(story("Saiga"))

    result = meeting(
        ["import", "theirs.json"], overtaken=["import", "-", "--report", "-"], stdin=story("Saiga")
    )

    assert json.loads(result.out)["reason"] == "is there already as entry 11"
    assert list(titles(archive).values()).count("Saiga") == 1


def test_a_source_that_is_another_one_by_then(archive: Path, meeting: Invoke, alone: Path) -> None:
    """It says of an item why it failed, if that shows only when the import is planned again."""
    (alone / "mine.jsonl").write_text('{"title": "Mine"}\n')

    result = meeting(
        ["export", "--format", "csv", "--limit", "1", "-o", "mine.jsonl", "--force"],
        ["add", "--title", "Theirs"],
        overtaken=["import", "mine.jsonl", "--format", "jsonl"],
    )

    assert result.code == 7
    assert result.err.count("newsarchive: mine.jsonl:1:1: is not JSON") == 1
    assert "Mine" not in titles(archive).values()


def test_first_imports_of_two(alone: Path, meeting: Invoke) -> None:
    """It keeps ids of a source only when the archive is new at the moment of writing."""
    (alone / "theirs.json").write_text(story("Theirs", id=7))

    result = meeting(["import", "theirs.json"], overtaken=["import", "-"], stdin=story("Mine", id=7))

    assert result.code == 0
    assert titles(alone / "archive.json") == {7: "Theirs", 8: "Mine"}


def test_import_that_waits_for_its_pipe(archive: Path, invoke: Invoke) -> None:
    """It gives no id that was given and taken back while it waited for its source."""
    waiting = subprocess.Popen(
        [sys.executable, "-m", "newsarchive", "import", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert waiting.stdin is not None
    waiting.stdin.write("[")
    waiting.stdin.flush()
    invoke("add", "--title", "Short-lived")
    invoke("remove", "11", "--yes")

    waiting.communicate(story("Mine")[1:], timeout=60)

    assert waiting.returncode == 0
    assert [n for n in titles(archive) if n > 10] == [12]


# --- undo -------------------------------------------------------------------------------------------------


def test_undo_that_is_overtaken(archive: Path, invoke: Invoke, meeting: Invoke) -> None:
    """It takes back what it did, whatever came meanwhile."""
    invoke("tag", "+a", "--all")

    result = meeting(["tag", "+b", "id:5"], overtaken=["undo", "2"])

    assert (result.code, entry(invoke, 5)["tags"]) == (0, ["b"])


def test_two_undos(archive: Path, invoke: Invoke, meeting: Invoke) -> None:
    """It says that somebody else has just undone the operation."""
    invoke("tag", "+a", "--all")

    result = meeting(["undo", "2"], overtaken=["undo", "2"])

    assert (result.code, "operation 2 is undone already" in result.err) == (1, True)


# --- on a terminal ----------------------------------------------------------------------------------------


def test_a_shown_plan_is_shown_again(archive: Path, invoke: Invoke) -> None:
    """It asks again when what a person agreed to has come out otherwise meanwhile."""
    invoke("tag", "+draft", "id:3")
    child = pexpect.spawn(
        sys.executable, ["-m", "newsarchive", "remove", "tag:draft"], encoding="utf-8", timeout=60
    )
    child.expect("Remove 1 entry")
    invoke("tag", "+draft", "id:5")

    child.sendline("y")
    child.expect("The archive was changed meanwhile. What is planned now:")
    child.expect("Remove 2 entries")
    child.sendline("n")
    child.expect("Nothing was changed")
    child.expect(pexpect.EOF)

    assert len(titles(archive)) == 10


def test_a_shown_plan_that_stays(archive: Path, invoke: Invoke) -> None:
    """It asks once when what others did meanwhile makes no difference to it."""
    child = pexpect.spawn(sys.executable, ["-m", "newsarchive", "remove", "3"], encoding="utf-8", timeout=60)
    child.expect("Remove 1 entry")
    invoke("tag", "+a", "id:5")

    child.sendline("y")
    child.expect("Removed 1 entry")
    child.expect(pexpect.EOF)

    assert (len(titles(archive)), entry(invoke, 5)["tags"]) == (9, ["a"])
