"""The first hour is as the pages say: every line is typed into a shell, and what it prints is compared."""

from __future__ import annotations

import re
import shlex

import pytest
from commands import NAMES
from pages import ROOT, example_in, section, type_in, typed_in

TOUR = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
FIRST_STEPS = section("README.md", "Start your own archive")


@pytest.mark.parametrize("page", [TOUR, FIRST_STEPS], ids=["docs/tour.md", "README.md"])
def test_every_line_prints_what_the_page_shows(alone, page):
    """It types the lines one after the other, in a folder with the files of the page."""
    home = alone / "you"
    home.mkdir()
    example_in(page).write_files(home)
    shown = typed_in(page)

    assert type_in([line for line, _ in shown], home) == shown
    assert len(shown) > 5


def test_the_first_steps_lead_to_an_archive(alone, invoke):
    """It has three entries after them, and found one by a word that none of them has."""
    type_in([line for line, _ in typed_in(FIRST_STEPS)], alone)
    [search] = [typed for typed in typed_in(FIRST_STEPS) if " search " in typed.line]
    word = shlex.split(search.line)[-1]

    assert invoke("list", "-a", "news/archive.json", "--format", "ids").out.split() == ["1", "3", "2"]
    assert invoke("list", "-a", "news/archive.json", word).out == ""
    assert re.findall(r"^ *(\d+) ", search.printed, re.MULTILINE) == ["1"]


def test_the_first_steps_are_on_the_first_screen():
    """It has them, and how the command gets onto the path, within the first lines of the README."""
    screen = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:50]
    wanted = ["pipx install .", "uv tool install .", ". .venv/bin/activate", "$ newsarchive search siaga"]

    assert [text for text in wanted if not any(text in line for line in screen)] == []


def test_each_of_three_people_has_an_hour():
    """It shows a dozen commands to the one at a desk, the script and the maintainer."""
    parts = TOUR.split("\n## ")[1:]

    assert [part.splitlines()[0] for part in parts] == ["At the desk", "In a pipe", "Over many entries"]
    assert all(len(typed_in(part)) > 8 for part in parts)
    assert {name.split()[0] for name in NAMES} > set(re.findall(r"^\$ newsarchive (\w+)", TOUR, re.MULTILINE))


def test_the_tour_is_found():
    """It is linked in the README."""
    assert "(docs/tour.md)" in FIRST_STEPS
