"""What reading commands print: tables for people, and for programs what is complete and never decorated."""

from __future__ import annotations

import csv
import io
import json

import pytest

READING = ["list", "search", "show"]
TITLE = "In memoriam – Anton Mezhnev"
COLUMNS = "id,title,date,summary,body,url,source,languages,tags,relations,added,modified,extra"


@pytest.mark.parametrize("command", READING)
def test_json(archive, invoke, command):
    """It prints one array of objects, an entry a line."""
    result = invoke(command, "mezhnev", "--format", "json")

    assert (result.code, result.err) == (0, "")
    assert [entry["title"] for entry in json.loads(result.out)] == [TITLE]
    assert len(result.out.splitlines()) == 3


@pytest.mark.parametrize("command", READING)
def test_json_for_short(archive, invoke, command):
    """It prints the same for --json."""
    assert invoke(command, "saiga", "--json") == invoke(command, "saiga", "--format", "json")


@pytest.mark.parametrize("command", READING)
def test_jsonl(archive, invoke, command):
    """It prints an object a line, the same ones as in json."""
    lines = invoke(command, "mongolia", "--format", "jsonl").out.splitlines()

    assert [json.loads(line) for line in lines] == json.loads(invoke(command, "mongolia", "--json").out)


@pytest.mark.parametrize("command", READING)
def test_csv(archive, invoke, command):
    """It prints the names of the columns and a row for each entry."""
    result = invoke(command, "mezhnev", "--format", "csv")

    header, row = csv.reader(io.StringIO(result.out, newline=""))
    assert ",".join(header).startswith(COLUMNS)
    assert row[:3] == ["1", TITLE, "2021-01-29"]


@pytest.mark.parametrize("command", READING)
def test_tsv(archive, invoke, command):
    """It prints a line for each entry, with tabs between the cells."""
    header, row = invoke(command, "mezhnev", "--format", "tsv").out.splitlines()

    assert header.startswith(COLUMNS.replace(",", "\t"))
    assert row.split("\t")[:3] == ["1", TITLE, "2021-01-29"]


@pytest.mark.parametrize("command", READING)
def test_ids(archive, invoke, command):
    """It prints an id a line and nothing else."""
    assert invoke(command, "memoriam", "-saiga", "--format", "ids").out == "5\n"


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize(
    ("form", "printed"),
    [("table", ""), ("json", "[]\n"), ("jsonl", ""), ("ids", "")],
)
def test_nothing_found(archive, invoke, command, form, printed):
    """It prints what is valid and empty, says so on stderr, and that is no failure."""
    result = invoke(command, "zzqx", "--format", form)

    assert (result.code, result.out) == (0, printed)
    assert result.err.startswith("nothing matches 'zzqx'")


@pytest.mark.parametrize(("form", "separator"), [("csv", ","), ("tsv", "\t")])
@pytest.mark.parametrize(
    ("command", "columns"),
    [
        ("list", COLUMNS),
        ("show", COLUMNS),
        ("export", COLUMNS),
        ("search", f"{COLUMNS},score,matches"),
        ("tags", "tag,entries"),
        ("stats", "by,value,entries"),
        ("history", "operation,time,command,user,entries,undoes,undone,undone_in_part"),
    ],
)
def test_nothing_found_as_a_table_for_programs(archive, invoke, command, columns, form, separator):
    """It prints the names of the columns alone, the same ones as with rows."""
    nothing = invoke(command, "zzqx", "--format", form)
    something = invoke(command, "saiga", "--format", form)

    assert nothing.out.splitlines() == [columns.replace(",", separator)]
    assert something.out.splitlines()[0] == nothing.out.splitlines()[0]


@pytest.mark.parametrize("command", [*READING, "history", "tags"])
def test_an_unknown_format(archive, invoke, command):
    """It names those that there are."""
    result = invoke(command, "saiga", "--format", "yaml")

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("newsarchive: --format 'yaml' is unknown; choose table, ")


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv"])
@pytest.mark.parametrize("query", ["mongolia", "zzqx", "date:2018..2019"])
def test_list_and_export_print_the_same(archive, invoke, form, query):
    """It prints the same bytes, because the writers are the same."""
    listed = invoke("list", query, "--format", form, "--limit", "2")
    exported = invoke("export", query, "--format", form, "--limit", "2")

    assert (exported.code, exported.out) == (0, listed.out)


def test_search_adds_the_score_and_the_matches(archive, invoke):
    """It prints an entry as list does, and two keys more, with offsets into the field's own text."""
    [listed] = json.loads(invoke("list", "mezhnev", "--json").out)

    [found] = json.loads(invoke("search", "Mezhnef", "--json").out)

    assert list(found)[-2:] == ["score", "matches"]
    assert {name: value for name, value in found.items() if name not in ("score", "matches")} == listed
    assert found["score"] > 0
    assert found["matches"][0]["field"] == "title"
    assert TITLE[found["matches"][0]["start"] : found["matches"][0]["end"]] == "Mezhnev"


