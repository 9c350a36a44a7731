"""`newsarchive import`: sources, hints, the account of every item, and exit codes."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsarchive.cli.progress import watched
from newsarchive.console import standard_streams

GOOD = "---\ntitle: {0}\ndate: 2019-05-03\n---\n"
BAD = "---\ntitle: {0}\nextra: '{{'\n---\n"


@pytest.fixture
def posts(alone: Path) -> Path:
    """Make a folder with two posts, one of which cannot be read."""
    folder = alone / "posts"
    folder.mkdir()
    (folder / "a.md").write_text(GOOD.format("A"))
    (folder / "b.md").write_text(BAD.format("B"))
    return folder


def titles(invoke):
    """Return the titles in the archive."""
    return [entry["title"] for entry in json.loads(invoke("list", "--sort", "id", "--json").out)]


def report_of(text: str):
    """Return outcome, place and reason of each line of a report."""
    rows = [json.loads(line) for line in text.splitlines()]
    return [(row["outcome"], row["place"], row["reason"]) for row in rows]


# --- sources ----------------------------------------------------------------------------------------------


def test_many_sources_are_one_operation(posts, invoke):
    """It reads files, folders and stdin, and writes once."""
    Path("more.csv").write_text("title,date\nC,2019\n")

    result = invoke("import", "posts", "more.csv", "-", stdin='[{"title":"D"}]')

    assert result.code == 6
    assert "Added 3, failed 1 of 4 items (operation 1)" in result.err
    assert titles(invoke) == ["A", "C", "D"]


@pytest.mark.parametrize("pattern", ["posts/*.md", "**/[ab].md", "post?/a.*"])
def test_a_pattern_that_the_shell_left_alone(posts, invoke, pattern):
    """It finds the files itself."""
    invoke("import", pattern)

    assert titles(invoke) == ["A"]


def test_the_archive_is_no_source_of_itself(archive, invoke):
    """It leaves its own file out when the folder is imported, and says so."""
    before = archive.read_bytes()

    result = invoke("import", ".")

    assert (result.code, archive.read_bytes()) == (0, before)
    assert result.err == (
        "note: archive.json: is the archive itself, and is left out\n"
        "Added 0 of 0 items; nothing was changed\n"
    )


def test_a_format_can_be_named(invoke):
    """It reads what is called one thing as another."""
    Path("news.txt").write_text("title;date\nA;2019\n")

    assert invoke("import", "news.txt", "--format", "csv").code == 0
    assert titles(invoke) == ["A"]


# --- hints ------------------------------------------------------------------------------------------------


def test_hints_reach_the_readers(invoke):
    """It hands on what the user says of names, dates and encoding."""
    Path("n.csv").write_bytes("Kop;Wanneer\nŻubr;02/03/2016\n".encode("cp1250"))

    result = invoke(
        *("import", "n.csv", "--map", "Kop=title", "--map", "wanneer=Date"),
        *("--date-order", "mdy", "--encoding", "windows-1250"),
    )

    assert (result.code, result.err.count("note")) == (0, 0)
    [entry] = json.loads(invoke("list", "--json").out)
    assert (entry["title"], entry["date"]) == ("Żubr", "2016-02-03")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([""], "a source is empty; name a file, a folder, or - for stdin"),
        (["--date-order", "dym"], "--date-order 'dym' is unknown; choose dmy, mdy, ymd"),
        (["--map", "title"], "--map 'title': write NAME=FIELD, such as --map Headline=title"),
        (["--map", "=title"], "--map '=title': write NAME=FIELD, such as --map Headline=title"),
        (["--map", "a=b"], "--map 'a=b': 'b' is no field; there are id, title, date, summary, body, url, "),
        (["--encoding", "nonsense"], "--encoding 'nonsense' is unknown; there are utf-8, cp1251, "),
        (["--encoding", "base64"], "--encoding 'base64' is unknown; there are utf-8, cp1251, "),
        (["--encoding", "punycode"], "--encoding 'punycode' is unknown; there are utf-8, cp1251, "),
        (["--encoding", "a\0b"], "--encoding 'a\\x00b' is unknown; there are utf-8, cp1251, "),
        (["--on-duplicate", "x"], "--on-duplicate 'x' is unknown; choose skip, update, keep, error"),
        (["--report", "posts"], "--report posts: this is a folder; name a file"),
        (
            ["--report", "archive.json"],
            "--report archive.json: this is the archive itself; name another file",
        ),
        (["--report", "posts/../archive.json"], "--report posts/../archive.json: this is the archive itself"),
        (["--force"], "--force overwrites the file of --report, and there is no --report"),
        (["--report", "posts/a.md", "--force"], "--report posts/a.md: this file is one of the sources"),
        (["--report", "no/r"], "--report no/r: there is no folder "),
        (["--report", "r" * 300], f"--report {'r' * 300}: file name too long"),
        (["--report", "-", "--dry-run"], "--report - and --dry-run both write to stdout; name a file"),
    ],
)
def test_an_option_that_makes_no_sense(posts, invoke, options, sentence):
    """It says what the option takes, and does nothing."""
    result = invoke("import", "posts", *options)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"newsarchive: {sentence}")
    assert invoke("list", "--format", "ids").out == ""


def test_a_column_that_is_not_there_is_remarked(invoke):
    """It says which number of --map leads nowhere."""
    result = invoke("import", "-", "--map", "9=summary", stdin="title,date\nA,2019\n")

    assert result.code == 0
    assert result.err.startswith("note: -: it has no column 9, which is to be the summary\n")


# --- the account ------------------------------------------------------------------------------------------


def test_the_report_accounts_for_every_item(posts, invoke):
    """It writes source, place, outcome, reason, id and notes of each item as a line of JSON."""
    Path("n.csv").write_text("title,date,summary\nA,2019-05-03,x\nC,2019\n")

    result = invoke("import", "posts", "n.csv", "missing.txt", "--report", "report.jsonl")

    assert (result.code, result.out) == (7, "")
    assert result.err.endswith("newsarchive: 2 of 5 items could not be read, 1 whole source among them\n")
    assert [json.loads(line) for line in Path("report.jsonl").read_text().splitlines()] == [
        {
            "source": "posts/a.md",
            "place": "posts/a.md",
            "outcome": "added",
            "reason": None,
            "id": 1,
            "notes": [],
        },
        {
            "source": "posts/b.md",
            "place": "posts/b.md:3",
            "outcome": "failed",
            "reason": "extra: is not JSON: Expecting property name enclosed in double quotes",
            "id": None,
            "notes": [],
        },
        {
            "source": "n.csv",
            "place": "n.csv:2",
            "outcome": "skipped",
            "reason": "is the same story as posts/a.md",
            "id": 1,
            "notes": [],
        },
        {
            "source": "n.csv",
            "place": "n.csv:3",
            "outcome": "added",
            "reason": None,
            "id": 2,
            "notes": ["has 2 cells of 3; the others are taken for empty"],
        },
        {
            "source": "missing.txt",
            "place": "missing.txt",
            "outcome": "failed",
            "reason": "is not there",
            "id": None,
            "notes": [],
        },
    ]


def test_the_report_can_go_to_stdout(posts, invoke):
    """It is data there, for a program."""
    result = invoke("import", "posts", "--report", "-", "-q")

    assert [outcome for outcome, _, _ in report_of(result.out)] == ["added", "failed"]


def test_a_dry_run_reports_what_would_be(posts, invoke):
    """It writes the report and no archive."""
    invoke("import", "posts", "--dry-run", "--report", "report.jsonl")

    assert [outcome for outcome, _, _ in report_of(Path("report.jsonl").read_text())] == ["added", "failed"]
    assert not Path("archive.json").exists()


def test_strict_writes_nothing(posts, invoke):
    """It holds back the sound items, and says so in the report."""
    result = invoke("import", "posts", "--strict", "--report", "report.jsonl")

    assert result.code == 6
    assert result.err.endswith("newsarchive: 1 of 2 items could not be read, so nothing was written\n")
    assert report_of(Path("report.jsonl").read_text())[0] == (
        "skipped",
        "posts/a.md",
        "other items failed, so nothing was written",
    )
    assert not Path("archive.json").exists()


def test_a_report_is_not_overwritten_unasked(posts, invoke):
    """It refuses before it reads anything, and with --force puts the new report in the place of the old."""
    Path("report.jsonl").write_text("mine\n")
    Path("report.jsonl").chmod(0o640)

    refused = invoke("import", "posts", "--report", "report.jsonl")
    kept = Path("report.jsonl").read_text()
    forced = invoke("import", "posts", "--report", "report.jsonl", "--force")

    assert (refused.code, kept) == (2, "mine\n")
    assert refused.err.endswith("report.jsonl is already there; --force overwrites it\n")
    assert "Added" not in refused.err
    assert forced.code == 6
    assert len(report_of(Path("report.jsonl").read_text())) == 2
    assert Path("report.jsonl").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_outputs_have_one_mode(posts, invoke, mask):
    """It makes reports, exports and the posts of an export as readable as any file that the user makes."""
    before = os.umask(mask)
    try:
        invoke("import", "posts", "--report", "report.jsonl")
        invoke("export", "-o", "news.csv")
        invoke("export", "-o", "out/", "--format", "markdown")
    finally:
        os.umask(before)

    made = [Path("report.jsonl"), Path("news.csv"), *Path("out").iterdir()]
    assert [path.stat().st_mode & 0o777 for path in made] == [0o666 & ~mask] * 4


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder in which not even root may write")
def test_a_report_that_cannot_be_saved(posts, invoke):
    """It says that the import is done all the same."""
    result = invoke("import", "posts", "--report", "/proc/report.jsonl")

    assert result.code == 4
    assert "newsarchive: the report cannot be saved to /proc/report.jsonl: " in result.err
    assert result.err.endswith("; the import itself is done\n")
    assert titles(invoke) == ["A"]


@pytest.mark.parametrize(
    ("sources", "code", "sentence"),
    [
        (["posts"], 6, "1 of 2 items could not be read"),
        (["posts/a.md", "missing.txt"], 7, "1 of 2 items could not be read, 1 whole source among them"),
        (["posts/b.md"], 7, "nothing could be read"),
        (["posts/b.md", "missing.txt"], 7, "nothing could be read"),
        (["missing.txt"], 7, "nothing could be read"),
    ],
)
def test_items_that_cannot_be_read(posts, invoke, sources, code, sentence):
    """It exits 6 for items, 7 for a source or all there is, and does not claim to have done what it has not."""
    result = invoke("import", *sources)

    assert result.code == code
    assert result.err.endswith(f"newsarchive: {sentence}\n")
    assert ("nothing was changed" in result.err) == (sentence == "nothing could be read")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("A,2019-05-03\n", "1 of 1 item is there already"),
        ("A,2019-05-03\nC,2020\nA,2019-05-03\n", "2 of 3 items are there already"),
        ("A,2019-05-03\nC,soon\nD,2020\n", "1 of 3 items could not be read, 1 is there already"),
    ],
)
def test_stories_that_are_there_can_be_an_error(posts, stored, invoke, rows, sentence):
    """It says that they are there, not that they could not be read, and writes nothing."""
    invoke("import", "posts/a.md")
    before = stored.read_bytes()

    result = invoke("import", "-", "--on-duplicate", "error", stdin=f"title,date\n{rows}")

    assert result.code == 6
    assert result.err.endswith(f"newsarchive: {sentence}, so nothing was written\n")
    assert stored.read_bytes() == before


def test_a_new_archive_is_not_started_for_nothing(alone, invoke):
    """It leaves no file behind when no item could be read."""
    invoke("import", "-", stdin="title\n")

    assert list(alone.iterdir()) == []


def test_what_changes_is_counted(invoke):
    """It tells added, updated, unchanged and skipped apart."""
    first = '[{"title":"A","date":"2019"},{"title":"B","date":"2019"}]'
    second = '[{"title":"A","date":"2019"},{"title":"B","date":"2019","summary":"x"},{"title":"C"}]'
    invoke("import", "-", stdin=first)

    result = invoke("import", "-", "--on-duplicate", "update", stdin=second)

    assert result.err.startswith("Added 1, updated 1, unchanged 1 of 3 items (operation 2)")


def test_many_notes_are_cut_short(invoke):
    """It says twenty of them, and where the others are."""
    rows = "".join(f"title {n},2019,\ufffd\n" for n in range(25))

    result = invoke("import", "-", "--format", "csv", stdin=f"title,date,summary\n{rows}")

    assert result.err.count("note: ") == 20
    assert "and 5 more notes; --report FILE holds them all\n" in result.err


def test_dates_that_no_story_has_are_noted(alone, invoke):
    """It says of which items they are; an event of the next months may be announced."""
    soon = datetime.now(UTC).date() + timedelta(days=200)
    rows = f"A,1402/02/15\nB,2081-01-14\nC,{soon}\nD,2021-01-29\n"
    Path("old.csv").write_text(f"title,date\n{rows}")

    result = invoke("import", "old.csv")

    assert result.err.splitlines()[:3] == [
        "note: old.csv:2: 1402-02-15 is before there were newspapers; is 1402 a year of another calendar?",
        "note: old.csv:3: 2081-01-14 is later than today",
        "Added 4 of 4 items (operation 1). Undo: newsarchive undo 1",
    ]
    invoke("export", "-o", "own.json")
    assert invoke("-a", "new.json", "import", "own.json").err.startswith("Added 4 of 4 items (operation 1). ")


def test_damaged_text_is_not_hidden(invoke):
    """It brings the story in and says which of its fields is damaged."""
    result = invoke("import", "-", stdin='[{"title":"RÃ©union","summary":"a\ufffdb"}]')

    assert result.code == 0
    assert result.err.startswith(
        "note: -, item 1: title: “Ã©” looks like letters that were read in a wrong encoding\n"
        "note: -, item 1: summary: a character is lost (\ufffd)\n"
    )


# --- progress ---------------------------------------------------------------------------------------------


def test_long_work_shows_its_progress_on_a_terminal(alone, terminal):
    """It draws a bar on stderr after half a second, and takes it away again."""
    Path("posts").mkdir()
    for number in range(1500):
        Path(f"posts/{number}.md").write_text(GOOD.format(f"Story {number}") + "A text about saiga.\n" * 200)

    result = terminal("import", "posts")

    assert "Reading" in result.out or "Comparing" in result.out
    assert "Added 1,500 of 1,500 items (operation 1)" in result.out


def test_short_work_shows_none(alone, terminal):
    """It writes nothing but the result where there is nothing to wait for."""
    Path("a.md").write_text(GOOD.format("A"))

    result = terminal("import", "a.md")

    assert result.out.startswith("Added 1 of 1 item (operation 1)")


def test_nothing_is_drawn_into_a_pipe(capsys):
    """It hands the items on."""
    assert list(watched(iter("abc"), standard_streams(colour=True, quiet=False), "Reading")) == [
        "a",
        "b",
        "c",
    ]
    assert capsys.readouterr().err == ""


# --- what is said to who looks first ----------------------------------------------------------------------


def test_a_dry_run_shows_what_must_be_looked_at(alone, terminal):
    """It shows date, languages and tags of what would be added, at eighty columns."""
    Path("n.csv").write_text(
        "title,date,tags,summary\n"
        "Saiga numbers recover in the steppe of Kazakhstan after the great die-off,2024-05,"
        "saiga;press release,What we know of the saiga and of the steppe\n"
        "No date,,,\n"
    )

    result = terminal("import", "n.csv", "--dry-run", env={"TERM": "dumb"})

    lines = result.out.splitlines()
    assert lines[2].startswith(" 1  2024-05  Saiga numbers recover")
    assert "languages: en" in result.out
    assert "saiga, press-release" in " ".join(result.out.split())
    assert any(line.startswith(" 2  undated  No date") for line in lines)
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize(
    ("rows", "told"),
    [("A,2019\n", "1 of 1 item that is"), ("A,2019\nB,2020\n", "2 of 2 items that are")],
)
def test_everything_is_there_already(invoke, rows, told):
    """It says why nothing was done, and what takes over what changed."""
    invoke("import", "-", stdin=f"title,date\n{rows}")

    result = invoke("import", "-", stdin=f"title,date\n{rows}")

    assert (result.code, result.err) == (
        0,
        f"Added 0, skipped {told} there already (--on-duplicate update takes what changed); "
        "nothing was changed\n",
    )


def test_addresses_are_not_fetched(alone, invoke):
    """It says what to do instead."""
    result = invoke("import", "https://www.cms.int/cami/news")

    assert (result.code, result.out) == (7, "")
    assert result.err.startswith(
        "newsarchive: https://www.cms.int/cami/news: "
        "addresses are not fetched; save the page and import the file\n"
    )
    assert list(alone.iterdir()) == []


@pytest.mark.parametrize(("before", "after"), [("1", "true"), ("1.0", "1"), ("0", "false"), ("[1]", "[1.0]")])
def test_a_value_of_another_type_is_a_change(invoke, before, after):
    """It updates a value that only changes its type, and undo brings back the very one."""
    story = '[{{"title": "Saiga", "date": "2021", "extra": {{"n": {0}}}}}]'
    invoke("import", "-", stdin=story.format(before))

    result = invoke("import", "-", "--on-duplicate", "update", stdin=story.format(after))

    assert result.err.startswith("Added 0, updated 1 of 1 item (operation 2)")
    assert f'"n":{after}' in invoke("list", "--format", "jsonl").out.replace(" ", "")
    invoke("undo")
    assert f'"n":{before}' in invoke("list", "--format", "jsonl").out.replace(" ", "")
