"""Documents as the generators of web sites have them: Jekyll, Hugo, Zola, 11ty; YAML, TOML and JSON."""

from __future__ import annotations

import pytest
from reading_and_writing import only_fault, read, read_entries

from newsarchive.dates.partial import PartialDate
from newsarchive.entry import Entry
from newsarchive.formats.base import Fault, Hints, Item, Remark, Source
from newsarchive.formats.front_matter import write_document
from newsarchive.formats.registry import reader

DAY = PartialDate(2019, 5, 3)


def only_entry(text: str, name: str = "x.md") -> Entry:
    """Return the entry of a document that must have no fault."""
    (entry,) = read_entries("markdown", text, name)
    return entry


def only_item(text: str, name: str = "x.md") -> Item:
    """Return the item of a document with its notes."""
    (found,) = read("markdown", text, name)
    assert isinstance(found, Item), found
    return found


# --- fences and languages ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Saiga\ndate: 2019-05-03\n---\nBody\n",
        "--- yaml\ntitle: Saiga\ndate: 2019-05-03\n-----\nBody\n",
        '+++\ntitle = "Saiga"\ndate = 2019-05-03\n+++\nBody\n',
        '+++\ntitle = "Saiga"\ndate = 2019-05-03T10:00:00+02:00\n+++\nBody\n',
        '---toml\ntitle = "Saiga"\ndate = 2019-05-03T10:00:00\n---\nBody\n',
        ';;;\n{"title": "Saiga", "date": "2019-05-03"}\n;;;\nBody\n',
        '---json\n{"title": "Saiga", "date": "2019-05-03"}\n---\nBody\n',
        '{"title": "Saiga", "date": "2019-05-03"}\n\nBody\n',
        '{\n  "title": "Saiga",\n  "date": "2019-05-03"\n}\nBody\n',
        '\ufeff+++\r\ntitle = "Saiga"\r\ndate = "3 May 2019"\r\n+++\r\nBody\r\n',
        '\n\n{"title": "Saiga", "date": "2019-05-03"}\r\rBody\r',
    ],
)
def test_front_matter_is_yaml_toml_or_json(text: str) -> None:
    """It reads the three languages between their fences, and JSON without any."""
    entry = only_entry(text)

    assert (entry.title, entry.date, entry.body) == ("Saiga", DAY, "Body")


@pytest.mark.parametrize("name", ["post.md", "-"])
def test_a_document_is_recognised_by_its_fence(name: str) -> None:
    """It says of TOML and JSON between fences, as of YAML, that they are documents."""
    from newsarchive.formats.sniffing import sniff

    assert [sniff(name, head) for head in (b"+++\na=1", b";;;\n{", b"---toml\n", b"---\r\n")] == [
        "markdown"
    ] * 4


# --- names of the generators ------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["date", "pubDate", "published", "publishDate", "created", "Published On"])
def test_a_date_has_many_names(key: str) -> None:
    """It knows what Jekyll, Astro, Hugo and others call the date."""
    assert only_entry(f"---\ntitle: a\n{key}: 2019-05-03\n---\n").date == DAY


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("description", "summary"),
        ("excerpt", "summary"),
        ("lead", "summary"),
        ("permalink", "url"),
        ("link", "url"),
        ("canonical", "url"),
        ("headline", "title"),
    ],
)
def test_fields_have_many_names(key: str, field: str) -> None:
    """It knows what others call the fields of text."""
    title = "" if field == "title" else "title: a\n"

    entry = only_entry(f"---\n{title}{key}: /news/saiga\n---\n")

    assert getattr(entry, field) == "/news/saiga"
    assert entry.extra == {}


@pytest.mark.parametrize(
    ("line", "languages"),
    [
        ("lang: ru", ("ru",)),
        ("language: en_US", ("en-US",)),
        ("locale: fr_FR.UTF-8", ("fr-FR",)),
        ("languages: [en, Russian]", ("en", "ru")),
        ("lang: EN/RU", ("en", "ru")),
        ("lang: испанский", ("es",)),
    ],
)
def test_languages_have_codes_and_names(line: str, languages: tuple[str, ...]) -> None:
    """It reads codes, locales and the names of the languages of the house."""
    assert only_entry(f"---\ntitle: a\n{line}\n---\n").languages == languages


