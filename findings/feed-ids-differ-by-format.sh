#!/usr/bin/env bash
# Expected: the id of a story is the same in every feed of one site and never changes: an atom:id "MUST NOT change", is compared
#   "on a character-by-character basis", and %7E is not ~ there (RFC 4287, 4.2.6 and 4.2.6.1); a guid of RSS is a string that a
#   reader compares as it is, and so is an id of JSON Feed. The package makes all three of one Feed, whose items have an `id`.
# Really: RSS and JSON Feed have the id as it was given. In Atom it is taken for an address and rewritten as a browser would: letters
#   other than ASCII in percent signs, "https://example.org" with a slash, dots resolved, the scheme in small letters. Readers
#   that go from one format to another, or from another generator to this one, get every story with such an id again, as new.
# Package: feed 6.0.0 (npm).
# Source: https://www.rfc-editor.org/rfc/rfc4287#section-4.2.6.1; README of feed ("RSS 2.0, JSON Feed 1.0, and Atom 1.0").
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" feed@6.0.0 >/dev/null 2>&1
cat >"$folder/ids.mjs" <<'JS'
import { Feed } from "feed";
for (const id of ["urn:example:7", "tag:example.org,2021:сайга", "https://example.org/новости/7", "https://example.org"]) {
  const feed = new Feed({ title: "News", id: "urn:example:0", link: "https://example.org/" });
  feed.addItem({ title: "Saiga", id, link: "https://example.org/7", date: new Date(0) });
  const [, rss] = feed.rss2().match(/<guid[^>]*>(.*?)<\/guid>/);
  const [, atom] = feed.atom1().match(/<entry>[^]*?<id>(.*?)<\/id>/);
  console.log(`${id}: RSS ${rss}; JSON ${JSON.parse(feed.json1()).items[0].id}; Atom ${atom}`);
}
JS
cat >"$folder/seen" <<'TEXT'
urn:example:7: RSS urn:example:7; JSON urn:example:7; Atom urn:example:7
tag:example.org,2021:сайга: RSS tag:example.org,2021:сайга; JSON tag:example.org,2021:сайга; Atom tag:example.org,2021:%D1%81%D0%B0%D0%B9%D0%B3%D0%B0
https://example.org/новости/7: RSS https://example.org/новости/7; JSON https://example.org/новости/7; Atom https://example.org/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/7
https://example.org: RSS https://example.org; JSON https://example.org; Atom https://example.org/
TEXT
node "$folder/ids.mjs" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
