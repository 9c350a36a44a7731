// What is shown for a query. formats/writing/html_asking.py has the same rule in Python.

const [FEWEST_CAPITALS, LONGEST_LETTERS, FIRST_YEAR, LAST_YEAR] = [4, 4, 1800, 2199];
const [SHORTEST_JOINED, SHORTEST_HYPHENATED, SHORTEST_PART, MOST_PIECES] = [6, 4, 2, 12];
const OPERATORS = new Set(["AND", "OR", "NOT"]);
const HYPHENS = new Set("-‐‑–—_./");
const SEPARATORS = new Set(",.'’");

/** One query to the page: sets are arrays with 1 for each entry that is in them. */
class Asking {
  constructor(index, query) {
    this.index = index;
    this.folding = index.folding;
    this.everything = new Uint8Array(index.size).fill(1);
    this.nothing = new Uint8Array(index.size);
    this.abbreviations = abbreviations(query, this.folding);
    this.tokens = this.read(query);
    this.at = 0;
    this.units = [];
    this.excluded = this.nothing;
    this.marked = new Set();
  }

  /** Return what is shown, what is said of it: what the query asks for, else the most that it still can. */
  shown() {
    const found = this.either();
    if (some(found) || !this.units.length) return { found };
    const sets = this.units.map((unit) => ({ unit, places: this.likes(unit.word, unit.reading) }));
    const known = sets.filter(({ places }) => some(places)).map(({ places }) => places);
    const missing = [...new Set(sets.filter(({ places }) => !some(places)).map(({ unit }) => unit.text))].join(", ");
    const all = known.length ? this.allowed(known.reduce(both)) : this.nothing;
    if (missing && some(all)) return { found: all, note: `no entry has ${missing}` };
    const any = this.allowed(known.reduce(either, this.nothing));
    if (some(any)) return { found: any, note: "no entry has all of it: any of the words may be missing" };
    const pieces = this.units.filter(({ isLoose }) => isLoose).flatMap((unit) => unit.pieces);
    const parts = this.allowed(pieces.map((piece) => this.likes(piece)).reduce(either, this.nothing));
    if (some(parts)) return { found: parts, note: `nothing has ${missing} as one word: its parts may stand anywhere` };
    const unknown = sets.filter(({ places }) => !some(places));
    const nearest = unknown.flatMap(({ unit }) => this.index.nearest(unit.word));
    const near = this.allowed(this.index.having(nearest));
    if (!some(near)) return { found };
    for (const at of nearest) this.marked.add(at);
    const names = [...new Set(nearest.map((at) => this.index.words[at]))].join(", ");
    return { found: near, note: `no entry has ${missing}; nearest by sound: ${names}` };
  }

  allowed(places) {
    return both(places, opposite(this.excluded));
  }

