"""Names of months and weekdays in English, Russian, French and Spanish, and the words around a date.

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

MONTHS: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
"""The number of a month by any of its names."""

_WEEKDAYS: Final = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
    "понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс",
    "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim",
    "lunes martes miercoles jueves viernes sabado domingo lun mar mie jue vie sab dom",
)

WEEKDAYS: Final = frozenset(name for names in _WEEKDAYS for name in names.split())

FILLERS: Final = frozenset({"of", "the", "год", "года", "г", "le", "de", "del", "el"})
"""Words inside a date that say nothing: `14 de febrero de 2020`, `17 февраля 2024 года`."""

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
