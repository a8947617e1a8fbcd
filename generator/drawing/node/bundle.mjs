// Nothing comes in; the Plotly script that readers load is said on stdout. The same bytes each time: a name made
// from them can be cached for ever, and the page compared.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

// Texts for plotly.js's own documentation, never shown: a sixth of the bundle.
const DESCRIPTION =
  /\bdescription:\s*(?:\[[^\]]*\]\s*\.join\('[^']*'\)|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")(?:\s*,|(?=\s*\}))/g;
// Servers that charts of lines and bars never ask; nor can they, without an address.
const SERVER = /'https:\/\/(?:cdn\.plot\.ly|cloud\.plotly\.com)[^']*'/g;
// What Plotly knows of its options is the same for every drawing that it validates, and slow to gather.
const GATHERED = /\bPlotSchema\.get\(\)/;
// The colour notations that plotly.js parses; the package's main file brings thirty more.
const CULORI = `
import { useMode, modeHsl, modeHwb, modeLrgb, modeRgb } from "culori/fn";
for (const mode of [modeRgb, modeHsl, modeHwb, modeLrgb]) useMode(mode);
export { converter, formatHex, formatRgb, wcagContrast, wcagLuminance } from "culori/fn";
`;

const cut = {
  name: "cut",
  setup(build) {
    build.onLoad({ filter: /plotly\.js[\\/]src[\\/].*\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const once = path.endsWith("validate.js") ? source.replace(GATHERED, "(PlotSchema.gathered ??= $&)") : source;
      return { contents: once.replace(DESCRIPTION, "").replace(SERVER, "''"), loader: "js" };
    });
    // Only charts on map tiles load a style sheet, and the package it is in is not installed.
    build.onResolve({ filter: /\.css$/ }, ({ path }) => ({ path, namespace: "empty" }));
    build.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "" }));
    build.onResolve({ filter: /^culori$/ }, ({ path }) => ({ path, namespace: "culori" }));
    build.onLoad({ filter: /.*/, namespace: "culori" }, () => ({ contents: CULORI, resolveDir: here }));
  },
};

const { version } = JSON.parse(
  await readFile(join(here, "node_modules", "plotly.js", "package.json"), "utf8"),
);
const result = await build({
  absWorkingDir: here,
  banner: {
    js: `/*! plotly.js ${version}, MIT licence, (c) Plotly, Inc.; cut to points, lines and bars. It holds d3 (BSD-3-Clause, (c) Michael Bostock) and culori (MIT, (c) Dan Burzo). */`,
  },
  bundle: true,
  define: { global: "window", "define.amd": "false" },
  entryPoints: [join(here, "plotly-cut.cjs")],
  format: "iife",
  globalName: "Plotly",
  legalComments: "none",
  logLevel: "error",
  minify: true,
  plugins: [cut],
  target: "es2020",
  write: false,
});

const [{ contents }] = result.outputFiles;
stdout.write(contents);
