// The words that entries are shown for are marked, in browsers that can do it without a change to the page.

const MOST_MARKED = 50; // entries: as far as most readers scroll, and done in a moment

class Marks {
  constructor(folding) {
    this.folding = folding;
    this.words = new Map();
  }

  /** Mark the words in `likes` in the first of `entries`, as soon as the browser has nothing else to do. */
  mark(entries, likes) {
    if (!CSS.highlights) return;
    clearTimeout(this.timer);
    CSS.highlights.delete("found");
    if (likes.size) this.timer = setTimeout(() => this.paint(entries.slice(0, MOST_MARKED), likes), 100);
  }

  paint(entries, likes) {
    const ranges = entries.flatMap((entry) => texts(entry).flatMap((text) => this.ranges(text, likes)));
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  ranges(text, likes) {
    const runs = Array.from(text.data.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu));
    return runs.flatMap((run) => this.inRun(text, run, likes));
  }

  inRun(text, { 0: run, index }, likes) {
    const has = (part) => this.wordsOf(part).some((word) => likes.has(word));
    if (!has(run)) return [];
    return this.parts(run).filter(([, part]) => has(part)).map(([at, part]) => range(text, index + at, part));
  }

  /** Return the words of a run as they are written, each with its place: pairs of characters overlap. */
  parts(run) {
    const { parts, paired, character } = this.folding;
    return Array.from(run.matchAll(parts)).flatMap(({ 0: part, index }) => {
      const starts = paired.test(part) ? Array.from(part.matchAll(character), (one) => one.index) : [0];
      if (starts.length === 1) return [[index, part]];
      const ends = [...starts.slice(2), part.length];
      return ends.map((end, at) => [index + starts[at], part.slice(starts[at], end)]);
    });
  }

  wordsOf(run) {
    if (!this.words.has(run)) this.words.set(run, this.folding.words(run));
    return this.words.get(run);
  }
}

function texts(entry) {
  const walker = document.createTreeWalker(entry, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found.filter((text) => !text.parentElement.matches(".about, .more"));
}

function range(text, start, part) {
  const found = document.createRange();
  found.setStart(text, start);
  found.setEnd(text, start + part.length);
  return found;
}
