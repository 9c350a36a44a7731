"""Help is documentation: every command has a line, a page and examples that work."""

from __future__ import annotations

import shlex

import pytest
from commands import NAMES, commands, entries

from newsarchive.cli.registry import COMMANDS

COMMAND = dict(commands())
LINES = {**dict(entries()), **{entry.name: entry for entry in COMMANDS}}
EXAMPLES = [(name, line) for name, command in COMMAND.items() for line in command.epilog.splitlines()]

NOT_DONE = {
    "newsarchive open 7": 1,  # it has no address
    "newsarchive merge --ours": 2,  # there is no conflict
    "newsarchive init --git": 2,  # there is no repository
    "newsarchive edit 7": 2,  # there is no editor
    "newsarchive remove 7": 2,  # nobody can be asked
    "newsarchive check": 1,  # it finds something
    "newsarchive restore --dry-run": 2,  # the archive is not damaged
    "newsarchive restore --yes": 2,
    "newsarchive copy archive.json postgresql:///news": 4,  # there is no server
}
"""The examples that are refused in a test, and the exit code that says so."""

FILES = {
    "story.txt": "The text of a story.\n",
    "story.md": "---\ntitle: A story\n---\nIts text.\n",
    "news-page.txt": "A story\n\nIts first lines.\n\n29 January 2021\n",
    "posts/2021-01-29-story.md": "---\ntitle: Another story\ndate: 2021-01-29\n---\nIts text.\n",
    "more.csv": "title,date\r\nA third story,2021-01-30\r\n",
    "old.csv": "Kop,Date\r\nAn old story,02/03/2016\r\n",
    "rules.txt": "+saiga -draft -- saiga  # a comment\n",
    "tags.txt": "+species/saiga -- id:1\n",
    "related.txt": "translation 3 4  # a comment\n",
    "queries.toml": 'saigas = "saiga"\n',
    "corrected.csv": "id,date\n3,2019-05\n",
    "old.json": None,
    "archive (conflicted copy).json": None,
    "colleague.json": None,
    "archive.json": None,
}


@pytest.mark.parametrize("name", LINES)
def test_the_line_of_a_command(name):
    """It is one sentence of fewer than sixty characters."""
    line = LINES[name].help

    assert 10 < len(line) < 60
    assert line[0].isupper()
    assert line.endswith(".")
    assert "\n" not in line


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_a_command_begins_with_a_sentence(name):
    """It opens with a line that fits beside the command's name in a list."""
    first = COMMAND[name].help.splitlines()[0]

    assert len(first) < 80
    assert first.endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_every_option_is_explained(name):
    """It says of each option and argument that it shows what it is for."""
    shown = [item for item in COMMAND[name].params if not getattr(item, "hidden", False)]
    silent = [item.name for item in shown if not getattr(item, "help", None)]

    assert silent == []


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_help_fits(invoke, name):
    """It is never wider than eighty columns, the examples neither."""
    page = invoke(*name.split(), "--help").out

    assert [line for line in page.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_command_has_examples_of_its_own(name):
    """It has at least one, and each calls the command."""
    lines = [line for named, line in EXAMPLES if named == name]

    assert lines != []
    for line in lines:
        words = line.split()
        group = name.split()[0] if name.endswith(" list") else name
        assert f"newsarchive {name}" in line or f"newsarchive {group}" in line, words


@pytest.mark.parametrize(("name", "line"), EXAMPLES)
def test_examples_work(archive, alone, own_folder, invoke, name, line):
    """It runs on the ten stories as it stands, pipes and redirections included."""
    prepare(name, archive, alone, invoke)
    (own_folder / "queries.toml").write_text(FILES["queries.toml"])
    passed = b""

    for command in line.split(" | "):
        words = shlex.split(command)
        if "<" in words:
            passed = (alone / words.pop()).read_bytes()
            words.remove("<")
        if ">" in words:
            words = words[: words.index(">")]
        result = invoke(*words[1:], stdin=passed)
        passed = result.out.encode()

    assert "Traceback" not in result.err
    assert result.code == NOT_DONE.get(line, 0), result.err


def prepare(name, archive, alone, invoke) -> None:
    """Make what the examples speak of: files, tags, an entry without a date."""
    for path, text in FILES.items():
        if not (alone / path).exists() and (name != "export" or not path.startswith("posts/")):
            (alone / path).parent.mkdir(exist_ok=True)
            (alone / path).write_bytes(archive.read_bytes() if text is None else text.encode())
    assert invoke("tag", "+draft", "+saiga", "saiga").code == 0
    for tag in ("sayga", "saigas", "species/kulan", "press/cms", "todo", "import/old"):
        assert invoke("tag", f"+{tag}", "id:7").code == 0
    assert invoke("add", "--title", "Undated").code == 0


@pytest.mark.parametrize(
    ("words", "page"), [(["list"], ["list"]), (["tags", "list"], ["tags", "list"]), ([], [])]
)
def test_help_is_a_word_too(invoke, words, page):
    """It shows for `help list` what `list --help` shows."""
    result = invoke("help", *words)

    assert (result.code, result.err) == (0, "")
    assert result.out == invoke(*page, "--help").out


@pytest.mark.parametrize(("name", "line"), EXAMPLES)
def test_the_quotes_of_a_phrase_survive_the_shell(name, line):
    """It leaves them inside the word where a field stands before them."""
    for typed, word in zip(line.split(" "), shlex.split(line), strict=False):
        assert not (":" in typed and '"' in typed) or '"' in word, line


def test_prune_says_what_goes(invoke):
    """It names all that is forgotten, before and in its help."""
    page = " ".join(invoke("history", "prune", "--help").out.split())

    assert (
        "The previous revision, which `newsarchive restore` would bring back, and the search index go" in page
    )
