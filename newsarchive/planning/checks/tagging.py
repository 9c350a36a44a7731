"""Checks of tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from newsarchive.entry import Entry
from newsarchive.planning.checks.base import Fault, Surroundings
from newsarchive.planning.likeness import Likeness, look_alikes
from newsarchive.text.script import script
from newsarchive.text.tags import quoted

_PARTED: Final = re.compile(r"[,;|]|\s/\s|-and-|-und-|-et-|-y-|-и-")
_MANY: Final = 10
_LONG: Final = 40


def untagged(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find entries without a tag."""
    if not entry.tags:
        yield Fault("has no tag", "newsarchive tags suggest id:{id}")


def unknown(entry: Entry, archive: Surroundings) -> Iterator[Fault]:
    """Find tags for which the thesaurus has no concept."""
    for tag in entry.tags:
        if archive.thesaurus.for_tag(tag) is None:
            yield Fault(f"the thesaurus has no {tag!r}", f"newsarchive tags rename {quoted(tag)} TAG")


def look_alike(entry: Entry, archive: Surroundings) -> Iterator[Fault]:
    """Find tags that look like a more frequent one."""
    pairs = _pairs(archive)
    for tag in entry.tags:
        if pair := pairs.get(tag):
            yield Fault(f"{tag!r} and {pair.like!r} {pair.evidence}", pair.mend)


@cache
def _pairs(archive: Surroundings) -> dict[str, Likeness]:
    thesaurus = archive.thesaurus
    pairs = look_alikes(archive.tags, thesaurus.tag_aliases, lambda tag: thesaurus.for_tag(tag) is not None)
    return {pair.tag: pair for pair in reversed(pairs)}


def several(entry: Entry, archive: Surroundings) -> Iterator[Fault]:
    """Find tags that are several in one."""
    for tag in entry.tags:
        parts = [part for part in map(str.strip, _PARTED.split(tag)) if part]
        are_tags = sum(part in archive.tags or archive.thesaurus.for_tag(part) is not None for part in parts)
        if len(parts) > 1 and (re.search(r"[,;|]", tag) or are_tags == len(parts)):
            names = " ".join(quoted(f"+{part}") for part in parts)
            yield Fault(
                f"{tag!r} is {len(parts)} tags", f"newsarchive tag {names} {quoted(f'-{tag}')} id:{{id}}"
            )


def unlike_all_others(entry: Entry, archive: Surroundings) -> Iterator[Fault]:
    """Find tags that one entry has and that are written as no other tag is: script, length, digits, hierarchy."""
    for tag in entry.tags:
        if archive.tags[tag] == 1 and len(archive.tags) >= _MANY and (way := _odd(tag, archive)):
            yield Fault(f"{tag!r} {way}", f"newsarchive tags remove {quoted(tag)}")


def _odd(tag: str, archive: Surroundings) -> str | None:
    shape = _shape_of_tags(archive)
    if shape["script", script(tag)] == 1 and script(tag) != "other":
        return f"is the only one in {script(tag)} letters"
    if len(tag) > _LONG and shape["long", ""] == 1:
        return f"has {len(tag)} characters, more than any other"
    if not any(letter.isalpha() for letter in tag) and shape["numbers", ""] == 1:
        return "is the only one without a letter"
    if "/" not in tag and shape["flat", ""] == 1 and archive.thesaurus.for_tag(tag) is None:
        return "is the only one outside a hierarchy"
    return None


@cache
def _shape_of_tags(archive: Surroundings) -> dict[tuple[str, str], int]:
    """Count the tags by script, and those that are long, without letters, outside a hierarchy."""
    shape: dict[tuple[str, str], int] = {}
    for tag in archive.tags:
        traits = [("script", script(tag))]
        traits += [("long", "")] if len(tag) > _LONG else []
        traits += [("flat", "")] if "/" not in tag else []
        traits += [] if any(letter.isalpha() for letter in tag) else [("numbers", "")]
        for trait in traits:
            shape[trait] = shape.get(trait, 0) + 1
    return _Zero(shape)


class _Zero(dict[tuple[str, str], int]):
    def __missing__(self, _: tuple[str, str]) -> int:
        return 0
