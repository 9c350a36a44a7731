"""What the commands share that relate entries: kinds, and lines of a file that say what is related."""

from __future__ import annotations

from collections.abc import Sequence

from newsarchive.cli.batching import read_text
from newsarchive.cli.naming import entries_named
from newsarchive.cli.session import Session
from newsarchive.entry import DIFFERENT, TIES, TRANSLATION
from newsarchive.errors import BadOptionError, NewsArchiveError, UnknownIdsError
from newsarchive.planning.relations import Group, unrelated


def chosen_kind(kind: str | None, *, verdicts: bool = False) -> str:
    """Return a kind of relation as it was typed; with `verdicts`, different-story is one. Raises BadOptionError."""
    kinds = (*TIES, DIFFERENT) if verdicts else TIES
    if kind is None:
        raise BadOptionError(f"say how they are related: --as {', --as '.join(kinds)}")
    if kind not in kinds:
        hint = f"; `newsarchive duplicates dismiss` says {DIFFERENT}" if kind == DIFFERENT else ""
        raise BadOptionError(f"{kind!r} is no kind of relation: choose {', '.join(kinds)}{hint}")
    return kind


def groups_in(session: Session, name: str) -> tuple[list[Group], list[str]]:
    """Read lines such as `translation 3 4   # a comment`, and return the faults with their places."""
    source, text = read_text(session, name)
    groups: list[Group] = []
    faults: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        said = line.partition("#")[0].split()
        if not said:
            continue
        try:
            groups.append(_group(session, said))
        except (BadOptionError, UnknownIdsError) as error:
            faults.append(f"{source}:{number}:{len(line) - len(line.lstrip()) + 1}: {_reason(error)}")
    return groups, faults


def _group(session: Session, words: Sequence[str]) -> Group:
    entries = entries_named(session, words[1:], follow=True) if words[1:] else []
    if len(entries) < 2:
        raise BadOptionError("a line is a kind of relation and the ids of two different entries or more")
    return Group(chosen_kind(words[0]), entries)


def _reason(error: NewsArchiveError) -> str:
    return str(error).partition(";")[0]


def note_same_language(session: Session, groups: Sequence[Group]) -> None:
    """Point at translations into the language that they are translated from."""
    for kind, entries in groups:
        if kind != TRANSLATION:
            continue
        for place, entry in enumerate(entries):
            for other in entries[place + 1 :]:
                if entry.languages and entry.languages[:1] == other.languages[:1]:
                    ids = f"{entry.known_id} and {other.known_id}"
                    session.streams.say(f"note: {ids} are both in {entry.languages[0]}")


def note_others(session: Session, groups: Sequence[Group]) -> None:
    """Point at entries that are translations of one of these, and by that of the others."""
    if all(kind != TRANSLATION for kind, _ in groups):
        return
    related = dict(session.archive.snapshot.related())
    for group in groups:
        if group.kind == TRANSLATION and (missing := unrelated(group, related)):
            ids = {entry.known_id for entry in group.entries}.union(*missing)
            command = f"newsarchive relations add {' '.join(map(str, sorted(ids)))} --as {TRANSLATION}"
            session.streams.say(f"note: one of these has other translations; `{command}` relates them all")
