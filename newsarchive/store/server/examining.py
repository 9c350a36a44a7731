"""Find out whether the entries in a database are those that the operations left there, and what they should be.

Every commit keeps up the digest of all lines, so that a single byte which something else wrote is told. What a line
should be is told by the history, which has each entry that was added and every field that was changed; where its
beginning is forgotten, by this machine's copy. What is put together so is the very revision when it has that
revision's digest, and else a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from newsarchive.errors import CannotReadError, DamagedArchiveError, join_some
from newsarchive.store.base import Operations, Wrong
from newsarchive.store.digests import kept_up
from newsarchive.store.lines import entry_of
from newsarchive.store.record import Record
from newsarchive.store.redoing import redos_of
from newsarchive.store.schemas import digest_in
from newsarchive.store.server.reading import State
from newsarchive.store.snapshot import MOST_ID, Kept, Meta

Lines = Mapping[int, Any]


class Mended(NamedTuple):
    """What an archive should be: the last revision, and the entries that are not as it has them.

    `lines` are all that should be there. `uncertain` are sentences on what nothing tells: with one, the lines are no
    longer that revision's for sure.
    """

    meta: Meta
    wrong: Sequence[Wrong]
    lines: Lines
    uncertain: Sequence[str] = ()
    replayed: Sequence[Record] = ()
    lost: Sequence[Record] = ()


def examine(state: State, lines: Lines, history: Operations, kept: Kept) -> Mended | None:
    """Compare the lines with what the history says; return None when nothing is wrong with them.

    Raises what asking the server raises.
    """
    newest = _newest(history)
    meta = _meta_of(state.meta, newest)
    if meta.revision < state.meta.revision and digest_in(state.meta.schema, lines) == state.meta.digest:
        meta = state.meta  # it is the newest operations that are gone, and not what they did
    is_right = digest_in(meta.schema, lines) == meta.digest
    if is_right and (state.meta, len(lines)) == (meta, meta.count) and max(lines, default=0) < meta.next_id:
        return None
    if is_right:
        return _mended(meta, lines, lines)
    told, copy = _told(history), kept(state.fingerprint) or {}
    for found in _guesses(lines, told, copy):
        if digest_in(meta.schema, found) == meta.digest:
            return _mended(meta, lines, found)
    return _uncertain(meta, lines, told, copy)


def as_damage(place: str, mended: Mended) -> DamagedArchiveError:
    """Return what is wrong with an archive as an error that says what can be done."""
    ids = [one.id for one in mended.wrong]
    meta = mended.meta
    if not ids:
        what = "what the database says of the archive is not what the history says"
    else:
        what = f"{named(ids)} {'is' if len(ids) == 1 else 'are'} not what revision {meta.revision} has"
    reason = f"{what}: something else has written to the database"
    noun = "entry" if meta.count == 1 else "entries"
    remedy = f"`newsarchive restore` brings back revision {meta.revision} with {meta.count:,} {noun}"
    if mended.uncertain:
        reason, remedy = join_some(mended.uncertain), _HELP
    return DamagedArchiveError(place, "", reason, remedy)


_DIGITS: Final = 64
"""Of a digest that is a sum; older ones cannot be kept up."""

_HELP: Final = (
    "`newsarchive restore` on a colleague's machine may know more; else bring back the database from its backup, "
    "or all that is known with `newsarchive restore --force`"
)


def _newest(history: Operations) -> Record | None:
    """Return the newest operation that is there, whatever the archive says of itself; None for a spoilt one."""
    try:
        return next(history.newest_first(MOST_ID), None)
    except CannotReadError:
        return None


def _meta_of(stated: Meta, newest: Record | None) -> Meta:
    """Return what the archive should say of itself, by its newest operation; `count` is that of its lines."""
    if newest is None or newest.digest is None:
        return stated
    next_id = max(stated.next_id, newest.next_id)
    return replace(
        stated, revision=newest.number, next_id=next_id, digest=newest.digest, schema=newest.schema
    )


def _mended(meta: Meta, lines: Lines, right: Lines, uncertain: Sequence[str] = ()) -> Mended:
    wrong = [*_differences(lines, right)]
    next_id = max(meta.next_id, max(right, default=0) + 1)
    meta = replace(meta, count=len(right), next_id=next_id)
    return Mended(meta, wrong, right, uncertain)


def _differences(lines: Lines, right: Lines) -> Iterator[Wrong]:
    for entry_id in sorted({*lines, *right}):
        one, other = lines.get(entry_id), right.get(entry_id)
        if one is None or other is None or bytes(one) != bytes(other):
            yield Wrong(
                entry_id, None if one is None else bytes(one), None if other is None else bytes(other)
            )


# --- what the lines should be -----------------------------------------------------------------------------


def _told(history: Operations) -> dict[int, bytes | None]:
    """Return the lines that the history tells, None for entries that it removed."""
    records: list[Record] = []
    with suppress(CannotReadError):  # what came before a spoilt operation is not known
        records.extend(history.newest_first(MOST_ID))
    told: dict[int, bytes | None] = {}
    for record in reversed(records):
        follow(record, told)
    return told


def follow(record: Record, told: dict[int, bytes | None]) -> bool:
    """Bring what is told up by an operation; what does not follow from it is told no more.

    Returns whether the operation changed what it says and nothing else, as far as that can be told.
    """
    try:
        redos = redos_of(record)
    except CannotReadError:
        for entry_id in record.ids:
            told.pop(entry_id, None)
        return False
    gone = {redo.id: told.get(redo.id) for redo in redos if redo.kind != "add"}
    new: dict[int, bytes | None] = {}
    for redo in redos:
        try:
            new[redo.id] = redo.line_after(told.get(redo.id))
        except ValueError:
            told.pop(redo.id, None)
    fits = None in gone.values() or _fits(record, _there(gone), _there(new))
    if not fits:  # it took in what somebody had written into the file by hand, into whichever entry
        told.clear()
        new = {redo.id: new[redo.id] for redo in redos if redo.kind != "change" and redo.id in new}
    told.update(new)
    return fits


def _fits(record: Record, gone: Lines, new: Lines) -> bool:
    """Whether an operation's digests say that it changed these lines and no others, where they can say that."""
    return not has_digests(record) or kept_up(str(record.base), gone, new) == record.digest