  /** Return parentheses, operators, and texts with `=` before them. */
  read(query) {
    const pieces = query.match(/[()]|[^\s()"]+/g) ?? [];
    if (this.isInCapitals(query, pieces)) return pieces.map((piece) => `=${piece}`);
    const found = pieces.flatMap((piece) => {
      if (OPERATORS.has(piece) || piece === "(" || piece === ")") return [piece];
      const text = piece.replace(/^-+/, "");
      if (!this.folding.words(text).length) return [];
      return [...Array(piece.length - text.length).fill("NOT"), `=${text}`];
    });
    const hasOperator = found.some((token) => token === "OR" || token === "NOT");
    return hasOperator ? found : found.filter((token) => token !== "(" && token !== ")");
  }

  /** Whether a query is a title in capitals, whose operators are words. */
  isInCapitals(query, pieces) {
    if (query.toUpperCase() !== query || query.toLowerCase() === query || /[()"]/.test(query)) return false;
    const words = pieces.filter((piece) => !OPERATORS.has(piece)).flatMap((piece) => this.folding.words(piece));
    return words.length >= FEWEST_CAPITALS;
  }

  // --- the grammar

  either() {
    let found = this.allOf();
    while (this.take("OR")) found = either(found, this.allOf());
    return found;
  }

  allOf() {
    let found = this.everything;
    let texts = [];
    while (this.at < this.tokens.length && !["OR", ")"].includes(this.tokens[this.at])) {
      const token = this.tokens[this.at++];
      if (token === "(" || token === "NOT") {
        found = both(found, this.words(texts));
        texts = [];
        found = both(found, token === "NOT" ? this.without() : this.group());
      } else if (token !== "AND") texts.push(token.replace("=", ""));
    }
    return both(found, this.words(texts));
  }

  group() {
    const found = this.either();
    this.take(")");
    return found;
  }

  without() {
    const [units, marked] = [this.units, this.marked];
    [this.units, this.marked] = [[], new Set()];
    let gone = this.nothing;
    if (this.take("(")) gone = this.group();
    else if (this.tokens[this.at]?.startsWith("=")) gone = this.words([this.tokens[this.at++].replace("=", "")]);
    [this.units, this.marked] = [units, marked];
    this.excluded = either(this.excluded, gone);
    return opposite(gone);
  }

  take(token) {
    const isThere = this.tokens[this.at] === token;
    if (isThere) this.at++;
    return isThere;
  }

  // --- words

  /** Return the entries that have all words of some texts that blanks part. */
  words(texts) {
    const units = this.putTogether(texts.flatMap((text) => this.unitsOf(text)));
    this.units.push(...units);
    const joined = units.slice(1).map((unit, before) => this.joined(units[before], unit));
    return units.reduce((found, unit, at) => {
      const beside = joined.slice(Math.max(0, at - 1), at + 1).reduce(either, this.nothing);
      return both(found, either(beside, this.likes(unit.word, unit.reading, !some(beside))));
    }, this.everything);
  }

  /** Return the words of a text; of one that nothing is like, what its keys give in the other layout. */
  unitsOf(text) {
    const units = this.withReadings(text);
    if (units.some(({ word, reading }) => some(this.likes(word, reading)))) return units;
    const others = this.withReadings(this.switched(text));
    return others.length && others.every(({ word }) => some(this.likes(word, word, false))) ? others : units;
  }

  withReadings(text) {
    const readings = this.folding.words(this.index.sounds.read(text));
    return this.folding.units(text).map((unit, at) => ({ ...unit, text: unit.word, reading: readings[at] ?? unit.word }));
  }

  switched(text) {
    const [hasLatin, hasCyrillic] = [/[a-z]/i.test(text), /[а-яё]/i.test(text)];
    if (hasLatin === hasCyrillic) return "";
    const [latin, cyrillic] = this.index.rules.keyboard;
    const [from, to] = hasLatin ? [latin, cyrillic] : [cyrillic, latin];
    return Array.from(text, (letter) => to[from.indexOf(letter)] ?? letter).join("");
  }

  /** Return the entries with a like of a word, or with its two parts side by side where there is none. */
  likes(word, reading = word, near = true) {
    const likes = this.index.alike(word, reading, near);
    for (const at of likes) this.marked.add(at);
    const places = this.index.having(likes);
    return likes.length || !near ? places : this.index.split(word);
  }

  joined(one, other) {
    const word = one.word + other.word;
    const isHyphenated = other.joint !== "" && other.joint !== " ";
    const known = () => this.likes(word, word, false);
    if (isParted([one.word, other.word])) return known();
    if (!isWord(word) || this.folding.paired.test(word)) return this.nothing;
    const isLong = word.length >= SHORTEST_JOINED && Math.min(one.word.length, other.word.length) >= SHORTEST_PART;
    return isLong || (isHyphenated && word.length >= SHORTEST_HYPHENATED) ? known() : this.nothing;
  }

  /** Return words with what was typed in pieces as one: CoP-12, COP 12, 1,500. */
  putTogether(units) {
    const found = [];
    for (const unit of units) {
      const before = found.at(-1);
      if (!before || !this.areOne(before, unit)) {
        found.push(unit);
        continue;
      }
      found[found.length - 1] = {
        word: before.word + unit.word,
        joint: before.joint,
        text: before.text + unit.joint + unit.text,
        pieces: [...before.pieces, unit.word],
        isLoose: unit.joint === " ",
      };
    }
    return found;
  }

  areOne(before, unit) {
    if (!isNumber(unit.word)) return false;
    if (isNumber(before.word)) return SEPARATORS.has(unit.joint) && isParted([...before.pieces, unit.word]);
    if (!isWord(before.word) || this.folding.paired.test(before.word)) return false;
    if (HYPHENS.has(unit.joint)) return true;
    const year = Number(unit.word.slice(0, 9));
    const isYear = year >= FIRST_YEAR && year <= LAST_YEAR;
    const mayBe = unit.joint === " " && before.word.length <= LONGEST_LETTERS && !isYear;
    return mayBe && (this.abbreviations.has(before.word) || this.index.hasCode(before.word));
  }
}

/** Return the words before numbers that are typed as abbreviations are: COP, CoP. */
function abbreviations(query, folding) {
  const words = Array.from(query.matchAll(/(\p{L}+)\s+\p{Nd}/gu), ([, letters]) => letters);
  const isOne = (letters) => letters.toUpperCase() === letters || /.\p{Lu}/u.test(letters);
  return new Set(words.filter((letters) => isOne(letters) && letters.toLowerCase() !== letters).map((its) => folding.fold(its)));
}

/** Whether words are the pieces of one long number: 1,500; 12,345,678; in India 1,50,000. */
function isParted(run) {
  const number = run.join("");
  if (run.length < 2 || run.length > MOST_PIECES || !isNumber(number) || number.length < 4 || number.startsWith("0")) return false;
  const last = number.slice(-3);
  const isThis = (count) => [...every(count, number.slice(0, -3)), last].join() === run.join();
  return isThis(3) || (number.length > 5 && isThis(2));
}

function every(count, number) {
  const first = number.length % count;
  const pieces = first ? [number.slice(0, first)] : [];
  for (let at = first; at < number.length; at += count) pieces.push(number.slice(at, at + count));
  return pieces;
}

function some(places) {
  return places.includes(1);
}

function both(one, other) {
  return one.map((is, at) => is & other[at]);
}

function either(one, other) {
  return one.map((is, at) => is | other[at]);
}

function opposite(places) {
  return places.map((is) => 1 - is);
}
