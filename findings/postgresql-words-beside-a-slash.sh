#!/usr/bin/env bash
# Expected: what stands on either side of a slash or a hyphen is found, in every script: "snow-leopard" is found by leopard. The words
#   of an ordinary text are "word", numbers "unsigned integer"; "file or path name" is /usr/local/foo.txt (PostgreSQL's
#   documentation, 12.5, Parsers), and the spaces and signs between words are left out.
# Really: two words in ASCII letters with a slash between them are one file: saiga/kulan is found by neither, CMS/COP14 is not found by
#   COP14, and "wild and/or captive" has the word "and/or"; in Cyrillic, сайгак/кулан, both are found. A sentence after a
#   point without a blank makes a host. A number behind a hyphen is negative: the plan of 2019-2021 is not found by 2021 (with
#   a dash, as typographers set it, it is), nor COP-14 by "COP 14", nor the other way round. No dictionary changes it.
# Package: PostgreSQL 18.7 in @electric-sql/pglite 0.5.17 (npm); 15 does the same.
# Source: https://www.postgresql.org/docs/18/textsearch-parsers.html.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" @electric-sql/pglite@0.5.17 >/dev/null 2>&1
cat >"$folder/search.mjs" <<'JS'
import { PGlite } from "@electric-sql/pglite";
const database = new PGlite();
for (const [text, query] of [
  ["snow-leopard", "leopard"],
  ["saiga/kulan", "kulan"],
  ["сайгак/кулан", "кулан"],
  ["CMS/COP14", "COP14"],
  ["wild and/or captive", "or"],
  ["plan 2019-2021", "2021"],
  ["plan 2019–2021", "2021"],
  ["COP-14", "COP 14"],
  ["COP 14", "COP-14"],
]) {
  const { rows } = await database.query(
    "SELECT to_tsvector('simple', $1)::text AS words, to_tsvector('simple', $1) @@ websearch_to_tsquery('simple', $2) AS found",
    [text, query],
  );
  console.log(`${query} in "${text}": ${rows[0].found ? "found" : "not found"} among ${rows[0].words}`);
}
JS
cat >"$folder/seen" <<'TEXT'
leopard in "snow-leopard": found among 'leopard':3 'snow':2 'snow-leopard':1
kulan in "saiga/kulan": not found among 'saiga/kulan':1
кулан in "сайгак/кулан": found among 'кулан':2 'сайгак':1
COP14 in "CMS/COP14": not found among 'cms/cop14':1
or in "wild and/or captive": not found among 'and/or':2 'captive':3 'wild':1
2021 in "plan 2019-2021": not found among '-2021':3 '2019':2 'plan':1
2021 in "plan 2019–2021": found among '2019':2 '2021':3 'plan':1
COP 14 in "COP-14": not found among '-14':2 'cop':1
COP-14 in "COP 14": not found among '14':2 'cop':1
TEXT
node "$folder/search.mjs" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
