"""The order of day and month: settled by a whole column, refused where nothing settles it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_and_writing import read_entries

from newsarchive.dates.partial import PartialDate
from newsarchive.errors import BadDateError, BadValueError
from newsarchive.formats.base import DateOrder
from newsarchive.formats.reading.dating import ORDERS, date_of_number, is_date, number_in, read_date, settle

FORMS = {"dmy": "{0.day}/{0.month}/{0.year}", "mdy": "{0.month}/{0.day}/{0.year}"}


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["8/28/2013", "9/12/13"], "mdy"),
        (["28/8/2013", "9/12/13"], "dmy"),
        (["28/08/13", "13/12/2013"], "dmy"),
        (["8/28/13"], "mdy"),
        (["13/08/28", "14/1/1"], "ymd"),
        (["02.03.2016", "04.05.2016"], "dmy"),
        (["02.03.16"], "dmy"),
        (["02.13.2016", "04.05.2016"], "mdy"),
        (["Fri, 05/03/2019 - 10:00", "Fri, 05/31/2019 - 10:00"], "mdy"),
        (["28-8-2013 10:00", "9-12-2013T11:30:00Z"], "dmy"),
        (["28-Aug-13", "3-May-99"], "dmy"),
        (["28-Aug-13", "9/12/13", "31/1/2013"], "dmy"),
        (["Aug 28, 13", "Sept 3, 13"], "mdy"),
        (["3 мая 13", "31 декабря 99"], "dmy"),
        (["8/28/2013", "soon", "", "31/31/2013", "2013-02-03", "12 May 2013"], "mdy"),
    ],
)
def test_the_order_that_explains_the_column_wins(column: list[str], order: DateOrder) -> None:
    """It reads all dates in every order, and takes the one in which all of them exist."""
    assert settle(column) == (order, None)


@pytest.mark.parametrize(
    "column", [[], ["2013-09-12", "2013/02/03"], ["12 May 2019"], ["soon"], ["31/31/2013"], ["2019"]]
)
def test_a_column_may_need_no_order(column: list[str]) -> None:
    """It settles nothing where no date depends on it."""
    assert settle(column) == (None, None)


def test_orders_that_say_the_same_need_no_choice() -> None:
    """It is content when every order gives the same dates."""
    assert settle(["5/5/2013", "7/7/2014"]).fault is None


@pytest.mark.parametrize(
    ("column", "fault"),
    [
        (["02/03/2016", "04/05/2016"], "'02/03/2016' can be read as 2016-03-02 or 2016-02-03"),
        (["28-Aug-13"], "'28-Aug-13' can be read as 2013-08-28 or 2028-08-13"),
        (["9/12/13"], "'9/12/13' can be read as 2013-12-09 or 2013-09-12"),
        (["28/08/13"], "'28/08/13' can be read as 2013-08-28 or 2028-08-13"),
        (["02.03.2016", "04/05/2016"], "'04/05/2016' can be read as 2016-05-04 or 2016-04-05"),
        (
            ["28/8/2013", "8/28/2013"],
            "no order of day and month fits all dates, '28/8/2013' is dmy and '8/28/2013'",
        ),
        (
            ["9/12/13", "28-Aug-13", "8/28/2013"],
            "no order of day and month fits all dates, '8/28/2013' is mdy and '28-Aug-13' is dmy or ymd;",
        ),
    ],
)
def test_a_column_that_settles_nothing_is_a_fault(column: list[str], fault: str) -> None:
    """It does not guess, and names the option that settles it."""
    settled = settle(column)

    assert settled.order is None
    assert settled.fault is not None
    assert settled.fault.startswith(fault)
    assert settled.fault.endswith("say --date-order dmy|mdy|ymd")


@given(
    st.lists(st.dates(date(1970, 1, 1), date(2068, 12, 31)), min_size=1, max_size=20),
    st.sampled_from(["dmy", "mdy"]),
)
def test_no_column_is_read_wrong(days: list[date], order: DateOrder) -> None:
    """It reads every day of a column right, or none at all."""
    column = [FORMS[order].format(day) for day in days]

    settled = settle(column)

    if settled.fault is None:
        assert [read_date(text, settled.order).start for text in column] == days


@given(st.dates(date(1969, 1, 1), date(2068, 12, 31)), st.sampled_from(ORDERS))
def test_two_digits_are_a_year_around_2000(day: date, order: DateOrder) -> None:
    """It takes 69 to 99 for the last century and 00 to 68 for this one."""
    parts = {"d": f"{day.day}", "m": f"{day.month}", "y": f"{day.year % 100:02}"}

    assert read_date("/".join(parts[part] for part in order), order).start == day


@pytest.mark.parametrize(
    ("text", "order", "date"),
    [
        ("9/12/13", "mdy", "2013-09-12"),
        ("2013-09-12", "mdy", "2013-09-12"),
        ("28-Aug-13", "dmy", "2013-08-28"),
        ("28-Aug-13", "mdy", "2013-08-28"),
        ("28-Aug-13", "ymd", "2028-08-13"),
        ("Aug-28-13", "dmy", "2013-08-28"),
        ("28-Aug-2013", "mdy", "2013-08-28"),
        ("2013/9/2", "dmy", "2013-09-02"),
        ("1.2.19 г.", "dmy", "2019-02-01"),
        ("8/28/2013", None, "2013-08-28"),
        ("14.02.2020", None, "2020-02-14"),
        ("Friday, May 3, 2019 - 10:00", None, "2019-05-03"),
        ("17 февраля 2024 года", None, "2024-02-17"),
        ("02/2013", "mdy", "2013-02"),
        ("3‑5‑2019", "dmy", "2019-05-03"),
    ],
)
def test_a_date_is_read_in_its_order(text: str, order: DateOrder | None, date: str) -> None:
    """It needs the order for three numbers only, unless a whole year stands in front."""
    assert str(read_date(text, order)) == date


@pytest.mark.parametrize(
    "text", ["02/03/2016", "9/12/13", "28/08/13", "soon", "0/0/2013", "1/2/0999", "1/2/3"]
)
def test_a_date_without_its_order_is_refused(text: str) -> None:
    """It never decides about a single date by itself, and never about a year of two digits."""
    with pytest.raises(BadDateError):
        read_date(text)


def test_a_date_must_fit_the_order() -> None:
    """It refuses a date that the order of its column makes impossible."""
    with pytest.raises(BadValueError) as caught:
        read_date("28/8/2013", "mdy")

    assert str(caught.value) == "date: '28/8/2013' does not fit the order mdy of the dates"


@pytest.mark.parametrize(
    ("number", "date"),
    [
        (1611878400, "2021-01-29"),
        (1611878400.5, "2021-01-29"),
        (1611878400000, "2021-01-29"),
        (20210129, "2021-01-29"),
        (2021, "2021"),
        (0, "1970-01-01"),
        (-86400, "1969-12-31"),
    ],
)
def test_a_number_is_a_day(number: float, date: str) -> None:
    """It reads seconds and milliseconds since 1970 in UTC, and days and years without signs."""
    assert str(date_of_number(number)) == date


@pytest.mark.parametrize("number", [10**18, -(10**18), 1e300, 20210231, 20211329])
def test_a_number_that_is_no_day_is_refused(number: float) -> None:
    """It has no date for what no calendar holds, and does not take the 31st of February for seconds."""
    with pytest.raises(BadDateError):
        date_of_number(number)


@given(st.dates(date(1975, 1, 1), date(2100, 1, 1)))
def test_seconds_come_back(day: date) -> None:
    """It finds the day of any second in it."""
    seconds = (day - date(1970, 1, 1)) // timedelta(seconds=1) + 86_399

    assert date_of_number(seconds) == PartialDate(day.year, day.month, day.day)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1611878400", 1611878400),
        ("20210129", 20210129),
        ("/Date(1611878400000)/", 1611878400000),
        ("2021", None),
    ],
)
def test_a_text_may_be_a_number(text: str, number: int | None) -> None:
    """It takes long rows of digits, and what Microsoft's JSON makes of dates, for numbers."""
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8/28/2013", True),
        ("9/12/13", True),
        ("3 May 2019", True),
        ("2019", False),
        ("1234", False),
        ("Saiga", False),
    ],
)
def test_a_cell_shows_whether_it_is_a_date(text: str, expected: bool) -> None:
    """It wants more than a number that may be a year."""
    assert is_date(text) is expected


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019-05-00", "2019-05"),
        ("2019-00-00", "2019"),
        ("2019-05-00 00:00:00", "2019-05"),
        ("2019-00-00T00:00:00Z", "2019"),
    ],
)
def test_a_day_that_is_nought_is_not_known(text: str, date: str) -> None:
    """It reads what databases write for a month or a year."""
    assert str(read_date(text)) == date


@pytest.mark.parametrize("text", ["0101-01-01", "0001-01-01T00:00:00Z", "0000-00-00 00:00:00"])
@pytest.mark.parametrize("format_", ["json", "jsonfeed", "csv", "tsv"])
def test_the_first_day_of_programs_is_no_date(format_: str, text: str) -> None:
    """It brings the story in undated."""
    sources = {
        "json": f'[{{"headline": "Saiga", "date": "{text}"}}]',
        "jsonfeed": f'{{"items": [{{"title": "Saiga", "date_published": "{text}"}}]}}',
        "csv": f"headline,date\nSaiga,{text}\n",
        "tsv": f"title\tdate\nSaiga\t{text}\n",
    }

    (entry,) = read_entries(format_, sources[format_])

    assert (entry.title, entry.date) == ("Saiga", None)
