"""`check`: each kind of fault with its evidence and what mends it, and nothing where nothing is wrong."""

from __future__ import annotations

import json

import pytest

SOUND = {
    "title": "Saiga numbers recover in Kazakhstan",
    "date": "2024-05-17",
    "summary": "Five years after the die-off the herds of the steppe have grown again.",
    "body": "Bonn, 17 May 2024 – The secretariat welcomes the figures. They come from a survey.",
    "url": "https://example.org/2024/05/17/saiga",
    "languages": ["en"],
    "tags": ["species/saiga"],
}

FAULTS = [
    ("undated", {"date": None}, "has no date"),
    ("future-date", {"date": "2999-05-17", "url": None, "body": None}, "2999-05-17 is later than today"),
    ("imprecise-date", {"date": "2024-05"}, "2024-05 is a month only"),
    ("imprecise-date", {"date": "2024"}, "2024 is a year only"),
    (
        "january-first",
        {"date": "2024-01-01", "url": "https://x.org/a", "body": "A text."},
        "2024-01-01 may stand for 2024",
    ),
    ("date-address", {"url": "https://x.org/2019/05/17/a"}, "2024-05-17, but its address says 2019-05-17"),
    ("date-address", {"url": "https://x.org/news/2019-06-a"}, "2024-05-17, but its address says 2019-06"),
    ("date-dateline", {"body": "Bonn, 7 May 2019 – So."}, "2024-05-17, but the text begins “Bonn, 7 May 2019 –”"),
    (
        "date-dateline",
        {"body": "Астана, 3 июня 2019 года – Текст."},
        "2024-05-17, but the text begins “Астана, 3 июня 2019 года –”",
    ),
    ("language-script", {"languages": ["ru"]}, "is in ru, but its text is in Latin letters"),
    ("look-alike-letters", {"title": "Сaйгак вернулся"}, "title: “Сaйгак”, a is Latin"),
    ("look-alike-letters", {"title": "The CMS аnd COP"}, "title: “аnd”, а is Cyrillic"),
    ("no-address", {"url": None}, "has no address"),
    ("untagged", {"tags": []}, "has no tag"),
    ("unknown-tag", {"tags": ["moonshine"]}, "the thesaurus has no 'moonshine'"),
    ("several-tags", {"tags": ["saiga;mongolia"]}, "'saiga;mongolia' is 2 tags"),
    ("several-tags", {"tags": ["saiga-and-mongolia"]}, "'saiga-and-mongolia' is 2 tags"),
    ("blanks", {"title": "Saiga  numbers"}, "title: “Saiga  numbers”"),
    ("blanks", {"summary": "Five years after , the herds have grown."}, "summary: “Five years after , the herds"),
    ("blanks", {"summary": "Five years after ,the herds have grown."}, "summary: “Five years after ,the herds"),
    ("lost-blank", {"body": "It ends here.The next begins."}, "body: “It ends here.The next begins.”"),
    ("lost-blank", {"body": "The saiga,argali and kulan."}, "body: “The saiga,argali and kulan.”"),
    ("summary-cut", {"summary": "Five years after the die-off the herds of the"}, "ends “…"),
    ("summary-cut", {"summary": "Five years after the die-off the herds grow (in..."}, "ends “…"),
    ("summary-in-body", {"summary": "The secretariat met us.", "body": "The secretariat met us. So."}, "the body"),
    ("entities", {"title": "Saiga &amp; kulan"}, "title: “Saiga &amp; kulan”"),
    ("html", {"body": "A <br/> text."}, "body: “A <br/> text.”"),
    ("mojibake", {"title": "RÃ©union au sommet"}, "title: “Ã©” looks like letters"),
    ("soft-hyphen", {"body": "inter\u00adgovernmental"}, "body: “inter·governmental”"),
    ("title-capitals", {"title": "SAIGA NUMBERS RECOVER"}, "“SAIGA NUMBERS RECOVER”"),
]  # fmt: skip