@pytest.mark.parametrize(
    ("lines", "tags"),
    [
        ("tags: [saiga, snow leopard]", ("saiga", "snow leopard")),
        ("tags: saiga, snow leopard", ("saiga", "snow leopard")),
        ("tags: saiga leopard", ("saiga", "leopard")),
        ("tags: saiga\ncategories: [News]", ("saiga", "News")),
        ("category: Press Release", ("Press Release",)),
        ("keywords: a b", ("a", "b")),
        ("taxonomies:\n  tags: [a]\n  categories: [b]", ("a", "b")),
        ("tags:", ()),
    ],
)
def test_tags_come_from_all_their_names(lines: str, tags: tuple[str, ...]) -> None:
    """It joins tags, categories and keywords, and parts a text as Jekyll and Hugo do."""
    assert only_entry(f"---\ntitle: a\n{lines}\n---\n").tags == tags


def test_tags_parted_at_blanks_are_noted() -> None:
    """It says so, for whoever meant one tag of two words."""
    notes = only_item("---\ntitle: a\ntags: snow leopard\n---\n").notes

    assert notes == ("tags: 'snow leopard' is read as 2 tags; commas keep blanks in tags",)


def test_other_keys_are_kept() -> None:
    """It keeps what no field has a place for, nested as it was, and the tables of Zola."""
    entry = only_entry(
        '+++\ntitle = "a"\ndraft = false\nweight = 1.5\naliases = ["/b"]\n'
        '[taxonomies]\ntags = ["x"]\nauthors = ["Someone"]\n'
        '[extra]\nsummary = "s"\nhero = {src = "p.jpg"}\n+++\n'
    )

    assert entry.tags == ("x",)
    assert entry.extra == {
        "draft": False,
        "weight": 1.5,
        "aliases": ["/b"],
        "taxonomies": {"authors": ["Someone"]},
        "source_summary": "s",
        "hero": {"src": "p.jpg"},
    }


def test_dates_of_toml_in_other_places_become_text() -> None:
    """It keeps them as JSON can hold them."""
    entry = only_entry('+++\ntitle = "a"\nlastchecked = [2019-05-03, 10:00:00]\n+++\n')

    assert entry.extra == {"lastchecked": ["2019-05-03", "10:00:00"]}


@pytest.mark.parametrize("line", ["published: true", "permalink: false", "permalink: pretty", "date:"])
def test_a_key_may_mean_something_else(line: str) -> None:
    """It knows that Jekyll's `published` is no date, and a style no address."""
    entry = only_entry(f"---\ntitle: a\n{line}\n---\n")

    assert (entry.date, entry.url) == (None, None)


def test_the_likelier_name_wins() -> None:
    """It takes the name of the field itself before others, and keeps those in `extra`."""
    entry = only_entry(
        "---\nheadline: b\ntitle: a\ncreated: 2018\ndate: 2019-05-03\ndescription: d\nsummary: s\n---\n"
    )

    assert (entry.title, entry.date, entry.summary) == ("a", DAY, "s")
    assert entry.extra == {"headline": "b", "created": "2018", "description": "d"}


def test_the_user_can_say_what_is_what() -> None:
    """It takes the keys that are mapped, whatever else is there."""
    hints = Hints(fields={"kop": "title", "Day": "date"})
    data = b"---\ntitle: a\nKop: b\nday: 9/12/13\n---\n"

    source = Source("x.md", data, hints=hints._replace(date_order="mdy"))
    (found,) = reader("markdown").read(source)

    assert isinstance(found, Item)
    assert (found.entry.title, found.entry.date) == ("b", PartialDate(2013, 9, 12))
    assert found.entry.extra == {"source_title": "a"}


# --- names of files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("posts/2019-05-03-saiga.md", "2019-05-03"),
        ("2019-05-03_saiga.md", "2019-05-03"),
        ("2019-05-03.md", "2019-05-03"),
        ("2019-05-03-saiga/index.md", "2019-05-03"),
        ("2019-13-45-saiga.md", "None"),
        ("2019-05-031.md", "None"),
        ("2018-01-01-old/2019-05-03-saiga.md", "2019-05-03"),
        ("saiga-2019-05-03.md", "None"),
    ],
)
def test_the_name_of_a_file_may_begin_with_the_date(name: str, date: str) -> None:
    """It takes Jekyll's date from the name of the file, or of its folder, where no key has one."""
    assert str(only_entry("---\ntitle: a\n---\n", name).date) == date


