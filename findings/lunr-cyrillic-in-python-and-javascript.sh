#!/usr/bin/env bash
# Expected: an index of a site's titles is the same whether it is built by Lunr in JavaScript or by lunr.py, which is made for
#   that ("a core objective is interoperability", "produces the same results", its README; MkDocs builds with either).
# Really: the trimmer that both put before the index cuts off what is no \w at the ends of a word. In JavaScript that is
#   everything but ASCII letters, so no Cyrillic word gets into the index, while "saiga" does, and "élan" as "lan"; in
#   Python \w has the letters of all scripts. The index from Python answers in the browser: the same query of the same
#   page finds the story or nothing, by who built the index.
# Package: lunr 2.3.9 (npm), lunr 0.8.0 (PyPI).
# Source: https://pypi.org/project/lunr ("Interoperability with Lunr.js"); https://lunrjs.com/docs/lunr.trimmer.html.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check lunr==0.8.0 2>/dev/null
npm install --silent --no-audit --no-fund --prefix "$folder" lunr@2.3.9 >/dev/null 2>&1
cat >"$folder/stories.json" <<'JSON'
[{"id": "1", "title": "Сайгак вернулся в степь"}, {"id": "2", "title": "Saiga back in the steppe"},
 {"id": "3", "title": "Ақбөкен саны өсті"}, {"id": "4", "title": "Un élan"}]
JSON
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import json
import sys
from pathlib import Path

from lunr import lunr

folder = Path(sys.argv[1])
index = lunr(ref="id", fields=["title"], documents=json.loads((folder / "stories.json").read_text("utf-8")))
(folder / "index.json").write_text(json.dumps(index.serialize()), "utf-8")
PYTHON
cat >"$folder/search.js" <<'JS'
const lunr = require("lunr");
const stories = require("./stories.json");
const built = lunr(function () {
  this.ref("id");
  this.field("title");
  stories.forEach((story) => this.add(story));
});
const loaded = lunr.Index.load(require("./index.json"));
for (const word of ["saiga", "сайгак", "ақбөкен", "élan", "lan"]) {
  const found = [built, loaded].map((index) => index.search(word).map((hit) => hit.ref).join() || "nothing");
  console.log(`${word}: built in JavaScript ${found[0]}, built in Python ${found[1]}`);
}
JS
cat >"$folder/seen" <<'TEXT'
saiga: built in JavaScript 2, built in Python 2
сайгак: built in JavaScript nothing, built in Python 1
ақбөкен: built in JavaScript nothing, built in Python 3
élan: built in JavaScript nothing, built in Python 4
lan: built in JavaScript 4, built in Python nothing
TEXT
node "$folder/search.js" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
