// The texts of a language come in; its index comes out in small parts, as JSON, which scripts bring: see packed.py.
import { fold, keys, partOf, roomOf, words } from "./words.mjs";

// How much a word counts by where it stands. A description says what a page is about in its author's words.
const WEIGHTS = { title: 12, names: 10, about: 5, headings: 3, page: 2, body: 1 };
// How much a text counts by what it is: pages and sections of prose before what mentions a word in passing.
const KINDS = { chapter: 2.4, section: 1.5, reference: 1.5, entry: 1.5, row: 0.8 };
// From where on more of a word says little more (as in BM25), and what a length takes away from it: nothing from a list
// of all the names of one thing.
const ENOUGH = 7;
const LENGTH = { title: 0.6, names: 0, about: 0.3, headings: 0.6, page: 0.6, body: 0.6 };
// A word that stands in more texts than this is listed for those which it says most of.
const LISTED = 150;
// In how many texts a word of the prose stands that may have been meant by a slip.
const KNOWN = 4;
// The alphabets, and the part of all words from which on a text is written in one, and does not only quote it.
const SCRIPTS = [/^\p{Script=Latin}+$/u, /^\p{Script=Greek}+$/u, /^\p{Script=Cyrillic}+$/u];
const SHARE = 4;
// From how many letters of JSON on the words of one beginning have a part of their own; the others share one by their
// first letter: what is small deflates badly, and is asked for no quicker.
const OWN_PART = 800;

/** @typedef {{ kind: string, fields: Record<string, string>, shown: string[] }} Text */

/**
 * @param {Text[]} texts
 * @param {{ size: number }} about what the dialog says, and how many texts a part holds
 * @param {(word: string) => string} stem
 * @param {readonly string[]} fillers words that say nothing of what is looked for
 */
export function makeParts(texts, about, stem, fillers) {
  const memory = new Map();
  const keysOf = (word) => {
    if (!memory.has(word)) { memory.set(word, keys(word, stem)); }
    return memory.get(word);
  };
  const cut = texts.map(({ fields }) => Object.entries(fields).map(([name, text]) => [name, words(text)]));
  const parts = shared(listings(texts, cut, keysOf));
  const files = {
    "search/index.js": JSON.stringify({ ...about, texts: texts.length, parts: Object.keys(parts).sort(), common: [...new Set(fillers.map(fold))] }),
    "search/spelling.js": JSON.stringify(spelling(cut)),
  };
  for (const [name, part] of Object.entries(parts)) {
    const sorted = part.sort(([one], [other]) => (one < other ? -1 : 1));
    files[`search/w-${name}.js`] = JSON.stringify(Object.fromEntries(sorted));
  }
  for (let first = 0; first < texts.length; first += about.size) {
    const some = texts.slice(first, first + about.size).map((text) => text.shown);
    files[`search/t-${first / about.size}.js`] = JSON.stringify(some);
  }
  return files;
}

/** The parts of the index by their names: the words of each beginning, and together those of which little is said. */
function shared(listed) {
  const beginnings = {};
  const parts = {};
  for (const one of listed) { (beginnings[partOf(one[0])] ||= []).push(one); }
  for (const [name, some] of Object.entries(beginnings)) {
    const room = JSON.stringify(some).length < OWN_PART ? roomOf(some[0][0]) : name;
    (parts[room] ||= []).push(...some);
  }
  return parts;
}

/** For each key the texts it stands in and what it counts in each: distance from the text before, weight, … */
function listings(texts, cut, keysOf) {
  const means = {};
  for (const text of cut) {
    for (const [name, found] of text) {
      if (!found.length) { continue; }
      const mean = (means[name] ||= { total: 0, texts: 0 });
      mean.total += found.length;
      mean.texts += 1;
    }
  }
  const weights = new Map();
  cut.forEach((text, number) => {
    const own = new Map();
    for (const [name, found] of text) {
      const usual = means[name] ? means[name].total / means[name].texts : 1;
      const each = WEIGHTS[name] / (1 - LENGTH[name] + LENGTH[name] * (found.length / usual));
      for (const word of found) {
        for (const key of keysOf(word)) { own.set(key, (own.get(key) || 0) + each); }
      }
    }
    for (const [key, weight] of own) {
      if (!weights.has(key)) { weights.set(key, []); }
      weights.get(key).push([number, KINDS[texts[number].kind] * weight / (ENOUGH + weight)]);
    }
  });
  return [...weights].map(([key, found]) => [key, listing(found, texts.length)]);
}

function listing(found, texts) {
  const rare = Math.log(1 + (texts - found.length + 0.5) / (found.length + 0.5)) + 0.5;
  const many = found.length > LISTED;
  const kept = many ? [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, LISTED) : found;
  let last = 0;
  const pairs = [...kept].sort((a, b) => a[0] - b[0]).flatMap(([number, weight]) => {
    const step = number - last;
    last = number;
    return [step, Math.max(1, Math.round(10 * rare * weight))];
  });
  return many ? [found.length, ...pairs] : pairs;
}

/** The scripts in which a slip is looked for: Latin, and another that a good part of the words is written in. */
function scriptsOf(cut) {
  const all = cut.flatMap((text) => text.flatMap(([, found]) => found));
  return SCRIPTS.filter((script, place) => !place || SHARE * all.filter((word) => script.test(word)).length > all.length);
}

/** Words that may have been meant, as they are written, with the number of texts each stands in. */
function spelling(cut) {
  const scripts = scriptsOf(cut);
  const texts = new Map();
  const named = new Set();
  for (const text of cut) {
    const own = new Set();
    for (const [name, found] of text) {
      for (const word of found) {
        if (word.length < 3 || !scripts.some((script) => script.test(word))) { continue; }
        own.add(word);
        if (name === "title" || name === "names" || name === "headings") { named.add(word); }
      }
    }
    for (const word of own) { texts.set(word, (texts.get(word) || 0) + 1); }
  }
  return [...texts].filter(([word, count]) => named.has(word) || count >= KNOWN).sort((a, b) => (a[0] < b[0] ? -1 : 1));
}
