"""What the head of a page declares: names and values, language, addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from newsarchive.formats.reading.pages.tree import Page
from newsarchive.formats.reading.stories import absolute


class Head(NamedTuple):
    """The `meta` values of a page by name in lower case, its title, its language and its addresses.

    `address` is the one the page wants to be known by, `base` what the addresses in it are relative to; both
    are empty when unknown.
    """

    metas: Mapping[str, Sequence[str]]
    title: str
    language: str
    address: str
    base: str

    def first(self, *names: str) -> str:
        """Return the first value that one of the names has."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), "")

    def all(self, *names: str) -> list[str]:
        """Return the values that the names have, in their order."""
        return [value for name in names for value in self.metas.get(name, ()) if value]

    @property
    def host(self) -> str:
        """The host of the page, without `www.`."""
        try:
            return (urlsplit(self.base).hostname or "").removeprefix("www.")
        except ValueError:  # a bracket that makes it look like IPv6
            return ""


def head_of(page: Page) -> Head:
    """Read what a page declares."""
    metas: dict[str, list[str]] = {}
    for meta in page.all("meta"):
        for attribute in ("name", "property", "itemprop"):
            metas.setdefault(meta.get(attribute).lower(), []).append(" ".join(meta.get("content").split()))
    title = page.first("title")
    head = Head(metas, "" if title is None else title.line(), "", "", "")
    address, base = _addresses(page, head.first("og:url"))
    language = page.root.get("lang") or head.first("og:locale", "dcterms.language", "language")
    return head._replace(address=address, base=base, language=language)


def _addresses(page: Page, og_url: str) -> tuple[str, str]:
    """Return the address of a page and that of its base, if they are whole."""
    canonical = [link.get("href") for link in page.all("link") if link.has_word("rel", "canonical")]
    declared_base = page.first("base")
    base = "" if declared_base is None else absolute(declared_base.get("href"), og_url)
    address = next((absolute(url, base) for url in (*canonical, og_url) if url), "")
    address = address if "://" in address else ""
    return address, base if "://" in base else address
