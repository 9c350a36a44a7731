"""The pasted news page, with every trap that real pages were seen to set."""

from __future__ import annotations

from pathlib import Path

import pytest
from clock import soon
from hypothesis import given
from hypothesis import strategies as st
from reading_and_writing import format_of, only_fault, read, read_entries

from newsarchive.formats.base import Fault, Item, Source
from newsarchive.formats.registry import reader

DATA = Path(__file__).parent / "data"

PROSE = "The meeting of the range states in Bonn agreed on what is to be done for the saiga until 2030."
SUMMARY = "Experts met in Bonn."


def stories(page: str) -> list[tuple[str, str, str | None]]:
    """Return title, date and summary of each item of a page that has no faults."""
    entries = read_entries("listing", page)
    return [(entry.title, str(entry.date), entry.summary) for entry in entries]


def found(page: str) -> list[str | Fault]:
    """Return the title of each item and every fault."""
    return [one.entry.title if isinstance(one, Item) else one for one in read("listing", page, "page.txt")]


# --- the real page ----------------------------------------------------------------------------------------


def test_the_cami_page_has_ten_stories() -> None:
    """It finds every story of the page, in its order, with its day."""
    page = (DATA / "cami-news-listing.txt").read_bytes()

    entries = read_entries("listing", page)

    assert [(str(entry.date), entry.title) for entry in entries] == [
        ("2021-01-29", "In memoriam – Anton Mezhnev"),
        ("2020-10-07", "Press Release: Afghanistan and Tajikistan Step Up Environmental Cooperation"),
        ("2020-02-14", "Gobi Bear, Persian Leopard and Wild Sheep Set for Greater Protection"),
        (
            "2019-10-09",
            "Gobi Bear, Persian Leopard and Other Central Asian Mammals to Receive Greater Protection",
        ),
        ("2019-08-07", "In Memoriam – Dr Lkhagvasuren Badamjav (1959-2019)"),
        (
            "2018-11-02",
            "Connectivity Conservation: a Key Element of the Post-2020 Global Biodiversity Framework",
        ),
        ("2018-04-27", "Midterm Review of the Central Asian Mammals Initiative (CAMI)"),
        ("2017-12-12", "Addition of Three Species proposed by Mongolia to the Appendices of CMS"),
        ("2017-02-06", "Saving Snow Leopards from the Brink of Extinction"),
        ("2016-11-14", "The Argali Sheep – Trophy Hunting as a Potential Conservation Measure?"),
    ]


def test_the_summaries_of_the_cami_page_are_whole() -> None:
    """It keeps every line of the page: the titles, dates and summaries together are its text."""
    page = (DATA / "cami-news-listing.txt").read_text(encoding="utf-8")

    entries = read_entries("listing", page)

    summaries = [line for entry in entries for line in (entry.summary or "").splitlines()]
    titles = [entry.title for entry in entries]
    kept = {*summaries, *titles}
    assert len(summaries) == 11
    assert len([line for line in page.splitlines() if line.strip() and line not in kept]) == 10


def test_a_summary_in_two_languages_keeps_its_lines() -> None:
    """It leaves the English and the Russian line of a summary apart."""
    page = (DATA / "cami-news-listing.txt").read_bytes()

    snow_leopards = read_entries("listing", page)[8]

    english, russian = (snow_leopards.summary or "").split("\n")
    assert english.startswith("In the Hollywood blockbuster The Secret Life of Walter Mitty (2013)")
    assert english.endswith("beautiful ‘ghost cat’.")
    assert russian.startswith("В голливудском блокбастере «Невероятная жизнь Уолтера Митти» (2013)")
    assert russian.endswith("красивой «призрачной кошки».")


def test_a_summary_that_begins_with_its_dateline_is_whole() -> None:
    """It does not take the date inside a dateline for the end of the item."""
    page = (DATA / "cami-news-listing.txt").read_bytes()

    gobi_bear = read_entries("listing", page)[2]

    assert gobi_bear.summary == (
        "Bonn, 14 February 2020 – The Gobi Bear – the only bear living in the desert - the Persian Leopard "
        "and the Urial, a wild sheep, are set to join other"
    )


def test_an_item_comes_from_the_file_and_line() -> None:
    """It names the file as the source, without its folder, and the line of the title in reports."""
    page = (DATA / "cami-news-listing.txt").read_bytes()

    first, second, *_ = read("listing", page, "/home/someone/cami.txt")

    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert (first.entry.source, first.place) == ("cami.txt", "/home/someone/cami.txt:1")
    assert second.place == "/home/someone/cami.txt:7"


