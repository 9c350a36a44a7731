"""How long something takes, as a test may ask it: on a slow or busy machine too.

Noise only ever makes a program slower. So a limit in seconds is stretched by as much as this machine is slower than
an ordinary one at the same moment, and a ratio is asked for again before it counts as missed.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ORDINARY = 0.025
"""Processor seconds that `_fixed_work` takes on an ordinary machine with nothing else to do."""

LEAST = 3
"""Rounds before a ratio counts as kept: one alone may have been slow in what it is measured by."""

TRIES = 40
"""Rounds after which a ratio counts as missed."""


def _fixed_work() -> None:
    words: dict[str, int] = {}
    for number in range(100_000):
        word = f"w{number % 997}"
        words[word] = words.get(word, 0) + 1


def slowness() -> float:
    """Return how many times slower than an ordinary machine this one is just now, at least 1."""
    start = time.process_time()
    _fixed_work()
    return max(1.0, (time.process_time() - start) / ORDINARY)


@contextmanager
def soon(seconds: float) -> Iterator[None]:
    """Fail when a block takes more than `seconds` of processor time of an ordinary machine."""
    before = slowness()
    start = time.process_time()
    yield
    taken = time.process_time() - start
    allowed = seconds * max(before, slowness())
    assert taken < allowed, f"it took {taken:.2f} s, and {allowed:.2f} s would be soon"


def children_seconds(work: Callable[[], object]) -> float:
    """Return the processor time of the processes that `work` starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def own_seconds(work: Callable[[], object]) -> float:
    """Return the processor time that `work` takes in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def takes_at_most(
    ratio: float,
    work: Callable[[], object],
    measure: Callable[[], object],
    seconds: Callable[[Callable[[], object]], float] = own_seconds,
    tries: int = TRIES,
) -> bool:
    """Say whether `work` takes at most `ratio` times as long as `measure`: the quickest of each, turn about."""
    quickest = quickest_measure = float("inf")
    for done in range(1, tries + 1):
        quickest = min(quickest, seconds(work))
        quickest_measure = min(quickest_measure, seconds(measure))
        if done >= LEAST and quickest <= ratio * quickest_measure:
            return True
    return False
