"""How the values of a query and of an entry are written the same way before they are compared."""

from __future__ import annotations

import functools
import re


@functools.lru_cache(maxsize=1 << 8)
def normal_language(code: str) -> str:
    """Return a BCP 47 code in lower case, with hyphens."""
    return code.strip().lower().replace("_", "-")


def normal_address(url: str) -> str:
    """Return an address in lower case and without its scheme and the slashes at its end."""
    return _scheme().sub("", url.casefold()).rstrip("/")


@functools.cache
def _scheme() -> re.Pattern[str]:
    return re.compile(r"\A\s*+(?:[a-z][a-z0-9+.-]*+)?://")
