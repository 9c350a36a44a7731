"""The list of formats, how one is chosen, and what a path on the command line stands for."""

from __future__ import annotations

import os
import threading
from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_and_writing import format_of

from newsarchive.errors import BadOptionError, SourceError
from newsarchive.formats.base import FolderWriter, Item, LeftOut, Source
from newsarchive.formats.known import FORMATS, Format
from newsarchive.formats.reading.sources import sources_at
from newsarchive.formats.registry import by_suffix, names, reader, writer
from newsarchive.formats.sniffing import sniff


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.name)
def test_every_format_can_be_loaded(format_: Format) -> None:
    """It finds the classes that the registry names."""
    if format_.reader:
        assert callable(reader(format_.name).read)
    if format_.writer:
        assert callable(writer(format_.name).write)


def test_no_two_formats_have_one_name() -> None:
    """It has one meaning for each name."""
    assert len({format_.name for format_ in FORMATS}) == len(FORMATS)


def test_markdown_alone_writes_folders() -> None:
    """It tells by its methods whether a writer makes files."""
    assert [name for name in names("writer") if isinstance(writer(name), FolderWriter)] == ["markdown"]


def test_an_unknown_format_is_refused() -> None:
    """It names the formats that there are in the wanted direction."""
    with pytest.raises(BadOptionError) as caught:
        reader("excel")

    assert str(caught.value).startswith("format 'excel' cannot be read; there are ")
    assert ", jsonl, jsonfeed, csl-json, json, csv, tsv, " in str(caught.value)
    with pytest.raises(BadOptionError, match="format 'listing' cannot be written; there are "):
        writer("listing")


_pieces = st.sampled_from(
    [
        "---\n",
        "title: a\n",
        "title",
        ",",
        "\n",
        "\r",
        '"',
        "[",
        "]",
        "{",
        "}",
        ":",
        "- ",
        "&a ",
        "*a",
        "!x ",
        "\t",
        "\x00",
        "\x1b",
        "\x85",
        "\ufeff",
        "3 May 2019\n",
        "'",
        "|\n",
        "\\",
        "\\ud800",
        "NaN",
        "1e999",
        "entries",
        "id",
        "extra",
    ]
)


@pytest.mark.parametrize("name", names("reader"))
@settings(deadline=None)
@given(
    data=st.binary(max_size=40) | st.lists(_pieces, max_size=20).map(lambda pieces: "".join(pieces).encode())
)
def test_no_source_breaks_a_reader(name: str, data: bytes) -> None:
    """It makes items and faults of whatever comes, and every fault says where and why."""
    for found in reader(name).read(Source("x", data)):
        assert isinstance(found, Item) or (found.place.startswith("x") and found[1])


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("out/news.json", "json"),
        ("news.JSONL", "jsonl"),
        ("news.csv", "csv"),
        ("news.tsv", "tsv"),
        ("news.md", "markdown"),
        ("news.txt", None),
        ("news", None),
    ],
)
def test_a_suffix_asks_for_a_format(path: str, name: str | None) -> None:
    """It takes the format to write from the end of the name."""
    assert by_suffix(PurePath(path)) == name


@pytest.mark.parametrize(
    ("name", "head", "format_"),
    [
        ("a.json", b"[]", "json"),
        ("a.json", b"not json", "json"),
        ("a.jsonl", b'{"title":"a"}', "jsonl"),
        ("a.csv", b"", "csv"),
        ("a.csv", b"a,b\n", "csv"),
        ("a.MD", b"# x", "markdown"),
        ("a.txt", b"News\n\nA title\n", "listing"),
        ("a.txt", b"---\ntitle: a\n---\n", "markdown"),
        ("-", b"  [", "json"),
        ("-", b"\xef\xbb\xbf{", "json"),
        ("-", b'{"title":"a"}\n{"title":"b"}\n', "jsonl"),
        ("-", b'{\n"title": "a"}\n', "json"),
        ("-", b"\n---\r\ntitle: a\r\n", "markdown"),
        ("-", "\ufeff---\ntitle: a\n".encode("utf-16-le"), "markdown"),
        ("-", b'id,"Title",date\r\n', "csv"),
        ("-", b"title\r", "csv"),
        ("-", b"Snow leopard, the title of a story\n", "listing"),
        ("-", b"", "listing"),
    ],
)
def test_a_source_shows_its_format(name: str, head: bytes, format_: str) -> None:
    """It goes by the name where that says something, and by the first bytes."""
    assert sniff(name, head) == format_


def test_a_folder_stands_for_its_files(tmp_path: Path) -> None:
    """It goes into folders, by name, leaves out hidden files, and counts foreign ones."""
    for name in ("b.md", "a/c.JSON", "a/photo.jpg", ".hidden.md", ".git/x.json", "a.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    *sources, left_out = sources_at(tmp_path)

    assert left_out == LeftOut(str(tmp_path), ".jpg file", 1)
    assert [source.data for source in sources] == [tmp_path / name for name in ("a/c.JSON", "a.csv", "b.md")]
    assert {source.origin for source in sources} == {str(tmp_path)}


def test_a_file_stands_for_itself(tmp_path: Path) -> None:
    """It takes a file that is named whatever it is called."""
    (tmp_path / ".news").write_bytes(b'[{"title":"a"}]')

    (source,) = sources_at(tmp_path / ".news")

    assert source == Source(str(tmp_path / ".news"), tmp_path / ".news")
    assert format_of(source) == "json"


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    """It keeps what a pipe gave, so that finding out the format takes nothing away."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    feeder = threading.Thread(target=pipe.write_bytes, args=(b"[]",))
    feeder.start()

    (source,) = sources_at(pipe)
    feeder.join()

    assert source == Source(str(pipe), b"[]")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing", "is not there"),
        ("empty", "holds no file whose name ends in "),
    ],
)
def test_a_path_without_sources_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    """It says when there is nothing to read."""
    (tmp_path / "empty").mkdir()

    with pytest.raises(SourceError) as caught:
        sources_at(tmp_path / name)

    assert caught.value.reason.startswith(reason)
