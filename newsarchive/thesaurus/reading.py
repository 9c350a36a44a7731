"""Read concepts from TOML files; `data/species.toml` explains their keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from newsarchive.access import open_plain
from newsarchive.errors import BadTagError, BadThesaurusError
from newsarchive.thesaurus.concepts import KINDS, Concept, Label

_SHIPPED: Final = Path(__file__).parent.parent / "data"
_MOST_BYTES: Final = 1 << 20


def shipped_concepts() -> Iterator[Concept]:
    """Yield the concepts that come with the program."""
    for path in sorted(_SHIPPED.glob("*.toml")):
        yield from read_concepts(path)


def own_concepts(path: Path) -> list[Concept]:
    """Read the user's own concepts; none when there is no such file.

    Raises BadThesaurusError when the file can't be read or says something that isn't understood.
    """
    try:
        concepts = read_concepts(path)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise BadThesaurusError(path, error.strerror or str(error)) from error
    for concept in concepts:
        _check_id(path, concept.id)
    return concepts


def read_concepts(path: Path) -> list[Concept]:
    """Read the concepts of one file. Raises OSError, and BadThesaurusError for what isn't understood."""
    try:
        return [_concept(name, table) for name, table in _tables(path)]
    except UnicodeDecodeError as error:
        raise BadThesaurusError(path, f"is not UTF-8 (byte {error.start + 1})") from error
    except RecursionError as error:
        raise BadThesaurusError(path, "is nested too deep") from error
    except ValueError as error:
        raise BadThesaurusError(path, str(error)) from error


def _tables(path: Path) -> Iterator[tuple[str, object]]:
    with open(open_plain(path, follow=True), "rb") as file:
        raw = file.read(_MOST_BYTES + 1)
    if len(raw) > _MOST_BYTES:
        raise ValueError("is larger than 1 MiB")
    yield from _parsed(raw.decode("utf-8-sig")).items()


def _parsed(text: str) -> dict[str, object]:
    import tomllib  # spares start-up where there is no such file

    return tomllib.loads(text)


def _check_id(path: Path, concept_id: str) -> None:
    from newsarchive.intake import normalise_tag  # spares start-up where there is no such file

    try:
        usual = normalise_tag(concept_id)
    except BadTagError as error:
        raise BadThesaurusError(path, str(error)) from error
    if usual != concept_id:
        raise BadThesaurusError(path, f"[{concept_id}] is not written as a tag is: {usual}")


def _concept(name: str, table: object) -> Concept:
    if not isinstance(table, dict):
        raise ValueError(f'{name!r} is not a table; a concept begins with a line such as ["species/saiga"]')
    unknown = [key for key in table if key not in (*KINDS, "broader")]
    if unknown:
        raise ValueError(f"[{name}] has {unknown[0]!r}; a concept has broader, {', '.join(KINDS)}")
    labels = tuple(label for kind in KINDS for label in _labels(name, kind, table.get(kind, {})))
    return Concept(name, labels, tuple(_texts(f"[{name}] broader", table.get("broader", []))))


def _labels(name: str, kind: str, by_language: object) -> Iterator[Label]:
    place = f"[{name}] {kind}"
    if not isinstance(by_language, dict):
        raise ValueError(f"{place} is not a table of languages such as {{ en = … }}")
    for language, value in by_language.items():
        texts = [value] if kind == "preferred" else value
        yield from (Label(kind, language, text) for text in _texts(f"{place}.{language}", texts))


def _texts(place: str, values: object) -> list[str]:
    if not isinstance(values, list):
        raise ValueError(f"{place} is not a list of texts")
    for value in values:
        if not isinstance(value, str):
            raise ValueError(f"{place} holds {value!r:.60}, which is not text")
    return values
