"""Every check: its code, how bad it is, what it means, the function, and what mends it safely."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from newsarchive.entry import Entry
from newsarchive.errors import BadOptionError
from newsarchive.planning.checks import dating, languages, linking, tagging, wording
from newsarchive.planning.checks.base import Check, Finding, Surroundings

CHECKS: Final = (
    Check("undated", "note", "The entry has no date.", dating.undated),
    Check("future-date", "error", "The date is later than today.", dating.in_the_future),
    Check(
        "early-date",
        "warning",
        "The date is before the century in which the archive begins.",
        dating.before_the_archive,
    ),
    Check("imprecise-date", "note", "Only the year, or the year and the month, is known.", dating.imprecise),
    Check(
        "january-first",
        "note",
        "1 January often stands for a year of which no more is known.",
        dating.placeholder,
    ),
    Check("date-address", "warning", "The date is not the one in the address.", dating.unlike_the_address),
    Check(
        "date-dateline",
        "warning",
        "The date is not the one with which the text begins.",
        dating.unlike_the_dateline,
    ),
    Check(
        "language-script",
        "error",
        "The text is in letters that its language is not written in.",
        languages.in_another_script,
    ),
    Check(
        "language-code",
        "warning",
        "The language has a usual code, which is shorter.",
        languages.unusual_codes,
        languages.with_usual_codes,
    ),
    Check(
        "look-alike-letters",
        "error",
        "A word has letters of another script that look the same.",
        wording.look_alike_letters,
    ),
    Check("no-address", "note", "The entry has no address.", linking.no_address),
    Check("same-address", "warning", "Another entry has the same address.", linking.same_address),
    Check(
        "dangling-relation",
        "error",
        "A related entry is not there.",
        linking.dangling,
        linking.without_dangling,
    ),
    Check(
        "one-sided-relation", "warning", "A related entry does not say that it is related.", linking.one_sided
    ),
    Check("untagged", "note", "The entry has no tag.", tagging.untagged),
    Check("unknown-tag", "note", "The thesaurus has no such concept.", tagging.unknown),
    Check("look-alike-tag", "warning", "The tag looks like a more frequent one.", tagging.look_alike),
    Check("several-tags", "warning", "The tag is several tags in one.", tagging.several),
    Check("odd-tag", "note", "The tag is unlike all others.", tagging.unlike_all_others),
    Check(
        "blanks",
        "warning",
        "Blanks are doubled, or stand before a comma.",
        wording.blanks,
        wording.with_single_blanks,
    ),
    Check("lost-blank", "note", "Words run together behind a full stop or comma.", wording.lost_blanks),
    Check("summary-cut", "note", "The summary ends in the middle of a sentence.", wording.summary_cut),
    Check("summary-in-body", "note", "The body begins with the summary.", wording.summary_in_body),
    Check(
        "entities",
        "warning",
        "A character is written as in HTML.",
        wording.entities,
        wording.without_entities,
    ),
    Check("html", "warning", "The text has tags of HTML.", wording.tags_of_html),
    Check("mojibake", "error", "Letters were lost or read in a wrong encoding.", wording.mojibake),
    Check(
        "soft-hyphen",
        "warning",
        "A word has a soft hyphen in it.",
        wording.soft_hyphens,
        wording.without_soft_hyphens,
    ),
    Check(
        "control-character",
        "error",
        "A text has a control character.",
        wording.controls,
        wording.without_controls,
    ),
    Check("title-capitals", "note", "The title is all capitals.", wording.title_in_capitals),
)


def chosen(only: Collection[str], ignore: Collection[str]) -> list[Check]:
    """Return the checks that are asked for, all unless `only` names some. Raises BadOptionError."""
    codes = {check.code for check in CHECKS}
    if unknown := sorted({*only, *ignore} - codes):
        raise BadOptionError(f"no check {unknown[0]!r}; `newsarchive check --explain` lists them")
    return [check for check in CHECKS if check.code not in ignore and (not only or check.code in only)]


def findings(checks: Sequence[Check], entries: Iterable[Entry], archive: Surroundings) -> Iterator[Finding]:
    """Yield what the checks find in the entries, entry by entry."""
    for entry in entries:
        number = entry.known_id
        for check in checks:
            for fault in check.find(entry, archive):
                yield Finding(check.code, check.severity, number, entry.title, fault.evidence, fault.mend)


def mended(checks: Sequence[Check], entry: Entry, archive: Surroundings) -> Entry:
    """Return the entry with everything mended that can be mended safely and of which something was found."""
    for check in checks:
        if check.fix is not None and any(check.find(entry, archive)):
            entry = check.fix(entry, archive)
    return entry
