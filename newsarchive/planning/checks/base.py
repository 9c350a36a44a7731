"""What a check is given, and what it gives back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from newsarchive.entry import Entry
from newsarchive.planning.twins import normalise_url

if TYPE_CHECKING:
    from newsarchive.thesaurus.thesaurus import Thesaurus

Severity = Literal["error", "warning", "note"]
"""`error`: wrong for certain. `warning`: hardly meant. `note`: something is missing."""

TEXTS = ("title", "summary", "body")


class Fault(NamedTuple):
    """What a check has found in an entry: the evidence, quoted, and the command that mends it."""

    evidence: str
    mend: str


class Check(NamedTuple):
    """A check: its stable code, how bad it is, what it means, the function, and what mends it safely, if anything.

    `find` gets an entry and the archive it is in; so does `fix`, which returns the entry as it should be.
    """

    code: str
    severity: Severity
    means: str
    find: Callable[[Entry, Surroundings], Iterable[Fault]]
    fix: Callable[[Entry, Surroundings], Entry] | None = None


class Finding(NamedTuple):
    """A fault of an entry, with the code and severity of the check that found it.

    `mend` has `{id}` where the command that mends it names the entry.
    """

    code: str
    severity: Severity
    id: int
    title: str
    evidence: str
    mend: str

    @property
    def command(self) -> str:
        """The command that mends it."""
        return self.mend.replace("{id}", str(self.id))


class Surroundings:
    """What checks may know of the whole archive; each part is worked out when a check first asks for it."""

    def __init__(self, entries: Sequence[Entry], thesaurus: Thesaurus, today: date) -> None:
        self.entries = entries
        self.thesaurus = thesaurus
        self.today = today

    @cached_property
    def ids(self) -> Mapping[int, Entry]:
        """Every entry by id."""
        return {entry.known_id: entry for entry in self.entries}

    @cached_property
    def by_address(self) -> Mapping[str, Sequence[int]]:
        """The ids of the entries of each address, without what changes nothing in it."""
        ids: dict[str, list[int]] = defaultdict(list)
        for entry_id, address in self.addresses.items():
            ids[address].append(entry_id)
        return ids

    @cached_property
    def addresses(self) -> Mapping[int, str]:
        """The address of each entry that has one, without what changes nothing in it."""
        return {entry.known_id: normalise_url(entry.url) for entry in self.entries if entry.url}

    @cached_property
    def tags(self) -> Mapping[str, int]:
        """How many entries have each tag."""
        return Counter(tag for entry in self.entries for tag in entry.tags)

    @cached_property
    def first_year(self) -> int:
        """The first year of the century in which the archive begins, whatever stands alone before it.

        An archive begins with the earliest year that no gap of more than fifty years parts from its middle.
        """
        years = sorted(entry.date.year for entry in self.entries if entry.date)
        if not years:
            return 0
        place = len(years) // 2
        while place and years[place] - years[place - 1] <= _GAP:
            place -= 1
        return years[place] // 100 * 100


_GAP = 50


def texts_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each of an entry's texts that has one."""
    for name in TEXTS:
        if text := getattr(entry, name):
            yield name, text


def quoted(text: str, start: int, end: int) -> str:
    """Return a stretch of a text with a little of what stands around it, in quotation marks."""
    before, after = max(0, start - _AROUND), min(len(text), end + _AROUND)
    cut = " ".join(text[before:after].split("\n"))
    return f"“{'…' if before else ''}{cut}{'…' if after < len(text) else ''}”"


_AROUND = 20