# --- where an item ends -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("29 January 2021", "2021-01-29"),
        ("07 October 2020", "2020-10-07"),
        ("23 Octobre 2019", "2019-10-23"),
        ("17 февраля 2024 года", "2024-02-17"),
        ("4 de mayo de 2018", "2018-05-04"),
        ("Last updated on 18 December 2024", "2024-12-18"),
        ("Published 3 May 2019", "2019-05-03"),
        ("Friday, 29 January 2021.", "2021-01-29"),
        ("January 2021", "2021-01"),
    ],
)
def test_a_date_alone_in_its_line_ends_an_item(line: str, date: str) -> None:
    """It takes dates in the page's four languages, with the labels pages put before them."""
    assert stories(f"A Title\n\n{SUMMARY}\n\n{line}\n") == [("A Title", date, SUMMARY)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "page",
    [
        f"A Title\n\n{SUMMARY}\n\n3 May 2019\n\nB Title\n\n{SUMMARY}\n\n4 May 2019",
        f"A Title\n{SUMMARY}\n3 May 2019\nB Title\n{SUMMARY}\n4 May 2019\n",
        f"\n\n\nA Title\n\n\n{SUMMARY}\n3 May 2019\n\n\n\nB Title\n{SUMMARY}\n\n\n4 May 2019\n\n\n",
        f"  A Title \n \t \n\xa0{SUMMARY}\xa0\n3 May 2019\t\nB Title\n{SUMMARY}\n4 May 2019",
        f"\ufeffA Title\n{SUMMARY}\n3 May 2019\nB Title\n{SUMMARY}\n4 May 2019",
    ],
)
def test_blank_lines_say_nothing(page: str, line_end: str) -> None:
    """It finds the same items however the blank lines and blanks of the page fell."""
    assert stories(page.replace("\n", line_end)) == [
        ("A Title", "2019-05-03", SUMMARY),
        ("B Title", "2019-05-04", SUMMARY),
    ]


@pytest.mark.parametrize(
    "summary",
    [
        "23 October 2016 was celebrated as the day of the snow leopard.",
        "Bonn, 14 February 2020 – The Gobi Bear is set to join others.",
        "Astana / Bonn, 3 March 2019: Experts met.",
        "Today the world celebrates, and on 4 May 2020",
        "The species (Saiga tatarica, Saiga borea",
        "The range states have agreed to prot",
        "2019",
        "[draft] plan: =1+1",
    ],
)
def test_a_summary_is_taken_as_it_is(summary: str) -> None:
    """It keeps summaries that hold dates, or were cut inside a word or bracket."""
    page = f"A Title\n\n{summary}\nand more.\n3 May 2019\n"

    expected = "and more." if summary == "2019" else f"{summary}\nand more."
    assert stories(page) == [("A Title", "2019-05-03", expected)]


@pytest.mark.parametrize(
    "title",
    [
        "Snow Leopard Day 2016",
        "2018: A New Year for Saiga",
        "2017/016: Amendments to the Appendices of the Convention",
        "In Memoriam – Dr Lkhagvasuren Badamjav (1959–2019)",
        "1959–2021",
        "CMS COP14",
        "What is Next for the Saiga?",
        "World Migratory Bird Day, 9 May 2020",
        "Press Release: News from Bonn",
        "📰 Saiga",
    ],
)
def test_a_title_may_hold_a_year(title: str) -> None:
    """It keeps titles with years, numbers, colons and the words of headings, with and without a summary."""
    page = f"{title}\n{SUMMARY}\n3 May 2019\n{title}\n4 May 2019\n"

    assert stories(page) == [(title, "2019-05-03", SUMMARY), (title, "2019-05-04", None)]


def test_items_need_no_order() -> None:
    """It reads pages whose dates go up and down, and languages that do not match their months."""
    page = (
        "El leopardo de las nieves\nLos expertos se reunieron.\n23 October 2019\n"
        "Le saïga\nLes experts se sont réunis.\n3 May 2021\n"
        "Сайгак\nЭксперты встретились.\n14 February 2020\n"
    )

    assert [(title, date) for title, date, _ in stories(page)] == [
        ("El leopardo de las nieves", "2019-10-23"),
        ("Le saïga", "2021-05-03"),
        ("Сайгак", "2020-02-14"),
    ]


