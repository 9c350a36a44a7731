"""Languages that write compounds as one word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

COMPOUNDING: Final = frozenset(
    {"da", "de", "fi", "nb", "nl", "nn", "no", "sv"}
    | {"az", "ba", "kaa", "kk", "ky", "tk", "tr", "tt", "ug", "uz"}
)
"""Languages that write compounds as one word: Germanic ones and Finnish, and the Turkic ones."""


def may_compound(languages: Iterable[str]) -> bool:
    """Whether an entry in `languages` may have compounds: in one of COMPOUNDING, or in none that is known."""
    bases = {language.partition("-")[0].lower() for language in languages}
    return not bases or not COMPOUNDING.isdisjoint(bases)
