"""`import`, `export` and `open`: between the archive and the world."""

from __future__ import annotations

import json

import pytest

# --- export -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("x.json", '[\n{"id":1,"title":"In memoriam'),
        ("x.jsonl", '{"id":1,"title":"In memoriam'),
        ("x.csv", "id,title,date,summary,"),
        ("x.tsv", "id\ttitle\tdate\t"),
        ("x.md", "---\nid: 1\ntitle: In memoriam"),
    ],
)
def test_the_name_of_the_file_says_the_format(archive, invoke, alone, name, begins):
    """It writes what the suffix asks for, and says what it wrote."""
    result = invoke("export", "mezhnev", "-o", name)

    assert (result.code, result.out) == (0, "")
    assert result.err.startswith(f"Wrote 1 entry to {name} (")
    assert (alone / name).read_text().startswith(begins)


def test_an_option_says_the_format(archive, invoke, alone):
    """It believes --format more than the suffix."""
    invoke("export", "mezhnev", "-o", "x.txt", "--format", "csv")

    assert (alone / "x.txt").read_text().startswith("id,title,")


def test_a_folder(archive, invoke, alone):
    """It writes a Markdown file for each entry, named by date and title."""
    result = invoke("export", "memoriam", "-o", "posts/")

    assert (result.code, result.err) == (0, "Wrote 2 entries to posts/ (markdown)\n")
    assert sorted(path.name for path in (alone / "posts").iterdir()) == [
        ".newsarchive-export.json",
        "2019-08-07-in-memoriam-dr-lkhagvasuren-badamjav-1959-2019.md",
        "2021-01-29-in-memoriam-anton-mezhnev.md",
    ]


def test_a_folder_comes_back(archive, invoke):
    """It is the identity through Markdown as well."""
    invoke("tag", "+saiga", "saiga")
    invoke("export", "-o", "posts/", "--format", "markdown")

    assert invoke("import", "posts", "-a", "copy.json").code == 0

    assert invoke("export", "-a", "copy.json").out == invoke("export").out


@pytest.mark.parametrize("name", ["x.json", "posts"])
def test_nothing_is_overwritten(archive, invoke, alone, name):
    """It leaves a file, and a folder with something of others in it, alone, unless forced."""
    arguments = ["export", "mezhnev", "-o", name, *(["--format", "markdown"] if name == "posts" else [])]
    if name == "posts":
        (alone / name).mkdir()
        (alone / name / "mine.md").write_text("My own text.\n")
    else:
        (alone / name).write_text("[]\n")

    refused, forced = invoke(*arguments), invoke(*arguments, "--force")

    assert (refused.code, refused.err) == (
        2,
        f"newsarchive: {alone}/{name} is already there; --force overwrites it\n",
    )
    assert forced.code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["-o", "x.xyz"], 2, "the name 'x.xyz' does not say which format; add --format"),
        (["-o", "archive.json", "--force"], 2, "archive.json is the archive itself; export to another file"),
        (
            ["-o", "none/x.csv"],
            4,
            "cannot save {alone}/none/x.csv: no such file or directory; nothing was changed",
        ),
        (
            ["--format", "markdown"],
            2,
            "markdown writes one file per entry; name a folder with -o, or select one entry",
        ),
        (["-o", "x" * 300], 2, "the name 'xxx"),
        (["-o", "x" * 300 + ".csv"], 4, "cannot save {alone}/xxx"),
        (["--format", "yaml"], 2, "format 'yaml' cannot be written; there are "),
        (["--format", "json", "--excel"], 2, "--excel goes with csv"),
        (["--format", "csv", "-o", "new/"], 2, "new/ is a folder, and csv is one file; name that"),
        (["--format", "json", "-o", "folder"], 2, "{alone}/folder is a folder, and this format is one file"),
    ],
)
def test_what_cannot_be_exported(archive, invoke, alone, arguments, code, message):
    """It says why, and changes nothing."""
    (alone / "folder").mkdir()
    before = archive.read_bytes()

    result = invoke("export", *arguments)

    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(f"newsarchive: {message.format(alone=alone)}")
    assert archive.read_bytes() == before


def test_nothing_to_export(archive, invoke):
    """It prints what is valid and empty, and says so."""
    result = invoke("export", "zzqx")

    assert (result.code, result.out) == (0, "[]\n")
    assert result.err == "nothing matches 'zzqx'; `newsarchive search zzqx` looks in spite of spelling\n"


def test_for_spreadsheets(archive, invoke, alone):
    """It marks the encoding, and lets no cell be a formula."""
    invoke("add", "--title", "=1+1")

    invoke("export", "id:11", "-o", "x.csv", "--excel")

    assert (alone / "x.csv").read_bytes().startswith(b"\xef\xbb\xbfid,title,")
    assert b"'=1+1" in (alone / "x.csv").read_bytes()


# --- import -----------------------------------------------------------------------------------------------

