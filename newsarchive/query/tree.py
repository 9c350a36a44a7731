"""The syntax tree of a query; `str()` of a node is a text that parses to the same node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, dataclass_transform

if TYPE_CHECKING:  # spares start-up: most queries have no date
    from newsarchive.dates.ranges import DateRange

RESERVED: Final = frozenset({"AND", "OR", "NOT"})


@dataclass_transform(frozen_default=True)
class _Record:
    """A frozen record, as a dataclass is; fifteen of those would take 9 ms of the start-up to build."""

    _fields: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls) -> None:
        cls._fields = tuple(cls.__annotations__)
        setattr(cls, "__match_args__", cls._fields)  # noqa: B010 - mypy believes that it cannot be assigned

    def __init__(self, *values: Any, **named: Any) -> None:
        vars(self).update(zip(self._fields, values, strict=False), **named)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and _values(other) == _values(self)

    def __hash__(self) -> int:
        return hash((type(self), _values(self)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, _values(self)))})"


def _values(record: Any) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in record._fields)


class Everything(_Record):
    """The empty query: every entry."""

    def __str__(self) -> str:
        return ""


class Word(_Record):
    """A word as typed; with `prefix`, the beginning of one.

    Where it holds several words, as `snow-leopard` does, they stand next to each other.
    """

    text: str
    prefix: bool = False

    def __str__(self) -> str:
        return f"{self.text}*" if self.prefix else self.text


class Phrase(_Record):
    """Words that stand next to each other, in this order."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


class TextTerm(_Record):
    """A word or phrase in one field: title, summary, body or source, or anywhere in a url."""

    field: str
    value: Word | Phrase

    def __str__(self) -> str:
        return f"{self.field}:{self.value}"


class TagTerm(_Record):
    """A tag; with `subtree`, the tags below it as well; with `prefix`, all that begin so."""

    tag: str
    subtree: bool = False
    prefix: bool = False

    def __str__(self) -> str:
        return "tag:" + _as_value(
            f"{self.tag}/*" if self.subtree else f"{self.tag}*" if self.prefix else self.tag
        )


class LanguageTerm(_Record):
    """A language by its BCP 47 code."""

    code: str

    def __str__(self) -> str:
        return f"lang:{self.code}"


class DateTerm(_Record):
    """An interval of `date`, `added` or `modified`; `text` is how it was written, without quotes."""

    field: str
    range: DateRange
    text: str

    def __str__(self) -> str:
        return f"{self.field}:{_as_value(self.text)}"


class IdTerm(_Record):
    """Ids: closed intervals, an open end is None."""

    ranges: tuple[tuple[int | None, int | None], ...]

    def __str__(self) -> str:
        return "id:" + ",".join(_id_range(low, high) for low, high in self.ranges)


class IsTerm(_Record):
    """A state: untagged, undated, translated, untranslated."""

    state: str

    def __str__(self) -> str:
        return f"is:{self.state}"


class HasTerm(_Record):
    """The presence of a field."""

    field: str

    def __str__(self) -> str:
        return f"has:{self.field}"


class Not(_Record):
    """What does not match `node`."""

    node: Node

    def __str__(self) -> str:
        return f"-{self.node}"


class And(_Record):
    """All of `nodes`; `explicit` when the word AND joins them, else they stand side by side.

    AND binds closer: in `a b AND c` the second node is an explicit one of b and c.
    """

    nodes: tuple[Node, ...]
    explicit: bool = False

    def __str__(self) -> str:
        return (" AND " if self.explicit else " ").join(map(str, self.nodes))


class Or(_Record):
    """Any of `nodes`."""

    nodes: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.nodes))


class Group(_Record):
    """What stands in parentheses."""

    node: Node

    def __str__(self) -> str:
        return f"({self.node})"


Node = (
    Everything
    | Word
    | Phrase
    | TextTerm
    | TagTerm
    | LanguageTerm
    | DateTerm
    | IdTerm
    | IsTerm
    | HasTerm
    | Not
    | And
    | Or
    | Group
)


class Query(_Record):
    """A parsed query: the text it came from, its tree, and notes for the reader (a swapped range)."""

    text: str
    root: Node
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return str(self.root)

    @property
    def is_everything(self) -> bool:
        """Whether nothing at all was asked for, or no more than `*`."""
        return isinstance(self.root, Everything)

    @property
    def wanted(self) -> tuple[Word, ...]:
        """The bare words at the top level: search ranks by them and any may be missing."""
        return tuple(node for node in self._top() if isinstance(node, Word))

    @property
    def required(self) -> tuple[Node, ...]:
        """What an entry must match in any case, and what search filters by."""
        return tuple(node for node in self._top() if not isinstance(node, Word | Everything))

    def _top(self) -> tuple[Node, ...]:
        if isinstance(self.root, And) and not self.root.explicit:
            return self.root.nodes
        return (self.root,)


def _as_value(text: str) -> str:
    """Quote what would otherwise end at a blank or a parenthesis."""
    return f'"{text}"' if any(character.isspace() or character in "()" for character in text) else text


def _id_range(low: int | None, high: int | None) -> str:
    if low is not None and low == high:
        return str(low)
    return f"{'' if low is None else low}..{'' if high is None else high}"
