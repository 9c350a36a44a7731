"""A text of many stories in which labels tell what is what: `TITLE: …`, `DATE: …`, again for each story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from newsarchive.errors import SourceError
from newsarchive.formats.base import Found, Remark, Source, reporting, unix_lines
from newsarchive.formats.fields import field_called
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.records import Record, items_of
from newsarchive.formats.reading.stories import summary_and_body

_LABEL: Final = r"[ \t]*([^\W\d_][\w()/ -]{0,40})[:：][ \t]*+(.*)"
_RULE: Final = r"[ \t]*(?:[-=_*~#+][ \t]*){3,}"
_TEXTS: Final = ("summary", "body")
_TELLING: Final = ("title", "date")


class _Line(NamedTuple):
    """A line: its text, and of a label the field that it names, empty for others, and its value."""

    number: int
    text: str
    label: str = ""
    field: str = ""
    value: str = ""


class LabelledReader:
    """Reads the stories of a text, each of which begins with the label that the first one begins with."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each story."""
        text, note = text_of(source)
        if note:
            yield Remark(source.name, note)
        lines = [_line(number, line) for number, line in enumerate(unix_lines(text).split("\n"), 1)]
        starts = _starts(lines)
        if not starts:
            raise SourceError(source.name, "has no lines `Title: …` and `Date: …`")
        if above := sum(bool(line.text.strip()) for line in lines[: starts[0]]):
            told = "1 line stands" if above == 1 else f"{above:,} lines stand"
            yield Remark(
                source.name, f"{told} above the first story and {'is' if above == 1 else 'are'} left out"
            )
        ends = [*starts[1:], len(lines)]
        records = [_record(lines[start:end], source) for start, end in zip(starts, ends, strict=True)]
        yield from items_of(records, source, is_column=False)


def is_labelled(text: str) -> bool:
    """Whether the beginning of a text names a title and a date more than once."""
    fields = [_line(0, line).field for line in text.splitlines()]
    return all(fields.count(field) > 1 for field in _TELLING)


def _line(number: int, text: str) -> _Line:
    match = re.fullmatch(_LABEL, text) if ":" in text or "：" in text else None
    if match is None or match[2].startswith("//"):
        return _Line(number, text)
    label = match[1].strip()
    return _Line(number, text, label, field_called(label), match[2].strip())


def _starts(lines: Sequence[_Line]) -> list[int]:
    """Return where the stories begin: at each title or each date, whichever comes first, with the labels above.

    Labels above are those that the first story has there.
    """
    first = next((line.field for line in lines if line.field in _TELLING), "")
    found = [place for place, line in enumerate(lines) if first and line.field == first]
    if not found:
        return []
    top = _top(lines, found[0], None)
    above = {line.label for line in lines[top : found[0]]}
    return [top, *(_top(lines, place, above) for place in found[1:])]


def _top(lines: Sequence[_Line], place: int, labels: set[str] | None) -> int:
    """Return where the labels begin that stand directly above a line, of these or any."""
    while place and (label := lines[place - 1].label) and (labels is None or label in labels):
        place -= 1
    return place


def _record(lines: Sequence[_Line], source: Source) -> Record:
    """Return what the labels of a story say, and the text below them."""
    values: dict[str, list[str]] = {}
    text: list[str] = []
    above_text, current = True, ""
    for line in _without_rules(lines):
        is_label = line.field or (above_text and line.label)
        if is_label and line.label not in values:
            current = line.label
            values[current] = [line.value]
        elif current and field_called(current) in _TEXTS:
            above_text = False
            values[current].append(line.text.rstrip())
        elif above_text and current and line.text[:1] in (" ", "\t") and line.text.strip():
            values[current].append(line.text.strip())
        else:
            above_text, current = False, ""
            text.append(line.text.rstrip())
    told = {label: _joined(label, parts) for label, parts in values.items()}
    return Record(f"{source.name}:{lines[0].number}", {**told, **_texts("\n".join(text).strip(), told)})


def _without_rules(lines: Sequence[_Line]) -> Sequence[_Line]:
    """Leave out the rules and blank lines at the end of a story."""
    end = len(lines)
    while end and (not lines[end - 1].text.strip() or re.fullmatch(_RULE, lines[end - 1].text)):
        end -= 1
    return lines[:end]


def _joined(label: str, parts: Iterable[str]) -> str:
    return ("\n" if field_called(label) in _TEXTS else " ").join(parts).strip()


def _texts(text: str, told: dict[str, str]) -> dict[str, str]:
    """Return the text below the labels as the fields that they do not name."""
    fields = {field_called(label) for label, value in told.items() if value}
    if not text:
        return {}
    if "body" in fields:
        return {"source_text": text}
    summary, body = ("", text) if "summary" in fields else summary_and_body("", text)
    return {name: held for name, held in (("summary", summary), ("body", body)) if held}
