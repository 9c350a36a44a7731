"""Make the pictures of the README: the page in Chromium, and a search on a terminal.

usage: python benchmarks/pictures.py

Both show the archive at the repository's root, with the tags that docs/selection.md gives it.
"""

from __future__ import annotations

import fcntl
import html
import io
import os
import re
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

from chromium import browser
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
COLUMNS = 96
ADVANCE = 12.2  # pixels from one letter to the next in a drawing of Rich's
PAGE = ("--title", "CAMI news", "--link", "https://www.cms.int/cami/en/news")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "archive.json", folder)
        for command in re.findall(
            r"^newsarchive (tag .+)$", (DOCS / "selection.md").read_text(), re.MULTILINE
        ):
            run(folder, *shlex.split(command.replace('"', "'\"'")))
        run(folder, "export", "-o", "page.html", *PAGE)
        photograph(Path(folder, "page.html"), DOCS / "page.png")
        draw(folder, 'search "snow lepard"', DOCS / "terminal.svg")


def run(folder: str, *arguments: str) -> None:
    """Run a command on the copy of the archive."""
    subprocess.run([sys.executable, "-m", "newsarchive", "-q", *arguments], cwd=folder, check=True)


def photograph(page: Path, picture: Path) -> None:
    """Take a picture of a page in which something was searched."""
    with browser() as chromium:
        window = chromium.new_page(viewport={"width": 1000, "height": 1000}, color_scheme="light")
        window.goto(page.as_uri())
        window.fill("#search", "lepard")
        window.wait_for_timeout(500)  # until the words found are marked
        window.screenshot(path=picture)


def draw(folder: str, command: str, picture: Path) -> None:
    """Draw what a terminal shows of a command, in letters that every computer has."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text.assemble(("$ ", "green"), f"newsarchive {command}"))
    console.print(Text.from_ansi(on_terminal(folder, *shlex.split(command)).rstrip()))
    drawing = console.export_svg(title="newsarchive", unique_id="terminal")
    drawing = re.sub(r"@font-face \{.*?\}\s*", "", drawing, flags=re.DOTALL)
    drawing = placed(drawing.replace("Fira Code, monospace", "monospace").replace("arial", "sans-serif"))
    picture.write_text(drawing, encoding="utf-8")


def placed(drawing: str) -> str:
    """Give each word of a drawing of Rich's its own place: not every program keeps the blanks between them.

    A line of box drawing characters becomes a shape, since fonts differ in how far they reach.
    """

    def word_by_word(match: re.Match[str]) -> str:
        letters = html.unescape(match["letters"]).replace("\N{NO-BREAK SPACE}", " ")
        words = re.finditer(r"\S+", letters)
        return "".join(word(match, found.start(), found[0]) for found in words)

    def word(match: re.Match[str], start: int, text: str) -> str:
        x, y, width = float(match["x"]) + start * ADVANCE, float(match["y"]), len(text) * ADVANCE
        if not text.strip("─"):
            return f'<rect class="{match["class"]}" x="{x:g}" y="{y - 7:g}" width="{width:g}" height="1"/>\n'
        return (
            f'<text class="{match["class"]}" x="{x:g}" y="{y:g}" textLength="{width:g}">'
            f"{html.escape(text, quote=False)}</text>\n"
        )

    drawing = re.sub(r'<clipPath id="terminal-line-.*?</clipPath>\s*', "", drawing, flags=re.DOTALL)
    return re.sub(
        r'<text class="(?P<class>terminal-r\d+)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)"[^>]*>(?P<letters>.*?)</text>',
        word_by_word,
        drawing,
        flags=re.DOTALL,
    )


def on_terminal(folder: str, *arguments: str) -> str:
    """Return what a command writes to a terminal."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
    command = [sys.executable, "-m", "newsarchive", *arguments]
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        written = b""
        try:
            while chunk := os.read(ours, 1 << 16):
                written += chunk
        except OSError:  # how Linux says that the other end is closed
            pass
    os.close(ours)
    if process.returncode:
        raise SystemExit(written.decode())
    return written.decode().replace("\r\n", "\n")


if __name__ == "__main__":
    main()