# --- what is no item --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        "News",
        "Press releases",
        "Новости",
        "Actualités\n\nCommuniqués de presse",
        "Home\nMenu\nNews",
        "Convention on Migratory Species\nNews",
        "Please read more in our news sections:",
        f"{PROSE} Please read more in our news sections:",
        f"{PROSE}{PROSE}{PROSE}\n\nPlease read more in our news sections:\n\nPress releases",
        "Snow leopard © Sebastian Kennerknecht / Panthera",
        "2021",
        "« first ‹ previous 1 2 3",
    ],
)
def test_the_head_of_a_page_is_no_title(head: str) -> None:
    """It leaves out headings, introductions, pagers and captions above the first title."""
    assert stories(f"{head}\n\nA Title\n\n{SUMMARY}\n\n3 May 2019\n") == [("A Title", "2019-05-03", SUMMARY)]


@pytest.mark.parametrize(
    "line",
    [
        "Read more",
        "Read more »",
        "Lire la suite…",
        "Leer más",
        "Подробнее",
        "next ›",
        "« first ‹ previous 1 2 3 4 … next › last »",
        "Page 2 of 7",
        "Press releases",
        "2019",
        "***",
        "Saiga © Andrey Giljov",
        "© CMS",
    ],
)
def test_boilerplate_is_left_out_everywhere(line: str) -> None:
    """It leaves links, pagers, headings and captions out of titles and summaries."""
    page = (
        f"A Title\n{line}\n{SUMMARY}\n{line}\n3 May 2019\n{line}\nB Title\n\n{line}\n\n4 May 2019\n{line}\n"
    )

    assert stories(page) == [("A Title", "2019-05-03", SUMMARY), ("B Title", "2019-05-04", None)]


def test_a_second_date_tells_of_an_update() -> None:
    """It takes the first date of an item, and passes over when the page was changed."""
    page = "A Title\n3 May 2019\nLast updated on 18 December 2024\nB Title\n4 May 2019\n"

    assert [(title, date) for title, date, _ in stories(page)] == [
        ("A Title", "2019-05-03"),
        ("B Title", "2019-05-04"),
    ]


# --- dates above ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        f"3 May 2019\n\nA Title\n\n{SUMMARY}\n\n4 May 2019\n\nB Title\n\nIt was good.\n",
        f"News\n\n3 May 2019\n\nA Title\n\n{SUMMARY}\n\n4 May 2019\n\nB Title\n\nIt was good.\n\nnext ›\n",
        f"EUROBATS\n\n3 May 2019\nA Title\n{SUMMARY}\n\n4 May 2019\nB Title\nIt was good.\n",
    ],
)
def test_dates_may_stand_above(page: str) -> None:
    """It sees that a page has its dates before the titles, and reads all of it that way."""
    assert stories(page) == [("A Title", "2019-05-03", SUMMARY), ("B Title", "2019-05-04", "It was good.")]


@pytest.mark.parametrize("foot", ["Contact us", "Contact us\nTerms of use"])
def test_the_foot_of_a_page_does_not_turn_it_round(foot: str) -> None:
    """It reads dates as ends of items even when more text follows the last one."""
    page = f"A Title\n\n{SUMMARY}\n\n3 May 2019\n\nB Title\n\n{SUMMARY}\n\n4 May 2019\n{foot}\n"

    assert found(page) == [
        "A Title",
        "B Title",
        Fault("page.txt:12", "no date stands by “Contact us”, so it is left out"),
    ]


# --- what is reported -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "place", "reason"),
    [
        (
            "A Title\n\nText.\n",
            "page.txt",
            "no line is only a date, so nothing tells where an item ends; "
            "put each date in a line of its own, below its story",
        ),
        ("", "page.txt", "holds no text"),
        ("  \n\t\n", "page.txt", "holds no text"),
        ("\n\n3 May 2019\n", "page.txt:3", "the date '3 May 2019' belongs to no title"),
        (
            f"{PROSE} And then it {PROSE.lower()}\n3 May 2019\n",
            "page.txt:1",
            "no title stands above “The meeting of the range states in Bonn agreed on what is t…”",
        ),
        (
            "Bonn, 14 February 2020 – The Gobi Bear\n14 February 2020\n",
            "page.txt:1",
            "no title stands above “Bonn, 14 February 2020 – The Gobi Bear”",
        ),
    ],
)
def test_text_without_a_date_or_title_is_reported(page: str, place: str, reason: str) -> None:
    """It makes no entry of what is incomplete, and says where it stands."""
    assert only_fault("listing", page, "page.txt") == Fault(place, reason)


