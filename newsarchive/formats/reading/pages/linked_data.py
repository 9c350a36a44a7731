"""What a page tells search engines of its articles: https://schema.org/Article as JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from newsarchive.formats.codec import BadJsonError, loads
from newsarchive.formats.reading.markup import plain_text
from newsarchive.intake import split_tags

_ARTICLES: Final = frozenset(
    {
        *("AdvertiserContentArticle", "AnalysisNewsArticle", "Article", "BlogPosting", "NewsArticle"),
        *("BackgroundNewsArticle", "LiveBlogPosting", "OpinionNewsArticle", "PressRelease", "Report"),
        *("ReportageNewsArticle", "ReviewNewsArticle"),
    }
)
_CONTROLS: Final = r"[\x00-\x1f]"
"""What may not stand inside a text of JSON, and does where a text has several lines."""
_LARGEST: Final = 100_000
"""How many values of a script are looked through."""


def articles_in(scripts: Iterable[str]) -> list[dict[str, Any]]:
    """Return the articles that the scripts of a page describe, each once; what is no JSON is passed over."""
    found: list[dict[str, Any]] = []
    for script in scripts:
        with suppress(BadJsonError):
            found += _articles(loads(re.sub(_CONTROLS, " ", script).strip()))
    return list(
        {(text_in(article, "headline", "name"), address_in(article)): article for article in found}.values()
    )


def _articles(document: Any) -> Iterator[dict[str, Any]]:
    waiting, left = [document], _LARGEST
    while waiting and left:
        value, left = waiting.pop(), left - 1
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict) and _is_article(value):
            yield value
        elif isinstance(value, dict):
            waiting.extend(reversed(value.values()))


def _is_article(value: Mapping[str, Any]) -> bool:
    return any(kind.rpartition("/")[2] in _ARTICLES for kind in texts_of(value.get("@type")))


def texts_of(value: Any) -> list[str]:
    """Return the texts that a value is, or is a list of."""
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str)]


def text_in(article: Mapping[str, Any], *names: str) -> str:
    """Return the first of some values that is text, or a thing with a name; without markup."""
    for name in names:
        values = article.get(name)
        for value in values if isinstance(values, list) else [values]:
            text = value.get("name", value.get("@value")) if isinstance(value, dict) else value
            if isinstance(text, str) and text.strip():
                return plain_text(text)
    return ""


def address_in(article: Mapping[str, Any]) -> str:
    """Return where an article says it is."""
    for name in ("url", "mainEntityOfPage", "@id"):
        value = article.get(name)
        address = value.get("@id", value.get("url")) if isinstance(value, dict) else value
        if isinstance(address, str) and "://" in address:
            return address
    return ""


def names_in(value: Any) -> str:
    """Return the names of people, joined by semicolons."""
    people = value if isinstance(value, list) else [value]
    names = [person.get("name") if isinstance(person, dict) else person for person in people]
    return "; ".join(name for name in names if isinstance(name, str) and name)


def keywords_in(article: Mapping[str, Any]) -> list[str]:
    """Return the keywords of an article, which may be one text with commas."""
    return [tag for text in texts_of(article.get("keywords")) for tag in split_tags(text)]
