"""The user's own thesaurus file: what it adds, what is refused, and what `thesaurus check` finds in it."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.errors import BadThesaurusError
from newsarchive.thesaurus.reading import own_concepts
from newsarchive.thesaurus.thesaurus import Thesaurus


def loaded(folder: Path, text: str) -> Thesaurus:
    """Load the thesaurus with a user's own file that says `text`."""
    path = folder / "thesaurus.toml"
    path.write_text(text, encoding="utf-8")
    return Thesaurus.load(path)


# --- the user's own file ----------------------------------------------------------------------------------


def test_own_file_may_be_missing(tmp_path: Path) -> None:
    """It does without a file of the user's."""
    thesaurus = Thesaurus.load(tmp_path / "thesaurus.toml")

    assert thesaurus.concepts == Thesaurus.load().concepts


def test_own_file_adds_a_concept(tmp_path: Path) -> None:
    """It knows what the user wrote down, in any form."""
    thesaurus = loaded(tmp_path, '[poaching]\npreferred = { en = "poaching", ru = "браконьерство" }\n')

    (concept,) = thesaurus.concepts_for(["браконьерства"])
    assert concept.id == "poaching"
    assert thesaurus.check() == []


def test_own_file_adds_labels(tmp_path: Path) -> None:
    """It adds the user's labels to a concept of ours and keeps what was there."""
    thesaurus = loaded(tmp_path, '["species/saiga"]\nalternative = { kk = ["ақбөкен"] }\n')

    saiga = thesaurus.concepts["species/saiga"]
    assert thesaurus.concepts_for(["ақбөкен"]) == (saiga,)
    assert saiga.preferred("ru") == "сайгак"


def test_own_preferred_label_replaces_ours(tmp_path: Path) -> None:
    """It shows the user's preferred label and still recognises the one it had."""
    thesaurus = loaded(tmp_path, '["states/kyrgyzstan"]\npreferred = { ru = "Кыргызстан" }\n')

    kyrgyzstan = thesaurus.concepts["states/kyrgyzstan"]
    assert kyrgyzstan.preferred("ru") == "Кыргызстан"
    assert thesaurus.concepts_for(["киргизия"]) == (kyrgyzstan,)


def test_own_file_can_guard_a_label(tmp_path: Path) -> None:
    """It lets the user call one of our labels ambiguous."""
    thesaurus = loaded(tmp_path, '["species/eurasian-lynx"]\nambiguous = { ru = ["рысь"] }\n')

    assert thesaurus.concepts_for(["рысь"]) == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a =\n", "at line 1, column 4"),
        ("saiga = 1", "'saiga' is not a table"),
        ("[saiga]\nprefered = { en = 'x' }", "[saiga] has 'prefered'"),
        ("[saiga]\npreferred = 'x'", "[saiga] preferred is not a table of languages"),
        ("[saiga]\npreferred = { en = 1 }", "[saiga] preferred.en holds 1, which is not text"),
        ("[saiga]\nhidden = { en = 'x' }", "[saiga] hidden.en is not a list of texts"),
        ("[saiga]\nbroader = 'species'", "[saiga] broader is not a list of texts"),
        ("['Snow Leopard']", "is not written as a tag is: snow-leopard"),
        ("['a,b']", "cannot be a tag"),
        ("a = " + "[" * 5000, "is nested too deep"),
        ("# " + "x" * (1 << 20), "is larger than 1 MiB"),
    ],
)
def test_faults_of_the_own_file(tmp_path: Path, text: str, reason: str) -> None:
    """It names the file and the fault when the user's file can't be understood."""
    with pytest.raises(BadThesaurusError) as caught:
        loaded(tmp_path, text)

    assert caught.value.exit_code == 4
    assert caught.value.path == tmp_path / "thesaurus.toml"
    assert reason in str(caught.value)


@given(
    st.one_of(st.binary(max_size=64), st.text(alphabet="[]{}=.'\"\\n abc1-/", max_size=64).map(str.encode))
)
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """It fails in no other way than by naming the file."""
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content)

    with contextlib.suppress(BadThesaurusError):
        assert all(concept.id for concept in own_concepts(path))


def test_own_file_in_another_encoding(tmp_path: Path) -> None:
    """It says where a file is not UTF-8."""
    path = tmp_path / "thesaurus.toml"
    path.write_bytes("# сайга".encode("cp1251"))

    with pytest.raises(BadThesaurusError, match=r"is not UTF-8 \(byte 3\)"):
        Thesaurus.load(path)


def test_own_file_is_a_folder(tmp_path: Path) -> None:
    """It reports a file that can't be read."""
    with pytest.raises(BadThesaurusError, match="directory"):
        Thesaurus.load(tmp_path)


# --- check ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "[a]\npreferred = { en = 'saiga' }",
            ("shared-label", "a", "'saiga' is also a label of species/saiga"),
        ),
        ("[a]\npreferred = { en = '—' }", ("label-without-words", "a", "'—' holds no word")),
        ("[a]", ("no-preferred-label", "a", "has no preferred label in any language")),
        (
            "[a]\nbroader = ['b']\npreferred = { en = 'aa' }",
            ("unknown-broader", "a", "is broader 'b', which no concept is"),
        ),
        (
            "[a]\npreferred = { en = 'aa' }\nnumbered = { en = ['MOP'] }",
            ("pattern-without-number", "a", "'MOP' lacks {n} or {nth}"),
        ),
        (
            "['species/saiga']\nbroader = ['species/saiga']",
            ("broader-cycle", "species/saiga", "is broader than itself"),
        ),
    ],
)
def test_check_finds(tmp_path: Path, text: str, finding: tuple[str, str, str]) -> None:
    """It reports each fault with its code, its concept and the evidence."""
    thesaurus = loaded(tmp_path, text)

    assert thesaurus.check() == [finding]


def test_sharing_is_declared_by_ambiguity(tmp_path: Path) -> None:
    """It accepts one label on two concepts when it is called ambiguous on one of them."""
    thesaurus = loaded(tmp_path, "[a]\npreferred = { en = 'aa' }\nambiguous = { en = ['saiga'] }")

    assert thesaurus.check() == []
    assert [concept.id for concept in thesaurus.find("saiga")] == ["species/saiga", "a"]


def test_a_cycle_ends(tmp_path: Path) -> None:
    """It walks a cycle of broader concepts once."""
    a, b = "[a]\nbroader = ['b']", "[b]\nbroader = ['a']"
    thesaurus = loaded(tmp_path, f"{a}\n{b}\n")

    assert [concept.id for concept in thesaurus.narrower(thesaurus.concepts["a"])] == ["b"]
