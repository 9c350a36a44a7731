"""Plan the tagging of entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Literal, NamedTuple

from newsarchive.changes import Change, changing, planned
from newsarchive.entry import Entry
from newsarchive.query.spelling import did_you_mean
from newsarchive.text.tags import branches


class TagOperation(NamedTuple):
    """One step of tagging: add or remove a tag, or clear all of them."""

    kind: Literal["add", "remove", "clear"]
    tag: str = ""


def apply_operations(tags: Iterable[str], operations: Sequence[TagOperation]) -> tuple[str, ...]:
    """Return `tags` after the operations, in order; each is idempotent."""
    result = dict.fromkeys(tags)
    for operation in operations:
        if operation.kind == "clear":
            result.clear()
        elif operation.kind == "add":
            result.setdefault(operation.tag)
        else:
            result.pop(operation.tag, None)
    return tuple(result)


def plan_tagging(entries: Iterable[Entry], operations: Sequence[TagOperation], now: datetime) -> list[Change]:
    """Plan the operations on each entry; those that would not change are left out."""
    return planned(
        [
            changing(entry, replace(entry, tags=apply_operations(entry.tags, operations)), now)
            for entry in entries
        ]
    )


def added_tags(operations: Iterable[TagOperation]) -> list[str]:
    """Return the tags that the operations add."""
    return [operation.tag for operation in operations if operation.kind == "add"]


def meant_tag(tag: str, in_use: Iterable[str], aliases: Callable[[str], Collection[str]]) -> str | None:
    """Return the tag `in_use` that is probably meant by one that neither is nor stands for any."""
    known = set(chain.from_iterable(map(branches, in_use)))
    if tag in known or not known.isdisjoint(aliases(tag)):
        return None
    return did_you_mean(tag, sorted(known))


def similar_tag(tag: str, in_use: Iterable[str]) -> str | None:
    """Return the tag `in_use` of which `tag` may be a misspelling: cop13 is none of cop12."""
    return did_you_mean(tag, (other for other in in_use if _numberless(other) != _numberless(tag)))


def _numberless(tag: str) -> str:
    return re.sub(r"\d+", "0", tag)
