// The page: what is shown, counted and remembered in the address as the reader types and chooses.

const ENTRY_HEIGHT = 10; // in rem, of an entry that was not laid out yet: for the length of the scroll bar
const PAUSE = 300; // in ms, until the address follows: browsers refuse to change it at every key

class Page {
  constructor() {
    const data = JSON.parse(document.getElementById("index").textContent);
    this.years = Array.from(document.querySelectorAll("main > section"), (section) => new Year(section));
    this.entries = this.years.flatMap((year) => year.entries);
    this.index = new Index(data, this.entries.length);
    this.index.textsOf = (at) => textsOf(this.entries[at]).map((text) => this.index.folding.words(text));
    this.members = data.members;
    this.marks = new Marks(this.index.folding);
    this.search = document.getElementById("search");
    this.choices = Array.from(document.querySelectorAll("select"));
    this.clear = document.getElementById("clear");
    this.status = document.getElementById("status");
    this.nothing = document.getElementById("nothing");
  }

  start() {
    for (const link of document.querySelectorAll(".tags a")) link.href = address({ tag: link.textContent });
    for (const field of [this.search, ...this.choices]) field.addEventListener("input", () => this.refresh());
    this.clear.addEventListener("click", () => this.reset());
    window.addEventListener("hashchange", () => this.follow());
    document.addEventListener("keydown", (event) => this.press(event));
    document.addEventListener("click", ({ target }) => target.matches(".more") && openOrClose(target));
    this.follow();
  }

  // --- what is shown

  refresh() {
    this.show();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.remember(), PAUSE);
  }

  show() {
    const asking = new Asking(this.index, this.search.value);
    const { found, note } = asking.shown();
    const shown = this.chosen([found]);
    this.years.reduce((place, year) => year.expect(shown.subarray(place, place + year.size)) + place, 0);
    document.body.getBoundingClientRect(); // makes the browser take notice of the years that are hidden now
    this.tell(this.years.reduce((total, year) => total + year.show(), 0), note);
    this.marks.mark(
      this.entries.filter((_, at) => shown[at]),
      new Set(Array.from(asking.marked, (at) => this.index.words[at])),
    );
  }

  /** Return for each entry whether it is in all of `sets` and of the year, tag and language chosen. */
  chosen(sets) {
    const shown = new Uint8Array(this.entries.length).fill(1);
    for (const set of [...sets, ...this.choices.map((choice) => this.having(choice))]) {
      if (set) for (let at = 0; at < shown.length; at++) shown[at] &= set[at];
    }
    return shown;
  }

  having({ id, value }) {
    if (!value) return null;
    const has = new Uint8Array(this.entries.length);
    putOnes(has, this.members[id][value]);
    return has;
  }

  tell(total, note) {
    this.status.textContent = share(total, this.entries.length) + (note ? ` – ${note}` : "");
    this.nothing.hidden = total > 0 || this.entries.length === 0;
    this.clear.hidden = address(this.state()) === "";
  }

  reset() {
    for (const field of [this.search, ...this.choices]) field.value = "";
    this.refresh();
    this.search.focus();
  }

  // --- the address: what is typed and chosen stands after the # sign, so that it can be sent to others

  state() {
    const fields = [["q", this.search.value.trim()], ...this.choices.map(({ id, value }) => [id, value])];
    return Object.fromEntries(fields.filter(([, value]) => value));
  }

  remember() {
    history.replaceState(null, "", address(this.state()) || location.pathname + location.search);
  }

  /** Show what the address asks for: a selection, or an entry or year, among all if it is not shown now. */
  follow() {
    const asked = location.hash.slice(1);
    const target = document.getElementById(asked);
    if (!target || target.closest("[hidden]")) this.restore(new URLSearchParams(target ? "" : asked));
    this.show();
    target?.scrollIntoView();
  }

  restore(state) {
    this.search.value = state.get("q") ?? "";
    for (const choice of this.choices) choose(choice, state.get(choice.id) ?? "");
  }

  // --- the keyboard: / to the search, arrows from entry to entry, Escape back to the search and to all

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (this.answer(event.key, document.activeElement ?? document.body)) event.preventDefault();
  }

  answer(key, focused) {
    const entry = focused.closest("article");
    if (key === "/" && !focused.matches("input, select")) return this.goToSearch();
    if (key === "Escape") return focused === this.search ? this.empty() : this.goToSearch();
    if (key === "ArrowDown" && (entry || focused === this.search)) return this.step(entry, 1);
    if (key === "ArrowUp" && entry) return this.step(entry, -1);
    return false;
  }

  goToSearch() {
    this.search.focus();
    this.search.select();
    return true;
  }

  empty() {
    this.search.value = "";
    this.refresh();
    return true;
  }

  /** Go to the entry after or before one, or to the first; up from the first is the search. */
  step(from, direction) {
    const shown = this.entries.filter((entry) => !entry.hidden && !entry.parentElement.hidden);
    const next = shown[from ? shown.indexOf(from) + direction : 0];
    if (!next) return direction > 0 || this.goToSearch();
    next.tabIndex = -1;
    next.focus();
    return true;
  }
}

