"""Write a file that is a copy of an archive elsewhere, with its history."""

from __future__ import annotations

from msgspec.structs import replace

from newsarchive.access import Access
from newsarchive.disk import create_file, replace_file
from newsarchive.store.base import Whole
from newsarchive.store.file.beside import Beside
from newsarchive.store.file.layout import file_of


def receive(beside: Beside, whole: Whole, *, is_started: bool) -> None:
    """Write history and file, under the lock and in place of an empty archive if there is one.

    The history comes first: should the file not follow, `restore` brings it back from there. Raises OSError, and
    CannotSaveError.
    """
    snapshot = whole.snapshot
    meta = replace(snapshot.meta, next_id=whole.next_id)
    content = file_of(meta, snapshot.lines, snapshot.others)
    like = Access.of(beside.archive) if is_started else None
    if whole.records:
        replace_file(beside.history, (part.line + b"\n" for part in whole.records), like=like)
    if is_started:
        replace_file(beside.archive, content, like=like)
    else:
        create_file(beside.archive, content)