GOOD = '{"title": "A story", "date": "2021-01-29"}\n'
BAD = '{"date": "2021-01-29"}\n'


def test_some_items_cannot_be_read(alone, invoke):
    """It names each with its line, saves the rest and ends with 6."""
    (alone / "news.jsonl").write_text(GOOD + BAD)

    result = invoke("import", "news.jsonl")

    assert (result.code, result.out) == (6, "")
    assert result.err.startswith("newsarchive: news.jsonl:2: title: an entry needs a title\n")
    assert "\nAdded 1, failed 1 of 2 items (operation 1). Undo: newsarchive undo 1\n" in result.err
    assert result.err.endswith("could not be read\n")
    assert invoke("list", "--format", "ids").out == "1\n"


def test_strict(alone, invoke):
    """It saves nothing unless every item is read."""
    (alone / "news.jsonl").write_text(GOOD + BAD)

    result = invoke("import", "news.jsonl", "--strict")

    assert (result.code, result.out) == (6, "")
    assert result.err.endswith(", so nothing was written\n")
    assert not (alone / "archive.json").exists()


def test_sources_that_are_not_there(alone, invoke):
    """It names each, reads the others, and ends with 7."""
    (alone / "news.jsonl").write_text(GOOD)

    result = invoke("import", "none.json", "news.jsonl", "x" * 300)

    assert result.code == 7
    assert "newsarchive: none.json: is not there\n" in result.err
    assert "Added 1, failed 2 of 3 items (operation 1)" in result.err


def test_import_dry_run(alone, invoke):
    """It shows what would be added, and writes nothing."""
    (alone / "news.jsonl").write_text(GOOD)

    result = invoke("import", "news.jsonl", "--dry-run")

    assert (result.code, result.out) == (
        0,
        "Id  Date        Title    Change\n 1  2021-01-29  A story  added\n",
    )
    assert result.err == "1 change planned; nothing was written\n"
    assert not (alone / "archive.json").exists()


def test_a_dry_run_tells_what_would_not_be_added(alone, invoke):
    """It counts what is there already, so that no plan of nothing leaves open why."""
    (alone / "news.jsonl").write_text(GOOD)
    invoke("import", "news.jsonl")

    result = invoke("import", "news.jsonl", "--dry-run")

    assert (result.code, result.out) == (0, "")
    assert result.err.startswith("Without --dry-run: added 0, skipped 1 of 1 item that is there already (")
    assert result.err.endswith("\n0 changes planned; nothing was written\n")


@pytest.mark.parametrize(
    ("what", "code", "told", "count"),
    [
        ("skip", 0, "Added 0, skipped 1 of 1 item that is there already (--on-duplicate update", 1),
        ("keep", 0, "Added 1 of 1 item (operation 2)", 2),
        ("update", 0, "Added 0, updated 1 of 1 item (operation 2)", 1),
        ("error", 6, "is there already as entry 1", 1),
    ],
)
def test_duplicates(invoke, what, code, told, count):
    """It does with a story that is there what it is told."""
    invoke("import", "-", stdin=GOOD)

    result = invoke("import", "-", "--on-duplicate", what, stdin=GOOD.replace("}", ', "summary": "New."}'))

    assert result.code == code
    assert told in result.err
    assert len(json.loads(invoke("list", "--json").out)) == count


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-", "--on-duplicate", "x"], "--on-duplicate 'x' is unknown; choose skip, update, keep, error"),
        (["-", "--format", "x"], "format 'x' cannot be read; there are "),
    ],
)
def test_what_cannot_be_imported(alone, invoke, arguments, message):
    """It names what it knows."""
    result = invoke("import", *arguments, stdin=GOOD)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"newsarchive: {message}")
    assert list(alone.iterdir()) == []


# --- open -------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(monkeypatch):
    """Catch what would be opened in the browser."""
    addresses: list[str] = []
    monkeypatch.setattr("typer.launch", addresses.append)
    return addresses


def test_open(invoke, opened):
    """It opens the address of the entry in the browser."""
    invoke("add", "--title", "A", "--url", "https://www.cms.int/cami/news")

    result = invoke("open", "1")

    assert (result.code, result.out) == (0, "")
    assert opened == ["https://www.cms.int/cami/news"]


@pytest.mark.parametrize(
    ("entry_id", "code", "message"),
    [
        ("1", 1, "entry 1 has no address; `newsarchive show 1` shows what it has"),
        ("99", 1, "no entry with id 99; `newsarchive list` shows what there is"),
        ("11", 2, "entry 11 has the address 'mailto:a@cms.int', and only http and https are opened"),
    ],
)
def test_what_cannot_be_opened(archive, invoke, opened, entry_id, code, message):
    """It says why, and opens nothing."""
    invoke("add", "--title", "A", "--url", "mailto:a@cms.int")

    result = invoke("open", entry_id)

    assert (result.code, result.out, result.err) == (code, "", f"newsarchive: {message}\n")
    assert opened == []
