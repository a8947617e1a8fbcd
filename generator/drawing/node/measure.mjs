// Font files come in; out come the boxes that Plotly asks the page for while it lays a chart out:
// what a browser would answer for the same text in the same font, without a browser.
import { create } from "fontkit";

const NOTHING = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
const UNSEEN = new Set(["defs", "clipPath", "pattern", "title", "desc", "style"]);
const NUMBER = /-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;

const numbers = (text) => (text?.match(NUMBER) ?? []).map(Number);
const number = (node, name) => numbers(node.getAttribute(name))[0] ?? 0;
const join = (a, b) => ({
  x0: Math.min(a.x0, b.x0),
  y0: Math.min(a.y0, b.y0),
  x1: Math.max(a.x1, b.x1),
  y1: Math.max(a.y1, b.y1),
});
const around = (points) => points.reduce((box, [x, y]) => join(box, { x0: x, y0: y, x1: x, y1: y }), NOTHING);

/** The points that a path goes through or is drawn towards, in its own coordinates. */
export function pathPoints(d) {
  const points = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  for (const [, letter, rest] of (d ?? "").matchAll(/([a-z])([^a-df-z]*)/gi)) {
    const relative = letter === letter.toLowerCase();
    const kind = letter.toUpperCase();
    const values = numbers(rest);
    const size = { H: 1, V: 1, A: 7, C: 6, S: 4, Q: 4, M: 2, L: 2, T: 2 }[kind] ?? 0;
    if (kind === "Z") [x, y] = [startX, startY];
    for (let i = 0; size && i + size <= values.length; i += size) {
      const [fromX, fromY] = relative ? [x, y] : [0, 0];
      const step = kind === "A" ? values.slice(i + 5, i + 7) : values.slice(i, i + size);
      if (kind === "H") x = fromX + step[0];
      else if (kind === "V") y = fromY + step[0];
      else for (let k = 0; k < step.length; k += 2) points.push(([x, y] = [fromX + step[k], fromY + step[k + 1]]));
      if (size === 1) points.push([x, y]);
      if (kind === "M" && i === 0) [startX, startY] = [x, y];
    }
  }
  return points;
}

/** @typedef {[number, number, number, number, number, number]} Matrix */

/** @type {(first: Matrix, second: Matrix) => Matrix} */
const times = ([a, b, c, d, e, f], [g, h, i, j, k, l]) => [
  a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f,
];
const MATRICES = {
  matrix: (...m) => m,
  translate: (x, y = 0) => [1, 0, 0, 1, x, y],
  scale: (x, y = x) => [x, 0, 0, y, 0, 0],
  rotate: (degrees, x = 0, y = 0) => {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
  },
};

function matrixOf(node) {
  /** @type {Matrix} */
  let matrix = [1, 0, 0, 1, 0, 0];
  for (const [, name, values] of (node.getAttribute?.("transform") ?? "").matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
    if (MATRICES[name]) matrix = times(matrix, MATRICES[name](...numbers(values)));
  }
  return matrix;
}

function moved(box, [a, b, c, d, e, f]) {
  if (box.x0 > box.x1) return box;
  const { x0, y0, x1, y1 } = box;
  const corners = [[x0, y0], [x1, y0], [x0, y1], [x1, y1]];
  return around(corners.map(([x, y]) => [a * x + c * y + e, b * x + d * y + f]));
}

