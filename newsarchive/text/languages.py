"""Tell which languages a text is written in, line by line: by script and letters, then by function words."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence

from newsarchive.text.script import script
from newsarchive.text.words import spans

# Folded, as the words they are compared with. A word in several lists counts its share in each.
_FUNCTION_WORDS = {
    "en": """
        a about after against all also an and are as at be been before between but by can could did do does
        during each for from had has have he her his how if in into is it its may more most must no nor not
        of off on only or other our out over she should since so some such than that the their them then
        there these they this those through to under until up upon was we were what when where which while
        who whose why will with within without would you your
    """,
    "fr": """
        a afin ainsi apres au aussi aux avant avec ce ces cet cette chez comme contre dans de depuis des
        dont du elle elles en entre est et ete etre il ils la le les leur leurs lors mais ne nos notre nous
        on ont ou par pas plus pour que qui sa sans se ses son sont sous sur tous tout toute toutes tres un
        une vers vous
    """,
    "es": """
        a al antes como con contra cuando de del desde donde durante e el en entre es esa ese eso esta estas
        este esto estos fue fueron ha han hasta hay la las le les lo los mas muy ni no nuestra nuestro o
        otra otras otro otros para pero por porque que se segun ser si sin sobre son su sus tambien un una
        unas unos y ya
    """,
    "de": """
        als am an auch auf aus bei bis das dass dem den der des die durch ein eine einem einen einer eines
        er es fur gegen haben hat ihr ihre im in ist kann mit nach nicht noch nur oder sein seine sich sie
        sind uber um und unter vom von vor war waren wenn werden wie wir wird wurde wurden zu zum zur
        zwischen
    """,
    "it": """
        a ai al alla alle anche che con come da dai dal dalla dalle degli dei del della delle di dopo e ed
        fra gli ha hanno i il in la le lo loro ma nei nel nella nelle non o per piu questa queste questi
        questo se si sono stato su sua sul sulla suo tra un una uno
    """,
    "pt": """
        a ao aos as ate com como da das de do dos e em entre esta este foi ja mais mas muito na nao nas no
        nos o os ou para pela pelas pelo pelos por quando que sao se sem ser seu seus sobre sua suas tambem
        um uma
    """,
    "nl": """
        aan als bij dan dat de die door een en er heeft het hebben in is maar met naar niet nog om ook op
        over te tot uit van voor was werd worden wordt zijn
    """,
    "bg": "във да до е за и или като който която които на от по са се със също тази този това че ще",
    "ru": """
        а без был была были в во все для до его ее еще за и из или их к как которая которые который ко на не
        но о об он она они от по под при с со также так то только у что чтобы это этого этой
    """,
}

# What news is usually written in: one function word of their own is enough for these. The other languages
# are there so that they are not taken for one of these, and need two.
_USUAL = ("en", "fr", "es", "ru")

# Cyrillic letters that Russian lacks, smaller alphabets first: Kyrgyz has all of the Mongolian ones, Kazakh
# all of the Kyrgyz ones.
_LETTERS = {
    "mn": "өү",
    "be": "іў",
    "uk": "іїєґ",
    "ky": "ңөү",
    "kk": "әғқңөұүһі",
    "uz": "ўғқҳ",
    "tg": "ғӣқӯҳҷ",
    "sr": "ђјљњћџ",
    "mk": "ѓѕјљњќџ",
}

_SENTENCE = 5  # words
_SHARE = 0.2  # of the words of the text
_QUOTATION = 1 / 3  # of the words of a line: less than that in another script is a name or a quotation
_FOREIGN = 0.02  # of the letters of a line: less than that is a name
_COVERAGE = 1 / 8  # of the lower-case words of a line: less than that are look-alikes in another language
_LEAD = 1.5  # times the score of the next language


def languages(text: str) -> tuple[str, ...]:
    """Return the BCP 47 codes of the languages of `text`, the one with most words first.

    A language needs five words or a fifth of the text. Empty when nothing tells, as in a line of names.
    """
    amounts: Counter[str] = Counter()
    total = 0
    for line in text.splitlines():
        for language, amount in _judged(line.lower() if line.isupper() else line):
            total += amount
            if language:
                amounts[language] += amount
    return tuple(code for code, amount in amounts.most_common() if amount >= min(_SENTENCE, _SHARE * total))


def _judged(line: str) -> Iterator[tuple[str | None, int]]:
    """Yield for each script in `line` its language, None if that can't be told, and its number of words."""
    found = [(word, script(word), line[start].islower()) for word, start, _ in spans(line)]
    for letters in ("latin", "cyrillic"):
        amount = sum(its == letters for _, its, _ in found)
        # Capitalised words tell nothing, they may be part of a name: Los Angeles, The Hague.
        telling = [word for word, its, is_lower in found if is_lower and its == letters]
        if amount < _QUOTATION * len(found) or not telling:
            yield None, amount
        elif letters == "latin":
            yield _by_function_words(telling), amount
        else:
            yield _by_letters(line) or _by_function_words(telling) or "ru", amount


def _by_letters(line: str) -> str | None:
    """Return the language that has the letters of `line` which Russian lacks, None when those are few."""
    letters = [letter for letter in line.lower() if "а" <= letter <= "ӿ"]
    foreign = [letter for letter in letters if letter > "я" and letter != "ё"]
    if len(foreign) < max(2, _FOREIGN * len(letters)):
        return None
    return next((language for language, own in _LETTERS.items() if set(own).issuperset(foreign)), None)


def _by_function_words(telling: Sequence[str]) -> str | None:
    """Return the language whose list has most of the words, if it is well ahead of the next."""
    lists = _lists_by_word()
    found = [lists[word] for word in telling if word in lists]
    scores: dict[str, float] = {}
    for among in found:
        for language in among:
            scores[language] = scores.get(language, 0) + 1 / len(among)
    if not scores:
        return None
    best, *others = sorted(scores, key=scores.__getitem__, reverse=True)
    its_own = {word for word in telling if lists.get(word) == (best,)}
    sure = (
        len(its_own) >= (1 if best in _USUAL else 2)
        and sum(best in among for among in found) >= _COVERAGE * len(telling)
        and all(scores[best] >= _LEAD * scores[other] for other in others[:1])
    )
    return best if sure else None


@functools.cache
def _lists_by_word() -> dict[str, tuple[str, ...]]:
    """Return the languages that have each function word."""
    lists: dict[str, tuple[str, ...]] = {}
    for language, its_words in _FUNCTION_WORDS.items():
        for word in its_words.split():
            lists[word] = (*lists.get(word, ()), language)
    return lists
