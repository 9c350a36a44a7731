"""Checks of titles and texts."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from newsarchive.entry import Entry
from newsarchive.planning.checks.base import Fault, Surroundings, quoted, texts_of
from newsarchive.text.damage import LOST, damage
from newsarchive.text.script import script

_EDIT: Final = "newsarchive edit {id}"

# --- blanks -----------------------------------------------------------------------------------------------

_DOUBLED: Final = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_BEFORE: Final = re.compile(r"(?<=\w) (?=[,.](?:\s|$))|(?<=\w) ,(?=[^\W\d_])")
_BLANKS: Final = {("  ", " \u00a0", "\u00a0 ", "\u00a0\u00a0"): _DOUBLED, (" ,", " ."): _BEFORE}
"""What each is known by at first sight, as there are many blanks in a text."""

# Each begins with the sign, which is rarer than letters, and looks back from there.
_LOST: Final = re.compile(
    r"[.!?,;](?<=[^\W\d_A-ZА-ЯЁ]{2}.)[^\W\d_a-zа-яё][^\W\d_A-ZА-ЯЁ]|[,;](?<=[^\W\d_]{2}.)[^\W\d_]{2}"
)
_ADDRESS: Final = re.compile(r"[/@\\]|www\.|\.(?:com|org|int|net|ru|pdf)\b", re.IGNORECASE)


def blanks(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find two blanks in a row, and a blank before a comma or a full stop."""
    for name, text in texts_of(entry):
        for signs, pattern in _BLANKS.items():
            if any(sign in text for sign in signs) and (match := pattern.search(text)):
                yield Fault(f"{name}: {quoted(text, *match.span())}", f"{_CHECK} blanks id:{{id}}")
                break


_CHECK: Final = "newsarchive check --fix --only"


def with_single_blanks(entry: Entry, _: Surroundings) -> Entry:
    """Return the entry with one blank where there were several, and none before commas and full stops."""
    return _mended(entry, lambda text: _BEFORE.sub(_put_right, _DOUBLED.sub(" ", text)))


def _put_right(match: re.Match[str]) -> str:
    """Return what stands there in the place of a blank before a sign: nothing, or the blank behind the comma."""
    return ", " if match[0] == " ," else ""


