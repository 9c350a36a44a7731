#!/usr/bin/env bash
# Expected: a "bi-directional transliterator for Python" with "language packs" for Mongolian and Russian gives back what it romanised, or
#   where the alphabet cannot say it, letters of about the same sound: у and ү are two letters of Mongolian, both u in Latin, and the
#   more frequent у is the better guess; ь after small letters is small.
# Really: in Mongolian every u becomes ү: уул (mountain) comes back as үүл (cloud), Улаанбаатар as Үлаанбаатар; ө is lost the other
#   way round (Өмнөговь: Омногови), and ы is in no table at all: бугын is "bugыn" in Latin. In Russian ь and ъ come back as
#   a capital Ь in the middle of the word (июлЬ, обЬект), and щ, which it writes sch, as сч.
# Package: transliterate 1.10.2 (PyPI).
# Source: https://pypi.org/project/transliterate/1.10.2/; the Mongolian alphabet, MNS 5217:2012.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check transliterate==1.10.2 2>/dev/null
cat >"$folder/there-and-back.py" <<'PYTHON'
from transliterate import translit

WORDS = {
    "mn": ("цоохор ирвэс", "уул", "үүл", "Улаанбаатар", "Өмнөговь", "бугын"),
    "ru": ("сайгак", "Алтай", "июль", "объект", "щука"),
}
for language, words in WORDS.items():
    for word in words:
        latin = translit(word, language, reversed=True)
        print(f"{language}: {word}, {latin}, {translit(latin, language)}")
PYTHON
cat >"$folder/seen" <<'TEXT'
mn: цоохор ирвэс, tsookhor irwes, цоохор ирвэс
mn: уул, uul, үүл
mn: үүл, uul, үүл
mn: Улаанбаатар, Ulaanbaatar, Үлаанбаатар
mn: Өмнөговь, Omnogowi, Омногови
mn: бугын, bugыn, бүгын
ru: сайгак, sajgak, сайгак
ru: Алтай, Altaj, Алтай
ru: июль, ijul', июлЬ
ru: объект, ob'ekt, обЬект
ru: щука, schuka, счука
TEXT
"$folder/venv/bin/python" "$folder/there-and-back.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
