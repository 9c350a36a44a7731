"""Text of strangers on its way out: nothing steers the terminal or is taken for markup, nothing is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

HOSTILE = {
    "\x1b[31mred": r"\x1b[31mred",
    "\x1b]0;window title\x07": r"\x1b]0;window title\x07",
    "\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\": r"\x1b]8;;https://evil.example\x1b\link\x1b]8;;\x1b"
    + "\\",
    "\x1b]52;c;cm0gLXJm\x07": r"\x1b]52;c;cm0gLXJm\x07",
    "\x1bPdevice control\x1b\\": r"\x1bPdevice control\x1b" + "\\",
    "never ended \x1b]0;": r"never ended \x1b]0;",
    "one byte \x9b31m": r"one byte \x9b31m",
    "one byte \x9d0;title\x9c": r"one byte \x9d0;title\x9c",
    "back\x08\x08\x08space": r"back\x08\x08\x08space",
    "nul\x00byte": r"nul\x00byte",
    "two\nlines": r"two\x0alines",
    "tab\tbed": r"tab\x09bed",
    "line\u2028separator": r"line\u2028separator",
    "gpj.\u202eexe.doc": r"gpj.\u202eexe.doc",
    "iso\u2066lat\u2069ed": r"iso\u2066lat\u2069ed",
    "tag\U000e0041\U000e007fged": r"tag\U000e0041\U000e007fged",
    "mark\ufeffed": r"mark\ufeffed",
    "delete\x7fd": r"delete\x7fd",
}
"""Titles that someone wrote into the file by hand, and what is shown of them."""

HARMLESS = [
    "[bold]brackets",
    "close [/x]",
    "list[/int]",
    "[link=https://evil.example]here[/link]",
    "[red]x[/red]",
    ":smile: :heavy_check_mark:",
    "[draft] plan",
    "a backslash at the end \\",
    "\\[escaped]",
    "family 👨‍👩‍👧‍👦",
    "می‌خواهم",
    "Z" + "\u0301" * 300 + "algo",
    "{braces} %s %d $HOME `id`",
    "<script>alert(1)</script>",
    "wide 日本語の見出し",
]
"""Titles that are shown as they are."""

STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
BREAKS = re.compile(r"\s*│?\n│?\s*")


@pytest.fixture
def hostile(alone, invoke) -> Path:
    """Write hostile and harmless titles into an archive by hand, and the same texts as tags."""
    archive = alone / "archive.json"
    titles = [*HOSTILE, *HARMLESS]
    rows = [
        {"title": f"TITLE{number:02}", "summary": "story", "tags": [f"tag{number:02}"]}
        for number in range(len(titles))
    ]
    assert invoke("import", "-", stdin=json.dumps(rows)).code == 0
    text = archive.read_text()
    for number, title in enumerate(titles):
        written = json.dumps(title)[1:-1]
        text = text.replace(f"TITLE{number:02}", written).replace(f'["tag{number:02}"]', f'["{written}"]')
    archive.write_text(text)
    return archive


@pytest.mark.parametrize(
    "command", ["list", "search story --limit 0", "show", "tags", "export --format tsv", "show --format csv"]
)
def test_hand_edited_titles_on_a_terminal(hostile, terminal, command):
    """It shows what would steer the terminal as an escape, and all else as it is."""
    result = terminal(*command.split(), width=1000)

    shown = COLOUR.sub("", result.out)
    assert result.code == 0
    assert STEERING.findall(shown) == []
    assert "\x1b[31m" not in result.out
    for title in HARMLESS:
        assert title in shown or title.replace("\\", "\\\\") in shown


@pytest.mark.parametrize("command", ["list --limit 0", "search story --limit 0", "show", "tags"])
def test_hand_edited_titles_in_tables(hostile, invoke, terminal, command):
    """It loses none of them, in a pipe and on a terminal."""
    piped = invoke(*command.split(), "-q")
    drawn = terminal(*command.split(), "-q", "--no-color", width=1000)

    assert (piped.code, drawn.code) == (0, 0)
    for shown in (piped.out, drawn.out):
        assert STEERING.findall(shown) == []
        assert [title for title in [*HOSTILE.values(), *HARMLESS] if title not in shown] == []


def test_hand_edited_titles_on_a_narrow_terminal(hostile, terminal):
    """It breaks long ones, and every character is still there."""
    shown = terminal("show", "-q", "--no-color", width=60).out

    whole = BREAKS.sub("", shown).replace(" ", "")
    assert STEERING.findall(shown) == []
    assert [title for title in HOSTILE.values() if title.replace(" ", "") not in whole] == []


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_escapes_what_steers(hostile, invoke, form):
    """It gives a program the very titles, and a terminal behind it no control character."""
    result = invoke("list", "--format", form)

    rows = json.loads(result.out) if form == "json" else list(map(json.loads, result.out.splitlines()))
    assert {row["title"] for row in rows} == {title.strip() for title in [*HOSTILE, *HARMLESS]}
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2066-\u2069]", result.out) == []


def test_a_return_that_overwrites_the_line(archive, invoke):
    """It reads a carriage return in the file as a line end, and shows that in a title."""
    archive.write_text(archive.read_text().replace("In memoriam – Anton", "Anton\\r"))

    assert r"Anton\x0a Mezhnev" in invoke("list").out


def test_the_line_of_another_entry_cannot_be_forged(hostile, invoke):
    """It keeps an entry on one line of the table in a pipe."""
    result = invoke("list")

    assert len(result.out.splitlines()) == 1 + len(HOSTILE) + len(HARMLESS)


@pytest.mark.parametrize("title", ["\x1b[31mred", "a\x07b\x08c", "one byte \x9b31m", "nul\x00"])
def test_controls_that_are_typed_in(invoke, title):
    """It takes them out of a new title and warns; the rest stays."""
    result = invoke("add", "--title", title)

    assert (result.code, result.out) == (0, "1\n")
    assert result.err.startswith("note: title: ")
    assert "control character" in result.err.splitlines()[0]
    [entry] = json.loads(invoke("list", "--json").out)
    assert entry["title"] == re.sub("[\x00-\x1f\x7f-\x9f]", "", title)


@pytest.mark.parametrize("title", HARMLESS)
def test_harmless_titles_that_are_typed_in(invoke, title):
    """It stores them as they are, without a word."""
    result = invoke("add", "--title", title)

    assert (result.code, result.out) == (0, "1\n")
    assert "note:" not in result.err
    assert json.loads(invoke("list", "--json").out)[0]["title"] == title


def test_a_direction_that_is_typed_in(invoke):
    """It stores U+202E, because some languages need such characters, and shows it."""
    invoke("add", "--title", "gpj.\u202eexe")

    assert json.loads(invoke("list", "--json").out)[0]["title"] == "gpj.\u202eexe"
    assert r"gpj.\u202eexe" in invoke("list").out


MESSAGES = [
    ["\x1b[31m"],
    ["list", "--\x1b[31m"],
    ["list", "titel:\x1b[31m"],
    ["list", "(\x1b[31m\u202e"],
    ["list", "\x1b[31m"],
    ["list", "--format", "\x1b[31m"],
    ["list", "--sort", "\x1b[31m"],
    ["list", "--since", "\x1b[31m"],
    ["list", "--lang", "\x1b[31m"],
    ["list", "--limit", "\x1b[31m"],
    ["list", "--id", "\x1b[31m"],
    ["list", "--ids-from", "\x1b[31m"],
    ["list", "-a", "\x1b[31m\u202e.json"],
    ["show", "\x1b[31m"],
    ["tag", "+\x1b[31m", "saiga"],
    ["tag", "+x", "\x1b[31m"],
    ["remove", "\x1b[31m\x9b", "--yes"],
    ["undo", "\x1b[31m"],
    ["open", "\x1b[31m"],
    ["import", "\x1b[31m.txt"],
    ["export", "-o", "\x1b[31m"],
    ["add", "\x1b[31m"],
    ["add", "--title", "x", "--date", "\x1b[31m\x9b"],
    ["add", "--title", "x", "--url", "\x1b[31m:x"],
    ["add", "--title", "x", "--tag", "\x1b[31m"],
    ["add", "--title", "x", "--lang", "\x1b[31m"],
]


@pytest.mark.parametrize("arguments", MESSAGES)
@pytest.mark.parametrize("value", ["\x1b[31m", "\u202e", "\x9b", "\x07", "[bold]", "[/x]", "\udcff"])
def test_messages(archive, invoke, arguments, value):
    """It escapes what was typed wherever a message repeats it."""
    result = invoke(*[word.replace("\x1b[31m", value) for word in arguments])

    assert STEERING.findall(result.out + result.err) == []
    assert not re.search("[\ud800-\udfff]", result.out + result.err)


def test_the_note_on_a_duplicate(hostile, invoke):
    """It shows the other title as one line."""
    result = invoke("add", "--title", "two\nlines", "--dry-run")

    assert STEERING.findall(result.err) == []
    assert all(line.startswith(("note: ", "1 change")) for line in result.err.splitlines())


def test_the_history(archive, invoke, terminal):
    """It shows the command lines of others without what steers."""
    for value in ("\x1b[31mred", "\u202e", "[bold]", "[/x]", "line\nbreak"):
        invoke("add", "--title", f"story {value}", "-q")

    shown = invoke("history").out, COLOUR.sub("", terminal("history", width=200).out)

    assert [STEERING.findall(text) for text in shown] == [[], []]
    for text in shown:
        assert r"story \x1b[31mred" in text
        assert "story [bold]" in text
        assert r"story line\x0abreak" in text


def test_a_plan(hostile, terminal):
    """It shows what is about to be removed without what steers."""
    result = terminal("remove", "--all", "--dry-run", width=300)

    assert result.code == 0
    assert STEERING.findall(COLOUR.sub("", result.out)) == []


def test_an_address_is_not_opened(archive, invoke, monkeypatch):
    """It opens no address that someone wrote into the file by hand but those of pages."""
    opened: list[str] = []
    monkeypatch.setattr("typer.launch", opened.append)
    text = archive.read_text().replace('"url":null', '"url":"javascript:alert(1)"')
    archive.write_text(
        text if "javascript" in text else text.replace('"title":', '"url":"javascript:alert(1)","title":', 1)
    )

    result = invoke("open", "1")

    assert (result.code, opened) == (2, [])
    assert "only http and https are opened" in result.err


@pytest.mark.parametrize(
    "arguments", [["add", "--title", "a\udcffb"], ["add", "--title", "x", "--tag", "\udcff"]]
)
def test_bytes_that_are_no_text(program, alone, arguments):
    """It refuses to store them, and says where they are."""
    result = program(*arguments)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("newsarchive: ")
    assert list(alone.iterdir()) == []


def test_a_command_line_that_is_no_text(archive, program, invoke):
    """It does what it can be understood to say, and keeps it in the history as an escape."""
    result = program("tag", "+x", "saiga", "-\udcff")

    assert (result.code, result.out) == (0, "")
    assert r"\udcff" in json.loads(invoke("history", "--json").out)[0]["command"]


def test_a_folder_whose_name_is_no_text(alone, program):
    """It works in a folder with any name, and shows it."""
    folder = alone / "caf\udce9"
    folder.mkdir()

    added, listed = program("add", "--title", "x", cwd=folder), program("list", "zzqx", cwd=folder)

    assert (added.code, added.out) == (0, "1\n")
    assert r"Started the archive" in added.err
    assert r"caf\udce9/archive.json" in added.err
    assert listed.code == 0