def lost_blanks(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find words that run together behind a full stop or comma."""
    for name, text in texts_of(entry):
        for match in _LOST.finditer(text):
            if not _ADDRESS.search(_run_around(text, match.start())):
                yield Fault(f"{name}: {quoted(text, match.start() - 2, match.end())}", _EDIT)
                break


def _run_around(text: str, place: int) -> str:
    """Return what stands between the blanks around a place."""
    start = max(text.rfind(blank, 0, place) for blank in " \n\t") + 1
    match = re.compile(r"\S*").match(text, start)
    return match[0] if match else ""


# --- characters that nobody typed -------------------------------------------------------------------------

_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
_TAG: Final = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|a|div|span|ul|ol|li|h[1-6]|img|t[rdh]|table|blockquote|script|style|font|iframe)"
    r"(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")
_SOFT: Final = "\u00ad"


def entities(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find characters written as HTML writes them."""
    for name, text in texts_of(entry):
        for match in _ENTITY.finditer(text) if "&" in text else ():
            if html.unescape(match[0]) != match[0]:
                yield Fault(f"{name}: {quoted(text, *match.span())}", f"{_CHECK} entities id:{{id}}")
                break


def without_entities(entry: Entry, _: Surroundings) -> Entry:
    """Return the entry with the characters for which entities stand; what would steer a terminal goes."""
    return _mended(
        entry, lambda text: _CONTROLS.sub("", _ENTITY.sub(lambda match: html.unescape(match[0]), text))
    )


def tags_of_html(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find tags of HTML."""
    for name, text in texts_of(entry):
        if "<" in text and (match := _TAG.search(text)):
            yield Fault(f"{name}: {quoted(text, *match.span())}", _EDIT)


def soft_hyphens(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find soft hyphens, at which nothing finds a word that is searched for letter by letter."""
    for name, text in texts_of(entry):
        if (place := text.find(_SOFT)) >= 0:
            shown = quoted(text.replace(_SOFT, "·"), place, place + 1)
            yield Fault(f"{name}: {shown}", f"{_CHECK} soft-hyphen id:{{id}}")


def without_soft_hyphens(entry: Entry, _: Surroundings) -> Entry:
    """Return the entry without soft hyphens."""
    return _mended(entry, lambda text: text.replace(_SOFT, ""))


def controls(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find control characters, which only an edit by hand can have brought in."""
    for name, text in texts_of(entry):
        if match := _CONTROLS.search(text):
            yield Fault(f"{name}: holds U+{ord(match[0]):04X}", f"{_CHECK} control-character id:{{id}}")


def without_controls(entry: Entry, _: Surroundings) -> Entry:
    """Return the entry without control characters."""
    return _mended(entry, lambda text: _CONTROLS.sub("", text))


def mojibake(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find letters that were read in a wrong encoding, or were lost."""
    for name, text in texts_of(entry):
        if fault := damage(text):
            place = text.find(LOST)
            where = f", {quoted(text, place, place + 1)}" if place >= 0 else ""
            yield Fault(f"{name}: {fault}{where}", _EDIT)


def _mended(entry: Entry, mend: Callable[[str], str]) -> Entry:
    """Return the entry with each of its texts mended, as far as a title is left."""
    texts = {name: mend(text) for name, text in texts_of(entry)}
    return replace(entry, **texts) if texts["title"].strip() else entry  # type: ignore[arg-type]


# --- letters ----------------------------------------------------------------------------------------------

_LATIN: Final = "AaBCcEeHIiJjKMOoPpSsTXxYy"
_CYRILLIC: Final = "АаВСсЕеНІіЈјКМОоРрЅѕТХхУу"
_TWINS: Final = frozenset(_LATIN + _CYRILLIC)


@cache
def _mixed() -> re.Pattern[str]:
    latin, cyrillic = "A-Za-z", "\u0400-\u052f"
    return re.compile(
        rf"(?<![{latin}{cyrillic}])[{latin}{cyrillic}]*(?:[{latin}][{cyrillic}]|[{cyrillic}][{latin}])[{latin}{cyrillic}]*"
    )


def look_alike_letters(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find words in one script with letters of the other that look the same."""
    for name, text in texts_of(entry):
        if text.isascii():
            continue
        for match in _mixed().finditer(text):
            if strange := _strange_letters(match[0]):
                told = ", ".join(f"{letter} is {script(letter).title()}" for letter in strange)
                yield Fault(f"{name}: “{match[0][:40]}”, {told}", _EDIT)
                break


def _strange_letters(word: str) -> list[str]:
    """Return the letters of the script that has fewer in a word, if all of them have twins in the other."""
    of = {name: [letter for letter in word if script(letter) == name] for name in ("latin", "cyrillic")}
    few = min(of.values(), key=len)
    return list(dict.fromkeys(few)) if _TWINS.issuperset(few) else []


# --- titles and summaries ---------------------------------------------------------------------------------


def title_in_capitals(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find titles that are all capitals."""
    title = entry.title
    if title.isupper() and sum(len(word) > 3 for word in re.findall(r"[^\W\d_]+", title)) > 1:
        yield Fault(f"“{title[:60]}”", f"{_EDIT} --set title=…")


_ENDS: Final = re.compile(r"""[.!?:;。！？।॥؟۔։…] [\s"'”“»›’)\]*_>]* \Z""", re.VERBOSE)


def summary_cut(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find summaries that end in the middle of a sentence, as pages that list stories cut them."""
    text = entry.summary or ""
    last_line = text.rsplit("\n", 1)[-1].rstrip()
    if len(last_line.split()) < _SENTENCE:
        return
    is_open = last_line.count("(") > last_line.count(")")
    if text.endswith(("...", "…")) or is_open or not _ENDS.search(last_line):
        yield Fault(f"ends {quoted(text, len(text), len(text))}", f"{_EDIT} --set summary=…")


_SENTENCE: Final = 8
"""Words from which on a line is a sentence, and not a title or a list of names."""


def summary_in_body(entry: Entry, _: Surroundings) -> Iterator[Fault]:
    """Find summaries that are the beginning of the body once more."""
    summary, body = (" ".join((text or "").split()) for text in (entry.summary, entry.body))
    summary = summary.rstrip(".… ")
    if len(summary) >= _WORTH and body.startswith(summary):
        yield Fault(f"the body begins “{summary[:40]}…” too", "newsarchive edit {id} --unset summary")


_WORTH: Final = 20
