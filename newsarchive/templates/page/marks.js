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
    const found = runs.filter(([run]) => this.wordsOf(run).some((word) => likes.has(word)));
    return found.map((run) => range(text, run));
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

function range(text, run) {
  const found = document.createRange();
  found.setStart(text, run.index);
  found.setEnd(text, run.index + run[0].length);
  return found;
}
