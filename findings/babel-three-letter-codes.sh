#!/usr/bin/env bash
# Expected: a language has one locale, whichever of its codes is written: BCP 47 (RFC 5646, 2.2.1 and 4.5) and CLDR's
#   LocaleId canonicalization (UTS 35) make "rus" to "ru", "prs" to "fa-AF" and "sh" to "sr-Latn". Babel has that table
#   (babel.core.get_global("language_aliases")) and says of Locale.parse that likely subtags are only filled in "if the
#   locale otherwise does not exist", and "ru" exists.
# Really: Locale.parse("rus") is ru_RU, a country which nobody wrote, and is not equal to Locale.parse("ru"): a set or a
#   count by locale has the language twice, and "kaz" even gets a script. An alias which has more than a language in it
#   is not followed: "prs" (Dari) and "sh" (Serbo-Croatian) are refused as unknown although fa_AF and sr_Latn are there.
# Package: Babel 2.19.0 (PyPI).
# Source: the docstring of Locale.parse in babel/core.py, and https://www.unicode.org/reports/tr35/#LocaleId_Canonicalization
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check Babel==2.19.0 2>/dev/null
cat >"$folder/codes.py" <<'PYTHON'
from babel import Locale, UnknownLocaleError
from babel.core import get_global

aliases = get_global("language_aliases")
for code in ("ru", "rus", "kk", "kaz", "fa_AF", "prs", "sr_Latn", "sh"):
    try:
        locale = str(Locale.parse(code))
    except UnknownLocaleError as error:
        locale = str(error)
    print(f"{code}: alias {aliases.get(code)}, locale {locale}")
print("rus is ru:", Locale.parse("rus") == Locale.parse("ru"))
PYTHON
cat >"$folder/seen" <<'TEXT'
ru: alias None, locale ru
rus: alias ru, locale ru_RU
kk: alias None, locale kk
kaz: alias kk, locale kk_Cyrl_KZ
fa_AF: alias None, locale fa_AF
prs: alias fa_AF, locale unknown locale 'prs'
sr_Latn: alias None, locale sr_Latn
sh: alias sr_Latn, locale unknown locale 'sh'
rus is ru: False
TEXT
"$folder/venv/bin/python" "$folder/codes.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
