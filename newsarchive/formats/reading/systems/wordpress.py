"""The export of WordPress (WXR): an RSS feed that also holds what is no story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from newsarchive.formats.base import DRAFT, Found, Remark, Source, reporting
from newsarchive.formats.reading import xml_parts
from newsarchive.formats.reading.encodings import XML_DECLARATION
from newsarchive.formats.reading.headlines import headline_of
from newsarchive.formats.reading.markup import plain_text
from newsarchive.formats.reading.pieces import pieces_of
from newsarchive.formats.reading.stories import Story, items_of
from newsarchive.formats.reading.xml_parts import HeldRecords, told
from newsarchive.formats.reading.xml_tree import children, text_at

_RECORD: Final = "item"
_HOLDER: Final = "channel"
_STORIES: Final = ("post", "page")
_KINDS: Final = {
    "attachment": "attachment",
    "nav_menu_item": "menu item",
    "revision": "revision",
    "wp_navigation": "menu",
    "wp_block": "reusable block",
    "wp_template": "template",
    "wp_template_part": "template",
    "wp_global_styles": "style",
    "custom_css": "style",
    "customize_changeset": "style",
    "wp_font_family": "style",
    "wp_font_face": "style",
    "oembed_cache": "embedded address",
    "user_request": "request of a user",
}
_UNPUBLISHED: Final = {
    "draft": DRAFT,
    "pending": DRAFT,
    "auto-draft": DRAFT,
    "future": DRAFT,
    "private": "private post",
}
"""What was never seen by all, and comes in only if drafts are wanted; a post in the trash never does."""

_NO_TAGS: Final = (
    "post_format",
    "nav_menu",
    "language",
    "post_translations",
    "term_translations",
    "wp_theme",
)
"""Taxonomies of the system and of translation plugins, not of its users."""

_WPML: Final = "_wpml_import_"
"""How the fields begin that WPML writes when its site is exported."""

_NO_DATE: Final = r"^0000-00-00|^-|-0001|^1970-01-01 00:00:00|01 Jan 1970 00:00:00"

_BLOCK: Final = (
    r"</?(?:address|blockquote|dd|div|dl|dt|fig\w+|form|h[1-6]|hr|li|ol|p|pre|section|table|tbody|td|tfoot|th"
    r"|thead|tr|ul)\b|<!--"
)
_SHORTCODES: Final = r"\[/?(?:caption|gallery|embed|audio|video|playlist|wp_caption)\b[^\[\]]*\]"


class WordPressReader:
    """Reads the posts and pages of an export."""

    @reporting
    def read(self, source: Source) -> Iterator[Found]:
        """Yield an item or a fault for each post and page, and a count of everything else."""
        pieces, note = pieces_of(source, XML_DECLARATION)
        if note:
            yield Remark(source.name, note)
        export, stories = told(
            lambda items, about: Export(items, source, about), pieces, source.name, _RECORD, within=_HOLDER
        )
        yield from items_of(stories, source)
        yield from export.left_out.found()


class About(NamedTuple):
    """What an export says for all of its items; `authors` are names by logins."""

    authors: Mapping[str, str]
    title: str
    language: str


def held_export(root: ET.Element, source: Source) -> Export:
    """Return the export whose document is held as a tree."""
    return Export(HeldRecords(root, _RECORD, _HOLDER), source)


class Export(xml_parts.Export[About]):
    """The posts and pages of an export."""

    def _is_wanted(self, item: ET.Element) -> bool:
        self.left_out.add("comment", sum(1 for _ in children(item, "comment")))
        kind, status = text_at(item, "post_type") or "post", text_at(item, "status") or "publish"
        if kind not in _STORIES:
            self.left_out.add(_KINDS.get(kind) or f"record of the type {kind[:40]!r}")
            return False
        if status == "publish" and text_at(item, "post_password"):
            status = "private"
        if status == "publish" or (status in _UNPUBLISHED and self._source.hints.drafts):
            return True
        self.left_out.add(_UNPUBLISHED.get(status) or f"post with the status {status[:40]!r}")
        return False

    def _about_all(self, channel: ET.Element) -> About:
        authors = {
            text_at(author, "author_login"): text_at(author, "author_display_name")
            for author in children(channel, "author")
        }
        return About(authors, plain_text(text_at(channel, "title")), text_at(channel, "language"))

    def _story(self, item: ET.Element, about: About, place: str) -> Story:
        body = plain_text(_with_paragraphs(_encoded(item, "content")), has_paragraphs=True)
        summary = plain_text(_with_paragraphs(_encoded(item, "excerpt")))
        status = text_at(item, "status")
        extra = {
            "author": _author(text_at(item, "creator"), about),
            "updated": _date(item, "post_modified"),
            "status": "" if status == "publish" else status,
        }
        return Story(
            place=place,
            title=" ".join(plain_text(text_at(item, "title")).split()) or headline_of(body or summary),
            date=_date(item, "post_date") or _date(item, "post_date_gmt") or _date(item, "pubDate"),
            summary=summary,
            body=body,
            url=text_at(item, "link") if status in ("publish", "") else "",
            language=_told(item, "language", f"{_WPML}language_code") or about.language,
            translations=_told(item, "post_translations", f"{_WPML}translation_group"),
            tags=[*dict.fromkeys(filter(None, map(_tag, _terms(item))))],
            source=about.title,
            id=text_at(item, "guid") or text_at(item, "post_id"),
            extra={name: value for name, value in extra.items() if value},
        )


def _author(login: str, about: About) -> str:
    """Return the name of an author; a login that is a mail address is nobody's name."""
    name = about.authors.get(login) or login
    return "" if "@" in name else name


def _encoded(item: ET.Element, kind: str) -> str:
    """Return the text of `content:encoded` or `excerpt:encoded`, which differ only in their namespaces."""
    return next((found.text or "" for found in children(item, "encoded") if kind in found.tag), "")


def _date(item: ET.Element, name: str) -> str:
    """Return a date, empty for what stands where there is none: `0000-00-00 00:00:00`, the year -1, 1970."""
    text = text_at(item, name)
    return "" if re.search(_NO_DATE, text) else text


def _terms(item: ET.Element, *domains: str) -> Iterator[ET.Element]:
    """Yield the terms of these taxonomies, without any of all that are its users' own."""
    for term in children(item, "category"):
        domain = term.get("domain", "category")
        if domain in domains or (not domains and domain not in _NO_TAGS):
            yield term


def _told(item: ET.Element, taxonomy: str, meta: str) -> str:
    """Return what a plugin for translations tells of a post: Polylang in a taxonomy of its own, WPML in a field."""
    term = next((term.get("nicename", "") for term in _terms(item, taxonomy)), "")
    fields = (field for field in children(item, "postmeta") if text_at(field, "meta_key") == meta)
    return term or next((text_at(field, "meta_value") for field in fields), "")


def _tag(term: ET.Element) -> str:
    return plain_text(term.text or "")


def _with_paragraphs(content: str) -> str:
    """Return HTML in which paragraphs and lines are marked: before there were blocks, line ends did that."""
    content = re.sub(_SHORTCODES, " ", content)
    if "<!-- wp:" in content:
        return content
    lines = [line.strip() for line in content.split("\n")]
    return "".join(line + _joint(line, below) for line, below in pairwise([*lines, ""]))


def _joint(line: str, below: str) -> str:
    """Return what stands for the end of a line: nothing beside the tags that begin a line by themselves."""
    if not line:
        return "<p>"
    if re.match(_BLOCK, below) or (line.endswith(">") and re.match(_BLOCK, line[line.rfind("<") :])):
        return " "
    return "<br>"
