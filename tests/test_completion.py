"""Completion: what is offered at each place of a command line, and that real shells take it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pexpect
import pytest
from clock import children_seconds, takes_at_most
from commands import commands

from newsarchive.cli import glancing
from newsarchive.cli.app import run
from newsarchive.cli.shells import split_line
from newsarchive.store.file.beside import Beside

HOSTILE = "Rot\x1b[31m \"quoted\" 'single' $(touch pwned) `x` a:b\\c\nsecond\u202eline"
HARMLESS = "Rot\\x1b[31m \"quoted\" 'single' $(touch pwned) `x` a:b\\c second\\u202eline"


@pytest.fixture
def complete(program):
    """Ask as fish and zsh do: the last word is the one being typed; the answer maps candidates to help."""

    def ask(*words, **options):
        result = program(*words, env={"_NEWSARCHIVE_COMPLETE": "fish"}, **options)
        assert (result.code, result.err) == (0, "")
        return dict(line.split("\t") for line in result.out.splitlines())

    return ask


@pytest.fixture
def bash_reply(program):
    """Ask as bash does, with the line up to the cursor."""

    def ask(line, kind="9"):
        surroundings = {"COMP_LINE": line, "COMP_TYPE": kind, "COMP_WORDBREAKS": " \t\n\"'><=;|&(:"}
        result = program(env={"_NEWSARCHIVE_COMPLETE": "bash", **surroundings})
        assert (result.code, result.err) == (0, "")
        return result.out.splitlines()

    return ask


@pytest.fixture
def tagged(archive, invoke):
    """Give the ten stories tags: saiga to 10, with a subject, and draft to 1."""
    assert invoke("tag", "+saiga", "+species/saiga", "id:10").code == 0
    assert invoke("tag", "+draft", "id:1").code == 0
    return archive


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (["ta"], ["tag", "tags"]),
        (["history", ""], ["list", "show", "prune"]),
        (["-q", "history", "pr"], ["prune"]),
        (["list", "--li"], ["--limit"]),
        (["tags", "--form"], ["--format"]),
        (["--arch"], ["--archive"]),
        (["list", "--format", "js"], ["json", "jsonl"]),
        (["list", "--format=i"], ["--format=ids"]),
        (["tags", "--format", ""], ["table", "json", "jsonl", "csv", "tsv"]),
        (["export", "--format", "bib"], ["bibtex"]),
        (["import", "--format", "lis"], ["listing"]),
        (["list", "--tag", "s"], ["saiga", "species/saiga"]),
        (["add", "--tag", "draft,sa"], ["draft,saiga"]),
        (["tag", "+s"], ["+saiga", "+species/saiga"]),
        (["tag", "+draft", "-s"], ["-saiga", "-species/saiga"]),
        (["tag", "+draft", "story", "-tag:d"], ["-tag:draft"]),
        (["list", "tag:sp"], ["tag:species/saiga"]),
        (["list", "--", "-ti"], ["-title:"]),
        (["list", "is:und"], ["is:undated"]),
        (["list", "has:bo"], ["has:body"]),
        (["list", "lang:"], ["lang:en", "lang:ru"]),
        (["list", "--lang", "r"], ["ru"]),
        (["show", "3,1"], ["3,10", "3,1"]),
        (["edit", "--set", "ti"], ["title="]),
        (["undo", ""], ["3", "2", "1"]),
        (["search", "--in", "title,s"], ["title,summary"]),
        (["search", "--fuzzy", ""], ["on", "off"]),
        (["list", "--sort", "date-,ti"], ["date-,title", "date-,title-"]),
        (["thesaurus", "show", "species/sn"], ["species/snow-leopard"]),
        (["thesaurus", "show", "сайг"], ["сайга", "сайгак"]),
        (["import", ""], [":files"]),
        (["export", "-o", "x"], [":files"]),
        (["completion", "f"], ["fish"]),
        (["nonsense", "x"], []),
        (["list", "--no-such", "x"], []),
    ],
)
def test_candidates(tagged, complete, line, expected):
    """It offers what the command understands there, in a useful order."""
    assert list(complete(*line)) == expected


def test_what_is_undone_is_not_offered(tagged, complete, invoke):
    """It offers the undo in its place, which is a redo."""
    invoke("undo")

    assert list(complete("undo", "")) == ["4", "2", "1"]


@pytest.mark.parametrize("command", ["show", "edit", "remove", "open"])
def test_ids_come_with_their_titles(archive, complete, command):
    """It tells the story behind a number."""
    title = json.loads(archive.read_bytes())["entries"]["10"]["title"]

    found = complete(command, "10")

    assert list(found) == ["10"]
    assert len(found["10"]) > 20
    assert title.startswith(found["10"].removesuffix("…"))


def test_fields_come_with_their_help(archive, complete):
    """It says what a field of a query is for."""
    found = complete("list", "lan")

    assert found == {"lang:": "the language: lang:ru, lang:en takes en-GB too"}


def test_every_option_of_every_command_is_offered(complete):
    """It names what the help names."""
    for name, command in list(commands())[::4]:  # each is a process
        names = {option for item in command.params for option in item.opts if option.startswith("--")}

        assert set(complete(*name.split(), "--")) == names | {"--help"}


def test_the_offered_formats_are_understood(archive, complete, invoke):
    """It offers no format that the command then refuses."""
    for name in ("list", "show", "tags list", "stats", "history list", "export"):
        for form in complete(*name.split(), "--format", ""):
            words = ["id:10"] if name == "show" else []
            target = ["-o", "there"] if form == "markdown" else []

            assert invoke(*name.split(), *words, *target, "--format", form).code != 2, (name, form)


def test_the_archive_of_the_line_is_meant(tagged, complete, alone):
    """It looks into the archive that --archive names, before or after the command."""
    elsewhere = alone / "elsewhere"
    elsewhere.mkdir()
    shutil.move(tagged, elsewhere / "other.json")

    assert complete("show", "10") == {}
    assert list(complete("-a", "elsewhere/other.json", "show", "10")) == ["10"]
    assert list(complete("show", "--archive=elsewhere/other.json", "10")) == ["10"]


def test_a_hostile_title_is_one_harmless_line(alone, complete, invoke):
    """It shows escapes as text and line ends as blanks."""
    assert invoke("add", "--title", "A story").code == 0
    path = alone / "archive.json"
    path.write_text(path.read_text().replace('"A story"', json.dumps(HOSTILE)))

    assert complete("show", "") == {"1": HARMLESS}


def test_a_tag_that_would_run_is_not_offered(alone, complete, invoke):
    """It leaves out what was put into the file by hand and would mean something to a shell."""
    assert invoke("add", "--title", "A", "--tag", "good").code == 0
    path = alone / "archive.json"
    path.write_text(path.read_text().replace('"good"', '"good","go$(touch pwned)"'))

    assert list(complete("list", "--tag", "go")) == ["good"]


@pytest.mark.parametrize("text", ["", "{", '{"meta":{}}', None])
def test_failures_are_silent(alone, complete, text):
    """It offers nothing where the archive is missing or damaged."""
    if text is not None:
        (alone / "archive.json").write_text(text)

    assert complete("show", "1") == {}
    assert complete("list", "tag:") == {}
    assert complete("undo", "") == {}


def test_nothing_is_written(tagged, complete, alone):
    """It leaves every file as it is and makes none."""
    before = {path: path.stat().st_mtime_ns for path in alone.rglob("*")}

    for line in (["show", ""], ["list", "tag:"], ["undo", ""], ["list", "lang:"]):
        complete(*line)

    assert {path: path.stat().st_mtime_ns for path in alone.rglob("*")} == before


def test_many_ids_are_cut_without_misleading(alone, complete, invoke):
    """It offers the highest fifty, and of the others one for each digit that may come next."""
    stories = "".join(f'{{"title": "Story {number}"}}\n' for number in range(1, 121))
    assert invoke("import", "-", "--format", "jsonl", stdin=stories).code == 0

    found = list(complete("show", ""))

    assert found[:2] == ["120", "119"]
    assert found[49:] == ["71", "29", "39", "49", "59", "69"]


# --- large archives ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def huge_original(tmp_path_factory):
    """Make an archive that is too large to read between two keys, once, and let a search index it."""
    folder = tmp_path_factory.mktemp("huge")
    stories = [
        {
            "title": f"Saiga story {number}",
            "body": "steppe " * (glancing.MOST_BYTES // 40),
            "tags": ["saiga", f"year/{number}"],
            "languages": ["ru" if number == 8 else "en"],
        }
        for number in range(1, 9)
    ]
    (folder / "source.json").write_text(json.dumps(stories))
    for words in (["import", str(folder / "source.json")], ["search", "saiga", "--format", "ids"]):
        assert run([*words, "-q", "-a", str(folder / "archive.json")]) == 0
    return folder


@pytest.fixture
def huge(alone, huge_original):
    """Put the archive into the test's folder."""
    shutil.copytree(huge_original, alone, dirs_exist_ok=True)
    return alone / "archive.json"


