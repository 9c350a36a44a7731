#!/usr/bin/env bash
# Expected: BibLaTeX is UTF-8 (biber's default), so a title in Cyrillic is exported as it stands, or refused; and each entry of one
#   export has a key of its own, because a key is how it is cited.
# Really: by default citation-js keeps what ASCII and commands of TeX can say and drops all other letters without a word, in
#   BibLaTeX too ("escape or remove", says its README of the option asciiOnly): of a Cyrillic title and author the blanks and
#   signs are left, while "Åse" and "ß" are kept as commands. Keys are made of what is left, so all stories of a year that are
#   in Cyrillic have one key, "undefined2021undefined".
# Package: @citation-js/core 0.8.2 with @citation-js/plugin-bibtex 0.8.2 (npm).
# Source: README of @citation-js/plugin-bibtex; the manual of BibLaTeX, 2.4.3 (encodings).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2 >/dev/null 2>&1
cat >"$folder/export.js" <<'JS'
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
const issued = { "date-parts": [[2021, 1, 29]] };
const story = (id, family, title) => ({ id, type: "webpage", title, author: [{ family, given: "A." }], issued });
const stories = [
  story("saiga", "Межнев", "Сайгак вернулся в степь"),
  story("kulan", "Әлімов", "Құлан: Алтын Емел"),
  story("herders", "Åse", "Große Herden"),
];
console.log(new Cite(stories).format("biblatex").replace(/\t/g, "").trim());
JS
cat >"$folder/seen" <<'TEXT'
@online{undefined2021undefined,
author = {, A.},
date = {2021-01-29},
title = {   },
}
@online{undefined2021undefined,
author = {, A.},
date = {2021-01-29},
title = {:  },
}
@online{Ase2021Groe,
author = {{\r A}se, A.},
date = {2021-01-29},
title = {Gro\ss{}e {Herden}},
}
TEXT
node "$folder/export.js" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
