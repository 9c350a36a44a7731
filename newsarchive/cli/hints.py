"""The options of `import` that say what cannot be told from the sources themselves."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Final, cast, get_args

from newsarchive.entry import FIELDS
from newsarchive.errors import BadOptionError
from newsarchive.formats.base import DateOrder, Hints

MAPPABLE: Final = tuple(field for field in FIELDS if field not in ("relations", "extra"))

_ORDERS: Final = get_args(DateOrder)
_ALIASES: Final = {"lang": "languages", "language": "languages", "tag": "tags"}

# Codecs of Python that no text is in; decoding some of them takes quadratic time.
_NO_TEXT: Final = frozenset(
    {"idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
)


def hints_from(maps: Sequence[str], date_order: str | None, encoding: str | None) -> Hints:
    """Return the hints that the options give. Raises BadOptionError."""
    if date_order is not None and date_order not in _ORDERS:
        raise BadOptionError(f"--date-order {date_order!r} is unknown; choose {', '.join(_ORDERS)}")
    return Hints(
        _encoding(encoding) if encoding is not None else None,
        cast("DateOrder | None", date_order),
        dict(map(_mapping, maps)),
    )


def _mapping(text: str) -> tuple[str, str]:
    name, equals, field = text.rpartition("=")
    field = field.strip().casefold()
    field = _ALIASES.get(field, field)
    if not (equals and name.strip()):
        raise BadOptionError(f"--map {text!r}: write NAME=FIELD, such as --map Headline=title")
    if field not in MAPPABLE:
        raise BadOptionError(f"--map {text!r}: {field!r} is no field; there are {', '.join(MAPPABLE)}")
    return name.strip(), field


def _encoding(name: str) -> str:
    found = _codec(name)
    if not found or found.replace("_", "-") in _NO_TEXT:
        raise BadOptionError(
            f"--encoding {name!r} is unknown; there are utf-8, cp1251, cp1252, mac_roman, koi8_r, utf-16 …"
        )
    return found


def _codec(name: str) -> str:
    """Return Python's name of an encoding, empty for one that it does not know or that holds no text."""
    import codecs  # spares start-up

    try:
        found = codecs.lookup(name).name
        with contextlib.suppress(UnicodeError):  # a single byte is not enough for UTF-16
            b" ".decode(found)
    except (LookupError, ValueError):
        return ""
    return found
