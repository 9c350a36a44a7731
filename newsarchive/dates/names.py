"""Names of months and weekdays in the languages that news here is in, and the words around a date.

All are spelled as `text.fold` leaves them: lower case, Latin letters without diacritics, е for ё.
"""

from __future__ import annotations

from typing import Final

# One line a month: English, Russian (nominative, genitive, short), French, Spanish.
_MONTHS: Final = (
    "january jan январь января янв janvier janv enero ene",
    "february feb февраль февраля февр фев fevrier fevr fev febrero",
    "march mar март марта мар mars marzo",
    "april apr апрель апреля апр avril avr abril abr",
    "may май мая mai mayo",
    "june jun июнь июня июн juin junio",
    "july jul июль июля июл juillet juil julio",
    "august aug август августа авг aout agosto ago",
    "september sept sep сентябрь сентября сент сен septembre septiembre setiembre",
    "october oct октябрь октября окт octobre octubre",
    "november nov ноябрь ноября нояб ноя novembre noviembre",
    "december dec декабрь декабря дек decembre diciembre dic",
)

# One line a month, as CLDR has them in German, Portuguese, Italian, Mongolian, Kazakh, Uzbek, Tajik, Kyrgyz,
# Chinese, Arabic and Persian: `python tools/cldr.py months`.
_MORE_MONTHS: Final = (
    "januar jan janeiro gennaio gen нэгдүгээр_сар қаңтар қаң yanvar yan январ янв январь 一月 يناير "
    "كانون_الثاني ژانويه جنوري جنو",
    "februar feb fevereiro fev febbraio хоердугаар_сар ақпан ақп fevral феврал фев февраль 二月 فبراير "
    "شباط فوريه فبروري",
    "marz mar marco marzo гуравдугаар_сар наурыз нау mart март мар 三月 مارس اذار مارچ",
    "april apr abril abr aprile дөрөвдүгээр_сар сәуір сәу aprel апрел апр апрель 四月 ابريل نيسان اوريل "
    "اپريل",
    "mai maio maggio mag тавдугаар_сар мамыр мам may май 五月 مايو ايار مه مي",
    "juni jun junho giugno giu зургаадугаар_сар маусым мау iyun iyn июн июнь 六月 يونيو حزيران ژوئن جون",
    "juli jul julho luglio lug долоодугаар_сар шілде шіл iyul iyl июл июль 七月 يوليو تموز ژوئيه جولاي جول",
    "august aug agosto ago наймдугаар_сар тамыз там avgust avg август авг 八月 اغسطس اب اوت اگست",
    "september sept sep setembro set settembre есдүгээр_сар қыркүйек қыр sentabr sen сентябр сен "
    "сентябрь 九月 سبتمبر ايلول سپتامبر سپتمبر",
    "oktober okt outubro out ottobre ott аравдугаар_сар қазан қаз oktabr октябр окт октябрь 十月 اكتوبر "
    "تشرين_الاول اكتبر",
    "november nov novembro novembre арван_нэгдүгээр_сар қараша қар noyabr noy ноябр ноя ноябрь 十一月 "
    "نوفمبر تشرين_الثاني نوامبر نومبر",
    "dezember dez dezembro dicembre dic арван_хоердугаар_сар желтоқсан жел dekabr dek декабр дек "
    "декабрь 十二月 ديسمبر كانون_الاول دسامبر دسمبر دسم",
)

# What Tajik and Kyrgyz hang onto a month.
_ENDINGS: Final = ("и", "ы", "ын", "ындагы")

_NAMED: Final = {
    name: number
    for months in (_MORE_MONTHS, _MONTHS)
    for number, names in enumerate(months, 1)
    for name in names.split()
}
MONTHS: Final = {name: number for name, number in _NAMED.items() if "_" not in name} | {
    f"{stem}{ending}": number
    for name, number in _NAMED.items()
    if "_" not in name and len(name) > 3 and not name.isascii()
    for stem in dict.fromkeys((name, name.removesuffix("ь")))
    for ending in _ENDINGS
    if f"{stem}{ending}" not in _NAMED
}
"""The number of a month by any of its names of one word."""

LONG_MONTHS: Final = {name.replace("_", " "): number for name, number in _NAMED.items() if "_" in name}
"""The number of a month by those of its names that have several words."""

_WEEKDAYS: Final = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
    "понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс",
    "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim",
    "lunes martes miercoles jueves viernes sabado domingo lun mar mie jue vie sab dom",
)

WEEKDAYS: Final = frozenset(name for names in _WEEKDAYS for name in names.split())

_FILLERS: Final = """
    of the год года г le de del el
    жылғы жылгы жылы жыл ж жылдын жылынын йил йили йилда йилнинг yil yili yilda yilning соли сол
    оны он өдөр өдөр өдрийн ний ны сарын сар кун күн kuni عام سال
"""
FILLERS: Final = frozenset(_FILLERS.split())
"""Words inside a date that say nothing: `14 de febrero de 2020`, `17 февраля 2024 года`, `2021 жылғы 29 қаңтар`."""

LABELS: Final = (
    "last updated on",
    "last updated",
    "last modified on",
    "last modified",
    "updated on",
    "updated",
    "published on",
    "published",
    "posted on",
    "posted",
    "release date",
    "последнее обновление",
    "обновлено",
    "опубликовано",
    "дата публикации",
    "date de publication",
    "derniere mise a jour le",
    "derniere mise a jour",
    "mis a jour le",
    "publie le",
    "fecha de publicacion",
    "ultima actualizacion",
    "actualizado el",
    "publicado el",
    "date",
    "дата",
    "fecha",
)
"""What a page writes before the date of an item, none after a shorter one that it begins with."""
