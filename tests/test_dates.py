"""Partial dates, the written forms they are read from, and lines that are nothing but a date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.dates.names import FILLERS, LABELS, MONTHS, WEEKDAYS
from newsarchive.dates.parsing import date_line, parse_date
from newsarchive.dates.partial import PartialDate, month_length
from newsarchive.errors import BadDateError
from newsarchive.text.fold import fold

ENGLISH = {
    1: ("January", "Jan", "Jan."),
    2: ("February", "Feb", "Feb."),
    3: ("March", "Mar", "Mar."),
    4: ("April", "Apr", "Apr."),
    5: ("May",),
    6: ("June", "Jun"),
    7: ("July", "Jul"),
    8: ("August", "Aug", "Aug."),
    9: ("September", "Sep", "Sept."),
    10: ("October", "Oct", "Oct."),
    11: ("November", "Nov", "Nov."),
    12: ("December", "Dec", "Dec."),
}
RUSSIAN = {
    1: ("января", "январь", "янв."),
    2: ("февраля", "февраль", "февр.", "фев"),
    3: ("марта", "март", "мар."),
    4: ("апреля", "апрель", "апр."),
    5: ("мая", "май"),
    6: ("июня", "июнь", "июн."),
    7: ("июля", "июль", "июл."),
    8: ("августа", "август", "авг."),
    9: ("сентября", "сентябрь", "сент.", "сен"),
    10: ("октября", "октябрь", "окт."),
    11: ("ноября", "ноябрь", "нояб.", "ноя"),
    12: ("декабря", "декабрь", "дек."),
}
FRENCH = {
    1: ("janvier", "janv."),
    2: ("février", "févr.", "fevrier"),
    3: ("mars",),
    4: ("avril", "avr."),
    5: ("mai",),
    6: ("juin",),
    7: ("juillet", "juil."),
    8: ("août", "aout"),
    9: ("septembre", "sept."),
    10: ("octobre", "oct."),
    11: ("novembre", "nov."),
    12: ("décembre", "déc."),
}
SPANISH = {
    1: ("enero", "ene."),
    2: ("febrero", "feb."),
    3: ("marzo", "mar."),
    4: ("abril", "abr."),
    5: ("mayo",),
    6: ("junio", "jun."),
    7: ("julio", "jul."),
    8: ("agosto", "ago."),
    9: ("septiembre", "setiembre", "sept."),
    10: ("octubre", "oct."),
    11: ("noviembre", "nov."),
    12: ("diciembre", "dic."),
}
DAY_FORMS = [
    (ENGLISH, "{day} {month} {year}"),
    (ENGLISH, "{day:02} {month} {year}"),
    (ENGLISH, "{month} {day}, {year}"),
    (ENGLISH, "{day}th of {month} {year}"),
    (ENGLISH, "{day}-{month}-{year}"),
    (RUSSIAN, "{day} {month} {year}"),
    (RUSSIAN, "{day} {month} {year} года"),
    (RUSSIAN, "{day} {month} {year} г."),
    (FRENCH, "{day} {month} {year}"),
    (FRENCH, "le {day}er {month} {year}"),
    (SPANISH, "{day} {month} {year}"),
    (SPANISH, "{day}º de {month} de {year}"),
]
MONTH_FORMS = [
    (ENGLISH, "{month} {year}"),
    (ENGLISH, "{month}, {year}"),
    (ENGLISH, "{year} {month}"),
    (RUSSIAN, "{month} {year} г."),
    (RUSSIAN, "{month}-{year}"),
    (FRENCH, "{month} {year}"),
    (SPANISH, "{month} de {year}"),
]
BLANKS = st.sampled_from([" ", "\u00a0", "\u202f", "  "])
CASES = st.sampled_from([str, str.upper, str.lower, str.title])
RANKS = {"day": 0, "month": 1, "year": 2}

days = st.dates(min_value=date(1000, 1, 1))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(st.dates())
    precision = draw(st.integers(min_value=1, max_value=3))
    return PartialDate(*(day.year, day.month, day.day)[:precision])


# --- PartialDate ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [("2021", (2021, None, None)), ("2021-01", (2021, 1, None)), ("2021-01-29", (2021, 1, 29))],
)
def test_reads_iso_at_its_precision(text: str, parts: tuple[int, int | None, int | None]) -> None:
    """It keeps the precision that an ISO date came with."""
    found = PartialDate.from_iso(text)

    assert (found.year, found.month, found.day) == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21",
        "202",
        "2021-",
        "2021-1",
        "2021-01-",
        "2021-1-29",
        "20210129",
        "2021-W04-5",
        "2021/01/29",
        "2021-00",
        "2021-13",
        "2021-02-29",
        "0000",
        "+202",
        " 2021",
        "2021 ",
        "2_21",
        "٢٠٢١",
        "2021-01-29T10:00",
        "2021-01-29\n",
    ],
)
def test_refuses_what_is_not_exactly_iso(text: str) -> None:
    """It refuses every other spelling and tells the text it was given."""
    with pytest.raises(BadDateError) as refused:
        PartialDate.from_iso(text)

    assert refused.value.text == text


@pytest.mark.parametrize("text", ["۲۹ January ۲۰۲۱", "۱۴۰۰", "29.01.۲۰۲۱", "٢٠٢١-٠١-٢٩"])
def test_refuses_digits_of_other_scripts(text: str) -> None:
    """It does not take the years of other calendars for those of ours."""
    with pytest.raises(BadDateError):
        parse_date(text)
    assert date_line(text) is None


@given(partial_dates())
def test_iso_round_trip(when: PartialDate) -> None:
    """It reads back what it writes."""
    assert PartialDate.from_iso(str(when)) == when


@given(st.text(max_size=12))
def test_from_iso_accepts_only_what_it_writes(text: str) -> None:
    """It either refuses a text or writes the very same one."""
    try:
        found = PartialDate.from_iso(text)
    except BadDateError:
        return

    assert str(found) == text


@pytest.mark.parametrize("parts", [(2021, 2, 29), (2021, 13), (2021, 0), (0,), (10000,), (2021, None, 5)])
def test_constructor_refuses_days_that_do_not_exist(parts: tuple[int, ...]) -> None:
    """It cannot be built for a day that no calendar has, or for a day without a month."""
    with pytest.raises(BadDateError):
        PartialDate(*parts)


@pytest.mark.parametrize(
    ("text", "precision", "start", "end"),
    [
        ("2021", "year", date(2021, 1, 1), date(2021, 12, 31)),
        ("2020-02", "month", date(2020, 2, 1), date(2020, 2, 29)),
        ("1900-02", "month", date(1900, 2, 1), date(1900, 2, 28)),
        ("2000-02", "month", date(2000, 2, 1), date(2000, 2, 29)),
        ("2021-04", "month", date(2021, 4, 1), date(2021, 4, 30)),
        ("9999-12", "month", date(9999, 12, 1), date(9999, 12, 31)),
        ("2021-01-29", "day", date(2021, 1, 29), date(2021, 1, 29)),
    ],
)
def test_is_an_interval(text: str, precision: str, start: date, end: date) -> None:
    """It knows its precision, its first and its last day."""
    when = PartialDate.from_iso(text)

    assert (when.precision, when.start, when.end) == (precision, start, end)


@given(st.dates(max_value=date(9999, 11, 30)))
def test_month_length_reaches_the_next_month(day: date) -> None:
    """It counts the days up to the first of the next month."""
    first = day.replace(day=1)
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)

    assert (following - first).days == month_length(day.year, day.month)


def test_orders_by_start_then_precision() -> None:
    """It puts the more precise of two dates with one start first."""
    texts = ["2021", "2020-12-31", "2021-01-01", "2021-01-02", "2021-01", "2020"]

    ordered = sorted(texts, key=lambda text: PartialDate.from_iso(text).sort_key)

    assert ordered == ["2020", "2020-12-31", "2021-01-01", "2021-01", "2021", "2021-01-02"]


@given(partial_dates(), partial_dates())
def test_sort_key_is_start_and_precision(one: PartialDate, other: PartialDate) -> None:
    """It orders any two dates as their first days and precisions do."""
    by_meaning = (one.start, RANKS[one.precision]) < (other.start, RANKS[other.precision])

    assert (one.sort_key < other.sort_key) is by_meaning


# --- the written forms ------------------------------------------------------------------------------------


@given(days, st.sampled_from(DAY_FORMS), st.data(), BLANKS, CASES)
def test_reads_every_written_day(day, form, data, blank, change_case) -> None:
    """It reads a day in four languages, whatever the case and the blanks."""
    months, template = form
    month = data.draw(st.sampled_from(months[day.month]))
    text = template.format(day=day.day, month=month, year=day.year).replace(" ", blank)

    found = parse_date(change_case(text))

    assert found == PartialDate(day.year, day.month, day.day)


@given(days, st.sampled_from(MONTH_FORMS), st.data(), CASES)
def test_reads_every_written_month(day, form, data, change_case) -> None:
    """It reads a month and its year in four languages and leaves the day open."""
    months, template = form
    month = data.draw(st.sampled_from(months[day.month]))

    found = parse_date(change_case(template.format(month=month, year=day.year)))

    assert found == PartialDate(day.year, day.month)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2020", "2020"),
        ("2024 г.", "2024"),
        ("2024г.", "2024"),
        ("2020-02", "2020-02"),
        (" 2020-02-14 ", "2020-02-14"),
        ("２０２０-02", "2020-02"),
        ("14.02.2020", "2020-02-14"),
        ("06.07.2024", "2024-07-06"),
        ("14.2.2020 г.", "2020-02-14"),
        ("2021/01/29", "2021-01-29"),
        ("2021-1-9", "2021-01-09"),
        ("29/01/2021", "2021-01-29"),
        ("01/29/2021", "2021-01-29"),
        ("02/02/2016", "2016-02-02"),
        ("11/2015", "2015-11"),
        ("02.2020", "2020-02"),
        ("21st Mar 2020", "2020-03-21"),
        ("the 1st of May 2020", "2020-05-01"),
        ("1er octobre 2019", "2019-10-01"),
        ("1.º de mayo de 2020", "2020-05-01"),
        ("1-го мая 2020", "2020-05-01"),
        ("14-feb-2020", "2020-02-14"),
        ("14\u2010feb.\u20102020", "2020-02-14"),
        ("29/Jan/2021", "2021-01-29"),
        ("2020 Feb 14", "2020-02-14"),
    ],
)
def test_reads_other_forms(text: str, iso: str) -> None:
    """It reads numeric dates, ordinals and joined words."""
    assert str(parse_date(text)) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Friday, 29 January 2021", "2021-01-29"),
        ("29 January 2021, Friday", "2021-01-29"),
        ("пятница, 29 января 2021 г.", "2021-01-29"),
        ("Vendredi 29 janvier 2021", "2021-01-29"),
        ("miércoles 3 de marzo de 2021", "2021-03-03"),
        ("mar, 14 feb 2020", "2020-02-14"),
        ("Mar 14 2020", "2020-03-14"),
        ("Fri 29/01/2021", "2021-01-29"),
    ],
)
def test_passes_over_the_weekday(text: str, iso: str) -> None:
    """It passes over a weekday, and takes `Mar` for the month where it must be one."""
    assert str(parse_date(text)) == iso


@pytest.mark.parametrize(
    "text",
    [
        "2021-01-29T10:00:00Z",
        "2021-01-29T23:59:59.999-11:00",
        "2021-01-29 10:00",
        "Fri, 29 Jan 2021 10:00:00 +0000",
        "Fri, 29 Jan 2021 10:00:00 GMT",
        "Пт, 29 янв 2021 10:00:00 +0300",
        "29 January 2021 at 5:30 p.m.",
        "January 29, 2021 5:30 PM",
        "29 января 2021 г. в 10:00",
        "29 janvier 2021 à 10h30",
    ],
)
def test_keeps_the_day_of_a_time(text: str) -> None:
    """It keeps the day as written, whatever the hour and the zone."""
    assert str(parse_date(text)) == "2021-01-29"


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("02/03/2016", ("2016-03-02", "2016-02-03")),
        ("1-12-2016", ("2016-12-01", "2016-01-12")),
        ("Fri 02/03/2016", ("2016-03-02", "2016-02-03")),
    ],
)
def test_refuses_two_readings(text: str, readings: tuple[str, str]) -> None:
    """It refuses a date whose day and month can change places, and names both readings."""
    with pytest.raises(BadDateError) as refused:
        parse_date(text)

    assert refused.value.readings == readings


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "soon",
        "31 February 2020",
        "30 февраля 2020",
        "31.02.2020",
        "13/13/2020",
        "2021-02-31",
        "14 Feb 20",
        "14.02.20",
        "02/03/16",
        "14 Feb 0999",
        "01.02.0099",
        "2017/016",
        "1 May",
        "Friday",
        "Friday May 2020",
        "14 15 February 2020",
        "3–5 May 2020",
        "14.02/2020",
        "14 02 2020",
        "May",
        "today",
        "9" * 5000,
        "2021-01-29T25:00",
    ],
)
def test_refuses_what_is_no_date(text: str) -> None:
    """It refuses days that do not exist, years of two digits and everything that is no date."""
    with pytest.raises(BadDateError) as refused:
        parse_date(text)

    assert refused.value.readings == ()


@given(st.text(alphabet="0123456789 ./-,TZ:mayfebянвгdeº–", max_size=24))
def test_parse_date_fails_only_as_promised(text: str) -> None:
    """It returns a date or raises BadDateError, and nothing else."""
    try:
        found = parse_date(text)
    except BadDateError:
        return

    assert parse_date(str(found)) == found


@pytest.mark.parametrize(("text", "iso"), [("today", "2024-03-01"), ("Yesterday", "2024-02-29")])
def test_today_and_yesterday(text: str, iso: str) -> None:
    """It knows today and yesterday when it is told what today is."""
    assert str(parse_date(text, today=date(2024, 3, 1))) == iso


# --- lines that are nothing but a date --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("29 January 2021", "2021-01-29"),
        ("07 October 2020", "2020-10-07"),
        ("23 Octobre 2019", "2019-10-23"),
        ("17 февраля 2024 года", "2024-02-17"),
        ("October 2019", "2019-10"),
        ("2020-02-14", "2020-02-14"),
        ("14.02.2020", "2020-02-14"),
        ("Last updated on 18 December 2024", "2024-12-18"),
        ("Published 3 May 2019", "2019-05-03"),
        ("Published: 3 May 2019", "2019-05-03"),
        ("Опубликовано: 17 февраля 2024 г.", "2024-02-17"),
        ("Publié le 1er octobre 2019", "2019-10-01"),
        ("Dernière mise à jour\u00a0: 3 mai 2019", "2019-05-03"),
        ("Última actualización: 14 de febrero de 2020", "2020-02-14"),
        ("Friday, 29th January 2021.", "2021-01-29"),
        ("  29 January\u00a02021\t", "2021-01-29"),
    ],
)
def test_takes_a_date_line(line: str, iso: str) -> None:
    """It takes a line that is nothing but a date, with or without a label."""
    assert str(date_line(line)) == iso


@pytest.mark.parametrize(
    "line",
    [
        "",
        "23 October 2016 was a good day for the snow leopard",
        "Bonn, 14 February 2020 –",
        "14 February 2020 –",
        "14 February 2020:",
        "2018: A New Year for Saiga",
        "1959–2021",
        "1959-2021",
        "(1959-2019)",
        "Snow Leopard Day 2016",
        "2020",
        "2020.",
        "2024 год",
        "2017/016",
        "2017/01",
        "2017-01",
        "2019-20",
        "7",
        "3–5 May 2020",
        "3-5 May 2020",
        "29 January 2021 - 3 May 2021",
        "31 February 2020",
        "02/03/2016",
        "today",
        "Updated May",
        "Dates 3 May 2020",
        "12 " * 5000,
    ],
)
def test_leaves_other_lines_alone(line: str) -> None:
    """It leaves titles, datelines, numbers and spans of time alone."""
    assert date_line(line) is None


# --- the names --------------------------------------------------------------------------------------------


def test_names_are_spelled_as_folded() -> None:
    """It holds every name in the spelling that folded text has."""
    names = [*MONTHS, *WEEKDAYS, *FILLERS, *LABELS]

    assert [name for name in names if fold(name) != name] == []


def test_no_month_is_a_filler() -> None:
    """It never drops a month as a word that says nothing."""
    assert FILLERS.isdisjoint(MONTHS)


def test_no_label_hides_a_longer_one() -> None:
    """It tries a longer label before a shorter one that it begins with."""
    hidden = [long for at, long in enumerate(LABELS) if any(long.startswith(short) for short in LABELS[:at])]

    assert hidden == []


@pytest.mark.parametrize(
    "text",
    [
        "29. Januar 2021",
        "29 de janeiro de 2021",
        "29 gennaio 2021",
        "2021 жылғы 29 қаңтар",
        "29 қаңтар 2021 ж.",
        "2021-yil 29-yanvar",
        "29 yanvar 2021 yil",
        "2021 йил 29 январь",
        "29 январи соли 2021",
        "2021-жылдын 29-январы",
        "2021 оны 1-р сарын 29",
        "2021 оны 01 дүгээр сарын 29-ний өдөр",
        "2021 оны нэгдүгээр сарын 29",
        "2021年1月29日",
        "二〇二一年一月二十九日",
        "29 يناير 2021",
        "٢٩ يناير ٢٠٢١",
        "29 كانون الثاني 2021",
        "۲۹ ژانویهٔ ۲۰۲۱",
    ],
)
def test_dates_of_the_range_states_are_read(text: str) -> None:
    """It knows the months of German, Portuguese, Italian, and of the languages between Iran and China."""
    assert str(parse_date(text)) == "2021-01-29"
    assert str(date_line(text)) == "2021-01-29"


def test_a_month_without_a_day_is_read_in_chinese() -> None:
    """It keeps the precision, and takes no year alone for a date line."""
    assert (str(parse_date("2021年1月")), str(parse_date("2021年"))) == ("2021-01", "2021")
    assert date_line("2021年") is None
