// One JSON document on stdin: {name: text} of style sheets and scripts; on stdout the same without what only people
// read. What a script names at its top keeps its name: pages and other scripts know it by that.
import { extname } from "node:path";
import { stdin, stdout } from "node:process";
import { text } from "node:stream/consumers";
import { transform } from "esbuild";

const files = JSON.parse(await text(stdin));
const minified = {};
for (const [name, content] of Object.entries(files)) {
  const loader = extname(name) === ".css" ? "css" : "js";
  const { code } = await transform(content, { loader, minify: true, charset: "utf8", legalComments: "none", target: "esnext" });
  minified[name] = code;
}
stdout.write(JSON.stringify(minified));
