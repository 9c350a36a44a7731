"""A PostgreSQL server of Debian's packages for tests: on a socket in a temporary folder, and gone after them."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from networks import Networks

MISSING = "no PostgreSQL server is installed here: apt-get install postgresql"
"""Why tests skip, and the command that ends that."""

_SETTINGS = (
    "listen_addresses={listens} fsync={fsync} max_connections=60 shared_buffers=64MB log_min_messages=fatal"
)


CHOSEN = "NEWSARCHIVE_POSTGRES"
"""The variable that names the folder of the programs of another version."""


def programs() -> Path | None:
    """Return the folder of the server's programs; Debian keeps them out of PATH."""
    if chosen := os.environ.get(CHOSEN):
        return Path(chosen)
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path and shutil.which("pg_ctl") else None


class Server:
    """A cluster in a folder of its own, which may be stopped in every way and started again."""

    def __init__(self, folder: Path, *, fsync: bool = False, networks: Networks | None = None) -> None:
        found = programs()
        assert found is not None, MISSING
        self.folder = folder
        self.data = folder / "data"
        self._programs = found
        self._networks = networks
        listens = networks.address if networks else "''"
        self._settings = _SETTINGS.format(fsync="on" if fsync else "off", listens=listens)
        self._databases = 0

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the server's programs, as somebody else when we are root: it refuses to be root.

        Where a version came without its clients, those of another one do.
        """
        path = self._programs / program
        done = subprocess.run(
            [str(path) if path.exists() else program, *arguments],
            check=False,
            capture_output=True,
            text=True,
            cwd=self.folder,
            **_somebody(),
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    def make(self) -> None:
        """Make an empty cluster. The user `tester` may do everything, others what they are given."""
        if os.geteuid() == 0:
            os.chown(self.folder, *_account())
        self.run(
            "initdb", "-D", str(self.data), "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"
        )
        if self._networks is not None:
            with (self.data / "pg_hba.conf").open("a") as file:
                print(f"host all all {self._networks.subnet} trust", file=file)

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        settings = " ".join(f"-c {setting}" for setting in self._settings.split())
        log = str(self.folder / "log")
        options = f"-k {self.folder} {settings}"
        with subprocess.Popen(
            [str(self._programs / "pg_ctl"), "-D", str(self.data), "-w", "-l", log, "-o", options, "start"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            **_somebody(),
        ) as starting:
            assert starting.wait() == 0, Path(log).read_text(errors="replace")

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: `fast` asks sessions to end, `immediate` is as a crash."""
        self.run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    def make_standby_of(self, primary: Server) -> None:
        """Make this cluster one that follows another, which from then on acknowledges nothing without it."""
        shutil.rmtree(self.data, ignore_errors=True)
        if os.geteuid() == 0:
            os.chown(self.folder, *_account())
        source = ("-h", str(primary.folder), "-U", "tester")
        self.run("pg_basebackup", *source, "-D", str(self.data), "-R", "-X", "stream", "-c", "fast")
        self.start()
        primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary.sql("SELECT pg_reload_conf()")
        deadline = time.monotonic() + 30
        while "sync" not in primary.sql("SELECT sync_state FROM pg_stat_replication"):
            assert time.monotonic() < deadline, "the standby does not follow"
            time.sleep(0.1)

    def promote(self) -> None:
        """Make a standby the primary."""
        self.run("pg_ctl", "-D", str(self.data), "-w", "promote")

    def sql(self, statements: str, database: str = "postgres") -> str:
        """Run statements as the user who may do everything; return the rows, a line each."""
        return self.run(
            "psql", "-h", str(self.folder), "-U", "tester", "-d", database, "-AtqX", "-v", "ON_ERROR_STOP=1", "-c",
            statements,
        ).stdout  # fmt: skip

    def new_database(self) -> str:
        """Make an empty database; return the address of the archive that is to be in it."""
        self._databases += 1
        self.sql(f"CREATE DATABASE test{self._databases}")
        return self.address(f"test{self._databases}")

    def address(self, database: str, user: str = "tester") -> str:
        """Return the address of an archive in a database."""
        if self._networks is not None:
            return f"postgresql://{user}@{self._networks.address}/{database}"
        return f"postgresql://{user}@/{database}?host={self.folder}"


@contextmanager
def running(*, fsync: bool = False, networks: Networks | None = None) -> Iterator[Server]:
    """Start a server, which may listen to networks, and stop it at the end."""
    # Not pytest's folder: the name of a socket may have 107 bytes, and somebody else must get there.
    with tempfile.TemporaryDirectory(prefix="newsarchive-pg-") as folder:
        server = Server(Path(folder), fsync=fsync, networks=networks)
        server.make()
        server.start()
        try:
            yield server
        finally:
            if (server.data / "postmaster.pid").exists():
                server.stop("immediate")


def _account() -> tuple[int, int]:
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return found.pw_uid, found.pw_gid
    raise AssertionError("there is no user that a server could run as")


def _somebody() -> dict[str, int | list[int]]:
    if os.geteuid() != 0:
        return {}
    user, group = _account()
    return {"user": user, "group": group, "extra_groups": []}
