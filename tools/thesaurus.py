"""Make newsarchive/data/thesaurus.json of the TOML files beside it: `python tools/thesaurus.py`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from newsarchive.thesaurus.compiled import COMPILED
from newsarchive.thesaurus.concepts import Concept, Label
from newsarchive.thesaurus.forms import label_forms
from newsarchive.thesaurus.reading import shipped_concepts
from newsarchive.thesaurus.series import template


def compiled() -> str:
    """Return the text of the file, a concept and a label a line."""
    concepts = list(shipped_concepts())
    labels = sorted({(label.text, label.language) for concept in concepts for label in _labels(concept)})
    written = [{"id": each.id, "labels": each.labels, "broader": each.broader} for each in concepts]
    forms = [
        (text, language, [(word, sorted(forms)) for word, forms in label_forms(text, language)])
        for text, language in labels
    ]
    return f'{{"concepts": [\n{_lines(written)}\n],\n"forms": [\n{_lines(forms)}\n]}}\n'


def _labels(concept: Concept) -> Iterator[Label]:
    yield from concept.labels
    if series := template(concept):
        yield from series.labels


def _lines(values: Iterable[object]) -> str:
    return ",\n".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)


if __name__ == "__main__":
    COMPILED.write_text(compiled(), encoding="utf-8")