def has_digests(record: Record) -> bool:
    """Whether an operation has the digests before and behind it, in the form that is a sum over the entries."""
    return len(record.digest or "") == len(record.base or "") == _DIGITS


def _guesses(lines: Lines, told: Mapping[int, bytes | None], copy: Lines) -> Iterator[Lines]:
    """Yield what the lines may have been, the likeliest first."""
    yield _overlaid(lines, told)
    yield _there(told)
    if copy:
        yield copy
        yield _overlaid(copy, told)
        yield _overlaid(lines, {**copy, **told})
        yield {**_there({**copy, **told}), **_readable(lines)}


def _overlaid(lines: Lines, told: Mapping[int, Any]) -> Lines:
    return _there({**lines, **told})


def _there(lines: Mapping[int, Any]) -> Lines:
    return {entry_id: line for entry_id, line in lines.items() if line is not None}


def _uncertain(meta: Meta, lines: Lines, told: Mapping[int, bytes | None], copy: Lines) -> Mended:
    """Put together what is known; what is no entry, and what nothing tells of, is left out."""
    best = _overlaid(lines, told)
    sound = _readable(best)
    spoilt = [entry_id for entry_id in sorted(best) if entry_id not in sound]
    copied = _readable({entry_id: copy[entry_id] for entry_id in spoilt if entry_id in copy})
    lost = [entry_id for entry_id in spoilt if entry_id not in copied]
    return _mended(meta, lines, {**sound, **copied}, [*_doubts(meta, lost, [*copied])])


def _readable(lines: Lines) -> Lines:
    return {entry_id: line for entry_id, line in lines.items() if _is_entry(line, entry_id)}


def _doubts(meta: Meta, lost: Sequence[int], copied: Sequence[int]) -> Iterator[str]:
    if lost:
        yield f"{named(lost)} cannot be read, and neither the history nor this machine's copy tells what was there"
    if copied:
        yield f"{named(copied)} cannot be read, and what this machine's copy has there may be older"
    if not lost and not copied:
        yield (
            f"the entries are not those of revision {meta.revision}, and neither the history nor this machine's copy "
            "tells which of them are wrong"
        )


def named(ids: Sequence[int]) -> str:
    """Name entries, the first ten of them."""
    return f"entry {ids[0]}" if len(ids) == 1 else f"entries {join_some(ids)}"


def _is_entry(line: Any, entry_id: int) -> bool:
    try:
        entry_of(line, entry_id)
    except ValueError:
        return False
    return True
