"""What is wrong with an archive's file."""

from __future__ import annotations


class Fault(Exception):  # noqa: N818 - not an error for users: the reader adds the path and raises one
    """What is wrong with an archive's bytes, and where. `remedy` is None when the usual one applies."""

    def __init__(self, place: str, reason: str, remedy: str | None = None) -> None:
        super().__init__(place, reason)
        self.place = place
        self.reason = reason
        self.remedy = remedy
