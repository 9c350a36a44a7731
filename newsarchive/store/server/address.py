"""Addresses of archives on a server: whatever libpq takes, URI or `name=value …`, with the archive's name in it.

They are taken apart as libpq does it, so that what it would take for a password is never shown. An address in which
one may stand where libpq does not look for it, as a letter in it had to be escaped, is not shown at all.
"""

from __future__ import annotations

import re
from _blake2 import blake2b  # hashlib itself loads OpenSSL
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

from newsarchive.errors import BadOptionError

DEFAULT_NAME: Final = "archive"

_PREFIX: Final = re.compile(r"postgres(?:ql)?://")
_SETTING: Final = re.compile(
    r"""
    \s*(?P<name>[^\s=]+)\s*=\s*                           # libpq allows blanks around the sign
    (?:'(?P<quoted>(?:[^'\\]|\\.)*)'|(?P<plain>(?:[^\s\\]|\\.)*))
    (?:\s+|$)
    """,
    re.VERBOSE | re.DOTALL,
)
_NEEDS_QUOTES: Final = re.compile(r"[\s'\\]|^$")
_UNUSUAL: Final = re.compile(r"[^\w-]")
_SECRET: Final = re.compile(r"pass(?!file$)|pwd|secret|scram", re.IGNORECASE)
"""What the names of settings have that hold secrets, misspelt ones included."""
_BAD_ESCAPE: Final = re.compile(r"%(?![0-9a-fA-F]{2})|%00")
_SURROUNDINGS: Final = (
    "PGHOST",
    "PGHOSTADDR",
    "PGPORT",
    "PGDATABASE",
    "PGUSER",
    "PGSERVICE",
    "PGSERVICEFILE",
)
"""Variables by which libpq finds a server where the address leaves that open."""


@dataclass(frozen=True)
class Address:
    """Where an archive is: what libpq connects to, and the archive's name in that database.

    `cache` is the folder of this machine's copy, `own` that of the user's own files. Written out or shown, an
    address has no password.
    """

    shown: str
    archive: str
    cache: Path
    own: Path
    target: str = field(repr=False)

    def __str__(self) -> str:
        return self.shown


def read_address(name: str, environ: Mapping[str, str], *, typed: bool) -> Address:
    """Take an address apart.

    One that was `typed` may hold no password: others see it in the list of processes, and shells remember it.
    Raises BadOptionError.
    """
    if name.partition("=")[0].partition(":")[1] and not _PREFIX.match(name):
        raise BadOptionError("the address of an archive on a server begins with postgresql://")
    parts = _parts_of_uri(name) if _PREFIX.match(name) else _parts_of_settings(name)
    shown = parts.with_archive(parts.shown)
    if typed and parts.shown != parts.target:
        raise BadOptionError(
            f"{shown}: leave the password out, as others can see it there; "
            "put it into ~/.pgpass, $PGPASSWORD or a service file (?service=NAME)"
        )
    meant = "\n".join([shown, *(environ.get(variable, "") for variable in _SURROUNDINGS)])
    digest = blake2b(meant.encode(errors="surrogateescape"), digest_size=6).hexdigest()
    folder = "-".join([_UNUSUAL.sub("-", parts.archive)[:60], digest])
    return Address(
        shown,
        parts.archive,
        _base(environ, "XDG_CACHE_HOME", ".cache") / folder,
        _base(environ, "XDG_CONFIG_HOME", ".config") / folder,
        parts.target,
    )


def _base(environ: Mapping[str, str], variable: str, usual: str) -> Path:
    """Return the folder of this program where the user's desktop keeps such files."""
    named = environ.get(variable, "")
    base = Path(named) if named.startswith("/") else Path(environ.get("HOME", "/")) / usual
    return base / "newsarchive"


class _Parts(NamedTuple):
    """An address in parts: what libpq is told, the same without secrets, and the archive's name."""

    target: str
    shown: str
    archive: str
    is_uri: bool

    def with_archive(self, target: str) -> str:
        """Return `target` with the archive's name, unless it is the usual one."""
        if self.archive == DEFAULT_NAME:
            return target
        if not self.is_uri:
            return f"{target} archive={_quoted(self.archive)}".strip()
        return f"{target}{'&' if '?' in target else '?'}archive={quote(self.archive)}"


def _name(named: list[str]) -> str:
    if len(named) > 1:
        raise BadOptionError(f"the address names two archives, {named[0]} and {named[1]}")
    name = named[0] if named else DEFAULT_NAME
    if not name.strip() or not name.isprintable() or len(name) > 100:
        raise BadOptionError(f"archive={name!r} is no name of an archive")
    return name


# --- URIs -------------------------------------------------------------------------------------------------


def _parts_of_uri(uri: str) -> _Parts:
    found = _PREFIX.match(uri)
    assert found is not None
    prefix, rest = found[0], uri[found.end() :]
    user, password = "", ""
    if "@" in rest.partition("/")[0]:  # as libpq tells it: before the first slash
        known, _, rest = rest.partition("@")
        user, password = f"{known.partition(':')[0]}@", known
    place, _, query = rest.partition("?")
    pairs = query.split("&") if query else []
    _check(uri, user, place, pairs)
    named = [unquote(pair.removeprefix("archive=")) for pair in pairs if pair.startswith("archive=")]
    others = [pair for pair in pairs if not pair.startswith("archive=")]
    kept = [pair for pair in others if not _SECRET.search(unquote(pair.partition("=")[0]))]
    target, shown = (
        f"{prefix}{before}{place}{'?' if query_of else ''}{'&'.join(query_of)}"
        for before, query_of in ((f"{password}@" if user else "", others), (user, kept))
    )
    return _Parts(target, shown, _name(named), is_uri=True)


def _check(uri: str, user: str, place: str, pairs: Sequence[str]) -> None:
    """Make sure that nothing is where libpq would not take it for the password that it may be a part of.

    Raises BadOptionError, which does not repeat it.
    """
    ports = [host.rpartition("]")[2].partition(":")[2] for host in place.partition("/")[0].split(",")]
    if (
        "?" in user  # libpq takes `host?password=a@b` for a user of the host b
        or "@" in place
        or any(port and not unquote(port).isdecimal() for port in ports)
        or not all(pair.count("=") == 1 or pair.startswith("archive=") for pair in pairs)
        or _BAD_ESCAPE.search(uri)
    ):
        raise BadOptionError(
            "the address cannot be read: in names and passwords write @ as %40, : as %3A, / as %2F, ? as %3F "
            "and % as %25; a port is a number, and what follows a ? has the form name=value"
        )


# --- settings ---------------------------------------------------------------------------------------------


def _parts_of_settings(text: str) -> _Parts:
    settings = [*_settings(text)]
    named = [value for name, value in settings if name == "archive"]
    others = [(name, value) for name, value in settings if name != "archive"]
    target, shown = (
        " ".join(f"{name}={_quoted(value)}" for name, value in some)
        for some in (others, [one for one in others if not _SECRET.search(one[0])])
    )
    return _Parts(target, shown, _name(named), is_uri=False)


def _settings(text: str) -> Iterator[tuple[str, str]]:
    """Yield names and values. Raises BadOptionError, which repeats nothing."""
    place = 0
    while place < len(text):
        found = _SETTING.match(text, place)
        if found is None:
            raise BadOptionError(
                "the address cannot be read; write name=value, and 'value' where it has a blank"
            )
        value = found["plain"] if found["quoted"] is None else found["quoted"]
        yield found["name"], re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL)
        place = found.end()


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'" if _NEEDS_QUOTES.search(value) else value
