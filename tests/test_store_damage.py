"""A damaged file: each kind is named with its place and its remedy, and the file is left alone."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from storing import add, all_files, beside, opened, remove, tag, titles

from newsarchive.errors import DamagedArchiveError

Invoke = Callable[..., Any]

ENTRY = '{"title":"one","date":null,"tags":[]}'


def _file(entries: str, *, meta: str = "", more: str = "") -> bytes:
    """Lay out a file with its entries on lines of their own, the first on line 3."""
    record = meta or '{"schema":1,"revision":3,"next_id":9,"count":1,"digest":"0"}'
    return f'{{"meta":{{"1":{record}}},\n"entries":{{\n{entries}\n}}{more}}}\n'.encode()


DAMAGED = {
    "empty": (b"", "", "the file is empty (0 bytes)"),
    "zero-filled": (b"\0" * 4096, "", "the file holds nothing but blanks or zero bytes"),
    "blank": (b" \n\r\n ", "", "the file holds nothing but blanks or zero bytes"),
    "a list": (b'[{"title":"one"}]\n', "1:1", "this is JSON, but not an archive"),
    "a text": (b'"archive"', "1:1", "this is JSON, but not an archive"),
    "an empty object": (b"{}", "", "the tables are gone, as if another program had dropped them"),
    "a key of extra twice": (
        _file('"1":{"title":"one","extra":{"a":{"b":1,"b":2}}}'),
        "3:1",
        "entry 1 has the field 'b' twice",
    ),
    "truncated": (_file(f'"1":{ENTRY},\n"2":{ENTRY}')[:-30], "4:14", "not JSON: unterminated string; "),
    "broken text": (_file('"1":"a\nb"'), "3:7", "not JSON: invalid control character; "),
    "zeros at the end": (_file(f'"1":{ENTRY}')[:-1] + b"\0" * 100, "4:3", "not JSON: extra data"),
    "no comma": (_file(f'"1":{ENTRY}\n"2":{ENTRY}'), "4:1", "not JSON: expecting ',' delimiter"),
    "Latin-1": (
        _file(f'"1":{ENTRY},\n"2":{{"title":"Межнев caf#"}}').replace(b"#", b"\xe9"),
        "4:25",
        "not UTF-8: byte 0xe9",
    ),
    "UTF-16": (_file(f'"1":{ENTRY}').decode().encode("utf-16"), "1:1", "not UTF-8: byte 0xff"),
    "id +1": (_file(f'"+1":{ENTRY}'), "3:1", "'+1' is not an id"),
    "id with a blank": (_file(f'"1":{ENTRY},\n" 1":{ENTRY}'), "4:1", "' 1' is not an id"),
    "id 0": (_file(f'"0":{ENTRY}'), "3:1", "'0' is not an id"),
    "id 1.0": (_file(f'"1.0":{ENTRY}'), "3:1", "'1.0' is not an id"),
    "id 01": (_file(f'"01":{ENTRY}'), "3:1", "'01' is not an id"),
    "id in other digits": (_file(f'"３":{ENTRY}'), "3:1", "'３' is not an id"),
    "id too high": (_file(f'"9007199254740993":{ENTRY}'), "3:1", "'9007199254740993' is not an id"),
    "id twice": (_file(f'"1":{ENTRY},\n"2":{ENTRY},\n"1":{ENTRY}'), "5:1", "id 1 is there twice"),
    "entries twice": (
        _file(f'"1":{ENTRY}', more=f',\n"entries":{{\n"2":{ENTRY}\n}}'),
        "5:1",
        "the table 'entries' is there twice",
    ),
    "meta twice": (_file(f'"1":{ENTRY}', more=',\n"meta":{}'), "5:1", "the table 'meta' is there twice"),
    "field twice": (_file('"1":{"title":"a","title":"b"}'), "3:1", "entry 1 has the field 'title' twice"),
    "no title": (
        _file(f'"1":{ENTRY},\n"2":{{"date":null}}'),
        "4:1",
        "entry 2: title: an entry needs a title",
    ),
    "blank title": (_file('"1":{"title":"  "}'), "3:1", "entry 1: title: an entry needs a title"),
    "title a number": (_file('"1":{"title":5}'), "3:1", "entry 1: title: is a number, not text"),
    "title null": (_file('"1":{"title":null}'), "3:1", "entry 1: title: is null, not text"),
    "tags a text": (_file('"1":{"title":"a","tags":"x"}'), "3:1", "entry 1: tags: is text, not a list"),
    "bad date": (_file('"1":{"title":"a","date":"2021-13"}'), "3:1", "entry 1: '2021-13' is not a date"),
    "bad time": (_file('"1":{"title":"a","added":"soon"}'), "3:1", "entry 1: added: 'soon' is not a time"),
    "an entry that is none": (_file('"1":["one"]'), "3:1", "entry 1 is not an object"),
    "entries a list": (
        b'{"meta":{"1":{"schema":1,"revision":0,"next_id":1,"count":0,"digest":""}},"entries":[]}',
        "",
        "the table 'entries' is not an object",
    ),
    "half a surrogate pair": (_file('"1":{"title":"\\ud800"}'), "3:1", "entry 1: half a surrogate pair"),
    "NaN": (_file('"1":{"title":"NaN","n":NaN}'), "3:24", "NaN is not a number that an archive can hold"),
    "Infinity": (_file('"1":{"title":"a","n":-Infinity}'), "3:22", "-Infinity is not a number"),
    "1e400": (_file('"1":{"title":"1e400","n":[1e400]}'), "3:27", "1e400 is not a number"),
    "5,000 digits": (_file(f'"1":{{"title":"a","n":{"9" * 5000}}}'), "3:22", "9" * 40 + " is not a number"),
    "nested 100,000 deep": (_file(f'"1":{"[" * 100_000}'), "", "nested too deeply"),
    "newer schema": (
        _file(f'"1":{ENTRY}', meta='{"schema":3,"epoch":7}'),
        "",
        "written by a newer version (schema 3, not 2)",
    ),
    "no revision": (_file(f'"1":{ENTRY}', meta='{"schema":1}'), "", "meta: 'revision' is not a number"),
    "revision true": (
        _file(f'"1":{ENTRY}', meta='{"schema":1,"revision":true,"next_id":1,"count":1}'),
        "",
        "meta: 'revision' is not a number",
    ),
    "revision twice": (
        _file(f'"1":{ENTRY}', meta='{"schema":1,"revision":1,"revision":2,"next_id":1,"count":1}'),
        "",
        "the table 'meta' says something twice",
    ),
    "meta a list": (b'{"meta":[],"entries":{}}', "", "the table 'meta' holds no record 1"),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_damaged(alone: Path, invoke: Invoke, kind: str) -> None:
    """It names place and reason in one line, with exit code 4, and does not touch the file."""
    data, place, reason = DAMAGED[kind]
    path = alone / "archive.json"
    path.write_bytes(data)

    reading = invoke("list")
    writing = invoke("tag", "+x", "--all")

    assert reading == writing
    assert (reading.code, reading.out) == (4, "")
    assert reading.err.startswith(f"newsarchive: {path}{f':{place}' if place else ''}: {reason}")
    assert reading.err.count("\n") == 1
    assert path.read_bytes() == data


@pytest.mark.parametrize("kind", ["empty", "truncated", "id twice", "NaN"])
def test_remedy_without_previous(alone: Path, invoke: Invoke, kind: str) -> None:
    """It says what to do when no previous revision is kept."""
    path = alone / "archive.json"
    path.write_bytes(DAMAGED[kind][0])

    result = invoke("list")

    assert result.err.endswith("no previous revision is kept: mend the file or put back a copy of your own\n")


def test_remedy_with_previous(alone: Path, invoke: Invoke) -> None:
    """It names the last good revision, which `restore` would bring back."""
    path = alone / "archive.json"
    add(path, "one", "two")
    add(path, "three")
    path.write_bytes(path.read_bytes()[:100])

    result = invoke("list")

    assert result.code == 4
    assert result.err.endswith("`newsarchive restore` brings back revision 2 with 3 entries\n")


def test_missing_archive(alone: Path, invoke: Invoke) -> None:
    """It does not take an archive that has gone for a new one."""
    path = alone / "archive.json"
    add(path, "one")
    add(path, "two")
    path.unlink()

    reading, writing = invoke("list"), invoke("add", "--title", "three")

    assert reading.code == writing.code == 4
    assert f"newsarchive: {path}: the archive is gone, but its history is there" in reading.err
    assert "`newsarchive restore` brings back revision 2 with 2 entries" in writing.err
    assert not path.exists()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"_default": {"1": {"name": "Ann"}}}', "a TinyDB file of another program (tables: _default)"),
        (b'{"people": {}, "pets": {"1": {}}}', "a TinyDB file of another program (tables: people, pets)"),
        (b'{"entries": {"1": {"title": "x"}}}', "not an archive: the table 'meta' is not there"),
    ],
)
def test_foreign_file(alone: Path, invoke: Invoke, data: bytes, reason: str) -> None:
    """It tells a file of another program from a damaged one, and how to bring its items in."""
    path = alone / "archive.json"
    path.write_bytes(data)

    result = invoke("list")

    assert result.code == 4
    assert reason in result.err
    assert "newsarchive import" in result.err
    assert path.read_bytes() == data


def test_folder_as_archive(alone: Path, invoke: Invoke) -> None:
    """It says so when the archive's name is that of a folder."""
    (alone / "archive.json").mkdir()

    result = invoke("list", "-a", "archive.json")

    assert (result.code, result.err) == (
        4,
        f"newsarchive: cannot read {alone}/archive.json: it is not a file\n",
    )


