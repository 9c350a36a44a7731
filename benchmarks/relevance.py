"""Measure how well search ranks collections with relevance judgments, clean and with typos.

usage: relevance.py FOLDER... [--capitals]

A folder holds docs.jsonl {id, title, text}, queries.tsv and queries_typo.tsv (id, text) and qrels.txt
(query 0 document grade), as TREC collections do. Printed are nDCG@10 with binary gains for the queries as
they are and with typos, the ratio of the two, and the median and longest time of a query. Queries are read
as `search` reads what is typed. With --capitals all texts and queries are put in capitals first.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import mean, median
from time import perf_counter
from typing import NamedTuple

from newsarchive.entry import Entry
from newsarchive.query.parser import parse
from newsarchive.query.tree import Query
from newsarchive.search.postings import MemoryPostings
from newsarchive.search.ranking import search

DEPTH = 10


class Run(NamedTuple):
    """The figures of one set of queries: nDCG@10, and the time of each query in seconds."""

    ndcg: float
    times: list[float]


class Collection:
    """A collection, indexed in memory."""

    def __init__(self, folder: Path, *, capitals: bool = False) -> None:
        self._written = str.upper if capitals else str
        lines = (folder / "docs.jsonl").read_text(encoding="utf-8").splitlines()
        documents = [json.loads(line) for line in lines if line]
        self.folder = folder
        self.names = [document["id"] for document in documents]
        self.judged = _judgments(folder / "qrels.txt")
        self.postings = MemoryPostings(
            Entry(
                id=number,
                title=self._written(document["title"] or "-"),
                body=self._written(document["text"]),
            )
            for number, document in enumerate(documents, 1)
        )

    def run(self, queries: str) -> Run:
        """Search for each of the judged queries in the file of that name."""
        texts = dict(line.split("\t", 1) for line in (self.folder / queries).read_text("utf-8").splitlines())
        gains, times = [], []
        for name, relevant in self.judged.items():
            start = perf_counter()
            result = search(_query(self._written(texts[name])), self.postings, limit=DEPTH)
            times.append(perf_counter() - start)
            gains.append(_ndcg([self.names[hit.entry.known_id - 1] for hit in result.hits], relevant))
        return Run(mean(gains), times)


def _judgments(path: Path) -> Mapping[str, set[str]]:
    judged: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text("utf-8").splitlines():
        query, _, document, grade = line.split()
        if int(grade) > 0:
            judged[query].add(document)
    return judged


def _query(text: str) -> Query:
    """Read a judged query as `search` reads it, so that what it does to sentences and signs is measured."""
    return parse(text, today=date(2024, 12, 18), pasted=True)


def _ndcg(ranked: list[str], relevant: set[str]) -> float:
    gain = sum(1 / math.log2(rank + 1) for rank, name in enumerate(ranked, 1) if name in relevant)
    return gain / sum(1 / math.log2(rank + 1) for rank in range(1, min(DEPTH, len(relevant)) + 1))


def main(arguments: Sequence[str]) -> None:
    capitals = "--capitals" in arguments
    folders = [argument for argument in arguments if argument != "--capitals"]
    if not folders:
        sys.exit(__doc__)
    print(f"{'collection':16} {'clean':>6} {'typos':>6} {'ratio':>6} {'median ms':>10} {'longest ms':>10}")
    for folder in folders:
        collection = Collection(Path(folder), capitals=capitals)
        clean, typos = collection.run("queries.tsv"), collection.run("queries_typo.tsv")
        times = [1000 * seconds for seconds in clean.times + typos.times]
        print(
            f"{Path(folder).name:16} {clean.ndcg:6.4f} {typos.ndcg:6.4f} {typos.ndcg / clean.ndcg:6.3f}"
            f" {median(times):10.1f} {max(times):10.1f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
