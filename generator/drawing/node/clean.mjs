// The elements that Plotly drew come in; a small SVG comes out that stands on its own in a page:
// named for screen readers, coloured by the page, without anything that only serves a live chart.

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

const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
const rounded = (text) => text
  .replace(/-?\d*\.\d+(?:e[-+]?\d+)?/gi, (n) => String(Math.round(n * 100) / 100 || 0))
  .replace(/(\d)px\b/g, "$1");

function attributesOf(node) {
  const found = {};
  for (const { name, value } of node.attributes) if (SHAPES.has(name) || STYLES.has(name)) found[name] = value;
  for (const name of node.style ?? []) if (STYLES.has(name)) found[name] = node.style.getPropertyValue(name);
  for (const [name, value] of Object.entries(found)) {
    const url = value.match(/url\(["']?#([^"')]+)["']?\)/);
    found[name] = url ? `url(#${url[1]})` : VERBATIM.has(name) ? value : rounded(value);
  }
  if (found["font-weight"] === "normal") found["font-weight"] = "400";
  if (found.transform) found.transform = found.transform.replace(/^translate\(0(?:,\s*0)?\)/, "").trim();
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
  hoist(tree);
  flatten(tree);
  const named = [["title", title], ["desc", desc]].map(([tag, text]) => `<${tag} id="${id}-${tag}">${escape(text)}</${tag}>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${id}-title ${id}-desc" lang="${lang}"`
    + ` viewBox="0 0 ${width} ${height}" width="100%" font-family="${escape(family)}">`
    + `${named.join("")}${tree.children.map(write).join("")}</svg>`;
}
