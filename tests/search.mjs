// What the search of a built site finds, asked as a browser asks it. Texts to cut and queries come in on stdin; what was
// cut and found, and how many bytes each query asked for, go out on stdout.
import { readFileSync } from "node:fs";
import { stdin, stdout } from "node:process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync, inflateSync } from "node:zlib";
import { makeFinder } from "../generator/site/search/program/find.mjs";
import { keys, partOf, words } from "../generator/site/search/program/words.mjs";
import { meant } from "../generator/site/search/program/spelling.mjs";

let given = "";
for await (const chunk of stdin.setEncoding("utf8")) { given += chunk; }
const { packages, rules, site, queries = [], texts = [], slips = [] } = JSON.parse(given);
const { stemmer } = await import(pathToFileURL(join(packages, "@orama", "stemmers", "dist", `${rules}.js`)).href);

const FILES = { index: () => "index", spelling: () => "spelling", words: (name) => `w-${name}`, texts: (name) => `t-${name}` };

async function ask(query) {
  const asked = new Map();
  let bytes = 0;
  const load = async (kind, name) => {
    const file = join(site, "search", `${FILES[kind](name)}.js`);
    if (!asked.has(file)) {
      const script = readFileSync(file);
      bytes += gzipSync(script).length;
      new Function("packed", script.toString())((data) => {
        asked.set(file, typeof data === "string" ? JSON.parse(inflateSync(Buffer.from(data, "base64")).toString()) : data);
      });
    }
    return asked.get(file);
  };
  const finder = makeFinder(load, stemmer);
  const { found, instead } = await finder.find(query);
  const shown = await finder.texts(found.slice(0, 10));
  return { query, found: found.length, instead, shown, bytes };
}

const answers = [];
for (const query of queries) { answers.push(await ask(query)); }
stdout.write(JSON.stringify({
  answers,
  cut: texts.map((text) => words(text)),
  kept: texts.map((text) => words(text).map((word) => keys(word, stemmer)[0])),
  parts: texts.map((text) => words(text).map(partOf)),
  slips: slips.map(([typed, known]) => meant(typed, known)),
}));
