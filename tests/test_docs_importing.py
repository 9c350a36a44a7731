"""What the pages say of importing is true: their files are written, their commands run, the output compared."""

from __future__ import annotations

import pytest
from pages import ROOT, example_in, section

EXAMPLES = {
    "docs/importing.md": example_in((ROOT / "docs" / "importing.md").read_text(encoding="utf-8")),
    "README.md": example_in(section("README.md", "Bringing news in")),
}


def test_the_pages_have_examples():
    """It would be no check if their files and commands were not recognised."""
    found = {name: (len(files), len(commands)) for name, (files, commands) in EXAMPLES.items()}

    assert found == {"docs/importing.md": (6, 8), "README.md": (1, 2)}


@pytest.mark.parametrize("page", EXAMPLES)
def test_every_command_prints_what_the_page_shows(alone, invoke, page):
    """It runs the commands in their order in a folder with the files of the page."""
    example = EXAMPLES[page]
    example.write_files(alone)

    assert example.printed(invoke, alone) == example.commands
