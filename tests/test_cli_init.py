"""A first archive: `init`, and what the program says when no command is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

NEXT = (
    "What next:\n"
    '  newsarchive add --title "A headline" --date today\n'
    "  newsarchive import FILE       a page, a feed, a table, a folder of posts\n"
    "  newsarchive search WORDS      in spite of spelling\n"
)
POST = "---\ntitle: A story\ndate: 2019-05-03\n---\n"


@pytest.mark.parametrize(
    ("words", "made"),
    [
        (["init"], "archive.json"),
        (["init", "news"], "news/archive.json"),
        (["init", "a/b/"], "a/b/archive.json"),
        (["init", "-a", "mine.json"], "mine.json"),
    ],
)
def test_an_empty_archive(alone, invoke, words, made):
    """It is started where it is wanted, and the next steps are named."""
    result = invoke(*words)

    assert (result.code, result.out) == (0, "")
    assert result.err.startswith(f"Started the archive {alone / made}\n{NEXT}")
    assert invoke("list", "-a", made).err == "the archive is empty\n"
    assert (alone / made).stat().st_mode & 0o777 == 0o600


def test_the_first_entry(alone, invoke):
    """It is entry 1 of operation 1, and undo leaves an empty archive."""
    invoke("init")

    added = invoke("add", "--title", "A story")

    assert (added.out, added.err) == ("1\n", "Added 1 entry (operation 1). Undo: newsarchive undo 1\n")
    assert invoke("undo").code == 0
    assert invoke("list").err == "the archive is empty\n"


def test_a_name_that_commands_do_not_find(alone, invoke):
    """It says how they are told."""
    assert invoke("init", "-a", "mine.json").err.endswith(f"for which add -a {alone}/mine.json\n")


def test_the_variable_names_the_place(alone, invoke, monkeypatch):
    """It is where commands will look for it."""
    monkeypatch.setenv("NEWSARCHIVE_FILE", "there.json")

    result = invoke("init")

    assert result.err == f"Started the archive {alone}/there.json\n{NEXT}"


def test_an_archive_that_is_there(archive, invoke):
    """It is left as it is, and that is no failure."""
    before = archive.read_bytes()

    result = invoke("init", "--import", "more.csv")

    assert (result.code, result.out) == (0, "")
    assert result.err == (
        f"{archive} is an archive already, with 10 entries; nothing was changed; "
        "`newsarchive import` brings in more.csv\n"
    )
    assert archive.read_bytes() == before


@pytest.mark.parametrize("content", ["", "[]", '{"posts": {"1": {"x": 1}}}', "Dear reader"])
def test_another_file_of_that_name(alone, invoke, content):
    """It is not touched, and the way out is named."""
    (alone / "archive.json").write_text(content)

    result = invoke("init")

    assert (result.code, result.out) == (4, "")
    assert result.err.endswith(
        "\n  to start an archive elsewhere name another folder, or another file with -a\n"
    )
    assert (alone / "archive.json").read_text() == content


def test_a_folder_of_that_name(alone, invoke):
    """It is told like a file that cannot be read."""
    (alone / "archive.json").mkdir()

    assert invoke("init").code == 4


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["init", "news.txt"],
            "news.txt is a file; name a folder, and with --import what is to be brought in",
        ),
        (["init", "here", "-a", "x.json"], "-a x.json and the folder here both say where; leave one out"),
    ],
)
def test_a_place_that_makes_no_sense(alone, invoke, words, sentence):
    """It says so and makes nothing."""
    (alone / "news.txt").write_text("A story\n")

    result = invoke(*words)

    assert (result.code, result.err) == (2, f"newsarchive: {sentence}\n")
    assert [path.name for path in alone.iterdir()] == ["news.txt"]


def test_a_folder_that_cannot_be_made(alone, invoke):
    """It names it and the reason."""
    result = invoke("init", "/proc/news" if Path("/proc/self").is_dir() else "x" * 300)

    assert result.code == 4
    assert "cannot save " in result.err


def test_a_filled_archive(alone, invoke):
    """It brings in what --import names, as one operation of its own."""
    (alone / "a.md").write_text(POST)
    (alone / "b.csv").write_text("title,date\nB,2020\n")

    result = invoke("init", "news", "--import", "a.md", "--import", "b.csv")

    assert result.code == 0
    assert result.err == (
        "Added 2 of 2 items (operation 1). Undo: newsarchive undo 1\n"
        f"Started the archive {alone}/news/archive.json\n{NEXT}"
    )
    assert invoke("list", "-a", "news/archive.json", "--format", "ids").out == "2\n1\n"


def test_nothing_to_fill_it_with(alone, invoke):
    """It starts none when nothing could be read, and ends as the import does."""
    result = invoke("init", "--import", "gone.md")

    assert result.code == 7
    assert not (alone / "archive.json").exists()


@pytest.mark.parametrize("options", [[], ["--import", "a.md"]])
def test_a_dry_run(alone, invoke, options):
    """It shows what would be, and makes neither file nor folder."""
    (alone / "a.md").write_text(POST)

    result = invoke("init", "news", "--dry-run", *options)

    assert result.code == 0
    assert "; nothing was written\n" in result.err
    assert [path.name for path in alone.iterdir()] == ["a.md"]


def test_a_folder_below_another_archive(archive, alone, invoke):
    """It says which archive the folder belongs to before it makes a second one."""
    result = invoke("init", "sub")

    assert result.code == 0
    assert result.err == (
        f"note: {alone}/sub is below the archive {archive}, which commands there find now; "
        f"they will find the new one instead\nStarted the archive {alone}/sub/archive.json\n{NEXT}"
    )


@pytest.mark.parametrize(
    ("key", "options", "made"), [("n", [], False), ("y", [], True), ("", ["--yes"], True)]
)
def test_a_person_is_asked(archive, alone, terminal, key, options, made):
    """It makes no second archive that a person does not want."""
    result = terminal("init", "sub", *options, keys=f"{key}\n", width=200)

    assert result.code == 0
    assert ("Start a second archive? [y/N] " in result.out) == (not options)
    assert (alone / "sub" / "archive.json").exists() == made
    assert (alone / "sub").exists() == made


def test_many_at_once(alone, invoke):
    """It starts one archive, whoever is first, and what the others add is there."""
    running = [
        subprocess.Popen([sys.executable, "-m", "newsarchive", *words], stderr=subprocess.PIPE, text=True)
        for words in [["init"], ["add", "--title", "A"], ["init"], ["add", "--title", "B"]]
    ]
    told = [process.communicate(timeout=60)[1] for process in running]

    assert [process.returncode for process in running] == [0, 0, 0, 0]
    starts = [text for text in told if NEXT in text]
    assert len(starts) < 2
    assert [text for text in (told[0], told[2]) if "is an archive already" in text or text in starts] == told[
        ::2
    ]
    assert invoke("list", "--format", "ids").out.split() == ["1", "2"]


# --- no command -------------------------------------------------------------------------------------------


def test_no_command_and_no_archive(alone, invoke):
    """It says so and how to start one."""
    result = invoke()

    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(
        f"There is no archive in {alone} nor in a folder above it.\n\n  newsarchive init "
    )
    assert "newsarchive --help" in result.out


def test_no_command(archive, invoke):
    """It says which archive this is, how much is in it and from when, and what to try."""
    result = invoke()

    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(
        f"{archive}: 10 entries, from 2016-11-14 to 2021-01-29\n\n  newsarchive list "
    )
    assert "  newsarchive show 1   " in result.out


def test_no_command_in_a_folder_below(archive, alone, program):
    """It names the archive that commands would find."""
    (alone / "sub").mkdir()

    assert program(cwd=alone / "sub").out.startswith(f"{archive}: 10 entries")


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        ([], "no entries yet\n\n  newsarchive add "),
        ([("A", None)], "1 entry, none with a date\n"),
        ([("A", "2019"), ("B", None)], "2 entries, of 2019\n"),
        ([("A", "2019"), ("B", "2020-02")], "2 entries, from 2019 to 2020-02\n"),
    ],
)
def test_how_much_there_is(stored, invoke, titles, told):
    """It counts, and takes the first and the last date of those that have one."""
    invoke("init")
    for title, date in titles:
        invoke("add", "--title", title, *(["--date", date] if date else []))

    assert invoke().out.startswith(f"{stored}: {told}")


@pytest.mark.parametrize("options", [["-a", "other.json"], ["--archive=other.json", "--no-color", "-q"]])
def test_options_without_a_command(archive, alone, invoke, options):
    """It looks where they say."""
    result = invoke(*options)

    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"There is no archive at {alone}/other.json.\n")


def test_no_command_and_a_damaged_archive(archive, invoke):
    """It says what is wrong as any command does."""
    archive.write_text(archive.read_text()[:100])

    assert invoke().code == 4


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_command_on_a_terminal(archive, terminal, width):
    """It is shown there as in a pipe."""
    assert "newsarchive search WORDS" in terminal(width=width).out


def test_help_is_not_far(invoke):
    """It is what --help and help show, as before, and an empty word is no command."""
    assert invoke("--help").out == invoke("help").out
    assert "Commands:" in invoke("--help").out
    assert invoke("").code == 2