def test_pipe_as_archive(alone: Path, invoke: Invoke) -> None:
    """It does not wait for ever for a named pipe."""
    os.mkfifo(alone / "archive.json")

    result = invoke("list", "-a", "archive.json")

    assert (result.code, result.err) == (
        4,
        f"newsarchive: cannot read {alone}/archive.json: it is not a file\n",
    )


# --- accepted, and mended by the next write --------------------------------------------------------------


def test_changed_by_hand(alone: Path, invoke: Invoke) -> None:
    """It accepts a byte that was changed in a title, says so once, and restamps the file when it writes."""
    path = alone / "archive.json"
    add(path, "saiga", "leopard")
    path.write_bytes(path.read_bytes().replace(b'"saiga"', b'"sAiga"'))

    first, writing, after = invoke("list"), invoke("tag", "+x", "id:2"), invoke("list")

    note = "note: archive.json was changed by hand since revision 1; all 2 entries are valid\n"
    assert (first.code, first.err) == (0, note)
    assert (writing.code, writing.err.count(note)) == (0, 1)
    assert (after.code, after.err) == (0, "")
    assert titles(path) == {1: "sAiga", 2: "leopard"}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (b'"id":7', "the id 7 inside entry 1"),
        (b'"relations":[{"kind":"translation","id":2,"by":"Ann"}]', "'by' in a relation of entry 1"),
    ],
)
def test_left_out_by_the_next_write(alone: Path, invoke: Invoke, written: bytes, told: str) -> None:
    """It names what was written by hand into an entry and has no place there, before a write leaves it out."""
    path = alone / "archive.json"
    add(path, "one", "two")
    replaced = b'"relations":[]' if b"relations" in written else b'"title":"one"'
    kept = b"" if b"relations" in written else b',"title":"one"'
    path.write_bytes(path.read_bytes().replace(replaced, written + kept, 1))

    reading, writing = invoke("list"), invoke("tag", "+x", "id:2")

    assert reading.err.endswith(f"note: the next write leaves out what has no place: {told}\n")
    assert told in writing.err
    assert invoke("list").err == ""


