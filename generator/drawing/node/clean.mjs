// The elements that Plotly drew come in; a small SVG comes out that stands on its own in a page:
// named for screen readers, coloured by the page, without anything that only serves a live chart.

import { shortPath } from "./paths.mjs";

const STYLES = new Set([
  "fill", "fill-opacity", "fill-rule", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray",
  "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "opacity", "font-size", "font-weight",
  "font-style", "text-anchor", "text-decoration", "baseline-shift",
]);
const SHAPES = new Set([
  "d", "transform", "x", "y", "dx", "dy", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width",
  "height", "id", "clip-path", "patternUnits", "patternTransform", "gradientUnits", "offset", "xml:space",
]);
// What an element has anyway when nothing is said.
const DEFAULTS = {
  "fill-opacity": "1", "stroke-opacity": "1", opacity: "1", "stroke-dasharray": "none",
  "font-weight": "400", "font-style": "normal", "text-anchor": "start", x: "0", y: "0", dx: "0", dy: "0",
  "stroke-miterlimit": "4", rx: "0", ry: "0",
};
const INHERITED = [
  "fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linejoin",
  "font-size", "font-weight", "text-anchor", "shape-rendering",
];
const VERBATIM = new Set(["id", "clip-path", "fill", "stroke"]);
const HOLDERS = new Set(["g", "defs", "clipPath"]);
const DEFINED = new Set(["clipPath", "pattern", "linearGradient"]);
const DRAWN = new Set(["path", "rect", "circle", "line"]);

/** Numbers that say where something is: a tenth of a pixel is finer than anything seen. */
const PLACES = new Set(["x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "width", "height"]);

const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
const rounded = (text) => text
  .replace(/-?\d*\.\d+(?:e[-+]?\d+)?/gi, (n) => String(Math.round(n * 100) / 100 || 0))
  .replace(/(\d)px\b/g, "$1");

const tenth = (n) => Math.round(n * 10) / 10 || 0;
const placed = (text) => text.replace(/translate\(([^)]*)\)/g, (_, values) =>
  `translate(${values.split(/[\s,]+/).map((n) => tenth(Number(n))).join(",")})`);

function written(name, value) {
  if (VERBATIM.has(name)) return value;
  if (name === "d") return shortPath(value);
  if (name === "transform") return rounded(placed(value));
  return PLACES.has(name) && /^-?[\d.]+(?:px)?$/.test(value) ? String(tenth(parseFloat(value))) : rounded(value);
}

function attributesOf(node) {
  const found = {};
  for (const { name, value } of node.attributes) if (SHAPES.has(name) || STYLES.has(name)) found[name] = value;
  for (const name of node.style ?? []) if (STYLES.has(name)) found[name] = node.style.getPropertyValue(name);
  for (const [name, value] of Object.entries(found)) {
    const url = value.match(/url\(["']?#([^"')]+)["']?\)/);
    found[name] = url ? `url(#${url[1]})` : written(name, value);
  }
  if (found["font-weight"] === "normal") found["font-weight"] = "400";
  if (found.transform) found.transform = found.transform.replace(/^translate\(0(?:,\s*0)?\)|rotate\(0[^\d.)][^)]*\)/g, "").trim();
  if (node.classList?.contains("crisp")) found["shape-rendering"] = "crispEdges";
  if (node.localName === "text" && /\S\s\s+\S/.test(node.textContent)) found["xml:space"] = "preserve";
  // In a part of a text they say something: an x of 0 starts a line, a weight of 400 ends the bold.
  const defaults = node.localName === "tspan" ? {} : DEFAULTS;
  for (const [name, value] of Object.entries(found)) {
    if (value === "" || defaults[name] === value) delete found[name];
  }
  return found;
}

const nothing = (paint, opacity) => !paint || paint === "none" || paint === "transparent" || Number(opacity) === 0;
const unstroked = (a) => nothing(a.stroke, a["stroke-opacity"]) || parseFloat(a["stroke-width"]) === 0;
const invisible = (a) => Number(a.opacity) === 0
  || (nothing(a.fill ?? "black", a["fill-opacity"]) && unstroked(a));

/** The id of the record that a mark draws, which its figure says in `customdata`; "" for anything else. */
function recordOf(node) {
  const datum = node.__data__;
  if (!datum || Array.isArray(datum) || !node.closest(".points")) return "";
  return datum.data ?? node.closest(".trace").__data__[0].trace.customdata?.[datum.i] ?? "";
}

