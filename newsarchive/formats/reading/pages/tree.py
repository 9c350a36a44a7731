"""A page of HTML as a tree that can be asked about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from lxml.etree import ElementDefaultClassLookup, HTMLParser, ParserError, XMLSyntaxError
from lxml.html import HtmlElement, document_fromstring

from newsarchive.errors import SourceError
from newsarchive.formats.reading.markup import LONGEST_STRUCK, STRUCK, plain_lines

_INLINE: Final = frozenset({"a", "span", "time", "img", "-text"})
_LINES: Final = frozenset({"br", "li", "tr"})
_CELLS: Final = frozenset({"td", "th"})


class Element:
    """An element with its attributes, and what is inside it in order: elements and texts.

    `children` are the elements directly inside; `size` counts the characters and elements at any depth, `digits`
    the texts and values there in which there are digits.
    """

    __slots__ = ("attributes", "children", "content", "digits", "parent", "size", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.content: list[Element | str] = []
        self.children: list[Element] = []
        self.size = 0
        self.digits = 0

    def get(self, name: str) -> str:
        """Return an attribute, empty if there is none."""
        return self.attributes.get(name, "")

    def has_word(self, name: str, *words: str) -> bool:
        """Whether an attribute that is a list of words, such as `class` or `rel`, has one of them."""
        value = self.attributes.get(name)
        return value is not None and not set(words).isdisjoint(value.lower().split())

    def ancestors(self) -> Iterator[Element]:
        """Yield what this is inside of, from the inside out."""
        parent = self.parent
        while parent is not None:
            yield parent
            parent = parent.parent

    def all(self, *tags: str) -> Iterator[Element]:
        """Yield this element and those inside it in their order; only those called `tags`, if any."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            if not tags or element.tag in tags:
                yield element
            waiting.extend(reversed(element.children))

    def text(self, *, without: frozenset[Element] = frozenset()) -> str:
        """Return the text in paragraphs and lines, without that of some elements inside."""
        return plain_lines("".join(_pieces(self, without)))

    def line(self) -> str:
        """Return the text in one line."""
        return " ".join(self.text().split())

    def short_line(self, longest: int) -> str:
        """Return the text in one line, empty for an element of more than that size.

        Elements may be inside each other: without the limit, all their lines could be as long as the page.
        """
        return self.line() if self.size <= longest else ""


def _pieces(element: Element, without: frozenset[Element]) -> Iterator[str]:
    waiting: list[Element | str] = [element]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, str):
            yield piece
        elif piece not in without:
            before, after = _breaks(piece.tag)
            yield before
            waiting.append(after)
            waiting.extend(reversed(piece.content))


def _breaks(tag: str) -> tuple[str, str]:
    """Return what stands before and after the text of an element, as in `markup`."""
    if tag in _INLINE:
        return "", ""
    if tag in _CELLS:
        return " ", " "
    return ("\n", "") if tag in _LINES else ("\n\n", "\n\n")


class Page:
    """A page: its root, and its elements in their order by what they are called."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.elements = list(root.all())
        self._named: defaultdict[str, list[Element]] = defaultdict(list)
        for element in self.elements:
            self._named[element.tag].append(element)

    def dissolve(self) -> None:
        """Let all elements go at once when the page does: circles of them would wait for the garbage collector."""
        for element in self.elements:
            element.parent = None

    def all(self, tag: str) -> Sequence[Element]:
        """Return the elements called `tag`."""
        return self._named.get(tag, ())

    def first(self, *tags: str) -> Element | None:
        """Return the first element that is called like the first of `tags` of which there are any."""
        return next((self._named[tag][0] for tag in tags if tag in self._named), None)


# --- from the parser's tree -------------------------------------------------------------------------------

HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
MAX_NESTING: Final = 250
"""The parser reads nothing that is nested deeper than 255 levels, and does not say so."""

_KEPT: Final = {
    **{
        name: name
        for name in (
            *HEADINGS,
            *("a", "address", "article", "aside", "base", "blockquote", "br", "div", "figcaption", "figure"),
            *("footer", "header", "hr", "img", "li", "link", "main", "meta", "nav", "ol", "p", "section"),
            *("span", "table", "tbody", "td", "tfoot", "th", "thead", "time", "title", "tr", "ul"),
        )
    },
    **dict.fromkeys(("center", "details", "dl", "fieldset", "pre", "summary"), "div"),
    **dict.fromkeys(("dd", "dt", "caption"), "p"),
    **dict.fromkeys(("abbr", "b", "em", "i", "small", "strong"), "span"),
}
"""What stands for the tags that are kept; of the others only what is inside them is."""

_NOT_READ: Final = frozenset(
    {
        *("button", "iframe", "noembed", "noframes", "noscript", "script", "select", "style", "svg"),
        *("template", "textarea", "xmp"),
    }
)
"""Of these nothing is, and nothing of what is inside."""

_ATTRIBUTES: Final = frozenset(
    ("class", "content", "datetime", "href", "id", "itemprop", "lang", "name", "property", "rel", "role")
)
_VALUES: Final = ("content", "datetime")
_LONGEST_VALUE: Final = 8192


def document_of(text: str) -> HtmlElement | None:
    """Return the tree of a page as its parser builds it, None where there is nothing in it."""
    parser = HTMLParser(
        collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    # The lookup of `lxml.html` asks Python for the class of each element, which takes half of the time.
    parser.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))
    try:
        return document_fromstring(text.encode(errors="replace"), parser)
    except (ParserError, XMLSyntaxError):  # it holds no element
        return None


def page_of(document: HtmlElement | None, place: str) -> Page:
    """Return the page of a document, with the elements that are read. Raises SourceError for deep nesting."""
    root = Element("html", {} if document is None else _attributes(document), None)
    if document is not None:
        _fill(root, document, place, 0)
    return Page(root)


def _fill(inside: Element, node: HtmlElement, place: str, depth: int) -> None:
    """Put what a node of the parser's tree holds into an element."""
    if depth > MAX_NESTING:
        raise SourceError(place, f"is nested deeper than {MAX_NESTING} levels")
    if node.text:
        _put_text(inside, node.text)
    for child in node:
        tag = child.tag
        name = _KEPT.get(tag)
        if name is not None:
            element = Element(name, _attributes(child), inside)
            element.digits += not element.attributes.keys().isdisjoint(_VALUES)
            inside.content.append(element)
            inside.children.append(element)
            _fill(element, child, place, depth + 1)
            inside.size += element.size + 1
            inside.digits += element.digits
        elif tag not in _NOT_READ and not _is_struck(child):
            _fill(inside, child, place, depth + 1)
        if child.tail:
            _put_text(inside, child.tail)


def _is_struck(node: HtmlElement) -> bool:
    return node.tag in STRUCK and len("".join(node.itertext())) <= LONGEST_STRUCK


_DIGIT: Final = re.compile(r"\d")


def _put_text(inside: Element, text: str) -> None:
    if text.isspace():
        inside.content.append(" ")
        inside.size += 1
        return
    bare = " ".join(text.split())
    if text[0].isspace():
        bare = f" {bare}"
    if text[-1].isspace():
        bare += " "
    inside.content.append(bare)
    inside.size += len(bare)
    inside.digits += _DIGIT.search(bare) is not None


def _attributes(node: HtmlElement) -> dict[str, str]:
    items = node.items()
    if not items:
        return {}
    return {name: value for name, value in items if name in _ATTRIBUTES and len(value) <= _LONGEST_VALUE}
