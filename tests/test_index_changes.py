"""What a commit or a hand edit changes in the index is what building it anew would."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from indexing import NOW, everything, index_of, rows, selected, stories, write_archive
from storing import opened

from newsarchive.archive import Archive
from newsarchive.changes import Change, adding, changing, planned, removing
from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry
from newsarchive.search.index.amounts import Amounts

LANGUAGES = (("fr",), ("es", "en"), ("ru",), ())


def _changes(chance: random.Random, entries: list[Entry], most: int) -> Iterator[Change | None]:
    for entry in chance.sample(entries, chance.randint(1, most)):
        other = chance.choice(entries)
        yield chance.choice(
            (
                removing(entry),
                changing(entry, replace(entry, tags=(*entry.tags, "новый", "species/saiga")), NOW),
                changing(entry, replace(entry, title=other.title, body=other.summary), NOW),
                changing(entry, replace(entry, languages=chance.choice(LANGUAGES)), NOW),
                changing(entry, replace(entry, date=chance.choice((None, PartialDate(2020)))), NOW),
                adding(replace(other, id=None, title=f"{other.title} Übersetzung, COP14"), NOW),
            )
        )


def _anew(path: Path) -> None:
    index_of(path).unlink()
    opened(path).search(selected("saiga"))


@pytest.mark.parametrize("seed", range(4))
def test_commits(large: Path, seed: int) -> None:
    """It holds after many commits what a new index holds."""
    chance = random.Random(seed)
    opened(large).search(selected("saiga"))
    before = index_of(large).stat().st_ino
    for _ in range(8):
        archive = opened(large)
        archive.commit(planned(list(_changes(chance, archive.entries, 30))))
    found = everything(large)

    assert index_of(large).stat().st_ino == before
    _anew(large)
    assert found == everything(large)


def test_fresh_after_a_commit(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It answers at once after a commit, without a look at the archive's text."""
    opened(large).search(selected("saiga"))
    archive = opened(large)
    archive.commit([adding(Entry(title="Zhezkazgan railway bridge"), NOW)])
    monkeypatch.setattr(Archive, "snapshot", None)

    found = opened(large).search(selected("zhezkazgan"))

    assert [hit.entry.id for hit in found.hits] == [601]


def test_undo(large: Path) -> None:
    """It takes an undo as any other commit."""
    opened(large).search(selected("saiga"))
    archive = opened(large)
    archive.commit([removing(entry) for entry in archive.entries[:5]])
    plan = opened(large).plan_undo()
    opened(large).commit(plan.changes, undoes=plan.undoes)
    found = everything(large)

    _anew(large)

    assert found == everything(large)


def test_hand_edit(large: Path) -> None:
    """It takes up what an editor changed, and only that, without being built anew."""
    opened(large).search(selected("saiga"))
    before = index_of(large).stat().st_ino
    tables = json.loads(large.read_text())
    tables["entries"]["5"]["title"] = "Шёлковый путь"
    del tables["entries"]["6"]
    large.write_text(json.dumps(tables))

    found = opened(large).search(selected("шелковый"))

    assert [hit.entry.id for hit in found.hits] == [5]
    assert index_of(large).stat().st_ino == before
    assert rows(large, "SELECT entries, edited_by_hand FROM state") == [(599, 1)]


def test_hand_edit_is_told_by_the_index(large: Path) -> None:
    """It says once in each command that the file was changed by hand, whether the file is read or not."""
    tables = json.loads(large.read_text())
    tables["entries"]["5"]["title"] = "Шёлковый путь"
    large.write_text(json.dumps(tables))
    note = "note: archive.json was changed by hand since revision 1; all 600 entries are valid"
    for _ in range(2):
        said: list[str] = []
        archive = opened(large, say=said.append)

        archive.page(selected("saiga"))
        archive.search(selected("saiga"))

        assert said == [note]


def test_file_that_was_touched(large: Path) -> None:
    """It is fresh again after a look when nothing but the time of the file changed."""
    opened(large).search(selected("saiga"))
    large.touch()

    opened(large).search(selected("saiga"))

    status = large.stat()
    fingerprint = f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}"
    assert rows(large, "SELECT fingerprint FROM state") == [(fingerprint,)]


def test_most_entries_changed(large: Path) -> None:
    """It is built anew by the next reader when a commit changed more than half of the entries."""
    opened(large).search(selected("saiga"))
    before = index_of(large).stat().st_ino
    archive = opened(large)
    archive.commit(planned([changing(e, replace(e, tags=("all",)), NOW) for e in archive.entries]))

    page = opened(large).page(selected("tag:all"))

    assert page.total == 600
    assert index_of(large).stat().st_ino != before


def test_commit_to_a_stale_index(large: Path) -> None:
    """It leaves an index alone that does not know the revision before."""
    opened(large).search(selected("saiga"))
    large.touch()
    opened(large).commit([adding(Entry(title="Zhezkazgan"), NOW)])

    stale = rows(large, "SELECT revision FROM state")
    found = opened(large).search(selected("zhezkazgan"))

    assert stale == [(1,)]
    assert found.total == 1


def test_commit_without_an_index(large: Path) -> None:
    """It is not built by a command that writes."""
    archive = opened(large)
    archive.select(selected("saiga"))
    archive.commit([removing(archive.entries[0])])

    assert not index_of(large).exists()


def test_common_words(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It keeps the amounts of a common word in blocks that say the same as the full text."""
    monkeypatch.setattr("newsarchive.search.index.amounts.MOST_IN_BLOCK", 16)
    for module in ("amounts", "building", "changing"):
        monkeypatch.setattr(f"newsarchive.search.index.{module}.COMMON", 60, raising=False)
    path = write_archive(alone / "archive.json", stories(400))
    opened(path).search(selected("saiga"))
    chance = random.Random(5)
    for _ in range(6):
        archive = opened(path)
        archive.commit(planned(list(_changes(chance, archive.entries, 40))))

    blocks = dict(rows(path, "SELECT place >> 32, count(*) FROM posting GROUP BY 1"))

    assert len(blocks) > 30
    assert max(blocks.values()) > 8
    _compare_with_text(path, blocks)


def _compare_with_text(path: Path, numbers: Iterable[int]) -> None:
    with closing(sqlite3.connect(index_of(path))) as connection:
        amounts = Amounts(connection)
        for number in numbers:
            (word,) = connection.execute("SELECT word FROM vocab WHERE number = ?", (number,)).fetchone()
            kept, counted = amounts.of(number, word), amounts.of_text(word)
            assert list(kept[0]) == list(counted[0])
            assert list(kept[1]) == pytest.approx(list(counted[1]))
