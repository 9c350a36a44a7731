"""The tags in an index, and those of them that a query means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from sqlite3 import Connection

from newsarchive.search.index.counts import kept
from newsarchive.text.tags import normal_tag


class IndexTags:
    """The tags of an index, looked up when they are first asked for and only then: there may be thousands."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def all(self) -> Sequence[str]:
        """Every tag as it is written."""
        return [tag for tag in kept(self._connection, "tag") if tag is not None]

    def spellings(self, wanted: Collection[str], beginnings: tuple[str, ...]) -> Iterator[str]:
        """Yield the tags that are one of `wanted`, or begin so, in their usual spelling."""
        for normal in wanted:
            yield from self._by_normal.get(normal, ())
        if beginnings:
            for normal, tags in self._by_normal.items():
                if normal.startswith(beginnings) and normal not in wanted:
                    yield from tags

    @cached_property
    def _by_normal(self) -> Mapping[str, Sequence[str]]:
        spellings: defaultdict[str, list[str]] = defaultdict(list)
        for tag in self.all:
            spellings[normal_tag(tag)].append(tag)
        return spellings