def test_the_own_id_inside_an_entry(alone: Path, invoke: Invoke) -> None:
    """It says nothing of an id inside an entry that is the entry's own."""
    path = alone / "archive.json"
    add(path, "one")
    path.write_bytes(path.read_bytes().replace(b'"title":"one"', b'"id":1,"title":"one"'))

    assert "leaves out" not in invoke("list").err


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda data: b"\xef\xbb\xbf" + data, id="byte order mark"),
        pytest.param(lambda data: data.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"), id="both"),
    ],
)
def test_line_ends(alone: Path, invoke: Invoke, change: Callable[[bytes], bytes]) -> None:
    """It reads past what an editor or a transfer did to the file, and mends it when it writes."""
    path = alone / "archive.json"
    add(path, "one", "two")
    path.write_bytes(change(path.read_bytes()))

    result = invoke("list", "--format", "ids", "--sort", "id")
    add(path, "three")

    assert (result.code, result.out, result.err) == (0, "1\n2\n", "")
    assert b"\r" not in path.read_bytes()
    assert path.read_bytes().startswith(b'{"meta"')
    assert titles(path) == {1: "one", 2: "two", 3: "three"}


def test_next_id_too_small(alone: Path) -> None:
    """It mends a counter that would give an id twice."""
    path = alone / "archive.json"
    add(path, "one", "two")
    path.write_bytes(path.read_bytes().replace(b'"next_id":3', b'"next_id":1'))

    add(path, "three")

    assert titles(path) == {1: "one", 2: "two", 3: "three"}


