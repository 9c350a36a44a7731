"""Exports that keep pace: a folder of posts follows the archive, and its names stay."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsarchive.formats import base, large_json

MANIFEST = ".newsarchive-export.json"


@pytest.fixture
def posts(archive, invoke):
    """Export the archive as posts."""
    assert invoke("export", "--format", "markdown", "-o", "posts/").code == 0
    return Path("posts")


def names(posts):
    return sorted(path.name for path in posts.iterdir() if path.name != MANIFEST)


def test_a_new_title_changes_no_name(posts, invoke):
    """It writes an entry into the file that it had, and needs no --force in a folder of its own."""
    before = names(posts)
    invoke("edit", "3", "--set", "title=Another title", "--set", "date=2019")

    result = invoke("export", "--format", "markdown", "-o", "posts/")

    assert (result.code, names(posts)) == (0, before)
    assert sum("Another title" in path.read_text() for path in posts.glob("*.md")) == 1


def test_what_is_written_no_more_is_named_and_then_removed(posts, invoke):
    """It names the file of a removed entry, and removes it with --force; nobody else's file is touched."""
    [old] = [name for name in names(posts) if "midterm" in name]
    (posts / "index.md").write_text("mine")
    invoke("remove", "7", "--yes")

    result = invoke("export", "--format", "markdown", "-o", "posts/")
    assert (result.code, old in result.err, old in names(posts)) == (0, True, True)

    result = invoke("export", "--format", "markdown", "-o", "posts/", "--force")
    assert (result.code, f"Removed what is written no more: {old}" in result.err) == (0, True)
    assert old not in names(posts)
    assert (posts / "index.md").read_text() == "mine"
    assert len(names(posts)) == 10


def test_a_name_outlives_an_export_without_its_entry(posts, invoke):
    """It writes an entry that was left out once into the file that it had, though that was removed meanwhile."""
    before = names(posts)
    invoke("export", "id:1-2", "--format", "markdown", "-o", "posts/", "--force")
    assert len(names(posts)) == 2
    invoke("edit", "3", "--set", "title=Another title", "--set", "date=2019")
    invoke("export", "id:1", "--format", "markdown", "-o", "posts/", "--force")

    assert invoke("export", "--format", "markdown", "-o", "posts/").code == 0
    assert names(posts) == before


def test_what_somebody_changed_is_left(posts, invoke):
    """It removes no file that was edited since."""
    [old] = [name for name in names(posts) if "midterm" in name]
    (posts / old).write_text("edited")
    invoke("remove", "7", "--yes")

    result = invoke("export", "--format", "markdown", "-o", "posts/", "--force")

    assert (posts / old).read_text() == "edited"
    assert old in result.err


def test_a_file_of_somebody_else_is_not_overwritten(posts, invoke):
    """It refuses to write over a file that it did not write."""
    (posts / "2024-05-17-new.md").write_text("mine")
    invoke("add", "--title", "New", "--date", "2024-05-17")

    result = invoke("export", "--format", "markdown", "-o", "posts/")

    assert (result.code, "2024-05-17-new.md is already there" in result.err) == (2, True)
    assert (posts / "2024-05-17-new.md").read_text() == "mine"


def test_a_folder_of_somebody_else_needs_force(archive, invoke):
    """It fills no folder that holds other things, unless told."""
    Path("posts").mkdir()
    Path("posts/mine.md").write_text("mine")

    assert invoke("export", "--format", "markdown", "-o", "posts/").code == 2
    assert invoke("export", "--format", "markdown", "-o", "posts/", "--force").code == 0
    assert Path("posts/mine.md").read_text() == "mine"


def test_names_and_keys_can_be_set(archive, invoke):
    """It takes `extra.key` for the name of a file and the key of a citation, where it can be one."""
    invoke("edit", "3", "--set", "extra.key=mazaalai")
    invoke("edit", "4", "--set", "extra.key=../../x")

    invoke("export", "--format", "markdown", "-o", "posts/")

    assert "mazaalai.md" in names(Path("posts"))
    assert len(names(Path("posts"))) == 10
    assert "@misc{mazaalai," in invoke("export", "--format", "bibtex").out
    assert '"id":"mazaalai"' in invoke("export", "--format", "csl-json").out.replace(" ", "")


