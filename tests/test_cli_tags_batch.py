"""`tags apply`, `dump` and `load`: taggings written down, checked as a whole, done as one operation."""

from __future__ import annotations

import json

import pytest


def tags(invoke):
    """Return the tags of each entry that has any."""
    listed = json.loads(invoke("list", "--sort", "id", "--json").out)
    return {entry["id"]: entry["tags"] for entry in listed if entry["tags"]}


def test_lines_are_one_operation(archive, invoke):
    """It tags by every line, in their order, and one undo takes it all back byte by byte."""
    before = [line for line in archive.read_text().splitlines() if '"title"' in line]
    text = '+gobi +bear -- "gobi bear" date:2019..\n-bear -- id:4   # not this one\n\n# nothing\n+old date:2016\n'

    result = invoke("tags", "apply", "-", stdin=text)

    assert (result.code, result.out) == (0, "")
    assert "Tagged 3 entries by 3 lines (operation 2). Undo: newsarchive undo 2" in result.err
    assert tags(invoke) == {3: ["gobi", "bear"], 4: ["gobi"], 10: ["old"]}
    assert invoke("undo").code == 0
    assert [line for line in archive.read_text().splitlines() if '"title"' in line] == before


def test_every_line_is_asked_of_the_archive_as_it_was(archive, invoke):
    """It selects by no tag that a line before has given."""
    result = invoke("tags", "apply", "-", stdin="+a -- id:1\n+b -- tag:a\n")

    assert tags(invoke) == {1: ["a"]}
    assert "note: line 2: nothing matches 'tag:a'" in result.err


FAULTS = [
    ("+saiga\n", "1:7: the query is missing; * stands for every entry"),
    ("+saiga --\n", "1:10: the query is missing; * stands for every entry"),
    ("saiga\n", "1:1: no tag to add or remove stands before the query"),
    ("+ok -- saiga\n  +a! saiga\n", "2:3: 'a!' cannot be a tag"),
    ("+ok -- date:soon\n", "1:13: 'soon' is not a date"),
    ("+ok -- (saiga\n", "1:8: this parenthesis is never closed"),
    ("+ok -- befor:2020\n", "1:8: there is no field 'befor:'"),
    ('+ok -- "saiga # a\n', "1:8: "),
    ("+ok -- @nothing\n", "1:8: there is no saved query @nothing"),
]


@pytest.mark.parametrize(("text", "place"), FAULTS)
def test_a_fault_keeps_all_lines_out(archive, invoke, text, place):
    """It names line and column, and writes nothing."""
    before = archive.read_bytes()

    result = invoke("tags", "apply", "-", stdin=f"{text}+fine -- saiga\n")

    assert (result.code, result.out) == (2, "")
    assert f"\n  standard input:{place}" in result.err
    assert archive.read_bytes() == before


def test_going_on_without_the_faulty_lines(archive, invoke):
    """It does the others, says what was left out, and ends with 6."""
    result = invoke("tags", "apply", "-", "--keep-going", stdin="+a! x\n+fine -- saiga\n")

    assert result.code == 6
    assert "newsarchive: standard input:1:1: 'a!' cannot be a tag" in result.err
    assert result.err.endswith("newsarchive: 1 line was left out\n")
    assert tags(invoke) == {1: ["fine"]}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_nothing_to_do(archive, invoke, text):
    """It is no fault when there is no line."""
    result = invoke("tags", "apply", "-", stdin=text)

    assert (result.code, result.err) == (0, "Tagged 0 entries by 0 lines; nothing was changed\n")


def test_a_hash_in_quotes_begins_no_comment(archive, invoke):
    """It reads a query to the first # behind a blank that stands outside of quotes."""
    invoke("edit", "1", "--set", "title=Song # 9 of the steppe")

    invoke(
        "tags", "apply", "-", stdin='+a -- "song # 9"  # a "comment"\n+b -- title:steppe#1 OR title:steppe\n'
    )

    assert tags(invoke) == {1: ["a", "b"]}


def test_a_dry_run(archive, invoke, alone):
    """It shows what a file would change, and changes nothing."""
    (alone / "rules.txt").write_text("+a -- saiga\n")
    before = archive.read_bytes()

    result = invoke("tags", "apply", "rules.txt", "--dry-run")

    assert "tags: +a" in result.out
    assert archive.read_bytes() == before


def test_what_is_dumped_comes_back(archive, invoke, alone):
    """It brings back exactly the tags that were there, none included."""
    invoke("tag", "+species/saiga", "+press", "id:1")
    invoke("tag", "+красная-книга", "id:2")
    dumped = invoke("tags", "dump").out
    assert dumped.splitlines()[:2] == [
        "+species/saiga +press -- id:1   # In memoriam – Anton Mezhnev",
        "+красная-книга -- id:2   # Press Release: Afghanistan and Tajikistan Step Up Environme…",
    ]
    assert len(dumped.splitlines()) == 10
    before = tags(invoke)
    invoke("tag", "--set", "x", "--all")

    result = invoke("tags", "load", "-", stdin=dumped)

    assert result.code == 0
    assert tags(invoke) == before
    assert invoke("tags", "dump").out == dumped


def test_accumulating(archive, invoke):
    """It adds tags and takes none away."""
    invoke("tag", "+kept", "id:1,2")

    invoke("tags", "load", "-", "--accumulate", stdin="+a -- id:1\n-- id:2\n")

    assert tags(invoke) == {1: ["kept", "a"], 2: ["kept"]}


def test_entries_without_a_line_keep_their_tags(archive, invoke):
    """It changes what lines select, and nothing else."""
    invoke("tag", "+kept", "id:1,2")

    invoke("tags", "load", "-", stdin="+a -- id:1\n")

    assert tags(invoke) == {1: ["a"], 2: ["kept"]}


def test_a_file_that_is_no_text(archive, invoke, alone):
    """It says which line is not UTF-8."""
    (alone / "rules.txt").write_bytes(b"+a -- x\n+\xff -- y\n")

    result = invoke("tags", "apply", "rules.txt")

    assert (result.code, result.err) == (4, "newsarchive: cannot read rules.txt: line 2 is not UTF-8\n")
