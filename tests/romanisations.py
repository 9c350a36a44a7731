"""Russian names in the letters of eight systems, letter by letter as each system says."""

from __future__ import annotations

from collections.abc import Mapping

_NAMES = """
Цой Ященко Ющенко Эйнштейн Джон Щербаков Чайковский Хрущёв Жданов Шолохов Юрьев Яковлев Ёлкин Подъяпольский Ульянова
Васильев Соловьёв Щукин Цветаева Хабаров Чехов Шишкин Жирнов Межнев Пржевальский Рыжков Быков Зайцев Айтматов Объедков
Гоголь Ильин Мельничук Трубецкой Вяземский
"""
NAMES = _NAMES.split()

LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"

TABLES = {
    "BGN/PCGN": "a b v g d e ë zh z i y k l m n o p r s t u f kh ts ch sh shch ” y ’ e yu ya",
    "ICAO": "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia",
    "ALA-LC": "a b v g d e ë zh z i ĭ k l m n o p r s t u f kh t͡s ch sh shch ʺ y ʹ ė i͡u i͡a",
    "French": "a b v g d e io j z i ï k l m n o p r s t ou f kh ts tch ch chtch - y - e iou ia",
    "ISO 9": "a b v g d e ë ž z i j k l m n o p r s t u f h c č š ŝ ʺ y ʹ è û â",
    "German": "a b w g d e jo sch s i i k l m n o p r s t u f ch z tsch sch schtsch - y - e ju ja",
    "scientific": "a b v g d e ë ž z i j k l m n o p r s t u f x c č š šč ʺ y ʹ è ju ja",
    "GOST B": "a b v g d e yo zh z i j k l m n o p r s t u f x cz ch sh shh `` y ` e` yu ya",
}


def romanised(name: str, system: str) -> str:
    """Write a name by one of TABLES; a hyphen there is nothing."""
    table: Mapping[str, str] = dict(zip(LETTERS, TABLES[system].replace("-", "").split(" "), strict=True))
    return "".join(table[letter] for letter in name.lower()).capitalize()
