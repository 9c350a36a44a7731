"""What other programs call the fields of an entry, in the words of several languages and site generators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from newsarchive.entry import FIELDS
from newsarchive.text.words import whole_words

# Written as `plain_name` leaves them. Of several that a record has, the first one listed is meant.
_ALIASES: Final = {
    "title": """title headline heading subject posttitle newstitle pagetitle name
        заголовок название titre titulo titel uberschrift
        тақырыбы аталышы сарлавҳа sarlavha гарчиг عنوان العنوان 标题""",
    "date": """date pubdate published publishdate publisheddate publicationdate datepublished publishedat
        publishedon publishedtime releasedate newsdate postdate dateofpublication postedon posted issued
        created createdat createdon datecreated creationdate postedat timestamp
        дата датапубликации опубликовано datedepublication publiele fecha fechadepublicacion datum
        veroffentlichtam erscheinungsdatum күні күнү сана sana огноо تاريخ التاريخ 日期 发布日期 发布时间
        updated updatedat lastupdated lastmod lastmodified changed""",
    "summary": """summary description excerpt lead lede abstract teaser intro introduction standfirst
        subtitle blurb shortdescription metadescription
        аннотация описание резюме краткоесодержание анонс resume resumen descripcion zusammenfassung
        kurzfassung چكيده الملخص 摘要""",
    "body": """body content text fulltext articlebody maintext bodytext contenthtml contenttext html
        текст содержание texte contenu texto contenido cuerpo inhalt volltext
        мәтін мәтіні матн matn агуулга متن النص 正文 内容""",
    "url": """url permalink link canonical canonicalurl externalurl href uri address webaddress pageurl
        weburl articleurl sourceurl website ссылка адрес lien enlace сілтеме холбоос پيوند الرابط 链接""",
    "source": "source sourcename источник fuente quelle 来源",
    "languages": """languages language lang locale inlanguage langcode languagecode
        язык языки langue langues idioma idiomas sprache тілі 语言""",
    "tags": """tags tag keywords keyword categories category topics topic taxonomiestags
        taxonomiescategories labels теги метки рубрика рубрики ключевыеслова motscles etiquetas categorias
        schlagworter schlagworte stichworter stichworte kategorie kategorien rubrik 标签 关键词""",
    "id": "id",
    "relations": "relations",
    "added": "added",
    "modified": "modified",
    "extra": "extra",
}
ALIASES: Final = {field: names.split() for field, names in _ALIASES.items()}

_RANKS: Final = {
    alias: (field, rank) for field, aliases in ALIASES.items() for rank, alias in enumerate(aliases)
}
_OWN: Final = frozenset(FIELDS)
_NO_DATE: Final = r"true|false|0|0000-00-00.*"
"""What generators and databases write where there is no date."""
_ENOUGH: Final = 100
"""Characters by which that shows."""
_INSTANTS: Final = ("added", "modified")
_CHECKED: Final = ("date", *_INSTANTS)
_JOINED: Final = ("tags",)
"""A field to which every key that stands for it adds."""


@lru_cache(maxsize=1 << 10)
def plain_name(name: str) -> str:
    """Return a name without case, accents, blanks, signs and what stands in parentheses."""
    return "".join(whole_words(re.sub(r"\([^()]*\)", "", name[:200]).replace("_", " ")))


def field_called(name: str) -> str:
    """Return the field that a name may stand for, empty if there is none."""
    return _RANKS.get(plain_name(name), ("", 0))[0]


def is_own(record: Mapping[str, Any]) -> bool:
    """Whether every key of a record is the name of a field, as in what the program itself writes."""
    return record.keys() <= _OWN


def with_fields(record: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, Any]:
    """Return a record with its keys named by the fields they stand for; the other keys stay as they are.

    `mapping` says which key is which field, against all else. A key that is the name of a field and does not
    stand for it becomes `source_…`.
    """
    if not mapping and is_own(record) and all(_is_plain(name, record.get(name)) for name in _CHECKED):
        return dict(record)
    left = dict(record)
    named: dict[str, Any] = dict(_mapped(left, mapping))
    for field, name in _candidates(left):
        if (field not in named or field in _JOINED) and _speaks(field, name, left[name]):
            value = left.pop(name)
            named[field] = _joined(named[field], value) if field in named else value
    for name, value in left.items():
        if not _is_blank(value) or name in _OWN:
            named.setdefault(f"source_{name}" if name in _OWN and not _is_blank(value) else name, value)
        elif plain_name(name) not in _RANKS:
            named[name] = value
    return named


def _candidates(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return the field that each known name may stand for, and the name, the likeliest first."""
    ranked = []
    for name in names:
        if found := _RANKS.get(plain_name(name)):
            field, rank = found
            ranked.append((rank, name != field, field, name))
    return [(field, name) for _, _, field, name in sorted(ranked)]


def _mapped(left: dict[str, Any], mapping: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """Take what the user has mapped out of the record."""
    for key, field in mapping.items():
        same = [name for name in left if name == key or plain_name(name) == plain_name(key) != ""]
        for name in same[:1]:
            yield field, left.pop(name)


def _joined(one: Any, other: Any) -> Any:
    lists = [value if isinstance(value, list) else [value] for value in (one, other)]
    return lists[0] + lists[1]


def _is_blank(value: Any) -> bool:
    return value is None or value == [] or value == {} or (isinstance(value, str) and not value.strip())


def _speaks(field: str, name: str, value: Any) -> bool:
    """Whether the value of a name can stand for a field."""
    if _is_blank(value) or not _is_plain(field, value):
        return False
    # `permalink` may be `false` or `pretty`, too.
    return field != "url" or name == "url" or _is_like_address(value)


def _is_plain(field: str, value: Any) -> bool:
    """Whether a date or time is one, or at least none of another kind: `published: true` is not."""
    if field == "date":
        return not isinstance(value, bool) and not _is_no_date(str(value)[:_ENOUGH])
    try:
        return (
            field not in _INSTANTS
            or _is_blank(value)
            or (isinstance(value, str) and datetime.fromisoformat(value) is not None)
        )
    except ValueError:
        return False


@lru_cache(maxsize=1 << 12)
def _is_no_date(text: str) -> bool:
    return re.fullmatch(_NO_DATE, text) is not None


def _is_like_address(value: Any) -> bool:
    return not isinstance(value, bool | str) or (isinstance(value, str) and not set("/:.").isdisjoint(value))
