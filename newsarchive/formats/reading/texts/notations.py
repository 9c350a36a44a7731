"""Texts that are no page copied from the browser, though lines of them look like titles and dates."""

from __future__ import annotations

import re
from typing import Final

from newsarchive.formats.fields import field_called

_ENOUGH: Final = 4096
_BIBTEX: Final = r"(?m)^[ \t]*@[A-Za-z]+[ \t]*[{(][ \t]*[^\s,{}()=]+[ \t]*,"
_XML: Final = r"\s*<\?xml\s"
_LIST_OF_YAML: Final = r"""(?x)
    (?: [ \t]*+ (?: \#[^\n]*+ | %YAML[^\n]*+ | ---[ \t]*+ )?+ \n )*+   # comments, and the mark of a document
    [ \t]*+ - [ \t]++ ["']? (?P<key> [^\W\d_][\w-]{0,30} ) ["']? [ \t]*+ : (?: [ \t\n] | $ )
"""


def foreign_notation(text: str) -> str | None:
    """Say what a text is that is written for programs, with the remedy, as the rest of a sentence; else None."""
    opening = text[:_ENOUGH]
    if re.search(_BIBTEX, opening):
        return "is BibTeX, which is written and not read; save it as RIS or CSL-JSON, and import that"
    if re.match(_XML, opening):
        return "is XML, and none of a kind that is read; docs/importing.md lists those"
    key = re.match(_LIST_OF_YAML, opening)
    if key and field_called(key["key"]):
        return "is a list in YAML, which is not read; make JSON of it, and import that"
    return None
