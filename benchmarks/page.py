"""Measure the page in headless Chromium: how long it takes to open, and to filter at each key.

usage: python benchmarks/page.py [SIZE [ROUNDS]]

SIZE entries of about 70 words (default 10000, the same as benchmarks/scale.py makes, from a vocabulary of
100,000) are written to a page, which is opened ROUNDS times (default 3). Printed are milliseconds: from the
request to the end of loading, and from a key to the picture that shows its result. `work` is what the page's
own thread did in that time, which other programs on the machine do not lengthen.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from chromium import browser
from scale import entries

from newsarchive.entry import entry_from, plain_form
from newsarchive.formats.registry import writer

QUERIES = ("snow leopard", "сайгак", "lepard", "x")
PRESS = """async text => {
  const field = document.getElementById("search");
  const start = performance.now();
  field.value = text;
  field.dispatchEvent(new Event("input"));
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""


class Time(NamedTuple):
    """Milliseconds that passed, and that the page's thread worked."""

    passed: float
    work: float


def main(size: int = 10_000, rounds: int = 3) -> None:
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        path = Path(folder, "page.html")
        seconds = write(path, size)
        print(f"{size:,} entries, {path.stat().st_size / 1e6:.1f} MB, written in {seconds:.1f} s")
        print(f"{'ms':10}{'open':>8}{'work':>6}{'key, median':>14}{'work':>6}{'key, slowest':>15}{'work':>6}")
        for number in range(1, rounds + 1):
            opened, keys = measure(chromium, path)
            median = Time(*(statistics.median(times) for times in zip(*keys, strict=True)))
            slowest = Time(*(max(times) for times in zip(*keys, strict=True)))
            print(f"round {number:<4}{opened.passed:8.0f}{opened.work:6.0f}", end="")
            print(f"{median.passed:14.0f}{median.work:6.0f}{slowest.passed:15.0f}{slowest.work:6.0f}")


def write(path: Path, size: int) -> float:
    """Write the page, and return the seconds it took."""
    rows = [plain_form(entry_from(values, number)) for number, values in enumerate(entries(size), 1)]
    start = time.perf_counter()
    with path.open("wb") as out:
        writer("html").write(rows, out)
    return time.perf_counter() - start


def measure(chromium: Any, path: Path) -> tuple[Time, list[Time]]:
    """Open the page and type; return the times of the opening and of each key."""
    context = chromium.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(path.as_uri())
    passed = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    opened = Time(passed, work(session))
    keys = []
    for text in (query[:end] for query in QUERIES for end in range(1, len(query) + 1)):
        page.wait_for_timeout(200)
        before = work(session)
        keys.append(Time(page.evaluate(PRESS, text), work(session) - before))
    context.close()
    return opened, keys


def work(session: Any) -> float:
    """Return the milliseconds that the page's thread has worked so far."""
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
