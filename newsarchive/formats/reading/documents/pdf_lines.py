"""The lines of a PDF and where they stand, as JSON: run as a program, which reads the file from its stdin.

It imports nothing of ours, so that it starts soon, and may be ended by the system at any moment.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

MAX_PAGES: Final = 2_000
MAX_CHARACTERS: Final = 2_000_000
_MEMORY: Final = 2 << 30


PARTED: Final = "\ufffe"
"""What PDFium writes for a hyphen and the line end behind it where they part a word; it goes on in the same line."""


class Line(NamedTuple):
    """A line of a page, or those that PDFium made one: its text, its page from 0, its edges in points.

    `left`, `right` and `bottom` are those of the first letters, of the widest line and of the last one; `size` is
    the height of the letters, `top` the bottom of the first line.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    size: float
    top: float


def main(seconds: int) -> None:
    """Write what the file on stdin holds."""
    _limit(seconds)
    import pypdfium2  # spares start-up: the reader that starts this program imports it, too

    try:
        told = _told(pypdfium2.PdfDocument(sys.stdin.buffer.read()))
    except pypdfium2.PdfiumError as error:
        is_locked = "password" in str(error).lower()
        told = {"fault": "is locked with a password" if is_locked else f"cannot be read by PDFium: {error}"}
    sys.stdout.write(json.dumps(told))


def _limit(seconds: int) -> None:
    """Have the system end this process when it takes too long or too much."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # systems without such limits
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _told(document: Any) -> dict[str, Any]:
    if len(document) > MAX_PAGES:
        return {"fault": f"has more than {MAX_PAGES:,} pages"}
    lines: list[Line] = []
    pictures = size = 0
    for number in range(len(document)):
        page = document[number]
        lines += (found := list(_lines(page.get_textpage(), number)))
        size += sum(len(line.text) for line in found)
        pictures += sum(1 for item in page.get_objects(max_depth=2) if item.type == 3)
        if size > MAX_CHARACTERS:
            return {"fault": f"holds more than {MAX_CHARACTERS:,} characters"}
    return {"lines": lines, "pictures": pictures, "properties": document.get_metadata_dict()}


def _lines(page: Any, number: int) -> Iterator[Line]:
    """Yield the lines of a page as PDFium parts them, with the place and size of their letters."""
    count = page.count_chars()
    start, text = 0, page.get_text_range(0, count) if count else ""
    for line in text.split("\r\n"):
        end = start + len(line)
        if line.strip():
            yield _line(page, number, line, start)
        start = end + 2


def _line(page: Any, number: int, line: str, start: int) -> Line:
    bare = line.strip()
    first = start + len(line) - len(line.lstrip())
    ends = [
        first + len(bare) - 1,
        *(first + place - 1 for place in range(len(bare)) if bare[place] == PARTED),
    ]
    left, bottom, _, top = page.get_charbox(first, loose=True)
    right = max(page.get_charbox(max(end, first))[2] for end in ends)
    last = page.get_charbox(ends[0], loose=True)[1]
    return Line(bare, number, left, right, last, top - bottom, bottom)


if __name__ == "__main__":
    main(int(sys.argv[1]))
