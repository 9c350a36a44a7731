"""The formats by name. A new one is one line here and one module that is imported when it is used."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from newsarchive.errors import BadOptionError
from newsarchive.formats.reading.no_text import kind_of
from newsarchive.formats.reading.sketch import paths_in

if TYPE_CHECKING:  # spares start-up: the names of the formats are asked for without reading or writing any
    from newsarchive.formats.base import Reader, Writer, WriterOptions


class Format(NamedTuple):
    """A format: its name, the ends of its files' names, where its reader and writer are.

    What tells it: `opening` is a regular expression for the first bytes of a source, in UTF-8 without byte
    order mark; `keys` are sets of paths of which a JSON document has all of one, as `sketch.paths_in` writes
    them; `member` is a regular expression for the name of a file inside a zip file.
    Where nothing tells, the name of a file alone does if the format `has_names` of its own.
    `takes` names the WriterOptions that the writer heeds; it is made with them if there are any.
    """

    name: str
    suffixes: tuple[str, ...]
    reader: str | None
    writer: str | None
    opening: bytes | None = None
    takes: tuple[str, ...] = ()
    keys: tuple[frozenset[str], ...] = ()
    member: str | None = None
    has_names: bool = True


def _system(
    name: str, suffixes: tuple[str, ...], reader: str, opening: bytes | None = None, **tells: Any
) -> Format:
    """Return a format that only its content tells: its files are called as those of others are."""
    return Format(name, suffixes, reader, None, opening, has_names=False, **tells)


def _keys(*alternatives: str) -> tuple[frozenset[str], ...]:
    """Return sets of paths, each written as paths with commas between them."""
    return tuple(frozenset(path.strip() for path in paths.split(",")) for paths in alternatives)


_TABLE: Final = ("fields",)
_FEED: Final = ("title", "link", "self_link")

_MISC: Final = rb"(?:(?:<\?[^>]*+>|<!--(?:(?!-->)[\s\S])*+-->|<![^>\[]*+(?:\[[^\]]*+\][^>]*+)?>)\s*+)*+"
"""What may stand before the first tag of XML and HTML."""

_BURIED: Final = rb"""(?x)
    < (?: (?P<rss> rss \s [^>]* version ) | (?P<rdf> rdf:RDF \s [^>]* xmlns )
        | (?P<atom> (?:\w+:)? feed \s [^>]* xmlns ) | (?P<html> (?<=\n.) (?: html [\s>] | !DOCTYPE \s+ html ) ) )
