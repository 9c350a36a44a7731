#!/usr/bin/env bash
# Expected: pelican-import --feed gives an article the date at which it was published: Date is that date, and Modified is the one
#   for the last change (Pelican's documentation, "File metadata"). An Atom entry has both, published and updated (RFC 4287,
#   4.2.9 and 4.2.15), and the archive of a site is ordered by Date.
# Really: Date is updated, published is not read and nothing is written as Modified. A story of 2013 in which a link was
#   mended in 2024 becomes one of 2024. Where an entry says published alone, it is read; with RSS (pubDate) as well.
# Package: pelican 4.12.0 with feedparser 6.0.14 and pypandoc-binary 1.17 (PyPI), which has the pandoc that it needs.
# Source: https://docs.getpelican.com/en/latest/content.html#file-metadata and importer.html.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  pelican==4.12.0 feedparser==6.0.14 beautifulsoup4==4.15.0 lxml==6.1.3 pypandoc-binary==1.17 2>/dev/null
pandoc=$("$folder/venv/bin/python" -c 'import pypandoc; print(pypandoc.get_pandoc_path())')
cat >"$folder/feed.atom" <<'ATOM'
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>https://news.example/feed</id><title>News</title><updated>2024-02-17T09:30:00Z</updated>
<author><name>Press office</name></author>
<entry>
<id>https://news.example/7</id><title>Saiga counted</title><link href="https://news.example/7"/>
<published>2013-08-28T10:00:00Z</published><updated>2024-02-17T09:30:00Z</updated>
<summary>Aerial survey of the steppe.</summary>
</entry>
<entry>
<id>https://news.example/8</id><title>Kulan counted</title><link href="https://news.example/8"/>
<published>2013-08-29T10:00:00Z</published>
<summary>Aerial survey of the steppe.</summary>
</entry>
</feed>
ATOM
PATH="${pandoc%/*}:$PATH" "$folder/venv/bin/pelican-import" --feed -m markdown -o "$folder/content" "$folder/feed.atom" >/dev/null 2>&1
cat >"$folder/seen" <<'TEXT'
Title: Saiga counted
Date: 2024-02-17 09:30
Title: Kulan counted
Date: 2013-08-29 10:00
TEXT
for name in saiga kulan; do
  grep -E '^(Title|Date|Modified):' "$folder/content/$name-counted.md"
done >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
