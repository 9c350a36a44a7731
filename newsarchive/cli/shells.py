"""The answer to a shell that asks how a command line goes on."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from shlex import shlex
from typing import Final

from typer.exceptions import TyperException

from newsarchive.cli.completing import FILES, candidates
from newsarchive.cli.glancing import Candidate
from newsarchive.cli.session import Session
from newsarchive.console import abandon_stdout, standard_streams
from newsarchive.errors import NewsArchiveError

_LISTING: Final = ("63", "33", "64")
"""$COMP_TYPE of bash when candidates are shown: at other times it may put their help into the line."""


def reply(shell: str, arguments: Sequence[str]) -> int:
    """Write the candidates, a line each, in the form of the shell's script; on any failure there are none."""
    streams = standard_streams(colour=False, quiet=True)
    try:
        session = Session(streams, os.environ, Path.cwd(), (), [])
        lines = _for_bash(session) if shell == "bash" else _with_help(session, arguments)
        streams.write("".join(f"{line}\n" for line in lines))
    except BrokenPipeError:
        abandon_stdout()
    except (NewsArchiveError, TyperException, OSError):
        pass  # nothing was asked for yet: the command itself will say what is wrong
    return 0


def _with_help(session: Session, arguments: Sequence[str]) -> Sequence[str]:
    *words, incomplete = arguments or [""]
    return [f"{found.text}\t{found.help}" for found in candidates(words, incomplete, session)]


def _for_bash(session: Session) -> Sequence[str]:
    """Answer bash, which has no place for help and replaces only what stands after the last word break."""
    words, quote = split_line(session.environ.get("COMP_LINE", ""))
    if len(words) > 1 and words[-2].strip("<>") == "":
        return [FILES.text]
    incomplete = words.pop() if words else ""
    found = candidates(words[1:], incomplete, session)
    if FILES in found:
        return [FILES.text]
    kept = _kept(session.environ, incomplete, quote)
    texts = [candidate.text[kept:] for candidate in found]
    return _listed(texts, found) if session.environ.get("COMP_TYPE") in _LISTING else texts


def _listed(texts: Sequence[str], found: Sequence[Candidate]) -> Sequence[str]:
    """Put the help beside the candidates, unless there is one alone, which bash takes for the word."""
    if len(texts) < 2:
        return texts
    width = max(map(len, texts))
    return [
        f"{text:{width}}  {candidate.help}" if candidate.help else text
        for text, candidate in zip(texts, found, strict=True)
    ]


def split_line(line: str) -> tuple[list[str], str]:
    """Part a line into words as a shell does, the last one unfinished; return its open quote too."""
    for quote in ("", "'", '"'):
        lexer = shlex(line + quote, posix=True, punctuation_chars="<>")
        lexer.whitespace_split = True
        lexer.commenters = ""
        try:
            words = list(lexer)
        except ValueError:  # a quote is open
            continue
        return ([*words, ""] if not quote and line[-1:].isspace() else words), quote
    return [], ""


def _kept(environ: Mapping[str, str], incomplete: str, quote: str) -> int:
    """Return how much of a word stands before the part that bash replaces: `tag:` of `tag:sai`."""
    if quote:
        return max(0, len(incomplete) - len(environ["COMP_LINE"].rpartition(quote)[2]))
    return max(incomplete.rfind(mark) + 1 for mark in environ.get("COMP_WORDBREAKS", "") + "\0")
