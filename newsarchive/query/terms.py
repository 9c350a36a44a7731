"""Turn a value, with or without a field before it, into a node of the query's tree."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection
from datetime import date

from newsarchive.errors import BadDateError, BadOptionError, BadQueryError
from newsarchive.query.fields import PRESENCES, STATES, Field, find_field
from newsarchive.query.ids import parse_ids
from newsarchive.query.lexer import Token
from newsarchive.query.mistaken import Mistaken
from newsarchive.query.normal import normal_address
from newsarchive.query.spelling import did_you_mean
from newsarchive.query.tree import (
    DateTerm,
    HasTerm,
    IdTerm,
    IsTerm,
    LanguageTerm,
    Node,
    Phrase,
    TagTerm,
    TextTerm,
    Word,
)
from newsarchive.text.codes import canonical_language
from newsarchive.text.tags import normal_tag
from newsarchive.text.words import words


class Terms:
    """Builds the nodes of one query and gathers the notes for its reader."""

    def __init__(
        self,
        query: str,
        today: date,
        meant_tag: Callable[[str], str | None],
        *,
        writing: bool,
        fiscal: int | None,
    ) -> None:
        self.query = query
        self.today = today
        self.meant_tag = meant_tag
        self.writing = writing
        self.fiscal = fiscal
        self.notes: list[str] = []
        self._is_guarded = False  # whether a slip in the term would select nearly everything

    def node(self, token: Token, *, negated: bool = False) -> Node:
        """Return the node of a value; raises BadQueryError when its field cannot have it.

        Raises it too for what looks like a field and is none, where it is negated or the command writes.
        """
        if token.mistaken:
            self._heed(token, token.mistaken, negated=negated)
        self._is_guarded = negated and self.writing
        if token.field is None:
            return _text(token)
        builders: dict[str, Callable[[Token, Field], Node]] = {
            "text": self._text_term,
            "address": self._address_term,
            "tag": self._tag_term,
            "language": self._language_term,
            "date": self._date_term,
            "id": self._id_term,
            "state": self._state_term,
            "presence": self._presence_term,
        }
        return builders[token.field.kind](token, token.field)

    def _heed(self, token: Token, mistaken: Mistaken, *, negated: bool) -> None:
        """Refuse what looks like a field where it would select much that is not meant, else note it."""
        meant = mistaken.meant(self.today) if mistaken.is_known else None
        if not (negated or (self.writing and not (mistaken.stops and not meant))):
            if meant and not mistaken.stops:
                self.notes.append(f"note: {token.text} is looked for as words; did you mean {meant}?")
            return
        name = f"{mistaken.name}{mistaken.joint}"
        if not mistaken.name:
            reason = f"{token.text} is a range of nothing"
        elif find_field(mistaken.name) and mistaken.joint == ":":
            reason = f"no value stands directly behind '{name}'"
            meant = f"{name}VALUE" if mistaken.stops else meant
        else:
            reason = f"there is no field '{name}'"
        as_words = f"'\"{token.text}\"' looks for the words"
        raise self._fault(token, reason, f"did you mean '{meant}'? {as_words}" if meant else as_words)

    def _text_term(self, token: Token, field: Field) -> TextTerm:
        if not words(token.text):
            raise self._fault(
                token, f"{field.name}: needs a word", f"has:{field.name} asks whether there is one"
            )
        return TextTerm(field.name, _text(token))

    def _address_term(self, token: Token, field: Field) -> TextTerm:
        value = _text(token)
        if not normal_address(value.text):
            raise self._fault(token, "this is no part of an address", "has:url asks whether there is one")
        return TextTerm(field.name, value)

    def _tag_term(self, token: Token, _: Field) -> TagTerm:
        tag = normal_tag(token.text)
        subtree = tag.endswith("/*")
        prefix = tag.endswith("*") and not subtree
        term = TagTerm(tag.removesuffix("/*" if subtree else "*"), subtree, prefix)
        if not term.tag or "*" in term.tag:
            hint = "tag:species/* takes the tags below species, tag:press* all that begin so, has:tag any tag"
            raise self._fault(token, f"{token.text!r} is not a tag", hint)
        meant = None if term.prefix else self.meant_tag(term.tag)
        if meant and self._is_guarded:
            raise self._fault(token, f"there is no tag {term.tag!r} to leave out", f"did you mean {meant!r}?")
        if meant:
            self.notes.append(f"there is no tag {term.tag!r}; did you mean {meant!r}?")
        return term

    def _language_term(self, token: Token, _: Field) -> LanguageTerm:
        code = canonical_language(token.text)
        if not _language_code().fullmatch(code):
            raise self._fault(token, f"{token.text!r} is not a language code", "write lang:en or lang:ru")
        return LanguageTerm(code)

    def _date_term(self, token: Token, field: Field) -> DateTerm:
        from newsarchive.dates.ranges import parse_range  # spares start-up

        try:
            days = parse_range(token.text, today=self.today, fiscal=self.fiscal)
        except BadDateError as error:
            is_word = token.text.isalpha() and not token.quoted
            hint = f'what holds blanks is quoted: {field.name}:"until 2020"' if is_word else None
            raise self._fault(token, str(error), hint) from None
        if days.swapped:
            self.notes.append(f"{field.name}:{token.text} runs backwards and was turned round")
        if days.note:
            self.notes.append(f"note: {days.note}")
        return DateTerm(field.name, days, token.text)

    def _id_term(self, token: Token, _: Field) -> IdTerm:
        try:
            return parse_ids(token.text)
        except BadOptionError as error:
            raise self._fault(token, str(error)) from None

    def _state_term(self, token: Token, _: Field) -> IsTerm:
        return IsTerm(self._one_of(token, STATES, "is:"))

    def _presence_term(self, token: Token, _: Field) -> HasTerm:
        return HasTerm(PRESENCES[self._one_of(token, PRESENCES, "has:")])

    def _one_of(self, token: Token, known: Collection[str], field: str) -> str:
        """Return the value in lower case if it is known."""
        value = token.text.casefold()
        if value in known:
            return value
        meant = did_you_mean(value, known)
        hint = f"did you mean '{field}{meant}'?" if meant else f"it takes {', '.join(known)}"
        raise self._fault(token, f"unknown value {token.text!r} of '{field}'", hint)

    def _fault(self, token: Token, reason: str, hint: str | None = None) -> BadQueryError:
        return BadQueryError(self.query, token.position, reason, hint)


def _text(token: Token) -> Word | Phrase:
    """Return what was typed as a phrase, as the beginning of a word, or as a word."""
    if token.quoted:
        return Phrase(token.text)
    return Word(token.text.rstrip("*"), prefix=token.text.endswith("*"))


@functools.cache
def _language_code() -> re.Pattern[str]:
    return re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")
