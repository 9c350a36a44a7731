#!/usr/bin/env bash
# Expected: a document is changed by deleting it and adding it again, and it is deleted by a field of its own, such as its
#   number: IndexWriter.delete_documents_by_term(field_name, field_value) takes any indexed field, or raises an error.
# Really: in a field made by add_unsigned_field, the kind for ids, the call deletes nothing and says nothing; whoever changes
#   documents so, has them twice. In a field made by add_integer_field it deletes, and so does
#   delete_documents_by_query(Query.term_query(...)) with the same name and value in both.
# Package: tantivy 0.27.0 (PyPI).
# Source: help(tantivy.IndexWriter), help(tantivy.SchemaBuilder.add_unsigned_field); the tutorial of tantivy-py.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tantivy==0.27.0 2>/dev/null
cat >"$folder/change.py" <<'PYTHON'
import tantivy


def by_term(writer, schema):
    writer.delete_documents_by_term("number", 7)


def by_query(writer, schema):
    writer.delete_documents_by_query(tantivy.Query.term_query(schema, "number", 7))


for kind in ("unsigned", "integer"):
    for delete in (by_term, by_query):
        builder = tantivy.SchemaBuilder()
        getattr(builder, f"add_{kind}_field")("number", stored=True, indexed=True)
        builder.add_text_field("title", stored=True)
        schema = builder.build()
        index = tantivy.Index(schema)
        writer = index.writer(15_000_000, 1)
        writer.add_document(tantivy.Document.from_dict({"number": 7, "title": "saiga counted"}, schema))
        writer.commit()
        delete(writer, schema)
        writer.add_document(tantivy.Document.from_dict({"number": 7, "title": "saiga counted again"}, schema))
        writer.commit()
        index.reload()
        print(kind, delete.__name__, index.searcher().search(index.parse_query("saiga", ["title"])).count)
PYTHON
cat >"$folder/seen" <<'TEXT'
unsigned by_term 2
unsigned by_query 1
integer by_term 1
integer by_query 1
TEXT
"$folder/venv/bin/python" "$folder/change.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
