"""YAML front matter, read so that nothing in it can surprise: every value is text, and no text is a trap."""

from __future__ import annotations

import functools
import re
from typing import Any, Final, NamedTuple

import frontmatter
import yaml
from frontmatter.default_handlers import SafeDumper, YAMLHandler

from newsarchive.errors import SourceError
from newsarchive.intake import MAX_DEPTH

# Text stays text: the loader that knows types makes False of `title: No` and 83 of `id: 0123`.
_Loader: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class FrontMatter(NamedTuple):
    """The front matter of a document, the text below it, and the line of each of its keys."""

    values: dict[str, Any]
    body: str
    lines: dict[str, int]


class _TextHandler(YAMLHandler):
    """Splits at lines that are only `---`; the library's own boundary swallows blank lines after them."""

    FM_BOUNDARY = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)

    def load(self, fm: str, **kwargs: object) -> Any:
        """Load every scalar as text."""
        return super().load(fm, **kwargs | {"Loader": _Loader})


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
    style = "|" if len(lines) > 1 and is_plain else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


# --- reading ----------------------------------------------------------------------------------------------


def read_document(text: str, name: str) -> FrontMatter:
    """Split a document with LF line ends and read its front matter.

    Raises SourceError with the line when there is none, it never ends, or it is not plain YAML: an object of
    texts, lists and objects at most MAX_DEPTH deep, without anchors, aliases and tags.
    """
    document = text.lstrip(" \t\n")
    first_line = text[: len(text) - len(document)].count("\n") + 1
    handler = _TextHandler()
    if not handler.detect(document):
        raise SourceError(f"{name}:{first_line}", "has no front matter: it does not begin with a line `---`")
    try:
        matter, body = handler.split(document)
    except ValueError:
        raise SourceError(f"{name}:{first_line}", "the front matter is not closed by a line `---`") from None
    try:
        lines = _checked(matter)
        return FrontMatter(handler.load(matter), body, {key: first_line + n for key, n in lines.items()})
    except yaml.YAMLError as error:
        line, reason = _explained(error, matter)
        raise SourceError(f"{name}:{first_line + line}", reason) from None


class _UnsafeYamlError(yaml.MarkedYAMLError):
    """YAML that is well formed and is not loaded all the same."""

    def __init__(self, reason: str, mark: Any) -> None:
        super().__init__(problem=reason, problem_mark=mark)


def _explained(error: yaml.YAMLError, matter: str) -> tuple[int, str]:
    """Return the line of the fault, from 0, and the reason."""
    if isinstance(error, yaml.reader.ReaderError):
        return matter.count("\n", 0, error.position), f"is not YAML: {error.reason}"
    if not isinstance(error, yaml.MarkedYAMLError):
        return 0, f"is not YAML: {error}"
    mark = error.problem_mark or error.context_mark
    prefix = "" if isinstance(error, _UnsafeYamlError) else "is not YAML: "
    return _line_of(mark), f"{prefix}{error.problem}"


def _line_of(mark: Any) -> int:
    line: int = 0 if mark is None else mark.line
    return line


def _checked(matter: str) -> dict[str, int]:
    """Return the line of each key, from 0, once nothing is left that must not reach the loader.

    The loader follows the nesting by recursion: 25,000 brackets end the process.
    """
    root, *fields = _nodes(matter) or [None]
    if not isinstance(root, yaml.MappingStartEvent):
        raise _UnsafeYamlError("the front matter is not made of lines `key: value`", None)
    lines: dict[str, int] = {}
    for key in fields[::2]:
        if not isinstance(key, yaml.ScalarEvent):
            raise _UnsafeYamlError("a key is not text", key.start_mark)
        if key.value in lines:
            raise _UnsafeYamlError(f"the key {key.value!r} is there twice", key.start_mark)
        lines[key.value] = _line_of(key.start_mark)
    return lines


def _nodes(matter: str) -> list[Any]:
    """Return the root, then its keys and values in turn, without what is inside these."""
    nodes = []
    depth = 0
    for event in yaml.parse(matter, Loader=_Loader):
        if isinstance(event, yaml.NodeEvent):
            _refuse_references(event)
            if depth <= 1:
                nodes.append(event)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _UnsafeYamlError(f"is nested deeper than {MAX_DEPTH} levels", event.start_mark)
    return nodes


def _refuse_references(event: yaml.NodeEvent) -> None:
    if event.anchor is not None:
        raise _UnsafeYamlError("has an anchor or alias (& or *); write the value out", event.start_mark)
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise _UnsafeYamlError(f"has a tag of YAML's ({tag}); leave it out", event.start_mark)
