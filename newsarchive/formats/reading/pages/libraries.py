"""What the libraries of the field find in a page: trafilatura its text, htmldate its date."""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Iterator
from typing import Any, Final

from lxml.etree import _Element
from lxml.html import HtmlElement

from newsarchive.dates.partial import PartialDate
from newsarchive.errors import BadDateError
from newsarchive.formats.reading.markup import LONGEST_STRUCK, plain_lines

MAX_ELEMENTS: Final = 10_000
"""Of a page for these libraries, which take quadratic time for some; the largest news pages have half of it."""

# What they may come upon without expecting it, in pages that no program for writing pages has written.
_SURPRISES: Final = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
_LATEST: Final = "2099-12-31"
"""Said to htmldate, which otherwise believes no date after the day on which it runs."""

_OTHERS: Final = r"""
    (?<![A-Za-z]) (?i: archives? | comments? (?: list )? | disqus | most (?:read|popular) | related | replies
    | tweets? | twitter | widgets? ) (?![a-z])
"""
"""Words of the classes and ids of what has dates of its own."""

_CELL: Final = "cell"
_LINES: Final = frozenset({"item", "lb", "row"})
_INLINE: Final = frozenset({"code", "del", "graphic", "hi", "ref"})
_STRUCK: Final = "del"


def extracted_text(document: HtmlElement, prose: int) -> str:
    """Return the text of the story that a page is, in paragraphs, without what surrounds it; empty if none.

    `prose` counts the characters in its long paragraphs. The document has no characters that `drop_controls`
    takes out.
    """
    text = _extracted(document, fast=True)
    # Much more than the page has in paragraphs is menus and cards; with nothing else to go by, the library
    # compares what two others find, which takes as long again, and for stories is the worse choice as often.
    if not text or len(text) > _MUCH_MORE * max(prose, _LITTLE):
        text = _extracted(document, fast=False) or text
    return text


_MUCH_MORE: Final = 4
_LITTLE: Final = 200
"""Characters of prose, less than a story has."""


def _extracted(document: HtmlElement, *, fast: bool) -> str:
    try:
        found = _trafilatura().bare_extraction(document, include_comments=False, fast=fast)
    except _SURPRISES:
        return ""
    return "" if found is None else plain_lines("".join(_pieces(found.body)))


def dated(document: HtmlElement) -> str:
    """Return the date of a page as ISO has it, empty if the library finds none.

    The document is changed: what programs are told of other things than the page, comments and the like go
    out of it.
    """
    from htmldate import find_date  # spares start-up: only for pages that do not say their date plainly

    for element in list(document.iter()):
        if element.tag == "script" or (_is_other(element) and element.getparent() is not None):
            element.drop_tree()
    try:
        found = find_date(document, extensive_search=False, original_date=True, max_date=_LATEST)
        return str(PartialDate.from_iso(found or ""))
    except (BadDateError, *_SURPRISES):
        return ""


_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def without_controls(text: str) -> str:
    """Return a text without the characters that `drop_controls` takes out of a document."""
    return _UNFIT.sub("", text)


def drop_controls(document: HtmlElement) -> None:
    """Take characters out of a document that lxml reads, as `&#27;`, and refuses when a text is put elsewhere."""
    if not _UNFIT.search("".join(document.itertext())):
        return
    for element in document.iter():
        if isinstance(element.text, str) and _UNFIT.search(element.text):
            element.text = _UNFIT.sub("", element.text)
        if element.tail and _UNFIT.search(element.tail):
            element.tail = _UNFIT.sub("", element.tail)


def _is_other(element: HtmlElement) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return (
        len(names) > 1 and re.search(_OTHERS, names, re.VERBOSE) is not None and element.find(".//h1") is None
    )


@functools.cache
def _trafilatura() -> Any:
    """Return the library, which talks to nobody here."""
    for name in ("trafilatura", "htmldate", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    import trafilatura  # spares start-up: half a second

    return trafilatura


def _pieces(element: _Element) -> Iterator[str]:
    if element.tag == _STRUCK and len("".join(element.itertext())) <= LONGEST_STRUCK:
        return
    before, after = _breaks(element.tag)
    yield before
    yield " ".join((element.text or "").split("\n"))
    for child in element:
        yield from _pieces(child)
        yield " ".join((child.tail or "").split("\n"))
    yield after


def _breaks(tag: str) -> tuple[str, str]:
    """Return what stands before and after the text of an element of trafilatura's, as in `tree`."""
    if tag in _INLINE:
        return "", ""
    if tag == _CELL:
        return " ", " "
    return ("\n", "") if tag in _LINES else ("\n\n", "\n\n")
