#!/usr/bin/env bash
# Expected: "Any-Latin; Latin-ASCII", which makes slugs and keys of search in many programs, writes whatever is in Cyrillic in ASCII: Any-Latin
#   turns the letters of all other scripts into Latin ones, Latin-ASCII those into ASCII (ICU User Guide, General Transforms;
#   CLDR, Transliteration Guidelines). uz_Latn-uz_Cyrl writes the Cyrillic of Uzbek, in which the country is Ўзбекистон (its own e is
#   е after consonants; э begins words, as in экология), and back in Latin it is Oʻzbekiston.
# Really: the letters ҷ and ҳ of Tajik stay as they are: Тоҷикистон is "Toҷikiston", in two alphabets, which no query in either finds. қ
#   becomes k and U+02CC, the mark of a secondary stress, which Latin-ASCII leaves: Қазақстан is "Kˌazakˌstan". And from Latin every
#   e of Uzbek is э, "Ўзбэкистон", and yo is ё before an ʻ, too: yoʻlbars (tiger) is "ёʻлбарс" for йўлбарс. No error, no mark.
# Package: icukit-pyicu 78.3.1 (PyPI), which is PyICU with ICU 78.3 and its data of CLDR 48.
# Source: https://unicode-org.github.io/icu/userguide/transforms/general/; https://cldr.unicode.org/index/cldr-spec/transliteration-guidelines.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check icukit-pyicu==78.3.1 2>/dev/null
cat >"$folder/names.py" <<'PYTHON'
import icu

transform = icu.Transliterator.createInstance
print("ICU", icu.ICU_VERSION)
for name in ("Россия", "Монгол Улс", "Кыргызстан", "Қазақстан", "Тоҷикистон", "Ҳисор"):
    written = transform("Any-Latin; Latin-ASCII").transliterate(name)
    print(f"{name}: {written}{'' if written.isascii() else ', not ASCII'}")
for name in ("Ўзбекистон", "сентябрь", "йўлбарс", "экология"):
    latin = transform("uz_Cyrl-uz_Latn").transliterate(name)
    print(f"{name}: {latin}, and back {transform('uz_Latn-uz_Cyrl').transliterate(latin)}")
PYTHON
cat >"$folder/seen" <<'TEXT'
ICU 78.3
Россия: Rossia
Монгол Улс: Mongol Uls
Кыргызстан: Kyrgyzstan
Қазақстан: Kˌazakˌstan, not ASCII
Тоҷикистон: Toҷikiston, not ASCII
Ҳисор: Ҳisor, not ASCII
Ўзбекистон: Oʻzbekiston, and back Ўзбэкистон
сентябрь: sentyabr, and back сэнтябр
йўлбарс: yoʻlbars, and back ёʻлбарс
экология: ekologiya, and back экология
TEXT
"$folder/venv/bin/python" "$folder/names.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
