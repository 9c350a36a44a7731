"""The libraries that only some documents need, and what to say where they are not installed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from newsarchive.errors import SourceError
from newsarchive.installing import command_for


def library(module: str, place: str) -> Any:
    """Return a library of the extra `documents`. Raises SourceError with the command that installs it."""
    try:
        return import_module(module)
    except ImportError:
        raise SourceError(
            place, f"needs {module.partition('.')[0]} to be read; install it: {command_for('documents')}"
        ) from None
