"""`newsarchive stats`: how many entries there are of each kind."""

import json

import pytest

from newsarchive.render.tallies import bar


@pytest.fixture
def archive(invoke):
    """Start an archive of four entries, one of them with nothing but a title."""
    english, russian = ["--lang", "en"], ["--lang", "ru"]
    invoke("add", "--title", "Saiga", "--date", "2019-03-02", "--tag", "saiga,news", *english)
    invoke("add", "--title", "Сайгак", "--date", "2019", "--tag", "saiga", *russian)
    invoke("add", "--title", "Both", "--date", "2021-11", *english, *russian)
    invoke("add", "--title", "Zzz")
    return invoke


def test_years_come_in_order_and_the_rest_by_number(archive):
    """It counts an entry with two values for both, and names those without any last."""
    rows = json.loads(archive("stats", "--by", "year,tag,language", "--json").out)

    assert [(row["by"], row["value"], row["entries"]) for row in rows] == [
        ("year", "2019", 2),
        ("year", "2021", 1),
        ("year", None, 1),
        ("tag", "saiga", 2),
        ("tag", "news", 1),
        ("tag", None, 2),
        ("language", "en", 2),
        ("language", "ru", 2),
        ("language", None, 1),
    ]


def test_a_month_is_counted_only_where_it_is_known(archive):
    """It does not make a January of a year."""
    rows = json.loads(archive("stats", "--by", "month", "--json").out)

    assert [(row["value"], row["entries"]) for row in rows] == [("2019-03", 1), ("2021-11", 1), (None, 2)]


def test_a_pipe_gets_the_table_without_bars(archive):
    """It aligns the columns and draws nothing."""
    result = archive("stats", "date:2019..", "--by", "year")

    assert result.out == "Year  Entries\n2019        2\n2021        1\n"


def test_csv_has_a_header_and_a_row_for_each_value(archive):
    """It leaves the cell empty for entries without a value."""
    result = archive("stats", "--by", "year", "--format", "csv")

    assert result.out == "by,value,entries\r\nyear,2019,2\r\nyear,2021,1\r\nyear,,1\r\n"


def test_nothing_selected_is_valid_and_empty(archive):
    """It prints the empty array and says on stderr that nothing matched."""
    result = archive("stats", "nosuchword", "--json")

    assert (result.code, result.out) == (0, "[]\n")
    assert "nothing matches 'nosuchword'" in result.err


@pytest.mark.parametrize("words", [["--by", "colour"], ["--by", ","], ["--format", "xml"]])
def test_unknown_kinds_and_formats_are_refused(archive, words):
    """It exits 2 and names what there is."""
    result = archive("stats", *words)

    assert (result.code, result.out) == (2, "")
    assert "choose" in result.err


@pytest.mark.parametrize(
    ("count", "most", "drawn"), [(1, 1, "█" * 40), (1, 2, "█" * 20), (1, 80, "▌"), (1, 10_000, "▏")]
)
def test_a_bar_is_as_long_as_its_share(count, most, drawn):
    """It never vanishes while there is something to show."""
    assert bar(count, most, 40) == drawn


@pytest.mark.parametrize(("width", "bars"), [(200, "█" * 40), (60, "█" * 40), (40, "█" * 20), (28, "█" * 8)])
def test_bars_leave_room_for_the_rest(archive, terminal, width, bars):
    """It draws them as long as the terminal has room for beside the values and the counts."""
    lines = terminal("stats", "--by", "language", "--no-color", "-q", width=width).out.splitlines()

    assert max(map(len, lines)) <= width
    assert any(bars in line and f"{bars}█" not in line for line in lines)


def test_a_long_value_is_folded_beside_its_bar(invoke, terminal):
    """It keeps every letter, the count and a bar on a terminal that is too narrow for all."""
    invoke("add", "--title", "A", "--tag", "a" * 100)

    shown = terminal("stats", "--by", "tag", "--no-color", "-q", width=60).out

    assert shown.count("a") == 100 + 1  # and that of the heading
    assert "1  ████████\n" in shown
