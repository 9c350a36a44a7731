"""Tell whether entries of two copies of an archive, or of two states of one, are one."""

from __future__ import annotations

from newsarchive.entry import Entry


def is_same_story(one: Entry, other: Entry) -> bool:
    """Whether entries of one id are one: by the instant of adding and a text, as two may be added in one second."""
    return one.added == other.added and share_text(one, other)


def share_text(one: Entry, other: Entry) -> bool:
    """Whether two entries have a text in common that tells a story."""
    return any(
        getattr(one, name) == getattr(other, name) is not None for name in ("title", "url", "summary", "body")
    )


def are_different(one: Entry, other: Entry) -> bool:
    """Whether all of several things that tell a story differ: a title alone may have been corrected."""
    names = ("title", "url", "summary", "body", "source", "date")
    pairs = [(getattr(one, name), getattr(other, name)) for name in names]
    told = [pair for pair in pairs if None not in pair]
    return len(told) > 1 and all(mine != theirs for mine, theirs in told)
