"""The connection to a server: what goes wrong with it, and what must not."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from urllib.parse import quote

import pytest

from newsarchive.store.server.address import read_address
from newsarchive.store.server.link import Link, RefusedError

NOTHING = "newsarchive: interrupted; nothing was changed\n"


@pytest.mark.parametrize("command", [["list"], ["add", "--title", "Saiga"]])
def test_an_interrupt_while_nobody_answers(command, monkeypatch):
    """It ends at once, though the server has taken the connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"postgresql://tester@127.0.0.1:{server.getsockname()[1]}/news?connect_timeout=0"
        monkeypatch.setenv("NEWSARCHIVE_FILE", place)
        line = [sys.executable, "-m", "newsarchive", *command]
        with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as process:
            connection, _ = server.accept()
            with connection:
                connection.recv(1)
                process.send_signal(signal.SIGINT)
                try:
                    _, err = process.communicate(timeout=30)
                finally:
                    process.kill()

    assert (process.returncode, err) == (130, NOTHING)


@pytest.mark.parametrize("setting", ["on", "off"])
def test_a_name_with_a_backslash(database, server, invoke, monkeypatch, setting):
    """It finds the archive of that name, whatever the server takes a backslash for."""
    name = r"snow\leopard's"
    name_of_database = database.partition("?")[0].rpartition("/")[2]
    server.sql(f"ALTER DATABASE {name_of_database} SET standard_conforming_strings = {setting}")
    monkeypatch.setenv("NEWSARCHIVE_FILE", f"{database}&archive={quote(name)}")
    assert invoke("init").code == 0

    added = invoke("add", "--title", "Saiga")
    found = invoke("list", "--format", "ids")

    assert (added.code, found.code, found.out) == (0, 0, "1\n"), added.err + found.err


@pytest.mark.parametrize("seconds", ["1e12", "inf"])
def test_a_writer_who_waits_for_ever(address, invoke, seconds):
    """It waits as long as a server can be told to, where that is less than what was asked for."""
    result = invoke("add", "--title", "Saiga", "--lock-timeout", seconds)

    assert result.code == 0, result.err


@pytest.mark.parametrize("value", ["a\0b", b"a\0b", [b"a", b"\0b"]])
def test_a_text_that_would_be_cut_off(address, value):
    """It sends no text with a NUL in it, at which the rest would be left out."""
    link = Link(read_address(address, {}, typed=True))

    with pytest.raises(RefusedError, match="NUL"):
        link.ask("SELECT $1::text", value)
    assert link.ask("SELECT $1::text", "a b") == [(b"a b",)]
