#!/usr/bin/env bash
# Expected: a list of feeds in OPML that stringify() wrote is the same list when another program reads it. A string of JavaScript that
#   is written to a file is UTF-8 (fs.writeFile, "Default: 'utf8'"), which is also what XML is where it says nothing (XML 1.0, 4.3.3);
#   so stringify says UTF-8 or nothing. The package is by the author of OPML.
# Really: it writes encoding="ISO-8859-1" at the top, whatever the letters, and no escapes for those that Latin-1 does not have. In the
#   file, which is UTF-8, every reader that believes it makes "Ð¡Ð°Ð¹Ð³Ð°" of "Сайга", in titles, and of "München" as well; it is
#   well-formed, so no error is raised. Read by the package itself all is right, since it has a string and passes over the words.
# Package: opml 0.5.8 (npm), read by Python's own xml.etree (expat).
# Source: http://opml.org/spec2.opml; https://www.w3.org/TR/xml/#charencoding; README of opml.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" opml@0.5.8 >/dev/null 2>&1
cat >"$folder/write.js" <<'JS'
const fs = require("fs");
const opml = require("opml");
const feeds = ["Сайга", "München", "News"].map((text) => ({ text, type: "rss", xmlUrl: "https://example.org/feed" }));
const text = opml.stringify({ opml: { head: { title: "Новости" }, body: { subs: feeds } } });
fs.writeFileSync(process.argv[2], text);
console.log(text.split("\n")[0]);
opml.parse(fs.readFileSync(process.argv[2], "utf8"), (error, read) => {
  console.log("opml:", read.opml.body.subs.map((feed) => feed.text).join(", "));
});
JS
cat >"$folder/read.py" <<'PYTHON'
import sys
from xml.etree import ElementTree

titles = [feed.get("text") for feed in ElementTree.parse(sys.argv[1]).iter("outline")]
print("xml.etree: as Latin-1 of", ", ".join(title.encode("latin-1").decode() for title in titles))
PYTHON
cat >"$folder/seen" <<'TEXT'
<?xml version="1.0" encoding="ISO-8859-1"?>
opml: Сайга, München, News
xml.etree: as Latin-1 of Сайга, München, News
TEXT
node "$folder/write.js" "$folder/feeds.opml" >"$folder/printed"
python3 "$folder/read.py" "$folder/feeds.opml" >>"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
