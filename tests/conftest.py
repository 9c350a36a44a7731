"""What every test stands on: an empty folder of its own, and two ways to run the program."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import shutil
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import on_server
import postgres
import pytest
from hypothesis import settings
from indexing import stories, write_archive

from newsarchive.cli.app import run

DATA = Path(__file__).parent / "data"


# Elsewhere properties look for new counterexamples in every run; a check before landing must not depend on luck.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


# A shell that runs the tests in the background lets them ignore Ctrl-C, and what they start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(frozen=True)
class Result:
    """What a user sees of one run."""

    code: int
    out: str
    err: str


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let all tests be run with an archive on a server."""
    parser.addoption(
        "--on-server", action="store_true", help="run with archives on a server; see on_server.py"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about files."""
    if config.getoption("--on-server"):
        items[:], out = on_server.parted(items)
        config.hook.pytest_deselected(items=out)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a test by the argument where that is bytes: a packed document holds the time at which it was made.

    Processes that collect the same tests at other times would otherwise call them by other names.
    """
    return argname if isinstance(val, bytes) else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what tests have recorded as to be said: how something was run that can be run in several ways."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, value in report.user_properties:
            if name == "said":
                terminalreporter.write_line(str(value))


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> on_server.Database | None:
    """Return where tests have their archives, unless these are in files."""
    if not request.config.getoption("--on-server"):
        return None
    found = on_server.Database(request.getfixturevalue("server"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSARCHIVE_FILE", found.named("template"))
        assert run(["import", str(DATA / "cami-news-listing.txt"), "-q"]) == 0
        found.archive("large").start()
        write_archive(found.archive("large").place, stories(600))
    return found


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, databases: on_server.Database | None) -> Path:
    """Put each test into an empty folder, out of reach of any real archive."""
    monkeypatch.chdir(tmp_path)
    names = (
        "NEWSARCHIVE_FILE",
        "NO_COLOR",
        "VISUAL",
        "EDITOR",
        "COLUMNS",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
    )
    for name in names:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USER", "tester")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("NEWSARCHIVE_INDEX", "wait")  # no process outlives a test's folder
    if databases is not None:
        monkeypatch.setenv("NEWSARCHIVE_FILE", databases.named(databases.copy_of("empty")))
    return tmp_path


@pytest.fixture
def invoke(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the program within the test's process: `invoke("list", "saiga", stdin="…")`. Streams are pipes."""

    def call(*arguments: str, stdin: str | bytes = b"") -> Result:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), "utf-8"))
            patch.setattr(sys, "stdout", io.TextIOWrapper(out, "utf-8"))
            patch.setattr(sys, "stderr", io.TextIOWrapper(err, "utf-8"))
            code = run(arguments)
            sys.stdout.flush()
            sys.stderr.flush()
            return Result(code, out.getvalue().decode(), err.getvalue().decode())

    return call


@pytest.fixture
def program() -> Callable[..., Result]:
    """Run the program as a process of its own: `program("list", env={…}, stdin="…")`."""

    def call(
        *arguments: str,
        stdin: str | bytes = b"",
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        **options: Any,
    ) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "newsarchive", *arguments],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            env={**os.environ, **(env or {})},
            cwd=cwd,
            timeout=60,
            check=False,
            **options,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import the ten stories of the news page once, with their history."""
    folder = tmp_path_factory.mktemp("imported")
    listing = DATA / "cami-news-listing.txt"
    assert run(["import", str(listing), "-q", "-a", str(folder / "archive.json")]) == 0
    return folder


@pytest.fixture
def archive(
    alone: Path,
    imported: Path,
    databases: on_server.Database | None,
    monkeypatch: pytest.MonkeyPatch,
) -> Path | on_server.OnServer:
    """Put an archive of the ten stories into the test's folder."""
    if databases is not None:
        return _on_server(databases, "template", monkeypatch)
    shutil.copytree(imported, alone, dirs_exist_ok=True)
    return alone / "archive.json"


