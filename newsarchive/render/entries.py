"""Entries as tables and as whole texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from newsarchive.console import Streams
from newsarchive.entry import Entry, format_instant, plain_form
from newsarchive.render.grid import Cell, Column, Grid
from newsarchive.render.words import as_text
from newsarchive.text.visible import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

_COLUMNS: Final = (
    Column("Id", "cyan", right=True),
    Column("Date", "green"),
    Column("Title", "bold", ratio=3),
    Column("Lang", "magenta"),
    Column("Tags", "blue", ratio=1, optional=True),
)
_STYLED: Final = {
    name: column._replace(optional=False)
    for name, column in zip(("id", "date", "title", "languages", "tags"), _COLUMNS, strict=True)
} | {name: Column(name.capitalize(), "green") for name in ("added", "modified")}
_WIDEST: Final = 100  # longer lines of text are hard to read


def entry_grid(entries: Sequence[Entry], fields: Sequence[str] = ()) -> Grid:
    """Return the table of `list`: of these fields, in their order, or of the usual ones."""
    if not fields:
        return Grid(_COLUMNS, [_row(entry) for entry in entries])
    columns = [_STYLED.get(name) or Column(name.capitalize(), ratio=2) for name in fields]
    return Grid(columns, [[_cell(entry, name) for name in fields] for entry in entries])


def _cell(entry: Entry, name: str) -> str:
    """Return a field as a table shows it."""
    value = plain_form(entry)[name]
    if name == "relations":
        return ", ".join(f"{relation.kind} {relation.id}" for relation in entry.relations)
    if name == "tags":
        return ", ".join(entry.tags)
    return " ".join(value) if name == "languages" else as_text(value) if value else ""


def _row(entry: Entry) -> list[str]:
    return [
        str(entry.id),
        str(entry.date or ""),
        entry.title,
        " ".join(entry.languages),
        ", ".join(entry.tags),
    ]


Titles = Mapping[int, str]
"""The titles of entries by id."""


def print_whole(entries: Sequence[Entry], streams: Streams, related: Titles = MappingProxyType({})) -> None:
    """Write whole entries to stdout: panels on a terminal, plain lines in a pipe.

    `related` are the titles of what they are related to.
    """
    if streams.out_is_terminal:
        streams.show(*(_panel(entry, related) for entry in entries))
    else:
        streams.write("\n".join(_plain(entry, related) for entry in entries))


def _facts(entry: Entry, related: Titles) -> Iterator[tuple[str, str]]:
    """Yield the short fields of an entry that are there, with their names."""
    yield "date", str(entry.date or "undated")
    if entry.languages:
        yield "languages", " ".join(entry.languages)
    if entry.tags:
        yield "tags", ", ".join(entry.tags)
    for name in ("url", "source"):
        value = getattr(entry, name)
        if value:
            yield name, value
    for relation in entry.relations:
        yield relation.kind, f"{relation.id}  {related.get(relation.id, '')}".strip()
    if entry.added:
        yield "added", format_instant(entry.added)
    if entry.modified and entry.modified != entry.added:
        yield "modified", format_instant(entry.modified)
    for name, value in entry.extra.items():
        yield name, as_text(value)


def _plain(entry: Entry, related: Titles) -> str:
    lines = [f"{entry.id}  {visible(entry.title)}"]
    lines += [f"{visible(name)}: {visible(value)}" for name, value in _facts(entry, related)]
    lines += [f"\n{visible(text, multiline=True)}" for text in (entry.summary, entry.body) if text]
    return "\n".join(lines) + "\n"


def _panel(entry: Entry, related: Titles) -> RenderableType:
    from rich.box import ROUNDED  # spares start-up
    from rich.console import Group
    from rich.panel import Panel
    from rich.table import Table

    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    for name, value in _facts(entry, related):
        facts.add_row(Cell(name).styled(), Cell(value).styled())
    texts = [Cell(f"\n{text}").styled(multiline=True) for text in (entry.summary, entry.body) if text]
    parts: list[RenderableType] = [Cell(entry.title).styled("bold"), Cell("").styled(), facts, *texts]
    return Panel(
        Group(*parts),
        title=f"entry {entry.id}",
        title_align="left",
        box=ROUNDED,
        border_style="dim",
        width=_WIDEST,  # or the terminal's
    )
