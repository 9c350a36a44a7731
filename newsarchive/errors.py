"""Every failure that is expected: what went wrong, which one, what to do, and the exit code.

Each class carries its facts as attributes and one sentence for people. The command line turns any of them
into that sentence on stderr and the exit code; nothing else in the program exits or prints an error.
Long as it is, it stays one file: a list by exit codes, of which every command would have to open all parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

_AROUND: Final = 35
"""Letters of a long query that are shown on either side of a fault."""


class NewsArchiveError(Exception):
    """The root of all expected failures; `str()` of one is the sentence a user reads."""

    exit_code = 1


# --- 1: the thing asked for is not there -----------------------------------------------------------------


class NotThereError(NewsArchiveError):
    """The thing asked for is not there."""

    exit_code = 1


class NoArchiveError(NotThereError):
    """A command that reads was given an archive that does not exist."""

    def __init__(self, path: Path | str) -> None:
        self.path = path
        on_server = isinstance(path, str)
        start = (
            f"`newsarchive init {_quoted(path)}`"
            if on_server
            else "`newsarchive init` or `newsarchive import FILE`"
        )
        super().__init__(f"there is no archive at {path}; start one with {start}, or name one with -a")


class UnknownIdsError(NotThereError):
    """Ids were named that the archive does not hold."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.ids = tuple(ids)
        noun = "entry" if len(self.ids) == 1 else "entries"
        super().__init__(f"no {noun} with id {join_some(self.ids)}; `newsarchive list` shows what there is")


class NothingMatchedError(NotThereError):
    """A writing command's selection matched no entry."""

    def __init__(self, query: str, advice: Sequence[str] = ()) -> None:
        self.query = query
        self.advice = tuple(advice)
        super().__init__("\n  ".join([f"nothing matches {query!r}, so nothing was changed", *advice]))


class UnknownQueryError(NotThereError):
    """A saved query was named that is not there."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"no query is saved as @{name}; `newsarchive queries` lists them")


class UnknownOperationError(NotThereError):
    """An operation was named that the history has not."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"the history has no operation {number}; `newsarchive history` lists them")


class UnknownTagError(NotThereError):
    """A tag was named that no entry has."""

    def __init__(self, tag: str, meant: str | None) -> None:
        self.tag = tag
        self.meant = meant
        hint = f"did you mean {meant!r}?" if meant else "`newsarchive tags` lists those in use"
        super().__init__(f"no entry has the tag {tag!r}; {hint}")


class NothingToUndoError(NotThereError):
    """There is no operation to take back."""

    def __init__(self, operation: int | None, reason: str) -> None:
        self.operation = operation
        super().__init__(f"{reason}; `newsarchive history` shows what can be undone")


class NothingToRestoreError(NotThereError):
    """There is no previous revision of the archive, or nothing of it is damaged any more."""

    def __init__(self, path: Path | str) -> None:
        self.path = path
        reason = (
            "is damaged any more" if isinstance(path, str) else "is kept here; put back a copy from a backup"
        )
        what = "entry" if isinstance(path, str) else "previous revision"
        super().__init__(f"no {what} of {path} {reason}")


class NoAddressError(NotThereError):
    """An entry that should be opened in the browser has no address."""

    def __init__(self, entry_id: int) -> None:
        self.entry_id = entry_id
        super().__init__(f"entry {entry_id} has no address; `newsarchive show {entry_id}` shows what it has")


class UnknownTermError(NotThereError):
    """A term that no concept of the thesaurus has."""

    def __init__(self, term: str) -> None:
        self.term = term
        super().__init__(f"the thesaurus has no {term!r}; `newsarchive thesaurus list` shows what it has")


class FindingsError(NotThereError):
    """A check found something; what it found is on stdout."""

    def __init__(self, count: str) -> None:
        self.count = count
        super().__init__(f"{count}; see the list")


# --- 2: usage ---------------------------------------------------------------------------------------------


class UsageError(NewsArchiveError):
    """The command line, the query, a date or a value is wrong."""

    exit_code = 2


class BadOptionError(UsageError):
    """An option or a combination of options is wrong."""


class NoSelectionError(UsageError):
    """A writing command was given nothing that selects entries."""

    def __init__(self, command: str) -> None:
        self.command = command
        super().__init__(f"`{command}` needs a query, --id or --ids-from; --all means every entry")