@pytest.fixture
def store(stored, invoke):
    """Start an archive from entries that differ from a sound one, and hold what no reader would let in."""

    def call(*differences):
        texts = {}

        def kept_from_reader(value):
            if isinstance(value, list):
                return [kept_from_reader(one) for one in value]
            if not isinstance(value, str) or not set(value).intersection("&<;\u00ad"):
                return value
            return texts.setdefault(value, f"text{len(texts)}")

        entries = [{**SOUND, **given} for given in differences]
        given = json.dumps([{name: kept_from_reader(it) for name, it in one.items()} for one in entries])
        assert invoke("import", "-", "--format", "json", "--on-duplicate", "keep", stdin=given).code == 0
        written = stored.read_text()
        for text, token in texts.items():
            written = written.replace(json.dumps(token), json.dumps(text, ensure_ascii=False))
        stored.write_text(written)

    return call


def found(invoke, *words):
    """Return what `check` finds."""
    return json.loads(invoke("check", *words, "--json").out)


def test_a_sound_entry(store, invoke):
    """It finds nothing, says so and ends with 0."""
    store({})

    result = invoke("check")

    assert (result.code, result.out, result.err) == (0, "", "nothing was found in 1 entry\n")


@pytest.mark.parametrize(("code", "difference", "evidence"), FAULTS)
def test_a_fault(store, invoke, code, difference, evidence):
    """It names the fault by its code, quotes the evidence, and ends with 1."""
    store(difference)

    result = invoke("check", "--only", code, "--json")

    (finding,) = json.loads(result.out)
    assert (result.code, finding["code"], finding["id"]) == (1, code, 1)
    assert finding["evidence"].startswith(evidence)
    assert result.err.endswith(f"1 finding in 1 of 1 entry: 1 {code}; see the list\n")


