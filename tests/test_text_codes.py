"""Codes of languages: one spelling for one language."""

from __future__ import annotations

import json

import pytest

from newsarchive.text.codes import canonical_language, plain_language


@pytest.mark.parametrize(
    ("code", "canonical"),
    [
        ("rus", "ru"),
        ("eng", "en"),
        ("fre", "fr"),
        ("fra", "fr"),
        ("ger", "de"),
        ("chi", "zh"),
        ("kaz", "kk"),
        ("pes", "fa"),
        ("RUS_RU", "ru-ru"),
        ("iw", "he"),
        ("sah", "sah"),
        ("pt-BR", "pt-br"),
        ("en", "en"),
        (" zh_Hant ", "zh-hant"),
    ],
)
def test_canonical(code: str, canonical: str) -> None:
    """It has two letters where the language has a code of two, and keeps others."""
    assert canonical_language(code) == canonical


@pytest.mark.parametrize(
    ("code", "plain"),
    [
        ("ru-RU", "ru"),
        ("ru", "ru"),
        ("ru-KZ", "ru-kz"),
        ("kk-Cyrl-KZ", "kk"),
        ("kk-Latn", "kk-latn"),
        ("zh-Hans-CN", "zh"),
        ("zh-TW", "zh-tw"),
        ("en-GB", "en-gb"),
        ("rus-RU", "ru"),
        ("sah-RU", "sah-ru"),
    ],
)
def test_plain(code: str, plain: str) -> None:
    """It leaves out the script and the region that go without saying."""
    assert plain_language(code) == plain


@pytest.fixture
def several(alone, invoke):
    """Make an archive of entries in languages as feeds and catalogues write them."""
    codes = ["ru", "ru-RU", "rus", "ru-KZ", "en-GB", "eng", "fre"]
    for code in codes:
        assert invoke("add", "--title", f"In {code}", "--lang", code).code == 0
    return alone / "archive.json"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("lang:ru", "1 2 3 4"),
        ("lang:ru-RU", "1 2 3"),
        ("lang:rus", "1 2 3 4"),
        ("lang:ru-KZ", "4"),
        ("lang:en", "5 6"),
        ("lang:eng", "5 6"),
        ("lang:en-GB", "5"),
        ("lang:fra", "7"),
        ("-lang:ru-RU", "4 5 6 7"),
    ],
)
def test_selecting(several, invoke, query, ids):
    """It takes the codes of one language for one another."""
    assert invoke("list", "--sort", "id", "--format", "ids", "--", query).out.split() == ids.split()


def test_on_the_way_in(several, invoke, alone):
    """It stores the usual code, from options and from files."""
    (alone / "more.json").write_text(json.dumps([{"title": "More", "languages": ["fra", "deu-AT"]}]))
    assert invoke("import", "more.json").code == 0

    codes = [row["languages"] for row in json.loads(invoke("list", "--sort", "id", "--json").out)]

    assert codes == [["ru"], ["ru-RU"], ["ru"], ["ru-KZ"], ["en-GB"], ["en"], ["fr"], ["fr", "de-AT"]]


def test_mending_what_is_there(archive, invoke):
    """It leaves what an archive has as it is, finds it all the same, and mends it when it is told to."""
    archive.write_text(archive.read_text().replace('"languages":["en"]', '"languages":["eng"]', 1))

    assert invoke("list", "lang:en", "id:1", "--format", "ids").out == "1\n"
    found = invoke("check", "--only", "language-code", "--format", "jsonl")
    assert (found.code, json.loads(found.out)["evidence"]) == (1, "eng is en")
    assert '"languages":["eng"]' in archive.read_text()

    assert invoke("check", "--only", "language-code", "--fix").code == 0
    assert '"languages":["eng"]' not in archive.read_text()
    assert invoke("undo").code == 0
    assert '"languages":["eng"]' in archive.read_text()