def test_the_table_in_a_pipe(archive, invoke):
    """It prints aligned columns as wide as their content, without colours, lines or breaks."""
    result = invoke("list", "gobi", "date:2019..")

    assert (result.code, result.err) == (0, "")
    assert result.out == (
        "Id  Date        Title"
        "                                                                                     Lang\n"
        " 3  2020-02-14  Gobi Bear, Persian Leopard and Wild Sheep Set for Greater Protection"
        "                      en\n"
        " 4  2019-10-09  Gobi Bear, Persian Leopard and Other Central Asian Mammals"
        " to Receive Greater Protection  en\n"
    )


def test_the_table_with_tags(archive, invoke):
    """It has a column for tags when an entry has one."""
    invoke("tag", "+obituary", "+cms", "memoriam")

    result = invoke("list", "memoriam")

    assert result.out == (
        "Id  Date        Title                                               Lang  Tags\n"
        " 1  2021-01-29  In memoriam – Anton Mezhnev                         en    obituary, cms\n"
        " 5  2019-08-07  In Memoriam – Dr Lkhagvasuren Badamjav (1959-2019)  en    obituary, cms\n"
    )


def test_whole_entries_in_a_pipe(archive, invoke):
    """It prints a title, the fields that are there, and the texts, a blank line between two entries."""
    invoke("add", "--title", "Saiga", "--summary", "One.\nTwo.", "--url", "https://x.org", "-q")
    invoke("add", "--title", "Boar", "--lang", "en,ru", "--tag", "a;b", "--date", "May 2020", "-q")

    lines = invoke("show", "11,12").out.splitlines()

    assert [line for line in lines if not line.startswith("added: ")] == [
        *("12  Boar", "date: 2020-05", "languages: en ru", "tags: a, b", ""),
        *("11  Saiga", "date: undated", "url: https://x.org", "", "One.", "Two."),
    ]


def test_list_prints_everything_in_a_pipe(invoke):
    """It has no limit where a program reads."""
    many = "".join(f'{{"title": "Story {number}"}}\n' for number in range(60))
    assert invoke("import", "-", stdin=many).code == 0

    result = invoke("list", "--format", "ids")

    assert (len(result.out.split()), result.err) == (60, "")


def test_search_prints_twenty(invoke):
    """It stops after twenty everywhere, machine formats included, and says so on stderr."""
    many = "".join(f'{{"title": "Story {number}"}}\n' for number in range(60))
    invoke("import", "-", stdin=many)

    limited, everything = (
        invoke("search", "story", "--json"),
        invoke("search", "story", "--json", "--limit", "0"),
    )

    assert (len(json.loads(limited.out)), limited.err) == (20, "20 of 60 entries; --limit 0 shows all\n")
    assert (len(json.loads(everything.out)), everything.err) == (60, "")


@pytest.mark.parametrize("command", ["list", "show", "export"])
def test_limit_and_offset(archive, invoke, command):
    """It prints the part that is wanted, and says that there is more."""
    form = "json" if command == "export" else "ids"

    result = invoke(command, "--limit", "3", "--offset", "2", "--format", form)

    ids = [entry["id"] for entry in json.loads(result.out)] if form == "json" else result.out.split()
    assert [str(entry_id) for entry_id in ids] == ["3", "4", "5"]
    assert result.err == ("" if command == "export" else "3 of 10 entries, the first 2 left out\n")


@pytest.mark.parametrize("command", ["list", "export", "history"])
def test_more_left_out_than_there_is(archive, invoke, command):
    """It says why nothing is shown, and names no limit that would not help."""
    result = invoke(command, "--offset", "12")

    total = "1 operation" if command == "history" else "10 entries"
    assert (result.code, result.err) == (0, f"0 of {total}, the first 12 left out\n")


def test_sort(archive, invoke):
    """It sorts by what is asked for, titles without their article, and reverses what has a dash behind it."""
    assert invoke("list", "--sort", "title", "--limit", "2", "--format", "ids").out == "8\n10\n"
    assert invoke("list", "--sort", "date", "--limit", "2", "--format", "ids").out == "10\n9\n"
    assert invoke("list", "--sort", "id-", "--limit", "2", "--format", "ids").out == "10\n9\n"


def test_search_has_its_own_order(archive, invoke):
    """It refuses to be sorted, and to look for nothing."""
    assert invoke("search", "saiga", "--sort", "date").code == 2
    assert invoke("search").code == 2
    assert invoke("history", "--sort", "date").code == 2


