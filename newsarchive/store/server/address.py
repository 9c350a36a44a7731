"""Addresses of archives on a server: every URI that libpq takes, or `service=NAME`, with the archive's name in it."""

from __future__ import annotations

import re
from _blake2 import blake2b  # hashlib itself loads OpenSSL
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from newsarchive.errors import BadOptionError

DEFAULT_NAME: Final = "archive"

_USER_INFO: Final = re.compile(r"(postgres(?:ql)?://)([^@/?#]*)@")
_UNUSUAL: Final = re.compile(r"[^\w-]")
_SECRETS: Final = ("password", "sslpassword", "oauth_client_secret")
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
    target, archive = _without_archive(name)
    shown = _without_secrets(target)
    if typed and shown != target:
        raise BadOptionError(
            f"{_with_archive(shown, archive)}: leave the password out, as others can see it there; "
            "put it into ~/.pgpass, $PGPASSWORD or a service file (?service=NAME)"
        )
    shown = _with_archive(shown, archive)
    meant = "\n".join([shown, *(environ.get(variable, "") for variable in _SURROUNDINGS)])
    digest = blake2b(meant.encode(errors="surrogateescape"), digest_size=6).hexdigest()
    folder = "-".join([_UNUSUAL.sub("-", archive)[:60], digest])
    return Address(
        shown,
        archive,
        _base(environ, "XDG_CACHE_HOME", ".cache") / folder,
        _base(environ, "XDG_CONFIG_HOME", ".config") / folder,
        target,
    )


def _base(environ: Mapping[str, str], variable: str, usual: str) -> Path:
    """Return the folder of this program where the user's desktop keeps such files."""
    named = environ.get(variable, "")
    base = Path(named) if named.startswith("/") else Path(environ.get("HOME", "/")) / usual
    return base / "newsarchive"


def _without_archive(name: str) -> tuple[str, str]:
    """Part what libpq takes from the name of the archive."""
    if name.startswith("service="):
        words = name.split()
        named = [word.removeprefix("archive=") for word in words if word.startswith("archive=")]
        return " ".join(word for word in words if not word.startswith("archive=")), _name(named)
    start, mark, query = name.partition("?")
    pairs = query.split("&") if mark else []
    named = [unquote(pair.removeprefix("archive=")) for pair in pairs if pair.startswith("archive=")]
    others = "&".join(pair for pair in pairs if not pair.startswith("archive="))
    return start + (f"?{others}" if others else ""), _name(named)


def _name(named: list[str]) -> str:
    if len(named) > 1:
        raise BadOptionError(f"the address names two archives, {named[0]} and {named[1]}")
    name = named[0] if named else DEFAULT_NAME
    if not name.strip() or not name.isprintable() or len(name) > 100:
        raise BadOptionError(f"archive={name!r} is no name of an archive")
    return name


def _with_archive(target: str, archive: str) -> str:
    if archive == DEFAULT_NAME:
        return target
    if target.startswith("service="):
        return f"{target} archive={archive}"
    return f"{target}{'&' if '?' in target else '?'}archive={quote(archive)}"


def _without_secrets(target: str) -> str:
    if target.startswith("service="):
        return " ".join(word for word in target.split() if word.partition("=")[0] not in _SECRETS)
    target = _USER_INFO.sub(lambda found: f"{found[1]}{found[2].partition(':')[0]}@", target)
    start, mark, query = target.partition("?")
    kept = [pair for pair in query.split("&") if unquote(pair.partition("=")[0]) not in _SECRETS]
    return start + (f"?{'&'.join(kept)}" if mark and any(kept) else "")
