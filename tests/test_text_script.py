"""Which script a word is written in."""

from __future__ import annotations

import pytest

from newsarchive.text.script import script


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mezhnev", "latin"),
        ("Łódź", "latin"),
        ("ＣＭＳ", "latin"),
        ("Межнев", "cyrillic"),
        ("Лхагвасүрэн", "cyrillic"),
        ("п\u02bcять", "cyrillic"),
        ("COP14", "latin"),
        ("КС14", "cyrillic"),
        ("c\u0430iga", "mixed"),  # a Cyrillic а among Latin letters
        ("Αθήνα", "other"),
        ("中文", "other"),
        ("2020", "other"),
        ("", "other"),
    ],
)
def test_script(text: str, expected: str) -> None:
    """It goes by the letters of a word."""
    assert script(text) == expected
