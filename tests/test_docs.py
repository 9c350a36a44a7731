"""The page on the selection language is true: every query on it is run."""

import re
import shutil
from pathlib import Path
from shlex import split

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "selection.md").read_text(encoding="utf-8")

PREPARATION = re.findall(r"^newsarchive (tag .+)$", PAGE, re.MULTILINE)
ROWS = re.findall(r"^\| `([^|]+)` \| .+? \| ([\d ]+|none) \|$", PAGE, re.MULTILINE)


@pytest.fixture
def prepared(tmp_path, invoke):
    """Copy the real archive and tag it as the page says."""
    shutil.copy(ROOT / "archive.json", tmp_path)
    for command in PREPARATION:
        assert invoke(*split(command)).code == 0
    return invoke


def test_the_page_has_examples():
    """It would be no check if the page's tables were not recognised."""
    assert len(PREPARATION) == 4
    assert len(ROWS) == len(re.findall(r"^\| `", PAGE, re.MULTILINE)) > 50


def test_every_query_finds_the_ids_that_the_page_names(prepared):
    """It finds what the page says, by `list` and in any order."""
    expected = {query: "" if ids == "none" else ids for query, ids in ROWS}

    found = {}
    for query in expected:
        result = prepared("list", "--format", "ids", "--sort", "id", "--", query)
        assert result.code == 0, (query, result.err)
        found[query] = " ".join(result.out.split())

    assert found == expected
