"""What news pages have around their items: headings, links, pagers, captions, in four languages."""

from __future__ import annotations

import functools
import re
from typing import Final

from newsarchive.text.words import whole_words

# Every phrase is written as `text.words` leaves it: folded, without punctuation.
_HEADINGS: Final = """
    news; latest news; all news; recent news; news archive; news and events; newsroom; news highlights
    press releases; press room; media releases; media centre; media center; notifications; stories; archive
    actualites; toutes les actualites; communiques de presse; salle de presse; nouvelles
    noticias; todas las noticias; comunicados de prensa; sala de prensa
    новости; все новости; последние новости; пресс релизы; пресс центр; архив новостей; архив; лента новостей
"""
_LINKS: Final = """
    read more; read on; read full story; more; learn more; find out more; see more; show more; load more
    view more; more news; view all; see all; read all; back; back to top; back to news; share; print; download
    lire la suite; en savoir plus; plus; voir tout; voir plus; retour; partager; imprimer
    leer mas; ver mas; mas; ver todo; volver; compartir; imprimir; mas informacion
    подробнее; читать далее; читать дальше; далее; еще; показать еще; все; назад; поделиться; печать
    home; menu; search; skip to main content; accueil; inicio; главная
"""
_PAGER: Final = """
    first; previous; prev; next; last; page; pages; of; older; newer
    premiere; premier; precedent; precedente; suivant; suivante; derniere; dernier; sur
    primera; anterior; siguiente; ultima; pagina; de
    первая; предыдущая; следующая; последняя; страница; страницы; из
"""
_UPDATED: Final = """
    last; updated; modified; mis; derniere; modifie; ultima; actualizado; обновлено; последнее; изменено
"""

_LONGEST_CAPTION: Final = 120
_LONGEST_PAGER: Final = 300
_PAGER_SYMBOLS: Final = r"[\w\s«»‹›<>|…·•*=_.~+()\[\]/–—-]"
_SPAN_OF_YEARS: Final = r"\b\d{4}\s?[-–—/]\s?\d{4}\b"

FULL_STOP: Final = r"""[.…]["'»”’)\]]*$"""


def is_heading(line: str) -> bool:
    """Whether a line is the heading of a page or a section, such as `Press releases`."""
    return _phrase(line) in _phrases(_HEADINGS)


def is_boilerplate(line: str) -> bool:
    """Whether a line is a heading, a link such as `Read more »`, part of a pager, or a caption with `©`."""
    if "©" in line and len(line) <= _LONGEST_CAPTION:
        return True
    phrase = _phrase(line)
    return phrase in _phrases(_HEADINGS) or phrase in _phrases(_LINKS) or _is_pager(line)


def is_update_line(line: str) -> bool:
    """Whether a line with a date tells when the page was changed, not when the item appeared."""
    return not _phrases(_UPDATED).isdisjoint(whole_words(line)[:1])


def _is_pager(line: str) -> bool:
    """Whether a line is all numbers, arrows and words of a pager; two years, `1959–2021`, may be a title."""
    if len(line) > _LONGEST_PAGER or re.search(_SPAN_OF_YEARS, line) or re.sub(_PAGER_SYMBOLS, "", line):
        return False
    return all(word.isdigit() or word in _phrases(_PAGER) for word in whole_words(line))


def _phrase(line: str) -> str:
    # A longer line is prose; splitting it into words to find that out would take most of the time.
    return " ".join(whole_words(line)) if len(line) <= _LONGEST_CAPTION else ""


@functools.cache
def _phrases(listed: str) -> frozenset[str]:
    return frozenset(phrase.strip() for line in listed.strip().splitlines() for phrase in line.split(";"))
