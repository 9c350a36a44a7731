"""`relations suggest`: what may be a translation of what, as lines that `relations add` reads."""

from __future__ import annotations

import json

import pytest

STORIES = [
    (
        "2021-03-01",
        "en",
        "Saiga counted in Betpak-Dala",
        "Rangers of Okhotzooprom counted 1,318 calves near Torgai.",
    ),
    (
        "2021-03-02",
        "en",
        "Snow leopard filmed in Pamir",
        "A camera of Askar Davletbakov filmed three cubs in Sarychat.",
    ),
    ("2021-03-03", "en", "Workshop in Bishkek ends", "Delegates of 14 ministries met for two days."),
    (
        "2021-03-04",
        "en",
        "Fence removed near Zamyn-Uud",
        "Kulan cross the railway again, says Petra Kaczensky.",
    ),
    ("2021-03-05", "en", "Bears of the Gobi", "Only 37 bears are left in Mongolia."),
    (
        "2021-03-03",
        "ru",
        "Учёт сайгаков в Бетпак-Дале",
        "Инспекторы Охотзоопрома насчитали 1 318 сайгачат у Торгая.",
    ),
    (
        "2021-03-04",
        "ru",
        "Снежный барс снят на Памире",
        "Камера Аскара Давлетбакова сняла трёх котят в Сарычате.",
    ),
    ("2021-03-05", "ru", "Школьники нарисовали манулов", "Выставка откроется в субботу в Алматы."),
    (
        "2021-03-05",
        "fr",
        "La clôture de Zamyn-Uud enlevée",
        "Les koulans traversent la voie, dit Petra Kaczensky.",
    ),
]


@pytest.fixture
def stories(alone, invoke):
    """Start an archive of stories in three languages, of which three pairs are translations."""
    entries = [
        {"id": number, "title": title, "summary": text, "languages": [language], "date": date}
        for number, (date, language, title, text) in enumerate(STORIES, 1)
    ]
    assert invoke("import", "-", "--format", "json", stdin=json.dumps(entries)).code == 0
    return alone


def suggested(invoke, *words):
    result = invoke("relations", "suggest", *words, "--json")
    assert result.code == 0
    return json.loads(result.out)


def pairs(found):
    return sorted((one["id"], one["other"]) for one in found)


def test_translations(stories, invoke):
    """It finds each pair and nothing else, with score, days and what both have in common."""
    found = suggested(invoke)

    assert pairs(found) == [(1, 6), (2, 7), (4, 9)]
    saiga = next(one for one in found if one["id"] == 1)
    assert saiga["days"] == 2
    assert 0.5 <= saiga["score"] <= 1
    assert saiga["titles"] == ["Saiga counted in Betpak-Dala", "Учёт сайгаков в Бетпак-Дале"]
    assert any("1,318 = 1 318" in one or "Torgai = Торгая" in one for one in saiga["evidence"])


def test_the_round_trip(stories, invoke):
    """It writes lines that `relations add` takes as they are, and has nothing to suggest then."""
    lines = invoke("relations", "suggest")

    assert "translation 1 6   # 0." in lines.out
    assert lines.err == "3 suggestions among 9 entries\n"
    added = invoke("relations", "add", "--from", "-", stdin=lines.out)
    assert "Related 6 entries by 3 lines" in added.err
    assert suggested(invoke) == []
    assert invoke("list", "is:untranslated", "--format", "ids", "--sort", "id").out == "3\n5\n8\n"


def test_a_selection(stories, invoke):
    """It suggests the same for the entries of a query or with these ids, and nothing for others."""
    assert pairs(suggested(invoke, "lang:fr")) == [(4, 9)]
    assert pairs(suggested(invoke, "7")) == [(2, 7)]
    assert suggested(invoke, "id:3,8") == []
    assert suggested(invoke, "--min-score", "1.1") == []


def test_translations_of_one_story(stories, invoke):
    """It knows that two translations of one entry are translations of each other."""
    invoke("relations", "add", "4", "9", "--as", "translation")
    invoke("relations", "add", "4", "8", "--as", "translation")

    (found,) = suggested(invoke, "8")

    assert (found["id"], found["other"], found["score"]) == (8, 9, 1.0)
    assert "both are translations of 4" in found["evidence"]


def test_what_is_known_is_not_suggested(stories, invoke):
    """It leaves out what is related in some way, and a second translation into one language."""
    invoke("duplicates", "dismiss", "1", "6")
    invoke("relations", "add", "2", "8", "--as", "translation")

    assert pairs(suggested(invoke)) == [(4, 9)]


def test_a_story_in_two_languages(archive, invoke):
    """It finds the translation of a story whose summary is in both languages already."""
    invoke("add", "--title", "Спасение снежных барсов от вымирания", "--date", "2017-02-08", "--lang", "ru")

    assert pairs(suggested(invoke)) == [(9, 11)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://n.example/en/news/saiga-7", "http://www.n.example/ru/news/saiga-7/"),
        ("https://n.example/news/7", "https://n.example/ru/news/7"),
        ("https://en.n.example/7", "https://ru.n.example/7"),
        ("https://n.example/news?id=7&lang=en", "https://n.example/news?id=7&lang=ru"),
    ],
)
def test_one_address_but_for_the_language(alone, invoke, one, other):
    """It tells translations by their addresses, whenever they appeared and whatever they say."""
    invoke("add", "--title", "Saiga counted", "--lang", "en", "--date", "2019", "--url", one)
    invoke("add", "--title", "Новости недели", "--lang", "ru", "--date", "2021", "--url", other)

    (found,) = suggested(invoke)

    assert (found["id"], found["other"]) == (1, 2)
    assert found["evidence"][0] == "the same address but for the language"


def test_a_site_is_no_story(alone, invoke):
    """It takes nothing from addresses of whole sites."""
    invoke("add", "--title", "Saiga counted", "--lang", "en", "--url", "https://n.example/en/")
    invoke("add", "--title", "Новости недели", "--lang", "ru", "--url", "https://n.example/ru/")

    assert suggested(invoke) == []


@pytest.mark.parametrize(("form", "expected"), [("json", "[]\n"), ("jsonl", ""), ("table", "")])
def test_nothing_to_suggest(archive, invoke, form, expected):
    """It is valid and empty, and no fault."""
    result = invoke("relations", "suggest", "--format", form)

    assert (result.code, result.out) == (0, expected)
