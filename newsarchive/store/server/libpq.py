"""psycopg's own door to libpq, opened without the rest of psycopg.

`import psycopg` loads connections of two kinds and adapters for thirty types, which takes longer than most commands
have, and three times as long as `psycopg.pq` and what that needs. So the packages are put in their places without
being run, and the module `pq` is loaded from there. Where that fails, all is loaded.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from types import ModuleType

_PACKAGES: Final = ("psycopg", "psycopg_binary")


def load() -> ModuleType:
    """Return `psycopg.pq`. Raises ImportError where psycopg or libpq is not installed."""
    if "psycopg" in sys.modules:
        return import_module("psycopg.pq")
    for name in _PACKAGES:
        if (spec := find_spec(name)) is not None:
            sys.modules[name] = module_from_spec(spec)
    try:
        return import_module("psycopg.pq")
    except (ImportError, AttributeError):  # one that expects whole packages
        for name in [name for name in sys.modules if name.partition(".")[0] in _PACKAGES]:
            del sys.modules[name]
        return import_module("psycopg.pq")


def errors() -> Any:
    """Return `psycopg.errors`, which `psycopg.pq` has loaded."""
    return import_module("psycopg.errors")
