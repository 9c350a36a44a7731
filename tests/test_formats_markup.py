"""From HTML to plain text."""

from __future__ import annotations

import html

import pytest
from clock import soon
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.formats.reading.markup import decoded, plain_lines, plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a <b>bold</b> word", "a bold word"),
        ("<p>one</p>\n<p>two</p>", "one\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<ul><li>a</li><li>b</li></ul>c", "a\nb\nc"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3"),
        ("  a\n  b&nbsp;&nbsp;c ", "a b c"),
        ("R&amp;D &amp;amp; &lt;b&gt; &laquo;x&raquo;", "R&D &amp; <b> «x»"),
        ("a < b and 5 > 4", "a < b and 5 > 4"),
        ("x<script>alert('<p>')</script>y<style>p{}</style>z", "xyz"),
        ("x<!-- <p>a -- > b -->y<!doctype html><?php ?>z", "xyz"),
        ("<![CDATA[1 < 2]]> 3", "1 < 2 3"),
        ('<a href="x>y" title=\'">\'>link</a>', "link"),
        ("<header>h</header>t", "h\nt"),
        ("on <del>5 May</del> <ins>6 May</ins> in <s>Bonn</s> Almaty", "on 6 May in Almaty"),
        ("<DEL><p>one</p></DEL><p>two <strike>a <s>b</s></strike></p>", "two"),
        ("one <s>two <p>three <del>x</del> <s>four</s> five", "one two\nthree five"),
        ("no </del> <section>end</section>", "no\nend"),
        ("cut <a href=", "cut"),
        ("", ""),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    """It keeps the words, decodes entities once, and makes lines of what stands in lines."""
    assert plain_text(markup) == text


def test_paragraphs_can_stand_apart() -> None:
    """It puts a blank line between paragraphs, and none between list items, where that is wanted."""
    text = plain_text("<p>a</p><ul><li>b</li><li>c</li></ul><p>d<br>e</p>", has_paragraphs=True)

    assert text == "a\n\nb\nc\n\nd\ne"


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        ("&#27;", ""),
        ("&#x1b;", ""),
        ("&#155;", "›"),
        ("&#xD800;", "\ufffd"),
        ("&#0;", "\ufffd"),
        (f"&#{'9' * 5000};", "\ufffd"),
        (f"&#x{'f' * 5000};", "\ufffd"),
    ],
)
def test_no_reference_becomes_a_control(reference: str, text: str) -> None:
    """It makes neither escapes nor surrogates of numbers, and none is too long for it."""
    assert decoded(reference) == text


@given(st.text())
def test_escaped_text_comes_back(text: str) -> None:
    """It reads what was escaped as it was, but for its blanks."""
    assert plain_text(html.escape(text)) == " ".join(text.split())


@given(st.text(st.sampled_from("<>!-/&;#x1ap [](\"'=\n")))
def test_no_markup_is_too_ill_formed(markup: str) -> None:
    """It makes tidy text of anything."""
    text = plain_text(markup)

    assert plain_lines(text) == text


_PATTERNS = ["<", "<!", "<!--", "<![CDATA[", "<script>", "<a b='", '<a b="', "<a =", "&", "&#1", "</", "<p>"]


@pytest.mark.parametrize("pattern", _PATTERNS)
def test_text_takes_time_by_its_length(pattern: str) -> None:
    """It looks at no place twice: 24 KB of such took the standard parser five seconds."""
    with soon(2):
        plain_text(pattern * 50_000)
