"""`add`: one entry, from options or from a document."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest


@pytest.fixture
def added(invoke):
    """Return the only entry of the archive."""
    return lambda: json.loads(invoke("list", "--json").out)[0]


def test_every_option(alone, invoke, added):
    """It takes each field from its option, and the body from a file."""
    (alone / "story.txt").write_text("The text.\n")

    result = invoke(
        *("add", "--title", " Saiga  numbers ", "--date", "17 мая 2024 года", "--summary", "They recover."),
        *("--body", "story.txt", "--url", "https://cms.int/1", "--lang", "en,ru", "--tag", "Saiga; Big News"),
    )

    assert (result.code, result.out) == (0, "1\n")
    entry = added()
    assert (entry["title"], entry["date"]) == ("Saiga  numbers", "2024-05-17")
    assert (entry["summary"], entry["body"]) == ("They recover.", "The text.")
    assert (entry["url"], entry["source"]) == ("https://cms.int/1", None)
    assert (entry["languages"], entry["tags"]) == (["en", "ru"], ["saiga", "big-news"])


def test_a_new_archive(alone, invoke):
    """It starts one and says where."""
    result = invoke("add", "--title", "Saiga")

    assert result.err == (
        f"Added 1 entry (operation 1). Undo: newsarchive undo 1\nStarted the archive {alone}/archive.json\n"
    )


def test_what_is_not_said(invoke, added):
    """It gives no date that nobody named, and judges the language from the text."""
    invoke("add", "--title", "Снежный барс в Монголии")

    entry = added()
    assert (entry["date"], entry["languages"], entry["tags"]) == (None, ["ru"], [])
    assert entry["added"] == entry["modified"]
    assert abs(datetime.fromisoformat(entry["added"]) - datetime.now(UTC)).total_seconds() < 60


@pytest.mark.parametrize("date", ["2021", "2021-01", "2021-01-29"])
def test_a_date_keeps_its_precision(invoke, added, date):
    """It stores no more than is known."""
    invoke("add", "--title", "Saiga", "--date", date)

    assert added()["date"] == date


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "give at least --title, or - to read a document from stdin"),
        (["--title", ""], "title: an entry needs a title"),
        (["--title", " \n "], "title: an entry needs a title"),
        (["--body", "-"], "title: an entry needs a title"),
        (["--title", "A", "--date", "02/03/2016"], "'02/03/2016' can be read as 2016-03-02 or 2016-02-03"),
        (["--title", "A", "--date", "soon"], "'soon' is not a date"),
        (["--title", "A", "--tag", "a/"], "'a/' cannot be a tag: it ends with '/'"),
        (["--title", "A", "--url", "javascript:x"], "url: 'javascript' addresses are not taken"),
        (["--title", "A", "--lang", "english"], "languages: 'english' is not a code; did you mean en?"),
        (["--title", "A", "--lang", "kz"], "languages: 'kz' is not a code; did you mean kk?"),
        (["--title", "A", "--lang", "zz"], "languages: 'zz' is not a code; write one such as en, "),
        (["--title", "A", "--lang", "klingon"], "languages: 'klingon' is not a code; write one such as en, "),
        (["--title", "A", "--url", "notaurl"], "url: 'notaurl' is not an address; it begins with https://, "),
        (
            ["--title", "A", "--url", "www.cms.int"],
            "url: 'www.cms.int' is not an address; did you mean https",
        ),
        (["--title", "A", "--lang", "english!"], "languages: 'english!' is not a code"),
        (["--title", "x" * 501], "title: has 501 characters; 500 are allowed"),
        (["A title"], "add takes options, or - for a document on stdin, and not 'A title'"),
        (["-", "--title", "A"], "the document on stdin says everything: leave out the other options"),
    ],
)
def test_what_is_refused(alone, invoke, options, message):
    """It says why, ends with 2 and starts no archive."""
    result = invoke("add", *options)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"newsarchive: {message}")
    assert list(alone.iterdir()) == []


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("1402-02-15", "1402-02-15 is before there were newspapers; is 1402 a year of another calendar?"),
        ("0202", "0202 is before there were newspapers; is 0202 a year of another calendar?"),
        ("2567-05-17", "2567-05-17 is later than today"),
        ("9999", "9999 is later than today"),
    ],
)
def test_a_date_that_no_story_has(invoke, added, date, told):
    """It says so, and takes the date that a person wrote."""
    result = invoke("add", "--title", "A", "--date", date)

    assert result.err.startswith(f"note: {told}\nAdded 1 entry (operation 1). ")
    assert added()["date"] == date


@pytest.mark.parametrize("date", ["1605", "today", "2021-01"])
def test_a_date_that_a_story_has(invoke, date):
    """It says nothing of it."""
    assert invoke("add", "--title", "A", "--date", date).err.startswith("Added 1 entry (operation 1). ")


def test_a_body_that_is_not_there(alone, invoke):
    """It names the file, and adds nothing."""
    result = invoke("add", "--title", "A", "--body", "story.txt")

    assert (result.code, result.out) == (4, "")
    assert result.err == f"newsarchive: cannot read {alone}/story.txt: no such file or directory\n"


def test_a_document(invoke, added):
    """It reads front matter and text from stdin, and keeps keys that it does not know."""
    document = (
        "---\ntitle: 'Saiga: a return'\ndate: 17 May 2024\ntags: [saiga, news]\nauthor: Staff\n---\n\nText.\n"
    )

    result = invoke("add", "-", stdin=document)

    assert (result.code, result.out) == (0, "1\n")
    entry = added()
    assert (entry["title"], entry["date"], entry["tags"]) == (
        "Saiga: a return",
        "2024-05-17",
        ["saiga", "news"],
    )
    assert (entry["body"], entry["extra"], entry["source"]) == ("Text.", {"author": "Staff"}, None)


def test_a_document_that_is_not_plain(invoke, added):
    """It says how it was read."""
    result = invoke("add", "-", stdin="---\ntitle: Press release: saiga\n---\n")

    assert added()["title"] == "Press release: saiga"
    assert result.err.startswith(
        "note: line 2: title is no YAML and is read as text; put the text in quotes\n"
    )


def test_only_an_import_has_an_order_of_dates(invoke):
    """It does not name an option that it does not have."""
    result = invoke("add", "-", stdin="---\ntitle: A\ndate: 02/03/2016\n---\n")

    assert result.err == (
        "newsarchive: standard input, line 3: "
        "'02/03/2016' can be read as 2016-03-02 or 2016-02-03; write the one you mean\n"
    )


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("", "title: an entry needs a title; nothing was added"),
        ("Just text.\n", "standard input, line 1: has no front matter"),
        ("---\ntitle: A\ndate: 02/03/2016\n---\n", "standard input, line 3: '02/03/2016' can be read as "),
        ("---\ndate: 2016\n---\n", "standard input, line "),
    ],
)
def test_a_document_that_is_refused(alone, invoke, document, message):
    """It says what is wrong and in which line."""
    result = invoke("add", "-", stdin=document)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"newsarchive: {message}")
    assert list(alone.iterdir()) == []


def test_a_likely_duplicate(archive, invoke):
    """It points at the story that is there, and adds the other all the same."""
    result = invoke("add", "--title", "IN MEMORIAM – Anton Mezhnev", "--date", "2021-01-29", "--lang", "en")

    assert (result.code, result.out) == (0, "11\n")
    assert result.err.startswith("note: entry 1 looks like the same story: In memoriam – Anton Mezhnev\n")


def test_a_tag_that_may_be_a_slip(archive, invoke):
    """It points at a tag that is spelt nearly so, and refuses nothing."""
    invoke("tag", "+obituary", "memoriam")

    result = invoke("add", "--title", "A", "--tag", "obitary", "--tag", "something-else")

    assert (result.code, result.out) == (0, "11\n")
    assert result.err.startswith("note: 'obitary' is a new tag; there is 'obituary' already\nAdded 1 entry ")


def test_dry_run(alone, invoke):
    """It shows what would be added, and writes nothing."""
    result = invoke("add", "--title", "Saiga", "--dry-run")

    assert (result.code, result.out) == (
        0,
        " Id  Date     Title  Change\nnew  undated  Saiga  added\n",
    )
    assert result.err == "1 change planned; nothing was written\n"
    assert list(alone.iterdir()) == []


def test_ids_are_never_reused(invoke):
    """It gives the next id although the last entry has gone."""
    invoke("add", "--title", "One")
    invoke("add", "--title", "Two")
    invoke("remove", "2", "--yes")

    assert invoke("add", "--title", "Three").out == "3\n"


def test_relations_of_a_document_are_left_out(invoke):
    """It says so with the command that makes them: the document's ids may be those of another archive."""
    invoke("add", "--title", "Saiga numbers recover")

    result = invoke("add", "-", stdin="---\ntitle: B\nrelations: [{kind: follow-up, id: 1}]\n---\n")

    assert (result.code, result.out) == (0, "2\n")
    assert "its follow-up 1 is left out" in result.err
    assert "; newsarchive relations add 2 1 --as follow-up\n" in result.err
    assert json.loads(invoke("show", "2", "--json").out)[0]["relations"] == []
