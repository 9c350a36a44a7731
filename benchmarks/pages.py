"""Measure how well articles are read from web pages, beside the libraries that are used for it.

usage: pages.py FOLDER

The folder holds `bodies/` with `bodies.json` (the text of each page) and `dates/` with `dates.json` (the date of
each page, `nan` where it has none). Printed are precision, recall and F1 of the texts by their runs of four words,
each page counting the same; the part of the dates that is right, wrong and missing; the pages of `bodies/` that
are not read as one story; and the processor time of an import of all pages against that of trafilatura and
htmldate on the same pages.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from statistics import mean
from time import process_time
from typing import NamedTuple

import htmldate
import trafilatura

from newsarchive.entry import Entry
from newsarchive.formats.base import Item, Source
from newsarchive.formats.reading.pages.reader import PageReader
from newsarchive.intake import judge_languages
from newsarchive.store.snapshot import collector_paused

RUN = 4


class Scores(NamedTuple):
    """Precision and recall of a text."""

    precision: float
    recall: float


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[start : start + RUN]) for start in range(max(1, len(words) - RUN + 1)))


def scored(right: str, found: str) -> Scores:
    """Compare a text with the right one."""
    wanted, got = _runs(right), _runs(found)
    common = sum((wanted & got).values())
    return Scores(common / max(sum(got.values()), 1), common / max(sum(wanted.values()), 1))


def our_entries(path: Path) -> list[Entry]:
    """Return the entries of a page as an import makes them."""
    with collector_paused():
        found = list(PageReader().read(Source(path.name, path)))
    return [judge_languages(one.entry) for one in found if isinstance(one, Item)]


def our_text(entries: list[Entry]) -> str:
    """Return the text of the one story of a page."""
    return (entries[0].body or entries[0].summary or "") if len(entries) == 1 else ""


def our_date(entries: list[Entry]) -> str:
    """Return the date of the one story of a page."""
    return str(entries[0].date or "") if len(entries) == 1 else ""


def told(name: str, texts: Mapping[str, str], right: Mapping[str, str]) -> None:
    """Print how well texts are found."""
    scores = [scored(right[page], text) for page, text in texts.items()]
    precision, recall = mean(score.precision for score in scores), mean(score.recall for score in scores)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{name:12} texts: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")


def told_dates(name: str, dates: Mapping[str, str], right: Mapping[str, str]) -> None:
    """Print how many dates are right, wrong and missing."""
    counts = Counter(
        "right" if date == right[page].replace("nan", "") else "wrong" if date else "missing"
        for page, date in dates.items()
    )
    parts = [
        f"{kind} {counts[kind]} ({counts[kind] / len(dates):.1%})" for kind in ("right", "wrong", "missing")
    ]
    print(f"{name:12} dates: {', '.join(parts)}")


class Found(NamedTuple):
    """What was made of a page, and the processor time that it took: the libraries, then this program."""

    text: str
    date: str
    theirs: float
    entries: list[Entry]
    ours: float


def found_in(path: Path) -> Found:
    """Read a page in both ways, one after the other: the machine is as busy for the one as for the other."""
    start = process_time()
    text = trafilatura.extract(path.read_bytes(), include_comments=False) or ""
    date = htmldate.find_date(path.read_bytes(), extensive_search=False, original_date=True) or ""
    between = process_time()
    entries = our_entries(path)
    return Found(text, date, between - start, entries, process_time() - between)


def main(folder: Path) -> None:
    logging.disable(logging.CRITICAL)
    right = {kind: json.loads((folder / f"{kind}.json").read_text("utf-8")) for kind in ("bodies", "dates")}
    found = {kind: {name: found_in(folder / kind / name) for name in right[kind]} for kind in right}
    bodies, dates = found["bodies"], found["dates"]
    told("trafilatura", {page: one.text for page, one in bodies.items()}, right["bodies"])
    told("newsarchive", {page: our_text(one.entries) for page, one in bodies.items()}, right["bodies"])
    others = [page for page, one in bodies.items() if len(one.entries) != 1]
    print(f"{'newsarchive':12} not read as one story: {len(others)} of {len(bodies)} {' '.join(others)}")
    told_dates("htmldate", {page: one.date for page, one in dates.items()}, right["dates"])
    told_dates("newsarchive", {page: our_date(one.entries) for page, one in dates.items()}, right["dates"])
    every = [*bodies.values(), *dates.values()]
    ours, theirs = sum(one.ours for one in every), sum(one.theirs for one in every)
    print(
        f"time: newsarchive {ours:.1f} s, trafilatura and htmldate {theirs:.1f} s, ratio {ours / theirs:.2f}"
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
