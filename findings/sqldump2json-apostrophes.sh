#!/usr/bin/env bash
# Expected: "Converts SQL dump to a JSON stream" gives every row of a dump, or says which statement it cannot read. An
#   apostrophe inside a text is written twice (SQL:2016, <character string literal>; MySQL Reference Manual, "String
#   Literals"), as phpMyAdmin does by default; mysqldump writes REPLACE with --replace and INSERT IGNORE with
#   --insert-ignore, and large numbers of floating point with an exponent.
# Really: sqldump2json 1.0.3 leaves out the row with a doubled apostrophe or an exponent and all rows behind it in its INSERT,
#   and every REPLACE and INSERT IGNORE; the next statement is read as if nothing had been, and nothing is raised. (With a
#   backslash before it the apostrophe is read.) A table of posts, which is one INSERT, ends at the first "Kazakhstan's".
# Package: sqldump2json 1.0.3 (PyPI).
# Source: https://pypi.org/project/sqldump2json/1.0.3/; https://dev.mysql.com/doc/refman/8.4/en/string-literals.html.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sqldump2json==1.0.3 2>/dev/null
cat >"$folder/dump.sql" <<'SQL'
INSERT INTO `posts` (`id`, `title`) VALUES (1, 'Saiga'),(2, 'Kazakhstan''s kulan'),(3, 'Argali');
INSERT INTO `posts` (`id`, `title`) VALUES (4, 'Kazakhstan\'s steppe');
INSERT INTO `counts` (`id`, `animals`) VALUES (5, 1.3e6);
REPLACE INTO `posts` (`id`, `title`) VALUES (6, 'Gazelle');
INSERT IGNORE INTO `posts` (`id`, `title`) VALUES (7, 'Snow leopard');
INSERT INTO `posts` (`id`, `title`) VALUES (8, 'Wild camel');
SQL
cat >"$folder/read.py" <<'PYTHON'
import sys

from sqldump2json import DumpParser

for row in DumpParser().parse(open(sys.argv[1], encoding="utf-8").read()):
    print(row["values"])
print("end")
PYTHON
cat >"$folder/seen" <<'TEXT'
{'id': 1, 'title': 'Saiga'}
{'id': 4, 'title': "Kazakhstan's steppe"}
{'id': 8, 'title': 'Wild camel'}
end
TEXT
"$folder/venv/bin/python" "$folder/read.py" "$folder/dump.sql" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