class BadQueryError(UsageError):
    """A query has a fault at a known place.

    `position` counts characters from 0 in `query`.
    """

    def __init__(self, query: str, position: int, reason: str, hint: str | None = None) -> None:
        self.query = query
        self.position = position
        self.reason = reason
        self.hint = hint
        super().__init__(f"{reason}{f'; {hint}' if hint else ''}{_pointer(query, position)}")


def _pointer(query: str, position: int) -> str:
    """Show where in a query the fault is, and of a long one only the part around it."""
    if "\n" in query:
        return ""
    start = max(0, position - _AROUND) if len(query) > 2 * _AROUND else 0
    shown = query[start : start + 2 * _AROUND]
    before = "…" if start else ""
    after = "…" if start + len(shown) < len(query) else ""
    blanks = sum(map(_columns, before + shown[: position - start]))
    return f"\n  {before}{shown}{after}\n  {' ' * blanks}^"


def _columns(letter: str) -> int:
    """Return how much room a letter takes on a terminal."""
    from unicodedata import combining, east_asian_width  # spares start-up

    return 0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1


class BadDateError(UsageError):
    """A text is not a date, or can be read as two different ones.

    `readings` holds the possible ISO dates when there is more than one; `doubt` says what else is uncertain.
    """

    def __init__(self, text: str, readings: Sequence[str] = (), *, doubt: str | None = None) -> None:
        self.text = text
        self.readings = tuple(readings)
        if doubt:
            reason = f"{text!r} {doubt}"
        elif self.readings:
            choice = " or ".join(self.readings)
            reason = f"{text!r} can be read as {choice}; write the one you mean"
        else:
            reason = f"{text!r} is not a date; write 2021, 2021-01, 2021-01-29 or 29 January 2021"
        super().__init__(reason)


class BadTagError(UsageError):
    """A tag has a character or a length that tags may not have."""

    def __init__(self, tag: str, reason: str) -> None:
        self.tag = tag
        self.reason = reason
        super().__init__(f"{tag[:120]!r} cannot be a tag: {reason}")


class BadValueError(UsageError):
    """A field of an entry has a value that is refused, such as an empty or overlong title."""

    def __init__(self, field: str, reason: str) -> None:
        self.field = field
        self.reason = reason
        super().__init__(f"{field}: {reason}")


class OwnFileError(UsageError):
    """A file of the user's own beside the archive, such as queries.toml, cannot be read or understood."""

    def __init__(self, path: Path, reason: str, line: int | None = None, column: int | None = None) -> None:
        self.path = path
        self.reason = reason
        self.line = line
        self.column = column
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{place}: {reason}")


def _quoted(address: Path | str) -> str:
    from shlex import quote  # spares start-up

    return quote(str(address))


def _below(faults: Sequence[str]) -> str:
    """List faults below a sentence, the first twenty of them."""
    shown = "".join(f"\n  {fault}" for fault in faults[:20])
    return f"{shown}\n  and {len(faults) - 20:,} more" if len(faults) > 20 else shown


class BadBatchError(UsageError):
    """Lines of a file of taggings cannot be understood."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"nothing was changed; --keep-going does without these lines:{_below(self.faults)}")


class BadSheetError(UsageError):
    """Rows of a corrected table name no entry, or hold what is refused."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"nothing was changed; correct these rows:{_below(self.faults)}")


class NoEditorError(UsageError):
    """An editor is wanted and none is named."""

    def __init__(self, command: str) -> None:
        super().__init__(
            "no editor is set; set $VISUAL or $EDITOR, or write with options instead, which "
            f"`newsarchive {command} --help` lists"
        )


class NoDriverError(UsageError):
    """What speaks to servers is not installed; or its library, libpq, cannot be loaded, for `reason`."""

    def __init__(self, address: str, reason: str = "") -> None:
        from newsarchive.installing import command_for  # spares start-up

        self.address = address
        self.reason = reason
        super().__init__(
            f"{address} is on a server, and PostgreSQL's libpq, which psycopg brings or finds, cannot be loaded:"
            f" {reason}; {command_for('postgres', upgrades=True)}, or install your system's libpq"
            if reason
            else f"{address} is on a server, which needs psycopg: {command_for('postgres')}"
        )


class ConfirmationNeededError(UsageError):
    """A dangerous command was run where nobody can be asked."""

    def __init__(self, command: str) -> None:
        self.command = command
        super().__init__(f"`{command}` asks before it writes and nobody can be asked here; add --yes")


