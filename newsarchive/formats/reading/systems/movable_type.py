"""The export of Movable Type, TypePad and others after them: fields in lines, texts between rules of dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from newsarchive.formats.base import DRAFT, Found, Remark, Source, reporting, unix_lines
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.headlines import headline_of
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.markup import plain_text
from newsarchive.formats.reading.stories import Story, items_of

_END_OF_ENTRY: Final = r"(?m)^-{8}[ \t]*$\n?"
_END_OF_PART: Final = r"(?m)^-{5}[ \t]*$\n?"
_FIELD: Final = r"([A-Z][A-Z ]*): ?(.*)"
_DATE: Final = r"\s*(\d{1,2})/(\d{1,2})/(\d{4})\b"
_TEXTS: Final = ("BODY", "EXTENDED BODY", "EXCERPT", "KEYWORDS")
_COUNTED: Final = {"COMMENT": "comment", "PING": "trackback"}


class _Entry(NamedTuple):
    """The fields of an entry, each with its values, and its texts."""

    fields: Mapping[str, list[str]]
    texts: Mapping[str, str]

    def first(self, name: str) -> str:
        """Return the first value of a field, empty if there is none."""
        return next(iter(self.fields.get(name, ())), "")


class MovableTypeReader:
    """Reads the entries of an export."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each entry, and a count of everything else."""
        text, note = text_of(source)
        if note:
            yield Remark(source.name, note)
        left_out, stories = Tally(source.name), []
        blocks = (block for block in re.split(_END_OF_ENTRY, unix_lines(text)) if block.strip())
        for number, block in enumerate(blocks, 1):
            entry = _entry(block, left_out)
            if entry.first("STATUS").lower() in ("", "publish") or source.hints.drafts:
                stories.append(_story(entry, f"{source.name}, entry {number}"))
            else:
                left_out.add(DRAFT)
        yield from items_of(stories, source)
        yield from left_out.found()


def _entry(block: str, left_out: Tally) -> _Entry:
    head, *parts = re.split(_END_OF_PART, block)
    fields: dict[str, list[str]] = {}
    for line in head.split("\n"):
        if match := re.fullmatch(_FIELD, line):
            fields.setdefault(match[1], []).append(match[2].strip())
    texts: dict[str, str] = {}
    for part in parts:
        name, _, text = part.lstrip("\n").partition(":\n")
        if name in _TEXTS:
            texts.setdefault(name, text.strip("\n"))
        elif name in _COUNTED:
            left_out.add(_COUNTED[name])
    return _Entry(fields, texts)


def _story(entry: _Entry, place: str) -> Story:
    breaks = entry.first("CONVERT BREAKS").lower()
    body, rest, summary = (
        plain_text(_with_breaks(entry.texts.get(name, ""), breaks), has_paragraphs=True)
        for name in ("BODY", "EXTENDED BODY", "EXCERPT")
    )
    whole, status = "\n\n".join(filter(None, (body, rest))), entry.first("STATUS")
    extra = {
        "author": "" if "@" in entry.first("AUTHOR") else entry.first("AUTHOR"),
        "status": "" if status.lower() in ("", "publish") else status.lower(),
        "slug": entry.first("BASENAME"),
    }
    return Story(
        place=place,
        title=" ".join(plain_text(entry.first("TITLE")).split()) or headline_of(whole),
        date=_date(entry.first("DATE")),
        summary=summary,
        body=whole,
        url=entry.first("UNIQUE URL"),
        tags=[*_tags(entry)],
        extra={name: value for name, value in extra.items() if value},
    )


def _date(text: str) -> str:
    """Return a date of this format, which is month, day, year whatever the country: ISO leaves no doubt."""
    match = re.match(_DATE, text)
    return f"{match[3]}-{int(match[1]):02}-{int(match[2]):02}" if match and int(match[1]) <= 12 else text


def _tags(entry: _Entry) -> Iterator[str]:
    """Yield categories, then tags and keywords, which may be in quotes."""
    for name in ("PRIMARY CATEGORY", "CATEGORY"):
        yield from filter(None, entry.fields.get(name, ()))
    for text in (*entry.fields.get("TAGS", ()), entry.texts.get("KEYWORDS", "")):
        for quoted, bare in re.findall(r'"([^"]*)"|([^",]+)', text):
            if tag := (quoted or bare).strip():
                yield tag


def _with_breaks(text: str, breaks: str) -> str:
    """Return HTML; unless breaks say otherwise, the line ends of a text mean something."""
    if breaks in ("0", "none", "richtext", "false"):
        return text
    return re.sub("\n", "<br>", re.sub("\n[ \t]*\n", "<p>", text))
