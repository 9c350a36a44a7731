"""The page on a thesaurus of one's own is true: its files are written, its commands run, the output compared."""

from __future__ import annotations

import re

from pages import ROOT, example_in

from newsarchive.thesaurus.concepts import KINDS

PAGE = (ROOT / "docs" / "thesaurus.md").read_text(encoding="utf-8")
EXAMPLE = example_in(PAGE)


def test_the_page_has_examples():
    """It would be no check if its files and commands were not recognised."""
    assert [name for name, _ in EXAMPLE.files] == ["thesaurus.toml", "faulty/thesaurus.toml"]
    assert len(EXAMPLE.commands) == 8


def test_every_command_prints_what_the_page_shows(alone, invoke):
    """It runs the commands in their order in a folder with the files of the page."""
    EXAMPLE.write_files(alone)

    assert EXAMPLE.printed(invoke, alone) == EXAMPLE.commands


def test_the_page_explains_every_key():
    """It has a row for each key that a concept can have, and the example uses them all."""
    rows = re.findall(r"^\| `(\w+)` \| .+ \| .+ \|$", PAGE, re.MULTILINE)

    assert sorted(rows) == sorted([*KINDS, "broader"])
    assert all(re.search(rf"^{key}\b", EXAMPLE.files[0][1], re.MULTILINE) for key in rows)


def test_the_page_is_found():
    """It is linked in the README and named where the program speaks of such a file."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "(docs/thesaurus.md)" in readme


def test_the_help_names_the_page(invoke):
    """It is named by the group and by the commands that read such a file."""
    pages = [invoke("thesaurus", *words, "--help").out for words in ([], ["list"], ["check"])]

    assert all("docs/thesaurus.md" in page for page in pages)
