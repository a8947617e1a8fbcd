// What somebody may have meant who typed a word that stands nowhere.
import { fold } from "./words.mjs";

// One sound, written as English, French, German and Polish write it when they take a name from another script.
/** @type {[RegExp, string][]} */
const SOUNDS = [
  [/d?zh|dj|dsch|dż|j/g, "j"], [/tsch|tch|cz|ch/g, "c"], [/sch|sh|sz/g, "s"], [/kh|gh/g, "h"], [/ph/g, "f"], [/th/g, "t"],
  [/ou|oo/g, "u"], [/w/g, "v"], [/y/g, "i"], [/ff?$|vv?$/g, "v"], [/tz|ts/g, "z"], [/ck|q|k/g, "k"], [/(.)\1+/g, "$1"],
];

/** How a name sounds, roughly. @param {string} word */
export function sound(word) {
  return SOUNDS.reduce((said, [written, heard]) => said.replace(written, heard), fold(word));
}

/**
 * How many letters to add, drop, change or swap with their neighbour (Damerau-Levenshtein, optimal alignment).
 * @param {string} one
 * @param {string} other
 * @param {number} most beyond which the count no longer matters
 */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) { return most + 1; }
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    if (Math.min(...row) > most) { return most + 1; }
    before = last;
    last = row;
  }
  return last[other.length];
}

/** How many letters may be wrong. @param {string} word */
function allowed(word) {
  return word.length < 4 ? 0 : word.length < 6 ? 1 : word.length < 10 ? 2 : 3;
}

/**
 * The known word that somebody meant who typed another, or nothing.
 * @param {string} typed
 * @param {readonly (readonly [string, number])[]} known words, and in how many texts each stands
 */
export function meant(typed, known) {
  const word = fold(typed);
  if (/\d/.test(word)) { return ""; }
  const heard = sound(word);
  let best = "";
  let least = Infinity;
  for (const [candidate, texts] of known) {
    const folded = fold(candidate);
    const most = allowed(word);
    const letters = distance(word, folded, most);
    const sounds = distance(heard, sound(candidate), most);
    const cost = Math.min(letters, sounds + 0.4) + (word[0] === folded[0] ? 0 : 0.3) - Math.min(0.25, Math.log(1 + texts) / 20);
    if (Math.min(letters, sounds) <= most && (most || sounds === 0) && cost < least) {
      best = candidate;
      least = cost;
    }
  }
  return best;
}
