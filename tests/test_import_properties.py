"""Whatever bytes come: the archive is unchanged or holds valid entries, and every item is accounted for."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reading_and_writing import written
from strategies import archives, lines

from newsarchive.archive import Archive
from newsarchive.cli.app import run
from newsarchive.formats.registry import names
from newsarchive.intake import admit

READERS = names("reader")
WRITTEN = [name for name in READERS if name in names("writer") and name != "markdown"]
FATES = {"added", "updated", "unchanged", "skipped", "failed", "noted"}


class Account(NamedTuple):
    """What an import of one file into a new archive came to: exit code, report, entries."""

    code: int
    report: list[dict[str, Any]]
    entries: list[Any]

    @property
    def outcomes(self) -> Counter[str]:
        """How many items had which outcome."""
        return Counter(row["outcome"] for row in self.report)


def imported(name: str, data: bytes, *options: str) -> Account:
    """Import bytes through the real command, into a new archive."""
    with TemporaryDirectory() as folder:
        source, report, archive = (Path(folder) / part for part in ("source", "report", "archive.json"))
        source.write_bytes(data)
        code = run(
            [
                *("import", str(source), "--format", name, "-q"),
                *("-a", str(archive), "--report", str(report), *options),
            ]
        )
        rows = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
        return Account(code, rows, Archive(archive).entries if archive.exists() else [])


def check(account: Account) -> None:
    """Assert what must hold of every import into a new archive."""
    outcomes = account.outcomes
    assert set(outcomes) <= FATES
    items = sum(count for fate, count in outcomes.items() if fate not in ("noted", "left-out"))
    assert account.code == (0 if not outcomes["failed"] else 7 if outcomes["failed"] == items else 6)
    added = [row["id"] for row in account.report if row["outcome"] == "added"]
    assert sorted(added) == [entry.id for entry in account.entries]
    assert all(admit(entry)[0] == entry for entry in account.entries)
    assert all(row["place"] and (row["reason"] or row["outcome"] != "failed") for row in account.report)


# --- any bytes --------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *(
            "---\n",
            "+++\n",
            ";;;\n",
            "title: a\n",
            'title = "a"\n',
            "title",
            "date: 02/03/2016\n",
            "tags: a b\n",
        ),
        *(
            ",",
            ";",
            "\n",
            "\r",
            '"',
            "[",
            "]",
            "{",
            "}",
            ":",
            "- ",
            "&a ",
            "*a",
            "!x ",
            "\t",
            "\0",
            "\x1b",
            "'",
        ),
        *(
            "3 May 2019\n",
            "A Title\n",
            "A sentence ends.\n",
            '"title"',
            '"items"',
            "8/28/2013",
            "9/12/13",
            "=",
            "\\",
        ),
        *(
            "<item>",
            "<title>a</title>",
            "<html>",
            "</",
            "&#27;",
            "<!DOCTYPE",
            "NaN",
            "1e999",
            "\\ud800",
            "\ufeff",
        ),
    ]
)
ANY_BYTES = st.one_of(
    st.binary(max_size=60),
    st.lists(PIECES, max_size=25).map(lambda pieces: "".join(pieces).encode()),
    st.lists(PIECES, max_size=25).map(lambda pieces: "".join(pieces).encode("utf-16")),
)


@pytest.mark.parametrize("name", READERS)
@settings(deadline=None, max_examples=40)
@given(data=ANY_BYTES)
@example(data=b"")
@example(data=b"\xff")
@example(data=b"\0" * 512)
def test_any_bytes_end_in_entries_or_reports(name: str, data: bytes) -> None:
    """It never ends in a traceback, and what it adds is what an archive may hold."""
    check(imported(name, data))


@pytest.mark.parametrize("name", WRITTEN)
@settings(deadline=None, max_examples=25)
@given(st.data())
def test_spoilt_exports_end_in_entries_or_reports(name: str, data: st.DataObject) -> None:
    """It survives a file of its own from which a piece was lost, or into which one fell."""
    export = written(name, data.draw(archives(max_size=3)))
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(export))] * 2)))
    piece = data.draw(st.one_of(st.just(b""), st.binary(max_size=8), PIECES.map(str.encode)))

    check(imported(name, export[:start] + piece + export[end:]))


# --- every item is accounted for --------------------------------------------------------------------------

VALUES = st.one_of(
    st.none(), st.integers(), st.text(max_size=5), st.sampled_from(["2019-05-03", "soon", "a,b"])
)
RECORDS = st.one_of(
    VALUES,
    st.dictionaries(
        st.sampled_from(["title", "Title", "date", "created", "url", "tags", "x"]), VALUES, max_size=4
    ),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(RECORDS, max_size=12), st.sampled_from(["json", "jsonl"]))
def test_every_value_of_json_is_accounted_for(records: list[Any], name: str) -> None:
    """It has one line in the report for each element or line."""
    texts = [json.dumps(record) for record in records]
    data = "\n".join(texts) if name == "jsonl" else f"[{','.join(texts)}]"

    account = imported(name, data.encode())

    check(account)
    assert account.outcomes.total() - account.outcomes["noted"] == len(records)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(lines, st.sampled_from(["", "2019", "3 May 2019", "soon", "8/28/2013"]), lines), max_size=12
    ),
    st.sampled_from(["csv", "tsv"]),
    st.sampled_from([",", ";", "\t"]),
)
def test_every_row_is_accounted_for(rows: list[tuple[str, str, str]], name: str, delimiter: str) -> None:
    """It has one line in the report for each row."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([("title", "date", "summary"), *rows])

    account = imported(name, text.getvalue().encode())

    check(account)
    assert account.outcomes.total() - account.outcomes["noted"] == len(rows)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.sampled_from(["A Title", "B Title", "A sentence ends.", "", "News", "3 May 2019", "4 May 2019"])
    )
)
def test_every_date_of_a_page_is_accounted_for(page: list[str]) -> None:
    """It has a line in the report for each date, whether an item belongs to it or not."""
    account = imported("listing", "\n".join(page).encode())

    check(account)
    assert account.outcomes.total() >= max(1, sum(line.endswith("2019") for line in page))


@settings(deadline=None, max_examples=40)
@given(
    ANY_BYTES,
    st.sampled_from(["---\n{}\n---\n", "+++\n{}\n+++\n", ";;;\n{}\n;;;\n", "---\ntitle: a\n{}\n---\n"]),
)
def test_every_document_is_accounted_for(inside: bytes, fences: str) -> None:
    """It has exactly one line in the report for a document, whatever stands between its fences."""
    before, after = fences.split("{}")

    account = imported("markdown", before.encode() + inside + after.encode())

    check(account)
    assert account.outcomes.total() == 1


# --- what is there is safe --------------------------------------------------------------------------------


@settings(deadline=None, max_examples=40)
@given(ANY_BYTES, st.sampled_from(READERS))
def test_strict_is_all_or_nothing(data: bytes, name: str) -> None:
    """It adds nothing when a single item fails."""
    account = imported(name, data, "--strict")

    assert not (account.outcomes["failed"] and account.entries)


@pytest.mark.parametrize("name", READERS)
def test_a_second_import_changes_nothing(name: str, archive: Path, alone: Path, invoke: Any) -> None:
    """It leaves the bytes of the archive alone when the same source comes again, even one that is spoilt."""
    (alone / "source").write_bytes(b'title,date\n[{"title":"a"},\n---\ntitle: b\n---\n3 May 2019\n')
    invoke("import", "source", "--format", name)
    before = archive.read_bytes()

    result = invoke("import", "source", "--format", name)

    assert result.code in (0, 6, 7)
    assert archive.read_bytes() == before
