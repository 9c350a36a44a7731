"""One name of an animal finds what is written of it in the languages of the Range States."""

from __future__ import annotations

import pytest

STORIES = {
    "kk": "Қазақстанда ақбөкендердің саны төртінші жыл қатарынан артып келеді",
    "kk-2": "Батыс Қазақстан облысында киіктердің саны екі миллионға жетті",
    "mn": "Монгол орны бөхөнгийн тоо толгой сүүлийн жилүүдэд өсөж байна",
    "uz": "Ustyurt kengliklarida sayg‘oqlar soni yil sayin ortib bormoqda",
    "uz-Cyrl": "Ўзбекистонда сайғоқлар сони йил сайин ортиб бормоқда",
    "zh": "中国正在恢复高鼻羚羊的种群",
    "fr": "La saïga se porte bien dans les steppes",
    "ky": "Кыргызстандагы илбирстердин саны акыркы жылдары көбөйдү",
    "other": "A meeting on the wild camel took place in Ulaanbaatar",
}


@pytest.fixture
def regional(alone, invoke):
    """Add the stories, whose languages are left to the program."""
    for title in STORIES.values():
        assert invoke("add", "--title", title).code == 0


@pytest.mark.parametrize(
    "query", ["сайгак", "saiga", "ақбөкен", "киік", "高鼻羚羊", "saygʻoq", "Saiga tatarica"]
)
def test_saiga(regional, invoke, query):
    """It finds the saiga by any of its names in all of them, inflected ones too."""
    found = invoke("search", query, "--format", "ids").out.split()

    assert sorted(map(int, found)) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("query", ["snow leopard", "снежный барс", "ирвэс", "雪豹"])
def test_snow_leopard(regional, invoke, query):
    """It finds the snow leopard in Kyrgyz by its names elsewhere."""
    assert invoke("search", query, "--format", "ids").out == "8\n"


def test_states(regional, invoke):
    """It finds a state by its name in another language, in a case that its own has."""
    assert sorted(invoke("search", "Kazakhstan", "--format", "ids").out.split()) == ["1", "2"]
    assert invoke("search", "Kyrgyzstan", "--format", "ids").out == "8\n"


@pytest.mark.parametrize("tag", ["ақбөкен", "бөхөн", "高鼻羚羊"])
def test_tags(regional, invoke, tag):
    """It takes a name of the region for the tag."""
    assert invoke("tag", "+species/saiga", "id:1").code == 0

    assert invoke("list", f"tag:{tag}", "--format", "ids").out == "1\n"
