#!/usr/bin/env bash
# Expected: a search in Hindi tells words apart that differ in a vowel: हिम is snow, as in हिम तेंदुआ, the snow leopard, and होम is home;
#   चीता is a cheetah, चिता a pyre; भेड़ are sheep, भीड़ is a crowd. FlexSearch names Hindi among its supported charsets. In Devanagari
#   the sign of a vowel is a mark (Unicode Standard, 12.1: "dependent vowel signs"), and belongs to the word as the letters do.
# Really: every encoder ends a word where something else than a letter or a number stands, and the vowels of Hindi are marks: हिम is the
#   two words ह and म, and so is होम. The three pairs above are the same to a search, in the strictest encoder, Charset.Exact, as
#   by default, and a word is found where its consonants stand far apart, in any order. MiniSearch, which asks for blanks and
#   punctuation between words, keeps all of them apart. Texts in Thai, and in Arabic with its vowels, are cut up alike.
# Package: flexsearch 0.8.212, minisearch 7.2.0 (npm).
# Source: README of FlexSearch, "Supported Charsets"; https://www.unicode.org/versions/latest/core-spec/chapter-12/.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" flexsearch@0.8.212 minisearch@7.2.0 >/dev/null 2>&1
cat >"$folder/hindi.js" <<'JS'
const { Charset, Index } = require("flexsearch");
const MiniSearch = require("minisearch");
const titles = ["हिम तेंदुआ", "होम मंत्री", "चीता लौटा", "चिता", "भेड़ और बकरी", "भीड़", "म और ह"];
const byDefault = new Index();
const exact = new Index({ encoder: Charset.Exact });
const mini = new MiniSearch({ fields: ["title"] });
titles.forEach((title, id) => {
  byDefault.add(id, title);
  exact.add(id, title);
  mini.add({ id, title });
});
const named = (ids) => ids.map((id) => titles[id]).join(", ");
for (const word of ["हिम", "चीता", "भेड़"]) {
  const found = [byDefault.search(word), exact.search(word), mini.search(word).map(({ id }) => id)];
  console.log(`${word}: default ${named(found[0])}; exact ${named(found[1])}; MiniSearch ${named(found[2])}`);
}
JS
cat >"$folder/seen" <<'TEXT'
हिम: default हिम तेंदुआ, होम मंत्री, म और ह; exact हिम तेंदुआ, होम मंत्री, म और ह; MiniSearch हिम तेंदुआ
चीता: default चीता लौटा, चिता; exact चीता लौटा, चिता; MiniSearch चीता लौटा
भेड़: default भेड़ और बकरी, भीड़; exact भेड़ और बकरी, भीड़; MiniSearch भेड़ और बकरी
TEXT
node "$folder/hindi.js" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
