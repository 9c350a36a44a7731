"""The README's drawing of a terminal shows what a terminal shows, in every program that draws it."""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree import ElementTree

from pages import ROOT

SVG = "{http://www.w3.org/2000/svg}"
DRAWING = ElementTree.parse(ROOT / "docs" / "terminal.svg")
WORDS = [text for text in DRAWING.iter(f"{SVG}text") if text.get("class") != "terminal-title"]
ADVANCE = 12.2


def test_each_word_has_a_place_of_its_own():
    """It leaves no blank to the program that draws: some drop those at the edges, some squeeze them."""
    assert len(WORDS) > 50
    assert [text.text for text in WORDS if re.search(r"\s", text.text or " ")] == []


def test_it_is_what_a_terminal_shows(archive, terminal):
    """It holds the lines of the command that it names, at the columns where they stand."""
    shown = terminal("search", "snow lepard", width=96, env={"COLORTERM": "truecolor"}).out
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown).split("\n")
    expected = [
        [(found.start(), found[0]) for found in re.finditer(r"[^\s─]+", line)]
        for line in ['$ newsarchive search "snow lepard"', *lines]
    ]

    drawn = [
        [(round(float(text.get("x", "")) / ADVANCE), text.text) for text in line]
        for _, line in groupby(WORDS, key=lambda text: text.get("y"))
    ]

    assert drawn == [line for line in expected if line]
