"""Posts of every house: what generators of web sites take, one odd field of which costs no more than itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Result
from reading_and_writing import format_of, read

from newsarchive.formats.base import Item, Source
from newsarchive.formats.registry import reader

BODY = "Saigas were counted from the air.\n"


def post(text: str, name: str = "x.md") -> Item:
    """Return the item of a post."""
    (found,) = read("markdown", text, name)
    assert isinstance(found, Item), found
    return found


# --- YAML and TOML that only parsers refuse ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: ! 'Saiga: year one'", "Saiga: year one"),
        ('title: !!str "Saiga: year one"', "Saiga: year one"),
        ("title: &t Saiga", "Saiga"),
        ("title: [Draft]", "[Draft]"),
        ("title: A\n  Press: Release", "A Press: Release"),
        ('title: "Saiga \\d+"', "Saiga \\d+"),
        ("title: Saiga\nlayout: post\ntitle: Saiga counted", "Saiga counted"),
        ("title: Saiga\ntitle:", "Saiga"),
        ("\ttitle: x\ntitle: Saiga", "Saiga"),
        ("title: Saiga\n--- more", "Saiga"),
        ("title: Saiga\n\x1b[0m: b", "Saiga"),
        ("title: Saiga\ntags: [a, b", "Saiga"),
        ("t: &x Saiga\ntitle: *x", "Saiga"),
    ],
)
def test_a_title_is_read_in_spite_of_what_is_beside_it(line: str, title: str) -> None:
    """It reads each key by itself where the whole is no YAML, and says what was odd."""
    assert post(f"---\n{line}\ndate: 2019-05-03\n---\n{BODY}").entry.title == title


def test_a_key_that_is_there_twice_is_told() -> None:
    """It keeps the last value, as Jekyll does, and says so with the line."""
    item = post(f"---\ntitle: a\ntitle: b\n---\n{BODY}")

    assert item.entry.title == "b"
    assert item.notes == ("line 3: the key 'title' is there twice; one of its values is kept",)


def test_a_fault_of_toml_costs_its_own_key() -> None:
    """It keeps the text of a value that is no TOML."""
    item = post(
        f'+++\ntitle = "Saiga"\nfolder = "C:\\saiga"\ndate = 2019-05-03\n[taxonomies]\ntags = ["a"]\n+++\n{BODY}'
    )

    assert (item.entry.title, str(item.entry.date), item.entry.tags) == ("Saiga", "2019-05-03", ("a",))
    assert item.entry.extra == {"folder": "C:\\saiga"}
    assert item.notes == ("line 3: folder is no TOML and is read as text; put the text in quotes",)


# --- drafts -----------------------------------------------------------------------------------------------

DRAFTS = {
    "posts/hugo.md": f"---\ntitle: Hugo\ndraft: true\n---\n{BODY}",
    "posts/odd.md": f"---\ntitle: Odd: YAML\ndraft: true\n---\n{BODY}",
    "posts/zola.md": f'+++\ntitle = "Zola"\ndraft = true\n+++\n{BODY}',
    "posts/json.md": f'{{"title": "JSON", "draft": true}}\n{BODY}',
    "posts/jekyll.md": f"---\ntitle: Jekyll\npublished: false\n---\n{BODY}",
    "_drafts/folder.md": f"---\ntitle: Folder\n---\n{BODY}",
    "posts/pelican.md": f"Title: Pelican\nStatus: draft\n\n{BODY}",
    "posts/nikola.md": f".. title: Nikola\n.. status: private\n\n{BODY}",
}
PUBLISHED = {
    "posts/1.md": f"---\ntitle: One\ndraft: false\n---\n{BODY}",
    "posts/2.md": f"---\ntitle: Two\npublished: 2021-01-29\n---\n{BODY}",
    "posts/3.md": f"Title: Three\nStatus: published\n\n{BODY}",
    "posts/4_drafts.md": f"---\ntitle: Four\ntags: [draft]\n---\n{BODY}",
}


@pytest.fixture
def drafts(alone: Path) -> None:
    """Write posts, of which some are drafts."""
    for name, text in {**DRAFTS, **PUBLISHED}.items():
        (alone / name).parent.mkdir(exist_ok=True)
        (alone / name).write_text(text)


@pytest.mark.usefixtures("drafts")
def test_drafts_of_generators_are_left_out(invoke: Callable[..., Result]) -> None:
    """It counts what their sites would not show either, and takes in the rest."""
    result = invoke("import", "posts", "_drafts")

    assert "Added 4 of 4 items; left out 8 drafts (--drafts takes them in) (operation 1)" in result.err
    assert invoke("list", "--format", "ids", "--sort", "id").out == "1\n2\n3\n4\n"


@pytest.mark.usefixtures("drafts")
def test_drafts_of_generators_come_in_when_they_are_wanted(invoke: Callable[..., Result]) -> None:
    """It takes them all, and each says in `extra` that it is one."""
    invoke("import", "posts", "_drafts", "--drafts")

    extra = {row["title"]: row["extra"] for row in json.loads(invoke("list", "--json").out)}
    assert len(extra) == 12
    assert extra["Hugo"] == {"status": "draft", "draft": "true"}
    assert extra["Folder"] == {"status": "draft"}
    assert extra["Four"] == {}


def test_a_draft_that_a_person_adds(invoke: Callable[..., Result]) -> None:
    """It is taken as any other document."""
    result = invoke("add", "-", stdin=DRAFTS["posts/hugo.md"])

    assert (result.code, result.out) == (0, "1\n")


# --- fields that are none ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "extra", "note"),
    [
        ("date: soon", {"source_date": "soon"}, "'soon' is not a date"),
        ("date: 02/03/2016", {"source_date": "02/03/2016"}, "say --date-order dmy|mdy|ymd"),
        ("language: C/C++", {"source_languages": ["C/C++"]}, "'C/C++' is not a code of a language"),
        ("language: Go", {"source_languages": ["Go"]}, "'Go' is not a code of a language"),
        ("lang: Lua", {"source_languages": ["Lua"]}, "'Lua' is not a code of a language"),
        ("tags: {a: {b: c}}", {"source_tags": [{"a": {"b": "c"}}]}, "is not a tag"),
        (
            "url: javascript:alert(1)",
            {"source_url": "javascript:alert(1)"},
            "'javascript' addresses are not taken",
        ),
        ("summary: [a, {b: c}]", {"source_summary": ["a", {"b": "c"}]}, "summary: is a list, not text"),
    ],
)
def test_a_field_that_cannot_be_read_is_kept(line: str, extra: dict[str, object], note: str) -> None:
    """It brings the post in without it, keeps it in `extra`, and says so."""
    item = post(f"---\ntitle: Saiga\n{line}\n---\n{BODY}")

    assert (item.entry.title, item.entry.body, item.entry.languages) == ("Saiga", BODY.strip(), ())
    assert item.entry.extra == extra
    assert note in item.notes[0]


def test_the_day_in_the_name_stands_for_a_date_that_is_none() -> None:
    """It falls back on what else tells the day."""
    item = post(f"---\ntitle: Saiga\ndate: TBA\n---\n{BODY}", "2019-05-03-saiga.md")

    assert (str(item.entry.date), item.entry.extra) == ("2019-05-03", {"source_date": "TBA"})


def test_categories_inside_categories_are_tags() -> None:
    """It opens the lists of Hexo, in which a category stands with those above it."""
    item = post("---\ntitle: Saiga\ncategories:\n  - [Mammals, Antelopes]\n  - [Steppe]\n  - News\n---\n")

    assert item.entry.tags == ("Mammals", "Antelopes", "Steppe", "News")


def test_a_tag_that_is_too_long_costs_the_tag(invoke: Callable[..., Result], tmp_path: Path) -> None:
    """It adds the story without it, and says so."""
    (tmp_path / "x.md").write_text(f"---\ntitle: Saiga\ntags: [a, {'b' * 101}, 'c|d']\n---\n{BODY}")

    result = invoke("import", str(tmp_path / "x.md"))

    assert result.code == 0
    assert "is left out" in result.err
    assert json.loads(invoke("list", "--json").out)[0]["tags"] == ["a", "c", "d"]


# --- titles -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("Intro.\n\n# Saigas *counted* #\n\nText.", "Saigas counted"),
        ("Saigas counted\n==============\n\nText.", "Saigas counted"),
        ("<h2 class='x'>Saigas <i>counted</i></h2>\n\nText.", "Saigas counted"),
        ("```\n# no heading\n```\n## [Saigas counted](https://x.example/1)", "Saigas counted"),
    ],
)
def test_the_first_heading_is_the_title_for_want_of_one(body: str, title: str) -> None:
    """It takes the heading of the text, and says so."""
    item = post(f"---\ndate: 2019-05-03\n---\n{body}\n")

    assert item.entry.title == title
    assert item.notes == ("it has no title, so its first heading is the title",)


def test_the_words_of_the_name_are_the_last_resort() -> None:
    """It takes what Jekyll would take for a post without title and headings; of other files, nothing."""
    assert (
        post(f"---\nlayout: post\n---\n{BODY}", "2019-05-03-saigas-counted.md").entry.title
        == "Saigas counted"
    )
    assert (
        read("markdown", f"---\nlayout: post\n---\n{BODY}", "about.md")[0][1]
        == "title: an entry needs a title"
    )


# --- headers without fences -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "title: Saiga\ndate: 2019-05-03\ntags:\n- a\n- b\n---\n\nText.\n",
        '"title": "Saiga",\n"date": "2019-05-03",\n"tags": ["a", "b"]\n;;;\nText.\n',
        "Title: Saiga\nDate: 2019-05-03 10:20\nTags: a, b\n\nText.\n",
        "Date: 2019-05-03\nTitle: Saiga\nTags: a,\n    b\n\nText.\n",
        "<!--\n.. title: Saiga\n.. date: 2019-05-03 10:20:00 UTC+06:00\n.. tags: a, b\n-->\n\nText.\n",
        ".. title: Saiga\n.. date: 2019/05/03\n.. tags: a;b\n\nText.\n",
        "Saiga\n#####\n\n:date: 2019-05-03 10:20\n:tags: a, b\n\nText.\n",
    ],
)
def test_headers_without_an_opening_fence_are_read(text: str) -> None:
    """It reads Hexo, Pelican, Nikola and reStructuredText."""
    entry = post(text).entry

    assert (entry.title, str(entry.date), entry.body) == ("Saiga", "2019-05-03", "Text.")
    assert entry.tags == ("a", "b")


@pytest.mark.parametrize(
    "text", ["# Saiga\n\nText: more.\n", "Note: this is no header.\n\nText.\n", "Text.\n---\nx\n"]
)
def test_a_text_without_a_header_is_refused(text: str) -> None:
    """It makes no post of a file that only looks a little like one."""
    (found,) = read("markdown", text, "readme.md")

    assert found[1].startswith("has no front matter")


def test_the_file_beside_a_document_of_nikola_is_its_header(tmp_path: Path) -> None:
    """It joins both, and imports neither alone."""
    (tmp_path / "saiga.meta").write_text(".. title: Saiga\n.. date: 2019-05-03 10:20\n.. tags: a, b\n")
    (tmp_path / "saiga.md").write_text("Text.\n")

    (found,) = reader("markdown").read(Source("saiga.md", tmp_path / "saiga.md"))

    assert isinstance(found, Item)
    assert (found.entry.title, str(found.entry.date), found.entry.body) == ("Saiga", "2019-05-03", "Text.")


@pytest.mark.parametrize(
    ("name", "text", "format_"),
    [
        ("a.html", "---\nlayout: post\ntitle: Saiga\n---\n<p>Text</p>", "markdown"),
        ("a.html", "---\n---\n<p>Text</p>", "html"),
        ("a.txt", "---\ntitle: Saiga\n---\nText", "markdown"),
        ("a.txt", "TITLE: Saiga\nDATE: 3 May 2019\n\nText", "markdown"),
        ("a.txt", "DATE: 3 May 2019\nTITLE: Saiga\n\nText", "markdown"),
        ("a.txt", "Saiga\n\nText.\n\n3 May 2019\n", "listing"),
        ("a.html", "<html><body>---\ntitle: x</body>", "html"),
    ],
)
def test_documents_are_known_by_what_is_in_them(name: str, text: str, format_: str) -> None:
    """It tells front matter under any suffix from pages and listings."""
    assert format_of(Source(name, text.encode())) == format_


def test_the_text_of_a_page_with_front_matter_has_no_markup() -> None:
    """It reads the HTML of a post as text."""
    item = post("---\ntitle: Saiga\n---\n<p>Text &amp; <b>more</b>.</p><p>End.</p>", "2019-05-03-x.html")

    assert (item.entry.body, str(item.entry.date)) == ("Text & more.\n\nEnd.", "2019-05-03")


# --- dates in paths ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "header", "date"),
    [
        ("2019-5-4-x.md", "", "2019-05-04"),
        ("2019_05_04_x.md", "", "2019-05-04"),
        ("20190504-x.md", "", "2019-05-04"),
        ("posts/2019-05-04-x/index.md", "", "2019-05-04"),
        ("x.md", 'path: "2015/01/09/slug"', "2015-01-09"),
        ("x.md", "permalink: /blog/2015/1/9/slug/", "2015-01-09"),
        ("content/2017/05/17/x.md", "", "2017-05-17"),
        ("content/2017/05/x.md", "", "2017-05"),
        ("2019-13-40-x.md", "", "None"),
        ("2019-05-041-x.md", "", "None"),
        ("v/1234/05/17/x.md", "", "None"),
    ],
)
def test_the_place_of_a_post_tells_its_day(name: str, header: str, date: str) -> None:
    """It finds the day in the name, in the address or in the folders, and no day that is none."""
    assert str(post(f"---\ntitle: Saiga\n{header}\n---\n{BODY}", name).entry.date) == date


# --- folders ----------------------------------------------------------------------------------------------


def test_a_folder_names_what_it_left_out(invoke: Callable[..., Result], tmp_path: Path) -> None:
    """It counts the files that it does not read by their suffixes, on stderr and in the report."""
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "a.md").write_text("---\ntitle: Saiga\n---\n")
    for name in ("a.jpg", "b.JPG", "style.css", "LICENSE"):
        (folder / name).write_bytes(b"x")

    result = invoke("import", str(folder), "--report", str(tmp_path / "report.jsonl"))

    assert result.code == 0
    assert "2 .jpg files" in result.err
    lines = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text().splitlines()]
    told = [
        (line["reason"], line.get("count")) for line in lines if line["outcome"] not in ("added", "noted")
    ]
    assert told == [("file without a suffix", 1), (".css file", 1), (".jpg file", 2)]
