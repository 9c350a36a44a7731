"""A page that lists stories: repeated blocks that hold a title, a date and perhaps a text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, takewhile
from typing import Final, NamedTuple, TypeAlias

from newsarchive.dates.parsing import date_line
from newsarchive.formats.reading.boilerplate import is_boilerplate, is_heading
from newsarchive.formats.reading.pages.tree import HEADINGS, Element, Page
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
    """What stands in one place of a list: elements next to each other, and the title among them if known."""

    elements: Sequence[Element]
    title: Element | None = None

    def all(self, *tags: str) -> Iterator[Element]:
        """Yield the elements inside, or those called one of `tags`."""
        for element in self.elements:
            yield from element.all(*tags)


class ListedStory(NamedTuple):
    """A story of a list; what it lacks is empty.

    `language` is what is declared for it alone, empty where that is none, None where it is that of the page.
    """

    title: str
    date: str
    text: str
    url: str
    tags: tuple[str, ...]
    language: str | None = None


class _Dates(NamedTuple):
    """The dates that a page shows, and how many each element holds."""

    shown: Mapping[Element, str]
    held: Mapping[Element, int]


def stories_in(page: Page, dates: Mapping[Element, str]) -> list[ListedStory]:
    """Return the stories of a page that lists at least two with one of its `dates`; else none."""
    known = _Dates(dates, Counter(outer for date in dates for outer in _around(date)))
    groups = [[block for block in blocks if _title(block) is not None] for blocks in _groups(page, known)]
    best = max(groups, key=lambda blocks: (_rank(blocks, known), _number_of_links(blocks)), default=[])
    stories = [_story(block, known) for block in _with_untitled(best, known)]
    # A menu of an archive has months for titles, which are dates, too.
    listed = [story for story in stories if story is not None and date_line(story.title) is None]
    return listed if sum(bool(story.date) for story in listed) >= 2 else []


def _around(element: Element) -> Iterator[Element]:
    """Yield an element and what it is inside of, as far as that can be a block."""
    yield element
    yield from islice(element.ancestors(), _FARTHEST)


def _rank(blocks: Sequence[Block], dates: _Dates) -> tuple[int, int]:
    """Count the blocks with one date, then those with any: what holds several may be a list of its own."""
    counts = [sum(dates.held.get(element, 0) for element in block.elements) for block in blocks]
    return counts.count(1), sum(map(bool, counts))


def _number_of_links(blocks: Sequence[Block]) -> int:
    titles = (_title(block) for block in blocks)
    return sum(title is not None and bool(_links_at(title)) for title in titles)


# --- blocks -----------------------------------------------------------------------------------------------


def _groups(page: Page, dates: _Dates) -> Iterator[list[Block]]:
    """Yield, for each kind of element that may stand once in each story, the blocks around them."""
    sections: set[Element] = set()
    for level, tag in enumerate(HEADINGS):
        titles = [heading for heading in page.all(tag) if (line := heading.line()) and not is_heading(line)]
        if 2 <= len(titles) <= _MOST_TITLES:
            yield _boxes({title: title for title in titles}, dates, sections)
            yield from _runs(titles, dates, HEADINGS[:level])
            sections.update(outer for title in titles for outer in _around(title))
    if len(dates.shown) >= 2:
        yield _boxes(dict.fromkeys(dates.shown), dates, set())
        yield from _runs(list(dates.shown), dates, ())


def _boxes(marks: Mapping[Element, Element | None], dates: _Dates, sections: set[Element]) -> list[Block]:
    """Return the boxes around marks that most often hold a date, as large as they can be.

    They are of one shape, hold one mark each, and are no `sections`, which have headings of a higher level.
    """
    holds = Counter(outer for mark in marks for outer in _around(mark))
    shapes: defaultdict[_Shape, dict[Element, Block]] = defaultdict(dict)
    for mark, title in marks.items():
        for outer in takewhile(lambda outer: holds[outer] == 1 and outer not in sections, _around(mark)):
            shapes[_shape(outer)][mark] = Block([outer], title)
    groups = [list(blocks.values()) for blocks in shapes.values()]
    return max(reversed(groups), key=lambda blocks: _rank(blocks, dates), default=[])


def _shape(element: Element) -> _Shape:
    parent = element.parent
    return (element.tag, parent.tag, parent.get("class")) if parent else (element.tag, "", "")


def _runs(marks: Sequence[Element], dates: _Dates, higher: Sequence[str]) -> Iterator[list[Block]]:
    """Yield the blocks of lists without boxes, where titles, dates and texts follow upon each other.

    What comes first begins each of them, a title or a date; a heading of a `higher` level ends them.
    """
    by_parent: defaultdict[Element, set[Element]] = defaultdict(set)
    for mark in marks:
        if mark.parent is not None:
            by_parent[mark.parent].add(mark)
    for parent, own in by_parent.items():
        inside = parent.children
        first = next(child for child in inside if child in dates.shown or child in own)
        places = [index for index, child in enumerate(inside) if child in own]
        if first in own and len(places) > 1:
            runs = [inside[a:b] for a, b in zip(places, [*places[1:], None], strict=True)]
            yield [Block(list(takewhile(lambda child: child.tag not in higher, run))) for run in runs]


def _with_untitled(blocks: Sequence[Block], dates: _Dates) -> Sequence[Block]:
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
        if child in boxes or (child.tag in tags and dates.held.get(child))
    ]


# --- what is in a block -----------------------------------------------------------------------------------


def _story(block: Block, dates: _Dates) -> ListedStory | None:
    """Return the story of a block, None when it has nothing but a title, or nothing at all."""
    date = next((element for element in block.all() if element in dates.shown), None)
    shown = "" if date is None else dates.shown[date]
    title = _title(block)
    if title is None:
        return ListedStory("", shown, "", "", ()) if shown else None
    tags = [link for link in block.all("a") if _is_tag(link)]
    without = frozenset(element for element in (date, title, *tags) if element is not None)
    lines = "\n".join(element.text(without=without) for element in block.elements).split("\n")
    text = "\n".join(line for line in lines if line and not is_boilerplate(line))
    links = [*_links_at(title), *(link.get("href") for link in block.all("a") if not _is_tag(link))]
    url = next(filter(None, links), "")
    if not shown and not (url and text):
        return None
    return ListedStory(title.line(), shown, text, url, tuple(tag.line() for tag in tags), _language(title))


def _title(block: Block) -> Element | None:
    """Return what is the title of a block: its first heading, else its first long link."""
    if block.title is not None:
        return block.title
    headings = (heading for heading in block.all(*HEADINGS) if heading.line())
    links = (link for link in block.all("a") if len(link.short_line(MAX_TITLE)) >= _SHORTEST_LINK)
    return next(headings, None) or next(links, None)


def _language(title: Element) -> str | None:
    """Return the language that is declared for a title or for what is around it, but not for the page."""
    declared = (outer.attributes.get("lang") for outer in _around(title) if outer.parent is not None)
    return next((language for language in declared if language is not None), None)


def _links_at(title: Element) -> list[str]:
    """Return the addresses of the links in a title or around it."""
    links = [*title.all("a"), *(outer for outer in _around(title) if outer.tag == "a")]
    return [address for link in links if (address := link.get("href"))]


def _is_tag(link: Element) -> bool:
    return link.has_word("rel", "tag")
