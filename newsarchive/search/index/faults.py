"""What may be wrong with an index. None of it keeps the archive from being read."""

from __future__ import annotations


class DamagedIndexError(Exception):
    """The index holds what no index can hold; it has to be built anew."""


class UnavailableIndexError(Exception):
    """The index cannot be read or written at the moment, or here."""


class TooMuchError(UnavailableIndexError):
    """A question is beyond what SQLite takes."""


class UnfitEntryError(Exception):
    """The archive has an entry that no index can hold."""