def test_an_empty_title_does_not_stop_the_rest() -> None:
    """It reports a date without a title, and reads the items around it."""
    page = "A Title\n3 May 2019\n\n\n4 May 2019\n\nB Title\n5 May 2019\n"

    assert found(page) == [
        "A Title",
        Fault("page.txt:5", "the date '4 May 2019' belongs to no title"),
        "B Title",
    ]


def test_an_item_without_a_date_is_not_joined_to_the_next() -> None:
    """It sees a title between two summaries, and reports the story above it."""
    page = "A Title\n\nA text about the saiga.\n\nB Title of Another Story\n\nAbout the bear.\n\n3 May 2019\n"

    assert found(page) == [
        Fault("page.txt:1", "no date stands by “A Title”, so it is left out"),
        "B Title of Another Story",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Experts met in Bonn.", "Saiga", "They talked about the saiga."],
        ["Experts met in Bonn.", "Встреча в Бонне", "Эксперты встретились в Бонне."],
        ["They agreed on:", "Plans for the Saiga", "Plans for the Gobi Bear", "and more."],
        ["Experts met in Bonn.", "and then in the city of Cologne", "They came home."],
    ],
)
def test_a_summary_may_have_several_lines(lines: list[str]) -> None:
    """It keeps lines together that do not look like the title of another story."""
    summary = "\n".join(lines)

    assert stories(f"A Title\n{summary}\n3 May 2019\n") == [("A Title", "2019-05-03", summary)]


def test_the_last_item_without_its_date_is_reported() -> None:
    """It reports what was cut off at the end of the paste."""
    page = f"A Title\n3 May 2019\nB Title\n{SUMMARY}\n"

    assert found(page) == ["A Title", Fault("page.txt:3", "no date stands by “B Title”, so it is left out")]


@given(
    st.lists(st.sampled_from(["A Title", SUMMARY, PROSE * 3, "3 May 2019", "", "News", "Read more", "1 2 3"]))
)
def test_no_title_is_lost_without_a_word(lines: list[str]) -> None:
    """It finds an item or a fault for whatever a page holds, and never a date as a title."""
    results = found("\n".join(lines))

    assert "3 May 2019" not in results
    assert results or not {"A Title", SUMMARY} & set(lines)


@pytest.mark.parametrize("line", ["News", PROSE * 3, "A Title", SUMMARY, "1 2 3", "."])
def test_long_pages_take_no_longer_by_the_line(line: str) -> None:
    """It reads a page of 20,000 equal lines before the first date without comparing each with all."""
    with soon(10):
        read("listing", f"{line}\n" * 20_000 + "3 May 2019\n")


# --- dates between title and summary ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        f"A Title\n3 May 2019\n{SUMMARY}\n\nB Title\n4 May 2019\n{SUMMARY}\n\n"
        f"C Title\n5 May 2019\n{SUMMARY}\n",
        f"News\n\nA Title\n\n3 May 2019\n\n{SUMMARY}\n\nB Title\n\n4 May 2019\n\n{SUMMARY}\n\n"
        f"C Title\n\n5 May 2019\n\n{SUMMARY}\n\nnext ›\n",
        f"A Title\n3 May 2019\n{SUMMARY}\nB Title\n4 May 2019\n{SUMMARY}\nC Title\n5 May 2019\n{SUMMARY}\n",
    ],
)
def test_dates_may_stand_between_title_and_summary(page: str) -> None:
    """It sees that every date has its title above and its summary below."""
    assert stories(page) == [
        ("A Title", "2019-05-03", SUMMARY),
        ("B Title", "2019-05-04", SUMMARY),
        ("C Title", "2019-05-05", SUMMARY),
    ]


def test_a_single_date_may_stand_between() -> None:
    """It tells a summary below the date from the foot of the page."""
    assert stories(f"A Title\n3 May 2019\n{SUMMARY}\n") == [("A Title", "2019-05-03", SUMMARY)]
    assert found("A Title\n3 May 2019\nContact us\n")[0] == "A Title"


