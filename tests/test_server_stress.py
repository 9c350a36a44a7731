"""A server under stress: many writers, killed clients, crashes of the server in the middle of it.

Each client writes down what it was told. Afterwards everything acknowledged must be there, once, and nothing of
which it was said that it was not saved.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

import networks
import postgres
import pytest
from networks import Networks, NoNetworksError

from newsarchive.archive import Archive, utc_now
from newsarchive.changes import adding, changing
from newsarchive.config import place_of
from newsarchive.entry import Entry
from newsarchive.errors import NewsArchiveError, UncertainError
from newsarchive.store.digests import digest_of
from newsarchive.store.server import locking

pytestmark = pytest.mark.stress

ROUNDS = int(os.environ.get("NEWSARCHIVE_ROUNDS", "2"))
"""How often a standby takes over; docs/server.md has the figures of twenty rounds."""

SAVED, UNSAVED, UNKNOWN = "saved", "not saved", "not known"


def at(address: str) -> Archive:
    """Open an archive as a command would."""
    place = place_of(address, {}, Path.cwd(), typed=True)
    return Archive(place, command="stress", user="tester", lock_timeout=120)


def write(address: str, name: str, most: int, account: Callable[[str, str], None]) -> None:
    """Add stories of one's own, tag one of them now and then, and write down what became of each."""
    for number in range(most):
        title = f"{name}-{number}"
        archive = at(address)
        account("begun", title)
        try:
            archive.commit([adding(Entry(title=title), utc_now())])
            account(SAVED, title)
        except UncertainError:
            account(UNKNOWN, title)
        except NewsArchiveError:
            account(UNSAVED, title)
        if number % 5 == 4:
            with suppress(NewsArchiveError):
                tag_own(at(address), name)


def tag_own(archive: Archive, name: str) -> None:
    """Tag one's own stories; nobody else changes them."""
    own = [entry for entry in archive.entries if entry.title.startswith(f"{name}-")]
    tagged = [changing(entry, replace(entry, tags=(*entry.tags, f"t{len(own)}")), utc_now()) for entry in own]
    archive.commit([change for change in tagged if change])


class Client:
    """A process that writes, with an account that outlives it."""

    def __init__(
        self, address: str, name: str, folder: Path, most: int = 10**9, network: str | None = None
    ) -> None:
        self.account = folder / name
        self.account.touch()
        self.process = os.fork()
        if self.process == 0:
            code = 1
            try:
                if network is not None:
                    networks.enter(network)
                with self.account.open("a") as file:
                    write(
                        address,
                        name,
                        most,
                        lambda what, title: print(what, title, sep="\t", file=file, flush=True),
                    )
                code = 0
            finally:
                os._exit(code)

    def begin(self) -> None:
        """Wait until it writes."""
        while not self.account.stat().st_size:
            time.sleep(0.001)

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        os.kill(self.process, signal.SIGKILL)
        self.ended()

    def ended(self) -> int:
        """Wait for the end; return the exit code."""
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])

    def told(self) -> dict[str, str]:
        """Return what the client was told last of each title."""
        lines = self.account.read_text().splitlines()
        return {title: what for what, title in (line.split("\t") for line in lines)}


def check(address: str, clients: list[Client]) -> Counter[str]:
    """Compare what is there with what the clients were told; return how often they were told what."""
    archive = at(address)
    there = Counter(entry.title for entry in archive.entries)
    told = {title: what for client in clients for title, what in client.told().items()}
    meta = archive.snapshot.meta

    assert [title for title, times in there.items() if times > 1] == []
    assert {title for title, what in told.items() if what == SAVED} - there.keys() == set()
    assert {title for title, what in told.items() if what == UNSAVED} & there.keys() == set()
    assert there.keys() - told.keys() == set()
    records = archive.records()
    assert [record.number for record in records] == [*range(1, meta.revision + 1)]
    added = [number for record in records if record.changes[0].kind == "add" for number in record.ids]
    assert sorted(added) == [entry.id for entry in archive.entries]
    assert meta.digest == digest_of(archive.snapshot.lines)
    return Counter(told.values())