class WouldOverwriteError(UsageError):
    """An export would overwrite a file or fill a folder that is not empty."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path} is already there; --force overwrites it")


# --- 3: conflict ------------------------------------------------------------------------------------------


class ConflictError(NewsArchiveError):
    """What was to be changed has changed meanwhile."""

    exit_code = 3


class ChangedMeanwhileError(ConflictError):
    """Entries differ from what the change was planned on, or the file was replaced during the commit."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(
            f"{what} changed meanwhile, so nothing was written; look again and repeat the command"
        )


class MergeConflictError(ConflictError):
    """Two copies of an archive changed the same fields differently: a sentence each."""

    def __init__(self, conflicts: Sequence[str], *, in_file: bool = False) -> None:
        self.conflicts = tuple(conflicts)
        rest = len(self.conflicts) - _MOST_CONFLICTS
        shown = [*self.conflicts[:_MOST_CONFLICTS], *([f"and {rest:,} more"] if rest > 0 else ())]
        done = "marked in the file; then `newsarchive merge` with" if in_file else "so nothing was written;"
        count = "1 field was" if len(self.conflicts) == 1 else f"{len(self.conflicts):,} fields were"
        super().__init__(
            f"{count} changed in both copies, {done} --ours keeps what is here, "
            "--theirs takes what the copy has, --edit opens them in your editor"
            + "".join(f"\n  {line}" for line in shown)
        )


class StaleRowsError(ConflictError):
    """Entries changed after the table was written in which they are corrected."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.ids = tuple(ids)
        super().__init__(
            f"{'entry' if len(self.ids) == 1 else 'entries'} {join_some(self.ids)} changed since the table was "
            "written, so what the table says of it was left out; export again"
        )


class FieldsChangedError(ConflictError):
    """Fields that a command was to change were changed by somebody else meanwhile: a sentence each."""

    def __init__(self, conflicts: Sequence[str]) -> None:
        self.conflicts = tuple(conflicts)
        super().__init__(
            f"{join_some(self.conflicts)}; nothing was written; look again and repeat the command"
        )


class UndoConflictError(ConflictError):
    """Entries of operations have newer changes in the same fields: a sentence each."""

    def __init__(self, operations: Sequence[int], conflicts: Sequence[str]) -> None:
        self.operations = tuple(operations)
        self.conflicts = tuple(conflicts)
        named = f"operation {self.operations[0]}" if len(self.operations) == 1 else "these operations"
        rest = len(self.conflicts) - _MOST_CONFLICTS
        shown = [*self.conflicts[:_MOST_CONFLICTS], *([f"and {rest:,} more"] if rest > 0 else ())]
        super().__init__(
            f"{named} cannot be undone whole, newer changes stand in the way; --skip-conflicts takes back "
            "the rest, --force overwrites them" + "".join(f"\n  {line}" for line in shown)
        )


_MOST_CONFLICTS = 20


# --- 4: the archive or the output cannot be read or saved --------------------------------------------------


class StorageError(NewsArchiveError):
    """The archive or the output could not be read or saved."""

    exit_code = 4


class DamagedArchiveError(StorageError):
    """The archive's file is not what this program can read; it is left untouched.

    `place` is a line and column, an id, or empty.
    """

    def __init__(self, path: Path | str, place: str, reason: str, remedy: str) -> None:
        self.path = path
        self.place = place
        self.reason = reason
        self.remedy = remedy
        super().__init__(f"{path}{f':{place}' if place else ''}: {reason}; nothing was changed; {remedy}")


class NotAnArchiveError(StorageError):
    """A file that is to be merged is no archive, or no copy of this one."""

    def __init__(self, path: Path | str, place: str, reason: str) -> None:
        self.path = path
        self.place = place
        self.reason = reason
        super().__init__(
            f"{path}{f':{place}' if place else ''} cannot be merged: {reason}; nothing was changed; "
            "`newsarchive import` takes in what other files hold"
        )


class CannotReadError(StorageError):
    """A file could not be read."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"cannot read {path}: {reason}")


