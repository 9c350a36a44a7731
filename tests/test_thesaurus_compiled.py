"""The thesaurus as it comes compiled is the one that its TOML files state."""

from __future__ import annotations

import runpy
from pathlib import Path

from newsarchive.thesaurus.compiled import COMPILED

_TOOL = Path(__file__).parent.parent / "tools" / "thesaurus.py"


def test_the_compiled_thesaurus_is_what_its_files_say() -> None:
    """It is what `python tools/thesaurus.py` makes of the TOML files, which renews it."""
    made = runpy.run_path(str(_TOOL))["compiled"]()

    assert COMPILED.read_text(encoding="utf-8").splitlines() == made.splitlines()
