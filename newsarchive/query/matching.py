"""Turn the tree of a query into a test of entries: exact words, tags, dates, ids and states."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, tzinfo
from typing import Any, Final

from newsarchive.dates.local import local_time
from newsarchive.entry import TRANSLATION, Entry
from newsarchive.query.ids import id_filter
from newsarchive.query.normal import holds_languages, normal_address
from newsarchive.query.reading import Reading
from newsarchive.query.sought import finder
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
from newsarchive.text.codes import plain_language
from newsarchive.text.tags import normal_tag

Test = Callable[[Reading], bool]
TagAliases = Callable[[str], Collection[str]]


def matcher(
    node: Node, *, tag_aliases: TagAliases | None = None, timezone: tzinfo | None = None
) -> Callable[[Entry], bool]:
    """Return the test whether an entry matches `node`.

    `tag_aliases` gives the tags that stand for the same as a tag. The days of `added` and `modified` are
    those of `timezone`, by default the computer's own.
    """
    test = _Matching(tag_aliases, timezone).test(node)
    return lambda entry: test(Reading(entry))


class _Matching:
    """Builds the tests of nodes."""

    def __init__(self, tag_aliases: TagAliases | None, timezone: tzinfo | None) -> None:
        self.tag_aliases = tag_aliases
        self.timezone = timezone

    def test(self, node: Node) -> Test:
        """Return the test of any node."""
        return _TESTS[type(node)](self, node)

    def everything(self, _: Everything) -> Test:
        return lambda reading: True

    def group(self, group: Group) -> Test:
        return self.test(group.node)

    def negation(self, negation: Not) -> Test:
        test = self.test(negation.node)
        return lambda reading: not test(reading)

    def conjunction(self, conjunction: And) -> Test:
        tests = [self.test(node) for node in sorted(conjunction.nodes, key=_reads_text)]
        return lambda reading: all(test(reading) for test in tests)

    def disjunction(self, disjunction: Or) -> Test:
        tests = [self.test(node) for node in sorted(disjunction.nodes, key=_reads_text)]
        return lambda reading: any(test(reading) for test in tests)

    def words(self, sought: Word | Phrase) -> Test:
        is_in = finder(sought)
        return lambda reading: is_in(reading.text())

    def words_of_field(self, term: TextTerm) -> Test:
        if term.field == "url":
            part = normal_address(term.value.text)
            return lambda reading: part in normal_address(reading.entry.url or "")
        field, is_in = term.field, finder(term.value)
        return lambda reading: is_in(reading.text(field))

    def tag(self, term: TagTerm) -> Test:
        wanted, beginnings = wanted_tags(term, self.tag_aliases)
        if not beginnings:
            return lambda reading: not wanted.isdisjoint(map(normal_tag, reading.entry.tags))
        return lambda reading: any(
            tag in wanted or tag.startswith(beginnings) for tag in map(normal_tag, reading.entry.tags)
        )

    def language(self, term: LanguageTerm) -> Test:
        holds = holds_languages(term.code)
        return lambda reading: any(map(holds, map(plain_language, reading.entry.languages)))

    def days(self, term: DateTerm) -> Test:
        if term.field == "date":
            holds = term.range.holds
            return lambda reading: reading.entry.date is not None and holds(reading.entry.date)

        def is_within(reading: Reading) -> bool:
            instant = getattr(reading.entry, term.field)
            return instant is not None and term.range.holds_day(self._day_of(instant))

        return is_within

    def _day_of(self, instant: datetime) -> date:
        return local_time(instant, self.timezone).date()

    def ids(self, term: IdTerm) -> Test:
        holds = id_filter(term)
        return lambda reading: reading.entry.id is not None and holds(reading.entry.id)

    def state(self, term: IsTerm) -> Test:
        has_state = _STATES[term.state]
        return lambda reading: has_state(reading.entry)

    def presence(self, term: HasTerm) -> Test:
        field = term.field
        return lambda reading: bool(getattr(reading.entry, field))


def wanted_tags(term: TagTerm, aliases: TagAliases | None) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the tags that a term takes and what others may begin with, all in their usual spelling.

    Other names of a tag count, but not those of a beginning: that is what is written.
    """
    if term.prefix:
        return frozenset(), (normal_tag(term.tag),)
    wanted = frozenset(map(normal_tag, (term.tag, *(aliases(term.tag) if aliases else ()))))
    return wanted, tuple(f"{tag}/" for tag in wanted) if term.subtree else ()


def _reads_text(node: Node) -> bool:
    """Whether matching has to look at words, which is left to the last."""
    return not isinstance(node, TagTerm | LanguageTerm | DateTerm | IdTerm | IsTerm | HasTerm)


def _is_translated(entry: Entry) -> bool:
    return any(relation.kind == TRANSLATION for relation in entry.relations)


_STATES: Final[Mapping[str, Callable[[Entry], bool]]] = {
    "untagged": lambda entry: not entry.tags,
    "undated": lambda entry: entry.date is None,
    "translated": _is_translated,
    "untranslated": lambda entry: not _is_translated(entry),
}

_TESTS: Final[Mapping[type, Callable[[_Matching, Any], Test]]] = {
    Everything: _Matching.everything,
    Group: _Matching.group,
    Not: _Matching.negation,
    And: _Matching.conjunction,
    Or: _Matching.disjunction,
    Word: _Matching.words,
    Phrase: _Matching.words,
    TextTerm: _Matching.words_of_field,
    TagTerm: _Matching.tag,
    LanguageTerm: _Matching.language,
    DateTerm: _Matching.days,
    IdTerm: _Matching.ids,
    IsTerm: _Matching.state,
    HasTerm: _Matching.presence,
}
