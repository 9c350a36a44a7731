"""Files made to harm, through the real command: each ends in entries or a clear line, and soon."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from clock import soon
from conftest import Result

from newsarchive.archive import Archive
from newsarchive.intake import admit

SPOILT = {
    "YAML: depth": ("a.md", f"---\na: {'[' * 25_000}\n---\n", "a.md:2: is nested deeper than 32 levels"),
    "YAML: alias bomb": (
        "a.md",
        "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n",
        "a.md: title: an entry needs a title",
    ),
    "YAML: list": ("a.md", "---\n- a\n---\n", "a.md:1: the front matter is not made of lines `key: value`"),
    "YAML: no fence": ("a.md", "---\ntitle: a\n", "a.md:1: the front matter is not closed by a line `---`"),
    "TOML: depth": ("a.md", f"+++\na = {'[' * 100_000}\n+++\n", "a.md:1: is nested deeper than 32 levels"),
    "TOML: long key": (
        "a.md",
        f"+++\n{'a.' * 300_000}a = 1\n+++\n",
        "a.md:2: is nested deeper than 32 levels",
    ),
    "TOML: long key inside": (
        "a.md",
        f"+++\nx = {{{'a . ' * 300_000}a = 1}}\n+++\n",
        "a.md:2: is nested deeper than 32 levels",
    ),
    "JSON front matter: depth": ("a.md", '{"a":' * 100_000, "a.md:1: is nested too deep"),
    "JSON: depth": ("a.json", "[" * 500_000, "a.json: is nested deeper than 35 levels"),
    "JSON: depth 300": (
        "a.json",
        f'[{{"title":"a","x":{"[" * 300}{"]" * 300}}}]',
        "a.json: is nested deeper than 35 levels",
    ),
    "JSON: digits": (
        "a.json",
        f'[{{"title":"a","n":{"9" * 5000}}}]',
        "a.json: holds a number of thousands of digits",
    ),
    "JSON: zeros": ("a.json", "\0" * 4096, "a.json:1:1: is not JSON: Expecting value"),
    "JSON: numbers": ("a.json", "1 " * 400_000, "a.json: begins with 1,000 faults, so the rest is not read"),
    "JSON: infinite": (
        "a.json",
        '[{"title":"a","n":1e400}]',
        "a.json, item 1: extra: holds inf, which JSON has no number for",
    ),
    "JSON: NaN": (
        "a.json",
        '[{"title":"a","n":NaN}]',
        "a.json, item 1: extra: holds nan, which JSON has no number for",
    ),
    "JSON: 2^64": (
        "a.json",
        '[{"title":"a","n":18446744073709551616}]',
        "a.json, item 1: extra: holds a whole number of 2^53 or more, which other programs would change",
    ),
    "JSON: lone surrogate": (
        "a.json",
        '[{"title":"a\\ud800"}]',
        "a.json, item 1: title: character 2 is half of a surrogate pair",
    ),
    "JSONL: braces": (
        "a.jsonl",
        "{\n" * 400_000,
        "a.jsonl: begins with 1,000 faults, so the rest is not read",
    ),
    "CSV: open quote": (
        "a.csv",
        'title\n"' + "a\n" * 300_000,
        "a.csv:2: a quote is opened here and never closed, so all 299,999 lines below belong to it",
    ),
    "CSV: quotes": ("a.csv", '"' * 999_999, "a.csv:1: a quote is opened here and never closed"),
    "CSV: zero byte": (
        "a.csv",
        "title,date\na\0,2019\n",
        "a.csv:2: holds a zero byte, so the file is damaged or no text",
    ),
    "CSV: names alone": ("a.csv", "a," * 400_000, "a.csv:1: has 400,001 columns; 16,384 are allowed"),
    "CSV: long body": (
        "a.csv",
        f"title,body\na,{'x' * 1_048_577}\n",
        "a.csv:2: body: has 1,048,577 bytes; 1,048,576 are allowed",
    ),
    "listing: no dates": (
        "a.txt",
        "a\n" * 400_000,
        "a.txt: no line is only a date, so nothing tells where an item ends",
    ),
    "listing: dates alone": (
        "a.txt",
        "3 May 2019\n" * 80_000,
        "a.txt: begins with 1,000 faults, so the rest is not read",
    ),
    "title: 10 MB": (
        "a.json",
        f'[{{"title":"{"a" * 10_000_000}"}}]',
        "a.json, item 1: title: has 10,000,000 characters; 500 are allowed",
    ),
    "title: only controls": (
        "a.json",
        '[{"title":"\\u001b\\u0000"}]',
        "a.json, item 1: title: an entry needs a title",
    ),
    "tags: 201": (
        "a.json",
        json.dumps([{"title": "a", "tags": [f"t{n}" for n in range(201)]}]),
        "a.json, item 1: tags: are 201; 200 are allowed",
    ),
    "url: script": (
        "a.json",
        '[{"title":"a","url":"JavaScript:alert(1)"}]',
        "a.json, item 1: url: 'JavaScript' addresses are not taken, only http, https, mailto",
    ),
    "url: data": (
        "a.json",
        '[{"title":"a","url":"data:text/html,x"}]',
        "a.json, item 1: url: 'data' addresses are not taken, only http, https, mailto",
    ),
    "id: 2^53": (
        "a.json",
        '[{"title":"a","id":9007199254740992}]',
        "a.json, item 1: id: 9,007,199,254,740,992 is not an id: ids go from 1 to 9,007,199,254,740,990",
    ),
}

HARMLESS = {
    "YAML: alias bomb below a title": (
        "a.md",
        "---\ntitle: a\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n",
        "a",
    ),
    "YAML: alias of a long text, often": (
        "a.md",
        f"---\ntitle: a\na: &a {'x' * 300_000}\nb: [{'*a, ' * 100_000}]\n---\n",
        "a",
    ),
    "YAML: object": ("a.md", "---\ntitle: a\nx: !!python/object/apply:os.mkdir [built]\n---\n", "a"),
    "tag: 101 characters": ("a.json", json.dumps([{"title": "a", "tags": ["t" * 101]}]), "a"),
    "CSV: 200,000 characters in a cell": ("a.csv", f"title,body\na,{'x' * 200_000}\n", "a"),
    "CSV: byte order mark in the first name": ("a.csv", "\ufefftitle,date\na,2019\n", "a"),
    "CSV: 16,000 columns": ("a.csv", f"title,{','.join(f'c{n}' for n in range(16_000))}\na,b\n", "a"),
    "title: line breaks": ("a.json", '[{"title":"a\\nb\\tc"}]', "a b c"),
    "title: controls": ("a.json", '[{"title":"a\\u001b[31mb\\u0000\\u009b"}]', "a[31mb"),
    "title: 300 marks": ("a.json", json.dumps([{"title": "a" + "\u0301" * 300}]), "a" + "\u0301" * 300),
    "title: overrides": ("a.json", '[{"title":"a\\u202eb"}]', "a\u202eb"),
    "title: script": ("a.json", '[{"title":"<script>alert(1)</script>"}]', "<script>alert(1)</script>"),
    "title: formula": ("a.csv", "title\n=1+1\n", "=1+1"),
    "title: path": ("a.json", '[{"title":"../../etc/passwd"}]', "../../etc/passwd"),
    "body: fence": ("a.md", "---\ntitle: a\n---\nb\n\n---\n\nc\n", "a"),
    "body: brackets": ("a.md", f"---\ntitle: a\n---\n{'[' * 500_000}", "a"),
    "HTML: open tags": ("a.json", json.dumps([{"title": "a", "summary": "<p " * 300_000}]), "a"),
    "HTML: entities": ("a.json", json.dumps([{"title": "a", "summary": "&amp;" * 150_000}]), "a"),
    "languages: many": ("a.json", json.dumps([{"title": "a", "lang": "en/" * 300_000}]), "a"),
    "summary: lines": ("a.txt", "A Title\n" + "a\n" * 300_000 + "3 May 2019\n", "A Title"),
    "YAML: colons": (
        "a.md",
        "---\ntitle: a\n" + "".join(f"k{n}: b: c\n" for n in range(40_000)) + "---\n",
        "a",
    ),
}


def import_soon(invoke: Callable[..., Result], name: str, text: str) -> Result:
    """Import a file of this name and text, within five seconds of processor time."""
    Path(name).write_bytes(text.encode())
    with soon(5):
        return invoke("import", name)


@pytest.mark.parametrize("case", SPOILT)
def test_a_hostile_file_ends_in_a_clear_line(case: str, invoke: Callable[..., Result]) -> None:
    """It exits 7, says what is wrong and where, and starts no archive."""
    name, text, sentence = SPOILT[case]

    result = import_soon(invoke, name, text)

    assert result.code == 7
    assert f"newsarchive: {sentence}" in result.err
    assert result.err.endswith("newsarchive: nothing could be read\n")
    assert not Path("archive.json").exists()


@pytest.mark.parametrize("case", HARMLESS)
def test_a_hostile_file_may_hold_a_story(case: str, invoke: Callable[..., Result]) -> None:
    """It brings in what an archive may hold."""
    name, text, title = HARMLESS[case]

    result = import_soon(invoke, name, text)

    assert result.code == 0
    [entry] = Archive(Path("archive.json")).entries
    assert entry.title == title
    assert not Path("built").exists()
    assert Path("archive.json").stat().st_size < 2 * len(text.encode()) + 2000
    assert admit(entry)[0] == entry


@pytest.mark.slow
def test_five_thousand_posts_are_imported_at_once(alone: Path, invoke: Callable[..., Result]) -> None:
    """It reads a folder in one operation in under 20 seconds, names each failure, and adds nothing again."""
    folder = Path("posts")
    folder.mkdir()
    for number in range(5000):
        extra = "'{'" if number % 1000 == 7 else "{}"
        head = f"title: Story {number}\nextra: {extra}"
        post = f"---\n{head}\ndate: 2019-05-03\ntags: [saiga]\n---\n{'Saigas. ' * 200}\n"
        (folder / f"{number}.md").write_text(post)

    with soon(20):
        first = invoke("import", "posts")
    stored = Path("archive.json").read_bytes()
    second = invoke("import", "posts")

    assert "Added 4,995, failed 5 of 5,000 items (operation 1)" in first.err
    assert first.err.count("md:3: extra: is not JSON") == 5
    assert "Added 0, skipped 4,995, failed 5 of 5,000 items; nothing was changed" in second.err
    assert Path("archive.json").read_bytes() == stored


def test_a_link_that_leads_nowhere(alone: Path, invoke: Callable[..., Result]) -> None:
    """It names a link in a folder whose file is gone, and reads the others."""
    (alone / "posts").mkdir()
    (alone / "posts" / "a.md").write_text("---\ntitle: A\n---\n")
    (alone / "posts" / "b.md").symlink_to("gone.md")

    result = invoke("import", "posts")

    assert result.code == 6
    assert "posts/b.md: cannot be read" in result.err
    assert "Added 1, failed 1 of 2 items" in result.err
