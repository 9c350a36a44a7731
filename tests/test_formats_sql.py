"""Dumps of databases: what mysqldump writes of WordPress, and phpMyAdmin of Joomla and TYPO3."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest
from clock import soon
from conftest import DATA
from reading_and_writing import format_of

from newsarchive.formats.base import Fault, Found, Hints, Item, LeftOut, Remark, Source
from newsarchive.formats.registry import reader

FOLDER = DATA / "systems"
DUMP = (FOLDER / "wordpress.sql").read_bytes()


def found_in(data: bytes, *, drafts: bool = False) -> list[Found]:
    """Return what is found in a dump that is told by its content."""
    source = Source("site", data, hints=Hints(drafts=drafts))
    assert format_of(source) == "sql"
    return list(reader("sql").read(source))


def titles_in(found: list[Found]) -> list[str]:
    """Return the titles of the stories."""
    return [one.entry.title for one in found if isinstance(one, Item)]


def test_a_dump_of_wordpress(alone: Path, invoke) -> None:
    """It puts posts, terms, authors and addresses together, and keeps nothing of users and comments but counts."""
    result = invoke("import", str(FOLDER / "wordpress.sql"))

    left_out = "1 revision, 2 comments, 1 draft (--drafts takes them in), 1 attachment and 1 private post"
    assert (
        f"Added 3 of 3 items, 2 are translations of others; left out {left_out} (operation 1)" in result.err
    )
    saiga, russian, about = json.loads(invoke("list", "--sort", "id", "--json").out)
    assert {key: value for key, value in saiga.items() if key not in ("added", "modified")} == {
        "id": 1,
        "title": "Saiga & company",
        "date": "2021-03-22",
        "summary": "The herds have grown.",
        "body": 'It\'s the "largest" herd; 100% counted -- in 2021.\n\n'
        "C:\\\\herds\\\\2021, (see) VALUES (1,2);",
        "url": "https://steppe.example.org/2021/03/saiga-company/",
        "source": "Steppe & Saiga",
        "languages": ["en"],
        "tags": ["press-releases", "saiga"],
        "relations": [{"kind": "translation", "id": 2}],
        "extra": {
            "author": "Aigul S.",
            "updated": "2021-03-23 10:00:00",
            "source_id": "https://steppe.example.org/?p=1",
        },
    }
    assert (russian["title"], russian["body"]) == ("Сайгаки", "Сайгаков стало больше.\n\nИх сосчитали.")
    assert (about["title"], about["url"]) == ("About us", "https://steppe.example.org/about/")
    stored = [path for path in alone.rglob("*") if path.is_file()]
    everything = result.err + "".join(path.read_text(errors="replace") for path in stored)
    for secret in ("HASH", "@steppe.example.org", "@example.org", "Wonderful"):
        assert secret not in everything


def test_drafts_of_a_dump() -> None:
    """It takes in what was never published when it is asked for, without a date that is none."""
    found = found_in(DUMP, drafts=True)

    assert titles_in(found) == ["Saiga & company", "Сайгаки", "A draft", "About us", "Minutes"]
    assert [str(one.entry.date) for one in found if isinstance(one, Item)][2] == "None"


def test_a_dump_that_is_packed() -> None:
    """It reads a dump as providers hand it out."""
    assert titles_in(found_in(gzip.compress(DUMP))) == ["Saiga & company", "Сайгаки", "About us"]


def test_a_dump_that_was_cut_off() -> None:
    """It says so, and reads the rows that are whole."""
    end = DUMP.index(b"(6,2,'2020-06-03")
    *found, fault = sorted(found_in(DUMP[: end + 40]), key=lambda one: isinstance(one, Fault))

    assert titles_in(found) == ["Saiga & company", "Сайгаки"]
    assert fault == Fault(
        "site", "ends in the middle of a statement, so it was cut off; its last rows are missing"
    )


def test_bytes_that_are_no_text() -> None:
    """It reads the texts of a dump in which other tables hold pictures."""
    assert "Сайгаки" in titles_in(found_in(DUMP.replace(b"'\\0", b"'\xff\xd8\x81")))


def sql(table: str, name: str) -> bytes:
    """Return a table of the test data as phpMyAdmin writes it: with the names of its columns."""
    with (FOLDER / name).open(newline="", encoding="utf-8") as file:
        columns, *rows = csv.reader(file, escapechar="\\")
    cells = ("(" + ", ".join(f"'{cell.replace(chr(39), chr(39) * 2)}'" for cell in row) + ")" for row in rows)
    head = "-- phpMyAdmin SQL Dump\n-- version 5.2.1\n\nINSERT INTO `{0}` (`{1}`) VALUES\n"
    return (head.format(table, "`, `".join(columns)) + ",\n".join(cells) + ";\n").encode()


@pytest.mark.parametrize(
    ("table", "name", "form"),
    [("jos_content", "joomla.csv", "joomla"), ("tx_news_domain_model_news", "typo3.csv", "typo3")],
)
def test_a_table_of_another_system(table: str, name: str, form: str) -> None:
    """It reads the table as the reader of its system does."""
    found = found_in(sql(table, name))
    expected = list(reader(form).read(Source(name, FOLDER / name)))

    assert titles_in(found) == titles_in(expected) != []
    assert [one.number for one in found if isinstance(one, LeftOut)] == [
        one.number for one in expected if isinstance(one, LeftOut)
    ]


def test_translations_of_typo3(alone: Path, invoke) -> None:
    """It relates a record to the one that it translates."""
    rows = "(1,0,0,0,'Kulan','Nine animals are free.',1583143200),"
    rows += "(2,1,0,0,'Кулан','Девять кулан на воле.',1583143200)"
    columns = "uid,l10n_parent,deleted,hidden,title,bodytext,datetime"
    Path("site.sql").write_text(f"INSERT INTO tx_news_domain_model_news ({columns}) VALUES {rows};")

    assert "2 are translations of others" in invoke("import", "site.sql").err


def test_a_dump_of_something_else() -> None:
    """It says which tables it looked for."""
    (fault,) = found_in(
        b"-- MySQL dump 10.13\nCREATE TABLE `birds` (`id` int);\nINSERT INTO `birds` VALUES (1);\n"
    )

    assert isinstance(fault, Fault)
    assert fault.reason.startswith("holds no table of WordPress, Joomla or TYPO3 with stories; ")


@pytest.mark.parametrize("text", ["Set up in Almaty\n\n3 May 2019\n", "Use of drones\n\n3 May 2019\n"])
def test_prose_is_no_dump(text: str) -> None:
    """It takes no listing for a dump that begins with a word of SQL."""
    assert format_of(Source("news.txt", text.encode())) == "listing"


HOSTILE = {
    "escapes": "INSERT INTO wp_posts VALUES ('" + "\\'" * 450_000,
    "parentheses": "INSERT INTO wp_posts VALUES " + "(" * 900_000,
    "rows": "CREATE TABLE wp_posts (post_content text);INSERT INTO wp_posts VALUES " + "('a')," * 150_000,
    "comments": "/*!4" + "/*" * 450_000,
    "statements": "INSERT INTO wp_posts VALUES (" * 30_000,
    "columns": "CREATE TABLE wp_posts (" + "post_content," * 70_000,
    "names": "DROP TABLE " + "`" * 900_001,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_dump_made_to_take_long(case: str) -> None:
    """It ends soon in items or a line."""
    with soon(5):
        found = list(reader("sql").read(Source("a", HOSTILE[case].encode())))
    assert any(isinstance(one, Fault | Item | Remark | LeftOut) for one in found)
