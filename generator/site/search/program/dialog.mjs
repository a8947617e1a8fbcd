// Search. Loaded when a reader opens it; then only the parts of the index that the words typed need.
import { stemmer } from "rules";
import { makeFinder } from "./find.mjs";
import { words } from "./words.mjs";

const base = /** @type {HTMLScriptElement} */ (document.currentScript).src.replace(/assets\/search\.js.*$/, "");
// How many results are shown at first, and with each touch of "more".
const SHOWN = 10;
// A word, or a number with its groups (9,703, or 9 703 with a space that does not part), which is one.
const WORD = /(?<![\p{L}\p{N}])\d{1,3}(?:[,.\u00a0\u202f]\d{3})+(?![\p{L}\p{N}])|[\p{L}\p{N}\p{M}]+/gu;
// How many words an excerpt has, and how many of them stand before the first that was asked for.
const EXCERPT = 28;
const BEFORE = 7;

const FILES = { index: () => "index", spelling: () => "spelling", words: (name) => `w-${name}`, texts: (name) => `t-${name}` };
const load = (kind, name) => window.loadOnce(`${base}search/${FILES[kind](name)}.js`);

const finder = makeFinder(load, stemmer);

function make(name, attributes, parent) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "text") { element.textContent = value; } else { element.setAttribute(key, value); }
  }
  if (parent) { parent.append(element); }
  return element;
}

/** Put a text into an element, the words that were asked for marked. */
function marked(element, text, asked) {
  let rest = 0;
  for (const found of text.matchAll(WORD)) {
    if (words(found[0]).some((word) => finder.matches(word, asked))) {
      element.append(text.slice(rest, found.index));
      make("mark", { text: found[0] }, element);
      rest = found.index + found[0].length;
    }
  }
  element.append(text.slice(rest));
}

/** The words around the first that was asked for. */
function excerpt(text, asked) {
  const pieces = text.split(" ");
  const at = pieces.findIndex((piece) => words(piece).some((word) => finder.matches(word, asked)));
  const from = Math.max(0, at - BEFORE);
  const some = pieces.slice(from, from + EXCERPT).join(" ");
  return `${from ? "… " : ""}${some}${from + EXCERPT < pieces.length ? " …" : ""}`;
}

/** What one can do where nothing was found: other words, or the lists of names. */
function helpOf(say, box) {
  const help = make("div", { class: "search-help", hidden: "" }, box);
  make("p", { text: say.help }, help);
  const lists = say.lists.length ? make("ul", { "aria-label": say.browse }, help) : null;
  for (const [path, title] of say.lists) { make("a", { href: base + path, text: title }, make("li", {}, lists)); }
  return help;
}

function dialog(say) {
  const box = /** @type {HTMLDialogElement} */ (make("dialog", { class: "search", "aria-label": say.search }));
  const head = make("div", { class: "search-head", role: "search" }, box);
  const input = /** @type {HTMLInputElement} */ (make("input", {
    type: "search", "aria-label": say.search, placeholder: say.hint, autocomplete: "off", spellcheck: "false",
    enterkeyhint: "search",
  }, head));
  const close = make("button", { type: "button", "aria-label": say.close, text: "×" }, head);
  const count = make("p", { role: "status", class: "search-count" }, box);
  const help = helpOf(say, box);
  const list = make("ol", { class: "search-results" }, box);
  const more = make("button", { type: "button", class: "search-more", text: say.more, hidden: "" }, box);
  let turn = 0;
  let answer = { found: [], asked: [], instead: [] };

  function show(text) {
    const [path, anchor, page, title, body, names] = text;
    const link = make("a", { href: base + path + (anchor ? `#${anchor}` : "") }, make("li", {}, list));
    marked(make("strong", {}, link), title, answer.asked);
    if (page !== title) { make("span", { class: "search-page", text: page }, link); }
    const titled = words(title);
    const named = names && answer.asked.some((word) => finder.matches(word, words(names)) && !finder.matches(word, titled));
    if (named) { marked(make("span", { class: "search-names" }, link), names, answer.asked); }
    marked(make("span", { class: "search-text" }, link), excerpt(body, answer.asked), answer.asked);
    link.addEventListener("click", () => { box.close(); });
  }

  async function next(mine) {
    const from = list.children.length;
    const texts = await finder.texts(answer.found.slice(from, from + SHOWN));
    if (mine !== turn) { return; }
    texts.forEach(show);
    more.hidden = list.children.length >= answer.found.length;
  }

  function summary() {
    const total = answer.found.length;
    const counted = say.counts[Math.min(total, say.counts.length - 1)];
    const read = answer.instead.map(([typed, meant, texts]) => (texts ? say.also : say.meant)
      .replace("{typed}", typed).replace("{meant}", meant));
    return [...read, total ? counted : say.none].join(" ");
  }

  async function ask() {
    const mine = (turn += 1);
    const found = words(input.value).length ? await finder.find(input.value) : null;
    if (mine !== turn) { return; }
    answer = found || { found: [], asked: [], instead: [] };
    list.textContent = "";
    more.hidden = true;
    await next(mine);
    if (mine !== turn) { return; }
    count.textContent = found ? summary() : "";
    help.hidden = !found || found.found.length > 0;
  }

  let pause;
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => { ask().catch(() => { count.textContent = say.none; }); }, 120);
  });
  more.addEventListener("click", async () => {
    const from = list.children.length;
    await next(turn);
    const first = /** @type {HTMLElement} */ (list.children[from]?.querySelector("a"));
    if (first) { first.focus(); }
  });
  box.addEventListener("keydown", (event) => {
    // A field of this type would take the first Escape for itself, to empty itself.
    if (event.key === "Escape") { event.preventDefault(); box.close(); }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [...list.querySelectorAll("a")];
    if (event.key === "Enter" && event.target === input && links.length) { links[0].click(); }
    if (!step || !links.length) { return; }
    event.preventDefault();
    const place = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement)) + step;
    if (place < 0) { input.focus(); } else { links[Math.min(place, links.length - 1)].focus(); }
  });
  close.addEventListener("click", () => { box.close(); });
  box.addEventListener("click", (event) => { if (event.target === box) { box.close(); } });
  document.body.append(box);
  return { box, input };
}

// What the tests ask: what a query finds.
window.search = {
  find: async (query) => finder.texts((await finder.find(query)).found.slice(0, 2 * SHOWN)),
};

let made;
window.openSearch = async () => {
  const { say } = await load("index", "");
  made ||= dialog(say);
  if (!made.box.open) { made.box.showModal(); }
  made.input.select();
};
