"""What stands around the story of a page: menus, comments, cards of other stories, archives by month."""

from __future__ import annotations

import functools
import re
from typing import Final

from newsarchive.formats.reading.pages.tree import Element, Page

_AROUND: Final = frozenset({"aside", "footer", "header", "nav"})
_OF_AN_ARTICLE: Final = frozenset({"footer", "header"})
"""What a story can have of its own, too."""
_ROLES: Final = ("banner", "complementary", "contentinfo", "navigation", "search")

# Words of the classes and ids that those who make pages give to what is not the story.
_WORDS: Final = r"""
    (?<![a-z]) (?:
        archives? | breadcrumbs? | calendar | comments? (?: list | form | meta )? | cookies? | disqus | footer
        | headlines | latest | menu | most (?: read | viewed | popular | commented )? | navigation | navbar
        | newsletter | pager | pagination | popular | promo | recent | recommend (?: ed | ations? )? | related
        | replies | reply | respond | sidebar | similar | suggest (?: ed | ions? )? | teasers? | ticker | trending
        | tweets? | twitter | widgets? | wm
    ) (?![a-z])
"""

_OWN_WORDS: Final = r"(?<![a-z]) (?: byline | date (?: time )? | meta | publi[a-z]+ ) (?![a-z])"
"""What they give to an aside that tells when and by whom the story was written."""


class Surroundings:
    """The elements that are around the story whose title is `heading`, and those in such elements."""

    def __init__(self, page: Page, heading: Element | None) -> None:
        self._own = _own(page, heading)
        self._judged: dict[Element, tuple[bool, bool]] = {}

    def __contains__(self, element: object) -> bool:
        return isinstance(element, Element) and self._judge(element)[0]

    def _judge(self, element: Element) -> tuple[bool, bool]:
        """Say whether an element is around the story, and whether it is in an article that the story is in."""
        if element not in self._judged:
            is_around, is_in_article = (
                (False, False) if element.parent is None else self._judge(element.parent)
            )
            if element in self._own:
                is_in_article = is_in_article or element.tag == "article"
            else:
                is_around = is_around or _is_around(element, is_in_article=is_in_article)
            self._judged[element] = is_around, is_in_article
        return self._judged[element]


def _own(page: Page, heading: Element | None) -> frozenset[Element]:
    """Return what the story is inside of; without a title, whatever holds most of the page."""
    if heading is not None:
        return frozenset([heading, *heading.ancestors()])
    return frozenset(element for element in page.elements if 2 * element.size > page.root.size)


def _is_around(element: Element, *, is_in_article: bool) -> bool:
    names = f"{element.get('class')} {element.get('id')}"
    if element.tag in _AROUND:
        is_own = is_in_article and (element.tag in _OF_AN_ARTICLE or _named(_OWN_WORDS, names))
        return not is_own
    return element.has_word("role", *_ROLES) or (len(names) > 1 and _named(_WORDS, names))


def _named(words: str, names: str) -> bool:
    return _compiled(words).search(names) is not None


@functools.cache
def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(words, re.VERBOSE | re.IGNORECASE)
