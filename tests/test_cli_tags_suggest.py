"""`tags suggest`: names in the text, rules of one's own, similar stories; lines that `tags apply` reads."""

from __future__ import annotations

import json

import pytest


def suggested(invoke, *words):
    """Return what is suggested."""
    return json.loads(invoke("tags", "suggest", *words, "--json").out)


def test_names_in_the_text(archive, invoke):
    """It suggests the concepts that an entry names, with the words that do, the title first."""
    result = invoke("tags", "suggest", "id:3")

    assert (result.code, result.err) == (0, "3 suggestions for 1 entry\n")
    assert result.out == (
        '+species/gobi-bear -- id:3   # "Gobi Bear" in title\n'
        '+species/persian-leopard -- id:3   # "Persian Leopard" in title\n'
        '+species/urial -- id:3   # "Urial" in summary\n'
    )


def test_nothing_that_an_entry_has(archive, invoke):
    """It suggests neither a tag that is there nor another name of one."""
    invoke("tag", "+species/gobi-bear", "+леопард", "+urial", "id:3")

    assert [one["tag"] for one in suggested(invoke, "id:3")] == ["species/persian-leopard"]


def test_the_name_in_use(archive, invoke):
    """It suggests a concept by the tag that the archive has for it."""
    invoke("tag", "+gobi-bear", "id:8")

    assert suggested(invoke, "id:3")[0]["tag"] == "gobi-bear"


def test_the_round_trip(archive, invoke):
    """It writes lines that `tags apply` takes as they are, in one operation."""
    lines = invoke("tags", "suggest").out

    result = invoke("tags", "apply", "-", stdin=lines)

    assert result.code == 0
    assert "Tagged 10 entries by 30 lines (operation 2)" in result.err
    listed = json.loads(invoke("list", "--sort", "id", "--json").out)
    assert {entry["id"]: sorted(entry["tags"]) for entry in listed} == {
        1: ["bodies/cites", "bodies/cms", "bodies/mou", "species/saiga", "states/russia"],
        2: ["bodies/mou", "states/afghanistan", "states/tajikistan"],
        3: ["species/gobi-bear", "species/persian-leopard", "species/urial"],
        4: ["bodies/cami", "bodies/cms", "species/gobi-bear", "species/persian-leopard", "species/urial"],
        5: ["bodies/cms"],
        6: ["bodies/cms"],
        7: ["bodies/cami", "bodies/cms"],
        8: [
            "bodies/cms",
            "bodies/cop12",
            "species/gobi-bear",
            "species/przewalskis-horse",
            "states/mongolia",
        ],
        9: ["species/snow-leopard"],
        10: ["bodies/cites", "bodies/cms", "bodies/cop17", "species/argali"],
    }


STORIES = [
    ("Wool fair in the village", "Herders sell wool and felt at the yearly fair.", ["crafts"]),
    ("Felt makers win a prize", "A prize for felt and wool of the herders.", ["crafts", "awards"]),
    ("Felt for Paris", "Felt hats of wool are sold in Paris.", ["crafts"]),
    ("New bridge opened", "The bridge carries the railway over the river.", ["roads"]),
    ("Railway gets a tunnel", "A tunnel under the railway is dug for the river road.", ["roads"]),
    ("The village sells felt", "Herders show wool and felt.", []),
]


@pytest.fixture
def stories(alone, invoke):
    """Start an archive of stories that people have tagged, but for the last."""
    entries = [
        {"title": title, "summary": text, "tags": tags, "languages": ["en"], "date": f"2020-01-0{number}"}
        for number, (title, text, tags) in enumerate(STORIES, 1)
    ]
    assert invoke("import", "-", "--format", "json", stdin=json.dumps(entries)).code == 0
    return alone


def test_how_similar_stories_are_tagged(stories, invoke):
    """It learns from the archive, and names the stories that it learned from."""
    first, *_ = suggested(invoke, "id:6")

    assert (first["id"], first["tag"]) == (6, "crafts")
    assert sorted(first["evidence"][0].partition(": ")[2].split()) == ["1", "2", "3"]
    assert "roads" not in [one["tag"] for one in suggested(invoke, "id:6", "--most", "1")]


def test_rules_of_ones_own(stories, own_folder, invoke):
    """It goes by the maintainer's own rules first."""
    (own_folder / "rules.toml").write_text('"fairs" = "village -bridge"\n"Old News" = "date:..2020-01-03"\n')

    found = suggested(invoke, "--most", "1")

    assert [(one["id"], one["tag"]) for one in found if one["evidence"][0] == "by a rule"] == [
        (6, "fairs"),
        (3, "old-news"),
        (2, "old-news"),
        (1, "fairs"),
    ]


RULES = [
    ('"a" = "date:soon"\n', "rules.toml:1:13: 'soon' is not a date"),
    ('# mine\n"a" = "saiga"\n"b" = "(saiga"\n', "rules.toml:3:8: this parenthesis is never closed"),
    ('"a!" = "saiga"\n', "rules.toml:1:1: 'a!' cannot be a tag"),
    ('"a" = 7\n', "rules.toml:1: 'a': write name = \"query\""),
    ('"a" = "saiga\n', "rules.toml:1:"),
]


@pytest.mark.parametrize(("text", "message"), RULES)
def test_a_fault_in_the_rules(stories, own_folder, invoke, text, message):
    """It names the place and suggests nothing."""
    (own_folder / "rules.toml").write_text(text)

    result = invoke("tags", "suggest")

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"newsarchive: {own_folder}/{message}")


def test_how_many(archive, invoke):
    """It gives at most so many tags for an entry, looks at so many entries, and leaves out what scores less."""
    assert [one["id"] for one in suggested(invoke, "--most", "1", "--limit", "3")] == [1, 2, 3]
    assert {one["score"] for one in suggested(invoke, "--min-score", "2")} == {2.0}


@pytest.mark.parametrize(("form", "expected"), [("json", "[]\n"), ("jsonl", "")])
def test_nothing_to_suggest(archive, invoke, form, expected):
    """It is valid and empty, and no fault."""
    result = invoke("tags", "suggest", "zzqx", "--format", form)

    assert (result.code, result.out) == (0, expected)


def test_what_each_scores(archive, invoke):
    """It shows the score when it is asked to explain; the line is one for `tags apply` all the same."""
    out = invoke("tags", "suggest", "id:9", "--explain").out

    assert out == '+species/snow-leopard -- id:9   # "Snow Leopards" in title   (2.00)\n'
    assert invoke("tags", "apply", "-", stdin=out).code == 0


def test_an_archive_with_an_index(large, invoke):
    """It learns from the stories that share the rarest words, found by the index."""
    invoke("tag", "+felt", "id:1..40")

    result = invoke("tags", "suggest", "id:41,42", "--json")

    assert result.code == 0
    assert {one["id"] for one in json.loads(result.out)} <= {41, 42}