def test_the_index_answers_for_a_large_archive(huge, complete):
    """It never reads the file itself, which is no archive at all here."""
    huge.write_bytes(b"x" * huge.stat().st_size)

    assert list(complete("show", "")) == ["8", "7", "6", "5", "4", "3", "2", "1"]
    assert complete("show", "3,7") == {"3,7": "Saiga story 7"}
    assert list(complete("list", "--tag", "sa")) == ["saiga"]
    assert list(complete("tag", "+year/1")) == ["+year/1"]
    assert list(complete("tag", "+x", "-year/2")) == ["-year/2"]
    assert list(complete("list", "lang:")) == ["lang:en", "lang:ru"]
    assert list(complete("undo", "")) == ["1"]


def test_the_index_follows_the_archive(huge, complete, invoke):
    """It knows a tag and a story that came after the index was built."""
    assert invoke("search", "saiga").code == 0  # the copied file is a new one to the index
    assert invoke("tag", "+gobi", "id:5").code == 0
    assert invoke("add", "--title", "A new story").code == 0

    assert list(complete("list", "tag:g")) == ["tag:gobi"]
    assert complete("show", "9") == {"9": "A new story"}


def test_the_index_is_only_read(huge, complete, alone):
    """It makes no file beside the index, and does not touch it."""
    before = {path: path.stat().st_mtime_ns for path in alone.rglob("*")}

    for line in (["list", "tag:"], ["show", ""], ["undo", ""]):
        complete(*line)

    assert {path: path.stat().st_mtime_ns for path in alone.rglob("*")} == before