@pytest.mark.parametrize("spoilt", ["", "[]", "{", '{"files": {"../x.md": {"id": 1, "digest": "1"}}}'])
def test_a_spoilt_list_is_none(posts, invoke, spoilt):
    """It treats the folder as somebody else's, and touches nothing outside it."""
    (posts / MANIFEST).write_text(spoilt)
    Path("x.md").write_text("mine")

    assert invoke("export", "--format", "markdown", "-o", "posts/").code == 2
    assert invoke("export", "--format", "markdown", "-o", "posts/", "--force").code == 0
    assert Path("x.md").read_text() == "mine"


# --- keys of citations ------------------------------------------------------------------------------------

CITED = {"bib": r"@misc\{([^,]+),", "csl.json": r'"id": ?"([^"]+)"'}


def keys(name):
    return re.findall(CITED[name.partition(".")[2]], Path(name).read_text())


@pytest.mark.parametrize("name", ["report.bib", "report.csl.json"])
def test_a_citation_keeps_its_key(archive, invoke, name):
    """It keeps the keys of the file that it replaces, whatever title and date became; new entries get new ones."""
    assert invoke("export", "-o", name).code == 0
    before = keys(name)
    invoke("edit", "3", "--set", "title=Another title", "--set", "date=2019")
    invoke("edit", "5", "--set", "title=100% & {more}", "--set", "url=https://example.org/a_b")
    invoke("add", "--title", "Newest", "--date", "2026-01-02")

    for _ in range(2):
        result = invoke("export", "-o", name, "--force")
        assert (result.code, "note" in result.err) == (0, False)
        assert sorted(keys(name)) == sorted(["newest-2026-11", *before])


def test_keys_of_a_large_file_are_kept(archive, invoke, monkeypatch):
    """It reads references one by one where there are many, and keeps their keys all the same."""
    invoke("export", "-o", "report.csl.json")
    before = keys("report.csl.json")
    for number in range(1, 11):
        invoke("edit", str(number), "--set", f"title=Another {number}")
    monkeypatch.setattr(base, "_CHUNK", 64)
    monkeypatch.setattr(large_json, "LARGE", 60)

    result = invoke("export", "-o", "report.csl.json", "--force")

    assert (result.code, keys("report.csl.json"), "note" in result.err) == (0, before, False)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf@misc{%b,\r\n  title = {Old},\r\n  url = {https://example.org/7},\r\n}\r\n",
        b"@misc{%b, url = {https://example.org/7}\n}\n\n@misc{without-a-number,\n  title = {Old}\n}",
        b"@misc{old-7,\n  url = {https://example.org/7}\n}\n@online{ %b,\nurl={x}\n\turl = {https://example.org/7},\n}",
    ],
)
def test_keys_of_another_program_s_file_are_kept(archive, invoke, content):
    """It finds keys and addresses with either line end, on one line or several; of a number the last item counts."""
    invoke("edit", "7", "--set", "url=https://example.org/7")
    Path("report.bib").write_bytes(content % b"my-key-7")

    result = invoke("export", "-o", "report.bib", "--force")

    assert (result.code, "my-key-7" in keys("report.bib"), "note" in result.err) == (0, True, False)


@pytest.mark.parametrize("name", ["report.bib", "report.csl.json"])
def test_a_key_outlives_an_export_without_its_entry(archive, invoke, name):
    """It keeps the keys of entries that a smaller export leaves out, whatever becomes of their titles meanwhile."""
    invoke("export", "-o", name)
    before = keys(name)

    result = invoke("export", "id:1-2", "-o", name, "--force")
    assert "note: the keys of 8 entries that it had are kept in .report" in result.err
    invoke("edit", "3", "--set", "title=Another title", "--set", "date=2019")
    assert invoke("export", "id:1-2,4", "-o", name, "--force").code == 0
    result = invoke("export", "-o", name, "--force")

    assert (sorted(keys(name)), "note" in result.err) == (sorted(before), False)
    assert [path.name for path in Path().glob(".report*")] == []


