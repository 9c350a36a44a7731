"""Addresses of archives on a server: what libpq takes, the archive's name, and no password anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsarchive.config import place_of
from newsarchive.errors import BadOptionError
from newsarchive.store.server.address import Address


def read(name: str, *, typed: bool = True, **environ: str) -> Address:
    """Take apart what is typed, or what stands in the variable."""
    found = place_of(name, {"HOME": "/home/a", **environ}, Path("/here"), typed=typed)
    assert isinstance(found, Address)
    return found


@pytest.mark.parametrize(
    ("name", "target", "archive"),
    [
        ("postgresql://host/db", "postgresql://host/db", "archive"),
        ("postgres://host/db", "postgres://host/db", "archive"),
        ("postgresql:///db?archive=cami", "postgresql:///db", "cami"),
        ("postgresql://me@/db?host=/socket", "postgresql://me@/db?host=/socket", "archive"),
        (
            "postgresql://a,b:5433/db?archive=x%20y&target_session_attrs=read-write",
            "postgresql://a,b:5433/db?target_session_attrs=read-write",
            "x y",
        ),
        ("postgresql:///?service=news&archive=cami", "postgresql:///?service=news", "cami"),
        ("service=news", "service=news", "archive"),
        ("service=news archive=cami", "service=news", "cami"),
        ("postgresql://%2Frun%2Fpostgresql/db", "postgresql://%2Frun%2Fpostgresql/db", "archive"),
        ("postgresql://[::1]:5433,h:5434/db", "postgresql://[::1]:5433,h:5434/db", "archive"),
        ("postgresql://me@?service=news", "postgresql://me@?service=news", "archive"),
        ("postgresql:///db?user=me@corp&archive=cami", "postgresql:///db?user=me@corp", "cami"),
        ("host=/run/postgresql dbname=news", "host=/run/postgresql dbname=news", "archive"),
        (
            "dbname = 'my news'  host='/a b' archive='the one'",
            "dbname='my news' host='/a b'",
            "the one",
        ),
        (r"user=o\'neil dbname='it\'s'", r"user='o\'neil' dbname='it\'s'", "archive"),
    ],
)
def test_parts(name, target, archive):
    """It keeps for libpq what is libpq's."""
    found = read(name)

    assert (found.target, found.archive) == (target, archive)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("postgresql://me:secret@host/db", "postgresql://me@host/db"),
        ("postgresql://me:se%40cret@host/db?archive=cami", "postgresql://me@host/db?archive=cami"),
        ("postgresql://host/db?password=secret&sslmode=require", "postgresql://host/db?sslmode=require"),
        ("postgresql://host/db?pass%77ord=secret", "postgresql://host/db"),
        ("postgresql://host/db?sslpassword=secret", "postgresql://host/db"),
        ("service=news password=secret", "service=news"),
        ("service=news password = 'a secret'", "service=news"),
        (r"service=news password=a\ secret user=me", "service=news user=me"),
        ("password=secret host=h dbname=news", "host=h dbname=news"),
        ("postgresql://me:a?secret@host/db?archive=x", "postgresql://me@host/db?archive=x"),
        ("postgresql://me:a#secret@host/db", "postgresql://me@host/db"),
        ("postgresql://:secret@host/db", "postgresql://@host/db"),
        ("postgresql://host/db?passwd=secret", "postgresql://host/db"),
        ("postgresql://host/db?oauth_client_secret=secret&passfile=/f", "postgresql://host/db?passfile=/f"),
    ],
)
def test_passwords(name, shown):
    """It refuses a password that is typed, and shows none of one that stands in the variable."""
    with pytest.raises(BadOptionError) as refused:
        read(name)
    found = read(name, typed=False)

    assert str(refused.value).startswith(f"{shown}: leave the password out")
    assert "~/.pgpass" in str(refused.value)
    assert "secret" not in f"{refused.value} {found} {found!r}"
    assert str(found) == shown
    assert "secret" in found.target or "se%40cret" in found.target


@pytest.mark.parametrize(
    "name",
    [
        "postgresql://me:a@secret@host/db",
        "postgresql://me:a/secret@host/db",
        "postgresql://me:12/secret@host/db",
        "postgresql://me:12?secret/x@host/db",
        "postgresql://me:secret%zz@host/db",
        "postgresql://me:secret%@host/db",
        "postgresql://me:secret%00@host/db",
        "postgresql://host?user=me&password=a@secret",
        "postgresql://host?password=secret@x/db",
        "postgresql://host/db?user=me#password=secret",
        "postgresql:me:secret@host/db",
        "postgres:/me:secret@host/db",
        "postgresql+psycopg://me:secret@host/db",
        "jdbc:postgresql://host/db?password=secret",
        "service=news password='a secret",
        "service=news secret",
    ],
)
@pytest.mark.parametrize("typed", [True, False])
def test_what_cannot_be_read(name, typed):
    """It repeats nothing of an address in which a password may be where none is looked for."""
    with pytest.raises(BadOptionError, match="address") as refused:
        read(name, typed=typed)

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("name", ["postgresql:///db?archive=", "postgresql:///db?archive=a&archive=b"])
def test_names_of_no_archive(name):
    """It says so."""
    with pytest.raises(BadOptionError, match="archive"):
        read(name)


def test_each_archive_has_a_folder_of_its_own():
    """It keeps what belongs to one apart from another's, wherever a variable sends libpq."""
    one = read("postgresql:///db?archive=cami")
    others = [
        read("postgresql:///db?archive=CAMI"),
        read("postgresql://host/db?archive=cami"),
        read("postgresql:///db?archive=cami", PGHOST="elsewhere"),
    ]

    assert one.cache.parent == Path("/home/a/.cache/newsarchive")
    assert one.own.parent == Path("/home/a/.config/newsarchive")
    assert len({one.cache.name, *(other.cache.name for other in others)}) == 4
    assert read("service=a", XDG_CACHE_HOME="/c").cache.parent == Path("/c/newsarchive")


def test_what_is_a_file():
    """It leaves every other name to the file system."""
    for name in ("postgresql.json", "my service=x.json", "mysql://host/db"):
        assert place_of(name, {}, Path("/here"), typed=True) == Path("/here") / name