def test_explain(archive, invoke):
    """It says what each word was taken for and what each entry scored for."""
    result = invoke("search", "snow lepard", "--limit", "1", "--explain")

    assert result.code == 0
    hits, words, scores = result.out.split("\n\n")
    assert "Saving Snow Leopards" in hits
    assert words.splitlines()[0].split() == ["Word", "Stands", "for", "Entries"]
    assert "leopard (spelling, 3 entries)" in words
    assert scores.splitlines()[0].split() == ["Score", "Id", "Because", "of"]
    assert "snow (exact in summary)" in scores


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["leopard", "--in", "title"], ["9", "3", "4"]),
        (["leopard", "--in", "title", "--fuzzy", "off"], ["3", "4"]),
        (["memoriam", "--in", "summary"], []),
        (["memoriam", "--in", " Summary,title "], ["1", "5"]),
        (["снежный барс", "--in", "title"], ["9"]),
        (["mezhnov"], ["1"]),
        (["mezhnov", "--fuzzy", "off"], []),
        (["межнев", "--fuzzy", "off"], ["1"]),
        (["listing", "--in", "tag"], []),
    ],
)
def test_how_widely_words_are_looked_for(archive, invoke, words, ids):
    """It looks in the fields that are named, and guesses at nothing where that is asked for."""
    result = invoke("search", *words, "--format", "ids")

    assert (result.code, result.out.split()) == (0, ids)


@pytest.mark.parametrize("form", ["table", "json", "ids"])
def test_guesses_are_told(archive, invoke, form):
    """It says on stderr what a word was taken for that no entry has."""
    result = invoke("search", "snow lepard dolphin", "--format", form)

    assert result.err.splitlines()[:2] == [
        "note: no entry has 'lepard'; it was taken for leopard, leopards",
        "note: no entry has 'dolphin'; nothing is like it",
    ]


def test_another_name_is_no_guess(archive, invoke):
    """It says nothing of the words of a name under which the thesaurus found something."""
    result = invoke("search", "Panthera uncia", "--format", "ids")

    assert (result.out.split()[0], result.err) == ("9", "")


def test_few_guesses_are_told(archive, invoke):
    """It names four words and counts the others."""
    result = invoke("search", "saiga", *(f"zz{letter}xq" for letter in "abcdef"))

    assert result.err.count("nothing is like it") == 4
    assert "note: nor has it 2 more of these words; --explain tells\n" in result.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--in", "titel"], "--in: 'titel' is no field with text; did you mean 'title'?"),
        (["--in", "url"], "--in: 'url' is no field with text; choose title, tags, summary, body"),
        (["--in", ","], "--in needs one of title, tags, summary, body"),
        (["--fuzzy", "no"], "--fuzzy is on or off, not 'no'"),
    ],
)
def test_what_is_no_way_to_look(archive, invoke, words, sentence):
    """It names the choices."""
    result = invoke("search", "saiga", *words)

    assert (result.code, result.out) == (2, "")
    assert sentence in result.err


def test_explain_goes_with_the_table(archive, invoke):
    """It refuses to decorate what a program reads."""
    assert invoke("search", "saiga", "--explain", "--json").code == 2


def test_tags(archive, invoke):
    """It counts tags, the most frequent first, as a table and for programs."""
    invoke("tag", "+obituary", "memoriam")
    invoke("tag", "+saiga", "saiga")

    assert invoke("tags").out == "Tag       Entries\nobituary        2\nsaiga           1\n"
    assert invoke("tags").err == "2 tags, 8 entries without one\n"
    assert json.loads(invoke("tags", "--json").out) == [
        {"tag": "obituary", "entries": 2},
        {"tag": "saiga", "entries": 1},
    ]
    assert invoke("tags", "--format", "tsv", "saiga").out == "tag\tentries\nobituary\t1\nsaiga\t1\n"


def test_no_tags(archive, invoke):
    """It prints what is valid and empty."""
    assert invoke("tags").out == ""
    assert invoke("tags", "--json").out == "[]\n"


def test_history_for_programs(archive, invoke):
    """It prints every fact of an operation."""
    invoke("tag", "+saiga", "saiga")
    invoke("undo")

    newest, tagging, importing = json.loads(invoke("history", "--json").out)

    assert (newest["operation"], newest["command"], newest["undoes"]) == (3, "newsarchive undo", [2])
    assert (tagging["command"], tagging["entries"]) == ("newsarchive tag +saiga saiga", [1])
    assert (tagging["undone"], tagging["user"]) == (True, "tester")
    assert importing["entries"] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert invoke("history", "--format", "ids").out == "3\n2\n1\n"


def test_history_of_some_entries(archive, invoke):
    """It prints the operations that touched them, also one that has been removed since."""
    invoke("tag", "+saiga", "saiga")
    invoke("remove", "5", "--yes")

    assert invoke("history", "mezhnev", "--format", "ids").out == "2\n1\n"
    assert invoke("history", "Lkhagvasuren", "--format", "ids").out == "3\n1\n"
    assert invoke("history", "zzqx").err == "no operation is recorded for these entries\n"


def test_a_search_beyond_its_end(archive, invoke):
    """It says that the hits were left out."""
    result = invoke("search", "saiga", "--fuzzy", "off", "--offset", "5", "--format", "ids")

    assert (result.code, result.out) == (0, "")
    assert result.err == "0 of 1 entry, the first 5 left out\n"
