"""What scripts go by: the plan of a dry run as JSON, and notes and errors as an object a line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Invoke = Callable[..., Any]


def plan(invoke: Invoke, *arguments: str, **options: Any) -> list[dict[str, Any]]:
    """Return the plan of a command as a program reads it."""
    result = invoke(*arguments, "--dry-run", "--format", "json", **options)
    assert result.code == 0, result.err
    found: list[dict[str, Any]] = json.loads(result.out)
    return found


def told(result: Any) -> list[dict[str, Any]]:
    """Return what a command said on stderr with --notes jsonl."""
    return [json.loads(line) for line in result.err.splitlines()]


# --- plans ------------------------------------------------------------------------------------------------


def test_plan_of_changes(archive: Path, invoke: Invoke) -> None:
    """It shows of each entry the fields that change, before and after, and writes nothing."""
    before = archive.read_bytes()

    changes = plan(invoke, "edit", "5,7", "--set", "source=CMS", "--set", "extra.n=1")

    old = {"source": "cami-news-listing.txt", "extra": {}}
    assert [(one["id"], one["kind"]) for one in changes] == [(5, "change"), (7, "change")]
    assert [(one["before"], one["after"]) for one in changes] == [
        (old, {"source": "CMS", "extra": {"n": "1"}})
    ] * 2
    assert archive.read_bytes() == before


def test_plan_of_an_addition(archive: Path, invoke: Invoke) -> None:
    """It shows all of an entry that would be added, without an id."""
    (change,) = plan(invoke, "add", "--title", "Saiga", "--date", "2021", "--tag", "news")

    assert (change["id"], change["kind"], change["before"], change["title"]) == (None, "add", None, "Saiga")
    assert (change["after"]["date"], change["after"]["tags"]) == ("2021", ["news"])


def test_plan_of_a_removal(archive: Path, invoke: Invoke) -> None:
    """It shows all of an entry that would be removed."""
    (change,) = plan(invoke, "remove", "3")

    assert (change["id"], change["kind"], change["after"]) == (3, "remove", None)
    assert change["before"]["title"] == change["title"]


def test_plan_of_an_undo(archive: Path, invoke: Invoke) -> None:
    """It shows what would come back."""
    invoke("tag", "+a", "id:5")

    (change,) = plan(invoke, "undo")

    assert (change["id"], change["before"], change["after"]) == (5, {"tags": ["a"]}, {"tags": []})


def test_plan_of_an_import(archive: Path, invoke: Invoke) -> None:
    """It takes --json, as --format is that of the sources there."""
    result = invoke("import", "-", "--dry-run", "--json", stdin='[{"title": "Saiga", "date": "2021"}]')

    assert [one["title"] for one in json.loads(result.out)] == ["Saiga"]


def test_plan_as_lines(archive: Path, invoke: Invoke) -> None:
    """It writes an object a line, and none where nothing changes."""
    lines = invoke("tag", "+a", "--all", "--dry-run", "--format", "jsonl").out.splitlines()

    assert [json.loads(line)["after"] for line in lines] == [{"tags": ["a"]}] * 10
    assert plan(invoke, "tag", "-nothing", "--all") == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "json"], "add --dry-run"),
        (["--json"], "add --dry-run"),
        (["--dry-run", "--format", "csv"], "--format 'csv' is unknown; choose table, json, jsonl"),
    ],
)
def test_no_plan(archive: Path, invoke: Invoke, arguments: list[str], message: str) -> None:
    """It refuses the form of a plan that is not shown, before anything is written, and forms that it has not."""
    before = archive.read_bytes()

    result = invoke("tag", "+a", "--all", *arguments)

    assert (result.code, message in result.err) == (2, True)
    assert archive.read_bytes() == before


@pytest.mark.parametrize("command", [["history", "prune", "--keep", "0"], ["restore", "--force"]])
def test_commands_without_a_list_of_changes(archive: Path, invoke: Invoke, command: list[str]) -> None:
    """It says so where there is no list of changes."""
    invoke("tag", "+a", "--all")

    result = invoke(*command, "--dry-run", "--json")

    assert (result.code, result.out) == (2, "")
    assert "has no list of changes to show as json" in result.err


# --- notes and errors -------------------------------------------------------------------------------------


def test_what_was_done(archive: Path, invoke: Invoke) -> None:
    """It tells the operation and the ids of what was changed."""
    result = invoke("tag", "+a", "id:5,7", "--notes", "jsonl")

    assert told(result) == [
        {
            "level": "info",
            "text": "Tagged 2 of 2 entries (operation 2). Undo: newsarchive undo 2",
            "operation": 2,
            "ids": [5, 7],
        }
    ]


def test_what_was_skipped(archive: Path, invoke: Invoke) -> None:
    """It tells of each item that was not taken, and why."""
    title = json.loads(invoke("show", "5", "--json").out)[0]["title"]
    date = json.loads(invoke("show", "5", "--json").out)[0]["date"]
    items = [
        {"title": title, "date": date},
        {"title": ""},
        {"title": "Межнев", "date": "2021", "tags": ["a b?"]},
    ]

    result = invoke("--notes", "jsonl", "import", "-", stdin=json.dumps(items))

    found = {(one["level"], one.get("outcome")): one for one in told(result)}
    assert result.code == 6
    assert found["info", "skipped"]["text"].endswith("is there already as entry 5")
    assert (found["info", "skipped"]["id"], found["error", "failed"]["id"]) == (5, None)
    assert found["note", "added"]["id"] == 11
    assert found["error", None]["exit_code"] == 6
    assert result.err.isascii()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show", "99"], 1),
        (["list", "--no-such-option"], 2),
        (["list", "("], 2),
        (["undo", "99"], 1),
        (["nonsense"], 2),
        (["list", "-a", "missing.json"], 1),
    ],
)
@pytest.mark.parametrize("notes", [["--notes", "jsonl"], ["--notes=jsonl"]])
def test_errors(archive: Path, invoke: Invoke, arguments: list[str], code: int, notes: list[str]) -> None:
    """It ends what it says with the error and its exit code, errors of the command line included."""
    result = invoke(*notes, *arguments)

    assert (result.code, result.out) == (code, "")
    assert (told(result)[-1]["level"], told(result)[-1]["exit_code"]) == ("error", code)


def test_notes_of_no_form(archive: Path, invoke: Invoke) -> None:
    """It refuses forms that it has not."""
    result = invoke("list", "--notes", "xml")

    assert (result.code, "choose text or jsonl" in result.err) == (2, True)


def test_quiet(archive: Path, invoke: Invoke) -> None:
    """It leaves the notes out when told to be quiet, and never an error."""
    assert invoke("-q", "--notes", "jsonl", "tag", "+a", "--all").err == ""
    assert told(invoke("-q", "--notes", "jsonl", "show", "99"))[0]["exit_code"] == 1
