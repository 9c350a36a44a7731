"""The formats: how each is called and told, and where its reader and writer are. A new one is one entry here."""

from __future__ import annotations

from typing import Any, Final, NamedTuple


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
        "sql",
        (".sql", ".sql.gz"),
        "reading.systems.sql_dump:SqlReader",
        None,
        rb"-- (?:MySQL|MariaDB|phpMyAdmin)[ ]|/\*(?:!|M!)[0-9]|(?:--[^\n]*+\n|\s)*+(?i:DROP TABLE|LOCK TABLES"
        rb"|CREATE TABLE|CREATE DATABASE|INSERT INTO|REPLACE INTO|SET NAMES|SET SQL_MODE)\b",
    ),
    Format(
        "docx",
        (".docx", ".docm"),
        "reading.documents.docx:DocxReader",
        None,
        member=r"^word/document\d*\.xml$",
    ),
    Format(
        "odt",
        (".odt", ".ott", ".fodt"),
        "reading.documents.odt:OdtReader",
        None,
        _MISC + rb"<office:document[\s>]",
        member=r"^content\.xml$",
    ),
    Format("pdf", (".pdf",), "reading.documents.pdf:PdfReader", None, rb"%PDF-"),
    Format("rtf", (".rtf",), "reading.documents.rtf:RtfReader", None, rb"\{\\rtf"),
    Format(
        "mbox",
        (".mbox", ".mbx"),
        "reading.documents.mail:MboxReader",
        None,
        rb"From [^\n]+\b[0-9]{4}\s*\n(?:[A-Za-z-]+:|>From )",
    ),
    Format("mhtml", (".mhtml", ".mht"), "reading.pages.mhtml:MhtmlReader", None, rb'From: ["<]?Saved by'),
    Format(
        "email",
        (".eml",),
        "reading.documents.mail:MailReader",
        None,
        rb"(?i)(?:(?:received|return-path|from|to|cc|date|message-id|mime-version|delivered-to|dkim-signature"
        rb"|reply-to|sender|list-id|content-type|x-[a-z-]+):[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*+subject:",
    ),
    _system("nitf", (".nitf", ".xml"), "reading.documents.nitf:NitfReader", _MISC + rb"<nitf[\s>]"),
    _system(
        "newsml",
        (".newsml", ".xml"),
        "reading.documents.newsml:NewsmlReader",
        _MISC + rb"<(?:\w+:)?(?:newsItem|newsMessage|packageItem)[\s>]",
    ),
    _system(
        "ninjs",
        (".json", ".ninjs"),
        "reading.documents.ninjs:NinjsReader",
        keys=_keys(
            *(
                f"{path}uri, {path}{created}"
                for path in ("", "# ", "items # ", "_items # ")
                for created in ("versioncreated", "versionCreated")
            )
        ),
    ),
    Format(
        "warc",
        (".warc", ".warc.gz", ".wacz"),
        "reading.documents.warc:WarcReader",
        None,
        rb"WARC/[01]\.[0-9]",
        member=r"^archive/.*\.warc(?:\.gz)?$",
    ),
    Format("ris", (".ris",), "reading.documents.ris:RisReader", None, rb"TY[ ]{1,2}- ?[A-Z]{2,8}\s"),
    Format(
        "ical",
        (".ics", ".ical", ".ifb"),
        "reading.documents.icalendar_:ICalendarReader",
        None,
        rb"(?i)BEGIN:VCALENDAR",
    ),
    Format(
        "bookmarks",
        (".html", ".htm"),
        "reading.documents.bookmarks:BookmarksReader",
        None,
        rb"(?i)<!DOCTYPE NETSCAPE-Bookmark-file-1>",
        has_names=False,
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
        "csl-json",
        (".csl.json", ".csljson"),
        "reading.documents.csl_json:CslJsonReader",
        "writing.csl_json:CslJsonWriter",
        keys=_keys(
            "# issued date-parts, # type", "# type, # container-title", "issued date-parts, type, title"
        ),
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
        (".md", ".markdown", ".mkd", ".mkdn", ".mdown", ".mdx", ".rst"),
        "reading.texts.markdown:MarkdownReader",
        "writing.markdown:MarkdownWriter",
        rb"(?i)(---++[ \t]*+(yaml|toml|json)?|\+\+\++|;;;+)[ \t]*+[\r\n]",
    ),
    Format(
        "atom",
        (".atom", ".xml"),
        "reading.feeds.reader:FeedReader",
        "writing.atom:AtomWriter",
        _MISC + rb"<(\w+:)?(feed|entry)[\s>]",
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
    Format("bibtex", (".bib",), None, "writing.bibtex:BibtexWriter"),
    Format(
        "html",
        (".html", ".htm", ".xhtml"),
        "reading.pages.reader:PageReader",
        "writing.html_page:HtmlPageWriter",
        _MISC + rb"(?i:<(html|head|meta|title|body|main|article|div|h1)[\s>])",
        takes=("title", "link", "self_link", "feed"),
    ),
    Format("labelled", (), "reading.texts.labelled:LabelledReader", None, has_names=False),
    Format("listing", (".txt",), "reading.texts.listing:ListingReader", None),
)

FALLBACK: Final = "listing"
"""What a source is when nothing speaks for another format; `.txt` alone speaks for none."""
