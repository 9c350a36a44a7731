"""A process that writes to an archive, for the tests: says each number once its commit has returned."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from storing import add, step, tag


def main(path: Path, what: str, count: int) -> None:
    """Make `count` commits."""
    for number in range(count):
        if what == "add":
            (change,) = add(path, f"story {number} of {os.getpid()}").changes
            said = change.id
        elif what == "tag":
            said = tag(path, f"t{number}").number
        else:
            said = step(path)
        print(said, flush=True)  # noqa: T201 - this is how it talks


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