@pytest.fixture
def stored(alone: Path, databases: on_server.Database | None) -> Path | on_server.OnServer:
    """Return the archive that commands of the test find, which may be empty or not be there yet."""
    return alone / "archive.json" if databases is None else on_server.in_use()


@pytest.fixture
def own_folder(alone: Path, databases: on_server.Database | None) -> Path:
    """Return where the user's own files are, such as the saved queries; it comes after `archive`."""
    return alone if databases is None else on_server.in_use().own_folder()


@pytest.fixture
def copy(archive: Path | on_server.OnServer, alone: Path) -> Path:
    """Put a copy of the archive beside it, as a sync tool does: the file alone."""
    path = alone / "copy.json"
    path.write_bytes(archive.read_bytes())
    return path


@pytest.fixture(scope="session")
def large_original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Start an archive that is large enough for an index, once; it is for reading."""
    return write_archive(tmp_path_factory.mktemp("large") / "archive.json", stories(600))


@pytest.fixture
def large(
    alone: Path,
    large_original: Path,
    databases: on_server.Database | None,
    monkeypatch: pytest.MonkeyPatch,
) -> Path | on_server.OnServer:
    """Put a large archive into the test's folder, with its history and without an index."""
    if databases is not None:
        return _on_server(databases, "large", monkeypatch)
    ignored = shutil.ignore_patterns("index.sqlite3*")
    shutil.copytree(large_original.parent, alone, dirs_exist_ok=True, ignore=ignored)
    return alone / "archive.json"


def _on_server(
    databases: on_server.Database, name: str, monkeypatch: pytest.MonkeyPatch
) -> on_server.OnServer:
    copy = databases.copy_of(name)
    monkeypatch.setenv("NEWSARCHIVE_FILE", databases.named(copy))
    return on_server.OnServer(databases.archive(copy))


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """Start a PostgreSQL server once."""
    if postgres.programs() is None:
        pytest.skip(postgres.MISSING)
    with postgres.running() as found:
        yield found


@pytest.fixture
def database(server: postgres.Server) -> str:
    """Make an empty database; return the address of the archive that can be in it."""
    return server.new_database()


@pytest.fixture
def address(database: str, invoke: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> str:
    """Start an archive on the server that every command of the test finds; return its address."""
    assert invoke("init", database).code == 0
    monkeypatch.setenv("NEWSARCHIVE_FILE", database)
    return database


@pytest.fixture
def terminal() -> Callable[..., Result]:
    """Run the program on a terminal: `terminal("list", width=80, keys="y\\n", pipes=["stderr"])`.

    `out` is what the terminal shows, without an echo of the keys; `err` is empty unless stderr is a pipe.
    """

    def call(
        *arguments: str,
        width: int = 80,
        keys: str = "",
        pipes: Collection[str] = (),
        env: Mapping[str, str] | None = None,
    ) -> Result:
        controller, line = pty.openpty()
        _prepare(line, width)
        streams = {name: subprocess.PIPE if name in pipes else line for name in ("stdin", "stdout", "stderr")}
        process = subprocess.Popen(
            [sys.executable, "-m", "newsarchive", *arguments],
            env={**os.environ, **(env or {})},
            start_new_session=True,
            **streams,
        )
        os.close(line)
        os.write(controller, keys.encode())
        shown = read_to_the_end(controller)
        out, err = process.communicate(timeout=60)
        os.close(controller)
        return Result(process.returncode, shown + (out or b"").decode(), (err or b"").decode())

    return call


def _prepare(line: int, width: int) -> None:
    """Give a terminal its width, and let it neither echo keys nor change line ends."""
    fcntl.ioctl(line, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    settings = termios.tcgetattr(line)
    settings[1] &= ~termios.OPOST
    settings[3] &= ~termios.ECHO
    termios.tcsetattr(line, termios.TCSANOW, settings)


def read_to_the_end(controller: int) -> str:
    chunks = []
    try:
        while chunk := os.read(controller, 1 << 16):
            chunks.append(chunk)
    except OSError:  # how Linux says that nobody has the terminal open any more
        pass
    return b"".join(chunks).decode()
