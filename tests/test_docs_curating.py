"""The page on curating is true: every line is typed into a shell, and what it prints is compared."""

from __future__ import annotations

from pages import ROOT, prepare, type_in, typed_in

PAGE = (ROOT / "docs" / "curating.md").read_text(encoding="utf-8")


def test_every_line_prints_what_the_page_shows(alone):
    """It types the lines one after the other, in a folder with a copy of the archive."""
    home = alone / "you"
    home.mkdir()
    prepare(PAGE, home)
    shown = typed_in(PAGE)

    assert type_in([line for line, _ in shown], home) == shown
    assert len(shown) > 12


def test_the_page_is_found():
    """It is linked in the README."""
    assert "(docs/curating.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
