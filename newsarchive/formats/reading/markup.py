"""From HTML to plain text: the words of a fragment, its paragraphs, list items and rows as lines.

A fragment is only cut into tags and text, never made a tree: it takes time in proportion to its length,
however deep it is nested and however ill it is formed.
"""

from __future__ import annotations

import functools
import html
import re
from typing import Final

_INLINE: Final = frozenset(
    {
        *(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
        ),
        *("i", "img", "ins", "kbd", "label", "mark", "meter", "nobr", "output", "picture", "q", "rp", "rt"),
        *("ruby", "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "svg", "time"),
        *("tt", "u", "var", "wbr"),
    }
)
"""The elements that stand inside a line; every other begins one."""

STRUCK: Final = frozenset({"del", "s", "strike"})
"""What was taken back, and is shown struck out: “on <del>5 May</del> 6 May” is not said of both days."""

LONGEST_STRUCK: Final = 200
"""Characters; of a page that is read as a tree, more is what stands behind a tag that nobody has closed."""

_CELLS: Final = frozenset({"td", "th"})
_LINES: Final = frozenset({"br", "li", "tr", "dt", "dd", "thead", "tbody", "tfoot", "option"})
"""What begins a line that belongs to the one above; every other element begins a paragraph."""

# Longer numbers are no characters; those of thousands of digits Python refuses to read.
_ENDLESS_REFERENCE: Final = r"(?i)&\#(?:x[0-9a-f]{9,}+|[0-9]{9,}+);?"


def plain_text(markup: str, *, has_paragraphs: bool = False) -> str:
    """Return the words of an HTML fragment, a line for each paragraph, list item or row of a table.

    With `has_paragraphs` a blank line stands between paragraphs. Entities are decoded once; blanks are
    collapsed; scripts, styles, comments, attributes and what is struck out are left out.
    """
    lines = plain_lines("".join(_pieces(markup)))
    return lines if has_paragraphs else lines.replace("\n\n", "\n")


def plain_lines(text: str) -> str:
    """Return a text with its blanks collapsed in every line, and no more than one blank line in a row."""
    lines = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return re.sub("\n{3,}", "\n\n", lines).strip()


def decoded(text: str) -> str:
    """Return `text` with its entities decoded, once."""
    return html.unescape(re.sub(_ENDLESS_REFERENCE, "\ufffd", text)) if "&" in text else text


def _pieces(markup: str) -> list[str]:
    """Return the texts between the tags, and what stands for a tag among them.

    What is struck out goes at its end, so that a tag which nobody has closed costs nothing.
    """
    pieces: list[str] = []
    struck: dict[str, int] = {}
    position = 0
    for match in _marks().finditer(markup):
        pieces.append(_text(markup[position : match.start()]))
        pieces.append(_stand_in(match))
        position = match.end()
        name = (match["name"] or "").lower()
        if name in STRUCK and not match["slash"]:
            struck[name] = len(pieces)
        elif name in struck:
            del pieces[struck.pop(name) :]
    pieces.append(_text(markup[position:]))
    return pieces


def _text(between: str) -> str:
    return re.sub(r"\s+", " ", decoded(between))


def _stand_in(match: re.Match[str]) -> str:
    if match["cdata"] is not None:
        return _text(match["cdata"])
    name = (match["name"] or "").lower()
    if not name or name in _INLINE:
        return ""
    if name in _CELLS:
        return " "
    if name in _LINES:
        return "" if match["slash"] else "\n"
    return "\n\n"


@functools.cache
def _marks() -> re.Pattern[str]:
    # Every repetition is possessive, and what never ends goes to the end of the text, as in a browser: no
    # place is looked at twice.
    return re.compile(
        r"""
        <!-- (?: > | -> | (?: (?! -- !? > ) . )*+ (?: -- !? > | \Z ) )           # comment
        | <!\[CDATA\[ (?P<cdata> (?: (?! \]\]> ) . )*+ ) (?: \]\]> | \Z )        # text of XML
        | < (?P<raw> script | style | template | iframe | noembed | noframes | title ) (?= [\s/>] )
          (?: (?! </ (?P=raw) [\s/>] ) . )*+ (?: </ (?P=raw) [^>]*+ > | \Z )     # what is not for reading
        | < (?P<slash> /? ) (?P<name> [a-z] [^\s/>]*+ )                          # tag
          (?: [^>"'=]++ | = \s*+ (?: "[^"]*+ (?: " | \Z ) | '[^']*+ (?: ' | \Z ) )? | ["'] )*+ (?: > | \Z )
        | < [!?/] [^>]*+ (?: > | \Z )                                            # declaration, instruction
        """,
        re.VERBOSE | re.DOTALL | re.IGNORECASE,
    )
