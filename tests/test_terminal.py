"""What a person sees at a terminal: tables that fit, colours, questions, the editor."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
COMPLAINT = "\x1b[1;31mnewsarchive:\x1b[0m"


def lines_of(shown: str) -> list[str]:
    """Return what is on the screen, without colours."""
    return ESCAPE.sub("", shown).split("\n")


@pytest.mark.parametrize("width", [30, 80, 200])
@pytest.mark.parametrize(
    "command", ["list", "search leopard --explain", "show 9", "history", "remove 1,9 --dry-run"]
)
def test_every_line_fits(archive, terminal, width, command):
    """It is never wider than the terminal, and every word is there."""
    result = terminal(*command.split(), "--quiet", width=width)

    lines = lines_of(result.out)
    assert result.code == 0
    assert max(map(cell_len, lines)) <= width


def test_the_list_on_eighty_columns(archive, terminal):
    """It draws a line below the headings, breaks long titles between words, and counts the entries."""
    result = terminal("list", "date:2020..", "--no-color", width=80)

    assert result.out == (
        "Id  Date        Title                                                       Lang\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        " 1  2021-01-29  In memoriam – Anton Mezhnev                                 en  \n"
        " 2  2020-10-07  Press Release: Afghanistan and Tajikistan Step Up           en  \n"
        "                Environmental Cooperation                                       \n"
        " 3  2020-02-14  Gobi Bear, Persian Leopard and Wild Sheep Set for Greater   en  \n"
        "                Protection                                                      \n"
        "\n"
        "3 entries\n"
    )


def test_the_list_on_two_hundred_columns(archive, terminal):
    """It is no wider than its content."""
    result = terminal("list", "date:2021", "--no-color", width=200)

    assert result.out == (
        "Id  Date        Title                        Lang\n"
        "─────────────────────────────────────────────────\n"
        " 1  2021-01-29  In memoriam – Anton Mezhnev  en  \n"
        "\n"
        "1 entry\n"
    )


def test_a_whole_entry(archive, terminal):
    """It stands in a frame that says which one it is."""
    first, *rest = lines_of(terminal("show", "5", width=80).out)

    assert first == "╭─ entry 5 " + "─" * 68 + "╮"
    assert rest[0] == "│ In Memoriam – Dr Lkhagvasuren Badamjav (1959-2019)" + " " * 27 + "│"


def test_a_frame_is_no_wider_than_reads_well(archive, terminal):
    """It keeps lines of text short on a wide terminal."""
    lines = lines_of(terminal("show", "5", width=200).out)

    assert max(map(len, lines)) == 100


def test_colours(archive, terminal):
    """It colours the list, and marks what a search matched."""
    assert ESCAPE.search(terminal("list").out)
    assert "\x1b[1;33mMezhnev\x1b[0m" in terminal("search", "Mezhnef").out


@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        ((), {"NO_COLOR": "1"}),
        ((), {"TERM": "dumb"}),
        (("--no-color",), {}),
    ],
)
@pytest.mark.parametrize("command", ["list", "search Mezhnev", "show 1", "history", "tag +x saiga --dry-run"])
def test_no_colours(archive, terminal, command, arguments, env):
    """It sends no escape sequence at all to who wants no colours."""
    result = terminal(*command.split(), *arguments, env=env)

    assert result.code == 0
    assert "\x1b" not in result.out


def test_an_empty_no_color_is_none(archive, terminal):
    """It takes NO_COLOR for a wish only when something is in it, as its authors ask."""
    assert ESCAPE.search(terminal("list", env={"NO_COLOR": ""}).out)


def test_no_colours_in_a_pipe(archive, terminal):
    """It sends neither colours nor lines into a pipe, though a terminal is there for messages."""
    result = terminal("list", "zzqx", "OR", "mezhnev", pipes=["stdout"])

    assert result.out == (
        "Id  Date        Title                        Lang\n 1  2021-01-29  In memoriam – Anton Mezhnev  en\n"
    )


def test_fifty_entries(invoke, terminal):
    """It stops after a screenful, says so, and shows everything when told."""
    many = "".join(f'{{"title": "Story {number}"}}\n' for number in range(60))
    invoke("import", "-", stdin=many)

    limited, everything = terminal("list").out, terminal("list", "--limit", "0").out

    assert (limited.count("Story"), everything.count("Story")) == (50, 60)
    assert limited.endswith("50 of 60 entries; --limit 0 shows all\n")
    assert everything.endswith("60 entries\n")
    assert terminal("list", "--format", "ids", "-q").out.count("\n") == 60


# --- questions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("keys", ["\n", "n\n", "no\n", "\x04", "yesterday\n"])
def test_remove_takes_everything_but_yes_for_no(archive, terminal, keys):
    """It shows what would go, asks, and leaves it."""
    before = archive.read_bytes()

    result = terminal("remove", "1", keys=keys)

    lines = lines_of(result.out)
    assert result.code == 0
    assert lines[2].split() == ["1", "2021-01-29", "In", "memoriam", "–", "Anton", "Mezhnev", "removed"]
    assert lines[4].startswith("Remove 1 entry? [y/N] ")
    assert lines[-2].endswith("Nothing was changed")
    assert archive.read_bytes() == before


@pytest.mark.parametrize("keys", ["y\n", "YES\n", " да\n", "oui\n", "sí\n"])
def test_remove_takes_yes(archive, invoke, terminal, keys):
    """It removes when the answer is yes in one of the languages of the news."""
    result = terminal("remove", "1", keys=keys)

    assert result.code == 0
    assert result.out.endswith("Removed 1 entry (operation 2). Undo: newsarchive undo 2\n")
    assert invoke("list", "mezhnev", "--format", "ids").out == ""


def test_remove_with_yes_asks_nothing(archive, terminal):
    """It says only what it did."""
    result = terminal("remove", "1", "--yes")

    assert result.out == "Removed 1 entry (operation 2). Undo: newsarchive undo 2\n"


@pytest.mark.parametrize("pipe", ["stdin", "stderr"])
def test_remove_where_nobody_can_be_asked(archive, terminal, pipe):
    """It asks only where question and answer have a terminal, and needs --yes elsewhere."""
    before = archive.read_bytes()

    result = terminal("remove", "1", pipes=[pipe], width=200)

    assert result.code == 2
    assert "`remove` asks before it writes and nobody can be asked here; add --yes" in result.out + result.err
    assert archive.read_bytes() == before


def test_a_question_stays_out_of_a_pipe(archive, terminal):
    """It shows the plan and the question on stderr where stdout is not a terminal."""
    result = terminal("remove", "1", keys="y\n", pipes=["stdout"])

    assert result.code == 0
    assert "Remove 1 entry? [y/N] " in result.out
    quiet = terminal("remove", "2", keys="n\n", pipes=["stdout"], env={"NO_COLOR": "1"})
    assert quiet.out.startswith("Id  Date        Title")


@pytest.fixture
def dozen(invoke):
    """Start an archive of twelve stories."""
    many = "".join(f'{{"title": "Story {number}"}}\n' for number in range(12))
    assert invoke("import", "-", stdin=many).code == 0
    return Path("archive.json")


def test_ten_entries_are_tagged_without_a_question(dozen, terminal):
    """It does not ask when the plan can be taken in at a glance afterwards."""
    result = terminal("tag", "+x", "--id", "1-10")

    assert result.out == "Tagged 10 of 10 entries (operation 2). Undo: newsarchive undo 2\n"


def test_more_than_ten_entries_are_shown_first(dozen, terminal):
    """It shows the plan, and Enter means no."""
    before = dozen.read_bytes()

    result = terminal("tag", "+x", "--all", keys="\n")

    assert result.code == 0
    assert result.out.count("tags: +x") == 12
    assert "Change 12 entries? [y/N] " in result.out
    assert dozen.read_bytes() == before


def test_more_than_ten_entries_are_tagged_on_a_yes(dozen, invoke, terminal):
    """It tags them all when told to."""
    assert terminal("tag", "+x", "--all", keys="y\n").code == 0
    assert invoke("list", "tag:x", "--format", "ids").out.count("\n") == 12


def test_only_changes_are_counted(dozen, invoke, terminal):
    """It asks about entries that change, not about all that were selected."""
    invoke("tag", "+x", "--id", "1-10")

    result = terminal("tag", "+x", "--all")

    assert result.out == "Tagged 2 of 12 entries (operation 3). Undo: newsarchive undo 3\n"


@pytest.mark.parametrize("pipe", ["stdin", "stderr"])
def test_many_entries_off_a_terminal(dozen, invoke, terminal, pipe):
    """It never asks, and does what it is told."""
    result = terminal("tag", "+x", "--all", pipes=[pipe])

    assert "[y/N]" not in result.out + result.err
    assert invoke("list", "tag:x", "--format", "ids").out.count("\n") == 12


def test_a_long_plan_is_cut(invoke, terminal):
    """It shows the first changes and counts the others, so that the question stays on the screen."""
    many = "".join(f'{{"title": "Story {number}"}}\n' for number in range(60))
    invoke("import", "-", stdin=many)

    result = terminal("tag", "+x", "--all", keys="n\n")

    assert result.out.count("tags: +x") == 20
    assert "and 40 more\nChange 60 entries? [y/N] " in result.out


def test_many_entries_are_imported_and_undone_without_a_question(alone, invoke, terminal):
    """It asks nothing where nothing is changed that is there already, or where that is what undo means."""
    many = "".join(f'{{"title": "Story {number}"}}\n' for number in range(60))
    (alone / "many.jsonl").write_text(many)

    imported, undone = terminal("import", "many.jsonl"), terminal("undo")

    assert imported.out.startswith("Added 60 of 60 items (operation 1). Undo: newsarchive undo 1\n")
    assert "[y/N]" not in imported.out + undone.out
    assert invoke("list", "--json").out == "[]\n"


def test_restore_and_prune_ask(archive, invoke, terminal):
    """It asks before what cannot be undone."""
    invoke("tag", "+x", "saiga")

    pruned, restored = (
        terminal("history", "prune", "--keep", "1", keys="\n"),
        terminal("restore", "--force", keys="\n"),
    )

    assert lines_of(pruned.out)[0].startswith(
        "Forget 1 operation, the previous revision and the search index for good? [y/N] "
    )
    assert lines_of(restored.out)[0].startswith("Bring back revision 1 with 10 entries? [y/N] ")
    assert invoke("history", "--format", "ids").out == "2\n1\n"


# --- the editor -------------------------------------------------------------------------------------------


def editor(folder: Path, script: str) -> str:
    """Write an editor that is a shell script with the file as $1, and return the command for it."""
    path = folder / "an editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return f"'{path}'"


def test_add_in_an_editor(alone, invoke, terminal):
    """It opens a document to fill in, and adds what was saved."""
    command = editor(
        alone, """sed -i 's/^title:$/title: "Saiga: a return"/; s/^date:$/date: 17 May 2024/' "$1" """
    )

    result = terminal("add", env={"EDITOR": command})

    assert result.code == 0
    [entry] = json.loads(invoke("list", "--json").out)
    assert (entry["title"], entry["date"], entry["source"]) == ("Saiga: a return", "2024-05-17", None)


def test_visual_comes_first(alone, invoke, terminal):
    """It prefers $VISUAL to $EDITOR."""
    command = editor(alone, """printf -- '---\\ntitle: Seen\\n---\\n' > "$1" """)

    assert terminal("add", env={"VISUAL": command, "EDITOR": "false"}).code == 0
    assert [entry["title"] for entry in json.loads(invoke("list", "--json").out)] == ["Seen"]


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("sleep 1.2", "title: an entry needs a title; nothing was added\n"),
        ("exit 3", "ended with exit code 3; nothing was changed\n"),
    ],
)
def test_an_editor_that_leaves_nothing_to_add(alone, terminal, script, message):
    """It says why, adds nothing, asks nothing and leaves no file behind."""
    result = terminal("add", env={"EDITOR": editor(alone, script), "TMPDIR": str(alone)})

    assert result.code == 2
    assert result.out.endswith(message)
    assert [path.name for path in alone.iterdir()] == ["an editor.sh"]


def test_an_editor_that_leaves_a_fault(alone, terminal):
    """It says which and asks; who says no learns where the text is and how to go on."""
    script = """printf -- '---\\ntitle: A\\ndate: 02/03/2016\\n---\\n' > "$1" """

    result = terminal(
        "add", keys="n\n", width=200, env={"EDITOR": editor(alone, script), "TMPDIR": str(alone)}
    )

    [kept] = alone.glob("newsarchive-*.md")
    assert result.code == 2
    assert "2016-03-02 or 2016-02-03" in result.out
    assert result.out.endswith(
        f"Edit again? [Y/n] {COMPLAINT} nothing was changed\n"
        f"  `newsarchive add` starts again; your text is in {kept}\n"
    )
    assert "date: 02/03/2016" in kept.read_text()


def test_enter_edits_again(alone, invoke, terminal):
    """It takes Enter for a yes: a fault is there to be mended."""
    date = """printf -- '---\\ntitle: A\\ndate: %s\\n---\\n' """
    script = f"""if grep -q soon "$1"; then {date} 2019 > "$1"; else {date} soon > "$1"; fi"""

    result = terminal("add", keys="\n", env={"EDITOR": editor(alone, script)})

    assert result.code == 0
    assert "'soon' is not a date" in result.out
    assert [entry["date"] for entry in json.loads(invoke("list", "--json").out)] == ["2019"]


def test_an_editor_that_is_not_there(alone, terminal):
    """It names the command that cannot be started."""
    result = terminal("add", width=200, env={"EDITOR": "no-such-editor --wait"})

    assert result.code == 2
    assert result.out == (
        f"{COMPLAINT} the editor 'no-such-editor' cannot be started: no such file or directory\n"
    )


def test_no_editor(alone, terminal):
    """It says what to set."""
    result = terminal("add", width=200)

    assert result.code == 2
    assert result.out == (
        f"{COMPLAINT} no editor is set; set $VISUAL or $EDITOR, or write with options instead, which"
        " `newsarchive add --help` lists\n"
    )


def test_no_editor_in_a_pipe(alone, terminal):
    """It opens none where nobody sits."""
    result = terminal("add", pipes=["stdin"], env={"EDITOR": "true"})

    assert result.code == 2
    assert "give at least --title, or - to read a document from stdin" in result.out


def test_what_check_finds_of_many_entries_is_said_once(own_folder, invoke, terminal):
    """It joins the entries of which the same is found, and gives each command whole, on a line of its own."""
    rows = [{"title": f"Saiga  story {number}", "date": "2024", "tags": ["saiga"]} for number in range(1, 5)]
    invoke("import", "-", stdin=json.dumps(rows))

    lines = lines_of(
        terminal("check", "--only", "no-address,imprecise-date,blanks", "--no-color", width=80).out
    )

    assert [line.rstrip() for line in lines if "has no address" in line] == [
        "1..4  note      no-address      has no address"
    ]
    assert lines[lines.index("To mend it:") + 1 :][:3] == [
        "  newsarchive check --fix --only blanks id:1..4",
        "  newsarchive edit ID --set date=YYYY-MM-DD",
        "  newsarchive edit ID --set url=https://…",
    ]
