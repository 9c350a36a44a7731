"""The weights of letters that come with the program are those of the Unicode Collation Algorithm."""

from __future__ import annotations

import runpy
from pathlib import Path

from newsarchive.text.primaries import primaries

_TOOL = Path(__file__).parent.parent / "tools" / "primaries.py"


def test_the_compiled_weights_are_those_of_the_library() -> None:
    """It has for each letter and mark what `python tools/primaries.py` reads from the library."""
    letters = dict(runpy.run_path(str(_TOOL))["letters"]())

    assert len(letters) > 100_000
    assert {code: tuple(primaries(chr(code))) for code in letters} == letters
