"""The text of Rich Text Format: what a word processor shows of it, in time that grows with its length only.

The library at hand shows hidden and deleted text, too, and takes minutes for a megabyte of open braces.
The specification: https://interoperability.blob.core.windows.net/files/Archive_References/[MSFT-RTF].pdf.
"""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from newsarchive.errors import SourceError
from newsarchive.formats.reading.documents.prose import Paragraph, level_of_style

MAX_TOKENS: Final = 1_000_000

_TOKENS: Final = r"""
    \\ (?P<word> [a-zA-Z]{1,32} ) (?P<number> -?[0-9]{1,10} )? [ ]?
    | \\' (?P<byte> [0-9a-fA-F]{2} ) | \\ (?P<sign> [^a-zA-Z] )
    | (?P<brace> [{}] ) | (?P<text> [^\\{}\r\n]++ ) | [\r\n]
"""
_SHOWN: Final = {
    "tab": "\t",
    "line": "\n",
    "cell": " ",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "emspace": " ",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "enspace": " ",
    "qmspace": " ",
}
_SIGNS: Final = {"~": "\u00a0", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}"}
_ENDS: Final = frozenset({"par", "row", "sect", "page"})
_HIDING: Final = frozenset({"v", "deleted", "webhidden", "strike", "striked"})
_ASIDE: Final = frozenset(
    {
        *(
            "colortbl",
            "pict",
            "object",
            "header",
            "headerl",
            "headerr",
            "headerf",
            "footer",
            "footerl",
        ),
        *(
            "footerr",
            "footerf",
            "fldinst",
            "listtext",
            "pntext",
            "pntxta",
            "pntxtb",
            "nonshppict",
            "shprslt",
            "sp",
        ),
        *(
            "listtable",
            "revtbl",
            "xe",
            "tc",
            "template",
            "filetbl",
            "ftnsep",
            "ftnsepc",
            "ftncn",
            "aftnsep",
            "datafield",
        ),
    }
)
"""Groups that hold no text of the document."""
_READ: Final = ("shpinst", "footnote")
"""Groups that old programs are told to pass over and that hold text."""
PROPERTIES: Final = frozenset({"title", "author", "keywords", "subject", "creatim", "revtim"})
_CHARSETS: Final = {
    "77": "mac_roman",
    "128": "cp932",
    "129": "cp949",
    "134": "gbk",
    "136": "big5",
    "161": "cp1253",
    "162": "cp1254",
    "163": "cp1258",
    "177": "cp1255",
    "178": "cp1256",
    "186": "cp1257",
    "204": "cp1251",
    "222": "cp874",
    "238": "cp1250",
}


class _State(NamedTuple):
    """What holds inside a group: where its text goes (None: nowhere), what hides it, its font."""

    target: str | None = "body"
    hidden: frozenset[str] = frozenset()
    font: str = ""
    skipped: int = 1


