"""One HTML page that needs nothing else: the archive by year, with a timeline, filters and a search."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from importlib import resources
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final, NamedTuple
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from newsarchive.formats.base import Row, WriterOptions
from newsarchive.formats.codec import dumps
from newsarchive.formats.writing.html_search import PageIndex, steps
from newsarchive.formats.writing.html_stories import Story, story
from newsarchive.formats.writing.html_timeline import FOOT, HEIGHT, timeline
from newsarchive.formats.writing.html_words import counted, host, language_name, shown, written_out
from newsarchive.formats.writing.relating import Relating, Tie
from newsarchive.thesaurus.countries import all_names
from newsarchive.thesaurus.thesaurus import Thesaurus

TITLE: Final = "News archive"
"""What the page is called unless the options say."""

UNDATED: Final = "undated"
"""What stands for the year of an entry without a date."""

_POLICY: Final = (
    "default-src 'none'; script-src {script}; style-src {style}; img-src data:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)

_FEED_TYPES: Final = {
    ".atom": "application/atom+xml",
    ".json": "application/feed+json",
    ".jsonfeed": "application/feed+json",
}
"""By the end of an address; a feed that does not tell is taken for RSS."""


class Year(NamedTuple):
    """A section of the page: the entries of a year, or those without a date."""

    key: str
    label: str
    stories: Sequence[Story]


class Choice(NamedTuple):
    """A filter: its id in the page, its label, what stands for no choice, what there is to choose."""

    id: str
    label: str
    everything: str
    options: Sequence[Option]


class Option(NamedTuple):
    """What can be chosen: as the script calls it, as readers call it, and the places of the entries."""

    value: str
    label: str
    places: Sequence[int]


class HtmlPageWriter(Relating):
    """Writes the page. It counts the entries before its first line, and so holds them all."""

    def __init__(self, options: WriterOptions | None = None) -> None:
        self.options = options or WriterOptions()

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the years, the newest first, in each the entries in the order they come."""
        ordered = sorted(rows, key=_year, reverse=True)  # keeps the order within a year
        here, elsewhere = {row["id"]: row for row in ordered}, self._row_of
        self.relate(lambda entry_id: here.get(entry_id) or elsewhere(entry_id))
        page = _environment().get_template("page.html").stream(_page(ordered, self.options, self.ties))
        page.enable_buffering(100)
        page.dump(out, encoding="utf-8")


def _year(row: Row) -> str:
    """Return the year of an entry, such that undated entries come last when the newest come first."""
    return row["date"][:4] if row["date"] else ""


# --- what the templates are given -------------------------------------------------------------------------


def _page(rows: Sequence[Row], options: WriterOptions, ties: Callable[[Row], list[Tie]]) -> dict[str, Any]:
    """Return the values that the templates name, for entries in the order of the page, by their `ties`."""
    choices = _choices(rows)
    years = _years(rows, ties)
    title = shown(options.title or TITLE)
    return {
        "title": title,
        "link": options.link,
        "self_link": options.self_link,
        "feed": options.feed,
        "feed_type": _feed_type(options.feed or ""),
        "total": len(rows),
        "years": years,
        "timeline": timeline({int(year.label): len(year.stories) for year in years if year.key != UNDATED}),
        "choices": choices,
        "index": _json(_index(rows, choices)),
        "linked_data": _json(_linked_data(title, options, years)),
    }


def _years(rows: Sequence[Row], ties: Callable[[Row], list[Tie]]) -> list[Year]:
    ids = {row["id"] for row in rows}
    stories: dict[str, list[Story]] = {}
    for row in rows:
        stories.setdefault(_year(row) or UNDATED, []).append(story(row, ties(row), ids))
    return [Year(key, _year_label(key), its) for key, its in stories.items()]


def _year_label(year: str) -> str:
    return "Undated" if year == UNDATED else year.lstrip("0")


