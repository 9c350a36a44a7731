"""`watch`: what others add and change, as it happens."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from newsarchive.store.server.link import Link, RefusedError


@contextmanager
def watching(*words: str) -> Iterator[Callable[[], str]]:
    """Run a watch; hand out what returns its next line, or fails."""
    with subprocess.Popen(
        [sys.executable, "-m", "newsarchive", "watch", "--for", "60", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None

        def line() -> str:
            assert process.stdout is not None
            found = process.stdout.readline()
            assert found or process.stderr is None, process.stderr.read()
            return found

        try:
            yield line
        finally:
            process.kill()


@pytest.fixture(params=["file", "server"])
def place(request, invoke, monkeypatch, alone) -> str:
    """Start an archive that commands find, in a file or on a server."""
    if request.param == "server":
        return request.getfixturevalue("address")
    assert invoke("init").code == 0
    return "archive.json"


def test_what_comes(place, invoke):
    """It prints what is new and what is changed, and not what is taken away."""
    invoke("add", "--title", "Before", "--date", "2020")
    with watching("--after", "0") as line:
        first = line()
        invoke("add", "--title", "Saiga numbers recover", "--date", "2024-05-17")
        second = line()
        invoke("remove", "2", "--yes")
        invoke("tag", "+x", "id:1")
        third = line()

    assert [first, second, third] == [
        "new         1  2020        Before\n",
        "new         2  2024-05-17  Saiga numbers recover\n",
        "changed     1  2020        Before\n",
    ]


def test_a_query(place, invoke):
    """It passes over what is not selected, and hands scripts the objects of `list`."""
    with watching("tag:saiga", "--after", "0", "--format", "jsonl") as line:
        invoke("add", "--title", "A kulan")
        invoke("add", "--title", "A saiga", "--tag", "saiga")
        found = json.loads(line())

    assert found == json.loads(invoke("show", "2", "--json").out)[0]


def test_only_what_comes_from_now_on(place, invoke):
    """It leaves out what was there, and ends when it is told to."""
    invoke("add", "--title", "Before")
    start = time.monotonic()

    result = invoke("watch", "--for", "0.2")

    assert (result.code, result.out) == (0, "")
    assert time.monotonic() - start > 0.2


def test_many_changes_of_one_entry(place, invoke):
    """It tells what operations came to, not each of them."""
    invoke("add", "--title", "One")
    invoke("tag", "+x", "id:1")
    invoke("add", "--title", "Two")
    invoke("remove", "2", "--yes")

    assert invoke("watch", "--after", "0", "--for", "0").out == "new         1              One\n"
    assert invoke("watch", "--after", "1", "--for", "0").out == "changed     1              One\n"


def test_a_lost_connection(address, invoke, server):
    """It connects again, and catches up with what it has missed."""
    database = re.search(r"test\d+", address)[0]
    with watching("--after", "0") as line:
        invoke("add", "--title", "One")
        assert "One" in line()
        server.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'"
        )
        invoke("add", "--title", "Two")

        assert "Two" in line()


@pytest.mark.parametrize("words", [["--format", "xml"], ["date:soon"]])
def test_what_is_refused(archive, invoke, words):
    """It says so before it waits."""
    assert invoke("watch", *words).code == 2


def test_a_standby(address, invoke, monkeypatch):
    """It looks every second where a server lets nobody listen, as a standby does not."""
    real = Link.run

    def run(self, script, *patience):
        if script.startswith("LISTEN"):
            raise RefusedError("25006", "cannot execute LISTEN during recovery")
        return real(self, script, *patience)

    monkeypatch.setattr(Link, "run", run)
    invoke("add", "--title", "One")

    result = invoke("watch", "--after", "0", "--for", "0.2")

    assert (result.code, result.out) == (0, "new         1              One\n")