@dataclass
class Rtf:
    """The paragraphs of a document, and the texts of its properties by their control words."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)


def read_rtf(text: str, place: str) -> Rtf:
    """Return what an RTF text shows. Raises SourceError at `place` for one that has too many parts."""
    reading = _Reading()
    for number, match in enumerate(re.finditer(_TOKENS, text, re.VERBOSE)):
        if number >= MAX_TOKENS:
            raise SourceError(place, f"has more than {MAX_TOKENS:,} control words and texts")
        reading.take(match)
    return reading.result()


class _Reading:
    """Goes through the tokens of a text."""

    def __init__(self) -> None:
        self._state = _State()
        self._outer: list[_State] = []
        self._pieces: defaultdict[str, list[str]] = defaultdict(list)
        self._bytes = bytearray()
        self._encoding = "cp1252"
        self._fonts: dict[str, str] = {}
        self._to_skip = 0
        self._is_optional = False
        self._level: int | None = None
        self._style = ""
        self._levels: dict[str, int | None] = {}
        """The level of a heading by the number of its style."""
        self._paragraphs: dict[str, list[Paragraph]] = {"body": [], "footnote": []}

    def take(self, match: re.Match[str]) -> None:
        """Take one token."""
        if match["byte"] is None and match["text"] is None:
            self._flush()
        if brace := match["brace"]:
            self._group(brace)
        elif word := match["word"]:
            self._word(word, match["number"] or "")
        elif match["byte"] is not None:
            self._byte(bytes.fromhex(match["byte"]))
        elif (sign := match["sign"]) is not None:
            self._is_optional = sign == "*"
            if self._to_skip:
                self._to_skip -= 1
            else:
                self._sign(sign)
        elif (text := match["text"]) is not None:
            start = min(self._to_skip, len(text))
            self._to_skip -= start
            self._byte(text[start:].encode("latin-1", "replace"))

    def result(self) -> Rtf:
        """Return what was shown."""
        self._flush()
        for target in self._paragraphs:
            self._end(target)
        properties = {name: "".join(self._pieces[name]).strip() for name in PROPERTIES}
        return Rtf([*self._paragraphs["body"], *self._paragraphs["footnote"]], properties)

    def _group(self, brace: str) -> None:
        self._to_skip = 0
        if brace == "{":
            self._outer.append(self._state)
        elif self._outer:
            if self._state.target == "stylesheet":
                self._end_style()
            self._state = self._outer.pop()

    def _end_style(self) -> None:
        """Take the name of a style, which stands at its end."""
        name = "".join(self._pieces.pop("stylesheet", ())).strip("; ")
        self._levels.setdefault(self._style, level_of_style(name))
        self._style, self._level = "", None

    def _word(self, word: str, number: str) -> None:
        is_optional, self._is_optional = self._is_optional, False
        self._to_skip = 0
        if word in _HIDING:
            changed = self._state.hidden - {word} if number == "0" else self._state.hidden | {word}
            self._state = self._state._replace(hidden=changed)
        elif word == "u":
            self._show(chr(int(number or 0) % 0x10000))
            self._to_skip = self._state.skipped
        elif word in _SHOWN:
            self._show(_SHOWN[word])
        elif word in _ENDS and self._state.target in self._paragraphs:
            self._end(str(self._state.target))
        elif not self._formatted(word, number):
            self._turn(word, number, is_optional=is_optional)

    def _formatted(self, word: str, number: str) -> bool:
        """Take a word that says how the text is written, if it is one."""
        if word == "f":
            self._state = self._state._replace(font=number)
        elif word == "fcharset":
            self._fonts[self._state.font] = _CHARSETS.get(number, "")
        elif word == "ansicpg":
            self._encoding = _known(f"cp{number}")
        elif word == "uc":
            self._state = self._state._replace(skipped=int(number or 1))
        elif word == "plain":
            self._state = self._state._replace(hidden=frozenset())
        elif word == "s" and self._state.target == "stylesheet":
            self._style = number
        elif word == "s":
            self._level = self._levels.get(number)
        elif word in ("pard", "outlinelevel"):
            self._level = int(number) + 1 if word == "outlinelevel" and number in tuple("012345678") else None
        else:
            return False
        return True

    def _turn(self, word: str, number: str, *, is_optional: bool) -> None:
        """Turn to where the text of a group goes that begins with this word."""
        target = self._state.target
        if word == "fonttbl" or word in _ASIDE or (is_optional and word not in _READ):
            target = None
        elif word in ("footnote", "info", "stylesheet") or (word in PROPERTIES and target == "info"):
            target = word
        elif target in PROPERTIES and word in ("yr", "mo", "dy"):
            self._pieces[str(target)].append(f"{'-' if word != 'yr' else ''}{int(number or 0):02}")
        self._state = self._state._replace(target=target)

    def _sign(self, sign: str) -> None:
        if sign in "\r\n" and self._state.target in self._paragraphs:
            self._end(str(self._state.target))
        self._show(_SIGNS.get(sign, ""))

    def _byte(self, data: bytes) -> None:
        if len(data) == 1 and self._to_skip:
            self._to_skip -= 1
        elif self._state.target is not None:
            self._bytes += data

    def _flush(self) -> None:
        if self._bytes:
            encoding = self._fonts.get(self._state.font) or self._encoding
            data, self._bytes = bytes(self._bytes), bytearray()
            self._show(data.decode(encoding, "replace"))

    def _show(self, text: str) -> None:
        if text and self._state.target not in (None, "info") and not self._state.hidden:
            self._pieces[str(self._state.target)].append(text)

    def _end(self, target: str) -> None:
        """End a paragraph; characters beyond the first 65,536 are written in halves."""
        text = "".join(self._pieces.pop(target, ()))
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self._paragraphs[target].append(Paragraph(whole, self._level if target == "body" else None))


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "utf-8" if encoding == "cp65001" else "cp1252"
