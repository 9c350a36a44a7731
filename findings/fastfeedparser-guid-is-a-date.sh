#!/usr/bin/env bash
# Expected: a story without a date has none: "published: publication date" (fastfeedparser's README), which in RSS 2.0 is
#   pubDate, and pubDate is optional. A guid is any string that is the story's own, such as the number a system gave it
#   ("a string that uniquely identifies the item": RSS 2.0).
# Really: where pubDate is missing or cannot be read, fastfeedparser reads the guid as a date unless it is an address. Story 7 was
#   published on the seventh of the month in which the program runs, next month on the seventh of that, and story 1234
#   in the year 1234. feedparser gives no date to any of them.
# Package: fastfeedparser 0.6.5, feedparser 6.0.14 (PyPI).
# Source: README of fastfeedparser; https://www.rssboard.org/rss-specification#ltguidgtSubelementOfLtitemgt.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fastfeedparser==0.6.5 feedparser==6.0.14 2>/dev/null
cat >"$folder/read.py" <<'PYTHON'
from datetime import datetime, timezone

import fastfeedparser
import feedparser

ITEM = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>News</title><link>https://news.example/</link><description>News</description>
<item><title>Saiga counted</title><link>https://news.example/a</link><guid isPermaLink="false">{guid}</guid>
{date}</item></channel></rss>"""
month = f"{datetime.now(timezone.utc):%Y-%m}"
for guid, date in (
    ("7", ""),
    ("1234", ""),
    ("post-7", ""),
    ("https://news.example/?p=7", ""),
    ("7", "<pubDate>Пт, 29 янв 2021 10:00:00 +0600</pubDate>"),
    ("7", "<pubDate>Fri, 29 Jan 2021 10:00:00 +0600</pubDate>"),
):
    text = ITEM.format(guid=guid, date=date)
    published = fastfeedparser.parse(text).entries[0].get("published", "no date")[:10].replace(month, "this month")
    theirs = feedparser.parse(text).entries[0].get("published_parsed")
    print(f"guid {guid} {date}: {published[:4] if guid == '1234' else published}; feedparser: {theirs and theirs[:3]}")
PYTHON
cat >"$folder/seen" <<'TEXT'
guid 7 : this month-07; feedparser: None
guid 1234 : 1234; feedparser: None
guid post-7 : no date; feedparser: None
guid https://news.example/?p=7 : no date; feedparser: None
guid 7 <pubDate>Пт, 29 янв 2021 10:00:00 +0600</pubDate>: this month-07; feedparser: None
guid 7 <pubDate>Fri, 29 Jan 2021 10:00:00 +0600</pubDate>: 2021-01-29; feedparser: (2021, 1, 29)
TEXT
"$folder/venv/bin/python" "$folder/read.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
