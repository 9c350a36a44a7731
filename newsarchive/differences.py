"""What changed from one state of an entry to another, carried over to a third state of it.

Languages, tags and relations are sets: what came is put in, what went is taken out, whatever else is there.
`extra` is keys, each with one value. Every other field is one value. Only a value that somebody else changed
too, and otherwise, is a conflict. When the entry itself was changed (`modified`) is no part of a difference:
it follows from what is done with it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from newsarchive.changes import changed_fields
from newsarchive.entry import Entry, same_value, stored_form, with_fields

SETS: Final = ("languages", "tags", "relations")
KEYED: Final = "extra"
TIME: Final = "modified"


class Absent:
    """The value of a key of `extra` that is not there."""

    def __repr__(self) -> str:
        return "nothing"


ABSENT: Final = Absent()


class Conflict(NamedTuple):
    """A field of an entry that two sides changed to different values, all as JSON values.

    `field` is a field's name, or `extra.` and a key, of which a value may be ABSENT. `base` is what both sides
    began with, `present` what the entry has now, and `wanted` what the difference would make of it.
    """

    id: int
    field: str
    base: Any
    present: Any
    wanted: Any


class Applied(NamedTuple):
    """An entry with a difference carried over to it, but for the fields in conflict, which it keeps."""

    entry: Entry
    conflicts: tuple[Conflict, ...] = ()


class Difference(NamedTuple):
    """The JSON values, before and after, of the fields that differ between two states of an entry."""

    old: Mapping[str, Any]
    new: Mapping[str, Any]

    @classmethod
    def between(cls, before: Entry, after: Entry) -> Difference:
        """Return what changed from `before` to `after`."""
        fields = [field for field in changed_fields(before, after) if field[0] != TIME]
        return cls({name: old for name, old, _ in fields}, {name: new for name, _, new in fields})

    @property
    def swapped(self) -> Difference:
        """The way back."""
        return Difference(self.new, self.old)

    def apply(self, entry: Entry, *, overwrite: bool = False) -> Applied:
        """Carry the difference over to `entry`, with `overwrite` over other values too.

        Carrying it over to the state that it began with gives the very state that it ended with, to the order
        of tags and keys. Where an entry has the wanted value already, nothing changes.
        """
        present = stored_form(entry)
        values: dict[str, Any] = {}
        conflicts: list[Conflict] = []
        for name in self.old:
            if name == TIME:
                continue
            value, met = _merged(name, self.old[name], self.new[name], present[name])
            found = [Conflict(entry.known_id, field, *sides) for field, *sides in met]
            if found and overwrite:
                value = _overwritten(name, value, found)
            conflicts += found
            if not same_value(value, present[name]):
                values[name] = value
        return Applied(with_fields(entry, values) if values else entry, tuple(conflicts))


_Clash: TypeAlias = tuple[str, Any, Any, Any]
"""A field's name, with the base's, the present and the wanted value."""


def _merged(name: str, old: Any, new: Any, present: Any) -> tuple[Any, list[_Clash]]:
    """Return what a field becomes, and where two sides want different values, of which it keeps the present."""
    if same_value(present, old):
        return new, []
    if name in SETS:
        return _merged_set(old, new, present), []
    if name == KEYED:
        return _merged_keys(old, new, present)
    if same_value(present, new):
        return present, []
    return present, [(name, old, present, new)]


def _merged_set(old: Sequence[Any], new: Sequence[Any], present: Sequence[Any]) -> list[Any]:
    came = _lacking(new, old)
    kept = _lacking(present, _lacking(old, new))
    return _in_order([*kept, *_lacking(came, kept)], like=new, present=present)


def _lacking(values: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """Return those of `values` that are not among `others`."""
    known = set(map(_key_of, others))
    return [value for value in values if _key_of(value) not in known]


def _key_of(value: Any) -> Hashable:
    """Tell a tag, a language or a relation from another."""
    return (value["kind"], value["id"]) if isinstance(value, dict) else value


def _merged_keys(
    old: Mapping[str, Any], new: Mapping[str, Any], present: Mapping[str, Any]
) -> tuple[dict[str, Any], list[_Clash]]:
    merged = dict(present)
    clashes: list[_Clash] = []
    for key in dict.fromkeys([*old, *new]):
        before, wanted, now = (values.get(key, ABSENT) for values in (old, new, present))
        if same_value(before, wanted) or same_value(now, wanted):
            continue
        if not same_value(now, before):
            clashes.append((f"{KEYED}.{key}", before, now, wanted))
        elif wanted is ABSENT:
            del merged[key]
        else:
            merged[key] = wanted
    order = _in_order([*merged], like=[*new], present=[*present])
    return {key: merged[key] for key in order}, clashes


def _overwritten(name: str, value: Any, conflicts: Iterable[Conflict]) -> Any:
    """Give the wanted value to what is in conflict."""
    if name != KEYED:
        return next(conflict.wanted for conflict in conflicts)
    values = dict(value)
    for conflict in conflicts:
        key = conflict.field.removeprefix(f"{KEYED}.")
        if conflict.wanted is ABSENT:
            values.pop(key, None)
        else:
            values[key] = conflict.wanted
    return values


# --- the order of what has none ---------------------------------------------------------------------------


def _in_order(members: Sequence[Any], *, like: Sequence[Any], present: Sequence[Any]) -> list[Any]:
    """Put members into the present order, and those that came behind the one that they follow in `like`."""
    wanted = {_key_of(member) for member in members}
    there = {_key_of(member) for member in present}
    order = [member for member in present if _key_of(member) in wanted]
    for place, member in enumerate(like):
        if _key_of(member) in wanted and _key_of(member) not in there:
            order.insert(_behind(order, like[:place]), member)
    return order


def _behind(order: Sequence[Any], before: Sequence[Any]) -> int:
    """Return the place after the nearest of those that stand before a member; the first one without any."""
    places = {_key_of(member): place for place, member in enumerate(order)}
    return next((places[_key_of(one)] + 1 for one in reversed(before) if _key_of(one) in places), 0)


# --- in words ---------------------------------------------------------------------------------------------


def changed_parts(difference: Difference) -> Iterator[str]:
    """Say in a few words what a difference does to sets, and name the other fields: `tags +saiga -draft`."""
    for name in difference.old:
        old, new = difference.old[name], difference.new[name]
        if name in SETS:
            parts = [f"-{_word(one)}" for one in _lacking(old, new)]
            parts += [f"+{_word(one)}" for one in _lacking(new, old)]
            yield " ".join([name, *parts])
        elif name == KEYED:
            yield from (f"{KEYED}.{key}" for key in _changed_keys(old, new))
        elif name != TIME:
            yield name


def _word(member: Any) -> str:
    return f"{member['kind']}:{member['id']}" if isinstance(member, dict) else str(member)


def _changed_keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for key in dict.fromkeys([*old, *new]):
        if not same_value(old.get(key, ABSENT), new.get(key, ABSENT)):
            yield key


_LONGEST: Final = 80


def short(value: Any) -> str:
    """Show a JSON value, of a long one the beginning; none at all is nothing."""
    if value is None:
        return "nothing"
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
