"""Documents that begin with front matter: YAML, TOML or JSON between fences, and a body below."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import frontmatter
from frontmatter.default_handlers import BaseHandler, SafeDumper, YAMLHandler

from newsarchive.errors import SourceError
from newsarchive.formats.codec import BadJsonError, loads
from newsarchive.formats.matter import BadMatterError, Matter, lines_of_keys
from newsarchive.formats.splicing import end_of_value
from newsarchive.formats.toml_ import read_toml
from newsarchive.formats.yaml_ import read_yaml
from newsarchive.intake import MAX_DEPTH


class FrontMatter(NamedTuple):
    """The front matter of a document, the text below it, the line of each of its keys, and notes."""

    values: dict[str, Any]
    body: str
    lines: dict[str, int]
    notes: tuple[str, ...] = ()


# --- writing ----------------------------------------------------------------------------------------------


def write_document(values: dict[str, Any], body: str) -> str:
    """Write a document whose front matter holds `values` in their order."""
    post = frontmatter.Post(body, **values)
    text = frontmatter.dumps(post, handler=YAMLHandler(), Dumper=_dumper(), sort_keys=False, width=_UNBROKEN)
    return f"{text}\n"


_UNBROKEN: Final = 2**31 - 1
"""A width that no line reaches, so that a sentence stays in one line and a search in the files finds it."""


@functools.cache
def _dumper() -> type[Any]:
    """Return a dumper that writes a text of several lines as they are, below a `|`."""

    class Dumper(SafeDumper):  # type: ignore[misc,valid-type]
        pass

    Dumper.add_representer(str, _represent_text)
    return Dumper


def _represent_text(dumper: Any, text: str) -> Any:
    lines = text.split("\n")
    # YAML has line ends of its own (U+0085, U+2028), and cannot show a blank at the end of a line.
    is_plain = all(line.isprintable() and line == line.strip() for line in lines)
    style = "|" if len(lines) > 1 and is_plain else "'" if re.fullmatch(_NUMBER_TO_OTHERS, text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_NUMBER_TO_OTHERS: Final = r"[-+]?(?:0o[0-7]+|(?:\.\d+|\d[\d_,]*(?:\.[\d_,]*)?)(?:[eE][-+]?\d+)?)"
"""What other readers take for a number, but not the library, which knows YAML 1.1 alone: 1e3, 089 and 0o17 are
numbers in YAML 1.2 (Hugo, Eleventy), and Ruby's reader (Jekyll) has 1,000 for one."""


# --- reading ----------------------------------------------------------------------------------------------


def read_document(text: str, name: str) -> FrontMatter:
    """Split a document with LF line ends and read its front matter.

    Raises SourceError with the line when there is none, it never ends, or it cannot be read.
    """
    document = text.lstrip(" \t\n")
    first_line = text[: len(text) - len(document)].count("\n") + 1
    try:
        matter, body = _read_braces(document) if document.startswith("{") else _read_fenced(document)
    except BadMatterError as error:
        raise SourceError(f"{name}:{first_line + error.line}", str(error)) from None
    lines = {key: first_line + line for key, line in matter.lines.items()}
    notes = (f"line {first_line + line}: {text}" for line, text in matter.notes)
    return FrontMatter(matter.values, body, lines, tuple(notes))


def _read_fenced(document: str) -> tuple[Matter, str]:
    """Read front matter between two lines of one sign, the first of which may name its language."""
    fence = document[:3]
    boundary = _FENCES.get(fence)
    # The library's own boundaries swallow the blank lines after them.
    handler = BaseHandler(re.compile(boundary or "(?!)", re.MULTILINE))
    if boundary is None or not handler.detect(document):
        raise BadMatterError("has no front matter: it does not begin with a line `---`, `+++` or `;;;`")
    try:
        matter, body = handler.split(document)
    except ValueError:
        raise BadMatterError(f"the front matter is not closed by a line `{fence}`") from None
    named = document[: document.index("\n")].strip("-+; \t").lower()
    return _READERS[named or fence](matter), body


def _read_json(text: str) -> Matter:
    try:
        values = loads(text, depth=MAX_DEPTH)
    except BadJsonError as error:
        raise BadMatterError(str(error), max(error.line - 1, 0)) from None
    if not isinstance(values, dict):
        raise BadMatterError("the front matter is no object")
    return Matter(values, lines_of_keys(text))


def _read_braces(document: str) -> tuple[Matter, str]:
    """Read an object that needs no fences."""
    try:
        end = end_of_value(document)
    except BadJsonError as error:
        raise BadMatterError(str(error), max(error.line - 1, 0)) from None
    return _read_json(document[:end]), document[end:]


_FENCES: Final = {
    "---": r"^(?:-{3,}[ \t]*(?i:yaml|toml|json)?|\.{3})[ \t]*$",  # pandoc and Jekyll close with `...`, too
    "+++": r"^\+{3,}[ \t]*$",
    ";;;": r"^;{3,}[ \t]*$",
}
_READERS: Final[dict[str, Callable[[str], Matter]]] = {
    "---": read_yaml,
    "yaml": read_yaml,
    "+++": read_toml,
    "toml": read_toml,
    ";;;": _read_json,
    "json": _read_json,
}
