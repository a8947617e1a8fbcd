// One JSON document on stdin: {plotly, fonts, palette, figures}; on stdout {id: "<svg …>"} for all of
// them. Plotly's own script draws, in jsdom; `measure` answers its questions about text.
import { readFileSync } from "node:fs";
import { stdin, stdout } from "node:process";
import { text } from "node:stream/consumers";
import { JSDOM, VirtualConsole } from "jsdom";
import { clean } from "./clean.mjs";
import { installMeasures, measure } from "./measure.mjs";

/** A figure that cannot be drawn as it is: the fault of its data, not of this program. */
class Rejected extends Error {}

// Plotly draws something whatever it is given. These are the findings that change what is seen.
const GRAVE = new Set(["array", "invisible", "object", "schema", "value"]);

function openWindow(script, faces) {
  const warnings = [];
  const console = new VirtualConsole();
  for (const level of ["warn", "error", "jsdomError"]) console.on(level, (...said) => warnings.push(said.join(" ")));
  const page = "<!doctype html><html><head></head><body></body></html>";
  const { window } = new JSDOM(page, { runScripts: "outside-only", virtualConsole: console });
  installMeasures(window, measure(faces));
  window.eval(`${script}\nwindow.Plotly = Plotly;`);
  return { window, warnings };
}

/** Numbers that look random and are the same each time: Plotly only wants distinct ids from them. */
function counter() {
  let state = 1;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

/** Traces get names of their own, or Plotly makes some up. */
function withIdentities(data) {
  return data.map((trace, index) => ({ ...trace, uid: `trace${index}` }));
}

function findingsOf(Plotly, data, layout) {
  const findings = Plotly.validate(data, layout) ?? [];
  return findings.filter(({ code }) => GRAVE.has(code)).map(({ msg }) => msg);
}

async function draw({ window, warnings }, { family, palette }, figure) {
  const { Plotly, document } = window;
  warnings.length = 0;
  window.Math.random = counter();
  const { width, height, lang } = figure;
  const data = withIdentities(figure.figure.data);
  const layout = { ...figure.figure.layout, autosize: false, width, height };
  const gd = document.body.appendChild(document.createElement("div"));
  const config = { staticPlot: true, locale: lang, typesetMath: false };
  // Plotly writes into what it is given, and wants arrays of its own window.
  const copy = () => window.JSON.parse(JSON.stringify([data, layout]));
  const findings = findingsOf(Plotly, ...copy());
  if (findings.length) throw new Rejected(findings.join("; "));
  await Plotly.newPlot(gd, ...copy(), config);
  if (warnings.length) throw new Rejected(warnings.join("; "));
  const svg = clean(gd, { ...figure, family, palette });
  Plotly.purge(gd);
  gd.remove();
  return svg;
}

const { plotly, fonts, palette, figures } = JSON.parse(await text(stdin));
const faces = fonts.faces.map(({ path, ...face }) => ({ ...face, data: readFileSync(path) }));
const opened = openWindow(readFileSync(plotly, "utf8"), faces);
const drawn = {};
const rejected = {};
for (const figure of figures) {
  try {
    drawn[figure.id] = await draw(opened, { family: fonts.family, palette }, figure);
  } catch (error) {
    rejected[figure.id] = error instanceof Rejected ? error.message : String(error);
  }
}
stdout.write(JSON.stringify({ drawn, rejected }));
opened.window.close();
