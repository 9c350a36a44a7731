"""What may stand at the end of a command line that is being typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from typer._click.core import Parameter

from newsarchive.cli.command import Group
from newsarchive.cli.glancing import Candidate, Glances
from newsarchive.cli.options import MACHINE, TABLE
from newsarchive.cli.output import IDS
from newsarchive.cli.place import Place
from newsarchive.cli.session import Session
from newsarchive.entry import FIELDS as ENTRY_FIELDS
from newsarchive.planning.editing import SETTABLE
from newsarchive.query.fields import FIELDS, PRESENCES, STATES, find_field
from newsarchive.query.saved import SIGN
from newsarchive.search.fields import TEXT_FIELDS
from newsarchive.text.visible import visible

LONGEST_HELP: Final = 72
FILES: Final = Candidate(":files")
"""Stands for the names of files, which the shell knows best."""

SHELLS: Final = ("bash", "zsh", "fish")


def candidates(words: Sequence[str], incomplete: str, session: Session) -> list[Candidate]:
    """Return what `incomplete` may become, which follows `words`; each begins with it, but for FILES.

    `words` are those after the program's name. Raises what reading the archive raises.
    """
    place = Place(words)
    session = session._replace(
        globals=session.globals._replace(archive=place.archive),
        streams=session.streams._replace(quiet=True),
    )
    if session.location.file is None:  # between two keys nobody waits for a network
        session = session._replace(globals=session.globals._replace(offline=True))
    found = _Completion(place, Glances(session)).of(incomplete)
    return [
        Candidate(known.text, _line(known.help))
        for known in found
        if known.text.startswith(incomplete) or known == FILES
    ]


def _line(text: str) -> str:
    """Make one short line of a help or a title, without anything that would steer a terminal."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= LONGEST_HELP else f"{line[: LONGEST_HELP - 1]}…"


class _Completion:
    """What can follow a place. Which kind of value is wanted, the metavar says that the help shows for it."""

    def __init__(self, place: Place, glances: Glances) -> None:
        self._place = place
        self._glances = glances

    def of(self, typed: str) -> Iterable[Candidate]:
        """Return what `typed` may become; words that do not begin with it may be among them."""
        place = self._place
        if place.awaiting is not None:
            return self._values_of(place.awaiting, typed)
        if place.after_dashes:
            place.enter_default()
            return self._words(typed)
        if typed.startswith("-"):
            place.enter_default()
            return self._options(typed) if typed.startswith("--") else self._dashed(typed)
        if isinstance(place.command, Group):
            return self._commands(place.command, typed)
        return self._words(typed)

    def _commands(self, group: Group, typed: str) -> Iterator[Candidate]:
        yield from (Candidate(name, help_text) for name, help_text in group.names)
        if typed:
            self._place.enter_default()
            yield from self._words(typed)

    def _dashed(self, typed: str) -> Iterator[Candidate]:
        """Yield what begins with a single dash: options as long as nothing else is said, then words."""
        if typed == "-":
            yield from self._options(typed)
        yield from self._words(typed)

    def _options(self, typed: str) -> Iterable[Candidate]:
        name, equals, value = typed.partition("=")
        options = self._place.options
        if equals:
            return _after(f"{name}=", self._values_of(options[name], value)) if name in options else ()
        return [
            Candidate(name, getattr(option, "help", None) or "")
            for name, option in options.items()
            if name.startswith("--")
        ]

    def _words(self, typed: str) -> Iterator[Candidate]:
        """Yield words: tags to add and remove, terms of a query, and values by what the command asks for."""
        asks_for = self._place.asks_for
        if "+TAG" in asks_for and self._marks_tag(typed):
            yield from _after(typed[0], self._glances.tags(typed[1:]))
        elif "QUERY" in asks_for:
            yield from self._term(typed)
        for metavar in re.findall(r"[A-Z]+", asks_for):
            if metavar not in {"TAG", "QUERY"}:
                yield from self._values(metavar, typed)

    def _marks_tag(self, typed: str) -> bool:
        """Say whether this is a word with +, or one with - that stands before the first other word."""
        place = self._place
        if place.after_dashes:
            return False
        return typed.startswith("+") or all(word[:1] in {"+", "-"} for word in [*place.words, typed])

    def _term(self, typed: str) -> Iterable[Candidate]:
        """Return the names of fields, and after one of them its values."""
        sign = typed[: typed.startswith("-")]
        name, colon, value = typed.removeprefix(sign).partition(":")
        field = find_field(name)
        if name.startswith(SIGN):
            return _after(sign, self._glances.queries())
        if colon:
            kind = field.kind if field else ""
            return _after(f"{sign}{name}:", self._values(kind, value))
        return _after(sign, (Candidate(f"{field.name}:", field.help) for field in FIELDS)) if name else ()

    def _values_of(self, option: Parameter, typed: str) -> Iterable[Candidate]:
        if "--format" in option.opts:
            return _named(formats(self._place))
        return self._values(option.make_metavar(self._place.context), typed)

    def _values(self, kind: str, typed: str) -> Iterable[Candidate]:
        """Return the values of a kind; where there can be several, for the part after the last comma."""
        if kind in _SEVERAL:
            done, comma, last = typed.rpartition(",")
            return _after(done + comma, _SEVERAL[kind](self._glances, last))
        return _ONE[kind](self._glances, typed) if kind in _ONE else ()


