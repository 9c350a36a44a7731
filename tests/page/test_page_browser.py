"""The page in use: filters, keyboard, addresses, screens, paper, no script, and texts that mean harm."""

from __future__ import annotations

import re

import pytest

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry, Relation

ENTRIES = [
    Entry(
        id=1,
        title="Saiga return",
        date=PartialDate(2024, 5, 17),
        summary="Herds in the steppe.",
        languages=("en",),
        tags=("species/saiga",),
        url="https://news.example/1",
        body="The whole story.",
        relations=(Relation("translation", 2),),
    ),
    Entry(id=2, title="Сайгаки вернулись", date=PartialDate(2024, 5), languages=("ru",)),
    Entry(id=3, title="Snow leopard day", date=PartialDate(2016), languages=("en",), tags=("leopard",)),
    Entry(id=4, title="Without a date", languages=("en",)),
]

HOSTILE = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "<!-- <script> -->",
    "]]><svg onload=alert(3)>",
    "<style>*{display:none}</style>",
    "gpj.\u202eexe",
    "{{ 7 * 7 }} {% raw %} ${8 * 8}",
    "__proto__",
    "</title></textarea><iframe src=https://evil.example>",
    "&lt;b&gt; &amp; &#60;",
]
ADDRESSES = [
    "javascript:alert(4)",
    "JaVaScRiPt:alert(5)",
    "java\tscript:alert(6)",
    "data:text/html,<script>alert(7)</script>",
    "vbscript:alert(8)",
    "//evil.example/x",
    "https:evil.example",
    '" onmouseover="alert(9)',
    "file:///etc/passwd",
    "https:// news.example",
]
HARMLESS_ADDRESSES = [
    "https://news.example/\"onclick='alert(10)'",
    "HTTP://news.example/?a=1&b=2",
    "mailto:press@news.example",
]


# --- choosing ---------------------------------------------------------------------------------------------


def test_choices_narrow_the_page(write, open_page):
    """It shows what is in the year, has the tag and is in the language, and says how many."""
    opened = open_page(write(ENTRIES))

    opened.page.select_option("#year", "2024")
    opened.page.select_option("#language", "ru")

    assert opened.shown() == [2]
    assert opened.status() == "1 of 4 entries"
    assert opened.page.is_hidden("#year-2016")
    assert opened.page.inner_text("#year-2024 h2 span") == "1 of 2 entries"


def test_show_all_takes_every_choice_back(write, open_page):
    """It empties the field and the lists, and hides itself."""
    opened = open_page(write(ENTRIES), "#q=saiga&tag=species%2Fsaiga")

    opened.page.click("#clear")

    assert opened.shown() == [1, 2, 3, 4]
    assert opened.status() == "4 entries"
    assert opened.page.is_hidden("#clear")


def test_nothing_found_is_said(write, open_page):
    """It says so where the entries were, and in the count."""
    opened = open_page(write(ENTRIES))

    opened.type("zebra")

    assert opened.shown() == []
    assert opened.status() == "0 of 4 entries"
    assert opened.page.is_visible("#nothing")


def test_a_tag_shows_its_entries(write, open_page):
    """It makes a link of each tag."""
    opened = open_page(write(ENTRIES))

    opened.page.click("#entry-3 .tags a")
    opened.wait_for("1 of 4 entries")

    assert opened.shown() == [3]
    assert opened.page.input_value("#tag") == "leopard"


def test_the_timeline_shows_the_share(write, open_page):
    """It draws what is shown of a year over what there is."""
    opened = open_page(write(ENTRIES))

    opened.type("saiga return")

    bar = opened.page.locator("nav a[href='#year-2024']")
    assert bar.locator(".all").get_attribute("height") == "52"
    assert bar.locator(".shown").get_attribute("height") == "26"
    assert bar.locator(".shown").get_attribute("y") == "42"


def test_the_full_text_opens_and_closes(write, open_page):
    """It hides a body behind a button that says whether it is open."""
    opened = open_page(write(ENTRIES))
    body, button = opened.page.locator("#entry-1 .body"), opened.page.locator("#entry-1 .more")
    assert not body.is_visible()

    button.click()

    assert body.is_visible()
    assert button.get_attribute("aria-expanded") == "true"


# --- addresses --------------------------------------------------------------------------------------------


def test_a_selection_is_in_the_address(write, open_page):
    """It keeps what is typed and chosen after the # sign, and comes back to it."""
    path = write(ENTRIES)
    opened = open_page(path)
    opened.type("сайгаки")
    opened.page.select_option("#language", "ru")
    opened.page.wait_for_url(re.compile("language=ru"))

    again = open_page(path, "#" + opened.page.url.partition("#")[2])

    assert again.page.input_value("#search") == "сайгаки"
    assert again.shown() == [2]


def test_an_entry_in_the_address_is_shown_among_all(write, open_page):
    """It gives a selection up for an entry that is not in it, and keeps it for one that is."""
    opened = open_page(write(ENTRIES), "#language=en")

    opened.go("entry-3")
    kept = opened.shown()
    opened.go("entry-2")

    assert kept == [1, 3, 4]
    assert opened.shown() == [1, 2, 3, 4]


@pytest.mark.parametrize("fragment", ["#year=1999", "#tag=__proto__", "#q=%", "#x=1", "#=", "#%"])
def test_an_address_that_asks_for_nothing_known_shows_all(write, open_page, fragment):
    """It ignores choices that the page does not have."""
    opened = open_page(write(ENTRIES), fragment)

    assert opened.shown() == [1, 2, 3, 4]
    assert opened.complaints == []


# --- the keyboard -----------------------------------------------------------------------------------------


