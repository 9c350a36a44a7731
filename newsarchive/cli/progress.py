"""A progress bar on a terminal's stderr, for work that takes longer than a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import Lock, Timer
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar

from newsarchive.console import Streams

if TYPE_CHECKING:  # spares start-up: most work is done before a bar shows
    from rich.progress import Progress

DELAY: Final = 0.5
"""Seconds after which it shows."""

_PERIOD: Final = 0.1

_T = TypeVar("_T")


def watched(items: Iterable[_T], streams: Streams, what: str, *, total: int | None = None) -> Iterator[_T]:
    """Yield `items`, and show how many of `total` are done; `what` is said before the bar."""
    if streams.quiet or streams.as_jsonl or not streams.talking().out_is_terminal:
        yield from items
        return
    bar = _Bar(streams, what, total)
    try:
        for done, item in enumerate(items):
            bar.move(done)
            yield item
    finally:
        bar.end()


class _Bar:
    """Appears by a timer, so that one long step at the beginning does not keep it from showing."""

    def __init__(self, streams: Streams, what: str, total: int | None) -> None:
        self._streams = streams
        self._what = what
        self._total = total
        self._progress: Progress | None = None
        self._has_ended = False
        self._moved = 0.0
        self._lock = Lock()
        self._timer = Timer(DELAY, self._show)
        self._timer.daemon = True
        self._timer.start()

    def _show(self) -> None:
        progress = _progress(self._streams)
        with self._lock:
            if not self._has_ended:
                progress.add_task(self._what, total=self._total)
                progress.start()
                self._progress = progress

    def move(self, done: int) -> None:
        """Show that so many items are done, unless the last look was a moment ago."""
        if self._progress is not None and monotonic() - self._moved > _PERIOD:
            self._moved = monotonic()
            self._progress.update(self._progress.task_ids[0], completed=done)

    def end(self) -> None:
        """Take the bar away."""
        self._timer.cancel()
        with self._lock:
            self._has_ended = True
            if self._progress is not None:
                self._progress.stop()


def _progress(streams: Streams) -> Progress:
    from rich.console import Console  # spares start-up
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(
        file=streams.stderr, no_color=not streams.colour, markup=False, highlight=False, emoji=False
    )
    what = TextColumn("{task.description}", markup=False)
    return Progress(
        what, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console, transient=True
    )
