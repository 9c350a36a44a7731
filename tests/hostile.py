"""What feeds and pages hold that were made to harm, for the tests of their readers."""

from __future__ import annotations

RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>'
END = "</channel></rss>"
_HTML = "<!DOCTYPE html><html><head><title>T</title></head><body>"


def _numbered(pattern: str, count: int) -> str:
    return "".join(pattern.replace("%", str(number)) for number in range(count))


FEEDS = {
    "nested tags": RSS + "<item>" + "<a>" * 200_000,
    "nested tags, well-formed": RSS + "<item>" + "<a>" * 60_000 + "</a>" * 60_000 + "</item>" + END,
    "nested content": RSS + "<item><description>" + "<b>" * 200_000,
    "lt": RSS + "<" * 300_000,
    "declarations": RSS + "<!" * 200_000,
    "marked sections": RSS + "<![" * 200_000,
    "open CDATA": RSS + "<![CDATA[" * 60_000,
    "open comments": RSS + "<!--" * 100_000,
    "ampersands": RSS + "<item><title>" + "&" * 300_000,
    "open quotes": RSS + "<item " + 'a="' * 100_000,
    "attributes": RSS + "<item " + _numbered('a%="1" ', 60_000) + "/>" + END,
    "namespaces": "<rss " + _numbered('xmlns:a%="u%" ', 20_000) + ">" + '<item xmlns:b="c"/>' * 10_000,
    "doctypes": "<!DOCTYPE[" * 80_000,
    "entity bomb": "<!DOCTYPE rss [<!ENTITY a0 'lol'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + f"]>{RSS}<item><title>&a9;</title></item>{END}",
    "quadratic entities": f"<!DOCTYPE rss [<!ENTITY a '{'b' * 50_000}'>]>{RSS}<item><title>{'&a;' * 50_000}",
    "endless references": f"{RSS}<item><title>&#{'1' * 5_000};&#99999999999;&#xd800;</title></item>{END}",
    "one long mail address": f"{RSS}<item><author>{'a' * 300_000}</author></item>{END}",
    "one long date": f"{RSS}<item><title>a</title><pubDate>{'1' * 300_000}</pubDate></item>{END}",
    "categories": RSS + "<item>" + _numbered("<category>%</category>", 30_000) + END,
    "many items": RSS + "<item><title>x</title>" * 35_000,
    "bad addresses": f"{RSS}<item><title>a</title><link>http://[x</link><enclosure url='http://['/></item>{END}",
    "links without a feed": "<link>a</link>" * 1000,
    "extensions without attributes": RSS
    + '<item xmlns:media="http://search.yahoo.com/mrss/" xmlns:cc="http://web.resource.org/cc/">'
    + f"<title>a</title><cc:license/><media:player>x</media:player></item>{END}",
    "elements where none belong": f"{RSS}<link><item><title>a</title></item></link><category><item/>{END}",
    "zeros": "\0" * 300_000,
}

PAGES = {
    "nested tags": "<div>" * 200_000,
    "nested formatting": "<b><p>" * 100_000,
    "nested lists": "<li><dt class=x>" * 50_000,
    "nested ruby": "<rt>" * 100_000,
    "nested drawings": "<svg><title></td>" * 40_000,
    "nested headings": ("<h1><div>" * 200 + "x" + "</div></h1>" * 200) * 200,
    "deep dates": ("<div>" * 500 + "<time>3 May 2019</time>" + "</div>" * 500) * 90,
    "lt": "<" * 300_000,
    "declarations": "<!" * 200_000,
    "marked sections": "<![" * 200_000,
    "open comments": "<!--" * 100_000,
    "open quotes": '<a "' * 200_000,
    "open scripts": "<script>" * 100_000,
    "attributes": f"{_HTML}<div {_numbered('a%=1 ', 90_000)}>",
    "tags": "<br>" * 200_000,
    "dates": "<p>3 May 2019</p>" * 40_000,
    "a list": _numbered("<li><a href=/%>A story in a list</a> <b>3 May 2019</b></li>", 4_900),
    "classes": _numbered('<p class="c%"><span><h3>A story</h3><time>3 May 2019</time></span></p>', 4_900),
    "nested data": f'<script type="application/ld+json">{"[" * 300_000}</script>',
    "much data": f'<script type="application/ld+json">{"[{}," * 30}{"[]," * 200_000}</script>',
    "bad addresses": f'{_HTML}<base href="//["><link rel=canonical href="http://["><h1>a</h1>3 May 2019',
    "endless references": f"{_HTML}<h1>&#{'1' * 5_000};&#xd800;</h1><time>3 May 2019</time>",
    "zeros": "\0" * 300_000,
}
