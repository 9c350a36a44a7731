"""Postings in the index: what ranking asks, answered from the tables."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import islice
from sqlite3 import Connection
from typing import Final

from newsarchive.query.matching import TagAliases
from newsarchive.query.tree import And, Everything, Node, Not
from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.groups import CLOSE, REQUIRED, WANTED, Group, Phrase
from newsarchive.search.index.bounds import Best, columns_of, silent_groups
from newsarchive.search.index.conditions import condition_of
from newsarchive.search.index.expressions import Condition, exact_matches
from newsarchive.search.index.holders import Holders
from newsarchive.search.index.payload import read_entries
from newsarchive.search.index.sql import values_of
from newsarchive.search.index.vocabulary import IndexVocabulary
from newsarchive.search.postings import Candidates, Document
from newsarchive.search.scoring import Scorer
from newsarchive.search.vocabulary import ending_so
from newsarchive.text.compounds import COMPOUNDING, may_compound

_NEWEST_FIRST: Final = "SELECT id FROM entry {} ORDER BY first DESC, last, id"


class IndexPostings:
    """An index in a file. It gives the same answers as MemoryPostings."""

    def __init__(self, connection: Connection, size: int, tag_aliases: TagAliases | None = None) -> None:
        self.size = size
        self.vocabulary = IndexVocabulary(connection)
        self._connection = connection
        self._tag_aliases = tag_aliases
        self._holders = Holders(connection, self.vocabulary)

    @cached_property
    def average_lengths(self) -> Sequence[float]:
        """See Postings."""
        rows = self._connection.execute("SELECT words, entries FROM field ORDER BY rowid")
        return [words / max(1, entries) for words, entries in rows]

    def compounds(self, last_part: str) -> Collection[str]:
        """See Counts."""
        if not self._has_compounds:
            return []
        return [word for word in ending_so(self.vocabulary.all_words, last_part) if self._is_compound(word)]

    @cached_property
    def _has_compounds(self) -> bool:
        # A full stop is what comes behind a hyphen.
        select = "SELECT 1 FROM language WHERE language = ? OR (language >= ? AND language < ?) LIMIT 1"
        asked = ((code, f"{code}-", f"{code}.") for code in sorted(COMPOUNDING))
        return any(self._connection.execute(select, values).fetchone() for values in asked)

    def _is_compound(self, word: str) -> bool:
        ids = self._holders.posting(word)[0]
        return any(may_compound(entry.languages) for entry in read_entries(self._connection, ids))

    def frequency(self, phrases: Collection[Phrase]) -> int:
        """See Counts."""
        if len(phrases) == 1:
            (phrase,) = phrases
            if [len(place) for place in phrase] == [1]:
                return self.vocabulary.frequency(*phrase[0])
        return len(self._holders.of(phrases))

    def may_find(self, needed: Sequence[Group], required: Sequence[Node]) -> bool:
        """See Postings."""
        if not all(group.frequency for group in needed if group.role in (REQUIRED, CLOSE)):
            return False
        if not required:
            matching = self._matching(needed, ())
            return matching is None or bool(matching)
        condition = self._condition_of(And(tuple(required)))
        select = f"SELECT EXISTS (SELECT 1 FROM entry WHERE {condition.sql})"
        return bool(self._connection.execute(select, condition.values).fetchone()[0])

    def find(self, groups: Sequence[Group], required: Sequence[Node], most: int | None = None) -> Candidates:
        """See Postings; of more than `most` only those are returned whose bound is high enough."""
        if not required and [(group.role, group.fields) for group in groups] == [(WANTED, TEXT_FIELDS)]:
            matching, total = None, groups[0].frequency  # which is told without all of their ids
        else:
            matching = self._matching(groups, required)
            total = self.size if matching is None else len(matching)
        if most is None or total <= most:
            matching = self._matching(groups, required)
            return Candidates(self._read(self._newest_first() if matching is None else matching), total)
        is_part = required or any(group.fields != TEXT_FIELDS or group.role == CLOSE for group in groups)
        score = Scorer(groups, self.size, self.average_lengths).score
        columns = columns_of(groups, self.size, self._holders, self._growth)
        best = Best(
            most,
            self._read,
            score,
            self._newest,
            allowed=matching if is_part else None,
            silent=silent_groups(groups, self.size, self._holders),
        )
        documents = best.of(columns)
        if sum(score(document) > 0 for document in documents) < most:
            matching = self._matching(groups, required)
            documents += self._read(islice(self._without_score(matching, columns), most))
        return Candidates(documents, total)

    def _matching(self, groups: Sequence[Group], required: Sequence[Node]) -> AbstractSet[int] | None:
        """Return the entries with a wanted group that match all that is required; None means every entry."""
        wanted = [group for group in groups if group.role == WANTED]
        holding = self._holding(wanted) if wanted else None
        for group in groups:
            if group.role == CLOSE:
                found = self._holders.of([member.phrase for member in group.members], group.fields)
                holding = found if holding is None else holding & found
        return self._filtered(holding, required) if required else holding

    def _holding(self, groups: Sequence[Group]) -> AbstractSet[int] | None:
        phrases: dict[tuple[str, ...], set[Phrase]] = {}
        for group in groups:
            phrases.setdefault(group.fields, set()).update(member.phrase for member in group.members)
        ids = set[int]().union(*(self._holders.of(wanted, fields) for fields, wanted in phrases.items()))
        return ids if len(ids) < self.size else None

    def _filtered(self, ids: AbstractSet[int] | None, required: Sequence[Node]) -> AbstractSet[int]:
        """Return those of `ids`, or of all, that match; what must not be there is in few, and is left out."""
        without = [node.node for node in required if isinstance(node, Not)]
        others = tuple(node for node in required if not isinstance(node, Not))
        found = self._matches(And(others) if others else Everything(), ids) if others or ids is None else ids
        unwanted = (self._matches(node, found) for node in without)
        return found - set[int]().union(*unwanted) if without else found

    def _matches(self, node: Node, ids: AbstractSet[int] | None) -> set[int]:
        return exact_matches(self._condition_of(node), node, self._connection, self._tag_aliases, ids)

    def _condition_of(self, node: Node) -> Condition:
        return condition_of(node, self._connection, self.vocabulary, self._tag_aliases)

    def _read(self, ids: Iterable[int]) -> list[Document]:
        return [Document(entry) for entry in read_entries(self._connection, list(ids))]

    def _newest(self, ids: Collection[int], count: int) -> Sequence[int]:
        """Return so many of these entries, the newest."""
        if len(ids) ** 2 > self.size * count:  # it takes a short while to come past enough of them
            wanted = set(ids)
            return list(islice(filter(wanted.__contains__, self._newest_first()), count))
        select = f"{_NEWEST_FIRST.format('WHERE id IN (SELECT value FROM json_each(?))')} LIMIT ?"
        return [entry_id for (entry_id,) in self._connection.execute(select, (values_of(ids), count))]

    def _newest_first(self) -> Iterator[int]:
        rows = self._connection.execute(_NEWEST_FIRST.format(""))
        return (entry_id for (entry_id,) in rows)

    def _without_score(
        self, matching: Container[int] | None, columns: Sequence[Container[int]]
    ) -> Iterator[int]:
        """Yield the entries that match and score nothing: they hold only words that tell nothing."""
        found = (
            self._newest_first() if matching is None else filter(matching.__contains__, self._newest_first())
        )
        return (entry_id for entry_id in found if not any(entry_id in column for column in columns))

    @property
    def _growth(self) -> float:
        """How much the average length of a field has grown at most since amounts were reckoned."""
        rows = self._connection.execute("SELECT usual_length FROM field ORDER BY rowid")
        usual: Sequence[float] = [length for (length,) in rows]
        return max(1.0, *(now / then for now, then in zip(self.average_lengths, usual, strict=True)))
