"""How the values of a query and of an entry are written the same way before they are compared."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from newsarchive.text.codes import plain_language


def holds_languages(code: str) -> Callable[[str], bool]:
    """Return the test of the plain codes that `lang:` takes: `ru` and `ru-KZ` for `ru`, `ru` alone for `ru-RU`."""
    plain = plain_language(code)
    if is_exact_language(code):
        return plain.__eq__
    longer = f"{plain}-"
    return lambda other: other == plain or other.startswith(longer)


def is_exact_language(code: str) -> bool:
    """Whether a code names a script or region that goes without saying, and so none but that one."""
    return "-" in code and "-" not in plain_language(code)


def normal_address(url: str) -> str:
    """Return an address in lower case and without its scheme and the slashes at its end."""
    return _scheme().sub("", url.casefold()).rstrip("/")


@functools.cache
def _scheme() -> re.Pattern[str]:
    return re.compile(r"\A\s*+(?:[a-z][a-z0-9+.-]*+)?://")
