"""From the tree of a query to a condition on the rows of `entry`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from itertools import chain, product
from math import prod
from sqlite3 import Connection
from typing import Any, Final

from newsarchive.entry import Entry
from newsarchive.query.ids import id_filter
from newsarchive.query.matching import TagAliases, matcher, wanted_tags
from newsarchive.query.normal import is_exact_language, normal_address
from newsarchive.query.sought import counterparts
from newsarchive.query.tree import (
    And,
    DateTerm,
    Everything,
    Group,
    HasTerm,
    IdTerm,
    IsTerm,
    LanguageTerm,
    Node,
    Not,
    Or,
    Phrase,
    TagTerm,
    TextTerm,
    Word,
)
from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.search.index.contents import TRANSLATED, day_number, instant_of, present_bit
from newsarchive.search.index.counts import kept
from newsarchive.search.index.expressions import Condition, Expression, among, either, joined
from newsarchive.search.index.sql import HIGHEST, MANY, any_of, beginning_with, holding, values_of
from newsarchive.search.index.tags import IndexTags
from newsarchive.search.index.vocabulary import IndexVocabulary
from newsarchive.text.codes import plain_language
from newsarchive.text.key import key
from newsarchive.text.words import stands_alone, words

_ALWAYS: Final = Condition("1")
_DAY: Final = 86_400_000_000  # microseconds
_DAY_ONE: Final = date(1970, 1, 1).toordinal()


def condition_of(
    node: Node,
    connection: Connection,
    vocabulary: IndexVocabulary,
    tag_aliases: TagAliases | None,
    tags: IndexTags | None = None,
) -> Condition:
    """Return the condition of a node; `tag_aliases` gives the tags that stand for the same as a tag.

    `tags` are those of the connection, where they were looked up before.
    """
    return _Translation(connection, vocabulary, tags or IndexTags(connection), tag_aliases).of(node)


class _Translation:
    """Builds the conditions of nodes."""

    def __init__(
        self,
        connection: Connection,
        vocabulary: IndexVocabulary,
        tags: IndexTags,
        tag_aliases: TagAliases | None,
    ) -> None:
        self._connection = connection
        self._vocabulary = vocabulary
        self._tags = tags
        self._tag_aliases = tag_aliases

    def of(self, node: Node) -> Condition:
        """Return the condition of any node."""
        return _CONDITIONS[type(node)](self, node)

    def everything(self, _: Everything) -> Condition:
        return _ALWAYS

    def group(self, group: Group) -> Condition:
        return self.of(group.node)

    def negation(self, negation: Not) -> Condition:
        inner = self.of(negation.node)
        without = Expression(f"NOT ({inner.sql})", inner.values)
        sure = without if inner.is_exact else either(without, inner.doubt)
        return Condition(*sure, inner.doubt)

    def conjunction(self, conjunction: And) -> Condition:
        return joined(" AND ", map(self.of, conjunction.nodes))

    def disjunction(self, disjunction: Or) -> Condition:
        return joined(" OR ", map(self.of, disjunction.nodes))

    def words(self, sought: Word | Phrase) -> Condition:
        return self._words_in(TEXT_FIELDS, sought)

    def words_of_field(self, term: TextTerm) -> Condition:
        if term.field in TEXT_FIELDS:
            return self._words_in((term.field,), term.value)
        return self._in_address(term.value.text) if term.field == "url" else self._in_source(term)

    def _in_address(self, text: str) -> Condition:
        part = normal_address(text)
        # SQLite makes small only the letters of ASCII: any other address may hold the part.
        select = "SELECT id, url FROM address WHERE instr(lower(url), ?) OR length(url) <> length(CAST(url AS BLOB))"
        rows = self._connection.execute(select, (part,))
        return among(entry_id for entry_id, url in rows if part in normal_address(url))

    def _in_source(self, term: TextTerm) -> Condition:
        """Few sources are those of many entries; each is matched once."""
        matches = matcher(term)
        sources = filter(None, kept(self._connection, "source"))
        values = values_of(source for source in sources if matches(Entry(title="-", source=source)))
        select = "id IN (SELECT id FROM source WHERE source IN (SELECT value FROM json_each(?)))"
        return Condition(select, (values,))

    def _words_in(self, fields: Sequence[str], sought: Word | Phrase) -> Condition:
        """Words that stand side by side may do so in two different tags, which is no match."""
        folded = words(sought.text)
        is_prefix = isinstance(sought, Word) and sought.prefix
        places = [*map(self._alike, folded[:-1]), folded[-1:] if is_prefix else self._alike(folded[-1])]
        if prod(map(len, places)) > MANY:
            expression = " AND ".join(f"({any_of(place)})" for place in places[: -1 if is_prefix else None])
        elif is_prefix:
            expression = " OR ".join(beginning_with(" ".join(reading)) for reading in product(*places))
        else:
            expression = any_of(map(" ".join, product(*places)))
        select, values = holding(fields, expression)
        condition = Condition(f"id IN ({select})", values)
        return condition if len(folded) == 1 else condition.doubted()

    def _alike(self, word: str) -> Collection[str]:
        """Return a word and those of the other script that pass for it; of a single character, its pairs."""
        if stands_alone(word):
            return self._vocabulary.containing(word) or [word]
        return [word, *counterparts(word, self._vocabulary.sounding(key(word)))]

    def tag(self, term: TagTerm) -> Condition:
        wanted, beginnings = wanted_tags(term, self._tag_aliases)
        tags = self._tags.spellings(wanted, beginnings)
        select = "id IN (SELECT id FROM tag WHERE tag IN (SELECT value FROM json_each(?)))"
        return Condition(select, (values_of(tags),))

    def language(self, term: LanguageTerm) -> Condition:
        code = plain_language(term.code)
        if is_exact_language(term.code):
            return Condition("id IN (SELECT id FROM language WHERE language = ?)", (code,))
        # A full stop is what comes behind a hyphen. Both by OR takes SQLite twice the time.
        longer = "SELECT id FROM language WHERE language >= ? AND language < ?"
        select = f"id IN (SELECT id FROM language WHERE language = ? UNION ALL {longer})"
        return Condition(select, (code, f"{code}-", f"{code}."))

    def days(self, term: DateTerm) -> Condition:
        start, end = term.range.start, term.range.end
        if term.field != "date":
            return self._instants(term)
        within = [Condition("first IS NOT NULL")]
        within += [Condition("first >= ?", (day_number(start),))] if start else []
        # What ends by then also begins by then, and only that lets the index leave out the days behind.
        within += [Condition("first <= ? AND last <= ?", (day_number(end),) * 2)] if end else []
        return joined(" AND ", within)

    def _instants(self, term: DateTerm) -> Condition:
        """Which day it was depends on the time zone: for a day more at both ends each instant is looked at."""
        field, start, end = term.field, term.range.start, term.range.end
        certain, edges = list[Condition](), list[Condition]()
        if start:
            certain.append(Condition(f"{field} >= ?", (_midnight(start) + _DAY,)))
            edges.append(_between(field, _midnight(start) - _DAY, _midnight(start) + _DAY))
        if end:
            certain.append(Condition(f"{field} < ?", (_midnight(end),)))
            edges.append(_between(field, _midnight(end), _midnight(end) + 2 * _DAY))
        near = joined(" OR ", edges)
        instants = self._connection.execute(
            f"SELECT DISTINCT {field} FROM entry WHERE {near.sql}", near.values
        )
        try:
            within = [instant for (instant,) in instants if term.range.holds_day(_local_day(instant))]
        except (OverflowError, ValueError):  # where the day is that of the time zone in which it was written
            told = near.doubted()
        else:
            told = Condition(f"{field} IN (SELECT value FROM json_each(?))", (values_of(within),))
        held = joined(" OR ", [joined(" AND ", certain), told])
        return joined(
            " AND ", [Condition(f"{field} IS NOT NULL"), held]
        )  # what is missing holds no day, nor NULL

    def ids(self, term: IdTerm) -> Condition:
        if len(term.ranges) > MANY:
            every = self._connection.execute("SELECT id FROM entry")
            return among(filter(id_filter(term), chain.from_iterable(every)))
        singles = [low for low, high in term.ranges if low is not None and low == high]
        within = [among(singles)]
        for low, high in term.ranges:
            if low is None or low != high:
                within.append(Condition("id BETWEEN ? AND ?", (low or 0, HIGHEST if high is None else high)))
        return joined(" OR ", within)

    def state(self, term: IsTerm) -> Condition:
        return _STATES[term.state]

    def presence(self, term: HasTerm) -> Condition:
        return _has(present_bit(term.field))


def _has(bit: int) -> Condition:
    return Condition("present & ?", (bit,))


def _lacks(bit: int) -> Condition:
    return Condition("NOT (present & ?)", (bit,))


def _between(field: str, start: int, end: int) -> Condition:
    return Condition(f"{field} >= ? AND {field} < ?", (start, end))


def _local_day(microseconds: int) -> date:
    """Return the day of an instant as the computer's clock had it. Raises OverflowError, ValueError."""
    return instant_of(microseconds).astimezone().date()


def _midnight(day: date) -> int:
    """Return the microseconds from the beginning of 1970 to that of `day`."""
    return (day.toordinal() - _DAY_ONE) * _DAY


_STATES: Final[Mapping[str, Condition]] = {
    "untagged": _lacks(present_bit("tags")),
    "undated": _lacks(present_bit("date")),
    "translated": _has(TRANSLATED),
    "untranslated": _lacks(TRANSLATED),
}

_CONDITIONS: Final[Mapping[type, Callable[[_Translation, Any], Condition]]] = {
    Everything: _Translation.everything,
    Group: _Translation.group,
    Not: _Translation.negation,
    And: _Translation.conjunction,
    Or: _Translation.disjunction,
    Word: _Translation.words,
    Phrase: _Translation.words,
    TextTerm: _Translation.words_of_field,
    TagTerm: _Translation.tag,
    LanguageTerm: _Translation.language,
    DateTerm: _Translation.days,
    IdTerm: _Translation.ids,
    IsTerm: _Translation.state,
    HasTerm: _Translation.presence,
}
