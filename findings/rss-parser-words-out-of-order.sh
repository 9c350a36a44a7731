#!/usr/bin/env bash
# Expected: the content of an Atom entry with type="xhtml" is the elements inside its div (RFC 4287, 3.1.1.3 and 4.1.3.3), with their
#   text in the order in which it stands; rss-parser, which turns "RSS XML feeds into JavaScript objects", gives it as
#   `content`, and without tags as `contentSnippet`. The same text with type="html" is given as it is.
# Really: of every paragraph the bare text comes first, all of it, and the elements within it after that: "The herd is not yet out
#   of danger.", with an emphasis on "not yet", reads "The herd is  out of danger.not yet", and "Argali, not saiga, were counted.", with
#   both names in italics, as species are, ", not , were counted.Argalisaiga", in `content` as well. No letter is lost and nothing said.
# Package: rss-parser 3.13.0 (npm).
# Source: https://www.rfc-editor.org/rfc/rfc4287#section-4.1.3.3; README of rss-parser.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" rss-parser@3.13.0 >/dev/null 2>&1
cat >"$folder/read.js" <<'JS'
const Parser = require("rss-parser");
const stories = [
  "<p>The herd is <em>not yet</em> out of danger.</p>",
  "<p><i>Argali</i>, not <i>saiga</i>, were counted.</p>",
];
const entry = (story, number) => `
  <entry><id>urn:example:${number}</id><title>Story ${number}</title><updated>2024-05-17T00:00:00Z</updated>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${story}</div></content></entry>
  <entry><id>urn:example:${number}h</id><title>Story ${number}</title><updated>2024-05-17T00:00:00Z</updated>
  <content type="html">${story.replaceAll("<", "&lt;")}</content></entry>`;
const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:example:0</id><title>News</title>
  <updated>2024-05-17T00:00:00Z</updated>${stories.map(entry).join("")}</feed>`;
new Parser().parseString(feed).then(({ items }) => {
  items.forEach(({ id, contentSnippet }) => console.log(`${id.endsWith("h") ? "html" : "xhtml"}: ${contentSnippet}`));
});
JS
cat >"$folder/seen" <<'TEXT'
xhtml: The herd is  out of danger.not yet
html: The herd is not yet out of danger.
xhtml: , not , were counted.Argalisaiga
html: Argali, not saiga, were counted.
TEXT
node "$folder/read.js" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
