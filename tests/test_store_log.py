"""The log of operations is read from its end, and no further into a record than is asked for."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from storing import add, beside, opened, recorded, tag

from newsarchive.store.file.log import Log
from newsarchive.store.record import with_length

_TEXTS = st.text('a"\\é{},:', max_size=30).map(lambda text: text.encode())
_LINES = st.one_of(
    st.just(b""),
    _TEXTS,
    _TEXTS.map(lambda text: b'{"text":"%b"}' % text.replace(b"\\", b"").replace(b'"', b"")),
    st.one_of(st.integers(0, 6), st.integers(10**6, 10**9)).map(lambda n: b'{"a":1,"length":%d}' % n),
    st.integers(0, 30_000).map(lambda n: b"".join(with_length([b'{"text":"', b"x" * n, b'"']))),
)


@pytest.fixture
def log(alone: Path) -> Path:
    """The place of a log, in a folder such as belongs to an archive."""
    (alone / ".newsarchive" / "archive.json").mkdir(parents=True)
    return alone / ".newsarchive" / "archive.json" / "history.jsonl"


@pytest.mark.parametrize("end", [b"", b"\n", b"\n\n", b"\n{"])
def test_lines_from_the_end(log: Path, end: bytes) -> None:
    """It yields the very lines, whatever they say of their length."""

    @settings(deadline=None)
    @given(st.lists(_LINES, max_size=12))
    def check(lines: list[bytes]) -> None:
        log.write_bytes(b"\n".join(lines) + end)

        found = [line.whole for line in Log(log).from_end()]

        assert found == [line for line in log.read_bytes().split(b"\n") if line][::-1]

    check()


@pytest.mark.parametrize("said", ["0", "7", "100", "999999999"])
def test_wrong_length(alone: Path, said: str) -> None:
    """It finds every operation when somebody has changed what a record says of its length."""
    path = alone / "archive.json"
    for number in range(1, 4):
        add(path, f"story {number}")
    log = beside(path) / "history.jsonl"
    log.write_text(re.sub(r'"length":\d+', f'"length":{said}', log.read_text()))

    assert recorded(path) == [1, 2, 3]


def test_records_without_a_length(alone: Path) -> None:
    """It reads on from records that say how long they are to older ones that do not."""
    path = alone / "archive.json"
    add(path, "one")
    tag(path, "x")
    log = beside(path) / "history.jsonl"
    log.write_text(re.sub(r',"entries":\d+,"removes":\w+|,"length":\d+', "", log.read_text()))
    tag(path, "y")

    records = opened(path).records()

    assert [(record.number, record.count, record.removes) for record in records] == [
        (1, 1, False),
        (2, 1, False),
        (3, 1, False),
    ]
    assert [*records[1].ids] == [1]


def test_large_records_are_passed_over(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads a small part of a log of large operations to list them."""
    path = alone / "archive.json"
    add(path, *(f"story {number}" for number in range(1, 2001)))
    for word in "abc":
        tag(path, word)
    size = (beside(path) / "history.jsonl").stat().st_size
    archive = opened(path)
    assert archive.snapshot.meta.revision == 4
    read = 0
    real = os.read

    def reading(descriptor: int, most: int) -> Any:
        nonlocal read
        data = real(descriptor, most)
        read += len(data)
        return data

    monkeypatch.setattr(os, "read", reading)
    listed = [(record.number, record.count) for record in archive.newest_records()]

    assert listed == [(4, 2000), (3, 2000), (2, 2000), (1, 2000)]
    assert size > 900_000
    assert 0 < read < 300_000
