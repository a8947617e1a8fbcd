// Which texts answer a query. `load(kind, name)` brings a part of the index: a script in a browser, a file in a test.
import { fold, keys, partOf, roomOf, words } from "./words.mjs";
import { meant } from "./spelling.mjs";

// What a word counts that only begins like the last one typed, and one that says nothing of what is looked for.
const BEGINNING = 0.4;
const FILLER = 0.1;
// From how many words on a query is a sentence.
const MANY = 3;

// A word that stands in so few texts may be a slip that somebody else made too, if its like stands in so many times more.
const RARE = 3;
const MANY_TEXTS = 500;
const OFTEN = 8;

function joined(one, other) {
  const found = new Map(other.found);
  for (const [text, score] of one.found) { found.set(text, Math.max(score, found.get(text) || 0)); }
  return { found, common: one.common || other.common };
}

/**
 * @param {(kind: string, name: string) => Promise<any>} load
 * @param {(word: string) => string} stem
 */
export function makeFinder(load, stem) {
  /** For each text the best answer to one word; whether the word stands in so many that not all are listed. */
  async function answers(word, index, unfinished) {
    const found = new Map();
    let common = false;
    for (const key of keys(word, stem)) {
      const name = [partOf(key), roomOf(key)].find((part) => index.parts.includes(part));
      if (!name) { continue; }
      const part = await load("words", name);
      /** @type {[string, number][]} */
      const own = Object.hasOwn(part, key) ? [[key, 1]] : [];
      if (!own.length && unfinished && key.length > 1) {
        const start = fold(word);
        for (const other of Object.keys(part)) {
          if (other.startsWith(start)) { own.push([other, BEGINNING * (start.length / other.length)]); }
        }
      }
      for (const [known, near] of own) {
        const listed = part[known];
        common = common || listed.length % 2 === 1;
        let text = 0;
        for (let i = listed.length % 2; i < listed.length; i += 2) {
          text += listed[i];
          found.set(text, Math.max(found.get(text) || 0, listed[i + 1] * near));
        }
      }
    }
    return { found, common };
  }

  /** The answers to each word of a query; one that stands nowhere, or nearly, is taken for one that is often written. */
  async function each(asked, index) {
    const all = [];
    const instead = [];
    for (const [place, word] of asked.entries()) {
      let answer = await answers(word, index, place === asked.length - 1);
      const filler = index.common.includes(fold(word));
      if (answer.found.size <= Math.min(RARE, index.texts / MANY_TEXTS) && !filler && /^\p{L}+$/u.test(word)) {
        const known = await load("spelling", "");
        const least = answer.found.size && OFTEN * answer.found.size;
        const other = meant(word, known.filter(([, texts]) => texts >= least));
        if (other && other !== word) {
          instead.push([word, other, answer.found.size]);
          answer = joined(answer, await answers(other, index, false));
        }
      }
      all.push({ ...answer, filler });
    }
    return { all, instead };
  }

  /**
   * What a query finds, the best first; which of its words were read as which others; and those that tell what is
   * looked for, the last typed at the end.
   * @param {string} query
   */
  async function find(query) {
    const index = await load("index", "");
    const asked = [...new Set(words(query, true))];
    const { all, instead } = await each(asked, index);
    const telling = all.filter((one) => !one.filler);
    const counted = telling.length ? telling : all;
    const needed = counted.filter((one) => !one.common);
    const totals = new Map();
    for (const one of all) {
      const weight = telling.length && one.filler ? FILLER : 1;
      for (const [text, score] of one.found) {
        const total = totals.get(text) || { text, score: 0, needed: 0, counted: 0 };
        total.score += score * weight;
        total.needed += needed.includes(one) ? 1 : 0;
        total.counted += counted.includes(one) ? 1 : 0;
        totals.set(text, total);
      }
    }
    const list = [...totals.values()].filter((one) => one.counted);
    for (const one of list) { one.score *= (one.counted / counted.length) ** 2; }
    // Two words are both meant; of a question or a sentence, some may be said otherwise.
    const whole = list.filter((one) => one.needed === needed.length);
    const found = (whole.length && counted.length < MANY ? whole : list).sort((a, b) => b.score - a.score || a.text - b.text);
    const read = instead.map(([, other]) => other);
    const told = asked.filter((_, place) => counted.includes(all[place]));
    return { found: found.map((one) => one.text), instead, asked: [...read, ...told] };
  }

  /** The texts of these numbers. @param {number[]} numbers */
  async function texts(numbers) {
    const { size } = await load("index", "");
    return Promise.all(numbers.map(async (number) => {
      const part = await load("texts", String(Math.floor(number / size)));
      return part[number % size];
    }));
  }

  /** Whether a word of a text is one of those asked for, or begins like the last, which may not be typed to its end. */
  function matches(word, asked) {
    const own = keys(word, stem);
    const last = fold(asked[asked.length - 1] || "");
    return asked.some((one) => keys(one, stem).some((key) => own.includes(key)))
      || (last.length > 2 && fold(word).startsWith(last));
  }

  return { find, texts, matches };
}
