"""The digest of an archive's entries tells of every byte, and files of the form before it are taken over."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

import pytest
from storing import add, beside, digest, entries_value, meta, opened, recorded, remove, tag, titles, undo

from newsarchive.archive import Archive
from newsarchive.errors import DamagedArchiveError


def _in_old_form(path: Path) -> None:
    """Give an archive of one operation the form that it had before digests were sums."""
    entries = entries_value(path)
    old = blake2b(entries, digest_size=16).hexdigest().encode()
    log = beside(path) / "history.jsonl"
    stated = digest(entries).encode()
    assert stated in path.read_bytes()
    assert stated in log.read_bytes()
    path.write_bytes(path.read_bytes().replace(stated, old).replace(b'"schema":2', b'"schema":1'))
    log.write_bytes(log.read_bytes().replace(stated, old).replace(b'"schema":2,', b""))


def _told(path: Path) -> bool:
    """Whether an archive is said to be edited by hand, or damaged."""
    try:
        return opened(path).snapshot.edited_by_hand
    except DamagedArchiveError:
        return True


def test_old_form_is_taken_over(alone: Path) -> None:
    """It reads a file of the old form without a word, and the next write gives it the new one."""
    path = alone / "archive.json"
    add(path, "one", "two")
    _in_old_form(path)
    said: list[str] = []

    archive = opened(path, say=said.append)
    assert [entry.title for entry in archive.entries] == ["one", "two"]
    add(path, "three", say=said.append)

    assert said == []
    assert (meta(path)["schema"], meta(path)["digest"]) == (2, digest(entries_value(path)))
    assert recorded(path) == [1, 2]


def test_old_form_edited_by_hand(alone: Path) -> None:
    """It tells of a hand edit of a file of the old form."""
    path = alone / "archive.json"
    add(path, "saiga")
    _in_old_form(path)

    path.write_bytes(path.read_bytes().replace(b"saiga", b"saigA"))

    assert opened(path).snapshot.edited_by_hand


def test_old_operation_is_undone(alone: Path) -> None:
    """It takes back an operation that was recorded with the old form."""
    path = alone / "archive.json"
    add(path, "one", "two")
    _in_old_form(path)
    tag(path, "x")

    undo(path, 1, force=True)

    assert titles(path) == {}


def test_recovery_across_forms(alone: Path) -> None:
    """It puts a damaged file together from operations that were recorded with either form."""
    path = alone / "archive.json"
    add(path, "one", "two")
    _in_old_form(path)
    remove(path, 1)
    good = path.read_bytes()
    (beside(path) / "previous.json").unlink()
    path.write_bytes(good[:-9])

    found = Archive(path).recoverable()

    assert found is not None
    assert b"".join(bytes(chunk) for chunk in found.chunks) == good


def test_copies_across_forms(alone: Path) -> None:
    """It knows a copy that still has the old form for one that this archive comes from."""
    path, copy = alone / "archive.json", alone / "copy.json"
    add(path, "one", "two")
    _in_old_form(path)
    copy.write_bytes(path.read_bytes())
    tag(path, "x", 1)

    merge = opened(path).plan_merge(copy)

    assert merge.base is not None
    assert not merge.plan.changes


def test_every_byte_is_told(alone: Path) -> None:
    """It tells of any byte of the entries that is another one."""
    path = alone / "archive.json"
    add(path, "one", "два", "three")
    good = path.read_bytes()
    start = good.index(b'"entries":') + len(b'"entries":')

    for place in range(start, len(good) - 2):
        path.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert _told(path), place


@pytest.mark.parametrize(
    ("what", "made"),
    [
        ("lines swapped", lambda a, b, c: [b, a, c]),
        ("a line twice", lambda a, b, c: [a, b, b, c]),
        ("a line gone", lambda a, b, c: [a, c]),
        ("a blank in between", lambda a, b, c: [a, b, b" " + c]),
        ("an empty line", lambda a, b, c: [a, b, b"\n" + c]),
        ("contents swapped", lambda a, b, c: [a[:4] + b[4:], b[:4] + a[4:], c]),
    ],
)
def test_lines_that_are_the_same_and_are_not(alone: Path, what: str, made: object) -> None:
    """It tells of lines that were moved, doubled or parted otherwise, whatever they add up to."""
    path = alone / "archive.json"
    add(path, "one", "two", "three")
    good = path.read_bytes()
    value = entries_value(path)
    lines = [line.removesuffix(b",") for line in value.split(b"\n")[1:-1]]
    assert callable(made)

    path.write_bytes(good.replace(value, b"{\n" + b",\n".join(made(*lines)) + b"\n}"))

    assert _told(path), what


def test_newline_moved(alone: Path) -> None:
    """It tells of bytes between the lines that changed places."""
    path = alone / "archive.json"
    add(path, "one", "two")

    path.write_bytes(path.read_bytes().replace(b',\n"2"', b'\n,"2"'))

    assert opened(path).snapshot.edited_by_hand
