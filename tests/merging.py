"""What tests of merges and of what comes back have in common: commands on the copy, and what an archive holds."""

from __future__ import annotations

import json


def fields(invoke, entry_id, *options):
    return json.loads(invoke("show", str(entry_id), "--json", *options).out)[0]


def ids(invoke, *query):
    return invoke("list", *query, "--sort", "id", "--format", "ids").out.split()


def theirs(invoke, *arguments):
    """Run a command on the copy."""
    result = invoke(*arguments, "-a", "copy.json")
    assert result.code == 0, result


def entries_in(archive):
    """Return the stored entries by id."""
    return json.loads(archive.read_bytes())["entries"]