"""
"""Feeds and pages below something else, such as the warnings of a server."""

# Where a source fits several, the first one listed is meant: what is more particular comes before the general.
FORMATS: Final = (
    _system(
        "wordpress",
        (".xml", ".wxr"),
        "reading.systems.wordpress:WordPressReader",
        _MISC + rb"<rss\b[^>]*\bxmlns:wp\s*=",
    ),
    _system(
        "blogger",
        (".xml", ".atom", ".zip"),
        "reading.systems.blogger:BloggerReader",
        _MISC
        + rb"<feed\b(?:[^>]*schemas\.google\.com/blogger/2018|[^>]*>\s*<id>tag:blogger\.com,1999:[^<]*archive<)",
        member=r"(?:^|/)Blogger/.*feed\.atom$",
    ),
    _system(
        "ghost",
        (".json",),
        "reading.systems.ghost:GhostReader",
        keys=_keys("db # meta exported_on", "db # data posts", "meta exported_on, data"),
    ),
    _system(
        "drupal",
        (".json",),
        "reading.systems.drupal:DrupalReader",
        keys=_keys(
            "jsonapi, data", "data # attributes drupal_internal__nid", "data attributes drupal_internal__nid"
        ),
    ),
    _system(
        "telegram",
        (".json",),
        "reading.systems.telegram:TelegramReader",
        keys=_keys("messages # date, messages # type, messages # id", "chats list # messages"),
    ),
    _system(
        "mastodon",
        (".json", ".zip"),
        "reading.systems.mastodon:MastodonReader",
        keys=_keys("@context, type=OrderedCollection, orderedItems"),
        member=r"(?:^|/)outbox\.json$",
    ),
    _system(
        "substack",
        (".zip",),
        "reading.systems.substack:SubstackReader",
        member=r"(?:^|/)posts\.csv$",
    ),
    _system(
        "medium",
        (".zip",),
        "reading.systems.medium:MediumReader",
        member=r"(?:^|/)posts/[^/]*\.html$",
    ),
    _system(
        "movabletype",
        (),
        "reading.systems.movable_type:MovableTypeReader",
        rb"(?:[A-Z][A-Z ]*+:[^\n]*+\n|\r?\n)++-----[ \t]*\r?\n(?:EXTENDED )?BODY:",
    ),
    _system(
        "joomla",
        (".csv", ".json"),
        "reading.systems.joomla:JoomlaReader",
        rb"(?i)[^\n]*\bintrotext\b[^\n]*\n",
        keys=_keys("# introtext", "# data # introtext", "data # introtext"),
    ),
    _system(
        "typo3",
        (".csv", ".json"),
        "reading.systems.typo3:Typo3Reader",
        rb"(?i)(?=[^\n]*\bbodytext\b)[^\n]*\bdatetime\b[^\n]*\n",
        keys=_keys("# bodytext, # datetime", "# data # bodytext, # data # datetime"),
    ),
    Format(
        "jsonl",
        (".jsonl", ".ndjson"),
        "reading.tables.jsonl:JsonLinesReader",
        "writing.jsonl:JsonLinesWriter",
        rb"\{.*\}\s*\n\s*\{",
        takes=_TABLE,
    ),
    Format(
        "jsonfeed",
        (".jsonfeed", ".feed.json"),
        "reading.feeds.jsonfeed:JsonFeedReader",
        "writing.jsonfeed:JsonFeedWriter",
        rb'\{[^\[{]*"version"\s*:\s*"https?:\\?/\\?/(www\.)?jsonfeed\.org',
        takes=_FEED,
    ),
    Format(
        "json",
        (".json",),
        "reading.tables.json_:JsonReader",
        "writing.json_:JsonWriter",
        rb"[\[{]",
        takes=_TABLE,
    ),
    Format(
        "csv",
        (".csv",),
        "reading.tables.csv_:CsvReader",
        "writing.csv_:CsvWriter",
        rb'(?i)(.*[,;|])?\s*"?(title|headline|titre)"?\s*([,;|\r\n])',
        takes=_TABLE,
    ),
    Format("excel", (), None, "writing.csv_:ExcelWriter", takes=_TABLE),
    Format(
        "tsv",
        (".tsv",),
        "reading.tables.tsv:TsvReader",
        "writing.tsv:TsvWriter",
        rb'(?i)(.*\t)?"?(title|headline|titre)"?\s*[\t\r\n]',
        takes=_TABLE,
    ),
    Format(
        "markdown",
        (".md", ".markdown"),
        "reading.texts.markdown:MarkdownReader",
        "writing.markdown:MarkdownWriter",
        rb"(?i)(---++[ \t]*+(yaml|toml|json)?|\+\+\++|;;;+)[ \t]*+[\r\n]",
    ),
    Format(
        "atom",
        (".atom", ".xml"),
        "reading.feeds.reader:FeedReader",
        "writing.atom:AtomWriter",
        _MISC + rb"<(\w+:)?feed[\s>]",
        takes=_FEED,
    ),
    Format(
        "rss",
        (".rss", ".xml"),
        "reading.feeds.reader:FeedReader",
        "writing.rss:RssWriter",
        _MISC + rb"<rss[\s>]",
        takes=_FEED,
    ),
    Format("rdf", (".rdf",), "reading.feeds.reader:FeedReader", None, _MISC + rb"<rdf:RDF[\s>]"),
    Format("csl-json", (".csl.json", ".csljson"), None, "writing.csl_json:CslJsonWriter"),
    Format("bibtex", (".bib",), None, "writing.bibtex:BibtexWriter"),
    Format(
        "html",
        (".html", ".htm", ".xhtml"),
        "reading.pages.reader:PageReader",
        "writing.html_page:HtmlPageWriter",
        _MISC + rb"(?i:<(html|head|meta|title|body|main|article|div|h1)[\s>])",
        takes=("title", "link", "self_link", "feed"),
    ),
    Format("listing", (".txt",), "reading.texts.listing:ListingReader", None),
)

FALLBACK: Final = "listing"
"""What a source is when nothing speaks for another format; `.txt` alone speaks for none."""

HEAD: Final = 1 << 16
"""How many bytes of a source are enough to tell its format."""

_OPENING: Final = 4096


def reader(name: str) -> Reader:
    """Return the reader of a format. Raises BadOptionError when there is none."""
    made: Reader = _load(name, "reader", "read")()
    return made


def writer(name: str, options: WriterOptions | None = None) -> Writer:
    """Return the writer of a format, which knows of the options those it takes.

    Raises BadOptionError when there is none.
    """
    load = _load(name, "writer", "written")
    made: Writer = load(options) if options is not None and takes(name) else load()
    return made


def takes(name: str) -> tuple[str, ...]:
    """Return the names of the WriterOptions that the writer of a format heeds."""
    return next((format_.takes for format_ in FORMATS if format_.name == name), ())


def taking(option: str) -> list[str]:
    """Return the names of the formats whose writers heed an option."""
    return [format_.name for format_ in FORMATS if option in format_.takes]


def names(side: str) -> list[str]:
    """Return the names of the formats that have a `reader` or a `writer`."""
    return [format_.name for format_ in FORMATS if getattr(format_, side)]


def _load(name: str, side: str, done: str) -> Any:
    where = next((getattr(format_, side) for format_ in FORMATS if format_.name == name), None)
    if where is None:
        raise BadOptionError(f"format {name!r} cannot be {done}; there are {', '.join(names(side))}")
    module, _, attribute = where.partition(":")
    return getattr(import_module(f"newsarchive.formats.{module}"), attribute)


def by_suffix(path: PurePath) -> str | None:
    """Return the format to write that the name of a file asks for, by the longest end that has a meaning.

    Raises BadOptionError when that end has several.
    """
    name = path.name.lower()
    fitting = [
        (len(suffix), format_.name)
        for format_ in FORMATS
        if format_.writer
        for suffix in format_.suffixes
        if name.endswith(suffix)
    ]
    longest = [name for length, name in fitting if length == max(fitting)[0]]
    if len(longest) > 1:
        raise BadOptionError(f"{path.name!r} may be {' or '.join(longest)}; say which with --format")
    return longest[0] if longest else None


def sniff(name: str, head: bytes, members: Sequence[str] = ()) -> str:
    """Return the format to read a source as, from its name, its first bytes and the names in a zip file.

    Among the formats that its name allows, its content decides; without a telling name, or where the bytes
    are no text, among all.
    """
    name = name.lower()
    readable = [format_ for format_ in FORMATS if format_.reader]
    named = [format_ for format_ in readable if _may_be_called(format_, name) and format_.name != FALLBACK]
    looks = _Looks(head, members)
    for format_ in named if named and kind_of(head) is None else readable:
        if looks.like(format_):
            return format_.name
    if not named and (buried := re.search(_BURIED, looks.opening)):
        return str(buried.lastgroup)
    own = (format_ for format_ in named if format_.has_names and name.endswith(format_.suffixes))
    return next((format_.name for format_ in own), FALLBACK)


class _Looks:
    """What a source looks like, found out once for all formats."""

    def __init__(self, head: bytes, members: Sequence[str]) -> None:
        self._text = _comparable(head)
        self.opening = self._text[:_OPENING]
        self._members = members

    def like(self, format_: Format) -> bool:
        """Whether something tells that a source is in a format."""
        if format_.opening and re.match(format_.opening, self.opening):
            return True
        if format_.member and any(re.search(format_.member, member) for member in self._members):
            return True
        return any(keys <= self._paths for keys in format_.keys)

    @functools.cached_property
    def _paths(self) -> frozenset[str]:
        return paths_in(self._text.decode(errors="ignore")) if self._text[:1] in (b"{", b"[") else frozenset()


def _may_be_called(format_: Format, name: str) -> bool:
    """Whether a name has the last part of a suffix: a file called `.json` can be a feed, a `.feed.json`."""
    return any(name.endswith("." + suffix.rpartition(".")[2]) for suffix in format_.suffixes)


def _comparable(head: bytes) -> bytes:
    """Return the head in UTF-8, without byte order mark and the blanks before the first character."""
    is_utf16 = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if is_utf16 else "utf-8-sig", errors="replace")
    return text.lstrip().encode()
