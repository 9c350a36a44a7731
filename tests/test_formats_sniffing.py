"""How a source is told by its content: the keys of its JSON, the names in its zip file."""

from __future__ import annotations

import io
import zipfile

import pytest
from clock import soon

from newsarchive.errors import SourceError
from newsarchive.formats.base import Source
from newsarchive.formats.reading.packed import names_in, opened
from newsarchive.formats.reading.sketch import paths_in


def packed(**members: bytes) -> bytes:
    """Return a zip file that holds these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def test_the_keys_of_a_document_are_seen_from_its_beginning() -> None:
    """It knows what each key is inside of, wherever the text breaks off."""
    paths = paths_in('{"db": [{"meta": {"version": "5"}, "data": {"posts": [{"id": "a", "title": "Saig')

    assert paths == {
        *("db", "db # meta", "db # meta version", "db # meta version=5", "db # data", "db # data posts"),
        *("db # data posts # id", "db # data posts # id=a", "db # data posts # title"),
        "db # data posts # title=Saig",
    }


def test_a_key_inside_a_text_is_none() -> None:
    """It does not take quotes, colons and brackets for more than they are."""
    assert paths_in('{"a": "{\\"b\\": [", "c": 1}') == {"a", "c", r"a={\"b\": ["}


@pytest.mark.parametrize("piece", ["{", "[", '"', '"\\', '{"a":', '["a",', '"a":', '"a" '])
def test_a_sketch_takes_no_time(piece: str) -> None:
    """It goes through 64 KB of anything in a blink, however deep it is nested."""
    head = (piece * 65_536)[:65_536]

    with soon(1):
        paths_in(head)


def test_a_zip_file_tells_its_names() -> None:
    """It looks into a zip file, and sees nothing in what is none."""
    assert names_in(Source("a.zip", packed(**{"posts.csv": b"x", "posts/1.html": b"y"}))) == (
        "posts.csv",
        "posts/1.html",
    )
    assert names_in(Source("a.zip", b"PK\x03\x04 and no more")) == ()


def test_a_small_zip_file_does_not_become_a_large_one() -> None:
    """It stops at what a file of its size may hold, in all files together."""
    bomb = Source("a.zip", packed(**{f"{n}.txt": b"0" * 400_000 for n in range(5)}))

    with opened(bomb) as package, pytest.raises(SourceError) as caught:
        [package.read(name) for name in package.names]

    assert str(caught.value) == "a.zip, 2.txt: becomes too large when it is unpacked, so it is not read"


def test_a_damaged_zip_file_is_told() -> None:
    """It says which file is damaged, which is missing, and what is no zip file at all."""
    data = packed(**{"a.txt": b"saiga and argali"})
    damaged = Source("a.zip", data.replace(data[35:40], b"\xff" * 5, 1))

    with opened(damaged) as package:
        with pytest.raises(SourceError, match=r"^a.zip, a.txt: cannot be unpacked: "):
            package.read("a.txt")
        with pytest.raises(SourceError, match=r"^a.zip: is not whole: it lacks b.txt$"):
            package.read("b.txt")
    with pytest.raises(SourceError, match=r"^b.zip: is no sound zip file: "), opened(Source("b.zip", b"PK")):
        pass
