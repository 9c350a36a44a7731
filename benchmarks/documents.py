"""Measure imports of feeds, exports of WordPress and JSON documents, beside another build where that is wanted.

usage: python benchmarks/documents.py [SIZE] [--beside PYTHON]

Writes SIZE synthetic stories (19,000; the generator of scale.py) in each form and imports them into a new archive, as
whole processes. For each: processor time in seconds and the most memory in MB, and the same of the build in the
environment of PYTHON with the ratio. Commit 52c5fafa reads no feed of more than 20,000 entries.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from scale import entries
from writes import Build

_Story = Mapping[str, Any]

_RSS: Final = '<rss version="2.0" {}><channel><title>News</title><link>https://news.example/</link>'
_CONTENT: Final = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
_WORDPRESS: Final = f'xmlns:wp="http://wordpress.org/export/1.2/" {_CONTENT}'
_ATOM: Final = '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>urn:n</id>'


def _item(story: _Story) -> str:
    return (
        f"<item><title>{escape(story['title'])}</title><link>{escape(story['url'])}</link>"
        f"<description>{escape(story['summary'])}</description><pubDate>{story['date']}</pubDate>"
        f"<content:encoded><![CDATA[<p>{story['body']}</p>]]></content:encoded></item>\n"
    )


def _entry(story: _Story) -> str:
    return (
        f'<entry><title>{escape(story["title"])}</title><link href="{escape(story["url"])}"/>'
        f"<published>{story['date']}</published><summary>{escape(story['summary'])}</summary>"
        f"<content>{escape(story['body'])}</content></entry>\n"
    )


def _post(story: _Story) -> str:
    return (
        f"<item><title>{escape(story['title'])}</title><link>{escape(story['url'])}</link>"
        f"<content:encoded><![CDATA[<p>{story['body']}</p>]]></content:encoded>"
        f"<wp:post_date>{story['date']} 10:00:00</wp:post_date><wp:status>publish</wp:status>"
        "<wp:post_type>post</wp:post_type></item>\n"
    )


def _object(story: _Story) -> str:
    return json.dumps(story, ensure_ascii=False)


FORMS: Final[Mapping[str, tuple[str, str, Callable[[_Story], str], str, str]]] = {
    "RSS": ("news.rss", _RSS.format(_CONTENT), _item, "", "</channel></rss>"),
    "Atom": ("news.atom", _ATOM, _entry, "", "</feed>"),
    "WordPress": ("news.xml", _RSS.format(_WORDPRESS), _post, "", "</channel></rss>"),
    "JSON": ("news.json", "[", _object, ", ", "]"),
}
"""Of each form the name of the file, its beginning, one story, what stands between two, and its end."""


def _pieces(form: str, size: int) -> Iterator[str]:
    _, beginning, one, between, end = FORMS[form]
    yield beginning
    for number, story in enumerate(entries(size)):
        yield (between if number else "") + one(story)
    yield end


def main() -> None:
    """Print a line for each form."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("size", type=int, nargs="?", default=19_000)
    parser.add_argument("--beside", metavar="PYTHON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        builds = [Build(sys.executable, folder / "this")]
        if options.beside:
            builds.append(Build(options.beside, folder / "other"))
        print(f"{f'{options.size:,} stories':16}{'seconds':>9}{'MB':>6}{'then':>9}{'MB':>6}{'ratio':>7}")
        for form in FORMS:
            source = folder / FORMS[form][0]
            with source.open("w", encoding="utf-8") as file:
                file.writelines(_pieces(form, options.size))
            costs = [build.imported(source, has_archive=False) for build in builds]
            told = "".join(f"{cost.milliseconds / 1000:9.2f}{cost.megabytes:6.0f}" for cost in costs)
            ratio = f"{costs[0].milliseconds / costs[1].milliseconds:7.2f}" if len(costs) > 1 else ""
            print(f"{form:16}{told}{ratio}", flush=True)
            source.unlink()


if __name__ == "__main__":
    main()