/** The entries of a year, their count beside its heading, and its bar in the timeline. */
class Year {
  constructor(section) {
    this.section = section;
    this.entries = Array.from(section.querySelectorAll("article"));
    this.size = this.entries.length;
    this.count = section.querySelector("h2 span");
    this.bar = document.querySelector(`nav a[href="#${section.id}"] .shown`);
    this.top = Number(this.bar?.getAttribute("y"));
    this.height = Number(this.bar?.getAttribute("height"));
    this.shown = new Uint8Array(this.size).fill(1);
    this.total = undefined;
  }

  /**
   * Take what is to be shown next, 1 for each entry that is, and return the number of entries.
   *
   * A year that will grow is hidden for the moment. On the screen it would be laid out whole before most of
   * it moves off; when it comes back, the browser lays out what can be seen of it.
   */
  expect(shown) {
    this.next = shown;
    this.nextTotal = shown.reduce((sum, is) => sum + is, 0);
    const isInUse = this.section.contains(document.activeElement);
    if (this.nextTotal > this.total && !isInUse) this.section.hidden = true;
    return this.size;
  }

  /** Show what was taken, and return how many entries that are. Touches only what changes. */
  show() {
    const [shown, total] = [this.next, this.nextTotal];
    // The entries of a year that is hidden as a whole stay as they were.
    if (total) this.entries.forEach((entry, at) => this.turn(entry, at, shown[at]));
    if (total !== this.total) this.tell(total);
    return (this.total = total);
  }

  turn(entry, at, is) {
    if (is === this.shown[at]) return;
    entry.hidden = !is;
    this.shown[at] = is;
  }

  tell(total) {
    this.section.hidden = !total;
    this.section.style.containIntrinsicBlockSize = `${total * ENTRY_HEIGHT}rem`;
    this.count.textContent = share(total, this.size);
    const height = total && Math.max(2, (this.height * total) / this.size);
    this.bar?.setAttribute("height", height);
    this.bar?.setAttribute("y", this.top + this.height - height);
  }
}

/** Return the title, the summary, the body and the tags of an entry. */
function textsOf(entry) {
  const lines = (selector) => Array.from(entry.querySelectorAll(selector), (one) => one.textContent);
  const [title, summary, body] = ["h3", ":scope > p:not(.about, .tags)", ".body p"].map((one) => lines(one).join("\n"));
  return [title, summary, body, ...lines(".tags a")];
}

function openOrClose(button) {
  button.setAttribute("aria-expanded", button.getAttribute("aria-expanded") !== "true");
}

function share(some, all) {
  const entries = `${all.toLocaleString("en")} ${all === 1 ? "entry" : "entries"}`;
  return some === all ? entries : `${some.toLocaleString("en")} of ${entries}`;
}

function address(state) {
  const asked = new URLSearchParams(state).toString();
  return asked && `#${asked}`;
}

function choose(choice, value) {
  choice.value = value;
  if (choice.selectedIndex < 0) choice.value = "";
}

document.documentElement.classList.add("scripted");
document.addEventListener("DOMContentLoaded", () => new Page().start());
