// The path of a shape comes in; the same path comes out in few letters: steps from point to point, in tenths of a pixel.

/** How many numbers each command takes. */
const TAKES = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 };
const COMMAND = /([a-z])([^a-df-z]*)/gi;
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;

const tenth = (n) => Math.round(n * 10) / 10 || 0;

/** Write numbers one after the other, with a space only where the next could not be told from the last. */
function joined(numbers) {
  let text = "";
  for (const n of numbers) {
    const next = String(n).replace(/^(-?)0\./, "$1.");
    text += text && !next.startsWith("-") ? ` ${next}` : next;
  }
  return text;
}

/** The commands of a path, each with the numbers it takes once; null for what this program does not know. */
function commandsOf(d) {
  const commands = [];
  for (const [, letter, rest] of d.matchAll(COMMAND)) {
    const takes = TAKES[letter.toUpperCase()];
    const numbers = (rest.match(NUMBER) ?? []).map(Number);
    if (takes === undefined || (takes ? !numbers.length || numbers.length % takes : numbers.length)) return null;
    if (!takes) commands.push([letter, []]);
    for (let i = 0; takes && i < numbers.length; i += takes) {
      const again = i && letter === "M" ? "L" : i && letter === "m" ? "l" : letter;
      commands.push([again, numbers.slice(i, i + takes)]);
    }
  }
  return commands;
}

/** Where a command's numbers are coordinates: x, y, or neither of them (null). */
function axesOf(kind, index) {
  if (kind === "H") return 0;
  if (kind === "V") return 1;
  if (kind === "A") return index < 5 ? null : index - 5;
  return index % 2;
}

export function shortPath(d) {
  const commands = commandsOf(d);
  if (!commands) return d;
  // Where the pen is in the path as it was given, and as it is written: each step is taken from the second, so
  // that what is lost by rounding never adds up.
  let given = [0, 0], start = [0, 0], pen = [0, 0], penStart = [0, 0];
  let text = "", last = "";
  for (const [letter, numbers] of commands) {
    const kind = letter.toUpperCase(), relative = letter !== kind;
    if (kind === "Z") {
      [given, pen] = [[...start], [...penStart]];
      text += last === "z" ? "" : "z";
      last = "z";
      continue;
    }
    const absolute = numbers.map((n, i) => {
      const axis = axesOf(kind, i);
      return axis === null ? n : relative ? n + given[axis] : n;
    });
    const steps = absolute.map((n, i) => {
      const axis = axesOf(kind, i);
      return axis === null ? Math.round(n * 100) / 100 : tenth(tenth(n) - pen[axis]);
    });
    const ends = kind === "H" ? [absolute[0], given[1]] : kind === "V" ? [given[0], absolute[0]] : absolute.slice(-2);
    given = ends;
    pen = ends.map(tenth);
    if (kind === "M") [start, penStart] = [[...given], [...pen]];
    const small = kind.toLowerCase();
    const body = joined(steps);
    text += small === last || (small === "l" && last === "m") ? (body.startsWith("-") ? body : ` ${body}`) : small + body;
    last = small;
  }
  return text;
}
