"""Compare newsarchive with programs that people use for such archives, on the same stories, in one run.

usage: python benchmarks/peers.py [--install] [--ratios] [--rounds 3] [--words 10] [--only NAME]... [SIZE]

SIZE (10,000) are stories of scale.py. Compared is what is installed of notmuch (`apt-get install notmuch` on Debian),
buku, papis, jrnl, tantivy, and SQLite with FTS5; `--install` puts the four that pip installs into a temporary
environment, in the versions of REQUIREMENTS. buku, papis and jrnl get 1,000 stories at most,
because they would take minutes for more (buku's import of 10,000 takes 90 s of the processor); newsarchive is
then measured with as many, too.

Every figure is of whole processes: milliseconds of the processor / by the clock. What each peer does:

    newsarchive  import and a first search, search, list, add, tag +reviewed tag:campaign
    notmuch      new and restore of the tags, search for messages, search '*', insert, tag --input
    buku         import of bookmarks, --sany, --print -20, --add, --stag campaign --update --tag + reviewed
    papis        cache reset with the SQLite backend, list, list --sort year, add, tag --all --append
    jrnl         import of a journal, -contains, -n 20, an entry, --edit of what has a tag, with sed for an editor
    tantivy      a program of its Python package: BM25, fuzzy query of distance 1, order by date, delete and add again
    SQLite FTS5  a program of Python's sqlite3: BM25, BM25 of trigrams, an index of dates, INSERT, INSERT ... SELECT

Mail files, folders of documents and the like are written before and not measured. Searched for are ten words that
three stories at most have, spelt right and misspelt (peer/stories.py): the median, and how many of the ten stories
are within the first ten that are printed. Of listing and adding the least of the rounds counts; building, and
tagging three tenths of the stories (3,000 at most), are done once. MB is the most that any process took.

The peers do what newsarchive does not: notmuch knows threads and attachments and tags without writing a message,
buku fetches titles and opens browsers, papis keeps PDFs and asks services for their data, jrnl encrypts, tantivy and
SQLite answer within a running program in less time than any process needs to start. newsarchive does in these figures
what they don't: inflected words and other scripts in every search, a plan, a record and a copy by which every
write can be undone, one file that people can read.

Install the program plainly (`pip install .`): an editable installation costs 50 ms by itself.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from peer.base import Cost, Peer
from peer.buku import Buku
from peer.jrnl import Jrnl
from peer.libraries import Fts5, Tantivy
from peer.notmuch import Notmuch
from peer.ours import Newsarchive
from peer.papis import Papis

PEERS: Sequence[type[Peer]] = (Newsarchive, Notmuch, Buku, Tantivy, Fts5, Papis, Jrnl)
REQUIREMENTS = ("buku==5.1", "papis==0.16.1", "jrnl==4.6", "tantivy==0.27.0")
STORIES = Path(__file__).with_name("peer") / "stories.py"
OPERATIONS = ("build", "search", "misspelt", "list_newest", "add", "tag")
HEADS = ("build", "search", "misspelt", "list", "add", "tag")
SEARCHES = ("search", "misspelt")


class Sought(NamedTuple):
    """A story that is looked for, by a word of its title and by the same misspelt."""

    number: int
    word: str
    misspelt: str


class Measured:
    """What was measured of a peer with `size` stories."""

    def __init__(self, peer: Peer, size: int, sought: Sequence[Sought]) -> None:
        self.peer, self.size, self.sought = peer, size, sought
        self.costs: dict[str, list[Cost]] = defaultdict(list)
        self.found: Counter[str] = Counter()

    def figure(self, operation: str) -> Cost:
        """Return the least of what an operation took; of searches, for different words, the median."""
        costs = self.costs[operation]
        choose = statistics.median if operation in SEARCHES else min
        return Cost(
            choose(cost.processor for cost in costs), choose(cost.wall for cost in costs), self.megabytes
        )

    @property
    def megabytes(self) -> float:
        """Return the most memory of all processes."""
        return max(cost.megabytes for costs in self.costs.values() for cost in costs)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("size", nargs="?", type=int, default=10_000)
    parser.add_argument("--install", action="store_true", help="install what pip can, for this run")
    parser.add_argument(
        "--ratios", action="store_true", help="print ratios to newsarchive's processor time as well"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--words", type=int, default=10, help="how many stories are looked for, ten at most")
    parser.add_argument("--only", action="append", help="compare with this peer alone; may be repeated")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.install:
            install(Path(folder, "installed"))
        wanted = [
            kind for kind in PEERS if kind is Newsarchive or not options.only or kind.name in options.only
        ]
        versions = {kind: version for kind in wanted if (version := kind.version())}
        print(
            "; ".join(f"{kind.name} {versions.get(kind, 'is not installed')}" for kind in wanted), flush=True
        )
        measured = measure(list(versions), Path(folder), options)
    print_table(measured)
    if options.ratios:
        print_ratios(measured)


def install(folder: Path) -> None:
    """Put what pip can install into an environment, which comes first from now on."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    programs = folder / "bin"
    subprocess.run([str(programs / "pip"), "install", "--quiet", *REQUIREMENTS], check=True)
    os.environ["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"
    Tantivy.python = str(programs / "python")


def measure(kinds: Sequence[type[Peer]], folder: Path, options: argparse.Namespace) -> list[Measured]:
    """Carry out all operations; the peers take turns."""
    sizes = {options.size: [kind for kind in kinds if kind.most >= options.size]}
    for kind in kinds:
        if kind.most < options.size:
            sizes.setdefault(kind.most, [Newsarchive]).append(kind)
    measured = [
        each for count, of_size in sizes.items() for each in start(of_size, count, folder / str(count))
    ]
    in_turn(measured, "build", 1)
    in_turn(measured, "list_newest", options.rounds)
    for sought in zip(*(each.sought[: options.words] for each in measured), strict=True):
        for each, story in zip(measured, sought, strict=True):
            look_for(each, story)
    in_turn(measured, "add", options.rounds)
    in_turn(measured, "tag", 1)
    return measured


def start(kinds: Sequence[type[Peer]], size: int, folder: Path) -> Iterator[Measured]:
    """Write the stories, by a process of its own so that this one stays small; give them to each peer."""
    folder.mkdir()
    stories, sought = folder / "stories.jsonl", folder / "sought.json"
    subprocess.run([sys.executable, str(STORIES), str(size), str(stories), str(sought)], check=True)
    for kind in kinds:
        peer = kind(folder / kind.__name__, stories)
        peer.folder.mkdir()
        peer.prepare()
        yield Measured(peer, size, [Sought(*each) for each in json.loads(sought.read_text(encoding="utf-8"))])


def in_turn(measured: Sequence[Measured], operation: str, rounds: int) -> None:
    """Let all peers do the same, one after the other."""
    for _ in range(rounds):
        for each in measured:
            note(each, operation, getattr(each.peer, operation)())


def note(measured: Measured, operation: str, commands: Sequence[Sequence[str]]) -> str:
    """Run commands, keep what they took, and return what they printed."""
    cost, printed = measured.peer.run(commands)
    measured.costs[operation].append(cost)
    return printed


def look_for(measured: Measured, sought: Sought) -> None:
    """Look for a story by a word, spelt right and not."""
    peer = measured.peer
    for operation, commands in (
        ("search", peer.search(sought.word)),
        ("misspelt", peer.search_misspelt(sought.misspelt)),
    ):
        printed = note(measured, operation, commands)
        measured.found[operation] += sought.number in peer.numbers(printed)[:10]


def print_table(measured: Sequence[Measured]) -> None:
    """Print what each took, and how many stories it found, as a table in Markdown."""
    print_row("ms: processor / clock", "stories", [*HEADS, "MB"])
    print("|---|" + "--:|" * (len(HEADS) + 2))
    for each in measured:
        cells = [figures(each, operation) for operation in OPERATIONS]
        print_row(each.peer.name, f"{each.size:,}", [*cells, f"{each.megabytes:.0f}"])


def figures(measured: Measured, operation: str) -> str:
    """Return the cell of an operation."""
    cost = measured.figure(operation)
    found = f", {measured.found[operation]} found" if operation in SEARCHES else ""
    return f"{cost.processor:,.0f} / {cost.wall:,.0f}{found}"


def print_ratios(measured: Sequence[Measured]) -> None:
    """Print the processor time and the memory of each in those of newsarchive with as many stories."""
    print()
    print_row("times newsarchive", "stories", [*HEADS, "memory"])
    print("|---|" + "--:|" * (len(HEADS) + 2))
    ours = {each.size: each for each in measured if isinstance(each.peer, Newsarchive)}
    for each in measured:
        base = ours[each.size]
        pairs = ((each.figure(operation), base.figure(operation)) for operation in OPERATIONS)
        cells = [f"{theirs.processor / own.processor:.2f}" for theirs, own in pairs]
        print_row(each.peer.name, f"{each.size:,}", [*cells, f"{each.megabytes / base.megabytes:.2f}"])


def print_row(name: str, size: str, cells: Sequence[str]) -> None:
    """Print a row."""
    print("| " + " | ".join([name, size, *cells]) + " |", flush=True)


if __name__ == "__main__":
    main()
