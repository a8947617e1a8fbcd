// Texts of each language come in on stdin; the files of its search go out on stdout: the program, and the index in parts.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { stdin, stdout } from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { makeParts } from "./parts.mjs";

const here = dirname(fileURLToPath(import.meta.url));
let given = "";
for await (const chunk of stdin.setEncoding("utf8")) { given += chunk; }
const { packages, languages } = JSON.parse(given);
const { build } = createRequire(join(packages, "package.json"))("esbuild");

// A language without rules of its own is searched by whole words and their beginnings.
async function rulesOf(name) {
  if (!name) { return { stem: (word) => word, fillers: [], source: "export const stemmer = (word) => word;" }; }
  const from = pathToFileURL(join(packages, "@orama", "stemmers", "dist", `${name}.js`)).href;
  const { stemmer } = await import(from);
  const { stopwords } = await import(pathToFileURL(join(packages, "@orama", "stopwords", "dist", `${name}.js`)).href);
  return { stem: stemmer, fillers: stopwords, source: `export { stemmer } from "@orama/stemmers/dist/${name}.js";` };
}

async function program(source) {
  const made = await build({
    banner: { js: "/*! Stemming: @orama/stemmers, Apache-2.0, after Snowball, BSD-3-Clause, (c) Martin Porter, Richard Boulton. */" },
    bundle: true,
    format: "iife",
    legalComments: "none",
    logLevel: "error",
    minify: true,
    nodePaths: [packages],
    plugins: [{
      name: "rules",
      setup(maker) {
        maker.onResolve({ filter: /^rules$/ }, () => ({ path: "rules", namespace: "rules" }));
        maker.onResolve({ filter: /^@orama/ }, ({ path }) => ({ path: join(packages, path) }));
        maker.onLoad({ filter: /.*/, namespace: "rules" }, () => ({ contents: source, resolveDir: here }));
      },
    }],
    entryPoints: [join(here, "dialog.mjs")],
    target: "es2022",
    write: false,
  });
  return made.outputFiles[0].text;
}

const said = {};
for (const [code, { rules, texts, about }] of Object.entries(languages)) {
  const { stem, fillers, source } = await rulesOf(rules);
  said[code] = { "assets/search.js": await program(source), ...makeParts(texts, about, stem, fillers) };
}
stdout.write(JSON.stringify(said));