function drop(attributes, start) {
  for (const name of Object.keys(attributes)) if (name.startsWith(start)) delete attributes[name];
}

/** A tree of plain objects with only what is seen: `{tag, attributes, children}` or a string. */
function seen(node, inClip = false) {
  if (node.nodeType === 3) return node.data.replace(/\u200b/g, "") || null;
  if (node.nodeType !== 1 || node.style?.display === "none" || node.style?.visibility === "hidden") return null;
  const tag = node.localName;
  const attributes = attributesOf(node);
  if (DRAWN.has(tag)) {
    if (tag === "path" && !attributes.d) return null;
    if (tag === "rect" && !(parseFloat(attributes.width) > 0 && parseFloat(attributes.height) > 0)) return null;
    if (!inClip && invisible(attributes)) return null;
    if (unstroked(attributes)) drop(attributes, "stroke");
    if (nothing(attributes.fill ?? "black", attributes["fill-opacity"])) {
      drop(attributes, "fill");
      attributes.fill = "none";
    }
    const record = inClip ? "" : recordOf(node);
    if (record) attributes["data-record"] = record;
  }
  const children = [...node.childNodes].map((child) => seen(child, inClip || tag === "clipPath")).filter(Boolean);
  if (!children.length && !DRAWN.has(tag)) return null;
  return { tag, attributes, children };
}

function* walk(tree) {
  yield tree;
  for (const child of tree.children) if (typeof child !== "string") yield* walk(child);
}

/** Say once, on the group, what all its children say. */
function hoist(tree) {
  const children = tree.children.filter((child) => typeof child !== "string");
  children.forEach(hoist);
  if (tree.tag !== "g" || !children.length) return;
  for (const name of INHERITED) {
    const value = children[0].attributes[name];
    if (value === undefined || children.some((child) => child.attributes[name] !== value)) continue;
    for (const child of children) delete child.attributes[name];
    tree.attributes[name] = value;
  }
}

/** Groups that say nothing give way to what they hold. */
function flatten(tree) {
  tree.children = tree.children.flatMap((child) => {
    if (typeof child === "string") return [child];
    flatten(child);
    return child.tag === "g" && !Object.keys(child.attributes).length ? child.children : [child];
  });
}

const MOVE = /^translate\((-?[\d.]+)(?:,(-?[\d.]+))?\)$/;
const MOVABLE = { path: [], text: [["x", "y"]], rect: [["x", "y"]], circle: [["cx", "cy"]], line: [["x1", "y1"], ["x2", "y2"]] };

/** Whether a shape means the same wherever its numbers are counted from: a clip path or a pattern would not. */
const free = ({ attributes }) => !attributes["clip-path"] && !Object.values(attributes).some((value) => value.startsWith("url("));

function moveText(text, dx, dy) {
  for (const part of text.children) {
    if (typeof part === "string") continue;
    for (const [name, by] of [["x", dx], ["y", dy]]) {
      if (part.attributes[name] !== undefined) part.attributes[name] = String(tenth(Number(part.attributes[name]) + by));
    }
    moveText(part, dx, dy);
  }
}

/** Write where a shape stands into its own numbers, and leave its shift out. */
function settle(node, dx = 0, dy = 0) {
  const { attributes } = node;
  const [, x, y = 0] = attributes.transform?.match(MOVE) ?? [];
  const shift = attributes.transform === undefined ? [0, 0] : x === undefined ? null : [Number(x), Number(y)];
  const whole = shift && free(node);
  const shapes = node.children.filter((child) => typeof child !== "string");
  if (node.tag === "g" && whole && [...walk(node)].every(free)) {
    delete attributes.transform;
    for (const child of shapes) settle(child, dx + shift[0], dy + shift[1]);
    return;
  }
  const start = node.tag === "path" && attributes.d?.match(/^m(-?[\d.]+) ?(-?[\d.]+)/);
  if (whole && MOVABLE[node.tag] && (node.tag !== "path" || start)) {
    delete attributes.transform;
    const [byX, byY] = [dx + shift[0], dy + shift[1]];
    if (start) attributes.d = `m${tenth(Number(start[1]) + byX)} ${tenth(Number(start[2]) + byY)}${attributes.d.slice(start[0].length)}`;
    for (const [across, down] of MOVABLE[node.tag]) {
      for (const [name, by] of [[across, byX], [down, byY]]) {
        const value = tenth(Number(attributes[name] ?? 0) + by);
        if (value) attributes[name] = String(value);
        else delete attributes[name];
      }
    }
    if (node.tag === "text") moveText(node, byX, byY);
    return;
  }
  if (dx || dy) attributes.transform = `translate(${tenth(dx)},${tenth(dy)})${attributes.transform ?? ""}`;
  if (node.tag === "g") for (const child of shapes) settle(child);
}

