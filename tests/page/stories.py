"""Entries in two scripts to search in, and queries for them: the same in every run."""

from __future__ import annotations

import random
from collections.abc import Iterator

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry

_ENGLISH = """
saiga snow leopard leopards argali urial khulan gazelle antelope herders steppe steppes mountains migratory
migration species range ranges state states meeting met meetings conservation conserve protected protection
protecting poaching poachers wildlife corridor corridors railway fence fences survey surveys population
populations action plan programme ministry minister ministries government cooperation memorandum signed
signing Bonn Vilm Ulaanbaatar COP12 COP14 post-2020 2016 2018 the of and in for with on to from horse horses
Przewalski’s O'Connell photographer café naïve Brazil's l'environnement d'ours qu'il wine vine mountain
"""
_RUSSIAN = """
сайгак сайгака сайгаков снежный снежного барс барса барсов архар кулан джейран антилопа антилопы степь степи
гор горы мигрирующие мигрирующих видов виды совещание совещания охрана охраны охраняемых браконьеры природа
природы министерство министерства министр правительство сотрудничество меморандум подписан подписание ёлки
елки ещё учёные учет железная дорога ограждения популяция популяции план действий год года и в на по с для
КС14 Бонн Улан-Батор объявили подъезд Шон О'Коннелл съёмка Йельский район
"""
_NAMES = """
Mezhnev Межнев Mezhnyov Lkhagvasuren Лхагвасурэн Badamjav Бадамжав Przewalski Пржевальский Przhevalsky
Zhanybek Жаныбек Khudoyor Худоёр Tolstoy Толстой Tchaikovsky Чайковский Shcherbak Щербак Ivanov Иванов Yuri
Юрий Aigul Айгуль Bekbolat Бекболат Nursultan Нурсултан Sergei Сергей Fyodor Фёдор Ryskulov Рыскулов
"""
ENGLISH, RUSSIAN, NAMES = _ENGLISH.split(), _RUSSIAN.split(), _NAMES.split()


def stories(size: int = 300) -> list[Entry]:
    """Return entries of the years 2001 to 2024, a third of them Russian, with names in either script."""
    chance = random.Random(5)
    return [_story(chance, number) for number in range(1, size + 1)]


def _story(chance: random.Random, number: int) -> Entry:
    is_russian = number % 3 == 0
    words = chance.choices(RUSSIAN if is_russian else ENGLISH, k=30) + chance.choices(NAMES, k=2)
    chance.shuffle(words)
    return Entry(
        id=number,
        title=" ".join(words[:6]),
        date=PartialDate(2024 - number % 24, 1 + number % 12, 1 + number % 28),
        summary=" ".join(words[6:20]) + ".",
        body=" ".join(words[20:]) + "." if number % 2 else None,
        languages=("ru" if is_russian else "en",),
        tags=(f"topic-{number % 7}",),
    )


def whole_words(count: int = 200) -> list[str]:
    """Return queries of one or two words as they stand in the entries, or in the other script."""
    chance = random.Random(200)
    return [
        " ".join(chance.sample(chance.choice([ENGLISH, RUSSIAN, NAMES]), chance.choice([1, 1, 2])))
        for _ in range(count)
    ]


def beginnings_and_slips(count: int = 200) -> Iterator[str]:
    """Yield beginnings of words and words with a slip, now and then beside a whole word."""
    chance = random.Random(201)
    for number in range(count):
        word = chance.choice(ENGLISH + RUSSIAN + NAMES)
        changed = word[: chance.randint(1, len(word))] if number % 2 else _slip(chance, word)
        yield changed if number % 5 else f"{changed} {chance.choice(NAMES)}"


def _slip(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word))
    letter = chance.choice("aeikmnrstаеикмнрст")
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        ]
    )
