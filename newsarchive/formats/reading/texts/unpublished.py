"""Which documents a generator of web sites leaves out of the site."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final

from newsarchive.formats.fields import plain_name

_DRAFTS: Final = "_drafts"
"""The folder of Jekyll and Hexo for what is not published."""

_SAYING: Final = {
    "draft": frozenset({"true", "yes", "on", "1"}),  # Hugo, Zola, Eleventy, Astro
    "published": frozenset({"false", "no", "off", "0"}),  # Jekyll, Hexo
    "status": frozenset({"draft", "private"}),  # Pelican, Nikola
}
"""What says so by its key. Under `published` many write a date."""


def is_draft(values: Mapping[str, Any], name: str) -> bool:
    """Whether a document was never published: its front matter says so, or the folder that it is in."""
    if _DRAFTS in name and _DRAFTS in PurePath(name).parts[:-1]:
        return True
    saying = ((_SAYING.get(plain_name(key)), value) for key, value in values.items())
    return any(words and str(value).strip().lower() in words for words, value in saying)
