"""A process that runs mixed commands on one archive, for the tests: an object a line on what came of each.

Every process has its own tags, keys and stories, and shares the field `source` of the first ten entries.
"""

from __future__ import annotations

import io
import json
import random
import sys
from contextlib import redirect_stderr, redirect_stdout

from newsarchive.cli.app import run


def main(name: str, count: int) -> None:
    """Run `count` commands."""
    chance = random.Random(name)
    own: list[int] = []
    undoable: list[tuple[str, int]] = []
    for number in range(count):
        entry_id = chance.randint(1, 10)
        fresh = f"{name}-{number}"
        kind = chance.choice(["add", "tag", "tag", "key", "source", "remove", "import", "undo"])
        if kind == "remove" and own:
            entry_id = own.pop()
            command = ["remove", str(entry_id), "--yes"]
        elif kind == "undo" and undoable:
            fresh, operation = undoable.pop()
            command = ["undo", str(operation)]
        elif kind == "tag":
            command = ["tag", f"+{fresh}", "--id", f"1-{entry_id}"]
        elif kind == "key":
            command = ["edit", str(entry_id), "--set", f"extra.{name}={fresh}"]
        elif kind == "source":
            command = ["edit", str(entry_id), "--set", f"source={fresh}"]
        elif kind == "import":
            command = ["import", "-", "--report", "-"]
        else:
            kind, command = "add", ["add", "--title", fresh]
        code, out, err = _run(command, json.dumps([{"title": fresh, "date": "2021"}]))
        said = {"kind": kind, "id": entry_id, "fresh": fresh, "code": code, "err": err}
        if not code and kind in ("add", "import"):
            said["id"] = int(out) if kind == "add" else json.loads(out)["id"]
            own.append(int(said["id"]))
        if not code and kind == "tag":
            undoable.append((fresh, int(err.split("(operation ")[1].split(")")[0])))
        print(json.dumps(said), flush=True)  # noqa: T201 - this is how it talks


def _run(command: list[str], source: str) -> tuple[int, str, str]:
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(source.encode()), "utf-8")
    with (
        redirect_stdout(io.TextIOWrapper(out, "utf-8")) as shown,
        redirect_stderr(io.TextIOWrapper(err, "utf-8")) as told,
    ):
        code = run([*command, "--lock-timeout", "120"])
        shown.flush()
        told.flush()
        return code, out.getvalue().decode(), err.getvalue().decode()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