NO_FAULTS = [
    ("date-address", {"url": "https://x.org/2024/05/a"}),
    ("date-address", {"url": "https://x.org/2024-05-20/a"}),
    ("date-address", {"url": "https://x.org/doc/20191/7"}),
    ("date-address", {"date": "2024", "body": "A text."}),
    ("date-dateline", {"body": "Bonn, 10 May 2024 – A text."}),
    ("date-dateline", {"body": "Since May 2019, in Bonn, the herds grow."}),
    ("language-script", {"title": "CMS COP15", "summary": None, "body": None, "languages": ["ru"]}),
    ("language-script", {"title": "Сайгаки вернулись в степь", "summary": None, "body": None, "languages": ["kk"]}),
    ("look-alike-letters", {"title": "Отчёт по COPам и CITES-у"}),
    ("several-tags", {"tags": ["species/snow-leopard", "war-and-peace"]}),
    ("lost-blank", {"body": "See www.Cms.Int or a.Doc in /tmp/x.Pdf for 1,500 and e.g. more."}),
    ("blanks", {"body": "Combien ? Trois ! Et ... fin."}),
    ("summary-cut", {"summary": "Five years after the die-off the herds have “grown again.”"}),
    ("summary-cut", {"summary": "In memoriam – Dr Lkhagvasuren Badamjav"}),
    ("entities", {"title": "R&D; AT&T; &c; saiga"}),
    ("html", {"body": "For a < b and c > d."}),
    ("title-capitals", {"title": "CMS COP15"}),
    ("early-date", {"date": "1959"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "difference"), NO_FAULTS)
def test_what_is_no_fault(store, invoke, code, difference):
    """It takes nothing for a fault that people write."""
    store(difference)

    assert found(invoke, "--only", code) == []


def test_a_date_before_the_archive(store, invoke):
    """It names a date in a century that the archive does not reach back to."""
    store({"date": "1016"}, *({"date": str(year), "title": f"Story {year}"} for year in range(1995, 2010)))

    (finding,) = found(invoke, "--only", "early-date")

    assert (finding["id"], finding["evidence"]) == (1, "1016 is before 1900, where this archive begins")


def test_entries_that_speak_of_each_other(store, invoke):
    """It looks at the whole archive for addresses, relations and tags."""
    store(
        {"tags": ["conservation"], "relations": [{"kind": "translation", "id": 2}]},
        {"tags": ["conservation"], "title": "Another"},
        {
            "tags": ["conservaton"],
            "url": "http://www.example.org/x/",
            "relations": [{"kind": "same-story", "id": 99}],
        },
        {"tags": ["species/saiga"], "url": "https://example.org/x?utm_source=feed"},
    )

    both = found(invoke, "--only", "same-address,dangling-relation,one-sided-relation,look-alike-tag")

    assert [(one["code"], one["id"], one["evidence"]) for one in both] == [
        ("dangling-relation", 3, "is a same-story of 99, which is not there"),
        ("same-address", 1, "has the address of 2: https://example.org/2024/05/17/saiga"),
        ("same-address", 2, "has the address of 1: https://example.org/2024/05/17/saiga"),
        ("same-address", 3, "has the address of 4: http://www.example.org/x/"),
        ("same-address", 4, "has the address of 3: https://example.org/x?utm_source=feed"),
        ("one-sided-relation", 1, "is a translation of 2, which does not say so"),
        ("look-alike-tag", 3, "'conservaton' and 'conservation' are one edit apart"),
    ]
    assert both[-1]["mend"] == "newsarchive tags rename conservaton conservation"


def test_a_selection_is_looked_at_in_the_whole_archive(store, invoke):
    """It reports the selected entries only, and knows the others."""
    store({}, {"title": "Another", "tags": []})

    assert [one["id"] for one in found(invoke, "id:2", "--only", "same-address,untagged")] == [2, 2]


def test_leaving_checks_out(store, invoke):
    """It does without those that are to be ignored."""
    store({"tags": [], "url": None})

    assert found(invoke, "--ignore", "untagged", "--ignore", "no-address,unknown-tag") == []


def test_an_unknown_check(archive, invoke):
    """It names it, and where the checks are listed."""
    result = invoke("check", "--only", "untaged")

    assert (result.code, result.out) == (2, "")
    assert result.err == "newsarchive: no check 'untaged'; `newsarchive check --explain` lists them\n"


def test_mending(store, invoke, alone):
    """It mends what is safe, as one operation, and lists what is left."""
    store({"title": "Saiga  numbers &amp; more", "body": "inter\u00adgovern <b>mental</b>"})

    result = invoke("check", "--fix")

    assert result.code == 1
    assert "Mended 1 entry (operation 2). Undo: newsarchive undo 2" in result.err
    assert " html " in result.out
    (entry,) = json.loads(invoke("list", "--json").out)
    assert (entry["title"], entry["body"]) == ("Saiga numbers & more", "intergovern <b>mental</b>")


def test_a_dry_run_mends_nothing(store, invoke, stored):
    """It shows what would be mended."""
    store({"title": "Saiga  numbers"})
    before = stored.read_bytes()

    result = invoke("check", "--fix", "--dry-run")

    assert result.code == 0
    assert "1 change planned; nothing was written" in result.err
    assert stored.read_bytes() == before


def test_what_each_check_means(archive, invoke):
    """It lists the checks with their severity and whether `--fix` mends them, and looks at no entry."""
    result = invoke("check", "--explain", "--json")

    listed = json.loads(result.out)
    assert result.code == 0
    assert {"code": "untagged", "severity": "note", "fix": False, "means": "The entry has no tag."} in listed
    assert {one["code"] for one in listed} >= {code for code, *_ in FAULTS}


def test_the_command_that_mends_is_one(store, invoke):
    """It prints commands that can be run as they stand."""
    store({"title": "Saiga  numbers"})
    (finding,) = found(invoke, "--only", "blanks")

    assert finding["mend"] == "newsarchive check --fix --only blanks id:1"
    assert invoke(*finding["mend"].split()[1:]).code == 0
    assert found(invoke, "--only", "blanks") == []


def test_blanks_around_commas_are_put_right(store, invoke):
    """It takes out the blank before a comma and puts in the one that belongs behind it."""
    store({"summary": "Five years after ,the herds , it seems ,  have  grown ."})

    assert invoke("check", "--fix", "--only", "blanks").code == 0

    shown = json.loads(invoke("show", "1", "--json").out)[0]
    assert shown["summary"] == "Five years after, the herds, it seems, have grown."
