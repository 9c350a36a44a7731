"""Which languages a text is found to be in."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.text.languages import languages
from newsarchive.text.runs import TABLES

ENGLISH_STORIES = [
    """In memoriam – Anton Mezhnev
    Mr. Anton Pavlovich Mezhnev was the Saiga MOU Focal Point at the Ministry of Natural Resources of
    Russia for more than 10 years.""",
    """Press Release: Afghanistan and Tajikistan Step Up Environmental Cooperation
    The Islamic Republic of Afghanistan and the Republic of Tajikistan have taken an important step in
    strengthening joint efforts to protect their unique, shared mountain ecosystem.""",
    """Gobi Bear, Persian Leopard and Wild Sheep Set for Greater Protection
    Bonn, 14 February 2020 – The Gobi Bear – the only bear living in the desert - the Persian Leopard and
    the Urial, a wild sheep, are set to join other""",
    """Gobi Bear, Persian Leopard and Other Central Asian Mammals to Receive Greater Protection
    The Gobi Bear – the only bear living in the desert - the Persian Leopard and the Urial, a wild sheep,
    could soon join other Central Asian mammal species.""",
    """In Memoriam – Dr Lkhagvasuren Badamjav (1959-2019)
    It is with great sadness that the staff at the CMS Secretariat learned of the passing of
    Dr Lkhagvasuren Badamjav.""",
    """Connectivity Conservation: a Key Element of the Post-2020 Global Biodiversity Framework
    CMS and its Family set the course for developing their contributions to the Framework.""",
    """Midterm Review of the Central Asian Mammals Initiative (CAMI)
    Range State representatives, scientists and conservation experts met last week.""",
    """Addition of Three Species proposed by Mongolia to the Appendices of CMS
    The CMS Secretariat is pleased to announce the addition of Przewalski’s Horse, Gobi Bear, and Steppe
    Eagle.""",
    """The Argali Sheep – Trophy Hunting as a Potential Conservation Measure?
    The event - “Sustainable Use for Conservation – How CMS Can Provide a Complementary Tool to CITES” -
    focused on aspects of sustainable use of the Argali sheep.""",
]

SNOW_LEOPARDS = """Saving Snow Leopards from the Brink of Extinction
In the Hollywood blockbuster The Secret Life of Walter Mitty (2013), the adventurous photographer Sean
O’Connell decides not to take a picture of a snow leopard.
В голливудском блокбастере «Невероятная жизнь Уолтера Митти» (2013), фотограф Шон О'Коннелл решает не
фотографировать снежного барса."""


@pytest.mark.parametrize("story", ENGLISH_STORIES)
def test_english_stories(story: str) -> None:
    """It finds English stories, whatever names they are full of, to be in English only."""
    assert languages(story) == ("en",)


def test_two_languages() -> None:
    """It names both languages of a bilingual story, the one with more words first."""
    assert languages(SNOW_LEOPARDS) == ("en", "ru")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sauver la panthère des neiges, qui vit dans les montagnes d'Asie", ("fr",)),
        ("El leopardo de las nieves vive en las montañas de Asia", ("es",)),
        ("Совещание по сайгаку прошло в Улан-Баторе", ("ru",)),
        ("Снежный барс", ("ru",)),
        ("Снігові барси живуть у горах, і їх чисельність зменшується", ("uk",)),
        ("Қазақстанда ақбөкендердің саны артып келеді", ("kk",)),
        ("Монгол орны бөхөнгийн тоо толгой өсөж байна", ("mn",)),
        ("Кыргызстандын тоолорундагы илбирстердин саны көбөйүп, жаңы коруктар түзүлдү", ("ky",)),
        ("Der Schneeleopard ist eine Katze, die in den Gebirgen Asiens lebt.", ("de",)),
        ("Il leopardo delle nevi non è più in pericolo nelle montagne", ("it",)),
        ("O leopardo-das-neves não está em perigo nas montanhas", ("pt",)),
        ("Снежният леопард е застрашен от изчезване, като това се дължи на лова", ("bg",)),
        ("THE SAIGA OF MONGOLIA", ("en",)),
        ("Снежный барс в горах Тянь-Шаня", ("ru",)),
        ("Die Saiga in Kasachstan", ("de",)),
        ("Snöleoparden lever i bergen, där den är hotad för att den jagas av människor", ("sv",)),
        ("Тоғайлы алқапта жабайы аңдардың ізі табылды", ("kk",)),
        ("Qazaqstanda aqbökenderdıñ sany artyp keledı", ("kk",)),
        ("قازاقستاندا اقبوكەندەردىڭ سانى ارتىپ كەلەدى", ("kk",)),
        ("Токойлордо жапайы айбанаттардын саны көбөйүп баратат", ("ky",)),
        ("Говь нутагт зэрлэг амьтдын тоо өсч байна", ("mn",)),
        ("Oʻzbekistonda sayg‘oqlar soni yil sayin ortib bormoqda", ("uz",)),
        ("Ўзбекистонда сайғоқлар сони йил сайин ортиб бормоқда", ("uz",)),
        ("Дар кӯҳҳои Тоҷикистон шумораи палангҳои барфӣ зиёд шуд", ("tg",)),
        ("Türkmenistanda jeýranlaryň sany köpeldi we täze goraghana döredildi", ("tk",)),
        ("شمار پلنگ‌های ایرانی در کوه‌های البرز افزایش یافته است", ("fa",)),
        ("في جبال آسيا يعيش النمر الثلجي الذي يواجه خطر الصيد", ("ar",)),
        ("په غرونو کې د واورې پړانګ شمېر زیات شوی دی", ("ps",)),
        ("پہاڑوں میں برفانی چیتے کی تعداد میں اضافہ ہو رہا ہے", ("ur",)),
        ("تاغلاردا يىلپىزلارنىڭ سانى يىلدىن يىلغا كۆپىيىۋاتىدۇ", ("ug",)),
        ("पहाड़ों में हिम तेंदुओं की संख्या बढ़ रही है", ("hi",)),
        ("हिमालमा हिउँ चितुवाको संख्या बढ्दै गएको छ", ("ne",)),
        ("འབྲུག་རྒྱལ་ཁབ་ནང་ལུ་ གངས་གཟིག་ཚུ་གི་གྲངས་ཁ་ཡར་སེང་འགྱོ་ནུག", ("dz",)),
        ("中国西部的雪豹数量正在增加", ("zh",)),
        ("モンゴルの草原で野生の馬が増えている", ("ja",)),
        ("몽골 초원에서 야생마가 늘어나고 있다", ("ko",)),
    ],
)
def test_one_language(text: str, expected: tuple[str, ...]) -> None:
    """It knows a language by its script and the letters that follow each other."""
    assert languages(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "29.01.2021",
        "Snow Leopards",
        "Anton Pavlovich Mezhnev",
        "Los Angeles, Le Monde, The Hague",
        "Антон Павлович Межнев",
        "Bonn",
        "IUCN",
        "Lkhagvasuren Badamjav",
        "Ludwig van Beethoven",
        "Panthera uncia",
        "Equus ferus przewalskii",
        "Dr. Smith et al.",
        "https://www.cms.int/en/news/saiga-numbers-recover",
        "علی رضایی",
        "北京",
        "उलानबातर",
        "илбирс",
        "Токойдо жапайы айбанаттардын саны азайып баратат",  # Kyrgyz, in letters that Kazakh has too
    ],
)
def test_undecidable(text: str) -> None:
    """It names no language where nothing tells, as in a line of names."""
    assert languages(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The saiga (сайгак in Russian) is an antelope of the steppes", ("en",)),
        ("Сайгак (Saiga tatarica) – это антилопа, которая живёт в степях", ("ru",)),
        ("Доктор Лхагвасүрэн Бадамжав долгие годы был членом Научного совета", ("ru",)),
    ],
)
def test_names_and_quotations(text: str, expected: tuple[str, ...]) -> None:
    """It does not take a name or a word quoted from another language for that language."""
    assert languages(text) == expected


def test_a_line_in_a_language_of_its_own() -> None:
    """It names a second language where a line is clearly in it, and no third for a short line between."""
    text = """Численность сайгака в Казахстане растёт третий год подряд, сообщили учёные.
    Қазақстанда ақбөкендердің саны үшінші жыл қатарынан артып келеді деп хабарлады ғалымдар.
    Фото: архив проекта"""

    assert set(languages(text)) == {"ru", "kk"}


def test_a_long_line() -> None:
    """It counts a line of a hundred thousand letters without losing count."""
    assert languages("The saiga lives in the steppes of Central Asia. " * 3000) == ("en",)


def test_the_tables_are_small() -> None:
    """It brings along less than a megabyte."""
    assert 0 < sum(path.stat().st_size for path in TABLES.glob("*.tsv")) < 1_000_000


def test_tables_are_read_when_they_are_needed() -> None:
    """It reads none when the module is imported, and one for a text in one script."""
    code = (
        "from newsarchive.text import languages, runs; "
        "print(runs.table.cache_info().currsize); "
        "languages.languages('The saiga lives in the steppes'); "
        "print(runs.table.cache_info().currsize)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["0", "1"]


@given(st.text())
def test_each_once(text: str) -> None:
    """It names no language twice."""
    found = languages(text)

    assert len(set(found)) == len(found)
