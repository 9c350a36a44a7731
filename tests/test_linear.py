"""No pattern takes more than twice the time for twice the text: whoever writes a text cannot make it wait."""

from __future__ import annotations

import ast
import re
from collections import deque
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import pytest
from clock import own_seconds, soon

from newsarchive.formats.known import FORMATS

PACKAGE = Path(__file__).parent.parent / "newsarchive"
METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")
SIZE = 4_000
SLOW = 0.01
"""Seconds that no linear pattern takes for so short a text."""


class Use(NamedTuple):
    """A pattern and how the program applies it, at `place`."""

    place: str
    pattern: Any
    method: str


def uses() -> Iterator[Use]:
    """Find every pattern that the program applies where it stands; those that it keeps are in `made`."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if name.endswith("__main__") or not any("re" in _imported(node) for node in tree.body):
            continue
        module = vars(import_module(name))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                yield from _uses_in(node, node.func, module, name)


def _imported(node):
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def _uses_in(call, function, module, name):
    place = f"{name}:{call.lineno}"
    if function.attr in METHODS and isinstance(function.value, ast.Name) and function.value.id == "re":
        pattern = _value(call.args[0], module)
        flags = [word.value for word in call.keywords if word.arg == "flags"]
        if len(call.args) == _arguments(function.attr) + 1:
            flags = [call.args[-1]]
        if pattern is not None:
            yield Use(place, re.compile(pattern, _value(flags[0], module) if flags else 0), function.attr)


def _arguments(method):
    return 3 if method in ("sub", "subn") else 2


def _value(node, module):
    try:
        return eval(compile(ast.Expression(node), "pattern", "eval"), module)
    except NameError:
        return None


def made() -> Iterator[Use]:
    """Find the patterns that a module keeps, itself or in a function without parameters, and those of a list."""
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    for path, source in sources.items():
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        for attribute, value in [] if name.endswith("__main__") else vars(import_module(name)).items():
            inner = getattr(value, "__wrapped__", None)
            if inner is not None and inner.__annotations__ == {"return": "re.Pattern[str]"}:
                value = value()
            elif not isinstance(value, re.Pattern):
                continue
            applied = set(re.findall(rf"\b{attribute}(?:\(\))?\.({'|'.join(METHODS)})\b", source))
            yield from (Use(f"{name}.{attribute}", value, method) for method in applied or {"search"})
    for format_ in FORMATS:
        if format_.opening:
            yield Use(f"the opening of {format_.name}", re.compile(format_.opening), "match")


# --- texts that a pattern may be slow on ------------------------------------------------------------------


def texts(pattern: Any, size: int) -> Iterator[Any]:
    """Make texts of what a pattern repeats, behind what comes before that and in front of what does not fit."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    pieces = dict.fromkeys(piece for piece in _pieces(tree) if piece)
    starts = dict.fromkeys(("", *list(pieces)[:6]))
    for piece, start, end in product(list(pieces)[:24], starts, ("", "\0", "\n!")):
        text = (start + piece * (size // len(piece)) + end)[: size + 8]
        yield text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text


def _pieces(tree: Any) -> Iterator[str]:
    """Yield a text for each part of a pattern that may occur again, and for each of its beginnings."""
    for place, (kind, argument) in enumerate(tree):
        if kind in _REPEATS:
            for item in _choices(argument[2]):
                yield item
                yield "".join(_one(node) for node in tree[:place]) + item
            yield from _pieces(argument[2])
        for inner in _inside(kind, argument):
            yield from _pieces(inner)
    yield "".join(map(_one, tree))


_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def _inside(kind, argument):
    if kind is sre.SUBPATTERN:
        return [argument[3]]
    if kind is sre.BRANCH:
        return argument[1]
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return [argument[1]]
    return [argument] if kind is sre.ATOMIC_GROUP else []


def _choices(tree):
    """Return a text for each branch of a tree that is nothing but branches, or for each member of a set."""
    (kind, argument), *rest = [*tree]
    if kind is sre.BRANCH and not rest:
        return ["".join(map(_one, branch)) for branch in argument[1]]
    if kind is sre.IN and not rest:
        return list(dict.fromkeys(_member(item) for item in argument))
    return ["".join(map(_one, tree))]


def _one(node):
    """Return one text that a node matches, or is likely to."""
    kind, argument = node
    if kind in (sre.LITERAL, sre.NOT_LITERAL):
        return chr(argument) if kind is sre.LITERAL else ("b" if argument == ord("a") else "a")
    if kind in _REPEATS:
        return "".join(map(_one, argument[2])) * max(argument[0], 1)
    if kind is sre.IN:
        return "~" if argument[0][0] is sre.NEGATE else _member(argument[0])
    if kind is sre.ANY:
        return "a"
    inner = [] if kind in (sre.ASSERT, sre.ASSERT_NOT) else _inside(kind, argument)
    return "".join(map(_one, inner[0])) if inner else ""


def _member(item):
    kind, argument = item
    if kind is sre.LITERAL:
        return chr(argument)
    if kind is sre.RANGE:
        return chr(argument[0])
    return {sre.CATEGORY_SPACE: " ", sre.CATEGORY_DIGIT: "1"}.get(argument, "~a"[kind is sre.CATEGORY])


# --- the tests --------------------------------------------------------------------------------------------


def _seconds(use, text):
    if use.method in ("search", "match", "fullmatch"):
        return own_seconds(lambda: getattr(use.pattern, use.method)(text))
    return own_seconds(lambda: deque(use.pattern.finditer(text), maxlen=0))


def _is_slow(use, text):
    """Whether a text takes long, and one of twice the length far more than twice as long."""
    if _seconds(use, text) < SLOW:
        return False
    half = min(_seconds(use, text[: len(text) // 2]) for _ in range(3))
    return min(_seconds(use, text) for _ in range(3)) > max(SLOW, 3 * half)


ALL = [*uses(), *made()]


def test_every_pattern_is_linear():
    """It takes hardly more than twice as long for twice the text, whatever a pattern repeats."""
    slow = [
        f"{use.place} {use.method} {text[:20]!r}"
        for use in ALL
        for text in texts(use.pattern, SIZE)
        if _is_slow(use, text)
    ]

    assert len(ALL) > 120
    assert slow == []


@pytest.mark.parametrize(
    "pattern",
    [r"(?:['’]s)+$", r"\s*[|·]\s*", r"\w*[^\x00-\x7f]", r"\s*(?:[a-z][a-z0-9+.-]*)?://", r"(?:a|a?b)*c"],
)
def test_the_test_finds_slow_patterns(pattern):
    """It notices those that begin anew at each character of a long run."""
    use = Use("here", re.compile(pattern), "search")

    assert any(_is_slow(use, text) for text in texts(use.pattern, SIZE))


# --- through the program ----------------------------------------------------------------------------------

UNITS = [
    "'s",
    "’s",
    "a",
    "я",
    "a-",
    "a’",
    "l'",
    "é ",
    "İ",
    "中",
    "a\u0301",
    "\n",
    " ",
    "1/",
    "<",
    "&",
    "a@",
    "://",
]


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_text_of_one_piece_holds_nobody_up(invoke, unit):
    """It imports, finds and exports a text of 200 kB within seconds of processor time."""
    text = unit * (200_000 // len(unit.encode()))
    Path("a.csv").write_text(f'title,url,body\nSaiga,https://example.org/1,"{text}"\n', encoding="utf-8")
    with soon(10):
        codes = [
            invoke(*command).code
            for command in (
                ("import", "a.csv"),
                ("search", "saiga horn", "--explain"),
                ("list", '"saiga horn" OR мезнев OR url:y'),
                ("show", "1"),
                ("export", "-o", "a.html"),
                ("export", "-o", "a.bib"),
            )
        ]

    assert codes == [0] * 6


def test_a_feed_of_possessives_holds_nobody_up(invoke):
    """It reads an item of 160 kB of 's, and finds words in it, as fast as any."""
    item = "<item><title>Saiga</title><description>{}</description></item>"
    Path("a.xml").write_text(
        f'<rss version="2.0"><channel>{item.format("the saiga" + chr(39) + "s" + 80_000 * "’s")}</channel></rss>',
        encoding="utf-8",
    )
    with soon(5):
        assert invoke("import", "a.xml").code == 0
        assert invoke("search", "saiga").out.count("Saiga") >= 1
        assert invoke("export", "-o", "a.html").code == 0


def test_a_word_of_a_mebibyte_is_a_word(invoke):
    """It stores, searches and shows a body that is one word as long as a body may be."""
    Path("a.txt").write_text("saiga" * 209_715, encoding="utf-8")
    with soon(5):
        assert invoke("add", "--title", "Long", "--body", "a.txt").code == 0
        assert invoke("search", "saigb").code == 0
        assert invoke("search", "long").out.count("Long") == 1
        assert len(invoke("show", "1").out) > 1_000_000