def test_the_keyboard_is_enough(write, open_page):
    """It goes to the search with /, from entry to entry with the arrows, and back with Escape."""
    page = open_page(write(ENTRIES)).page
    focused = "document.activeElement.id"

    page.keyboard.press("/")
    page.keyboard.type("saiga")
    places = [page.evaluate(focused)]
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
        places.append(page.evaluate(focused))

    assert places == ["search", "entry-1", "entry-2", "entry-2", "entry-1", "search"]
    page.keyboard.press("Escape")
    assert page.input_value("#search") == ""


def test_escape_leads_from_an_entry_to_the_search(write, open_page):
    """It selects what was typed, so that the next letter begins anew."""
    page = open_page(write(ENTRIES), "#q=saiga").page
    page.focus("#search")
    page.keyboard.press("ArrowDown")

    page.keyboard.press("Escape")
    page.keyboard.type("leopard")

    assert page.input_value("#search") == "leopard"


def test_keys_of_the_browser_are_left_alone(write, open_page):
    """It does not take / inside the field, nor keys with Ctrl."""
    page = open_page(write(ENTRIES)).page
    page.focus("#search")

    page.keyboard.type("a/b")
    page.keyboard.press("Control+ArrowDown")

    assert page.input_value("#search") == "a/b"
    assert page.evaluate("document.activeElement.id") == "search"


def test_a_screen_reader_finds_its_way(write, open_page):
    """It has landmarks, names for every field, headings for years and entries, and a live count."""
    page = open_page(write(ENTRIES)).page

    for role, name in [
        ("banner", None),
        ("main", None),
        ("search", None),
        ("navigation", "Years"),
        ("searchbox", "Search"),
        ("combobox", "Year"),
        ("combobox", "Tag"),
        ("combobox", "Language"),
        ("region", "2024 2 entries"),
        ("heading", "Snow leopard day"),
        ("link", "2024: 2 entries"),
        ("status", None),
    ]:
        assert page.get_by_role(role, name=name, exact=True).count() == 1, (role, name)
    assert page.get_attribute("#status", "aria-live") == "polite"


# --- screens and paper ------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 360, 1000])
def test_nothing_is_wider_than_the_screen(write, open_page, width):
    """It breaks long words and lets fields and bars shrink."""
    long = Entry(id=9, title="W" * 300, url="https://news.example/" + "x" * 300, tags=("t" * 100,))
    decades = [Entry(id=100 + year, title=str(year), date=PartialDate(year)) for year in range(1950, 2025)]

    page = open_page(write([*ENTRIES, long, *decades]), width=width).page

    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_dark_mode_follows_the_system(write, open_page):
    """It is light on dark where the reader's system is."""
    page = open_page(write(ENTRIES), color_scheme="dark").page

    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(23, 24, 26)"


def test_paper_has_the_entries_and_no_fields(write, open_page):
    """It prints what is shown, without what only works on a screen."""
    page = open_page(write(ENTRIES), "#q=saiga").page

    page.emulate_media(media="print")

    assert not page.is_visible(".controls")
    assert page.is_visible("#entry-1")
    assert page.is_visible("#status")
    assert not page.is_visible("#entry-3")


def test_without_script_it_is_a_plain_list(write, open_page):
    """It shows every entry and its full text, and no field that would do nothing."""
    page = open_page(write(ENTRIES), java_script_enabled=False).page

    assert [page.is_visible(f"#entry-{number}") for number in (1, 2, 3, 4)] == [True] * 4
    assert page.is_visible("#entry-1 .body")
    assert not page.is_visible(".controls")
    assert not page.is_visible(".more")
    assert page.is_visible("nav[aria-label=Years]")


# --- texts that mean harm ---------------------------------------------------------------------------------


def test_no_text_runs_or_breaks_out(write, open_page):
    """It shows each text as it is wherever it stands: no dialog, no request, no breach of the policy."""
    entries = [
        Entry(id=number, title=text, summary=text, body=text, languages=(text,), tags=(text,))
        for number, text in enumerate([*HOSTILE, "x"])
    ]

    opened = open_page(write(entries, title="".join(HOSTILE)))
    opened.type("x")
    opened.page.wait_for_timeout(200)

    assert opened.complaints == []
    assert len(opened.requests) == 1
    titles = opened.page.evaluate("Array.from(document.querySelectorAll('h3'), one => one.textContent)")
    assert titles == [text.replace("\u202e", "\\u202e") for text in [*HOSTILE, "x"]]
    sizes = opened.page.evaluate(
        "Array.from(document.querySelectorAll('article'), one => one.querySelectorAll('*').length)"
    )
    assert len(set(sizes)) == 1


def test_no_address_runs(write, open_page):
    """It links to http, https and mailto only, and shows any other address as text."""
    entries = [
        Entry(id=number, title="Click me", url=address)
        for number, address in enumerate([*ADDRESSES, *HARMLESS_ADDRESSES])
    ]

    opened = open_page(write(entries))
    for number in range(len(ADDRESSES)):
        opened.page.click(f"#entry-{number} h3")

    links = opened.page.evaluate(
        "Array.from(document.querySelectorAll('article a'), one => one.getAttribute('href'))"
    )
    assert links == HARMLESS_ADDRESSES
    assert "data:text/html,<script>alert(7)</script>" in opened.page.inner_text("#entry-3")
    assert opened.complaints == []


def test_nothing_is_loaded_from_elsewhere(write, open_page):
    """It asks for the file itself and nothing more, whatever is typed and chosen."""
    opened = open_page(write(ENTRIES, link="https://site.example/", feed="https://site.example/feed.atom"))

    opened.type("saiga")
    opened.page.select_option("#year", "2024")
    opened.page.click("#entry-1 .more")
    opened.page.wait_for_timeout(200)

    assert [request.rpartition("/")[2] for request in opened.requests] == ["page.html"]
    assert opened.complaints == []
