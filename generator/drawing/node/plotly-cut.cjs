// What a chart of points, lines and bars needs of plotly.js, and no more: its own lib/core.js
// registers sliders, menus, images and 3-D annotations too, a fifth of the weight a reader loads.
"use strict";

exports.version = require("plotly.js/src/version").version;
require("plotly.js/build/plotcss");

const { register } = require("plotly.js/src/registry");
const methods = require("plotly.js/src/plot_api");

for (const name of Object.keys(methods)) {
  if (!name.startsWith("_")) exports[name] = methods[name];
  register({ moduleType: "apiMethod", name, fn: methods[name] });
}
register([
  require("plotly.js/src/traces/scatter"),
  require("plotly.js/src/traces/bar"),
  require("plotly.js/src/components/annotations"),
  require("plotly.js/src/components/colorscale"),
  require("plotly.js/src/components/fx"),
  require("plotly.js/src/components/grid"),
  require("plotly.js/src/components/legend"),
  require("plotly.js/src/components/modebar"),
  require("plotly.js/src/components/shapes"),
  require("plotly.js/src/locale-en"),
  require("plotly.js/src/locale-en-us"),
  require("./locale-fr.json"),
]);

exports.register = register;
exports.Fx = require("plotly.js/src/components/fx");
exports.Plots = { resize: require("plotly.js/src/plots/plots").resize };