def test_keys_of_another_file_are_not_kept_for_later(archive, invoke):
    """It keeps no key of a file of somebody else's that is written over, and needs no list that somebody spoilt."""
    Path("report.bib").write_text("@book{smith-3,\n  title = {Another Book},\n  date = {1999-01-01}\n}\n")
    Path(".report.bib.newsarchive-keys.json").write_text('{"left_out": [3]}')

    assert invoke("export", "id:1-2", "-o", "report.bib", "--force").code == 0
    assert not Path(".report.bib.newsarchive-keys.json").exists()


@pytest.mark.parametrize("name", ["report.bib", "report.csl.json"])
def test_a_key_that_a_person_set_goes_before(archive, invoke, name):
    """It gives `extra.key` even where another entry had it in the file, and no key twice."""
    assert invoke("export", "-o", name).code == 0
    [old] = [key for key in keys(name) if key.endswith("-7")]
    invoke("edit", "3", "--set", f"extra.key={old}")
    invoke("edit", "4", "--set", "extra.key=twice")
    invoke("edit", "5", "--set", "extra.key=twice")

    result = invoke("export", "-o", name, "--force")

    assert (result.code, f"{old} is now {old}-7" in result.err) == (0, True)
    assert {old, f"{old}-7", "twice"} <= set(keys(name))
    assert len(set(keys(name))) == 10


def test_a_key_that_a_person_set_is_nobody_elses_in_a_pipe(archive, invoke):
    """It gives no entry the key that another one has by `extra.key`, though that comes later."""
    [old] = [
        key
        for key in re.findall(CITED["bib"], invoke("export", "--format", "bibtex").out)
        if key[-2:] == "-3"
    ]
    invoke("edit", "10", "--set", f"extra.key={old}")

    found = re.findall(CITED["bib"], invoke("export", "--format", "bibtex").out)

    assert (found.count(old), found[-1], len(set(found))) == (1, old, 10)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.bib", "@book{smith-3,\n  title = {Another Book},\n  date = {1999-01-01}\n}\n"),
        (
            "report.csl.json",
            '[{"id": "smith-3", "title": "Another Book", "issued": {"date-parts": [[1999]]}}]',
        ),
    ],
)
def test_keys_of_another_file_are_not_taken(archive, invoke, name, content):
    """It takes no key from an item that shares nothing with the entry of its number, and names what it had."""
    Path(name).write_text(content)

    result = invoke("export", "-o", name, "--force")

    assert (result.code, "smith-3" in keys(name), "smith-3 is now " in result.err) == (0, False, True)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.bib", b"a letter"),
        ("report.bib", b"\xff\x00\xfe"),
        ("report.csl.json", b'[{"id": "a-1", '),
        ("report.csl.json", b'{"id": "a-1"}'),
        ("report.csl.json", b"[1]"),
        ("report.csl.json", b"[" * 5000),
    ],
)
def test_a_file_without_keys_is_told(archive, invoke, name, content):
    """It makes the keys anew where none can be read, and says so."""
    Path(name).write_bytes(content)

    result = invoke("export", "-o", name, "--force")

    assert (result.code, f"{name} has no keys to keep" in result.err) == (0, True)
    assert len(set(keys(name))) == 10


@pytest.mark.parametrize(
    "content",
    [
        b'[{"id": 5, "title": null, "issued": "2020"}, {"id": "x-1", "issued": {"date-parts": [[]]}}, {}]',
        b'[{"id": "x-1", "title": ["a"], "URL": {}, "issued": {"date-parts": [[{}, "a"]]}}]',
    ],
)
def test_strange_items_are_no_fault(archive, invoke, content):
    """It reads what other programs wrote, whatever its types."""
    Path("x.csl.json").write_bytes(content)

    assert invoke("export", "-o", "x.csl.json", "--force").code == 0
    assert len(set(keys("x.csl.json"))) == 10


def test_a_damaged_file_keeps_what_is_left_of_it(archive, invoke):
    """It takes the keys of the items that are whole, though the rest of the BibTeX is lost."""
    invoke("export", "-o", "report.bib")
    before = keys("report.bib")
    Path("report.bib").write_text(Path("report.bib").read_text()[:-200])
    invoke("edit", "1", "--set", "title=Another title")

    assert invoke("export", "-o", "report.bib", "--force").code == 0
    assert keys("report.bib") == before