/** A part of a text that is all of it, or of another part, gives way to it. */
function joinParts(node) {
  for (const child of node.children) if (typeof child !== "string") joinParts(child);
  if (node.tag !== "text" && node.tag !== "tspan") return;
  if (node.attributes.dy === "0em") delete node.attributes.dy;
  const [only, ...others] = node.children;
  if (others.length || !only || typeof only === "string" || only.tag !== "tspan") return;
  if (Object.keys(only.attributes).some((name) => SHAPES.has(name))) return;
  Object.assign(node.attributes, only.attributes);
  node.children = only.children;
}

/** Leave out clip paths and patterns that nothing refers to, and name the others after the figure. */
function renameIds(tree, id) {
  const used = new Map();
  for (const { attributes } of walk(tree)) {
    for (const value of Object.values(attributes)) {
      const name = value.match(/^url\(#(.+)\)$/)?.[1];
      if (name && !used.has(name)) used.set(name, `${id}-${used.size + 1}`);
    }
  }
  const prune = (node) => {
    node.children = node.children.filter((child) => !DEFINED.has(child.tag)
      || used.has(child.attributes.id));
    node.children.forEach((child) => child.children && prune(child));
  };
  prune(tree);
  for (const { attributes } of walk(tree)) {
    if (attributes.id !== undefined) {
      if (used.has(attributes.id)) attributes.id = used.get(attributes.id);
      else delete attributes.id;
    }
    for (const [name, value] of Object.entries(attributes)) {
      const target = value.match(/^url\(#(.+)\)$/)?.[1];
      if (target) attributes[name] = `url(#${used.get(target)})`;
    }
  }
}

function paint(tree, variables) {
  for (const { attributes } of walk(tree)) {
    for (const name of ["fill", "stroke"]) {
      const rgb = attributes[name]?.match(/^rgb\((\d+), *(\d+), *(\d+)\)$/);
      const value = rgb
        ? "#" + rgb.slice(1).map((part) => Number(part).toString(16).padStart(2, "0")).join("")
        : attributes[name]?.toLowerCase();
      if (value) attributes[name] = variables.has(value) ? `var(${variables.get(value)},${value})` : value;
    }
  }
}

function write(tree) {
  if (typeof tree === "string") return escape(tree);
  const attributes = Object.entries(tree.attributes).map(([name, value]) => ` ${name}="${escape(value)}"`).join("");
  const inside = tree.children.map(write).join("");
  return inside ? `<${tree.tag}${attributes}>${inside}</${tree.tag}>` : `<${tree.tag}${attributes}/>`;
}

/** Make one SVG of what Plotly drew in *gd*, for the figure *id*. */
export function clean(gd, { id, width, height, title, desc, lang, family, palette }) {
  const [paper, top] = gd.querySelectorAll("svg.main-svg");
  const drawn = [...paper.childNodes, ...top.childNodes].map((node) => seen(node)).filter(Boolean);
  const tree = { tag: "g", attributes: {}, children: drawn };
  renameIds(tree, id);
  for (const holder of walk(tree)) {
    holder.children = holder.children.filter((child) => !HOLDERS.has(child.tag) || child.children.length);
  }
  paint(tree, new Map(Object.entries(palette).map(([hex, name]) => [hex.toLowerCase(), name])));
  joinParts(tree);
  settle(tree);
  hoist(tree);
  flatten(tree);
  const named = [["title", title], ["desc", desc]].map(([tag, text]) => `<${tag} id="${id}-${tag}">${escape(text)}</${tag}>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${id}-title ${id}-desc" lang="${lang}"`
    + ` viewBox="0 0 ${width} ${height}" width="100%" font-family="${escape(family)}">`
    + `${named.join("")}${tree.children.map(write).join("")}</svg>`;
}