class CannotSaveError(StorageError):
    """A file could not be saved; what was there before is still there."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"cannot save {path}: {reason}; nothing was changed")


class NotEmptyError(StorageError):
    """An archive that is to become a copy holds something already."""

    def __init__(self, place: str, entries: int) -> None:
        self.place = place
        self.entries = entries
        what = "operations" if not entries else "1 entry" if entries == 1 else f"{entries:,} entries"
        super().__init__(
            f"{place} has {what} already, and a copy would replace them; nothing was changed; "
            "name an archive that is not there or empty"
        )


class NotCopiedError(StorageError):
    """A copy was read again and came out otherwise."""

    def __init__(self, place: str, differing: str) -> None:
        self.place = place
        self.differing = differing
        super().__init__(
            f"the copy at {place} has other {differing} than the original, which was not changed: "
            "do not use it, remove it and copy again"
        )


class NotComparedError(StorageError):
    """A copy was saved, and could not be read again."""

    def __init__(self, place: str, reason: str) -> None:
        self.place = place
        self.reason = reason
        super().__init__(
            f"the archive was copied to {place}, but the copy could not be read again and compared ({reason}); "
            f"`newsarchive check -a {_quoted(place)}` says whether all of it is there"
        )


_NO_DATABASE: Final = ('database "', "does not exist")
_NO_PASSWORD: Final = ("no password supplied",)
_REMEDIES: Final = {
    _NO_DATABASE: "; `createdb` makes a database, and then `newsarchive init` an archive in it",
    _NO_PASSWORD: "; put the password into ~/.pgpass, $PGPASSWORD or a service file (?service=NAME)",
}
"""What can be done, by what libpq and servers say in English."""


class UnreachableError(StorageError):
    """The server that has the archive does not answer, or has no such database."""

    def __init__(self, address: str, reason: str, *, doing: str = "reach") -> None:
        self.address = address
        self.reason = reason
        remedy = next((what for words, what in _REMEDIES.items() if all(map(reason.__contains__, words))), "")
        super().__init__(f"cannot {doing} {address}: {reason}; nothing was changed{remedy}")


class NoSchemaError(StorageError):
    """The database has no archives yet."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(
            f"the database of {address} has no archives yet; `newsarchive init {_quoted(address)}` prepares it"
        )


class NotAllowedError(StorageError):
    """The server does not let this user do it."""

    def __init__(self, address: str, reason: str) -> None:
        self.address = address
        self.reason = reason
        super().__init__(
            f"you may not do that in {address} ({reason}); nothing was changed; its maintainer gives rights"
        )


class UncertainError(StorageError):
    """The connection was lost while the server saved, and nothing tells what became of it.

    `what` was being saved; `look` says where a person sees whether it was.
    """

    def __init__(self, address: str, what: str, reason: str, look: str) -> None:
        self.address = address
        self.what = what
        self.reason = reason
        self.look = look
        super().__init__(
            f"the connection to {address} was lost while {what} was being saved ({reason}): "
            f"whether it is saved is not known; {look} before you repeat it"
        )


class BadThesaurusError(StorageError):
    """The user's own thesaurus file cannot be read or understood."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}; mend the file, or move it away to do without it")


class OutputError(StorageError):
    """Standard output is closed or full."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"cannot write to standard output: {reason}")


# --- 5, 6, 7 -----------------------------------------------------------------------------------------------


class LockedError(NewsArchiveError):
    """Another process kept the lock for longer than --lock-timeout."""

    exit_code = 5

    def __init__(self, path: Path | str, holder: str | None, seconds: float) -> None:
        self.path = path
        self.holder = holder
        self.seconds = seconds
        super().__init__(
            f"{path} is locked by {holder or 'another process'} (waited {seconds:g} s); nothing was changed; "
            "try again, or wait longer with --lock-timeout"
        )


class SourceError(NewsArchiveError):
    """Some items of an import could not be read.

    `place` is a file with a line or item number.
    """

    exit_code = 6

    def __init__(self, place: str, reason: str) -> None:
        self.place = place
        self.reason = reason
        super().__init__(f"{place}: {reason}" if place else reason)


class SomeLinesError(NewsArchiveError):
    """Some lines of a file of taggings could not be understood; the others are done."""

    exit_code = 6

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(f"{count:,} {'line was' if count == 1 else 'lines were'} left out")


class NothingReadError(NewsArchiveError):
    """Nothing of an import could be read, or a source that was named not at all."""

    exit_code = 7

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def join_some(items: Sequence[object], most: int = 10) -> str:
    """Join `items` by commas, the ones after `most` as a count."""
    shown = ", ".join(str(item) for item in items[:most])
    rest = len(items) - most
    return f"{shown} and {rest} more" if rest > 0 else shown
