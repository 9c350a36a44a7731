#!/usr/bin/env bash
# Expected: a text that python-frontmatter wrote is the same text when gray-matter reads it, the reader of front matter of Eleventy,
#   Gatsby and VitePress: a text that could be taken for a number is written in quotes, as "2021" and "1_000" are.
# Really: the two do not agree on what looks like a number. PyYAML, which writes, asks for a point in one with an exponent (YAML 1.1),
#   and writes 7e12 without quotes; js-yaml, which reads, does not (YAML 1.2, core schema). A story whose number in a list of
#   short hashes is 7e12 becomes the story 7000000000000, and edition 12e3 edition 12000. Written again by gray-matter the
#   numbers stay, and the text is lost.
# Package: python-frontmatter 1.3.0 with PyYAML 6.0.4 (PyPI), gray-matter 4.0.3 with js-yaml 3.x (npm).
# Source: https://yaml.org/type/float.html (1.1); YAML 1.2.2, 10.3.2 (core schema, tag resolution).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-frontmatter==1.3.0 PyYAML==6.0.4 2>/dev/null
npm install --silent --no-audit --no-fund --prefix "$folder" gray-matter@4.0.3 >/dev/null 2>&1
"$folder/venv/bin/python" - >"$folder/story.md" <<'PYTHON'
import frontmatter

print(frontmatter.dumps(frontmatter.Post("Text", story="7e12", edition="12e3", year="2021", herd="1_000")))
PYTHON
cat >"$folder/read.js" <<'JS'
const matter = require("gray-matter");
const story = matter.read(`${__dirname}/story.md`);
for (const [key, value] of Object.entries(story.data)) console.log(`${key}: ${typeof value} ${value}`);
console.log(matter.stringify("Text", story.data).trim());
JS
cat >"$folder/seen" <<'TEXT'
---
edition: 12e3
herd: '1_000'
story: 7e12
year: '2021'
---

Text
edition: number 12000
herd: string 1_000
story: number 7000000000000
year: string 2021
---
edition: 12000
herd: '1_000'
story: 7000000000000
year: '2021'
---
Text
TEXT
cat "$folder/story.md" >"$folder/printed"
node "$folder/read.js" >>"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
