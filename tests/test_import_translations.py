"""`newsarchive import` of one story in several languages: what is a translation, and what a duplicate."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

ADDRESS = "https://steppe.example.org/saiga"
EN = {"title": "Saiga numbers recover", "summary": "The herds have doubled within two years.", "lang": "en"}
FR = {"title": "Les saïgas se rétablissent", "summary": "Les troupeaux ont doublé en deux ans.", "lang": "fr"}
RU = {"title": "Сайгаков снова больше", "summary": "За два года стада удвоились.", "lang": "ru"}


def rows(*stories, **fields):
    """Return stories as JSON, each with these fields too; one that is None is left out."""
    told = [{**story, **fields} for story in stories]
    return json.dumps([{name: value for name, value in row.items() if value is not None} for row in told])


def ties(invoke):
    """Return of each entry its languages and the ids of its translations."""
    entries = json.loads(invoke("list", "--sort", "id", "--json").out)
    told = {}
    for entry in entries:
        assert {relation["kind"] for relation in entry["relations"]} <= {"translation"}
        told["/".join(entry["languages"])] = sorted(relation["id"] for relation in entry["relations"])
    return told


def everything(invoke):
    """Return all of the archive."""
    return invoke("export", "--format", "jsonl").out


# --- translations -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", list(itertools.permutations([EN, FR, RU])))
def test_one_address_in_three_languages(alone, invoke, order):
    """It takes all three in, each related to the two others, and says so."""
    result = invoke("import", "-", stdin=rows(*order, url=ADDRESS))

    assert result.err.startswith("Added 3 of 3 items, 3 are translations of others (operation 1)")
    told = ties(invoke)
    ids = {story["lang"]: number for number, story in enumerate(order, 1)}
    assert told == {lang: sorted({1, 2, 3} - {own}) for lang, own in ids.items()}
    assert invoke("check", "--only", "one-sided-relation").code == 0


@pytest.mark.parametrize("order", list(itertools.permutations([EN, FR, RU])))
@pytest.mark.parametrize("how", ["skip", "update"])
def test_three_imports_in_three_languages(alone, invoke, order, how):
    """It relates what comes later to what is there, once, and undoes it as a whole."""
    for story in order:
        result = invoke("import", "-", "--on-duplicate", how, stdin=rows(story, url=ADDRESS))
        assert "Added 1 of 1 item" in result.err
    told, before = ties(invoke), everything(invoke)
    assert sorted(told[order[0]["lang"]]) == [2, 3]
    assert sorted(told[order[2]["lang"]]) == [1, 2]

    for story in reversed(order):
        again = invoke("import", "-", "--on-duplicate", how, stdin=rows(story, url=ADDRESS))
        assert "nothing was changed" in again.err
    assert everything(invoke) == before

    invoke("undo")
    assert ties(invoke) == {order[0]["lang"]: [2], order[1]["lang"]: [1]}


def test_one_title_and_date(alone, invoke):
    """It relates stories of one title and day whose texts are declared to be in two languages."""
    title, day = "CMS COP14", "2024-02-12"
    invoke("import", "-", stdin=rows({**EN, "title": title}, {**FR, "title": title}, date=day))

    assert ties(invoke) == {"en": [2], "fr": [1]}


def test_a_title_without_a_date_is_no_tie(alone, invoke):
    """It takes in both of two undated stories of one title, unrelated."""
    invoke("import", "-", stdin=rows({**EN, "title": "News"}, {**FR, "title": "News"}))

    assert ties(invoke) == {"en": [], "fr": []}


def test_scripts_need_no_declaration(alone, invoke):
    """It sees by the letters that two texts at one address are in two languages."""
    invoke("import", "-", stdin=rows({**EN, "lang": None}, {**RU, "lang": None}, url=ADDRESS))

    assert ties(invoke) == {"en": [2], "ru": [1]}


def test_one_language_in_two_scripts(alone, invoke):
    """It takes Uzbek in Latin and in Cyrillic letters for two texts."""
    latin = {"title": "Sayg‘oqlar soni oshdi", "summary": "Ikki yilda podalar ikki baravar ko‘paydi."}
    cyrillic = {"title": "Сайғоқлар сони ошди", "summary": "Икки йилда подалар икки баравар кўпайди."}
    invoke("import", "-", stdin=rows(latin, cyrillic, url=ADDRESS, lang="uz"))

    entries = json.loads(invoke("list", "--sort", "id", "--json").out)
    assert [[relation["id"] for relation in entry["relations"]] for entry in entries] == [[2], [1]]
    assert json.loads(invoke("duplicates", "--format", "json").out) == []


def test_an_archive_that_knew_the_story(alone, invoke):
    """It tells in the report which entry a new one translates, and shows both changes before."""
    invoke("import", "-", stdin=rows(EN, url=ADDRESS))

    planned = json.loads(invoke("import", "-", "--dry-run", "--json", stdin=rows(FR, url=ADDRESS)).out)
    done = invoke("import", "-", "--report", "-", stdin=rows(FR, url=ADDRESS))

    assert [(change["kind"], change["id"]) for change in planned] == [("add", 2), ("change", 1)]
    assert planned[1]["after"] == {"relations": [{"kind": "translation", "id": 2}]}
    row = json.loads(done.out)
    assert (row["outcome"], row["reason"], row["id"]) == ("added", "is a translation of entry 1", 2)


def test_keeping_both_relates_them(alone, invoke):
    """It relates translations also where duplicates are kept."""
    invoke("import", "-", "--on-duplicate", "keep", stdin=rows(EN, FR, url=ADDRESS))

    assert ties(invoke) == {"en": [2], "fr": [1]}


def test_one_of_two_is_translated(alone, invoke):
    """It relates nothing where it shows nowhere which of two entries is translated."""
    invoke("import", "-", "--on-duplicate", "keep", stdin=rows(EN, EN, url=ADDRESS))
    result = invoke("import", "-", stdin=rows(FR, url=ADDRESS))

    assert "skipped 1" in result.err
    assert ties(invoke) == {"en": []}


# --- duplicates -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [EN, {**EN, "lang": None}])
@pytest.mark.parametrize("apart", [True, False])
def test_languages_that_are_guessed_tell_nothing(alone, invoke, first, apart):
    """It adds no translation of whose language only its text speaks, as it always did."""
    second = {**FR, "lang": None}
    if apart:
        invoke("import", "-", stdin=rows(first, url=ADDRESS))
    invoke("import", "-", stdin=rows(*[second] if apart else [first, second], url=ADDRESS))

    assert ties(invoke) == {"en": []}


def test_what_is_declared_beside_what_is_guessed(alone, invoke):
    """It leaves a story out at each import of a file that does not declare the language of the other one."""
    told = rows({**EN, "lang": None}, FR, url=ADDRESS)
    for _ in range(2):
        assert "skipped" in invoke("import", "-", stdin=told).err
        assert ties(invoke) == {"en": []}


@pytest.mark.parametrize("how", ["skip", "update"])
@pytest.mark.parametrize("where", [{"url": ADDRESS}, {"date": "2024-02-12"}])
def test_the_same_text_in_another_language(alone, invoke, how, where):
    """It takes a text that is there for a duplicate, whatever its language is said to be, and says so."""
    invoke("import", "-", stdin=rows(EN, **where))
    before = everything(invoke)

    for _ in range(2):
        result = invoke("import", "-", "--on-duplicate", how, stdin=rows({**EN, "lang": "fr"}, **where))
        note = "note: -, item 1: has the text of entry 1, though its language is fr here and en there\n"
        assert result.err.startswith(note)
        assert everything(invoke) == before


def test_one_title_on_two_pages(alone, invoke):
    """It does not take a title alone for a text, where each has a page of its own."""
    pages = [{"title": "CMS COP14", "lang": lang, "url": f"{ADDRESS}/{lang}"} for lang in ("en", "fr")]
    invoke("import", "-", stdin=rows(*pages, date="2024-02-12"))

    assert ties(invoke) == {"en": [2], "fr": [1]}


def test_a_text_that_was_put_right_is_no_translation(alone, invoke):
    """It does not take a corrected text for a translation of the one in the archive, whose language was guessed."""
    invoke("import", "-", stdin=rows({**FR, "lang": None}, url=ADDRESS))
    mended = {**FR, "summary": "Les troupeaux ont doublé en trois ans.", "lang": "ca"}
    result = invoke("import", "-", stdin=rows(mended, url=ADDRESS))

    assert "skipped 1" in result.err
    assert ties(invoke) == {"fr": []}


def test_a_name_for_ever_is_stronger(alone, invoke):
    """It takes a story with the guid of another for that one, also in another language."""
    invoke("import", "-", stdin=rows(EN, id="tag:steppe.example.org,2021:1"))
    result = invoke("import", "-", stdin=rows(FR, id="tag:steppe.example.org,2021:1"))

    assert "skipped 1" in result.err
    assert ties(invoke) == {"en": []}


def test_a_table_with_a_row_for_each_language(alone, invoke):
    """It tells rows with one id apart that their languages tell apart, at every import."""
    Path("nodes.csv").write_text(
        "id,langcode,title,summary,date\n"
        f"n12,en,{EN['title']},{EN['summary']},2021-01-29\n"
        f"n12,fr,{FR['title']},{FR['summary']},2021-01-29\n"
    )
    invoke("import", "nodes.csv", "--map", "langcode=languages")
    assert ties(invoke) == {"en": [2], "fr": [1]}

    before = everything(invoke)
    assert "nothing was changed" in invoke("import", "nodes.csv", "--map", "langcode=languages").err
    assert everything(invoke) == before


def test_an_earlier_archive_stays_as_it_is(alone, invoke):
    """It relates no entries that were both there: an archive that is imported again does not change."""
    both = [{**EN, "title": "COP14"}, {**FR, "title": "COP14"}]
    invoke("import", "-", stdin=rows(*both, date="2024-02-12"))
    invoke("edit", "1", "2", "--set", "relations=[]", "-y")
    before = everything(invoke)

    invoke("import", "-", stdin=rows(*both, date="2024-02-12"))

    assert everything(invoke) == before


# --- WordPress --------------------------------------------------------------------------------------------

_ITEM = """<item><title>{title}</title><guid isPermaLink="false">https://steppe.example.org/?p={number}</guid>
<wp:post_id>{number}</wp:post_id><wp:post_date>2021-01-29 10:00:00</wp:post_date><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type><content:encoded><![CDATA[{text}]]></content:encoded>{told}</item>"""
_POLYLANG = """<category domain="language" nicename="{lang}"><![CDATA[{lang}]]></category>
<category domain="post_translations" nicename="pll_{group}"><![CDATA[pll_{group}]]></category>"""
_WPML = """<wp:postmeta><wp:meta_key>_wpml_import_language_code</wp:meta_key>
<wp:meta_value><![CDATA[{lang}]]></wp:meta_value></wp:postmeta>
<wp:postmeta><wp:meta_key>_wpml_import_translation_group</wp:meta_key>
<wp:meta_value><![CDATA[{group}]]></wp:meta_value></wp:postmeta>"""


def wordpress(plugin, *posts):
    """Return an export of posts, each a story and the name of its group of translations."""
    items = [
        _ITEM.format(
            title=story["title"],
            text=story["summary"],
            number=number,
            told=plugin.format(lang=story["lang"], group=group),
        )
        for number, (story, group) in enumerate(posts, 11)
    ]
    head = '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"'
    modules = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f"{head} {modules}><channel><wp:wxr_version>1.2</wp:wxr_version>{''.join(items)}</channel></rss>"


@pytest.mark.parametrize("plugin", [_POLYLANG, _WPML])
def test_translations_of_wordpress(alone, invoke, plugin):
    """It relates posts that a plugin for translations names as one, also when one comes in later."""
    other = {**EN, "title": "Kulan count", "summary": "Some two thousand kulan were counted."}
    first = wordpress(plugin, (EN, "a1"), (other, "b2"), (RU, "a1"))
    assert "Added 3 of 3 items, 2 are translations of others" in invoke("import", "-", stdin=first).err

    more = wordpress(plugin, (EN, "a1"), (other, "b2"), (RU, "a1"), (FR, "a1"))
    assert "Added 1, skipped 3 of 4 items, 1 is a translation" in invoke("import", "-", stdin=more).err
    before = everything(invoke)
    assert "nothing was changed" in invoke("import", "-", "--on-duplicate", "update", stdin=more).err

    assert everything(invoke) == before
    related = {
        entry["title"]: sorted(one["id"] for one in entry["relations"])
        for entry in json.loads(invoke("list", "--json").out)
    }
    expected = {EN["title"]: [3, 4], "Kulan count": [], RU["title"]: [1, 4], FR["title"]: [1, 3]}
    assert related == expected
