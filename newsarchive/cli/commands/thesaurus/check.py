"""`newsarchive thesaurus check`: what is wrong with the concepts and their names."""

import typer

from newsarchive.cli.session import session_of
from newsarchive.errors import FindingsError
from newsarchive.render.grid import Column, Grid
from newsarchive.render.words import counted

EXAMPLES = ("newsarchive thesaurus check",)

_COLUMNS = (Column("Code", "red"), Column("Concept", "cyan"), Column("Evidence", ratio=1))


def run(context: typer.Context) -> None:
    """Look for shared names and unknown or circular broader concepts.

    In your own `thesaurus.toml` too, which docs/thesaurus.md describes. The exit code is 1 when there are any.
    """
    session = session_of(context)

    findings = session.archive.thesaurus.check()

    Grid(_COLUMNS, [list(finding) for finding in findings]).print(session.streams)
    if findings:
        raise FindingsError(counted(len(findings), "finding"))
    session.streams.say("nothing is wrong with the thesaurus")
