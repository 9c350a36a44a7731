"""Signs of damage in a text: what is told, and what is honest text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.text.damage import damage

LETTERS = "looks like letters that were read in a wrong encoding"


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("The R\ufffdunion", "a character is lost (\ufffd)"),
        ("R\ufffdunion \ufffd Bonn", "2 characters are lost (\ufffd)"),
        ("RÃ©union", f"“Ã©” {LETTERS}"),
        ("PrzewalskiÃ¢â‚¬â„¢s", f"“Ã¢” {LETTERS}"),
        ("Przewalskiâ€™s", f"“â€™” {LETTERS}"),
        ("Â© CMS", f"“Â©” {LETTERS}"),
        ("Ð¡Ð°Ð¹Ð³Ð°Ðº", f"“Ð¡Ð°Ð¹Ð³Ð°Ðº” {LETTERS}"),
        ("РЎР°Р№РіР°Рє", f"“РЎР°Р№РіР°Рє” {LETTERS}"),
        ("Âñòðå÷à", f"“Âñòðå” {LETTERS}"),
    ],
)
def test_damage_is_told(text: str, sign: str) -> None:
    """It names lost characters, and letters of UTF-8 or Cyrillic that were read as something else."""
    assert damage(text) == sign


@pytest.mark.parametrize(
    "text",
    [
        "Saiga",
        "Réunion à Bonn sur l’antilope saïga…",
        "« Voilà » dit-il : où ça\xa0? À l’Œuvre",
        "CONFÉRENCE DES PARTIES À BONN",
        "créées, ¿Qué pasó? ESPAÑA – “mañana”",
        "NÃO É AMANHÃ",
        "Встреча по сайгаку – «важный шаг»… С. Р. Иванов",
        "РС, С., «Р»",
        "Größe, Ångström, Ðiên",
        "雪豹 می‌خواهم 👨‍👩‍👧",
    ],
)
def test_honest_text_is_not_suspected(text: str) -> None:
    """It leaves alone what French, Spanish, Portuguese, Russian and others write."""
    assert damage(text) is None


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_is_never_damaged(text: str) -> None:
    """It finds nothing in plain English letters."""
    assert damage(text) is None