def formats(place: Place) -> Sequence[str]:
    """Return what may be the value of the command's --format."""
    from newsarchive.formats.registry import names  # spares start-up

    if place.context.info_name == "export":
        return names("writer")
    if place.context.info_name == "import":
        return names("reader")
    return (TABLE, *MACHINE, IDS) if "--limit" in place.options else (TABLE, *MACHINE)


def _after(start: str, found: Iterable[Candidate]) -> Iterator[Candidate]:
    return (known._replace(text=start + known.text) for known in found)


def _named(names: Iterable[str]) -> Sequence[Candidate]:
    return [Candidate(name) for name in names]


def _ids(glances: Glances, typed: str) -> Iterable[Candidate]:
    return glances.ids(typed) if not typed or typed.isdigit() else ()


def _sort_keys() -> Iterator[str]:
    from newsarchive.query.sorting import SORT_KEYS  # spares start-up

    return (key + sign for key in SORT_KEYS for sign in ("", "-"))


_Values = Callable[[Glances, str], Iterable[Candidate]]

_ONE: Final[Mapping[str, _Values]] = {
    "TAG": Glances.tags,
    "tag": Glances.tags,
    "CODE": lambda glances, _: glances.languages(),
    "language": lambda glances, _: glances.languages(),
    "state": lambda *_: [Candidate(name, f"it {meaning}") for name, meaning in STATES.items()],
    "presence": lambda *_: _named(PRESENCES),
    "OPERATION": lambda glances, _: glances.operations(),
    "FIELD": lambda *_: _named(SETTABLE),
    "FIELD=VALUE": lambda *_: _named(f"{name}=" for name in SETTABLE),
    "NAME": lambda glances, _: (known._replace(text=known.text[1:]) for known in glances.queries()),
    "TERM": lambda glances, _: glances.terms(),
    "on|off": lambda *_: _named(("on", "off")),
    "FILE": lambda *_: [FILES],
    "SOURCE": lambda *_: [FILES],
    "SHELL": lambda *_: _named(SHELLS),
}
"""Values by the metavar of an option or argument, or by the kind of a query's field."""

_SEVERAL: Final[Mapping[str, _Values]] = {
    "TAGS": Glances.tags,
    "ID": _ids,
    "IDS": _ids,
    "id": _ids,
    "NAMES": lambda *_: _named(ENTRY_FIELDS),
    "FIELDS": lambda *_: _named(TEXT_FIELDS),
    "KEYS": lambda *_: _named(_sort_keys()),
}
"""The same for those that may be given with commas between."""
