"""`newsarchive check`: what may be wrong in the archive, with the evidence and the command that mends it."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Final

import typer

from newsarchive.changes import changing, planned
from newsarchive.cli.command import shares
from newsarchive.cli.options import TABLE, counting, selection, writing
from newsarchive.cli.output import write_rows
from newsarchive.cli.selecting import selection_from
from newsarchive.cli.session import Session, session_of
from newsarchive.cli.writing import carry_out
from newsarchive.entry import Entry
from newsarchive.errors import FindingsError
from newsarchive.planning.checks.base import Check, Finding, Surroundings
from newsarchive.planning.checks.register import CHECKS, chosen, findings, mended
from newsarchive.render.findings import print_findings
from newsarchive.render.grid import Column, Grid
from newsarchive.render.words import counted, enumerated

EXAMPLES = (
    "newsarchive check",
    "newsarchive check date:2019 --ignore untagged,no-address",
    "newsarchive check --only blanks,entities --fix --dry-run",
    "newsarchive check --explain",
)

_SEVERITIES: Final = ("error", "warning", "note")
_EXPLAINED = (Column("Code", "yellow"), Column("Severity"), Column("--fix"), Column("What it means", ratio=1))
_Codes = list[str] | None


@shares(selection, counting, writing)
def run(
    context: typer.Context,
    only: Annotated[_Codes, typer.Option("--only", metavar="CODES", help="Only these checks.")] = None,
    ignore: Annotated[_Codes, typer.Option("--ignore", metavar="CODES", help="All but these.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say what each check means, and stop.")] = False,
) -> None:
    """Look for what may be wrong in the selected entries.

    On a server, when no entries are selected, also for what something else wrote into the database.
    Each finding has a code, the evidence, and the command that mends it. The exit code is 1 when there are any.
    """
    session = session_of(context)
    checks = chosen(_codes(only), _codes(ignore))
    form = session.flags(counting)
    if explain:
        _explain(session, checks, form)
        return
    wanted = selection_from(session, session.flags(selection), writing=fix)
    if wanted.query.is_everything:
        session.archive.examine()
    chosen_entries = session.archive.select(wanted)
    if fix and not _mend(session, checks, chosen_entries):
        return
    if fix:
        ids = {entry.id for entry in chosen_entries}
        chosen_entries = [entry for entry in session.archive.entries if entry.id in ids]
    surroundings = _surroundings(session)
    found = sorted(findings(checks, chosen_entries, surroundings), key=_order)

    if form == TABLE:
        print_findings(found, session.streams)
    else:
        write_rows(session, form, ({**one._asdict(), "mend": one.command} for one in found), Finding._fields)
    _conclude(session, found, len(chosen_entries))


def _surroundings(session: Session) -> Surroundings:
    return Surroundings(session.archive.entries, session.archive.thesaurus, session.today)


def _codes(texts: Sequence[str] | None) -> list[str]:
    return [code.strip() for text in texts or () for code in text.split(",") if code.strip()]


_PLACES: Final = {check.code: place for place, check in enumerate(CHECKS)}


def _order(finding: Finding) -> tuple[int, int, int]:
    """Put errors first, then go by check and entry."""
    return _SEVERITIES.index(finding.severity), _PLACES[finding.code], finding.id


def _mend(session: Session, checks: Sequence[Check], entries: Sequence[Entry]) -> bool:
    """Mend what can be mended safely; whether to go on with what is left."""
    flags = session.flags(writing)
    surroundings, now = _surroundings(session), session.clock()
    changes = planned([changing(entry, mended(checks, entry, surroundings), now) for entry in entries])
    operation = carry_out(
        session, changes, flags, done=f"Mended {counted(len(changes), 'entry')}", ask="many"
    )
    return operation is not None or not (changes or flags.dry_run)


def _conclude(session: Session, found: Sequence[Finding], entries: int) -> None:
    """Say how much was found of each kind. Raises FindingsError when something was."""
    if not found:
        session.streams.say(f"nothing was found in {counted(entries, 'entry')}")
        return
    touched = len({one.id for one in found})
    kinds = [f"{number:,} {code}" for code, number in Counter(one.code for one in found).most_common()]
    raise FindingsError(
        f"{counted(len(found), 'finding')} in {touched:,} of {counted(entries, 'entry')}: {enumerated(kinds)}"
    )


def _explain(session: Session, checks: Sequence[Check], form: str) -> None:
    if form == TABLE:
        rows = [[one.code, one.severity, "yes" if one.fix else "", one.means] for one in checks]
        Grid(_EXPLAINED, rows).print(session.streams)
    else:
        keys = ("code", "severity", "fix", "means")
        made = ({**one._asdict(), "fix": one.fix is not None} for one in checks)
        write_rows(session, form, ({key: row[key] for key in keys} for row in made), keys)
