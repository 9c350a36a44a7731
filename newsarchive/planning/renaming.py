"""Plan the renaming, uniting and removing of tags wherever they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from newsarchive.changes import Change, changing, planned
from newsarchive.entry import Entry
from newsarchive.errors import BadOptionError
from newsarchive.intake import normalise_tag
from newsarchive.text.tags import quoted

BELOW: Final = "/*"
"""What stands behind a tag when all those below it are meant, and not the tag itself."""


def tags_named(name: str, in_use: Iterable[str]) -> list[str]:
    """Return the tags in use that `name` names: itself as it is stored or as tags are written, or those below it.

    A tag that was put into the file by hand and is written otherwise can only be named as it is stored.
    Raises BadTagError for what can be no tag and is none.
    """
    tags = sorted(in_use)
    if name.endswith(BELOW):
        stem = normalise_tag(name.removesuffix(BELOW))
        return [tag for tag in tags if tag.startswith(f"{stem}/")]
    if name in tags:
        return [name]
    written = normalise_tag(name)
    return [tag for tag in tags if tag == written]


def new_names(old: str, new: str, in_use: Iterable[str]) -> dict[str, str]:
    """Return the new name of each tag in use that `old` names; `species/*` to `taxa/*` moves what is below.

    Raises BadTagError, and BadOptionError when only one of the two is a subtree.
    """
    found = tags_named(old, in_use)
    if old.endswith(BELOW) != new.endswith(BELOW):
        raise BadOptionError(
            f"{old} and {new} do not fit: write /* behind both to move the tags below, or unite them with "
            f"`newsarchive tags merge {quoted(old)} --into {quoted(new.removesuffix(BELOW))}`"
        )
    if not new.endswith(BELOW):
        return dict.fromkeys(found, normalise_tag(new))
    stem, new_stem = normalise_tag(old.removesuffix(BELOW)), normalise_tag(new.removesuffix(BELOW))
    return {tag: normalise_tag(new_stem + tag.removeprefix(stem)) for tag in found}


def plan_renaming(entries: Iterable[Entry], names: Mapping[str, str | None], now: datetime) -> list[Change]:
    """Plan to give tags new names, or none; each stays in its place, and of two that become one the first."""
    return planned(
        [
            changing(entry, replace(entry, tags=renamed(entry.tags, names)), now)
            for entry in entries
            if not names.keys().isdisjoint(entry.tags)
        ]
    )


def renamed(tags: Sequence[str], names: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return the tags by their new names."""
    return tuple(dict.fromkeys(name for tag in tags if (name := names.get(tag, tag)) is not None))
