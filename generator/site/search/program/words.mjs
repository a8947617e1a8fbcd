// How a text is cut into the words that are compared. The build runs this file in Node, a reader's browser the same.

// Signs that are not seen and stand inside words: soft hyphens, joiners, the order of bytes.
const UNSEEN = /[\u00ad\u034f\u200b-\u200f\u2060\ufeff]/g;
// Signs of transliteration, which a reader leaves out: ʹ ʺ ʻ ʼ ʽ ʾ ʿ.
const TRANSLITERATION = /[\u02b9-\u02bf]/g;
const LIGATURES = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ı: "i", þ: "th", ð: "d" };
const GROUPED = /(\d)[\s,.](?=\d{3}(?!\d))/g;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
// Scripts written without spaces: words are found by their pairs of signs.
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+/gu;
// A name of letters and a number, as of a type or a model: written in one, parted, or with a hyphen.
const MODEL = /(?<![\p{L}\p{N}])(\p{L}{1,3})[-\u2010\u2011](\d{1,4})(?![\p{L}\p{N}])/gu;
// A word with a short beginning set off by a hyphen, which others write in one: anti-tank, e-mail.
const HYPHENED = /(?<![\p{L}\p{N}])(\p{L}{1,4})[-\u2010\u2011](\p{L}{3,})(?![\p{L}\p{N}])/gu;
// A unit written close to its number: 37mm is 37 mm.
const CLOSE_UNIT = /(\d)(mm|cm|km|kg|kw|hp|ha)(?![\p{L}\p{N}])/gu;
// Letters with a stop behind each, as of a state or an office: written without stops, they are one word.
const ABBREVIATION = /(?<![\p{L}\p{N}.])(?:\p{L}\.){2,}(?:\p{L}(?![\p{L}\p{N}]))?/gu;
// How many parts share the words of scripts whose signs are too many for a part each.
const OTHER_PARTS = 16;
const LATIN = /[a-z0-9]/;
// Alphabets, whose letters are few: words of them are parted by their first two, as Latin ones are.
const ALPHABET = /[\u0370-\u058f]/;

/** A text in small letters without accents: ō as o, œ as oe. @param {string} text */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\p{M}/gu, "")
    .replace(/[œæßøłđıþð]/g, (sign) => LIGATURES[sign]);
}

/** A text without what is not seen, in small letters, its numbers in one piece. @param {string} text */
export function clean(text) {
  return text.replace(UNSEEN, "").normalize("NFKC").replace(TRANSLITERATION, "").toLowerCase()
    .replace(GROUPED, "$1").replace(CLOSE_UNIT, "$1 $2");
}

/**
 * The words of a text, in order: 9,703 is one, 37mm two, BT-5 is also bt5, e-mail email, U.S.S.R. ussr, 小松原 is
 * 小松 and 松原.
 * @param {string} text
 * @param {boolean} [asked] whether a reader asks for them: the last of several unspaced signs is then not a word
 */
export function words(text, asked = false) {
  const cleaned = clean(text);
  const found = [];
  for (const [word] of cleaned.matchAll(WORD)) {
    let rest = 0;
    for (const run of word.matchAll(UNSPACED)) {
      plain(word.slice(rest, run.index), found);
      const signs = [...fold(run[0])];
      for (let i = 0; i + 1 < signs.length; i += 1) { found.push(signs[i] + signs[i + 1]); }
      if (signs.length && (!asked || signs.length === 1)) { found.push(signs[signs.length - 1]); }
      rest = run.index + run[0].length;
    }
    plain(word.slice(rest), found);
  }
  for (const [run] of cleaned.matchAll(ABBREVIATION)) { found.push(run.replaceAll(".", "")); }
  for (const [, letters, number] of cleaned.matchAll(MODEL)) { found.push(letters + number); }
  // Not of a question: what it asks for (ont-ils) is no word of the texts, and would be looked for as a slip.
  if (!asked) { for (const [, start, rest] of cleaned.matchAll(HYPHENED)) { found.push(start + rest); } }
  return found;
}

// Single Latin letters are what an apostrophe leaves.
function plain(word, found) {
  if (word && !/^[a-z]$/.test(word)) { found.push(word); }
}

/**
 * Under what a word is kept: its stem, found with its accents and without them, since readers leave them out.
 * @param {string} word
 * @param {(word: string) => string} stem
 */
export function keys(word, stem) {
  const folded = fold(word);
  if (!/^\p{L}+$/u.test(folded) || folded.length < 3) { return [folded]; }
  const both = [fold(stem(word.normalize("NFC"))) || folded, stem(folded) || folded];
  return both[0] === both[1] ? [both[0]] : both;
}

/** The part of the index that holds a word: its beginning. @param {string} word */
export function partOf(word) {
  const [first, second] = word;
  if (ALPHABET.test(first)) {
    return `y${first.codePointAt(0).toString(16)}${second && ALPHABET.test(second) ? second.codePointAt(0).toString(16) : ""}`;
  }
  if (!LATIN.test(first)) { return `x${(first.codePointAt(0) % OTHER_PARTS).toString(16)}`; }
  return first + (second && LATIN.test(second) ? second : "-");
}

/** The part in which a word stands if little is said of all that begin like it. @param {string} word */
export function roomOf(word) { return partOf([...word][0]); }
