// What is shown for what is typed. formats/html_search.py wrote the tables, and has the same rule in Python.

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
    const run =
      /(?<![\p{L}\p{N}_])(?:\p{L}\.)+\p{L}(?:'s)?(?![\p{L}\p{N}\p{M}_'])|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:'{1,2}(?=\p{L})[\p{L}\p{N}\p{M}]+)*/gu;
    return (this.fold(text).match(run) ?? []).flatMap((its) => this.parted(its)).filter(Boolean);
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

/** The words of all entries, and the places in the page of the entries that each is in. */
class Index {
  constructor(data, size) {
    this.size = size;
    this.rules = data.rules;
    this.folding = new Folding(data.rules);
    this.words = data.words.split(" ");
    this.keys = data.keys.split(" ").map((key, at) => key || this.words[at]);
    this.places = data.places.split(",");
    this.inflected = data.inflected;
    this.sounds = new Sounds(data.rules, this.folding);
    this.scripts = data.rules.scripts.map((letters) => new RegExp(`[${letters}]`));
  }

  /** Return for each word in `text` the numbers of the words that it stands for. */
  likes(text) {
    const readings = this.folding.words(this.sounds.read(text));
    return this.folding.words(text).map((typed, at) => this.alike(typed, readings[at] ?? typed));
  }

  /** Return for each entry whether it has one of the words with these numbers. */
  having(likes) {
    const has = new Uint8Array(this.size);
    for (const at of likes) putOnes(has, this.places[at]);
    return has;
  }

  /** Return the numbers of the words that `typed` stands for, `reading` if its marks are read.
   *  Other forms and other ways to write a name count where there is no better, and one edit as the last. */
  alike(typed, reading) {
    if (this.folding.paired.test(typed)) {
      const isSingle = this.folding.standsAlone(typed);
      return this.numbers((word) => (isSingle ? word.includes(typed) : word.startsWith(typed)));
    }
    const sound = this.folding.key(typed);
    const sounds = [sound, this.folding.key(reading)];
    let same = this.numbers((word, key) => sounds.some((one) => this.isAlike(word, key, typed, one)));
    if (!same.length) same = this.writtenOtherwise(typed);
    const { shortestCorrection } = this.rules;
    if (same.length || typed.length < shortestCorrection || /^\p{Nd}+$/u.test(typed)) return same;
    const [looksNear, soundsNear] = [nearly(typed), nearly(sound)];
    return this.numbers(
      (word, key) => word.length >= shortestCorrection && (looksNear(word) || soundsNear(key)),
    );
  }

  writtenOtherwise(typed) {
    if (this.folding.romanise(typed) === null) return [];
    const [keys, spellings] = [this.sounds.otherKeys(typed), this.sounds.otherSpellings(typed)];
    const forms = Array.from(this.sounds.allForms(typed), (form) => this.byForm.get(form) ?? []).flat();
    const others = this.numbers(
      (word, key) => spellings.has(word) || (keys.has(key) && /^[\u0400-\u052f]+$/.test(word)),
    );
    return Array.from(new Set([...forms, ...others]));
  }

  /** The numbers of the words by each form that they may be of, worked out when it is first asked for. */
  get byForm() {
    if (this.forms) return this.forms;
    this.forms = new Map();
    for (const [language, steps] of Object.entries(this.inflected)) {
      const has = new Uint8Array(this.words.length);
      putOnes(has, steps);
      for (const at of this.numbers((_, __, number) => has[number])) {
        for (const form of this.sounds.forms(this.words[at], language)) {
          this.forms.set(form, [...(this.forms.get(form) ?? []), at]);
        }
      }
    }
    return this.forms;
  }

  /** Return which of the scripts has letters in `word`, -1 for any other, as Latin is. */
  scriptOf(word) {
    return this.scripts.findIndex((letters) => letters.test(word));
  }

  numbers(test) {
    const found = [];
    for (let at = 0; at < this.words.length; at++) if (test(this.words[at], this.keys[at], at)) found.push(at);
    return found;
  }

  /** Whether `word` begins with what was typed, or sounds like it in the other script. */
  isAlike(word, key, typed, sound) {
    if (word.startsWith(typed)) return true;
    if (!key.startsWith(sound)) return false;
    const isInOtherScript = !this.folding.paired.test(word) && this.scriptOf(word) !== this.scriptOf(typed);
    if (key === sound && (isInOtherScript || typed.length >= this.rules.shortestLikeSound)) return true;
    return isInOtherScript && typed.length >= this.rules.shortestSoundBeginning;
  }
}

/** Return the test whether a word begins with `typed` but for a letter more, less, other, or two swapped. */
function nearly(typed) {
  const rests = Array.from({ length: typed.length + 3 }, (_, at) => typed.slice(at));
  return (word) => {
    let same = 0;
    while (same < typed.length && typed[same] === word[same]) same++;
    if (word.startsWith(rests[same + 1], same + 1) || word.startsWith(rests[same + 1], same)) return true;
    if (word.startsWith(rests[same], same + 1)) return true;
    const areSwapped = typed[same] === word[same + 1] && typed[same + 1] === word[same];
    return areSwapped && word.startsWith(rests[same + 2], same + 2);
  };
}

const [BLANK, DIGIT_0, LETTER_A] = [32, 48, 97];

/** Put 1 in `has` at the places that are written as the steps between them, in base 36: `0 3 1a`. */
function putOnes(has, steps) {
  let place = 0;
  let step = 0;
  for (let at = 0; at <= steps.length; at++) {
    const code = at < steps.length ? steps.charCodeAt(at) : BLANK;
    if (code !== BLANK) {
      step = step * 36 + code - (code < LETTER_A ? DIGIT_0 : LETTER_A - 10);
    } else {
      place += step;
      has[place] = 1;
      step = 0;
    }
  }
}
