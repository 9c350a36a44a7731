"""The tables of WordPress, put together as its own export has them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from newsarchive.formats.reading.systems.sql_rows import Row

TABLES: Final = ("posts", "terms", "term_taxonomy", "term_relationships", "users", "comments", "options")
"""The names of the tables behind the prefix of a site."""

_SAME: Final = (
    *("post_date", "post_date_gmt", "post_modified", "post_type", "post_password", "guid"),
    *("post_name", "post_parent"),
)
_PARTS: Final = r"%(year|monthnum|day|hour|minute|second|postname|post_id)%"
_PUBLIC: Final = "publish"

Tables = Mapping[str, Sequence[Row]]


def prefixes_in(tables: Tables) -> list[str]:
    """Return the prefixes of the sites whose posts are there: `wp_`, and `wp_2_` of a second site."""
    ends = (table.removesuffix("posts") for table in tables if table.endswith("posts"))
    return [prefix for prefix in ends if any("post_content" in row for row in tables[f"{prefix}posts"][:1])]


def tree_of(tables: Tables, prefix: str) -> ET.Element:
    """Return the tables of a site as the tree of an export: of users nothing but their names."""
    site = {row["option_name"]: row["option_value"] for row in _rows(tables, prefix, "options")}
    users = _rows(tables, _shared(prefix), "users")
    names = {row.get("id", ""): row.get("display_name", "") for row in users}
    channel = ET.Element("channel")
    _put(channel, "title", site.get("blogname", ""))
    _put(channel, "language", site.get("wplang", "").replace("_", "-"))
    for number, name in names.items():
        author = ET.SubElement(channel, "author")
        _put(author, "author_login", number)
        _put(author, "author_display_name", name)
    comments = Counter(row.get("comment_post_id", "") for row in _rows(tables, prefix, "comments"))
    terms = _terms(tables, prefix)
    addresses = _Addresses(site, _rows(tables, prefix, "posts"))
    for row in _rows(tables, prefix, "posts"):
        item = _item(row, addresses.of(row))
        _put(item, "creator", row["post_author"] if row.get("post_author") in names else "")
        item.extend(ET.Element("comment") for _ in range(comments[row.get("id", "")]))
        item.extend(terms[row.get("id", "")])
        channel.append(item)
    return channel


def _shared(prefix: str) -> str:
    """Return the prefix of the tables that all sites share: `wp_` for `wp_2_`."""
    bare = prefix.removesuffix("_")
    return bare.rstrip("0123456789") if bare.endswith(tuple("0123456789")) else prefix


def _rows(tables: Tables, prefix: str, name: str) -> Sequence[Row]:
    return tables.get(f"{prefix}{name}", ())


def _put(element: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(element, name)
    child.text = text
    return child


def _item(row: Row, address: str) -> ET.Element:
    item = ET.Element("item")
    _put(item, "title", row.get("post_title", ""))
    _put(item, "link", address)
    _put(item, "post_id", row.get("id", ""))
    _put(item, "status", row.get("post_status", ""))
    for kind in ("content", "excerpt"):
        _put(item, f"{{{kind}}}encoded", row.get(f"post_{kind}", ""))
    for name in _SAME:
        _put(item, name, row.get(name, ""))
    return item


def _terms(tables: Tables, prefix: str) -> defaultdict[str, list[ET.Element]]:
    """Return the categories, tags and other terms of each post."""
    terms = {row.get("term_id", ""): row for row in _rows(tables, prefix, "terms")}
    kinds = {row.get("term_taxonomy_id", ""): row for row in _rows(tables, prefix, "term_taxonomy")}
    found: defaultdict[str, list[ET.Element]] = defaultdict(list)
    for tie in _rows(tables, prefix, "term_relationships"):
        kind = kinds.get(tie.get("term_taxonomy_id", ""))
        term = terms.get(kind.get("term_id", "")) if kind else None
        if kind and term:
            about = {"domain": kind.get("taxonomy", ""), "nicename": term.get("slug", "")}
            category = ET.Element("category", about)
            category.text = term.get("name", "")
            found[tie.get("object_id", "")].append(category)
    return found


class _Addresses:
    """Where posts and pages are, by the pattern of the site's addresses; nothing where that does not say it."""

    def __init__(self, site: Mapping[str, str], posts: Sequence[Row]) -> None:
        self._home = (site.get("home") or site.get("siteurl") or "").rstrip("/")
        self._pattern = site.get("permalink_structure", "")
        self._posts = {row.get("id", ""): row for row in posts}

    def of(self, row: Row) -> str:
        """Return the address of a post or page."""
        if not self._home or row.get("post_status") != _PUBLIC:
            return ""
        if row.get("post_type") == "page":
            return (
                f"{self._home}/{'/'.join(self._path(row))}/" if self._pattern else self._plain(row, "page_id")
            )
        if not self._pattern:
            return self._plain(row, "p")
        address = re.sub(_PARTS, lambda match: _part(match[1], row), self._pattern)
        return "" if "%" in re.sub(r"%[0-9a-f]{2}", "", address) else f"{self._home}{address}"

    def _plain(self, row: Row, name: str) -> str:
        return f"{self._home}/?{name}={row.get('id', '')}"

    def _path(self, row: Row) -> list[str]:
        """Return the names of a page and of those that it is below."""
        names: list[str] = []
        seen: set[str] = set()
        above: Row | None = row
        while above is not None and above.get("id", "") not in seen:
            seen.add(above.get("id", ""))
            names.append(above.get("post_name", ""))
            above = self._posts.get(above.get("post_parent", "0"))
        return names[::-1]


def _part(name: str, row: Row) -> str:
    """Return what stands in an address for a part of its pattern."""
    if name in ("postname", "post_id"):
        return row.get("post_name" if name == "postname" else "id", "")
    numbers: Iterator[str] = iter(re.findall(r"\d+", row.get("post_date", "")))
    told = dict(zip(("year", "monthnum", "day", "hour", "minute", "second"), numbers, strict=False))
    return told.get(name, "")
