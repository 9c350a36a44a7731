"""Every expected failure: its sentence, its exit code, and the table of exit codes in the README."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsarchive import errors
from newsarchive.errors import NewsArchiveError, join_some
from newsarchive.installing import command_for
from newsarchive.store.server.history import SpoiltOperationError

README = Path(__file__).parent.parent / "README.md"
ARCHIVE = Path("news/archive.json")

SENTENCES: dict[NewsArchiveError, str] = {
    errors.NoArchiveError(ARCHIVE): (
        "there is no archive at news/archive.json; start one with `newsarchive init` or "
        "`newsarchive import FILE`, or name one with -a"
    ),
    errors.UnknownIdsError([7, 9]): "no entries with id 7, 9; `newsarchive list` shows what there is",
    errors.NothingMatchedError("zzqx"): "nothing matches 'zzqx', so nothing was changed",
    errors.NothingMatchedError("2021", ["date:2021 is the year"]): (
        "nothing matches '2021', so nothing was changed\n  date:2021 is the year"
    ),
    errors.UnknownOperationError(7): "the history has no operation 7; `newsarchive history` lists them",
    errors.UnknownTagError("sayga", "saiga"): "no entry has the tag 'sayga'; did you mean 'saiga'?",
    errors.NothingToUndoError(7, "the history has no operation 7"): (
        "the history has no operation 7; `newsarchive history` shows what can be undone"
    ),
    errors.NothingToRestoreError(ARCHIVE): (
        "no previous revision of news/archive.json is kept here; put back a copy from a backup"
    ),
    errors.NoAddressError(7): "entry 7 has no address; `newsarchive show 7` shows what it has",
    errors.UnknownTermError("zzqx"): (
        "the thesaurus has no 'zzqx'; `newsarchive thesaurus list` shows what it has"
    ),
    errors.FindingsError("2 findings"): "2 findings; see the list",
    errors.OwnFileError(Path("news/queries.toml"), "'a': write name = \"query\"", 3): (
        "news/queries.toml:3: 'a': write name = \"query\""
    ),
    errors.UnknownQueryError("old"): "no query is saved as @old; `newsarchive queries` lists them",
    errors.BadBatchError(["a.txt:3:1: no tag"]): (
        "nothing was changed; --keep-going does without these lines:\n  a.txt:3:1: no tag"
    ),
    errors.SomeLinesError(2): "2 lines were left out",
    errors.BadSheetError(["line 2: there is no entry '99'", "line 3: x"]): (
        "nothing was changed; correct these rows:\n  line 2: there is no entry '99'\n  line 3: x"
    ),
    errors.MergeConflictError(["entry 3, title: 'A' here, 'B' in the copy"]): (
        "1 field was changed in both copies, so nothing was written; --ours keeps what is here, --theirs takes "
        "what the copy has, --edit opens them in your editor\n  entry 3, title: 'A' here, 'B' in the copy"
    ),
    errors.NotAnArchiveError(Path("x.json"), "1:1", "not JSON"): (
        "x.json:1:1 cannot be merged: not JSON; nothing was changed; `newsarchive import` takes in what other "
        "files hold"
    ),
    errors.StaleRowsError([7]): (
        "entry 7 changed since the table was written, so what the table says of it was left out; export again"
    ),
    errors.BadOptionError("--x goes with --y"): "--x goes with --y",
    errors.NoSelectionError("tag"): "`tag` needs a query, --id or --ids-from; --all means every entry",
    errors.BadQueryError("a (b", 2, "this parenthesis is never closed"): (
        "this parenthesis is never closed\n  a (b\n    ^"
    ),
    errors.BadQueryError("象 (b", 2, "this parenthesis is never closed"): (
        "this parenthesis is never closed\n  象 (b\n     ^"
    ),
    errors.BadQueryError("saiga " * 9 + "(" + " argali" * 9, 54, "this parenthesis is never closed"): (
        "this parenthesis is never closed\n"
        "  …aiga saiga saiga saiga saiga saiga ( argali argali argali argali argal…\n"
        "                                      ^"
    ),
    errors.BadQueryError("x:1", 0, "unknown field 'x'", "did you mean 'id:'?"): (
        "unknown field 'x'; did you mean 'id:'?\n  x:1\n  ^"
    ),
    errors.BadDateError("02/03/2016", ["2016-03-02", "2016-02-03"]): (
        "'02/03/2016' can be read as 2016-03-02 or 2016-02-03; write the one you mean"
    ),
    errors.BadDateError("x"): "'x' is not a date; write 2021, 2021-01, 2021-01-29 or 29 January 2021",
    errors.BadTagError("a,b", "it holds ','"): "'a,b' cannot be a tag: it holds ','",
    errors.BadValueError("title", "an entry needs a title"): "title: an entry needs a title",
    errors.NoEditorError("edit"): (
        "no editor is set; set $VISUAL or $EDITOR, or write with options instead, which"
        " `newsarchive edit --help` lists"
    ),
    errors.NoDriverError("postgresql://db/news"): (
        f"postgresql://db/news is on a server, which needs psycopg: {command_for('postgres')}"
    ),
    errors.NoDriverError("postgresql://db/news", "there is none"): (
        "postgresql://db/news is on a server, and PostgreSQL's libpq, which psycopg brings or finds, cannot be"
        f" loaded: there is none; {command_for('postgres', upgrades=True)}, or install your system's libpq"
    ),
    errors.ConfirmationNeededError("remove"): (
        "`remove` asks before it writes and nobody can be asked here; add --yes"
    ),
    errors.WouldOverwriteError(Path("x.csv")): "x.csv is already there; --force overwrites it",
    errors.ChangedMeanwhileError("entry 7"): (
        "entry 7 changed meanwhile, so nothing was written; look again and repeat the command"
    ),
    errors.FieldsChangedError(["title of entry 1 became 'B' meanwhile"]): (
        "title of entry 1 became 'B' meanwhile; nothing was written; look again and repeat the command"
    ),
    errors.UndoConflictError([7], ["entry 1 was removed since"]): (
        "operation 7 cannot be undone whole, newer changes stand in the way; "
        "--skip-conflicts takes back the rest, --force overwrites them\n  entry 1 was removed since"
    ),
    errors.DamagedArchiveError(ARCHIVE, "3:14", "it is not JSON", "`newsarchive restore` brings it back"): (
        "news/archive.json:3:14: it is not JSON; nothing was changed; `newsarchive restore` brings it back"
    ),
    errors.CannotReadError("x.txt", "no such file or directory"): (
        "cannot read x.txt: no such file or directory"
    ),
    errors.CannotSaveError("x.csv", "no space left on device"): (
        "cannot save x.csv: no space left on device; nothing was changed"
    ),
    errors.NotEmptyError("copy.json", 1): (
        "copy.json has 1 entry already, and a copy would replace them; nothing was changed; "
        "name an archive that is not there or empty"
    ),
    errors.NotCopiedError("copy.json", "entries"): (
        "the copy at copy.json has other entries than the original, which was not changed: "
        "do not use it, remove it and copy again"
    ),
    SpoiltOperationError("postgresql://db/news", 7): (
        "cannot read postgresql://db/news: operation 7 is spoilt; `newsarchive check` says what can be done"
    ),
    errors.NotComparedError("postgresql://db/news", "no route to host"): (
        "the archive was copied to postgresql://db/news, but the copy could not be read again and compared "
        "(no route to host); `newsarchive check -a postgresql://db/news` says whether all of it is there"
    ),
    errors.UnreachableError("postgresql://db/news", "no route to host"): (
        "cannot reach postgresql://db/news: no route to host; nothing was changed"
    ),
    errors.UnreachableError("postgresql://db/news", 'FATAL:  database "news" does not exist'): (
        'cannot reach postgresql://db/news: FATAL:  database "news" does not exist; nothing was changed; '
        "`createdb` makes a database, and then `newsarchive init` an archive in it"
    ),
    errors.UnreachableError("postgresql://db/news", "fe_sendauth: no password supplied"): (
        "cannot reach postgresql://db/news: fe_sendauth: no password supplied; nothing was changed; "
        "put the password into ~/.pgpass, $PGPASSWORD or a service file (?service=NAME)"
    ),
    errors.NoSchemaError("postgresql://db/news"): (
        "the database of postgresql://db/news has no archives yet; "
        "`newsarchive init postgresql://db/news` prepares it"
    ),
    errors.NotAllowedError("postgresql://db/news", "permission denied for table entries"): (
        "you may not do that in postgresql://db/news (permission denied for table entries); "
        "nothing was changed; its maintainer gives rights"
    ),
    errors.UncertainError(
        "postgresql://db/news", "operation 7", "the server is gone", "look into `newsarchive history`"
    ): (
        "the connection to postgresql://db/news was lost while operation 7 was being saved "
        "(the server is gone): whether it is saved is not known; "
        "look into `newsarchive history` before you repeat it"
    ),
    errors.BadThesaurusError(Path("thesaurus.toml"), "line 3 is not TOML"): (
        "thesaurus.toml: line 3 is not TOML; mend the file, or move it away to do without it"
    ),
    errors.OutputError("it is closed"): "cannot write to standard output: it is closed",
    errors.LockedError(ARCHIVE, "process 7", 10.0): (
        "news/archive.json is locked by process 7 (waited 10 s); nothing was changed; "
        "try again, or wait longer with --lock-timeout"
    ),
    errors.SourceError("news.txt:7", "is not a date"): "news.txt:7: is not a date",
    errors.NothingReadError("nothing could be read"): "nothing could be read",
}
"""An example of each error, and the sentence that a user reads."""

EXIT_CODES = {
    errors.NotThereError: 1,
    errors.UsageError: 2,
    errors.ConflictError: 3,
    errors.StorageError: 4,
    errors.LockedError: 5,
    errors.SourceError: 6,
    errors.SomeLinesError: 6,
    errors.NothingReadError: 7,
}


def classes(root: type[NewsArchiveError] = NewsArchiveError) -> Iterator[type[NewsArchiveError]]:
    """Yield every class of errors."""
    for child in root.__subclasses__():
        yield child
        yield from classes(child)


@pytest.mark.parametrize(("error", "sentence"), SENTENCES.items(), ids=lambda item: type(item).__name__)
def test_sentences(error, sentence):
    """It says what is wrong, which one, and what to do, without a full stop."""
    assert str(error) == sentence
    assert not sentence.endswith((".", "!"))


@pytest.mark.parametrize("error", SENTENCES, ids=lambda error: type(error).__name__)
def test_facts(error):
    """It carries its facts as attributes, so that nobody has to read the sentence to know them."""
    has_none = isinstance(error, errors.BadOptionError | errors.NoEditorError)

    assert bool(vars(error)) != has_none


def test_every_error_has_an_example():
    """It would be no check if a new class of errors were left out."""
    raised = {error for error in classes() if not error.__subclasses__()}

    assert raised - {type(error) for error in SENTENCES} == set()


@pytest.mark.parametrize("error", list(classes()))
def test_exit_codes(error):
    """It ends with the exit code of its kind."""
    [code] = [code for kind, code in EXIT_CODES.items() if issubclass(error, kind)]

    assert error.exit_code == code


def test_the_readme_explains_every_exit_code():
    """It has a row for each exit code of the errors and of the gate, and for no other."""
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    explained = {int(code) for code, meaning in rows if meaning.strip()}

    assert explained == {0, 130, 141, *(error.exit_code for error in classes())}


@pytest.mark.parametrize(
    ("items", "joined"),
    [([], ""), ([1], "1"), ([1, 2], "1, 2"), (range(10), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9")],
)
def test_few_are_all_named(items, joined):
    """It names each of ten."""
    assert join_some(items) == joined


def test_many_are_counted():
    """It names ten and counts the rest."""
    assert join_some(range(812)) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 802 more"