@pytest.fixture
def places(record_property):
    """Start a server, and return its address and four places to write from, None for this machine itself."""
    if postgres.programs() is None:
        pytest.skip(postgres.MISSING)
    with ExitStack() as ended:
        try:
            found = ended.enter_context(Networks().up())
        except NoNetworksError as error:
            record_property("said", f"16 writers were plain processes of this machine: {error}")
            found = None
        else:
            record_property("said", "16 writers were in four network namespaces")
        server = ended.enter_context(postgres.running(networks=found))
        address = server.new_database()
        at(address).start()
        yield address, found.names if found is not None else [None] * 4


def test_many_writers(places, tmp_path):
    """It takes 16 writers × 50 adds, of four networks where there may be some: 800 entries, 800 ids."""
    address, names = places
    clients = [Client(address, f"w{number}", tmp_path, 50, names[number % 4]) for number in range(16)]

    assert [client.ended() for client in clients] == [0] * 16
    assert check(address, clients) == {SAVED: 800}
    assert [entry.id for entry in at(address).entries] == [*range(1, 801)]


def test_without_the_lock(address, tmp_path, monkeypatch):
    """It needs no lock to be right: what stands in another's way is tried again."""
    monkeypatch.setattr(locking, "_TRY", locking._TRY.replace("pg_try_advisory_lock($1, id)", "($1 > 0)"))
    clients = [Client(address, f"w{number}", tmp_path, 10) for number in range(6)]

    assert [client.ended() for client in clients] == [0] * 6
    told = check(address, clients)
    assert told[SAVED] > 0


def test_killed_clients(address, tmp_path):
    """It keeps what 200 clients were told before they were killed, and no half of anything."""
    chance = random.Random(1)
    clients = []
    others = [Client(address, f"other{number}", tmp_path) for number in range(2)]
    for number in range(200):
        client = Client(address, f"c{number}", tmp_path)
        client.begin()
        time.sleep(chance.uniform(0.005, 0.06))
        client.kill()
        clients.append(client)
    for other in others:
        other.kill()

    told = check(address, [*clients, *others])
    assert told[SAVED] > 0
    assert told[UNSAVED] == told[UNKNOWN] == 0


def test_a_standby_takes_over(tmp_path, record_property):
    """It loses nothing acknowledged when the primary crashes in the middle of a load and its standby takes over."""
    if postgres.programs() is None:
        pytest.skip(postgres.MISSING)
    chance = random.Random(3)
    with postgres.running() as one, postgres.running() as other:
        other.stop("immediate")
        address = one.new_database()
        database = address.partition("?")[0]
        either = f"{database}?host={one.folder},{other.folder}&target_session_attrs=read-write"
        at(either).start()
        clients = [Client(either, f"c{number}", tmp_path) for number in range(3)]
        for _ in range(ROUNDS):
            other.make_standby_of(one)
            time.sleep(chance.uniform(0.2, 0.8))
            one.stop("immediate")
            other.promote()
            one, other = other, one
        time.sleep(1)
        for client in clients:
            client.kill()

        told = check(either, clients)
    record_property("said", f"a standby took over {ROUNDS} times: {told[SAVED]:,} operations acknowledged")
    assert told[SAVED] > 0


def test_crashes_of_the_server(tmp_path):
    """It keeps what clients were told before 20 crashes, and these clients find out what became of the rest."""
    if postgres.programs() is None:
        pytest.skip(postgres.MISSING)
    chance = random.Random(2)
    with postgres.running() as server:
        address = server.new_database()
        at(address).start()
        names = count(1)
        clients = [Client(address, f"c{next(names)}", tmp_path) for _ in range(4)]
        for _ in range(20):
            time.sleep(chance.uniform(0.05, 0.4))
            server.stop("immediate")
            server.start()
        time.sleep(0.5)
        for client in clients:
            client.kill()

        told = check(address, clients)
    assert told[SAVED] > 0