@pytest.mark.parametrize("content", [None, b"", b"no database"])
def test_a_large_archive_without_index_gets_what_is_cheap(huge, complete, alone, content):
    """It offers commands and fields, of the archive nothing, and builds no index."""
    index = Beside.of(huge).index
    index.unlink()
    if content is not None:
        index.write_bytes(content)
    there = sorted(alone.rglob("*"))

    for line in (["list", "tag:"], ["tag", "+"], ["show", "7"], ["list", "lang:"], ["undo", ""]):
        assert complete(*line) == {}
    assert list(complete("list", "tit")) == ["title:"]
    assert sorted(alone.rglob("*")) == there


@pytest.mark.parametrize("has_index", [True, False])
def test_it_takes_what_a_small_archive_takes(huge, program, alone, has_index):
    """It costs little more than the start-up, whatever the size of the archive."""
    asking = {"_NEWSARCHIVE_COMPLETE": "fish"}
    if not has_index:
        Beside.of(huge).index.unlink()
    small = {**asking, "NEWSARCHIVE_FILE": str(alone / "small.json")}
    assert run(["add", "--title", "Saiga", "--tag", "saiga", "-q", "-a", small["NEWSARCHIVE_FILE"]]) == 0

    for line in (["show", ""], ["tag", "+"], ["list", "tag:"], ["li"]):
        in_huge, in_small = (partial(program, *line, env=env) for env in (asking, small))
        assert takes_at_most(1.4, in_huge, in_small, children_seconds), line


# --- what bash needs --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("newsarchive list tag:sp", ["species/saiga"]),
        ("newsarchive list tag:", ["draft", "saiga", "species/saiga"]),
        ('newsarchive list "tag:sp', ["tag:species/saiga"]),
        ('newsarchive list tag:"sp', ["species/saiga"]),
        ("newsarchive list --format=ids", ["ids"]),
        ("newsarchive tag +sp", ["+species/saiga"]),
        ("newsarchive export > al", [":files"]),
        ("newsarchive list 'snow", []),
        ("newsarchive list tag:\\", []),
    ],
)
def test_bash_gets_only_the_part_it_replaces(tagged, bash_reply, line, expected):
    """It leaves out what stands before a word break, but not within quotes."""
    assert bash_reply(line) == expected