@pytest.mark.parametrize("indent", [None, 2])
def test_reformatted(alone: Path, indent: int | None) -> None:
    """It accepts a file that another program laid out anew, and lays it out again."""
    path = alone / "archive.json"
    add(path, "one", "two")
    before = path.read_bytes()
    path.write_text(json.dumps(json.loads(before), indent=indent), encoding="utf-8")

    archive = opened(path)
    assert archive.snapshot.edited_by_hand
    add(path, "three")
    remove(path, 3)

    assert path.read_bytes().splitlines()[1:] == before.splitlines()[1:]


def test_place_in_a_file_laid_out_anew(alone: Path, invoke: Invoke) -> None:
    """It finds an entry's line although `meta` has a record of the same number."""
    path = alone / "archive.json"
    add(path, "one")
    whole = json.dumps(json.loads(path.read_bytes()), indent=1)
    path.write_text(whole.replace('"title": "one"', '"title": 1'), encoding="utf-8")

    result = invoke("list")

    line = whole.splitlines().index('  "1": {', 8) + 1
    assert f"{path}:{line}:1: entry 1: title: is a number, not text" in result.err


def test_added_by_hand(alone: Path) -> None:
    """It takes an entry that was typed into the file, with the fields it has, and completes it."""
    path = alone / "archive.json"
    add(path, "one")
    path.write_bytes(
        path.read_bytes().replace(b'"extra":{}}\n}', b'"extra":{}},\n"9":{"title":"nine","note":"x"}\n}')
    )

    add(path, "ten")

    entry = opened(path).snapshot.entry(9)
    assert titles(path) == {1: "one", 9: "nine", 10: "ten"}
    assert (entry.tags, dict(entry.extra)) == ((), {"note": "x"})


# --- every byte and every length -------------------------------------------------------------------------


def test_every_truncation(alone: Path) -> None:
    """It never takes a part of a file for the whole."""
    path = alone / "archive.json"
    add(path, "Межнев", "two")
    tag(path, "x")
    whole = path.read_bytes()

    for length in range(len(whole) - 1):  # the last byte is the newline
        path.write_bytes(whole[:length])
        with pytest.raises(DamagedArchiveError):
            opened(path).snapshot  # noqa: B018 - reading is what is tested