def test_the_date_inside_counts_more() -> None:
    """It leaves the name of the file alone when there is a date."""
    assert str(only_entry("---\ntitle: a\ndate: 2018\n---\n", "2019-05-03-saiga.md").date) == "2018"


def test_the_page_of_a_section_is_no_story() -> None:
    """It leaves out Hugo's and Zola's `_index.md`, and says so."""
    found = read("markdown", "---\ntitle: Blog\n---\n", "posts/_index.md")

    assert found == [Remark("posts/_index.md", "is the page of a section, not a story, and is left out")]


# --- YAML that is none ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Press Release: Afghanistan and Tajikistan", "Press Release: Afghanistan and Tajikistan"),
        ("title: [Draft] Plan: Part 1", "[Draft] Plan: Part 1"),
        ('title: "Saiga" numbers', '"Saiga" numbers'),
        ("title: 'He said 'no''", "He said 'no'"),
        ("title: @CMS", "@CMS"),
        ("title: *Breaking* news", "*Breaking* news"),
        ("title: 50%: `half`", "50%: `half`"),
        ("title: It's: here", "It's: here"),
    ],
)
def test_a_line_that_is_no_yaml_is_read_to_its_end(line: str, title: str) -> None:
    """It takes a title as it was meant, and says in which line the quotes are missing."""
    item = only_item(f"\n---\ndate: 2019\n{line}\ntags: [a]\n---\n")

    assert (item.entry.title, item.entry.tags) == (title, ("a",))
    assert item.notes == ("line 4: title is no YAML and is read as text; put the text in quotes",)


def test_a_comment_in_a_title_is_noted() -> None:
    """It says what YAML leaves out of a title with a number sign."""
    item = only_item("---\ntitle: Saiga #1 in Asia\ndraft: no # yet\n---\n")

    assert item.entry.title == "Saiga"
    assert item.notes == ("line 2: YAML leaves out '#1 in Asia' behind the title; put the text in quotes",)


# --- faults -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ('+++\ntitle = "a"\n', "x.md:1", "the front matter is not closed by a line `+++`"),
        ("+++\na = " + "[" * 100_000 + "\n+++\n", "x.md:1", "is nested deeper than 32 levels"),
        ("+++\na = " + "[" * 40 + "]" * 40 + "\n+++\n", "x.md:1", "is nested deeper than 32 levels"),
        ("+++\nb = 1\n" + "a." * 100_000 + "a = 1\n+++\n", "x.md:3", "is nested deeper than 32 levels"),
        ('{"title": "a"\n', "x.md:2", "is not JSON: Expecting ',' delimiter"),
        (";;;\n[1]\n;;;\n", "x.md:1", "the front matter is no object"),
        (";;;\n{\n'a': 1}\n;;;\n", "x.md:3", "is not JSON: "),
        ('{"a":' * 100_000, "x.md:1", "is nested too deep"),
        ('{"a":' * 40 + "1" + "}" * 40, "x.md:1", "is nested deeper than 32 levels"),
        ("---js\n{}\n---\n", "x.md:1", "has no front matter: it does not begin with a line `---`, `+++`"),
    ],
)
def test_a_fault_is_reported_with_its_line(text: str, place: str, reason: str) -> None:
    """It names the line of the file for every language, and does not follow what is nested too deep."""
    fault = only_fault("markdown", text, "x.md")

    assert fault.place == place
    assert fault.reason.startswith(reason)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (f"title: {'a' * 501}", "title: has 501 characters; 500 are allowed"),
    ],
)
def test_what_an_archive_may_not_hold_has_a_line(line: str, reason: str) -> None:
    """It names the line of a value that is refused, not only of one that cannot be read."""
    fault = only_fault("markdown", f"---\nheadline: a\n{line}\n---\n", "x.md")

    assert fault == Fault("x.md:3", reason)