def test_a_summary_may_be_missing_between() -> None:
    """It reads a title directly below the date of another."""
    page = (
        f"A Title\n3 May 2019\n{SUMMARY}\n\nB Title\n4 May 2019\n\nC Title\n5 May 2019\n{SUMMARY}\n\n"
        f"D Title\n6 May 2019\n{SUMMARY}\n"
    )

    assert [summary for _, _, summary in stories(page)] == [SUMMARY, None, SUMMARY, SUMMARY]


def test_the_foot_of_a_page_is_reported_below_the_last_summary() -> None:
    """It does not join what stands apart to the last summary."""
    page = f"A Title\n3 May 2019\n{SUMMARY}\n\nB Title\n4 May 2019\n{SUMMARY}\nIt was good.\n\nContact us\n"

    assert found(page)[2] == Fault("page.txt:10", "no date stands by “Contact us”, so it is left out")
    assert [one.entry.summary for one in read("listing", page) if isinstance(one, Item)] == [
        SUMMARY,
        f"{SUMMARY}\nIt was good.",
    ]


# --- items without a date ---------------------------------------------------------------------------------

UNDATED = Fault("page.txt:4", "no date stands by “An Undated Story”, so it is left out")


@pytest.mark.parametrize(
    ("page", "titles"),
    [
        (
            f"A Title\n{SUMMARY}\n3 May 2019\nAn Undated Story\n{SUMMARY}\nB Title\n{SUMMARY}\n4 May 2019\n",
            ["A Title", UNDATED, "B Title"],
        ),
        (
            f"3 May 2019\nA Title\n{SUMMARY}\nAn Undated Story\n{SUMMARY}\n\n"
            f"4 May 2019\nB Title\n{SUMMARY}\n",
            ["A Title", UNDATED, "B Title"],
        ),
        (
            f"A Title\n3 May 2019\n{SUMMARY}\nAn Undated Story\n{SUMMARY}\nB Title\n4 May 2019\n{SUMMARY}\n",
            ["A Title", UNDATED, "B Title"],
        ),
    ],
)
def test_an_undated_item_is_reported_wherever_dates_stand(page: str, titles: list[str | Fault]) -> None:
    """It joins no story to its neighbour because its own date is missing."""
    assert found(page) == titles


# --- dates of three numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["29.01.2021", "29/1/2021", "29-01-2021", "2021-01-29"])
def test_a_date_may_be_numbers(line: str) -> None:
    """It reads numbers in the order that they allow."""
    assert stories(f"A Title\n{SUMMARY}\n{line}\n") == [("A Title", "2021-01-29", SUMMARY)]


def test_numbers_are_read_as_the_whole_page_demands() -> None:
    """It settles the order of day and month by all dates of the page."""
    page = f"A Title\n{SUMMARY}\n8/28/2013\nB Title\n{SUMMARY}\n9/12/13\nC Title\n{SUMMARY}\n1 May 2013\n"

    assert [date for _, date, _ in stories(page)] == ["2013-08-28", "2013-09-12", "2013-05-01"]


def test_numbers_that_nothing_settles_are_refused() -> None:
    """It names the option that says how to read them."""
    fault = only_fault("listing", f"A Title\n{SUMMARY}\n02/03/2016\n", "page.txt")

    assert fault == Fault(
        "page.txt",
        "'02/03/2016' can be read as 2016-03-02 or 2016-02-03, and no other date settles it; "
        "say --date-order dmy|mdy|ymd",
    )


@pytest.mark.parametrize("line", ["1 2 3", "10 11 12", "2017/016", "1959-2021", "12/13"])
def test_other_numbers_are_no_dates(line: str) -> None:
    """It takes no pager and no document number for a date."""
    assert [date for _, date, _ in stories(f"A Title\n{SUMMARY}\n{line}\n3 May 2019\n")] == ["2019-05-03"]


# --- months -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "form"),
    [
        (
            "January February March April May June July August September October November December",
            "3 {} 2019",
        ),
        (
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
            "3 {} 2019 года",
        ),
        (
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "Vendredi 3 {} 2019",
        ),
        (
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "3 de {} de 2019",
        ),
    ],
)
def test_dates_are_read_in_four_languages(months: str, form: str) -> None:
    """It knows every month of the page's languages, as it stands and with a capital."""
    names = [name for month in months.split() for name in (month, month.title())]

    page = "".join(f"A Title\n{SUMMARY}\n{form.format(name)}\n" for name in names)

    assert [date for _, date, _ in stories(page)] == [f"2019-{n:02}-03" for n in range(1, 13) for _ in "ab"]


