"""What a page is: an article, and which of those that it tells search engines of; or a list of stories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from newsarchive.formats.reading.pages.article import Told
from newsarchive.formats.reading.pages.linked_data import address_in, text_in
from newsarchive.formats.reading.pages.listing import ListedStory

_MUCH_MORE: Final = 4
"""Times the text of all others, and one of the stories is what the page is about."""
_SHORTEST_LINE: Final = 40
"""Characters of a line that may be text, not a button or a label."""
_SHORTEST: Final = 400
"""Characters of prose in one place, and a page that calls itself an article is one."""


def main_article(told: Told, data: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the data of the article that the page is, None if it is no article or says nothing of it.

    A page may describe others, too, such as those that are read most.
    """
    head = told.head
    titles = {_folded(heading.line()) for heading in told.page.all("h1")}
    titles |= {_folded(head.first("og:title")), _folded(head.title)} - {""}
    here = _bare(head.address)
    by_address = [article for article in data if here and _bare(address_in(article)) == here]
    by_title = [article for article in data if _folded(text_in(article, "headline", "name")) in titles]
    for found in (by_address, by_title):
        if found:
            return next((article for article in found if text_in(article, "datePublished")), found[0])
    if len(data) == 1 and not (here and titles and _is_elsewhere(data[0], here)):
        return data[0]
    return None


def is_article(told: Told, listed: Sequence[ListedStory]) -> bool:
    """Whether a page says that it is one, or has more text beside than in what it lists."""
    page, head = told.page, told.head
    if head.first("article:published_time") or any(
        element.has_word("itemprop", "articlebody") for element in page.elements
    ):
        return True
    prose = max(told.prose.values(), default=0)
    if head.first("og:type").lower() == "article" and prose >= _SHORTEST:
        return True
    if not listed:
        return prose >= _SHORTEST
    amounts = sorted(len(story.title) + len(story.text) for story in listed)
    if prose > sum(amounts):
        return True
    if amounts[-1] >= _SHORTEST and amounts[-1] > _MUCH_MORE * sum(amounts[:-1]):
        return True
    return bool(head.address or told.heading) and _text_beside(told, listed) > max(_SHORTEST, sum(amounts))


def _text_beside(told: Told, listed: Sequence[ListedStory]) -> int:
    """Count the characters of the text that a page has, without what it lists."""
    inside = {line for story in listed for line in (story.title, *story.text.split("\n"))}
    lines = (line.removeprefix("- ").strip() for line in told.text.split("\n"))
    return sum(len(line) for line in lines if len(line) >= _SHORTEST_LINE and line not in inside)


def _is_elsewhere(article: Mapping[str, Any], here: str) -> bool:
    """Whether an article says of itself that it is on another page."""
    address = _bare(address_in(article))
    return bool(address) and address != here and len(address.strip("/").split("/")) > 1


def _bare(address: str) -> str:
    """Return an address without what does not tell pages apart."""
    try:
        parts = urlsplit(address)
    except ValueError:  # a bracket that makes it look like IPv6
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}" if host else ""


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())
