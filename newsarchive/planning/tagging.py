"""Plan the tagging of entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Final, Literal, NamedTuple

from newsarchive.changes import Change, changing, planned
from newsarchive.entry import Entry
from newsarchive.query.spelling import did_you_mean
from newsarchive.text.tags import branches, normal_tag


class TagOperation(NamedTuple):
    """One step of tagging: add or remove a tag, or clear all of them."""

    kind: Literal["add", "remove", "clear"]
    tag: str = ""


def apply_operations(tags: Iterable[str], operations: Sequence[TagOperation]) -> tuple[str, ...]:
    """Return `tags` after the operations, in order; each is idempotent.

    A tag is the same in whatever spelling a file that was edited by hand has it.
    """
    result = list(dict.fromkeys(tags))
    for operation in operations:
        if operation.kind == "clear":
            result.clear()
        elif operation.kind == "remove":
            result = [tag for tag in result if normal_tag(tag) != operation.tag]
        elif operation.tag not in map(normal_tag, result):
            result.append(operation.tag)
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


def with_names_in_use(
    operations: Sequence[TagOperation], in_use: Collection[str], aliases: Callable[[str], Collection[str]]
) -> tuple[list[TagOperation], dict[str, str]]:
    """Return the operations with other names in use for tags that no entry has, and which name stands for which.

    Who also removes that name, or all tags, gives the thing a new name, and is taken at the word.
    """
    removed = {operation.tag for operation in operations if operation.kind == "remove"}
    clears = any(operation.kind == "clear" for operation in operations)
    known = set(map(normal_tag, in_use))
    instead: dict[str, str] = {}
    for tag in added_tags(operations):
        others = () if clears or tag in known else sorted(known.intersection(aliases(tag)))
        if others and removed.isdisjoint(others):
            instead[tag] = others[0]
    return [
        operation._replace(tag=instead.get(operation.tag, operation.tag))
        if operation.kind == "add"
        else operation
        for operation in operations
    ], instead


def names_that_stay(
    operations: Sequence[TagOperation], tags: Iterable[str], aliases: Callable[[str], Collection[str]]
) -> dict[str, list[str]]:
    """Return for each removed tag the other names of it among `tags`, which no operation removes or adds."""
    named = {operation.tag for operation in operations}
    there = {tag for tag in tags if normal_tag(tag) not in named}
    removed = [operation.tag for operation in operations if operation.kind == "remove"]
    found = {tag: sorted(there.intersection(aliases(tag))) for tag in removed}
    return {tag: others for tag, others in found.items() if others}


def names_of_one_thing(tags: Collection[str], aliases: Callable[[str], Collection[str]]) -> list[list[str]]:
    """Return the groups of two and more of `tags` that `tag:` takes for the same."""
    groups: dict[frozenset[str], list[str]] = {}
    for tag in sorted(tags):
        groups.setdefault(frozenset({normal_tag(tag), *aliases(normal_tag(tag))}), []).append(tag)
    return [group for group in groups.values() if len(group) > 1]


def meant_tag(tag: str, in_use: Iterable[str], aliases: Callable[[str], Collection[str]]) -> str | None:
    """Return the tag `in_use` that is probably meant by one that neither is nor stands for any.

    `siaga` is meant for `species/saiga` as well, of which the last part is mostly enough.
    """
    known = set(chain.from_iterable(map(branches, in_use)))
    if tag in known or not known.isdisjoint(aliases(tag)):
        return None
    whole = (
        {one.rpartition("/")[2]: one for one in sorted(known, reverse=True)} if len(tag) >= _SHORTEST else {}
    )
    last = did_you_mean(tag, sorted(whole))
    return did_you_mean(tag, sorted(known)) or (whole[last] if last else None)


_SHORTEST: Final = 4
"""Letters of a tag from which on one edit makes it no other word."""


class SimilarTags:
    """Finds the tag in use of which another may be a misspelling."""

    def __init__(self, in_use: Iterable[str]) -> None:
        # What is one edit apart has a form in common when a letter may be left out of either.
        self._by_form: dict[str, list[str]] = {}
        for tag in in_use:
            for form in _forms(tag):
                self._by_form.setdefault(form, []).append(tag)

    def like(self, tag: str) -> str | None:
        """Return the first tag in use that is one edit away from `tag`: cop13 is none of cop12, nor cms of cam."""
        if len(tag) < _SHORTEST:
            return None
        near = {other for form in _forms(tag) for other in self._by_form.get(form, ())}
        return did_you_mean(tag, sorted(other for other in near if _numberless(other) != _numberless(tag)))


def _forms(tag: str) -> set[str]:
    return {tag, *(tag[:place] + tag[place + 1 :] for place in range(len(tag)))}


def _numberless(tag: str) -> str:
    return re.sub(r"\d+", "0", tag)