def test_dots_close_front_matter_too() -> None:
    """It reads what pandoc and Jekyll write."""
    (entry,) = read_entries("markdown", "---\ntitle: a\n...\nText\n...\n")

    assert (entry.title, entry.body) == ("a", "Text\n...")


def test_an_ambiguous_date_names_the_remedy() -> None:
    """It says how to read the dates of all documents of a folder."""
    item = only_item("---\ntitle: a\ndate: 02/03/2016\n---\n")

    assert item.notes[0].endswith("say --date-order dmy|mdy|ymd; it is kept as source_date")


def test_tags_of_yaml_build_nothing() -> None:
    """It reads what is written, and says so of a tag that means more than what kind of value it is."""
    item = only_item(
        "---\ntitle: !!str Saiga\nsummary: ! 'Year: one'\ndate: !ruby/object:DateTime 2019-05-03\n---\n"
    )

    assert (item.entry.title, item.entry.summary, str(item.entry.date)) == (
        "Saiga",
        "Year: one",
        "2019-05-03",
    )
    assert item.notes == (
        "line 4: '!ruby/object:DateTime' is a tag of YAML's that says nothing here; its value is read as it stands",
    )


def test_a_quote_that_is_never_closed() -> None:
    """It reads the text behind it."""
    item = only_item('---\ntitle: "Saiga\ndate: 2019-05-03\n---\nText.\n')

    assert (item.entry.title, str(item.entry.date)) == ("Saiga", "2019-05-03")
    assert item.notes == ("line 2: title is no YAML and is read as text; put the text in quotes",)


def test_texts_that_ruby_wrote_in_base64() -> None:
    """It reads what is tagged as binary and is text; other bytes stay as they stand, with a note."""
    text = '---\ntitle: !binary |\n  0KHQsNC50LPQsNC6OiDQs9C+0LQg0L/QtdGA0LLRi9C5\nicon: !!binary "//79"\n---\nA\n'

    item = only_item(text)

    assert item.entry.title == "Сайгак: год первый"
    assert item.entry.extra == {"icon": "//79"}
    assert [note for note in item.notes if "binary" in note] == [
        "line 4: 'tag:yaml.org,2002:binary' is a tag of YAML's that says nothing here; its value is read as it stands"
    ]


def test_names_hold_where_another_line_is_no_yaml() -> None:
    """It knows what an alias stands for, although each key is read by itself; and how much all repeat together."""
    text = '---\ntitle: Saiga\nauthor: &who Aigul\nodd: "x" y\neditor: *who\n---\nText.\n'
    assert only_entry(text).extra == {"author": "Aigul", "odd": '"x" y', "editor": "Aigul"}

    long, many = "y" * 30_000, "".join(f"k{n}: *long\n" for n in range(50))
    repeated = only_entry(f'---\ntitle: Saiga\nauthor: &long {long}\nodd: "x" y\n{many}---\nText.\n').extra
    assert sum(value == long for value in repeated.values()) == 4


def test_an_alias_stands_for_a_text() -> None:
    """It takes the text that has the name, as posts that repeat their title do."""
    entry = only_entry("---\ntitle: &t Saiga\nsummary: *t\n---\n")

    assert (entry.title, entry.summary) == ("Saiga", "Saiga")


# --- what other readers make of what is written ------------------------------------------------------------


@pytest.mark.parametrize("text", ["1e3", "7e12", "-2E+5", "089", "0o17", "1,000", "3.", ".5", "2021"])
def test_texts_that_others_would_read_as_numbers_are_quoted(text: str) -> None:
    """It puts in quotes what is a number to readers of YAML 1.2, such as Hugo's, or to Ruby's, as in Jekyll."""
    written = write_document({"title": text, "tags": [text]}, "")

    assert f"title: '{text}'\ntags:\n- '{text}'\n" in written
    assert only_entry(written).title == text


@pytest.mark.parametrize("text", ["COP14", "3e", "e3", "1e3 saigas", "7th-meeting", "2019–2021"])
def test_other_texts_are_written_without_quotes(text: str) -> None:
    """It leaves words with figures in them as they are."""
    assert f"title: {text}\n" in write_document({"title": text}, "")
