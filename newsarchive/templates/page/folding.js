// Folds what is typed as Python folded the words of the page, by the tables of formats/writing/html_folding.py.

/** Folds what is typed, by tables that hold what each character becomes. */
class Folding {
  constructor(rules) {
    this.rules = rules;
    this.folded = byCharacter(rules.folded);
    this.romanised = byCharacter(rules.romanised);
    this.paired = new RegExp(`[${rules.paired}]`, "u");
    this.character = new RegExp(rules.character, "gu");
    this.parts = new RegExp(`(?:${rules.character})+|[^${rules.paired}]+`, "gu");
    this.unspoken = new RegExp(rules.unspoken, "g");
    this.unspokenInside = new RegExp(rules.unspokenInside, "g");
    this.spellings = new RegExp(rules.sounds.map(([spelling]) => `(${spelling})`).join("|"), "g");
  }

  words(text) {
    return this.units(text).map(({ word }) => word);
  }

  /** Return the words of a text, each with what stands between it and the word before. */
  units(text) {
    const run =
      /(?<![\p{L}\p{N}_])(?:\p{L}\.)+\p{L}(?:'s)?(?![\p{L}\p{N}\p{M}_'])|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:'{1,2}(?=\p{L})[\p{L}\p{N}\p{M}]+)*/gu;
    const folded = this.fold(text);
    const units = [];
    let end = 0;
    for (const found of folded.matchAll(run)) {
      this.parted(found[0]).forEach((word, at) => {
        const joint = at ? "" : units.length ? folded.slice(end, found.index) : " ";
        if (word) units.push({ word, joint, pieces: [word] });
      });
      end = found.index + found[0].length;
    }
    return units;
  }

  /** Return the words of a run: of scripts without blanks, every two characters that are neighbours. */
  parted(run) {
    if (!this.paired.test(run)) return [bare(run)];
    return run.match(this.parts).flatMap((part) => (this.paired.test(part) ? this.pairs(part) : [bare(part)]));
  }

  pairs(part) {
    const characters = part.match(this.character);
    if (characters.length === 1) return characters;
    return characters.slice(1).map((character, before) => (characters[before] + character).normalize("NFC"));
  }

  standsAlone(word) {
    return this.paired.test(word) && word.match(this.character)[0] === word;
  }

  fold(text) {
    return Array.from(text.normalize("NFC"), (character) => this.become(character)).join("").normalize("NFC");
  }

  become(character) {
    const known = this.folded.get(character);
    if (known !== undefined) return known;
    return (/[\p{L}\p{N}]/u.test(character) ? character.normalize("NFKC") : character).toLowerCase();
  }

  /** Return the cross-script key of a folded word; the word itself if the tables lack one of its letters. */
  key(word) {
    const letters = this.romanise(word);
    if (letters === null) return word;
    if (letters.length < 3 || !/^[a-z]+$/.test(letters) || /^[ivx]+$/.test(letters)) return letters || word;
    const sounds = this.sounds(letters);
    return sounds.length < this.rules.shortestWithDoubles ? sounds : sounds.replace(/(.)\1+/g, "$1");
  }

  /** Return the sounds that ASCII letters stand for, doubled ones as they are. */
  sounds(letters) {
    return letters.replace(this.spellings, (...found) => this.sound(found));
  }

  romanise(word) {
    const parts = Array.from(word, (letter) => (letter < "\x80" ? letter : this.romanised.get(letter)));
    return parts.includes(undefined) ? null : this.spoken(parts.join(""));
  }

  /** Return a romanised word without the vowels of Devanagari that are not spoken, of which A and < tell. */
  spoken(letters) {
    if (!/[A<]/.test(letters)) return letters;
    return backwards(backwards(letters.replace(this.unspoken, "")).replace(this.unspokenInside, "$1")).toLowerCase();
  }

  sound([, ...groups]) {
    return this.rules.sounds[groups.findIndex((group) => group !== undefined)][1];
  }
}

function backwards(ascii) {
  return Array.from(ascii).reverse().join("");
}

function byCharacter(grouped) {
  const groups = Object.entries(grouped);
  return new Map(groups.flatMap(([becomes, from]) => Array.from(from, (character) => [character, becomes])));
}

/** Return a word without the article that French elides, the possessive of English, apostrophes, and dots. */
function bare(run) {
  if (!/['.]/.test(run)) return run;
  const noun = run.replace(/^(?:[cdjlmnst]|(?:jus|lors|puis)?qu)'(?=[aeiouh])/, "").replace(/(?:'s)+$/, "");
  return noun.replace(/['.]/g, "");
}
