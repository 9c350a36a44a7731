"""A full disk, and a limit on the size of files: all that was acknowledged stays readable."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faults import in_child
from storing import NOW, add, beside, leftovers, opened, recorded, revision_of, titles

from newsarchive.changes import adding
from newsarchive.entry import Entry
from newsarchive.errors import CannotSaveError

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


@pytest.fixture
def small_disk(alone: Path) -> Iterator[Path]:
    """Mount a disk of 2 MiB."""
    folder = alone / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount command")
    if done.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _add_until_full(path: Path, size: int, say: Callable[[str], None]) -> tuple[int, str]:
    """Add entries until it fails; return how many were acknowledged and what the failure said."""
    for number in range(1, 10_000):
        entry = Entry(title=f"story {number}", body="x" * size)
        try:
            opened(path, say=say).commit([adding(entry, NOW)])
        except CannotSaveError as error:
            return number - 1, str(error)
    raise AssertionError("the disk is not small")


@pytest.mark.parametrize("size", [5_000, 40_000, 300_000])
def test_full_disk(small_disk: Path, size: int) -> None:
    """It keeps everything that was acknowledged, and works again when there is room."""
    path = small_disk / "archive.json"
    said: list[str] = []

    count, reason = _add_until_full(path, size, said.append)

    assert reason == f"cannot save {path}: no space left on device; nothing was changed"
    assert said[-1] == "the disk is full: the previous revision is given up to make room"
    assert titles(path) == {number: f"story {number}" for number in range(1, count + 1)}
    assert recorded(path) == list(range(1, count + 1))
    assert leftovers(small_disk) == []


def test_room_made(small_disk: Path) -> None:
    """It gives up the previous revision when there is room for two files but not for three."""
    path = small_disk / "archive.json"
    said: list[str] = []
    add(path, "first")
    for number in (2, 3):
        opened(path, say=said.append).commit([adding(Entry(title="big", body=str(number) * 310_000), NOW)])
    assert said == []

    add(path, "last", say=said.append)

    assert said == ["the disk is full: the previous revision is given up to make room"]
    assert titles(path) == {1: "first", 2: "big", 3: "big", 4: "last"}
    assert revision_of(path) == 4
    assert (beside(path) / "previous.json").exists()


def test_limit_on_file_size(alone: Path) -> None:
    """It leaves the old revision when the new one is larger than the system allows."""
    path = alone / "archive.json"
    add(path, "one")
    before = path.read_bytes()

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 50, resource.RLIM_INFINITY))
        with pytest.raises(CannotSaveError, match="file too large; nothing was changed"):
            add(path, "two")

    assert in_child(limited) == 0
    assert path.read_bytes() == before
    assert leftovers(alone) == []