def test_every_flipped_bit(alone: Path) -> None:
    """It notices a flipped bit in any byte of the entries, as damage or as a change by hand."""
    path = alone / "archive.json"
    add(path, "Межнев", "two")
    whole = path.read_bytes()
    start = whole.index(b'"entries":') + len(b'"entries":')

    for position in range(start, len(whole) - 2):
        flipped = bytearray(whole)
        flipped[position] ^= 1 << position % 8
        path.write_bytes(flipped)
        try:
            snapshot = opened(path).snapshot
        except DamagedArchiveError:
            continue
        assert snapshot.edited_by_hand, position


def test_spliced_pages(alone: Path) -> None:
    """It notices that half of a file is of another revision, although it is whole JSON."""
    path = alone / "archive.json"
    add(path, *(f"story {number:03}" for number in range(200)))
    old = path.read_bytes()
    tag(path, "x")
    new = path.read_bytes()
    middle = re.search(rb'\n"100":', old), re.search(rb'\n"100":', new)
    assert middle[0] is not None
    assert middle[1] is not None

    path.write_bytes(new[: middle[1].start()] + old[middle[0].start() :])

    assert opened(path).snapshot.edited_by_hand


# --- restore ---------------------------------------------------------------------------------------------


def test_restore(alone: Path, invoke: Invoke) -> None:
    """It brings back the last revision of a damaged file, byte by byte, and puts that file aside."""
    path = alone / "archive.json"
    add(path, "one")
    add(path, "two")
    last = path.read_bytes()
    path.write_bytes(b"damaged")

    result = invoke("restore", "--yes")

    assert result.code == 0
    assert path.read_bytes() == last
    (aside,) = beside(path).glob("replaced-*.json")
    assert aside.read_bytes() == b"damaged"
    assert result.err == (
        f"Brought back revision 2 with 2 entries; the file that was there is now {aside}\n"
        "Carried out again: operation 2, test\n"
    )


def test_restore_twice_in_a_second(alone: Path) -> None:
    """It keeps every file that it puts aside."""
    path = alone / "archive.json"
    add(path, "one")
    add(path, "two")

    for damage in (b"damage 1", b"damage 2"):
        path.write_bytes(damage)
        opened(path).restore()

    kept = sorted(file.read_bytes() for file in beside(path).glob("replaced-*.json"))
    assert kept == [b"damage 1", b"damage 2"]


def test_restore_of_a_missing_file(alone: Path, invoke: Invoke) -> None:
    """It brings the archive back when it is gone."""
    path = alone / "archive.json"
    add(path, "one")
    add(path, "two")
    path.unlink()

    result = invoke("restore", "--yes")

    assert result.code == 0
    assert titles(path) == {1: "one", 2: "two"}


def test_restore_without_previous(alone: Path, invoke: Invoke) -> None:
    """It says so when there is nothing to bring back, and creates nothing."""
    path = alone / "archive.json"
    path.write_bytes(b"damaged")

    result = invoke("restore", "--yes")

    assert result.code == 1
    assert list(all_files(alone)) == ["archive.json"]


def test_restore_of_a_damaged_previous(alone: Path, invoke: Invoke) -> None:
    """It does not replace one damaged file by another."""
    path = alone / "archive.json"
    add(path, "one")
    add(path, "two")
    (beside(path) / "previous.json").write_bytes(b"damaged too")
    (beside(path) / "history.jsonl").unlink()
    path.write_bytes(b"damaged")

    result = invoke("restore", "--yes")

    assert result.code == 1
    assert path.read_bytes() == b"damaged"


def test_restore_of_a_sound_archive(alone: Path, invoke: Invoke) -> None:
    """It wants to be told twice before it drops a sound revision."""
    path = alone / "archive.json"
    add(path, "one")
    add(path, "two")

    refused, forced = invoke("restore", "--yes"), invoke("restore", "--yes", "--force")

    assert (refused.code, forced.code) == (2, 0)
    assert titles(path) == {1: "one"}
