"""What `check` has found: a row each in a pipe; on a terminal what is said of many entries is said once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeVar

from newsarchive.planning.checks.base import Finding
from newsarchive.query.tree import IdTerm
from newsarchive.render.grid import Column, Grid
from newsarchive.text.visible import visible

if TYPE_CHECKING:
    from newsarchive.console import Streams

_ID: Final = Column("Id", "cyan", right=True)
_IDS: Final = Column("Ids", "cyan", ratio=1)
_KIND: Final = (Column("Severity"), Column("Code", "yellow"))
_EVIDENCE: Final = Column("Evidence", ratio=2)
_COMMAND: Final = Column("To mend it")
_MOST: Final = 100  # letters of a list of ids in a command; a longer one is for nobody to read

_Key = TypeVar("_Key", bound=Hashable)


def print_findings(found: Sequence[Finding], streams: Streams) -> None:
    """Draw the findings; on a terminal the commands stand below the table, whole, so that they can be copied."""
    if not streams.out_is_terminal:
        rows = [[str(one.id), one.severity, one.code, one.evidence, one.command] for one in found]
        Grid((_ID, *_KIND, _EVIDENCE, _COMMAND), rows).print(streams)
    elif found:
        alike = _ids_by(((one.severity, one.code, one.evidence), one.id) for one in found)
        rows = [[_listed(ids).replace(",", ", "), *said] for said, ids in alike.items()]
        Grid((_IDS, *_KIND, _EVIDENCE), rows).print(streams)
        ways = _ids_by((one.mend, one.id) for one in found)
        commands = (visible(_command(mend, ids)) for mend, ids in ways.items())
        streams.write("To mend it:\n" + "".join(f"  {command}\n" for command in commands) + "\n")


def _ids_by(pairs: Iterable[tuple[_Key, int]]) -> dict[_Key, list[int]]:
    """Gather the ids of each key, both in the order in which they come."""
    gathered: defaultdict[_Key, list[int]] = defaultdict(list)
    for key, number in pairs:
        gathered[key].append(number)
    return dict(gathered)


def _command(mend: str, ids: Sequence[int]) -> str:
    """Return the command for all these entries; where it takes a single one, or they are too many, `ID` for them."""
    (first, *others), listed = ids, _listed(ids)
    if not others:
        return mend.replace("{id}", str(first))
    is_query = "id:{id}" in mend and len(listed) <= _MOST
    return mend.replace("{id}", listed if is_query else "ID")


def _listed(ids: Iterable[int]) -> str:
    """Write ids as queries have them: `1..3,7`."""
    ordered = sorted(set(ids))
    steps = [place for place, (one, other) in enumerate(pairwise(ordered), 1) if other > one + 1]
    runs = (ordered[start:end] for start, end in pairwise([0, *steps, len(ordered)]))
    return str(IdTerm(tuple((run[0], run[-1]) for run in runs))).removeprefix("id:")
