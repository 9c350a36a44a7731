"""A page of HTML as a tree that can be asked about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from newsarchive.formats.reading.markup import plain_lines

_INLINE: Final = frozenset({"a", "span", "time", "img", "-text"})
_LINES: Final = frozenset({"br", "li", "tr"})
_CELLS: Final = frozenset({"td", "th"})


class Element:
    """An element with its attributes, and what is inside it in order: elements and texts.

    `children` are the elements directly inside; `size` counts the characters and elements at any depth.
    """

    __slots__ = ("attributes", "children", "content", "parent", "size", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.content: list[Element | str] = []
        self.children: list[Element] = []
        self.size = 0

    def get(self, name: str) -> str:
        """Return an attribute, empty if there is none."""
        return self.attributes.get(name, "")

    def has_word(self, name: str, *words: str) -> bool:
        """Whether an attribute that is a list of words, such as `class` or `rel`, has one of them."""
        return not set(words).isdisjoint(self.get(name).lower().split())

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

    def all(self, tag: str) -> Sequence[Element]:
        """Return the elements called `tag`."""
        return self._named.get(tag, ())

    def first(self, *tags: str) -> Element | None:
        """Return the first element that is called like the first of `tags` of which there are any."""
        return next((self._named[tag][0] for tag in tags if tag in self._named), None)


def parse(markup: str) -> Page:
    """Read a page in simplified markup."""
    return Page(_root(markup))


def _root(markup: str) -> Element:
    node: Any = LexborHTMLParser(markup).root
    root = inside = Element("html", {} if node is None else _attributes(node), None)
    node = None if node is None else node.first_child
    while node is not None:
        element = _put(node, inside)
        if element is not None and node.first_child is not None:
            node, inside = node.first_child, element
            continue
        while node.next is None:
            if inside.parent is None:
                return root
            inside.parent.size += inside.size
            node, inside = node.parent, inside.parent
        node = node.next
    return root


def _put(node: Any, inside: Element) -> Element | None:
    """Put what a node of the parser's is into an element; return it if it is an element itself."""
    if node.tag == "-text":
        text = re.sub(r"\s+", " ", node.text_content)
        inside.content.append(text)
        inside.size += len(text)
        return None
    element = Element(node.tag, _attributes(node), inside)
    inside.content.append(element)
    inside.children.append(element)
    inside.size += 1
    return element


def _attributes(node: Any) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}