def test_bash_shows_help_only_in_a_list(tagged, bash_reply):
    """It puts titles beside ids when several are shown, and never where they would be typed."""
    listed = bash_reply("newsarchive show 1", kind="63")

    assert [line.split()[0] for line in listed] == ["10", "1"]
    assert len(listed[0]) > 20
    assert bash_reply("newsarchive show 1", kind="9") == ["10", "1"]
    assert bash_reply("newsarchive show 10", kind="63") == ["10"]


def test_a_line_is_parted_as_a_shell_parts_it():
    """It ends in the word that is being typed, which may be empty or within quotes."""
    assert split_line("newsarchive list 'snow le") == (["newsarchive", "list", "snow le"], "'")
    assert split_line("newsarchive list # ") == (["newsarchive", "list", "#", ""], "")


# --- real shells ------------------------------------------------------------------------------------------


@pytest.fixture
def on_path(tagged, alone, monkeypatch) -> Path:
    """Put `newsarchive` on the path of the shells that tests start."""
    folder = alone / "bin"
    folder.mkdir()
    script = folder / "newsarchive"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newsarchive "$@"\n')
    script.chmod(0o755)
    root = Path(glancing.__file__).parents[2]
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(root))
    return folder


def needs(shell):
    """Skip a test where a shell is not installed."""
    return pytest.mark.skipif(
        shutil.which(shell) is None,
        reason=f"there is no {shell}; Debian and Ubuntu: sudo apt-get install {shell}",
    )


TYPED = [
    ("newsarchive und\t", "newsarchive undo "),
    ("newsarchive list tag:sp\t", "newsarchive list tag:species/saiga "),
    ("newsarchive list ti\tsaiga", "newsarchive list title:saiga"),
    ("newsarchive tag +dr\t", "newsarchive tag +draft "),
    ("newsarchive tag +draft -sp\t", "newsarchive tag +draft -species/saiga "),
    ("newsarchive list --format=id\t", "newsarchive list --format=ids "),
    ("newsarchive import arch\t", "newsarchive import archive.json "),
]


def words_after(shell, set_up, typed):
    """Type into a real shell; return the words of the line as the shell then has it, joined by dots."""
    child = pexpect.spawn(shell[0], shell[1:], encoding="utf-8", timeout=30, dimensions=(24, 200))
    child.sendline(f"{set_up}; echo go-a''head")
    child.expect("go-ahead\r\n")
    child.send(typed)
    child.send("\x05'|'\x01printf '%s.' \n")  # at its end, a mark; at its start, what shows its words
    child.expect(r"([^\s]*)\.?\|\.")
    child.close(force=True)
    return child.match[1]


@pytest.mark.parametrize(("typed", "expected"), TYPED)
def test_bash(on_path, typed, expected):
    """It completes in a real bash as the script says."""
    shown = words_after(["bash", "--norc", "-i"], 'eval "$(newsarchive completion bash)"', typed)

    assert shown.rstrip(".").endswith(".".join(expected.split()))


@needs("zsh")
@pytest.mark.parametrize(("typed", "expected"), TYPED)
def test_zsh(on_path, typed, expected):
    """It completes in a real zsh as the script says."""
    set_up = 'bindkey -e; autoload -U compinit; compinit -u -D; eval "$(newsarchive completion zsh)"'

    shown = words_after(["zsh", "-f", "-i"], set_up, typed)

    assert shown.rstrip(".").endswith(".".join(expected.split()))


@needs("fish")
@pytest.mark.parametrize(("typed", "expected"), TYPED)
def test_fish(on_path, typed, expected):
    """It completes in a real fish as the script says."""
    line = typed.partition("\t")[0]
    ask = f"newsarchive completion fish | source; complete --do-complete '{line}'"

    done = subprocess.run(["fish", "--no-config", "-c", ask], capture_output=True, text=True, check=True)

    first = done.stdout.splitlines()[0].partition("\t")[0]
    assert len(first) > 2
    assert expected.split()[-1].startswith(first)
