"""What comes of streams that are closed, full, or cannot hold a character."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

FULL = Path("/dev/full")
NEWSARCHIVE = [sys.executable, "-m", "newsarchive"]
READING = [
    "list",
    "list --json",
    "search gobi",
    "show 1",
    "tags",
    "history --json",
    "export",
    "--help",
    "--version",
]

needs_full = pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full on this system")


def run(arguments: Sequence[str], **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the program with streams of the caller's choice."""
    settings: dict[str, Any] = {"stderr": subprocess.PIPE, "text": True, "timeout": 60, "check": False}
    return subprocess.run([*NEWSARCHIVE, *arguments], **{**settings, **options})


def run_in_shell(command: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell, where `$n` is the program."""
    script = f'n="{sys.executable} -m newsarchive"; {command}'
    return subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("command", READING)
def test_a_reader_that_has_gone(archive, invoke, command):
    """It ends in silence with 141, as a program that the signal kills."""
    invoke("tag", "+x", "saiga")
    reader, writer = os.pipe()
    os.close(reader)

    result = run(command.split(), stdout=writer)

    os.close(writer)
    assert (result.returncode, result.stderr) == (141, "")


def test_a_reader_that_goes_early(alone, invoke):
    """It ends in silence in the middle of much output, too."""
    many = "".join(f'{{"title": "Story {number}", "summary": "{"word " * 100}"}}\n' for number in range(400))
    invoke("import", "-", stdin=many)

    result = run_in_shell("{ $n list --json; echo $? >code; } | head -c 1000 >part")

    assert ((alone / "code").read_text(), result.stderr) == ("141\n", "")


@needs_full
@pytest.mark.parametrize("command", READING)
def test_a_full_disk(archive, invoke, command):
    """It says so on one line and ends with 4."""
    invoke("tag", "+x", "saiga")

    with FULL.open("wb") as out:
        result = run(command.split(), stdout=out)

    assert result.stderr.splitlines()[:1] == [
        "newsarchive: cannot write to standard output: no space left on device"
    ]
    assert (result.returncode, "Traceback" in result.stderr) == (4, False)


@needs_full
def test_much_output_on_a_full_disk(alone, invoke):
    """It says so once, though the interpreter tries to empty its buffers at the end."""
    many = "".join(f'{{"title": "Story {number}", "summary": "{"word " * 100}"}}\n' for number in range(400))
    invoke("import", "-", stdin=many)

    with FULL.open("wb") as out:
        result = run(["list"], stdout=out)

    assert result.returncode == 4
    assert result.stderr == "newsarchive: cannot write to standard output: no space left on device\n"


@needs_full
def test_what_was_saved_before_the_disk_was_full(archive, invoke):
    """It says that the entry was added although its id could not be printed."""
    with FULL.open("wb") as out:
        result = run(["add", "--title", "Saiga"], stdout=out)

    assert result.returncode == 4
    assert result.stderr.startswith("Added 1 entry (operation 2). Undo: newsarchive undo 2\n")
    assert invoke("list", "id:11", "--format", "ids").out == "11\n"


@pytest.mark.parametrize("command", READING)
def test_a_closed_stdout(archive, command):
    """It says so and ends with 4."""
    result = run_in_shell(f"$n {command} -a '{archive}' >&-" if command[0] != "-" else f"$n {command} >&-")

    if command == "tags":  # there is nothing to print
        assert result.returncode in (0, 4)
    else:
        assert result.returncode == 4
        assert result.stderr == "newsarchive: cannot write to standard output: it is closed\n"


def test_a_closed_stdin(archive):
    """It works where it reads nothing, and says what is wrong where it does."""
    listed = run_in_shell("$n list saiga --format ids <&-")
    added = run_in_shell("$n add - <&-")
    selected = run_in_shell("$n list --ids-from - <&-")
    imported = run_in_shell("$n import - <&-")

    assert (listed.returncode, listed.stdout, listed.stderr) == (0, "1\n", "")
    for result in (added, selected, imported):
        assert result.returncode == 4
        assert result.stderr == "newsarchive: cannot read standard input: it is closed\n"


def test_a_closed_stderr(archive):
    """It keeps its exit code and its data when nobody hears what it says."""
    listed = run_in_shell("$n list saiga zzqx OR mezhnev --format ids 2>&-")
    tagged = run_in_shell("$n tag +x saiga 2>&-")
    unknown = run_in_shell("$n nonsense 2>&-")

    assert (listed.returncode, listed.stdout) == (0, "1\n")
    assert tagged.returncode == 0
    assert unknown.returncode == 2


def test_every_stream_closed(archive, invoke):
    """It writes nothing but the archive."""
    result = run_in_shell("$n tag +x saiga <&- >&- 2>&-")

    assert result.returncode == 0
    assert invoke("list", "tag:x", "--format", "ids").out == "1\n"


@needs_full
def test_a_full_stderr(archive, invoke):
    """It does its work although nobody can be told."""
    with FULL.open("wb") as err:
        result = run(["tag", "+x", "saiga"], stdout=subprocess.PIPE, stderr=err)

    assert result.returncode == 0
    assert invoke("list", "tag:x", "--format", "ids").out == "1\n"


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("ascii", rb"\u0421\u043d\u0435\u0436\u043d\u044b\u0439 \u2013 caf\xe9"),
        ("cp1252", rb"\u0421\u043d\u0435\u0436\u043d\u044b\u0439 " + "– café".encode("cp1252")),
        ("utf-8", "Снежный – café".encode()),
    ],
)
def test_an_encoding_without_some_characters(alone, invoke, encoding, title):
    """It escapes in tables what the encoding lacks."""
    invoke("add", "--title", "Снежный – café", "-q")
    environment = {**os.environ, "PYTHONIOENCODING": encoding}

    listed = run(["list"], stdout=subprocess.PIPE, text=False, env=environment)

    assert (listed.returncode, listed.stderr) == (0, b"")
    assert title in listed.stdout


@pytest.mark.parametrize("encoding", ["ascii", "utf-16"])
@pytest.mark.parametrize("command", ["list --json", "export", "list --format csv", "list --format tsv"])
def test_machine_formats_are_utf_8(alone, invoke, encoding, command):
    """It writes them in UTF-8 whatever the encoding of the terminal is."""
    invoke("add", "--title", "Снежный – café", "-q")
    environment = {**os.environ, "PYTHONIOENCODING": encoding}

    result = run(command.split(), stdout=subprocess.PIPE, text=False, env=environment)

    assert result.returncode == 0
    assert "Снежный – café" in result.stdout.decode("utf-8")


def test_messages_in_an_encoding_without_some_characters(archive):
    """It escapes in messages what the encoding lacks."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}

    result = run(["tag", "+x", "Межнёв!"], text=False, env=environment)

    assert result.returncode in (0, 1)
    assert result.stderr.isascii()


def test_the_plain_locale(archive):
    """It reads arguments and prints as UTF-8 in the C locale, as Python does."""
    environment = {**os.environ, "LC_ALL": "C"}

    result = run(["search", "Межнев", "--json"], stdout=subprocess.PIPE, env=environment)

    assert [entry["id"] for entry in json.loads(result.stdout)] == [1]


@pytest.mark.parametrize("text", [b"\xff\xfe\xff", b"\x00" * 100])
def test_a_document_on_stdin_that_is_no_text(alone, program, text):
    """It says so and adds nothing."""
    result = program("add", "-", stdin=text)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("newsarchive: standard input")
    assert list(alone.iterdir()) == []


def test_a_body_on_stdin(alone, invoke):
    """It takes the text from the pipe, without the last line end."""
    result = invoke("add", "--title", "Saiga", "--body", "-", stdin="One.\r\nTwo.\n")

    assert (result.code, result.out) == (0, "1\n")
    assert json.loads(invoke("list", "--json").out)[0]["body"] == "One.\nTwo."


def test_a_body_that_is_no_text(alone, invoke):
    """It names the byte."""
    result = invoke("add", "--title", "Saiga", "--body", "-", stdin=b"caf\xe9")

    assert (result.code, result.out) == (4, "")
    assert result.err == "newsarchive: cannot read standard input: it is not UTF-8: byte 0xe9\n"
