"""Texts that are no page copied from the browser, though lines of them look like titles and dates."""

from __future__ import annotations

import re
from typing import Final

from newsarchive.formats.fields import field_called

_ENOUGH: Final = 4096
_BIBTEX: Final = r"(?:[ \t]*+(?:%[^\n]*+)?+\r?\n)*+[ \t]*+@[A-Za-z]+[ \t]*[{(][ \t]*[^\s,{}()=]+[ \t]*,"
_XML: Final = r"\s*<\?xml\s"
_BEFORE_ROOT: Final = r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!DOCTYPE[^>]{0,400}>\s*)?(?:<!--[^>]{0,400}>\s*)?<"
_AS_RIS: Final = "which is not read; save it as RIS or CSL-JSON, and import that"
_KINDS: Final = (
    (
        rf"{_BEFORE_ROOT}opml[\s>]",
        "is a list of feeds (OPML) and holds no stories; import the feeds that it names",
    ),
    (
        rf"{_BEFORE_ROOT}(?:urlset|sitemapindex)[\s>]",
        "is a sitemap, addresses without stories; import the pages themselves",
    ),
    (rf"{_BEFORE_ROOT}xml>\s*<records>", f"is the XML of EndNote, {_AS_RIS}"),
    (rf"{_BEFORE_ROOT}(?:\w+:)?mods(?:Collection)?[\s>]", f"is MODS, {_AS_RIS}"),
    (rf"{_BEFORE_ROOT}(?:\w+:)?(?:collection|record)\s[^>]{{0,400}}MARC21", f"is MARC in XML, {_AS_RIS}"),
    (r"[0-9]{5}[a-z]{3}[ a-z0-9][ a]22[0-9]{5}", f"is MARC, {_AS_RIS}"),
    (r"\s*PMID- [0-9]", f"is in the format of PubMed, {_AS_RIS}"),
)
"""What begins as a document of another kind does, and what is said of it."""
_LIST_OF_YAML: Final = r"""(?x)
    (?: [ \t]*+ (?: \#[^\n]*+ | %YAML[^\n]*+ | ---[ \t]*+ )?+ \n )*+   # comments, and the mark of a document
    [ \t]*+ - [ \t]++ ["']? (?P<key> [^\W\d_][\w-]{0,30} ) ["']? [ \t]*+ : (?= [ \t\r\n] ) [^\n]*+ \n
    (?: [ \t][^\n]*+ \n | \r?\n | \#[^\n]*+ \n )*?             # what goes on, blank lines, comments
    (?: [ \t]++ ["']? [^\W\d_][\w-]*+ | [ \t]*+ - [ \t]++ ["']? (?P=key) ) ["']? [ \t]*+ : (?: [ \t\r\n] | $ )
"""
"""One line alone may be of a page: a second key of the same item, or the same key of the next one, is to follow."""


def foreign_kind(text: str) -> str | None:
    """Say what a document is that is of a kind which others read, as `foreign_notation` does."""
    opening = text[:_ENOUGH]
    return next((told for pattern, told in _KINDS if re.match(pattern, opening)), None)


def foreign_notation(text: str) -> str | None:
    """Say what a text is that is written for programs, with the remedy, as the rest of a sentence; else None."""
    opening = text[:_ENOUGH]
    if (told := foreign_kind(opening)) is not None:
        return told
    if re.match(_BIBTEX, opening):
        return "is BibTeX, which is written and not read; save it as RIS or CSL-JSON, and import that"
    if re.match(_XML, opening):
        return "is XML, and none of a kind that is read; docs/importing.md lists those"
    key = re.match(_LIST_OF_YAML, opening)
    if key and field_called(key["key"]):
        return "is a list in YAML, which is not read; make JSON of it, and import that"
    return None
