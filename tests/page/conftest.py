"""The page in a real browser: headless Chromium, where it is installed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from newsarchive.entry import Entry, plain_form
from newsarchive.formats.base import WriterOptions
from newsarchive.formats.registry import writer
from page.opened import Opened

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Write = Callable[..., Path]
Open = Callable[..., Opened]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start the browser, once."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("there is no Chromium; Debian and Ubuntu: sudo apt-get install chromium")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the page of some entries: `write(entries, title="News")`."""

    def call(entries: Sequence[Entry], **options: str) -> Path:
        path = tmp_path / "page.html"
        with path.open("wb") as out:
            writer("html", WriterOptions(**options)).write(map(plain_form, entries), out)
        return path

    return call


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Open]:
    """Open a file in a window of its own: `open_page(path, "#q=saiga", width=360)`."""
    contexts = []

    def call(
        path: Path, fragment: str = "", *, width: int = 1000, height: int = 800, **options: Any
    ) -> Opened:
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.measure()
        opened.page.goto(path.as_uri() + fragment)
        return opened

    yield call
    for context in contexts:
        context.close()
