"""Print what the program holds of CLDR, from Babel: aliases of language codes, where languages are spoken, names.

usage: python tools/cldr.py aliases | likely | states | months

Needs `pip install babel`, which the program itself does not.
"""

from __future__ import annotations

import sys
import textwrap
from itertools import product

from babel import Locale
from babel.core import get_global

from newsarchive.text.fold import fold

LANGUAGES = ("kk", "ky", "mn", "uz", "tg", "tk", "zh", "fa")
_WITHDRAWN = ("in", "iw", "ji", "mo")
MONTHS_OF = ("de", "pt", "it", "mn", "kk", "uz", "uz_Cyrl", "tg", "ky", "zh", "ar", "ar_SY", "fa", "fa_AF")
STATES = {
    "AF": "afghanistan",
    "BT": "bhutan",
    "CN": "china",
    "IN": "india",
    "IR": "iran",
    "KZ": "kazakhstan",
    "KG": "kyrgyzstan",
    "MN": "mongolia",
    "NP": "nepal",
    "PK": "pakistan",
    "RU": "russia",
    "TJ": "tajikistan",
    "TM": "turkmenistan",
    "UZ": "uzbekistan",
}


def aliases() -> str:
    """Return three-letter and withdrawn codes, each with the code that stands for it."""
    found = {
        code: instead.replace("_", "-")
        for code, instead in sorted(get_global("language_aliases").items())
        if (len(code) == 3 or code in _WITHDRAWN) and code.isalpha() and len(instead.split("_")[0]) == 2
    }
    return " ".join(f"{code}={instead}" for code, instead in found.items())


def likely() -> str:
    """Return each two-letter language with the script and the region that it is presumed to be of."""
    found = get_global("likely_subtags")
    codes = sorted(code for code in found if len(code) == 2 and code.isalpha())
    known = (found[code].replace("_", "-") for code in codes if found[code].startswith(f"{code}_"))
    return " ".join(code for code in known if code[:2] not in _WITHDRAWN)


def states() -> str:
    """Return the names of the Range States."""
    locales = {language: Locale.parse(language) for language in LANGUAGES}
    return "\n".join(
        f'["states/{name}"] '
        + ", ".join(f'{code} = "{one.territories[state]}"' for code, one in locales.items())
        for state, name in STATES.items()
    )


def months() -> str:
    """Return a line for each month with its names, folded, those of several words with `_` for their blanks."""
    found: list[dict[str, None]] = [{} for _ in range(12)]
    for code in MONTHS_OF:
        names = Locale.parse(code).months
        for kind, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
            for number, name in names[kind][width].items():
                word = "_".join(fold(name).strip(". ").split())
                if word and not any(map(str.isdigit, word)):
                    found[number - 1][word] = None
    return "\n".join(" ".join(words) for words in found)


def main(arguments: list[str]) -> int:
    made = {"aliases": aliases, "likely": likely, "states": states, "months": months}.get(" ".join(arguments))
    if made is None:
        print(__doc__)
        return 2
    lines = [made()] if made in (states, months) else textwrap.wrap(made(), 104, break_on_hyphens=False)
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
