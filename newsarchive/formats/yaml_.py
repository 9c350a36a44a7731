"""YAML read so that nothing in it can surprise: every value is text, and no text is a trap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from newsarchive.formats.fields import ALIASES, plain_name
from newsarchive.formats.matter import BadMatterError, Matter
from newsarchive.intake import MAX_DEPTH

# Text stays text: the loader that knows types makes False of `title: No` and 83 of `id: 0123`.
_Loader: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_NOT_LINES: Final = "the front matter is not made of lines `key: value`"
_PLAIN_LINE: Final = r"([^\W\d_][\w .-]{0,60}):[ \t]+(\S.*)"
_NOT_MENDED: Final = r""" \[ [^]]*+ $ | \{ [^}]*+ $ | " .* \\ """
_COMMENT: Final = r"""(?m)^([^\W\d_][\w .-]{0,60}):[ \t]+[^\s"'|>\[{&*!\#].*?[ \t](\#.*)$"""
_COMMENTED: Final = frozenset(ALIASES["title"] + ALIASES["summary"])


def read_yaml(text: str) -> Matter:
    """Read an object of texts, lists and objects at most MAX_DEPTH deep, without anchors, aliases and tags.

    A line `key: value` that is no YAML, such as a title with a colon, is read to its end. Raises
    BadMatterError.
    """
    try:
        return _loaded(text)
    except yaml.YAMLError as error:
        _refuse_depth(text, error)
        mended, notes = _mended(text)
        try:
            matter = _loaded(mended) if notes else None
        except (yaml.YAMLError, BadMatterError):
            matter = None
        if matter is None:
            raise _explained(error, text) from None
        return matter._replace(notes=(*notes, *matter.notes))


class _TooDeepError(BadMatterError):
    """Lists or objects nested deeper than MAX_DEPTH."""


def _refuse_depth(text: str, error: yaml.YAMLError) -> None:
    """Raise _TooDeepError when that is what is wrong before the place of an error.

    The library has a limit of its own since 6.0.4, and meets it while it reads ahead: the events of the
    levels above never come. What stands before the place of its error gives them.
    """
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return
    try:
        _loaded(text[: mark.index])
    except _TooDeepError:
        raise
    except (yaml.YAMLError, BadMatterError):
        return


def _explained(error: yaml.YAMLError, text: str) -> BadMatterError:
    if isinstance(error, yaml.reader.ReaderError):
        return BadMatterError(f"is not YAML: {error.reason}", text.count("\n", 0, error.position))
    if not isinstance(error, yaml.MarkedYAMLError):
        return BadMatterError(f"is not YAML: {error}")
    is_open = "flow" in (error.context or "")  # what is never closed is at fault where it is opened
    mark = error.context_mark if is_open else error.problem_mark or error.context_mark
    return BadMatterError(f"is not YAML: {error.problem}", _line(mark))


def _line(mark: Any) -> int:
    line: int = 0 if mark is None else mark.line
    return line


# --- from events to values --------------------------------------------------------------------------------


def _loaded(text: str) -> Matter:
    # The library's composer follows the nesting by recursion in C: 25,000 brackets end the process. Its
    # events come one by one, and what is built from them here stops at the limit.
    events = (event for event in yaml.parse(text, Loader=_Loader) if isinstance(event, _PARTS))
    root = next(events, None)
    if not isinstance(root, yaml.MappingStartEvent):
        raise BadMatterError(_NOT_LINES)
    lines: dict[str, int] = {}
    _refuse_references(root)
    values = _mapping(events, 1, lines)
    if (more := next(events, None)) is not None:
        raise BadMatterError("a second document begins in the front matter", _line(more.start_mark))
    return Matter(values, lines, tuple(_comments(text)))


_PARTS: Final = (yaml.NodeEvent, yaml.CollectionEndEvent)


def _mapping(events: Iterator[Any], depth: int, lines: dict[str, int]) -> dict[str, Any]:
    """Build an object from its events, and note the line of each key."""
    values: dict[str, Any] = {}
    for key in _until_end(events):
        _refuse_references(key)
        if not isinstance(key, yaml.ScalarEvent):
            raise BadMatterError("a key is not text", _line(key.start_mark))
        if key.value in values:
            raise BadMatterError(f"the key {key.value!r} is there twice", _line(key.start_mark))
        lines[key.value] = _line(key.start_mark)
        values[key.value] = _value(next(events), events, depth + 1)
    return values


def _value(event: Any, events: Iterator[Any], depth: int) -> Any:
    """Build the value that begins with `event`."""
    _refuse_references(event)
    if isinstance(event, yaml.ScalarEvent):
        return event.value
    if depth > MAX_DEPTH:
        raise _TooDeepError(f"is nested deeper than {MAX_DEPTH} levels", _line(event.start_mark))
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(events, depth, {})
    return [_value(item, events, depth + 1) for item in _until_end(events)]


def _until_end(events: Iterator[Any]) -> Iterator[Any]:
    """Yield the events of the members of a list or object; the caller takes what is inside them."""
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            return
        yield event


def _refuse_references(event: Any) -> None:
    if event.anchor is not None:
        reason = "has an anchor or alias (& or *); write the value out"
        raise BadMatterError(reason, _line(event.start_mark))
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise BadMatterError(f"has a tag of YAML's ({tag}); leave it out", _line(event.start_mark))


# --- what people write all the same -----------------------------------------------------------------------


def _mended(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Put quotes around values that make their line no YAML, and return a note for each such line.

    Not around a list or object that is never closed, nor where it is not plain what a backslash stands for.
    """
    lines = text.split("\n")
    notes = []
    for number, (line, below) in enumerate(zip(lines, [*lines[1:], ""], strict=True)):
        match = re.fullmatch(_PLAIN_LINE, line)
        if match is None or below[:1] in (" ", "\t", "-") or re.match(_NOT_MENDED, match[2], re.VERBOSE):
            continue
        if not _is_sound(line):
            lines[number] = f"{match[1]}: {_quoted(match[2].rstrip())}"
            notes.append((number, f"{match[1]} is no YAML and is read as text; put the text in quotes"))
    return "\n".join(lines), notes


def _is_sound(line: str) -> bool:
    try:
        return sum(1 for _ in yaml.parse(line, Loader=_Loader)) > 0
    except yaml.YAMLError:
        return False


def _quoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]  # quotes inside quotes
    return "'{}'".format(text.replace("'", "''"))


def _comments(text: str) -> Iterator[tuple[int, str]]:
    """Yield a note where a title or summary ends at a `#` that was hardly meant to begin a comment."""
    if " #" in text or "\t#" in text:
        for match in re.finditer(_COMMENT, text):
            if plain_name(match[1]) in _COMMENTED:
                left_out = f"YAML leaves out {match[2][:40]!r} behind the {match[1]}; put the text in quotes"
                yield text.count("\n", 0, match.start()), left_out
