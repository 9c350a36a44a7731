"""The tested set of versions: names and versions only, and all that `pyproject.toml` asks for is in it."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pages import ROOT

LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED = [
    Requirement(text)
    for texts in [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    for text in texts
    if not text.startswith("newsarchive")
]


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_a_name_and_a_version(line):
    """It has no address, no hash and no range; a marker may say where it holds."""
    assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; [^#@]+)?", line)


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_what_is_asked_for_is_in_it(asked):
    """It holds a version of each dependency that its bounds allow."""
    kept = [pin for pin in map(Requirement, LINES) if pin.name == canonicalize_name(asked.name)]

    assert kept
    assert all(asked.specifier.contains(str(pin.specifier).removeprefix("==")) for pin in kept)
