"""The entries as the page shows them: text that steers nothing, links that run nothing, a language a line."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import Final, NamedTuple

from newsarchive.formats.base import Row
from newsarchive.formats.writing.html_words import shown
from newsarchive.formats.writing.relating import Tie
from newsarchive.text.languages import languages

_ADDRESS: Final = re.compile(r"(?:https?://[^\s/]|mailto:[^\s@]+@)\S*", re.IGNORECASE)
"""What may become a link. Everything else, such as `javascript:`, is shown as text."""

_RELATIONS: Final = {"translation": "Translation", "follow-up": "Follow-up", "same-story": "Same story"}


class Line(NamedTuple):
    """A paragraph, and the BCP 47 code of its language, empty when nobody knows."""

    text: str
    language: str


class Link(NamedTuple):
    """A tie to another entry: what kind, where that is, on this page or elsewhere, and what it is called."""

    label: str
    url: str
    title: Line


class Story(NamedTuple):
    """An entry as the page shows it. `url` is one to link to, `address` one that is only shown."""

    anchor: str
    title: str
    date: str | None
    url: str | None
    address: str | None
    language: str
    languages: Sequence[str]
    summary: Sequence[Line]
    body: Sequence[Line]
    tags: Sequence[str]
    relations: Sequence[Link]


def story(row: Row, ties: list[Tie], here: Container[int]) -> Story:
    """Return how the entry `row` is shown, with its `ties`; `here` are the ids of the entries on the page."""
    is_link = bool(row["url"] and _ADDRESS.fullmatch(row["url"]))
    codes = [shown(code) for code in row["languages"]]
    return Story(
        anchor=anchor(row),
        title=shown(row["title"]),
        date=row["date"],
        url=shown(row["url"]) if is_link else None,
        address=shown(row["url"]) if row["url"] and not is_link else None,
        language=_language(row),
        languages=codes,
        summary=_lines((row["summary"] or "").split("\n"), codes),
        body=_lines(re.split(r"\n\s*\n", row["body"] or ""), codes),
        tags=[shown(tag) for tag in row["tags"]],
        relations=list(_links(ties, here)),
    )


def anchor(row: Row) -> str:
    """Return what an address names the entry by, after the # sign."""
    return f"entry-{row['id']}"


def _language(row: Row) -> str:
    return shown(row["languages"][0]) if row["languages"] else ""


def _lines(texts: Sequence[str], codes: Sequence[str]) -> list[Line]:
    """Return the paragraphs that are not blank; in an entry of several languages each is judged by itself."""
    return [Line(shown(text, multiline=True), _judged(text, codes)) for text in texts if text.strip()]


def _judged(text: str, codes: Sequence[str]) -> str:
    if len(codes) < 2:
        return codes[0] if codes else ""
    return next((code for code in languages(text) if code in codes), codes[0])


def _links(ties: list[Tie], here: Container[int]) -> Iterator[Link]:
    """Yield links to what stands on the page or has an address of its own."""
    for kind, other in ties:
        url = f"#{anchor(other)}" if other["id"] in here else other["url"]
        if other["id"] in here or (url and _ADDRESS.fullmatch(url)):
            yield Link(_RELATIONS[kind], shown(url), Line(shown(other["title"]), _language(other)))
