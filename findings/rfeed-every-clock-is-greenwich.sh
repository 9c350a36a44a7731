#!/usr/bin/env bash
# Expected: a pubDate names one instant (RSS 2.0: dates "conform to the Date and Time Specification of RFC 822", with its zone), so an
#   aware datetime, ten o'clock in Almaty, is written as 10:00:00 +0500 or 05:00:00 GMT, as feedgen and feedgenerator do. rfeed takes
#   datetimes ("pubDate = datetime.datetime(...)", its README) and says nothing of zones.
# Really: the zone is left out, the clock stays and GMT is written behind it: a story of ten o'clock in Almaty is five hours later than
#   it was, one of midnight in Ulaanbaatar eight, and stories of one hour from two bureaux are hours apart, in any order. What came
#   in at night in the east is in the future for a reader, and many readers hide that.
# Package: rfeed 1.1.1, feedgen 1.0.0 (PyPI).
# Source: https://www.rssboard.org/rss-specification (pubDate); README of rfeed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rfeed==1.1.1 feedgen==1.0.0 2>/dev/null
cat >"$folder/write.py" <<'PYTHON'
import re
from datetime import datetime, timedelta, timezone

import rfeed
from feedgen.feed import FeedGenerator

for name, hours in (("Bonn", 1), ("Almaty", 5), ("Ulaanbaatar", 8)):
    at = datetime(2021, 1, 29, 10, tzinfo=timezone(timedelta(hours=hours)))
    item = rfeed.Item(title="Saiga", link="https://example.org/7", pubDate=at)
    other = FeedGenerator()
    other.title("News")
    other.link(href="https://example.org/")
    other.description("News")
    entry = other.add_entry()
    entry.title("Saiga")
    entry.published(at)
    feeds = (rfeed.Feed("News", "https://example.org/", "News", items=[item]).rss(), other.rss_str().decode())
    dates = [re.search("<pubDate>(.*?)</pubDate>", feed)[1] for feed in feeds]
    print(f"{at.isoformat()} in {name}: rfeed {dates[0]}; feedgen {dates[1]}")
PYTHON
cat >"$folder/seen" <<'TEXT'
2021-01-29T10:00:00+01:00 in Bonn: rfeed Fri, 29 Jan 2021 10:00:00 GMT; feedgen Fri, 29 Jan 2021 10:00:00 +0100
2021-01-29T10:00:00+05:00 in Almaty: rfeed Fri, 29 Jan 2021 10:00:00 GMT; feedgen Fri, 29 Jan 2021 10:00:00 +0500
2021-01-29T10:00:00+08:00 in Ulaanbaatar: rfeed Fri, 29 Jan 2021 10:00:00 GMT; feedgen Fri, 29 Jan 2021 10:00:00 +0800
TEXT
"$folder/venv/bin/python" "$folder/write.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
