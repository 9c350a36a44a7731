#!/usr/bin/env bash
# Expected: the tokenizer of a text field leaves out only what is no word: tantivy-py describes the filter it has for that,
#   Filter.remove_long(length_limit), as a limit to the "max character length of token"; the default is 40, and no
#   Russian word of 20 letters is half as long as that.
# Really: the limit counts bytes of UTF-8, and a Cyrillic letter has two: Russian words of 20 letters and more are in no index,
#   with "default" and with "ru_stem" alike, while English ones of 39 letters are. Nobody says so: alone such a word finds
#   nothing, with + in a query it requires nothing, and with - it excludes nothing.
# Package: tantivy 0.27.0 (PyPI).
# Source: help(tantivy.Filter.remove_long); docs.rs/tantivy, tokenizer (the tokenizer "default").
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tantivy==0.27.0 2>/dev/null
cat >"$folder/words.py" <<'PYTHON'
import tantivy

words = ["природоохранительны", "природоохранительный", "сельскохозяйственного", "g" * 39, "g" * 40]
builder = tantivy.SchemaBuilder()
builder.add_text_field("plain", stored=True)
builder.add_text_field("stemmed", stored=True, tokenizer_name="ru_stem")
index = tantivy.Index(builder.build())
writer = index.writer(15_000_000, 1)
for word in words:
    writer.add_document(tantivy.Document(plain=word, stemmed=word))
writer.add_document(tantivy.Document(plain="заседание заповедников"))
writer.add_document(tantivy.Document(plain="заседание сельскохозяйственного комитета заповедников"))
writer.commit()
index.reload()
searcher = index.searcher()
for word in words:
    found = [searcher.search(index.parse_query(word, [name])).count for name in ("plain", "stemmed")]
    print(len(word), "letters,", len(word.encode()), "bytes, found", *found)
for query in ("+сельскохозяйственного +заповедников", "заповедников -сельскохозяйственного", "сельскохозяйственного"):
    hits = searcher.search(index.parse_query(query, ["plain"])).hits
    print(query, *sorted(searcher.doc(address)["plain"][0] for _, address in hits), sep="; ")
PYTHON
cat >"$folder/seen" <<'TEXT'
19 letters, 38 bytes, found 1 1
20 letters, 40 bytes, found 0 0
21 letters, 42 bytes, found 0 0
39 letters, 39 bytes, found 1 1
40 letters, 40 bytes, found 0 0
+сельскохозяйственного +заповедников; заседание заповедников; заседание сельскохозяйственного комитета заповедников
заповедников -сельскохозяйственного; заседание заповедников; заседание сельскохозяйственного комитета заповедников
сельскохозяйственного
TEXT
"$folder/venv/bin/python" "$folder/words.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
