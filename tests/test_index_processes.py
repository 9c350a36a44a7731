"""The index with several processes, and with processes that are killed."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from indexing import everything, index_of, rows, selected
from storing import opened

from newsarchive.search.index import building, worker
from newsarchive.search.index.file import build_file
from newsarchive.store.file.beside import Beside
from newsarchive.store.file.home import FileHome


def _start(path: Path, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "newsarchive", "-a", str(path), "--lock-timeout", "60", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _ended(processes: Sequence[subprocess.Popen[bytes]]) -> list[tuple[int, bytes, bytes]]:
    outputs = [process.communicate(timeout=60) for process in processes]
    return [(process.returncode, *output) for process, output in zip(processes, outputs, strict=True)]


def built_anew(path: Path) -> dict[str, object]:
    """Return what an index says that is built from the archive as it is."""
    build_file(FileHome(Beside.of(path)), opened(path).snapshot, lambda ids: ids)
    return dict(everything(path))


def test_readers_who_build_at_once(large: Path) -> None:
    """It gives all the same answer when several find no index and build it."""
    ended = _ended([_start(large, "search", "saiga", "--format", "ids") for _ in range(6)])

    assert len(set(ended)) == 1
    assert ended[0][0] == 0
    assert everything(large) == built_anew(large)


def test_readers_among_writers(large: Path) -> None:
    """It answers for one whole revision, and in the end knows the last one, while others add and tag."""
    opened(large).search(selected("saiga"))

    writers = [
        _start(large, *words)
        for number in range(1, 5)
        for words in (
            ("add", "--title", f"Zhezkazgan {number}"),
            ("tag", f"+n{number}", f"tag:topic-{number}"),
        )
    ]
    readers = [_start(large, "search", "zhezkazgan", "--format", "ids") for _ in range(4)]
    ended = _ended([*writers, *readers])

    assert [code for code, _, _ in ended] == [0] * 12
    assert opened(large).search(selected("zhezkazgan")).total == 4
    assert everything(large) == built_anew(large)


@pytest.mark.parametrize(
    "kills", [10, pytest.param(100, marks=[pytest.mark.stress, pytest.mark.slow])], ids=str
)
def test_kills_at_random_moments(large: Path, kills: int) -> None:
    """It never gives a wrong answer after a builder or a writer was killed, and needs no repair."""
    chance = random.Random(kills)
    for number in range(kills):
        if chance.random() < 0.3:
            index_of(large).unlink(missing_ok=True)
        words = chance.choice(
            (["search", "saiga"], ["tag", f"+n{number}", "saiga"], ["add", "--title", "Saiga"])
        )
        process = _start(large, *words)
        time.sleep(chance.uniform(0.1, 0.5))
        process.send_signal(signal.SIGKILL)
        process.communicate()

        archive = opened(large)
        found = [hit.entry for hit in archive.search(selected("saiga", limit=0)).hits]

        assert sorted(entry.known_id for entry in found) == _holding(large, "saiga")
    assert everything(large) == built_anew(large)


def _holding(path: Path, word: str) -> list[int]:
    """Return the entries with `word`, or a form of it, in the text of the file."""
    texts = {
        entry.known_id: " ".join((entry.title, entry.summary or "", entry.body or "", *entry.tags)).lower()
        for entry in opened(path).entries
    }
    return [
        entry_id for entry_id, text in texts.items() if word in text or "сайгак" in text or "saïga" in text
    ]


def test_killed_in_the_middle_of_a_change(large: Path) -> None:
    """It is torn for the next reader, who builds it anew and says so in one line."""
    opened(large).search(selected("saiga"))
    script = f"""
import os, signal
from newsarchive.cli.app import run
from newsarchive.search.index import changing
changing._Changing.finish = lambda self: os.kill(os.getpid(), signal.SIGKILL)
run(["-a", {str(large)!r}, "tag", "+torn", "tag:topic-7"])
"""
    killed = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)

    said: list[str] = []
    page = opened(large, say=said.append).page(selected("tag:torn"))

    assert killed.returncode == -signal.SIGKILL
    assert page.total == opened(large).page(selected("tag:topic-7")).total > 10
    assert said == ["note: the search index was being changed when that was cut off; it is built anew"]


@pytest.fixture
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have an index built by two processes, however small the archive and the machine are."""
    monkeypatch.setattr(worker, "is_worth_it", lambda _lines: True)


@pytest.mark.usefixtures("two_processes")
def test_two_processes_that_build_one(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the index that one process builds, amounts and all."""
    monkeypatch.setattr(building, "COMMON", 60)
    archive = opened(large)
    found = archive.search(selected("saiga"))
    together, postings = everything(large), rows(large, "SELECT ids, amounts FROM posting")

    monkeypatch.setattr(worker, "is_worth_it", lambda _lines: False)

    assert together == built_anew(large)
    assert postings
    assert postings == rows(large, "SELECT ids, amounts FROM posting")
    assert found.total > 100


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import os; os.kill(os.getpid(), 9)", "the process that writes it was ended"),
        (
            "import marshal, sys; said = marshal.dumps('no such module: fts5');"
            " sys.stdout.buffer.write(len(said).to_bytes(8, 'big') + said); sys.exit(1)",
            "no such module: fts5",
        ),
        ("import sys; sys.stdin.buffer.read(100); sys.exit(1)", "the process that writes it was ended"),
    ],
)
@pytest.mark.usefixtures("two_processes")
def test_a_process_that_ends_before(
    large: Path, monkeypatch: pytest.MonkeyPatch, program: str, reason: str
) -> None:
    """It answers without the index that the other process did not finish, says so, and leaves no file."""
    monkeypatch.setattr(worker, "_START", program)
    said: list[str] = []

    found = opened(large, say=said.append).search(selected("saiga"))

    assert found.total > 100
    assert reason in " ".join(said)
    assert not list(index_of(large).parent.glob("index*"))


@pytest.mark.usefixtures("two_processes")
def test_an_interrupt_while_two_processes_build(large: Path) -> None:
    """It ends both at once, is told as the interrupt that it is, and leaves no file."""

    def interrupted(ids: Sequence[int]) -> Iterator[int]:
        yield from ids[:-1]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_file(FileHome(Beside.of(large)), opened(large).snapshot, interrupted)

    assert not list(index_of(large).parent.glob("index*"))
