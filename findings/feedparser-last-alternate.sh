#!/usr/bin/env bash
# Expected: entries[i].link is "the primary link of this entry" (feedparser's documentation, reference of
#   entries[i].link). RFC 4287, 4.1.2, lets an entry have several links rel="alternate" when their hreflang differ, as a
#   story with translations has; so the primary one is the first, or the one in the entry's language (xml:lang).
# Really: it is the last one, whatever the languages: a story in English that names its Russian translation is
#   read with the address of the Russian one.
# Package: feedparser 6.0.12
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q feedparser==6.0.12
cat > "$folder/feed.atom" <<'ATOM'
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>https://news.example/feed</id><title>News</title><updated>2024-02-17T00:00:00Z</updated>
<author><name>Press office</name></author>
<entry xml:lang="en">
<id>https://news.example/en/7</id><title>Saiga counted</title><updated>2024-02-17T00:00:00Z</updated>
<link rel="alternate" hreflang="en" href="https://news.example/en/7"/>
<link rel="alternate" hreflang="ru" href="https://news.example/ru/7"/>
<summary>Aerial survey of the steppe.</summary>
</entry>
</feed>
ATOM
seen=$("$folder/venv/bin/python" - "$folder/feed.atom" <<'PY'
import sys

import feedparser

feed = feedparser.parse(sys.argv[1])
assert not feed.bozo
print(feed.entries[0].link, [link.hreflang for link in feed.entries[0].links])
PY
)
echo "$seen"
[ "$seen" = "https://news.example/ru/7 ['en', 'ru']" ]
