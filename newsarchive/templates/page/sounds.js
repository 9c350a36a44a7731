// Endings, marks on letters, ways to write a name. formats/html_sounds.py wrote the tables, and has the same rule.

/** What a word may be without its endings, and otherwise spelt. */
class Sounds {
  constructor(rules, folding) {
    this.rules = rules;
    this.folding = folding;
    const { markedLetters } = rules;
    this.mark = new RegExp(`[${markedLetters}]`, "u");
    this.withMarks = new RegExp(`[\\p{L}]*[${markedLetters}][\\p{L}]*`, "gu");
    this.coarser = Object.fromEntries(
      Object.entries(rules.coarser).map(([family, steps]) => [
        family,
        steps.map(([pattern, becomes]) => [new RegExp(pattern, "g"), becomes]),
      ]),
    );
    const [from, tables] = rules.spelt;
    this.spelt = tables.map((table) => new Map(table.split(" ").map((letters, at) => [from[at], letters])));
  }

  /** Return a text with letters for the marks in its words. */
  read(text) {
    return text.normalize("NFC").replace(this.withMarks, (word) => this.reading(word.toLowerCase()));
  }

  reading(word) {
    const { marked, slavic, slavicMarks } = this.rules;
    const isSlavic = Array.from(slavicMarks).some((mark) => word.includes(mark));
    return respelt(word, isSlavic ? { ...marked, ...slavic } : marked);
  }

  /** Return the keys that a folded Latin word has in other systems of writing Russian. */
  otherKeys(word) {
    if (!/^[a-z]+$/.test(word)) return new Set();
    const keys = new Set(this.rules.systems.map((system) => this.folding.key(respelt(word, system))));
    keys.delete(this.folding.key(word));
    return keys;
  }

  /** Return how a folded Russian word is written by other systems than those of the key. */
  otherSpellings(word) {
    const letters = Array.from(word);
    if (letters.length < this.rules.shortestSpelling) return new Set();
    if (letters.some((letter) => !this.spelt[0].has(letter))) return new Set();
    return new Set(this.spelt.map((table) => letters.map((letter) => table.get(letter)).join("")));
  }

  allForms(word) {
    return new Set(Object.keys(this.rules.inflection).flatMap((language) => this.forms(word, language)));
  }

  /** Return what a folded word may be without endings, as sounds marked with the family of the language. */
  forms(word, language) {
    const letters = this.folding.romanise(word);
    if (letters === null || !/^[a-z]+$/.test(letters)) return [];
    const [family, endings] = this.rules.inflection[language];
    const plain = family === this.rules.withoutVowels ? letters.replaceAll("i", "e") : letters;
    const forms = this.withoutEndings(this.folding.sounds(plain), endings).map((form) => this.coarse(form, family));
    return forms.filter((form) => form.length >= this.rules.shortestForm).map((form) => `${family}~${form}`);
  }

  withoutEndings(sounds, endings) {
    const forms = [sounds];
    for (const last of endings) {
      if (!this.mayLose(sounds, last)) continue;
      let form = sounds.slice(0, -last.length);
      forms.push(form);
      for (let at = 0; at < this.rules.mostEndings; at++) {
        const ending = endings.find((one) => this.mayLose(form, one));
        if (ending === undefined) break;
        form = form.slice(0, -ending.length);
        forms.push(form);
      }
    }
    return forms;
  }

  mayLose(sounds, ending) {
    const left = sounds.length - ending.length;
    return sounds.endsWith(ending) && left >= this.rules.shortestForm + (ending.length === 1);
  }

  coarse(form, family) {
    return this.coarser[family].reduce((sound, [pattern, becomes]) => sound.replace(pattern, becomes), form);
  }
}

/** Return a word with the longest parts that `table` has replaced by what they become. */
function respelt(word, table) {
  const parts = Object.keys(table).sort((one, other) => other.length - one.length);
  return word.replace(new RegExp(parts.join("|"), "g"), (part) => table[part]);
}
