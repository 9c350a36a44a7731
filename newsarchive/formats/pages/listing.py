"""A page that lists stories: repeated blocks that hold a title, a date and perhaps a text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple, TypeAlias

from newsarchive.formats.boilerplate import is_boilerplate, is_heading
from newsarchive.formats.pages.markup import HEADINGS
from newsarchive.formats.pages.tree import Element
from newsarchive.intake import MAX_TITLE

_MOST_TITLES: Final = 5_000
"""Of a page: for each, everything is gone through that it is inside of."""

_FARTHEST: Final = 64
"""Levels between a title and the block around it."""
_SHORTEST_LINK: Final = 12
"""Characters of a link that may be a title; a shorter one is `Read more` or a name."""

_Shape: TypeAlias = tuple[str, str, str]
"""What repeated blocks have in common: their tag, and tag and class of what they are in."""


class Block(NamedTuple):
    """What stands in one place of a list: elements next to each other."""

    elements: Sequence[Element]

    def all(self, *tags: str) -> Iterator[Element]:
        """Yield the elements inside that are called one of `tags`."""
        for element in self.elements:
            yield from element.all(*tags)

    @property
    def has_title(self) -> bool:
        """Whether something inside can be a title."""
        return any(True for _ in self.all(*HEADINGS, "a"))


class ListedStory(NamedTuple):
    """A story of a list; what it lacks is empty."""

    title: str
    date: str
    text: str
    url: str
    tags: tuple[str, ...]


def stories_in(page: Element, dates: Mapping[Element, str]) -> list[ListedStory]:
    """Return the stories of a page that lists at least two with one of its `dates`; else none."""
    held = Counter(outer for date in dates for outer in _around(date))
    groups = [[block for block in blocks if block.has_title] for blocks in _groups(page, dates, held)]
    best = max(groups, key=lambda blocks: _rank(blocks, held), default=[])
    stories = [story for block in _with_untitled(best, held) if (story := _story(block, dates)) is not None]
    return stories if sum(bool(story.date) for story in stories) >= 2 else []


def _around(element: Element) -> Iterator[Element]:
    """Yield an element and what it is inside of, as far as that can be a block."""
    yield element
    yield from islice(element.ancestors(), _FARTHEST)


def _rank(blocks: Sequence[Block], held: Mapping[Element, int]) -> tuple[int, int]:
    """Count the blocks with one date, then those with any: what holds several may be a list of its own."""
    counts = [sum(held.get(element, 0) for element in block.elements) for block in blocks]
    return counts.count(1), sum(map(bool, counts))


# --- blocks -----------------------------------------------------------------------------------------------


def _groups(
    page: Element, dates: Mapping[Element, str], held: Mapping[Element, int]
) -> Iterator[list[Block]]:
    """Yield, for each kind of element that may stand once in each story, the blocks around them."""
    marks = [[heading for heading in page.all(tag) if _is_title(heading)] for tag in HEADINGS]
    for marking in [*marks, list(dates)]:
        if 2 <= len(marking) <= _MOST_TITLES:
            yield _boxes(marking, held)
            yield from _runs(marking, dates)


def _is_title(heading: Element) -> bool:
    line = heading.line()
    return bool(line) and not is_heading(line)


def _boxes(marking: Sequence[Element], held: Mapping[Element, int]) -> list[Block]:
    """Return the blocks of the shape that most often holds a mark and a date, as large as they are."""
    holds = Counter(outer for mark in marking for outer in _around(mark))
    shapes: defaultdict[_Shape, dict[Element, Block]] = defaultdict(dict)
    for mark in marking:
        for outer in _around(mark):
            if holds[outer] > 1:
                break
            shapes[_shape(outer)][mark] = Block([outer])
    groups = [list(blocks.values()) for blocks in shapes.values()]
    return max(reversed(groups), key=lambda blocks: _rank(blocks, held), default=[])


def _shape(element: Element) -> _Shape:
    parent = element.parent
    return (element.tag, parent.tag, parent.get("class")) if parent else (element.tag, "", "")


def _runs(marking: Sequence[Element], dates: Mapping[Element, str]) -> Iterator[list[Block]]:
    """Yield the blocks of lists without boxes, where titles, dates and texts follow upon each other.

    What comes first begins each of its blocks: a title, or a date.
    """
    by_parent: defaultdict[Element, set[Element]] = defaultdict(set)
    for mark in marking:
        if mark.parent is not None:
            by_parent[mark.parent].add(mark)
    for parent, marks in by_parent.items():
        inside = parent.children
        first = next((child for child in inside if child in dates or child in marks), None)
        if len(marks) > 1 and first in marks:
            places = [index for index, child in enumerate(inside) if child in marks]
            yield [Block(inside[a:b]) for a, b in zip(places, [*places[1:], None], strict=True)]


def _with_untitled(blocks: Sequence[Block], held: Mapping[Element, int]) -> Sequence[Block]:
    """Add the boxes that stand among the others with a date and no title: they are to be reported."""
    boxes = {block.elements[0]: block for block in blocks}
    if any(len(block.elements) > 1 for block in blocks):
        return blocks
    tags = {box.tag for box in boxes}
    parents = dict.fromkeys(box.parent for box in boxes if box.parent)
    return [
        boxes.get(child, Block([child]))
        for parent in parents
        for child in parent.children
        if child in boxes or (child.tag in tags and held.get(child))
    ]


# --- what is in a block -----------------------------------------------------------------------------------


def _story(block: Block, dates: Mapping[Element, str]) -> ListedStory | None:
    """Return the story of a block, None when it has nothing but a title, or nothing at all."""
    date = next((element for element in block.all() if element in dates), None)
    title = _title(block, date)
    if title is None:
        return ListedStory("", dates[date], "", "", ()) if date is not None else None
    tags = [link for link in block.all("a") if link.has_word("rel", "tag")]
    without = frozenset(element for element in (date, title, *tags) if element is not None)
    lines = "\n".join(element.text(without=without) for element in block.elements).split("\n")
    text = "\n".join(line for line in lines if line and not is_boilerplate(line))
    url = _address(title, block)
    if date is None and not (url and text):
        return None
    shown = "" if date is None else dates[date]
    return ListedStory(title.line(), shown, text, url, tuple(tag.line() for tag in tags))


def _title(block: Block, date: Element | None) -> Element | None:
    """Return what is the title of a block: its first heading, else its first long link."""
    for element in block.all(*HEADINGS):
        if element is not date and element.line():
            return element
    for element in block.all("a"):
        if element is not date and len(element.short_line(MAX_TITLE)) >= _SHORTEST_LINK:
            return element
    return None


def _address(title: Element, block: Block) -> str:
    """Return where a title leads: the address of a link in it, around it, or of the first in its block."""
    around = [outer for outer in _around(title) if outer.tag == "a"]
    links = [*title.all("a"), *around[:1], *block.all("a")]
    return next(
        (link.get("href") for link in links if link.get("href") and not link.has_word("rel", "tag")), ""
    )
