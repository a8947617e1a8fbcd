// One JSON document on stdin: {name: text} of style sheets and scripts; on stdout the same without what only people
// read. What a script names at its top keeps its name: pages and other scripts know it by that. A script that imports
// a package comes out with what it uses of it.
import { extname } from "node:path";
import { stdin, stdout } from "node:process";
import { text } from "node:stream/consumers";
import { build, transform } from "esbuild";

const files = JSON.parse(await text(stdin));
const minified = {};
for (const [name, content] of Object.entries(files)) {
  const loader = extname(name) === ".css" ? "css" : "js";
  /** @type {import("esbuild").CommonOptions} */
  const common = { minify: true, charset: "utf8", target: "esnext" };
  if (loader === "js" && /^import /m.test(content)) {
    const stdin = { contents: content, resolveDir: import.meta.dirname };
    const made = await build({ ...common, stdin, bundle: true, legalComments: "inline", write: false });
    minified[name] = made.outputFiles[0].text;
  } else {
    const { code } = await transform(content, { ...common, loader, legalComments: "none" });
    minified[name] = code;
  }
}
stdout.write(JSON.stringify(minified));
