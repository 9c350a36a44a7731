"""YAML read so that nothing in it can surprise: every value is text, and no text is a trap."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from typing import Any, Final

import yaml

from newsarchive.formats.fields import ALIASES, plain_name
from newsarchive.formats.matter import BadMatterError, Matter
from newsarchive.intake import MAX_DEPTH

# Text stays text: the loader that knows types makes False of `title: No` and 83 of `id: 0123`.
# Its parser is all that is needed: of two libraries that read YAML the one in C takes a tenth of the time.
_Parser: Final[Any] = getattr(getattr(yaml, "cyaml", None), "CParser", yaml.BaseLoader)

_NOT_LINES: Final = "the front matter is not made of lines `key: value`"
_KEY: Final = r"""["']?([^\W\d_][\w .-]{0,60}?)["']?[ \t]*:(?=[ \t\n]|\Z)"""
_GOES_ON: Final = r"[ \t\]}]|-(?:[ \t]|$)"
"""How a line begins that belongs to the key above it."""
_COMMENT: Final = r"""(?m)^([^\W\d_][\w .-]{0,60}):[ \t]+[^\s"'|>\[{&*!\#].*?[ \t](\#.*)$"""
_MAX_REPEATED: Final = 100_000
"""How many characters the aliases of one front matter repeat at most, together."""
_PLAIN_TAG: Final = r"!|tag:yaml\.org,2002:(?:str|int|float|bool|null|timestamp|seq|map)"
"""Tags that say no more than what kind of value is written there."""
_BINARY: Final = ("!binary", "tag:yaml.org,2002:binary")
_COMMENTED: Final = frozenset(ALIASES["title"] + ALIASES["summary"])


def read_yaml(text: str) -> Matter:
    """Read an object of texts, lists and objects at most MAX_DEPTH deep; no tag of YAML's builds anything.

    What is no YAML costs no more than its own key: a line `key: value`, such as a title with a colon, is read to
    its end. Raises BadMatterError.
    """
    try:
        return _loaded(text, _Names())
    except yaml.YAMLError as error:
        _refuse_depth(text, error)
        fault: BadMatterError = _explained(error, text)
    except _TooDeepError:
        raise
    except BadMatterError as error:
        fault = error
    return _by_keys(text, fault)


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
        _loaded(text[: mark.index], _Names())
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


def _decoded(event: Any) -> str | None:
    """Return the text of a value that is tagged as binary; None for others, and where it is no text.

    Ruby wrote all texts so that have letters beyond ASCII.
    """
    if not isinstance(event, yaml.ScalarEvent) or event.tag not in _BINARY:
        return None
    try:
        return b64decode("".join(event.value.split()), validate=True).decode()
    except ValueError:
        return None


def _line(mark: Any) -> int:
    line: int = 0 if mark is None else mark.line
    return line


# --- from events to values --------------------------------------------------------------------------------


def _loaded(text: str, names: _Names) -> Matter:
    # The library's composer follows the nesting by recursion in C: 25,000 brackets end the process. Its
    # events come one by one, and what is built from them here stops at the limit.
    building = _Building(_events(text), names)
    root = next(building.events, None)
    if not isinstance(root, yaml.MappingStartEvent):
        raise BadMatterError(_NOT_LINES)
    lines: dict[str, int] = {}
    values = building.mapping(1, lines)
    if (more := next(building.events, None)) is not None:
        raise BadMatterError("a second document begins in the front matter", _line(more.start_mark))
    return Matter(values, lines, (*building.notes, *_comments(text)))


def _events(text: str) -> Iterator[Any]:
    """Yield the events of all values in a text, as `yaml.parse` would. Raises YAMLError."""
    next_event = _Parser(text).get_event
    while True:
        event = next_event()
        kind = type(event)
        if kind in _PARTS:
            yield event
        elif kind is yaml.StreamEndEvent:
            return


_STARTS: Final = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS: Final = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_PARTS: Final = frozenset({yaml.ScalarEvent, yaml.AliasEvent, *_STARTS, *_ENDS})


class _Names:
    """The texts that have a name (&) in a front matter, and how much of them aliases (*) may still repeat."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.left = _MAX_REPEATED


class _Building:
    """Builds values from the events of the library."""

    def __init__(self, events: Iterator[Any], names: _Names) -> None:
        self.events = events
        self.notes: list[tuple[int, str]] = []
        self._names = names

    def mapping(self, depth: int, lines: dict[str, int]) -> dict[str, Any]:
        """Build an object and note the line of each key; of a key that is there twice, the last value counts."""
        values: dict[str, Any] = {}
        for key in self._until_end():
            if not isinstance(key, yaml.ScalarEvent):
                raise BadMatterError("a key is not text", _line(key.start_mark))
            line, value = _line(key.start_mark), self._value(next(self.events), depth + 1)
            if key.value in values:
                self.notes.append((line, f"the key {key.value!r} is there twice; one of its values is kept"))
            if value not in ("", [], {}) or key.value not in values:
                values[key.value] = value
                lines[key.value] = line
        return values

    def _value(self, event: Any, depth: int) -> Any:
        """Build the value that begins with `event`."""
        if type(event) is yaml.ScalarEvent and event.tag is None and event.anchor is None:
            return event.value
        if isinstance(event, yaml.AliasEvent):
            return self._repeated(event)
        text = _decoded(event)
        if text is None:
            self._note_tag(event)
        if isinstance(event, yaml.ScalarEvent):
            text = event.value if text is None else text
            if event.anchor is not None:
                self._names.texts[event.anchor] = text
            return text
        if depth > MAX_DEPTH:
            raise _TooDeepError(f"is nested deeper than {MAX_DEPTH} levels", _line(event.start_mark))
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(depth, {})
        return [self._value(item, depth + 1) for item in self._until_end()]

    def _repeated(self, alias: Any) -> str:
        """Return the text an alias stands for. Lists of lists by name, or a long text, would grow without measure."""
        text = self._names.texts.get(alias.anchor)
        if text is None:
            raise BadMatterError("has an alias (*) for no text; write the value out", _line(alias.start_mark))
        self._names.left -= len(text)
        if self._names.left < 0:
            raise BadMatterError("has aliases (*) that repeat too much", _line(alias.start_mark))
        return text

    def _note_tag(self, event: Any) -> None:
        """Note a tag that makes something else of its value than what is written there."""
        if event.tag and not re.fullmatch(_PLAIN_TAG, event.tag):
            note = f"{event.tag[:60]!r} is a tag of YAML's that says nothing here; its value is read as it stands"
            self.notes.append((_line(event.start_mark), note))

    def _until_end(self) -> Iterator[Any]:
        """Yield the events of the members of a list or object; the caller takes what is inside them."""
        for event in self.events:
            if type(event) in _ENDS:
                return
            yield event


# --- what people write all the same -----------------------------------------------------------------------


def _by_keys(text: str, fault: BadMatterError) -> Matter:
    """Read each key at the margin with what is below it by itself. Raises `fault` where nothing is such a key."""
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    notes: list[tuple[int, str]] = []
    names = _Names()
    for number, block in _blocks(text):
        key = re.match(_KEY, block)
        if key is None:
            if block.strip() and not block.lstrip().startswith("#"):
                notes.append((number, f"{block.strip()[:40]!r} is no line `key: value`, and is left out"))
            continue
        matter = _block(block, key[1], names)
        notes += [(number + line, note) for line, note in matter.notes]
        for name, value in matter.values.items():
            if name in values:
                notes.append((number, f"the key {name!r} is there twice; one of its values is kept"))
            if value not in ("", [], {}) or name not in values:
                values[name] = value
                lines[name] = number
    if not values:
        raise fault
    return Matter(values, lines, tuple(notes))


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line at the margin with the lines below that belong to it, and its number."""
    first, block = 0, ""
    for number, line in enumerate(text.split("\n")):
        if block and (not line.strip() or re.match(_GOES_ON, line)):
            block += f"\n{line}"
            continue
        if block:
            yield first, block
        first, block = number, line
    if block:
        yield first, block


def _block(block: str, key: str, names: _Names) -> Matter:
    """Read one key; a value that is no YAML becomes the text that is there, with a note."""
    try:
        return _loaded(block, names)
    except _TooDeepError:
        raise
    except (yaml.YAMLError, BadMatterError):
        pass
    value = block.partition(":")[2]
    shown = " ".join(value.split())
    note = f"{key} is no YAML and is read as text; put the text in quotes"
    if shown[:1] in ("[", "{") and "]" not in shown and "}" not in shown:
        shown = shown[1:].strip()  # what is never closed
    return Matter({key: _unquoted(shown)}, {}, ((0, note),))


def _unquoted(text: str) -> str:
    """Return a text without the quotes around it, or one that is never closed; those inside stay."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text[1:] if text[:1] in ('"', "'") and text.count(text[0]) == 1 else text


def _comments(text: str) -> Iterator[tuple[int, str]]:
    """Yield a note where a title or summary ends at a `#` that was hardly meant to begin a comment."""
    if " #" in text or "\t#" in text:
        for match in re.finditer(_COMMENT, text):
            if plain_name(match[1]) in _COMMENTED:
                left_out = f"YAML leaves out {match[2][:40]!r} behind the {match[1]}; put the text in quotes"
                yield text.count("\n", 0, match.start()), left_out