/** Answer for text set in *faces*: `[{weight, italic, data}]`, the font's files. */
export function measure(faces) {
  const fonts = faces.map(({ weight, italic, data }) => ({ weight, italic: Boolean(italic), font: create(data) }));
  const widths = new Map();

  // As browsers choose: the right slope, then the nearest weight, upwards for a bold one.
  function faceFor({ weight, italic }) {
    const far = (face) => (face.italic === italic ? 0 : 4000) + Math.abs(face.weight - weight)
      + (weight > 500 === face.weight > weight || face.weight === weight ? 0 : 1000);
    return fonts.reduce((best, face) => (far(face) < far(best) ? face : best));
  }

  function advance(style, text) {
    const { font } = faceFor(style);
    const key = `${fonts.findIndex((face) => face.font === font)} ${text}`;
    if (!widths.has(key)) widths.set(key, font.layout(text).advanceWidth / font.unitsPerEm);
    return widths.get(key) * style.size;
  }

  function styleOf(node, outer) {
    const said = (name) => node.style?.getPropertyValue(name) || node.getAttribute(name) || "";
    const [size, weight] = [said("font-size"), said("font-weight")];
    return {
      size: size.endsWith("%") ? (outer.size * parseFloat(size)) / 100 : parseFloat(size) || outer.size,
      weight: { bold: 700, normal: 400 }[weight] ?? (Number(weight) || outer.weight),
      italic: said("font-style") ? said("font-style") === "italic" : outer.italic,
    };
  }

  /** The runs of a text element: where each starts, how wide it is, in which style. */
  function runsOf(text) {
    const runs = [];
    let [x, y, line] = [0, 0, 0];
    const visit = (node, outer) => {
      if (node.nodeType === 3) {
        const width = advance(outer, node.data);
        if (node.data) runs.push({ x, y, width, line, style: outer });
        x += width;
        return;
      }
      const style = styleOf(node, outer);
      const shift = (name) => number(node, name) * (/em$/.test(node.getAttribute(name)) ? style.size : 1);
      if (node.hasAttribute("x")) [x, line] = [number(node, "x"), line + 1];
      if (node.hasAttribute("y")) y = number(node, "y");
      [x, y] = [x + shift("dx"), y + shift("dy")];
      for (const child of node.childNodes) visit(child, style);
    };
    visit(text, { size: 12, weight: 400, italic: false });
    return runs;
  }

  function textBox(text) {
    const anchor = text.style?.getPropertyValue("text-anchor") || text.getAttribute("text-anchor");
    const runs = runsOf(text);
    const wide = new Map();
    for (const { line, width } of runs) wide.set(line, (wide.get(line) ?? 0) + width);
    return runs.reduce((box, { x, y, width, line, style }) => {
      const { font } = faceFor(style);
      // Browsers round both to whole pixels.
      const [up, down] = [font.ascent, -font.descent].map((v) => Math.round((v * style.size) / font.unitsPerEm));
      const left = x - ({ middle: 0.5, end: 1 }[anchor] ?? 0) * wide.get(line);
      return join(box, { x0: left, y0: y - up, x1: left + width, y1: y + down });
    }, NOTHING);
  }

  /** The box of an element in its own coordinates, before its own transform. */
  function boxOf(node) {
    const get = (name) => number(node, name);
    switch (node.localName) {
      case "text": return textBox(node);
      case "rect": return around([[get("x"), get("y")], [get("x") + get("width"), get("y") + get("height")]]);
      case "circle": return around([[get("cx") - get("r"), get("cy") - get("r")], [get("cx") + get("r"), get("cy") + get("r")]]);
      case "line": return around([[get("x1"), get("y1")], [get("x2"), get("y2")]]);
      case "path": return around(pathPoints(node.getAttribute("d")));
      default: return [...node.children].reduce((box, child) => {
        if (UNSEEN.has(child.localName) || child.style?.display === "none") return box;
        return join(box, moved(boxOf(child), matrixOf(child)));
      }, NOTHING);
    }
  }

  function onPage(node) {
    let box = boxOf(node);
    for (let at = node; at?.getAttribute; at = at.parentNode) box = moved(box, matrixOf(at));
    return box;
  }

  const asRect = ({ x0, y0, x1, y1 }) => x0 > x1
    ? { x: 0, y: 0, left: 0, top: 0, right: 0, bottom: 0, width: 0, height: 0 }
    : { x: x0, y: y0, left: x0, top: y0, right: x1, bottom: y1, width: x1 - x0, height: y1 - y0 };

  return { box: (node) => asRect(boxOf(node)), rect: (node) => asRect(onPage(node)) };
}

/** Give the elements of a window what jsdom leaves out because it draws nothing. */
export function installMeasures(window, measures) {
  const elements = window.SVGElement.prototype;
  const legs = (path) => {
    const points = pathPoints(path.getAttribute("d"));
    return points.slice(1).map((to, i) => ({ from: points[i], to, length: Math.hypot(to[0] - points[i][0], to[1] - points[i][1]) }));
  };
  elements.getBBox = function getBBox() { return measures.box(this); };
  elements.getBoundingClientRect = function getBoundingClientRect() { return measures.rect(this); };
  elements.getTotalLength = function getTotalLength() { return legs(this).reduce((sum, leg) => sum + leg.length, 0); };
  elements.getPointAtLength = function getPointAtLength(at) {
    let left = Math.max(0, at);
    const all = legs(this);
    const leg = all.find(({ length }) => left <= length || !(left -= length)) ?? all.at(-1);
    if (!leg) return { x: 0, y: 0 };
    const part = leg.length ? Math.min(1, left / leg.length) : 0;
    return { x: leg.from[0] + part * (leg.to[0] - leg.from[0]), y: leg.from[1] + part * (leg.to[1] - leg.from[1]) };
  };
}
