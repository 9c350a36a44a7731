"""Rights on an archive on a server: who may read, write, forget, and that others see nothing."""

from __future__ import annotations

import re

import pytest


@pytest.fixture
def people(address, invoke, server):
    """Start two archives in one database; return the address of the first for each of three people and a stranger.

    The writer of the second may only read the first.
    """
    other = f"{address}&archive=other"
    made = [invoke("init", "--roles"), invoke("init", other, "--roles")]
    assert [result.code for result in made] == [0, 0]
    database = re.search(r"test\d+", address)[0]
    server.sql(
        f"""
        CREATE ROLE {database}_anna LOGIN; GRANT {database}_archive_reader TO {database}_anna;
        CREATE ROLE {database}_bek LOGIN; GRANT {database}_archive_writer TO {database}_bek;
        CREATE ROLE {database}_maria LOGIN; GRANT {database}_archive_maintainer TO {database}_maria;
        CREATE ROLE {database}_other LOGIN;
        GRANT {database}_other_maintainer, {database}_archive_reader TO {database}_other;
        CREATE ROLE {database}_nobody LOGIN
        """,
        database,
    )
    invoke("add", "--title", "Saiga")
    return {
        name: address.replace("tester@", f"{database}_{name}@")
        for name in ("anna", "bek", "maria", "other", "nobody")
    }


def test_init_names_the_roles(address, invoke):
    """It says what it made, and makes it once."""
    first, again = invoke("init", "--roles"), invoke("init", "--roles")

    database = re.search(r"test\d+", address)[0]
    assert (first.code, again.code) == (0, 0)
    for result in (first, again):
        assert (
            f"{database}_archive_reader, {database}_archive_writer, {database}_archive_maintainer"
            in result.err
        )


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("anna", {"list"}),
        ("bek", {"list", "add", "tag", "remove", "undo"}),
        ("maria", {"list", "add", "tag", "remove", "undo", "history prune"}),
        ("other", {"list"}),
        ("nobody", set()),
    ],
)
def test_who_may_do_what(people, invoke, name, may):
    """It lets each do what their role may, and tells them in one line what it may not."""
    commands = {
        "list": ["list"],
        "add": ["add", "--title", "Kulan"],
        "tag": ["tag", "+x", "saiga"],
        "remove": ["remove", "1", "--yes"],
        "undo": ["undo", "--yes"],
        "history prune": ["history", "prune", "--keep", "0", "--yes"],
    }

    done = {words: invoke(*command, "-a", people[name]) for words, command in commands.items()}

    assert {words for words, result in done.items() if result.code == 0} == may
    for words in commands.keys() - may:
        assert done[words].code == 4
        assert done[words].err.count("\n") == 1
        assert "you may not do that in" in done[words].err
    assert len(invoke("list", "--format", "ids").out.split()) == (2 if "add" in may else 1)


def test_archives_of_others(people, invoke):
    """It shows nothing of an archive to whom it is not open, not that there is one."""
    anna = f"{people['anna']}&archive=other"

    for words in (["list"], ["history"], ["add", "--title", "x"]):
        assert invoke(*words, "-a", anna).code == 1
    assert invoke("add", "--title", "x", "-a", f"{people['other']}&archive=other").code == 0


@pytest.mark.parametrize("name", ["anna", "other"])
def test_a_reader_of_a_damaged_archive(people, invoke, server, name):
    """It shows a reader the damage, also one who may write elsewhere, and takes no restoring from them for done."""
    database = re.search(r"test\d+", people[name])[0]
    server.sql("""INSERT INTO newsarchive.entries VALUES (1, 9, '{"title": "Nine"}')""", database)

    found, restored = (invoke(*words, "-a", people[name]) for words in (["check"], ["restore", "--yes"]))

    assert (found.code, "entry 9 is not what revision 1 has" in found.err) == (4, True)
    assert (restored.code, "you may not do that in" in restored.err) == (4, True)
    assert server.sql("SELECT count(*) FROM newsarchive.entries WHERE archive = 1", database) == "2\n"


def test_roles_are_for_servers(alone, invoke):
    """It has none for a file, and makes none."""
    result = invoke("init", "--roles")

    assert (result.code, result.out) == (2, "")
    assert "--roles is for an archive on a server" in result.err
    assert list(alone.iterdir()) == []
