#!/usr/bin/env bash
# Expected: front matter that is no YAML, such as a title with a colon and no quotes, "title: COP14: states meet", raises an error every
#   time it is read, and what is read does not depend on what was read before; the README says nothing of a cache.
# Really: gray-matter keeps what it reads by its text, before it has read it. The error comes once; the same file read again, by another
#   plugin of the same build or when a site is built anew while it is watched, is a page without a title and a date, with its front
#   matter as text: nothing is raised. And two stories with the same text are one object: a tag added to one is in both.
# Package: gray-matter 4.0.3 (npm).
# Source: README of gray-matter ("matter"); https://github.com/jonschlinkert/gray-matter/issues/121, by which matter(text, {}) is a way out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" gray-matter@4.0.3 >/dev/null 2>&1
cat >"$folder/read.js" <<'JS'
const matter = require("gray-matter");
const broken = "---\ntitle: COP14: states meet\ndate: 2021-01-29\n---\nThe states meet.\n";
const told = (...given) => {
  try {
    const { data, content } = matter(...given);
    return `${JSON.stringify(data)}, text ${JSON.stringify(content.slice(0, 30))}`;
  } catch (error) {
    return error.name;
  }
};
for (const time of ["first", "second", "third"]) console.log(`${time} time: ${told(broken)}`);
console.log(`with options: ${told(broken, {})}`);
const sound = "---\ntags: [saiga]\n---\nSame.\n";
matter(sound).data.tags.push("draft");
console.log(`another one: ${told(sound)}`);
JS
cat >"$folder/seen" <<'TEXT'
first time: YAMLException
second time: {}, text "---\ntitle: COP14: states meet\n"
third time: {}, text "---\ntitle: COP14: states meet\n"
with options: YAMLException
another one: {"tags":["saiga","draft"]}, text "Same.\n"
TEXT
node "$folder/read.js" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
