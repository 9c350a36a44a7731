"""The export of Medium: a zip file with a page for each post, in microformats, and much about the account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsarchive.errors import SourceError
from newsarchive.formats.base import DRAFT, Fault, Found, Source, reporting
from newsarchive.formats.reading.dating import is_date
from newsarchive.formats.reading.decoding import text_of
from newsarchive.formats.reading.leaving_out import Tally
from newsarchive.formats.reading.lenient_xml import MAX_NESTING
from newsarchive.formats.reading.markup import plain_text
from newsarchive.formats.reading.packed import opened
from newsarchive.formats.reading.pages.limits import within_limits
from newsarchive.formats.reading.stories import Story, items_of

_POST: Final = r"(?:^|/)posts/[^/]+\.html$"
_DRAFT: Final = r"(?:^|/)posts/draft_[^/]*$"
_NESTED: Final = (
    r"(?i)<(/?)(?!(?:area|base|br|col|dd|dt|embed|hr|img|input|li|link|meta|option|p|param|source|t[dhr]|tbody|tfoot"
    r"|thead|track|wbr)\b)[a-z]"
)
"""The tags of elements that nothing but their own ends closes."""
_LARGEST: Final = 2 << 20
"""Characters of a page that is made a tree."""


class MediumReader:
    """Reads the posts of an export."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each post, and a count of everything else."""
        left_out = Tally(source.name)
        stories: list[Story | Fault] = []
        with opened(source) as package:
            for name in package.names:
                if re.search(_DRAFT, name) and not source.hints.drafts:
                    left_out.add(DRAFT)
                elif re.search(_POST, name):
                    stories.append(
                        _story(source._replace(name=f"{source.name}, {name}", data=package.read(name)))
                    )
                else:
                    left_out.add("file about the account")
        if not stories and source.hints.drafts:
            raise SourceError(source.name, "is no export of Medium: it holds no posts")
        yield from items_of(stories, source, may_lack_titles=True)
        yield from left_out.found()


def _story(page: Source) -> Story | Fault:
    text = text_of(page).content
    if len(text) > _LARGEST:
        return Fault(page.name, f"is larger than {_LARGEST >> 20} MiB")
    if _depth(text) > MAX_NESTING:
        return Fault(page.name, f"is nested deeper than {MAX_NESTING} levels")
    try:
        tree = LexborHTMLParser(within_limits(text, page.name))
    except SourceError as error:  # one page, not the whole export
        return Fault(error.place, error.reason)
    content = tree.css_first("[data-field=body], .e-content")
    for repeated in tree.css(".graf--title, .graf--subtitle") if content is not None else ():
        repeated.decompose()
    body = plain_text(content.html or "", has_paragraphs=True) if content is not None else ""
    address = tree.css_first("a.p-canonical")
    author = _line(tree.css_first(".p-author"))
    extra = {"author": author, "status": DRAFT if re.search(_DRAFT, page.name.partition(", ")[2]) else ""}
    return Story(
        place=page.name,
        title=_line(tree.css_first(".p-name")) or _line(tree.css_first("title")),
        date=_date(tree.css_first("time.dt-published")),
        summary=_line(tree.css_first(".p-summary")),
        body=body,
        url=(address.attributes.get("href") or "") if address is not None else "",
        extra={name: value for name, value in extra.items() if value},
    )


def _depth(text: str) -> int:
    """Count how deep a page is nested in elements that nothing but their ends closes."""
    return max(accumulate(-1 if match[1] else 1 for match in re.finditer(_NESTED, text)), default=0)


def _line(node: LexborNode | None) -> str:
    return "" if node is None else " ".join(node.text().split())


def _date(node: LexborNode | None) -> str:
    """Return the day that is shown, which is the author's; the instant for machines is in UTC."""
    if node is None:
        return ""
    shown = _line(node)
    return shown if is_date(shown) else node.attributes.get("datetime") or ""
