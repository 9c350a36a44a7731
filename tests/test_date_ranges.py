"""Intervals of days and the expressions of a query that name them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.dates.partial import PartialDate
from newsarchive.dates.ranges import DateRange, parse_range
from newsarchive.errors import BadDateError

WEDNESDAY = date(2024, 12, 18)


def bounds(text: str, today: date = WEDNESDAY) -> tuple[str, str]:
    found = parse_range(text, today=today)
    return tuple("" if day is None else day.isoformat() for day in (found.start, found.end))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-02-14", "2020-02-14", "2020-02-14"),
        ("17 февраля 2024 года", "2024-02-17", "2024-02-17"),
        ("февраль-2024", "2024-02-01", "2024-02-29"),
        ("feb-2020", "2020-02-01", "2020-02-29"),
        ("août\u00a02020", "2020-08-01", "2020-08-31"),
        ("2020Q1", "2020-01-01", "2020-03-31"),
        ("2020-q4", "2020-10-01", "2020-12-31"),
        ("9999Q4", "9999-10-01", "9999-12-31"),
        ("today", "2024-12-18", "2024-12-18"),
        ("yesterday", "2024-12-17", "2024-12-17"),
        ("this-week", "2024-12-16", "2024-12-22"),
        ("last-week", "2024-12-09", "2024-12-15"),
        ("Last week", "2024-12-09", "2024-12-15"),
        ("this-month", "2024-12-01", "2024-12-31"),
        ("last-month", "2024-11-01", "2024-11-30"),
        ("this-year", "2024-01-01", "2024-12-31"),
        ("last-year", "2023-01-01", "2023-12-31"),
        ("-10d", "2024-12-08", "2024-12-18"),
        ("-3w", "2024-11-27", "2024-12-18"),
        ("-6m", "2024-06-18", "2024-12-18"),
        ("-1Y", "2023-12-18", "2024-12-18"),
        ("-0d", "2024-12-18", "2024-12-18"),
    ],
)
def test_every_expression_is_an_interval(text: str, start: str, end: str) -> None:
    """It reads each single expression as its first and last day."""
    assert bounds(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("20201007", "2020-10-07", "2020-10-07"),
        ("2020-W41", "2020-10-05", "2020-10-11"),
        ("2020w01", "2019-12-30", "2020-01-05"),
        ("2020-W53-5", "2021-01-01", "2021-01-01"),
        ("2020H1", "2020-01-01", "2020-06-30"),
        ("2020-h2", "2020-07-01", "2020-12-31"),
        ("Q3 2020", "2020-07-01", "2020-09-30"),
        ("H2 2020", "2020-07-01", "2020-12-31"),
        ("this-quarter", "2024-10-01", "2024-12-31"),
        ("last half", "2024-01-01", "2024-06-30"),
        ("20201007..2020-W43", "2020-10-07", "2020-10-25"),
    ],
)
def test_numbered_periods(text: str, start: str, end: str) -> None:
    """It reads compact days, ISO weeks and their days, halves and quarters."""
    assert bounds(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("until 2020", "", "2020-12-31"),
        ("before 2020", "", "2019-12-31"),
        ("after 14 February 2020", "2020-02-15", ""),
        ("from 2016 to 2018", "2016-01-01", "2018-12-31"),
        ("between May and June 2020", "2020-05-01", "2020-06-30"),
        ("до 2020 года", "", "2020-12-31"),
        ("раньше 2020", "", "2019-12-31"),
        ("с мая 2020", "2020-05-01", ""),
        ("с 2016 по 2018 год", "2016-01-01", "2018-12-31"),
        ("с 14 по 17 февраля 2020", "2020-02-14", "2020-02-17"),
        ("на прошлой неделе", "2024-12-09", "2024-12-15"),
        ("вчера", "2024-12-17", "2024-12-17"),
        ("jusqu’en 2020", "", "2020-12-31"),
        ("jusqu'à mars 2020", "", "2020-03-31"),
        ("depuis 2020", "2020-01-01", ""),
        ("de 2016 à 2018", "2016-01-01", "2018-12-31"),
        ("la semaine dernière", "2024-12-09", "2024-12-15"),
        ("aujourd’hui", "2024-12-18", "2024-12-18"),
        ("hasta 2020", "", "2020-12-31"),
        ("antes del 14 de febrero de 2020", "", "2020-02-13"),
        ("desde mayo de 2020", "2020-05-01", ""),
        ("entre 2016 y 2018", "2016-01-01", "2018-12-31"),
        ("el año pasado", "2023-01-01", "2023-12-31"),
    ],
)
def test_intervals_in_words(text: str, start: str, end: str) -> None:
    """It reads open and closed intervals, this and last, in words of four languages."""
    assert bounds(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "month", "start", "end"),
    [
        ("FY2020", 4, "2019-04-01", "2020-03-31"),
        ("fy2020q1", 10, "2019-10-01", "2019-12-31"),
        ("FY2020-Q4", 7, "2020-04-01", "2020-06-30"),
        ("FY2019/20", 4, "2019-04-01", "2020-03-31"),
        ("FY2019/2020H2", 4, "2019-10-01", "2020-03-31"),
        ("FY2020", 1, "2020-01-01", "2020-12-31"),
    ],
)
def test_fiscal_years(text: str, month: int, start: str, end: str) -> None:
    """It counts fiscal years by the year they end in, unless both are named, and says which days they are."""
    found = parse_range(text, today=WEDNESDAY, fiscal=month)

    assert (str(found.start), str(found.end)) == (start, end)
    assert found.note == f"{text.upper()} is taken for {start}..{end}"


@pytest.mark.parametrize(
    "text", ["FY2020Q1", "FY2019/21", "FY2019/20Q5", "2020H3", "2020-W54", "20201301", "2020-W41-8"]
)
def test_periods_that_do_not_exist(text: str) -> None:
    """It refuses what does not exist, and fiscal years where nobody said when they begin."""
    with pytest.raises(BadDateError):
        parse_range(text, today=WEDNESDAY, fiscal=None if text == "FY2020Q1" else 4)


@pytest.mark.parametrize("text", ["۲۰۲۰", "٢٠٢٠", "२०२०", "２０２０", "๒๐๒๐"])
def test_digits_of_other_scripts(text: str) -> None:
    """It reads the digits of every script."""
    assert bounds(text) == ("2020-01-01", "2020-12-31")
    assert bounds(f"..{text}") == ("", "2020-12-31")


@pytest.mark.parametrize("text", ["۱۴۰۰", "२०७८", "๒๕๖๔", "۱۴۰۰..۱۴۰۲"])
def test_years_of_other_calendars(text: str) -> None:
    """It refuses a year in such digits that is none of our time, and does not take it for one."""
    with pytest.raises(BadDateError, match="is a year of another calendar"):
        parse_range(text, today=WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "today", "start", "end"),
    [
        ("last-month", date(2024, 1, 31), "2023-12-01", "2023-12-31"),
        ("last-week", date(2024, 1, 1), "2023-12-25", "2023-12-31"),
        ("-1m", date(2024, 3, 31), "2024-02-29", "2024-03-31"),
        ("-1m", date(2024, 1, 15), "2023-12-15", "2024-01-15"),
        ("-1y", date(2024, 2, 29), "2023-02-28", "2024-02-29"),
    ],
)
def test_crosses_the_ends_of_months_and_years(text: str, today: date, start: str, end: str) -> None:
    """It goes back over the new year and stays inside shorter months."""
    assert bounds(text, today) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2019..", "2019-01-01", ""),
        ("..2018", "", "2018-12-31"),
        ("2016..2018", "2016-01-01", "2018-12-31"),
        ("2020-02..2020-05", "2020-02-01", "2020-05-31"),
        ("2020-05..2020", "2020-05-01", "2020-12-31"),
        ("2020q1..2020Q3", "2020-01-01", "2020-09-30"),
        ("14.02.2020..15.03.2020", "2020-02-14", "2020-03-15"),
        ("last-month..", "2024-11-01", ""),
        ("2024..today", "2024-01-01", "2024-12-18"),
        ("-3w..-1w", "2024-11-27", "2024-12-11"),
        ("..-6m", "", "2024-06-18"),
    ],
)
def test_joins_two_expressions(text: str, start: str, end: str) -> None:
    """It reaches from the start of the first to the end of the last; an offset there is a single day."""
    assert bounds(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018..2016", "2016-01-01", "2018-12-31"),
        ("2020-05..2020-02", "2020-02-01", "2020-05-31"),
        ("-1w..-3w", "2024-11-27", "2024-12-11"),
    ],
)
def test_swaps_a_reversed_range(text: str, start: str, end: str) -> None:
    """It turns a reversed range round and says so."""
    assert bounds(text) == (start, end)
    assert parse_range(text, today=WEDNESDAY).swapped


def test_says_nothing_of_a_range_in_order() -> None:
    """It does not call a range swapped that was not."""
    assert not parse_range("2016..2018", today=WEDNESDAY).swapped


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", ""),
        ("..", ".."),
        ("soon", "soon"),
        ("2019..soon", "soon"),
        ("31 Feb 2020..2021", "31 Feb 2020"),
        ("2019..2020..2021", "2020..2021"),
        ("2020Q5", "2020Q5"),
        ("0000Q1", "0000Q1"),
        ("last-day", "last-day"),
        ("-3x", "-3x"),
        ("-9999y", "-9999y"),
        ("-99999m..", "-99999m"),
    ],
)
def test_refuses_with_the_part_at_fault(text: str, fault: str) -> None:
    """It refuses what is no date and names the part that is at fault."""
    with pytest.raises(BadDateError) as refused:
        parse_range(text, today=WEDNESDAY)

    assert refused.value.text == fault


def test_refuses_two_readings() -> None:
    """It refuses an ambiguous end of a range with both of its readings."""
    with pytest.raises(BadDateError) as refused:
        parse_range("2015..02/03/2016", today=WEDNESDAY)

    assert refused.value.readings == ("2016-03-02", "2016-02-03")


@pytest.mark.parametrize(
    ("text", "when", "held"),
    [
        ("2021", "2021", True),
        ("2021", "2021-01", True),
        ("2021", "2021-01-29", True),
        ("2021", "2020-12-31", False),
        ("2021-01", "2021", False),
        ("2021-01", "2021-01-31", True),
        ("2021-01-29", "2021-01", False),
        ("2019..", "2019", True),
        ("2019..", "2018-12-31", False),
        ("..2018-06", "2018", False),
        ("..2018-06", "2018-06", True),
    ],
)
def test_holds_a_date_whose_whole_interval_lies_in_it(text: str, when: str, held: bool) -> None:
    """It holds a date only when the whole of that date's interval lies in it."""
    found = parse_range(text, today=WEDNESDAY)

    assert found.holds(PartialDate.from_iso(when)) is held


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2020, 1, 31), False),
        (date(2020, 2, 1), True),
        (date(2020, 2, 29), True),
        (date(2020, 3, 1), False),
    ],
)
def test_holds_its_first_and_last_day(day: date, held: bool) -> None:
    """It includes both of its ends."""
    assert DateRange(date(2020, 2, 1), date(2020, 2, 29)).holds_day(day) is held


@given(st.dates())
def test_open_on_both_sides_holds_every_day(day: date) -> None:
    """It holds any day where neither end is set."""
    assert DateRange(None, None).holds_day(day)


@given(st.dates(), st.dates())
def test_two_days_span_a_range_in_either_order(one: date, other: date) -> None:
    """It makes the same range of two days whichever comes first."""
    forth = parse_range(f"{one}..{other}", today=WEDNESDAY)
    back = parse_range(f"{other}..{one}", today=WEDNESDAY)

    assert forth == back == DateRange(min(one, other), max(one, other))


@given(st.text(alphabet="0123456789.-qQwmydlasttoekr ", max_size=20))
def test_fails_only_as_promised(text: str) -> None:
    """It returns a range in order or raises BadDateError, and nothing else."""
    try:
        found = parse_range(text, today=WEDNESDAY)
    except BadDateError:
        return

    assert found.start is None or found.end is None or found.start <= found.end
