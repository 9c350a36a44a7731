"""How the page says numbers, dates, languages and addresses to its readers, in English, and texts as they are."""

from __future__ import annotations

import functools
import re
from typing import Final
from urllib.parse import urlsplit

from newsarchive.text.visible import visible

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

# Those of the region, and others that `text.languages` tells. Of any other the code is shown.
_LANGUAGES: Final = {
    "ar": "Arabic",
    "az": "Azerbaijani",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "de": "German",
    "dz": "Dzongkha",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "hi": "Hindi",
    "it": "Italian",
    "kk": "Kazakh",
    "ky": "Kyrgyz",
    "mk": "Macedonian",
    "mn": "Mongolian",
    "ne": "Nepali",
    "nl": "Dutch",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ru": "Russian",
    "sr": "Serbian",
    "tg": "Tajik",
    "tk": "Turkmen",
    "tr": "Turkish",
    "tt": "Tatar",
    "ug": "Uyghur",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "zh": "Chinese",
}


def shown(text: str, *, multiline: bool = False) -> str:
    """Return `text` with what steers as an escape, and with U+FFFD for what is no character in HTML."""
    if text.isprintable():
        return text
    return _noncharacters().sub("\ufffd", visible(text, multiline=multiline))


@functools.cache
def _noncharacters() -> re.Pattern[str]:
    # https://infra.spec.whatwg.org/#noncharacter
    last_two = "".join(
        chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
    )
    return re.compile(f"[\ufdd0-\ufdef{last_two}]")


def counted(number: int) -> str:
    """Say how many entries there are."""
    return f"{number:,} {'entry' if number == 1 else 'entries'}"


def written_out(date: str) -> str:
    """Write an ISO date as `29 January 2021`, with no more than it says."""
    year, *rest = date.split("-")
    day = [rest[1].lstrip("0")] if len(rest) > 1 else []
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    return " ".join([*day, *month, year.lstrip("0")])


def language_name(code: str) -> str:
    """Return the name of a language, or its code."""
    return _LANGUAGES.get(code, code)


def host(address: str) -> str:
    """Return the site that an address belongs to."""
    return urlsplit(address).netloc.removeprefix("www.")