def _choices(rows: Sequence[Row]) -> list[Choice]:
    """Return the filters of which some option leaves entries out."""
    choices = [
        _choice("year", "Year", "All years", [[_year(row) or UNDATED] for row in rows], _year_label),
        _choice("tag", "Tag", "All tags", [row["tags"] for row in rows], shown),
        _choice("language", "Language", "All languages", [row["languages"] for row in rows], language_name),
    ]
    return [choice for choice in choices if any(len(option.places) < len(rows) for option in choice.options)]


def _choice(
    id_: str, label: str, everything: str, values: Sequence[Sequence[str]], name: Callable[[str], str]
) -> Choice:
    places: dict[str, list[int]] = {}
    for place, its in enumerate(values):
        for value in dict.fromkeys(map(shown, its)):
            places.setdefault(value, []).append(place)
    ordered = places if id_ == "year" else sorted(places)  # years are in order already, the newest first
    return Choice(id_, label, everything, [Option(value, name(value), places[value]) for value in ordered])


def _index(rows: Sequence[Row], choices: Sequence[Choice]) -> dict[str, Any]:
    """Return what the script reads."""
    index = PageIndex(
        (
            ([row["title"], row["summary"] or "", row["body"] or "", *row["tags"]], row["languages"])
            for row in rows
        ),
        certain_words(),
    )
    members = {
        choice.id: {option.value: steps(option.places) for option in choice.options} for choice in choices
    }
    return {**index.data(), "members": members}


def certain_words() -> Collection[str]:
    """Return the words that no slip makes: names in the thesaurus that comes with the program, and countries."""
    return {*Thesaurus.load().single_words(), *all_names()}


def _linked_data(title: str, options: WriterOptions, years: Sequence[Year]) -> dict[str, Any]:
    """Return what search engines read: https://schema.org/NewsArticle, without what is not known.

    The summaries stand in the page; here they would make it half as large again.
    """
    articles = [_article(entry) for year in years for entry in year.stories]
    page = {"@context": "https://schema.org", "@type": "CollectionPage", "name": title}
    return _known({**page, "url": options.self_link, "isPartOf": options.link, "hasPart": articles})


def _article(entry: Story) -> dict[str, Any]:
    return _known(
        {
            "@type": "NewsArticle",
            "@id": f"#{entry.anchor}",
            "headline": entry.title,
            "datePublished": entry.date,
            "inLanguage": list(entry.languages),
            "url": entry.url,
            "keywords": list(entry.tags),
        }
    )


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _feed_type(feed: str) -> str:
    suffix = PurePosixPath(urlsplit(feed).path).suffix.lower()
    return _FEED_TYPES.get(suffix, "application/rss+xml")


def _anchor(year: str) -> str:
    return year if year == UNDATED else f"year-{year}"


# --- the templates ----------------------------------------------------------------------------------------


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("newsarchive", "templates/page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    scripts = ("folding.js", "sounds.js", "search.js", "asking.js", "marks.js", "page.js")
    style, script = _own("page.css"), _own(*scripts)
    environment.globals |= {
        "style": Markup(style),
        "script": Markup(script),
        "policy": _POLICY.format(script=_hash(script), style=_hash(style)),
        "chart_height": HEIGHT,
        "chart_foot": FOOT,
    }
    environment.filters.update(
        anchor=_anchor, counted=counted, host=host, language_name=language_name, written_out=written_out
    )
    return environment


def _own(*names: str) -> str:
    """Return texts that stand in the page as they are, and so must not end the element they stand in."""
    folder = resources.files("newsarchive") / "templates" / "page"
    text = "".join((folder / name).read_text(encoding="utf-8") for name in names)
    assert "</" not in text
    return text


def _hash(text: str) -> str:
    """Return what a content security policy knows an inline script or style by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json(value: Any) -> Markup:
    """Write a JSON value that a script element can hold: nothing in it ends that, or begins a comment."""
    text = dumps(value).decode()
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
