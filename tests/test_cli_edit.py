"""`newsarchive edit`: fields set one by one, and entries as documents in the user's editor."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pexpect
import pytest
from clock import takes_at_most

from newsarchive.entry import Entry
from newsarchive.planning.editing import buffer_of, plan_buffer


@pytest.fixture
def archive(invoke):
    """Start an archive of three entries."""
    invoke("add", "--title", "Saiga numbers recover", "--date", "2024-05", "--tag", "saiga")
    invoke("add", "--title", "Snow leopard day", "--url", "https://example.org/2")
    invoke(
        "add",
        "--title",
        "Bodies with marks",
        "--date",
        "2020",
        "--body",
        "-",
        stdin="a\n\n---\n\n=== entry 1 ===\nb",
    )
    return invoke


def _fields(invoke, entry_id):
    return json.loads(invoke("show", str(entry_id), "--json").out)[0]


def test_set_changes_the_fields_of_every_selected_entry(archive):
    """It gives each selected entry the value, in one operation."""
    result = archive("edit", "1-2", "--set", "source=Bulletin", "--set", "tags=news, steppe")

    assert (result.code, result.out) == (0, "")
    assert "Changed 2 of 2 entries (operation 4). Undo: newsarchive undo 4" in result.err
    assert [(_fields(archive, n)["source"], _fields(archive, n)["tags"]) for n in (1, 2)] == [
        ("Bulletin", ["news", "steppe"]),
        ("Bulletin", ["news", "steppe"]),
    ]


def test_dates_are_read_as_people_write_them(archive):
    """It keeps the precision that the value has."""
    archive("edit", "2", "--set", "date=17 февраля 2024 года")
    archive("edit", "1", "--set", "date=2024")

    assert (_fields(archive, 2)["date"], _fields(archive, 1)["date"]) == ("2024-02-17", "2024")


def test_unset_empties_a_field(archive):
    """It leaves null and the empty list behind."""
    archive("edit", "1", "--unset", "date", "--unset", "tags")
    archive("edit", "2", "--unset", "url")

    assert (_fields(archive, 1)["date"], _fields(archive, 1)["tags"]) == (None, [])
    assert _fields(archive, 2)["url"] is None


def test_other_fields_are_shown_one_by_one(archive):
    """It names each that changes as --set does, and writes values that are no text as JSON."""
    archive(
        "import", "-", stdin='[{"title": "T", "extra": {"desk": "Bonn", "no": 7, "seen": true, "a": ["b"]}}]'
    )
    number = archive("list", "title:T", "--format", "ids").out.strip()

    shown = archive(
        "edit", number, "--set", "extra.no=8", "--unset", "extra.seen", "--unset", "extra.a", "--dry-run"
    )

    assert 'extra.no: 7 → 8; extra.seen: true → nothing; extra.a: ["b"] → nothing' in shown.out
    assert "desk" not in shown.out


def test_a_date_that_no_story_has_is_pointed_at_once(archive):
    """It says so of the date, not of each entry, and nothing of a date that stays."""
    archive("edit", "1", "--set", "date=2567")

    result = archive("edit", "--all", "--set", "date=2567")

    assert result.err == (
        "note: 2567 is later than today\nChanged 2 of 3 entries (operation 5). Undo: newsarchive undo 5\n"
    )
    assert "note" not in archive("edit", "1", "--set", "source=x").err


def test_other_fields_are_set_in_extra(archive):
    """It keeps what no field is for under `extra.`."""
    archive("edit", "1", "--set", "extra.desk=Bonn", "--set", "extra.page=4")
    archive("edit", "1", "--unset", "extra.page")

    assert _fields(archive, 1)["extra"] == {"desk": "Bonn"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("1", "--set", "titel=x"), "did you mean 'title'"),
        (("1", "--set", "title"), "write FIELD=VALUE"),
        (("1", "--set", "date=02/03/2016"), "2016-03-02 or 2016-02-03"),
        (("1", "--set", "title="), "an entry needs a title"),
        (("1", "--unset", "title"), "an entry needs a title"),
        (("1", "--set", "tags=a b!"), "tags are made of"),
        (("1", "--set", "id=9"), "no field has this name"),
        (("1", "--set", "lang=UA"), "languages: 'ua' is not a code; did you mean uk?"),
        (("1", "--set", "lang=english"), "languages: 'english' is not a code; did you mean en?"),
        (
            ("1", "--set", "url=cms.int/1"),
            "url: 'cms.int/1' is not an address; did you mean https://cms.int/1?",
        ),
        (("-1", "--set", "source=x"), "write id:1 for entry 1, or -id:1 for all others"),
        (("--set", "source=x"), "--all means every entry"),
        (("1",), "an editor needs a terminal"),
    ],
)
def test_what_cannot_be_set_is_told_and_nothing_is_written(archive, stored, words, told):
    """It exits 2 and names the fault."""
    before = stored.read_bytes()

    result = archive("edit", *words)

    assert (result.code, result.out) == (2, "")
    assert told in result.err
    assert stored.read_bytes() == before


def test_undo_brings_back_what_an_edit_changed(archive, stored):
    """It restores every byte of the entries."""
    before = stored.read_text().split('"entries"')[1]

    archive("edit", "--all", "--set", "summary=The same for all")
    archive("undo")

    assert stored.read_text().split('"entries"')[1] == before


def test_a_dry_run_shows_the_change_and_writes_nothing(archive, stored):
    """It prints what would change."""
    before = stored.read_bytes()

    result = archive("edit", "1", "--set", "date=2019", "--dry-run")

    assert "date: 2024-05 → 2019" in result.out
    assert stored.read_bytes() == before


# --- in the editor ----------------------------------------------------------------------------------------


def _edit(tmp_path, words, *scripts, meanwhile=()):
    """Run `edit` on a terminal with an editor that carries out one script after the other, on `t`.

    `meanwhile` is what another process does as long as the editor is open.
    """
    editor = tmp_path / "editor.py"
    steps = "\n".join(f"    {number}: lambda t: {script}," for number, script in enumerate(scripts))
    editor.write_text(
        "import pathlib, sys\n"
        f"count = pathlib.Path({str(tmp_path / 'count')!r})\n"
        "number = int(count.read_text()) if count.exists() else 0\n"
        "count.write_text(str(number + 1))\n"
        "path = pathlib.Path(sys.argv[1])\n"
        f"steps = {{\n{steps}\n}}\n"
        "path.write_text(steps[number](path.read_text()))\n"
        f"meanwhile = {meanwhile!r}\n"
        "if meanwhile:\n"
        "    import subprocess\n"
        "    subprocess.run([sys.executable, '-m', 'newsarchive', *meanwhile, '-q'], check=True)\n"
    )
    return pexpect.spawn(
        sys.executable,
        ["-m", "newsarchive", "edit", *words],
        env={
            "EDITOR": f"{sys.executable} {editor}",
            "HOME": str(tmp_path),
            "PATH": "/usr/bin",
            "TERM": "dumb",
            **{name: os.environ[name] for name in ("NEWSARCHIVE_FILE",) if name in os.environ},
        },
        encoding="utf-8",
        dimensions=(24, 200),
        timeout=30,
    )


def test_the_editor_shows_documents_and_takes_back_changes(archive, tmp_path):
    """It changes what was changed in the text, and only that."""
    before = _fields(archive, 3)
    child = _edit(tmp_path, ["1", "3"], 't.replace("numbers recover", "numbers recover further")')

    child.expect("Changed 1 of 2 entries")
    child.expect(pexpect.EOF)

    assert _fields(archive, 1)["title"] == "Saiga numbers recover further"
    assert _fields(archive, 3) == before


def test_a_body_that_looks_like_a_mark_survives(archive, tmp_path):
    """It finds a mark that no text holds."""
    child = _edit(tmp_path, ["3", "2"], 't.replace("Bodies", "Texts").replace("leopard", "leopards")')

    child.expect("Changed 2 of 2 entries")
    child.expect(pexpect.EOF)

    assert _fields(archive, 3)["body"] == "a\n\n---\n\n=== entry 1 ===\nb"
    assert (_fields(archive, 3)["title"], _fields(archive, 2)["title"]) == (
        "Texts with marks",
        "Snow leopards day",
    )


def test_a_fault_is_shown_and_the_editor_opens_again(archive, tmp_path):
    """It loses nothing of what was typed."""
    child = _edit(
        tmp_path,
        ["1"],
        't.replace("2024-05", "02/03/2016").replace("Saiga", "The saiga")',
        't.replace("02/03/2016", "2016-03")',
    )

    child.expect(r"line \d+: '02/03/2016' can be read as .*; write the one you mean\r\n")
    child.expect(r"Edit again\? \[Y/n\] ")
    child.sendline("")
    child.expect("Changed 1 of 1 entry")
    child.expect(pexpect.EOF)

    entry = _fields(archive, 1)
    assert (entry["date"], entry["title"]) == ("2016-03", "The saiga numbers recover")


def test_what_yaml_leaves_out_is_told(archive, tmp_path):
    """It says so when a title ends at a `#`, with the line of the text."""
    child = _edit(tmp_path, ["1"], 't.replace("Saiga numbers recover", "Saiga #2 recovers")')

    child.expect(
        "note: entry 1: line 3: YAML leaves out '#2 recovers' behind the title; put the text in quotes"
    )
    child.expect(pexpect.EOF)

    assert _fields(archive, 1)["title"] == "Saiga"


def test_giving_up_keeps_the_text_in_a_file(archive, tmp_path):
    """It names the file that holds what was typed."""
    child = _edit(tmp_path, ["1"], 't.replace("2024-05", "nonsense")')

    child.expect("Edit again")
    child.sendline("n")
    child.expect(r"nothing was changed\r\n  `newsarchive edit 1` starts again; your text is in (\S+)\r\n")
    kept = Path(child.match[1])
    child.expect(pexpect.EOF)
    child.close()

    assert child.exitstatus == 2
    assert "nonsense" in kept.read_text()
    kept.unlink()


def test_a_document_taken_out_leaves_its_entry_alone(archive, tmp_path):
    """It is no way to remove an entry."""
    child = _edit(tmp_path, ["1", "2"], '""')

    child.expect("Changed 0 of 2 entries; nothing was changed")
    child.expect(pexpect.EOF)

    assert archive("list", "--format", "ids").out.split() == ["1", "3", "2"]


def test_what_another_changed_elsewhere_is_kept(archive, tmp_path):
    """It puts the fields that were edited on the entry as it is now, and says so."""
    child = _edit(
        tmp_path,
        ["1"],
        't.replace("numbers recover", "numbers recover further")',
        meanwhile=["edit", "1", "--set", "source=Bulletin"],
    )

    child.expect("note: entry 1 changed meanwhile in other fields; both changes are kept")
    child.expect("Changed 1 of 1 entry")
    child.expect(pexpect.EOF)

    entry = _fields(archive, 1)
    assert (entry["title"], entry["source"]) == ("Saiga numbers recover further", "Bulletin")


@pytest.mark.parametrize("meanwhile", [["edit", "1", "--set", "title=Theirs"], ["remove", "1", "--yes"]])
def test_a_conflict_keeps_what_was_typed(archive, stored, tmp_path, meanwhile):
    """It writes nothing, ends with 3, and names the file with the text last of all."""
    child = _edit(tmp_path, ["1"], 't.replace("Saiga numbers", "My own words")', meanwhile=meanwhile)

    child.expect(
        r"entry 1 (?:changed|became .*) meanwhile.*nothing was written; .*\r\n.* your text is in (\S+)\r\n$"
    )
    kept = Path(child.match[1])
    child.expect(pexpect.EOF)
    child.close()

    assert child.exitstatus == 3
    assert "My own words recover" in kept.read_text()
    assert "My own words" not in stored.read_text()
    kept.unlink()


def test_an_archive_that_cannot_be_read_any_more_keeps_what_was_typed(archive, tmp_path):
    """It says what is wrong, and where the text is."""
    damage = 'pathlib.Path("archive.json").write_text("{") and t.replace("Saiga", "Mine")'
    child = _edit(tmp_path, ["1"], damage)

    child.expect(r"your text is in (\S+)\r\n")
    kept = Path(child.match[1])
    child.expect(pexpect.EOF)
    child.close()

    assert child.exitstatus == 4
    assert "Mine numbers recover" in kept.read_text()
    kept.unlink()


def test_a_misspelt_field_is_a_fault(archive, tmp_path):
    """It does not part a text from its field; the editor opens again."""
    archive("edit", "1", "--set", "summary=They recover.")
    child = _edit(
        tmp_path, ["1"], 't.replace("summary:", "sumary:")', 't.replace("sumary: They", "summary: We")'
    )

    child.expect(r"line 5: no field is called 'sumary'; did you mean 'summary'\?")
    child.sendline("")
    child.expect("Changed 1 of 1 entry")
    child.expect(pexpect.EOF)

    entry = _fields(archive, 1)
    assert (entry["summary"], entry["extra"]) == ("We recover.", {})


def test_a_strange_field_that_was_there_before_stays(archive, tmp_path):
    """It takes a name like that of a field for its own where an import brought it."""
    archive("edit", "1", "--set", "extra.dates=many")

    child = _edit(tmp_path, ["1"], 't.replace("Saiga", "The saiga")')
    child.expect("Changed 1 of 1 entry")
    child.expect(pexpect.EOF)

    assert _fields(archive, 1)["extra"] == {"dates": "many"}


def test_what_came_with_an_import_can_stay(archive):
    """It holds only what is typed to the rules for addresses and languages."""
    archive("import", "-", stdin='[{"title": "Old", "url": "news/4.html"}]')

    result = archive("edit", "4", "--set", "source=Bulletin")

    assert result.code == 0
    assert _fields(archive, 4)["url"] == "news/4.html"


def test_what_was_edited_is_accepted_one_by_one(archive, tmp_path):
    """It asks of each document that was changed, with --ask, and keeps what was refused as it was."""
    child = _edit(tmp_path, ["1-2", "--ask"], 't.replace("Saiga", "The saiga").replace("Snow", "The snow")')

    child.expect("Change it. y, n, all, quit")
    child.sendline("n")
    child.expect("Change it. y, n, all, quit")
    child.sendline("y")
    child.expect("Changed 1 of 2 entries")
    child.expect(pexpect.EOF)

    titles = {_fields(archive, n)["title"] for n in (1, 2)}
    assert len(titles & {"Saiga numbers recover", "Snow leopard day"}) == 1
    assert len(titles & {"The saiga numbers recover", "The snow leopard day"}) == 1


# --- relations in the editor and in a table ----------------------------------------------------------------


def _relations(invoke, *ids):
    return [[(one["kind"], one["id"]) for one in _fields(invoke, entry_id)["relations"]] for entry_id in ids]


def test_a_relation_of_the_editor_is_kept_on_both_sides(archive, tmp_path):
    """It comes to the other entry when it is written into one, and goes when it is taken out of it."""
    added = 't.replace("tags:", "relations: [{kind: follow-up, id: 3}]\\ntags:")'
    child = _edit(tmp_path, ["1"], added)
    child.expect("Changed 1 of 1 entry and the relations of 1 other .operation 4.")
    child.expect(pexpect.EOF)
    assert _relations(archive, 1, 3) == [[("follow-up", 3)], [("follow-up", 1)]]
    archive("undo")
    assert _relations(archive, 1, 3) == [[], []]
    archive("relations", "add", "1", "3", "--as", "same-story")

    (tmp_path / "count").unlink()
    child = _edit(tmp_path, ["3"], 't.replace("- kind: same-story\\n  id: 1", "")')
    child.expect("Changed 1 of 1 entry and the relations of 1 other")
    child.expect(pexpect.EOF)

    assert _relations(archive, 1, 3) == [[], []]


@pytest.mark.parametrize(
    ("number", "told"), [(9, "there is no entry 9 for follow-up"), (1, "follow-up 1 is the entry itself")]
)
def test_a_relation_to_nothing_is_a_fault(archive, tmp_path, number, told):
    """It names the line, and the editor opens again."""
    child = _edit(
        tmp_path,
        ["1"],
        f't.replace("tags:", "relations: [{{kind: follow-up, id: {number}}}]\\ntags:")',
        f't.replace("id: {number}", "id: 2")',
    )

    child.expect(f"line 1: entry 1: relations: {told}")
    child.send("\r")
    child.expect("Changed 1 of 1 entry and the relations of 1 other")
    child.expect(pexpect.EOF)
    assert _relations(archive, 1, 2) == [[("follow-up", 2)], [("follow-up", 1)]]


def test_a_relation_of_a_table_is_kept_on_both_sides(archive):
    """It takes it out of the other entry, though that one's row still has it, and refuses one that leads nowhere."""
    archive("relations", "add", "1", "3", "--as", "translation")
    rows = 'id,relations\n1,\n2,"[{""kind"":""same-story"",""id"":3}]"\n'

    assert "and the relations of 1 other" in archive("edit", "--from", "-", stdin=rows).err
    assert _relations(archive, 1, 2, 3) == [[], [("same-story", 3)], [("same-story", 2)]]

    refused = archive("edit", "--from", "-", stdin='id,relations\n1,"[{""kind"":""same-story"",""id"":9}]"\n')
    assert "line 2: relations: there is no entry 9 for same-story" in refused.err


def test_an_interrupt_keeps_what_was_typed(archive, tmp_path):
    """It names the file when the question is answered with Ctrl-C."""
    child = _edit(tmp_path, ["1"], 't.replace("2024-05", "nonsense")')

    child.expect("Edit again")
    child.sendintr()
    child.expect(r"interrupted; nothing was changed\r\n .* your text is in (\S+)\r\n")
    kept = Path(child.match[1])
    child.expect(pexpect.EOF)

    assert "nonsense" in kept.read_text()
    kept.unlink()


def test_editing_many_entries_grows_with_their_number():
    """It takes four times as long for four times the entries, all of them changed, and not the square of it."""
    assert takes_at_most(10, _editing(1600), _editing(400))


def _editing(count):
    now = datetime(2024, 1, 1, tzinfo=UTC)
    body = "\n\n".join(f"paragraph {number}" for number in range(100))
    entries = [
        Entry(id=n, title=f"Story {n}", body=body, added=now, modified=now) for n in range(1, count + 1)
    ]
    buffer = buffer_of(entries)
    text = buffer.text.replace("title: Story", "title: Tale")

    def plan():
        changes, _ = plan_buffer(buffer, text, entries, now, lambda _: True)
        assert len(changes) == count

    return plan
