"""Endings of nouns and participles in languages that Snowball has no stemmer for.

Written in the language's own letters; `inflection` compares them by their sound, so that one table serves each
script that the language is written in. What stands here is what news writes: plural, possessive of the third
person, cases, and the attributes made of them. Verbs are left alone, and so are the first and second person:
their endings are those of too many plain words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TURKIC: Final = "t"
MONGOLIC: Final = "m"
PERSIAN: Final = "p"
INDIC: Final = "h"

FAMILIES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("kk", "ky", "uz", "tk", "ug"), TURKIC),
    "mn": MONGOLIC,
    **dict.fromkeys(("tg", "fa", "ur", "ps", "ar"), PERSIAN),
    **dict.fromkeys(("hi", "ne"), INDIC),
}
"""The languages, and the family in which their words are compared."""

WRITTEN: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("kk", "ky", "uz", "tk", "ug"), ("latin", "cyrillic", "arabic")),
    **dict.fromkeys(("mn", "tg"), ("cyrillic",)),
    **dict.fromkeys(("fa", "ur", "ps", "ar"), ("arabic",)),
    **dict.fromkeys(("hi", "ne"), ("devanagari",)),
}
"""The scripts in which words of a language stand in its texts; a word in other letters is of another language."""

# Kazakh: R. Muhamedowa, Kazakh: A Comprehensive Grammar (2016), on number, possession and case.
_KAZAKH: Final = """
    лар лер дар дер тар тер
    ы і сы сі
    ның нің дың дің тың тің  ны ні ды ді ты ті н  ға ге қа ке на не а е
    да де та те нда нде  дан ден тан тен нан нен  мен бен пен
    дағы дегі тағы тегі ндағы ндегі  дай дей тай тей
"""

# Kyrgyz: D. S. Kara, Kyrgyz (2003), on number, possession and case; vowels are rounded after rounded ones.
_KYRGYZ: Final = """
    лар лер лор лөр дар дер дор дөр тар тер тор төр
    ы и у ү сы си су сү
    нын нин нун нүн дын дин дун дүн тын тин тун түн  ны ни ну нү ды ди ду дү ты ти ту тү н
    га ге го гө ка ке ко кө на не но нө а е о ө  да де до дө та те то тө нда нде ндо ндө
    дан ден дон дөн тан тен тон төн нан нен нон нөн
    дагы деги догу дөгү тагы теги тогу төгү ндагы ндеги
"""

# Uzbek: A. J. E. Bodrogligeti, An Academic Reference Grammar of Modern Literary Uzbek (2002), on number,
# possession and case; the limit -gacha and the adverbs -cha after the same.
_UZBEK: Final = "lar  i si  ning ni ga ka qa na da dan  dagi  gacha kacha qacha cha"

# Turkmen: L. Clark, Turkmen Reference Grammar (1998), on number, possession and case.
_TURKMEN: Final = """
    lar ler  y i u si sy  yn in un nyn nin  ny ni  ga ge na ne a e  da de nda nde  dan den ndan nden
    daky daki ndaky ndaki
"""

# Uyghur: F. de Jong, A Grammar of Modern Uyghur (2007), on number, possession and case. A vowel that is raised
# before an ending, бала балилар, is compared as it stands.
_UYGHUR: Final = (
    "lar ler  i si  ning ni  gha ge qa ke  da de ta te  din tin  diki tiki  ghiche giche qiche kiche"
)

# Mongolian: J. A. Janhunen, Mongolian (2012), on number, case and reflexive possession.
_MONGOLIAN: Final = """
    ууд үүд нууд нүүд гууд гүүд чууд чүүд д с
    ын ийн гийн ны ний ы ий н  ыг ийг г  т д нд  аас ээс оос өөс наас нээс гаас гээс гоос гөөс
    аар ээр оор өөр гаар гээр гоор гөөр  тай тэй той  руу рүү луу лүү
    аа ээ оо өө
"""

# Tajik: J. R. Perry, A Tajik Persian Reference Grammar (2005), on plural, izafet, article and enclitics.
_TAJIK: Final = "ҳо ҳои он они гон гони ён  и е  ро  ам ат аш амон атон ашон"

# Persian: A. K. S. Lambton, Persian Grammar (1953), on plural, izafet, article, degrees and suffixed pronouns.
_PERSIAN: Final = "ها های هایی ان گان یان  ی ای  را  ام ات اش مان تان شان  تر ترین"

# Urdu: R. L. Schmidt, Urdu: An Essential Grammar (1999), on the cases of nouns.
_URDU: Final = "وں یں یاں ے ا ی و"

# Pashto: H. Tegey and B. Robson, A Reference Grammar of Pashto (1996), on plural and oblique case.
_PASHTO: Final = "ونه ونو انو ان ې و ه ۍ ي یو"

# Arabic: Snowball's has the rest; here names are compared with their spelling in other scripts.
_ARABIC: Final = "ات ون ين ية ه"

# Hindi: R. K. Agnihotri, Hindi: An Essential Grammar (2007), on number and oblique case.
_HINDI: Final = "ों ें ियों ियां े ी ा ो यों यां"

# Nepali: J. Acharya, A Descriptive Grammar of Nepali (1991), on plural and postpositions, written to the noun.
_NEPALI: Final = "हरू हरु को का की मा ले लाई बाट सँग द्वारा देखि सम्म ो ा ी"

ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    language: tuple(table.split())
    for language, table in {
        "kk": _KAZAKH,
        "ky": _KYRGYZ,
        "uz": _UZBEK,
        "tk": _TURKMEN,
        "ug": _UYGHUR,
        "mn": _MONGOLIAN,
        "tg": _TAJIK,
        "fa": _PERSIAN,
        "ur": _URDU,
        "ps": _PASHTO,
        "ar": _ARABIC,
        "hi": _HINDI,
        "ne": _NEPALI,
    }.items()
}
