// What one word that is typed stands for. formats/writing/html_search.py wrote the data, and has the rule in Python.

const [SHORTEST_SPLIT, SHORTEST_FIRST_PART, SHORTEST_LAST_PART, LONGEST_ENDING] = [5, 3, 5, 3];
const [FARTHEST, FEW] = [3, 5];

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
    this.numbered = new Map(this.words.map((word, at) => [word, at]));
    this.compounds = new Uint8Array(this.words.length);
    if (data.compounds) putOnes(this.compounds, data.compounds);
    this.certain = new Set(data.certain.split(" "));
    this.textsOf = () => []; // the page says what stands in an entry
    this.scripts = data.rules.scripts.map((letters) => new RegExp(`[${letters}]`));
  }

  /** Return for each entry whether it has one of the words with these numbers. */
  having(likes) {
    const has = new Uint8Array(this.size);
    for (const at of likes) putOnes(has, this.places[at]);
    return has;
  }

  /** Return the numbers of the words that `typed` stands for, `reading` if its marks are read.
   *  Other forms and other ways to write a name count where there is no better, and with `near` one edit as the last. */
  alike(typed, reading = typed, near = true) {
    if (this.folding.paired.test(typed)) {
      const isSingle = this.folding.standsAlone(typed);
      return this.numbers((word) => (isSingle ? word.includes(typed) : word.startsWith(typed)));
    }
    const sound = this.folding.key(typed);
    const sounds = [sound, this.folding.key(reading)];
    const numbers = digits(typed);
    let same = this.numbers(
      (word, key, at) =>
        (sounds.some((one) => this.isAlike(word, key, typed, one)) && (!numbers || digits(word) === numbers)) ||
        (this.compounds[at] && endsSo(word, typed)),
    );
    if (!same.length) same = this.writtenOtherwise(typed);
    const { shortestCorrection } = this.rules;
    const letters = typed.replace(/\p{Nd}/gu, "").length;
    if (same.length || !near || letters < shortestCorrection || this.certain.has(typed)) return same;
    const [looksNear, soundsNear] = [nearly(typed), nearly(sound)];
    return this.numbers(
      (word, key) =>
        word.length >= shortestCorrection && digits(word) === numbers && (looksNear(word) || soundsNear(key)),
    );
  }

  /** Return for each entry whether it has a word as two, side by side. */
  split(typed) {
    const has = new Uint8Array(this.size);
    if (typed.length < SHORTEST_SPLIT || !isWord(typed) || this.folding.paired.test(typed)) return has;
    for (let cut = 1; cut < typed.length - 1; cut++) {
      const [first, second] = [typed.slice(0, cut), typed.slice(cut)];
      if (!this.numbered.has(first)) continue;
      this.having([this.numbered.get(first)]).forEach((is, place) => {
        if (is && this.textsOf(place).some((words) => this.hasPair(words, first, second))) has[place] = 1;
      });
    }
    return has;
  }

  /** Whether two words stand side by side; the second may go on, or have lost its ending, if it is not short. */
  hasPair(words, first, second) {
    const { shortestCorrection } = this.rules;
    const goesOn = (one, other) => one.length >= shortestCorrection && other.startsWith(one);
    const isSecond = (word = "") =>
      word === second || goesOn(second, word) || (goesOn(word, second) && second.length - word.length < FARTHEST);
    return words.some((word, at) => word === first && isSecond(words[at + 1]));
  }

  hasCode(letters) {
    return this.words.some((word) => word.startsWith(letters) && isNumber(word.slice(letters.length)));
  }

  /** Return the numbers of the words that sound most like one that nothing is like. */
  nearest(typed) {
    const mayBe = (word) =>
      word.length >= this.rules.shortestCorrection && !digits(word) && !this.folding.paired.test(word);
    if (!mayBe(typed) || this.certain.has(typed)) return [];
    const sound = this.folding.key(typed);
    const sounds = new Set(this.keys.filter((_, at) => mayBe(this.words[at])));
    const ranked = [];
    for (const other of sounds) {
      const longest = Math.max(sound.length, other.length);
      if (Math.abs(sound.length - other.length) > FARTHEST) continue;
      const distance = edits(sound, other);
      if (2 * distance <= longest) ranked.push([distance / longest, other]);
    }
    ranked.sort(([one, its], [other, others]) => one - other || (its < others ? -1 : 1));
    const near = new Set(ranked.slice(0, FEW).map(([, other]) => other));
    return this.numbers((word, key) => mayBe(word) && near.has(key));
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

function isNumber(text) {
  return /^\p{Nd}+$/u.test(text);
}

function isWord(text) {
  return /^\p{L}+$/u.test(text);
}

/** Return the numbers in a word, which must be equal in all that it stands for. */
function digits(word) {
  return (word.match(/\p{Nd}+/gu) ?? []).join(",");
}

/** Whether the last part of a compound is what was typed, perhaps with an ending. */
function endsSo(word, typed) {
  const at = word.indexOf(typed, SHORTEST_FIRST_PART);
  return typed.length >= SHORTEST_LAST_PART && at >= 0 && word.length - at - typed.length <= LONGEST_ENDING;
}

/** Return how many letters must be added, left out, changed or swapped with their neighbour. */
function edits(one, other) {
  const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let y = 1; y <= one.length; y++) {
    rows.push([y]);
    for (let x = 1; x <= other.length; x++) {
      const change = one[y - 1] === other[x - 1] ? 0 : 1;
      rows[y][x] = Math.min(rows[y - 1][x] + 1, rows[y][x - 1] + 1, rows[y - 1][x - 1] + change);
      const areSwapped = y > 1 && x > 1 && one[y - 1] === other[x - 2] && one[y - 2] === other[x - 1];
      if (areSwapped) rows[y][x] = Math.min(rows[y][x], rows[y - 2][x - 2] + 1);
    }
  }
  return rows[one.length][other.length];
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
