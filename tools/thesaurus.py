"""Make newsarchive/data/thesaurus.tsv of the TOML files beside it: `python tools/thesaurus.py`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from newsarchive.thesaurus.compiled import COMPILED
from newsarchive.thesaurus.concepts import Concept, Label
from newsarchive.thesaurus.forms import label_forms
from newsarchive.thesaurus.reading import shipped_concepts
from newsarchive.thesaurus.series import template
from newsarchive.thesaurus.thesaurus import Thesaurus


def compiled() -> str:
    """Return the text of the file, a line for each concept with what all files say of it."""
    concepts = Thesaurus(shipped_concepts()).concepts.values()
    return "".join(f"{each.id}\t{_json(_written(each))}\t{_json(_forms(each))}\n" for each in concepts)


def _written(concept: Concept) -> dict[str, object]:
    return {"id": concept.id, "labels": concept.labels, "broader": concept.broader}


def _forms(concept: Concept) -> list[object]:
    """Return the text, language and forms of each label."""
    labels = dict.fromkeys((label.text, label.language) for label in _labels(concept))
    return [
        (text, language, [(word, sorted(forms)) for word, forms in label_forms(text, language)])
        for text, language in labels
    ]


def _labels(concept: Concept) -> Iterator[Label]:
    yield from concept.labels
    if series := template(concept):
        yield from series.labels


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    COMPILED.write_text(compiled(), encoding="utf-8")
