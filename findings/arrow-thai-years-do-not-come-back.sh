#!/usr/bin/env bash
# Expected: arrow.get(text, format, locale=...) reads what Arrow.format(format, locale=...) wrote: the same tokens are for both ("Use the
#   following tokens for parsing and formatting", guide of arrow), and a locale that writes years of the Buddhist era reads them so.
# Really: in Thai format() adds 543 to the year, and get() takes nothing away: 29 มกราคม 2564, which is 2021, is read as 2564, a sound
#   date 543 years ahead, after every other story. The token decides, not the words: "YYYY-MM-DD" with the locale is 2564-01-29, too.
#   With two digits, which Thai papers write, 64 becomes 2064. Sixteen other locales come back as they were.
# Package: arrow 1.4.0 (PyPI).
# Source: https://arrow.readthedocs.io/en/latest/guide.html#supported-tokens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check arrow==1.4.0 2>/dev/null
cat >"$folder/years.py" <<'PYTHON'
import arrow

day = arrow.get(2021, 1, 29)
for locale in ("ru", "kk", "uz", "fa", "zh", "th"):
    for form in ("D MMMM YYYY", "YYYY-MM-DD"):
        written = day.format(form, locale=locale)
        print(f"{locale}: {written} is read as {arrow.get(written, form, locale=locale).date()}")
PYTHON
cat >"$folder/seen" <<'TEXT'
ru: 29 января 2021 is read as 2021-01-29
ru: 2021-01-29 is read as 2021-01-29
kk: 29 Қаңтар 2021 is read as 2021-01-29
kk: 2021-01-29 is read as 2021-01-29
uz: 29 Yanvar 2021 is read as 2021-01-29
uz: 2021-01-29 is read as 2021-01-29
fa: 29 ژانویه 2021 is read as 2021-01-29
fa: 2021-01-29 is read as 2021-01-29
zh: 29 一月 2021 is read as 2021-01-29
zh: 2021-01-29 is read as 2021-01-29
th: 29 มกราคม 2564 is read as 2564-01-29
th: 2564-01-29 is read as 2564-01-29
TEXT
"$folder/venv/bin/python" "$folder/years.py" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