@pytest.mark.parametrize("date", ["29. tammikuuta 2021", "31 February 2021", "2021-02-30", "31.02.2021"])
def test_a_line_in_the_shape_of_a_date_is_never_prose(date: str) -> None:
    """It reports the story above it, and does not join it to the next one."""
    page = f"Saiga counted\n\nText.\n\n{date}\n\nBear seen\n\nMore text.\n\n3 May 2019\n"

    fault, item = read("listing", page)

    assert isinstance(fault, Fault)
    assert fault.place == "news:5"
    assert fault.reason == f"{date!r} is no date that can be read, so “Saiga counted” is left out"
    assert isinstance(item, Item)
    assert (item.entry.title, item.entry.summary) == ("Bear seen", "More text.")


# --- what is no page --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("news.bib", "% JabRef\n@misc{a,\n  title = {Saiga},\n}\n2020-01-02\n", "is BibTeX, "),
        ("news.yml", "- title: Saiga\n  date: 2020-01-02\n", "is a list in YAML, "),
        ("news", "\n# news\r\n---\r\n- date: 2020-01-02\r\n  title: Saiga\r\n", "is a list in YAML, "),
        ("news.yml", "- title: |\n    Saiga\n\n  date: 2020-01-02\n", "is a list in YAML, "),
        ("news.yml", "- 'title': Saiga\n- 'title': Kulan\n2020-01-02\n", "is a list in YAML, "),
        ("news.wddx", '<?xml version="1.0"?>\n<wddxPacket>\n2020-01-02\n</wddxPacket>', "is XML, "),
        ("news.opml", '<opml version="2.0"><body>\n2020-01-02\n</body></opml>', "is a list of feeds (OPML) "),
        ("news.xml", '<?xml version="1.0"?><!-- a --><urlset xmlns="x">', "is a sitemap, "),
        (
            "news.xml",
            '<?xml version="1.0"?>\n<xml><records><record/></records></xml>',
            "is the XML of EndNote, ",
        ),
        ("news.xml", '<mods:modsCollection xmlns:mods="x">', "is MODS, "),
        ("news.xml", '<collection xmlns="http://www.loc.gov/MARC21/slim">', "is MARC in XML, "),
        ("news.mrc", "00140nam a2200061 i 4500001000200000245005900002", "is MARC, "),
        ("news.nbib", "PMID- 1\nDP  - 2020 Jan 2\n", "is in the format of PubMed, "),
    ],
)
def test_what_is_written_for_programs_is_no_page(name: str, text: str, told: str) -> None:
    """It takes no notation for a title, and says what the text is."""
    source = Source(name, text.encode())
    assert format_of(source) == "listing"

    (fault,) = reader("listing").read(source)

    assert isinstance(fault, Fault)
    assert fault.reason.startswith(told)


@pytest.mark.parametrize(
    "text",
    [
        "Saiga\nThey are back.\n2 January 2020\n\nCite this page:\n@misc{snow2021,\n",
        "- Source: Reuters\nSaiga\nThey are back.\n2 January 2020\n",
        "- Subject: Saiga\nThey are back.\n2 January 2020\n",
    ],
)
def test_a_page_may_hold_a_line_of_a_notation(text: str) -> None:
    """It reads what is around a line that programs write, too."""
    first = next(iter(reader("listing").read(Source("news", text.encode()))))

    assert isinstance(first, Item)
    assert str(first.entry.date) == "2020-01-02"


@pytest.mark.parametrize("title", ["- Saiga: back", "- Note: saiga", "@cms: saiga", "Saiga <?xml"])
def test_a_title_may_look_like_a_notation(title: str) -> None:
    """It reads what has such signs and no more."""
    assert stories(f"{title}\nThey are back.\n2 January 2020\n") == [(title, "2020-01-02", "They are back.")]


@pytest.mark.parametrize("name", ["-", "news", "news.text", "news.yml"])
def test_a_text_with_a_title_line_is_a_document(name: str) -> None:
    """It goes by the lines where the name tells nothing."""
    text = "Title: Saiga\nDate: 2020-01-02\n\nThey are back.\n"

    assert format_of(Source(name, text.encode())) == "markdown"
