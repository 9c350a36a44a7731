"""An archive of stories in tantivy, to compare with.

usage: python tantivy_program.py FOLDER build STORIES | search WORDS | search-misspelt WORD | list | add | tag

All fields are stored. The misspelt word is a fuzzy query of one slip, a swap of letters being one. Tagging
is reading what has a tag, deleting it and adding it again: tantivy changes no document.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import tantivy

TEXTS = ["title", "summary", "body"]
EMPTY = {"title": "A story", "summary": "", "body": "", "url": "", "date": "2026-01-29", "tags": ["topic-7"]}


def schema() -> tantivy.Schema:
    """Return the fields."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True, indexed=True)
    builder.add_date_field("date", stored=True, fast=True)
    builder.add_text_field("url", stored=True, tokenizer_name="raw")
    builder.add_text_field("tags", stored=True, tokenizer_name="raw")
    for name in TEXTS:
        builder.add_text_field(name, stored=True)
    return builder.build()


def main(folder: str, action: str, words: Sequence[str]) -> None:
    """Do what is asked for."""
    Path(folder).mkdir(exist_ok=True)
    index = tantivy.Index(schema(), path=folder)
    if action == "build":
        with open(words[0], encoding="utf-8") as file:
            _write(index, [], (_document(json.loads(line)) for line in file))
    elif action == "search":
        _print(index, index.parse_query(words[0], TEXTS))
    elif action == "search-misspelt":
        fuzzy = dict.fromkeys(TEXTS, (False, 1, True))
        _print(index, index.parse_query(words[0], TEXTS, fuzzy_fields=fuzzy))
    elif action == "list":
        _print(index, tantivy.Query.all_query(), limit=20, order_by_field="date")
    elif action == "add":
        _write(index, [], [_document({**EMPTY, "number": 0})])
    else:
        _tag(index)


def _tag(index: tantivy.Index) -> None:
    searcher = index.searcher()
    campaign = tantivy.Query.term_query(index.schema, "tags", "campaign")
    hits = searcher.search(campaign, limit=searcher.num_docs).hits
    stories = [searcher.doc(address).to_dict() for _, address in hits]
    tagged = (_typed({**story, "tags": [*story["tags"], "reviewed"]}) for story in stories)
    _write(index, [story["number"][0] for story in stories], tagged)


def _write(index: tantivy.Index, replaced: Iterable[int], documents: Iterable[tantivy.Document]) -> None:
    writer = index.writer()
    for number in replaced:
        writer.delete_documents_by_term("number", number)
    for document in documents:
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _document(story: dict[str, object]) -> tantivy.Document:
    fields = {name: story[name] for name in ("number", "url", "tags", *TEXTS)}
    return _typed({**fields, "date": datetime.fromisoformat(str(story["date"]))})


def _typed(fields: dict[str, object]) -> tantivy.Document:
    return tantivy.Document.from_dict(fields, schema())


def _print(
    index: tantivy.Index, query: tantivy.Query, limit: int = 10, order_by_field: str | None = None
) -> None:
    searcher = index.searcher()
    for _, address in searcher.search(query, limit, order_by_field=order_by_field).hits:
        fields = searcher.doc(address).to_dict()
        print(fields["number"][0], f"{fields['date'][0]:%Y-%m-%d}", fields["title"][0], fields["url"][0])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
