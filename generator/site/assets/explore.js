// Puts a live chart in the place of a figure's drawing, at the same size, and takes it away again.
// Fetched by site.js when a reader asks. All words come with the figure's data.
(function () {
  "use strict";

  // Under our policy a style attribute does nothing, but the same declarations set by script do. The chart library
  // writes attributes; from the moment a reader asks for it, this turns them into the other.
  var write = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    if (name === "style") { /** @type {HTMLElement} */ (this).style.cssText = value; } else { write.call(this, name, value); }
  };

  /** What stands in `data`, with the parts that it refers to in their places: what is said twice is sent once. */
  function restored(part, parts) {
    if (Array.isArray(part)) { return part.map(function (one) { return restored(one, parts); }); }
    if (!part || typeof part !== "object") { return part; }
    if ("" in part) { return restored(parts[part[""]], parts); }
    var found = {};
    Object.keys(part).forEach(function (key) { found[key] = restored(part[key], parts); });
    return found;
  }

  /** The drawing in the colours of the page: they are written for light paper. */
  function coloured(plot, palette) {
    var style = getComputedStyle(document.querySelector("figure.fig") || document.body);
    var map = {};
    Object.keys(palette).forEach(function (hex) {
      map[hex] = style.getPropertyValue(palette[hex]).trim() || hex;
    });
    // All at once: a colour that was put in must not be taken for one that was drawn.
    var any = new RegExp(Object.keys(map).join("|"), "gi");
    return JSON.parse(JSON.stringify(plot).replace(any, function (hex) { return map[hex.toLowerCase()]; }));
  }

  // What Plotly counts in pixels, by the part it stands in; everything else is in data or in shares.
  var PIXELS = {
    font: ["size"], tickfont: ["size"], marker: ["size"], line: ["width"], margin: ["l", "r", "t", "b"],
    annotations: ["xshift", "yshift", "ax", "ay", "arrowwidth", "standoff"], xaxis: ["ticklabelstandoff"],
    yaxis: ["ticklabelstandoff"]
  };

  /** The same drawing, larger or smaller: a column is rarely as wide as a drawing. */
  function scaled(part, scale, name) {
    if (Array.isArray(part)) { return part.map(function (one) { return scaled(one, scale, name); }); }
    if (!part || typeof part !== "object") { return part; }
    var pixels = PIXELS[name.replace(/\d+$/, "")] || [];
    var found = {};
    Object.keys(part).forEach(function (key) {
      var value = part[key];
      found[key] = pixels.indexOf(key) < 0 ? scaled(value, scale, key)
        : Array.isArray(value) ? value.map(function (one) { return one * scale; }) : value * scale;
    });
    return found;
  }

  function fitted(plot, scale) {
    var found = scaled(plot, scale, "");
    found.layout.width = plot.layout.width * scale;
    found.layout.height = plot.layout.height * scale;
    return found;
  }

  /** The marks that say something, as they stand on the page: downwards, then to the right. */
  function marksOf(plot) {
    var found = [];
    plot.data.forEach(function (trace, curve) {
      [].concat(trace.hovertext || []).forEach(function (text, point) {
        var x = (trace.x || [])[point], y = (trace.y || [])[point];
        if (text && x !== null && x !== undefined && y !== null) {
          found.push({ curveNumber: curve, pointNumber: point, text: text, x: x, y: y, id: (trace.customdata || [])[point] });
        }
      });
    });
    var rows = (plot.layout.yaxis.range || [0, 1])[0] > (plot.layout.yaxis.range || [0, 1])[1];
    var first = rows ? "y" : "x", second = rows ? "x" : "y";
    found.sort(function (a, b) {
      return a[first] < b[first] ? -1 : a[first] > b[first] ? 1 : a[second] < b[second] ? -1 : 1;
    });
    // A range has a mark at each end and one text.
    return found.filter(function (mark, n) { return !n || !mark.id || mark.id !== found[n - 1].id; });
  }

  /** A hover text as a sentence: its parts end, its broken lines go on. */
  function plainText(markup) {
    var parsed = new DOMParser().parseFromString(markup.replace(/<br \/>/g, ". ").replace(/<br>/g, " "), "text/html");
    return parsed.body.textContent;
  }

  function button(text, action, parent) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", action);
    parent.appendChild(made);
    return made;
  }

  function element(tag, name, parent) {
    var made = document.createElement(tag);
    made.className = name;
    parent.appendChild(made);
    return made;
  }

  window.exploreFigure = function (figure, data, opener) {
    var picture = figure.querySelector(".fig-picture");
    var words = data.words;
    var still = Array.from(picture.children).find(function (child) { return child.getClientRects().length; });
    var narrow = still && still.classList.contains("fig-narrow") && data.narrow;
    var drawn = restored(narrow ? data.narrow : data.wide, data.parts);
    var box = (still || picture).getBoundingClientRect();
    var scale = box.width / drawn.layout.width;
    var plot = fitted(coloured(drawn, data.palette), scale);
    var live = element("div", "fig-live", picture);
    var chart = element("div", "fig-chart", live);
    var bar = element("div", "fig-bar", live);
    var status = element("p", "fig-status", live);
    var marks = marksOf(plot);
    // Plotly writes into the layout it is given.
    var whole = {};
    Object.keys(plot.layout).forEach(function (key) {
      if (plot.layout[key] && plot.layout[key].range) { whole[key] = plot.layout[key].range.slice(); }
    });
    var at = -1;
    var hidden = {};

    live.style.setProperty("--fig-tall", plot.layout.height + "px");
    live.style.setProperty("--fig-wide", plot.layout.width + "px");
    status.setAttribute("role", "status");
    chart.tabIndex = 0;
    chart.setAttribute("role", "application");
    chart.setAttribute("aria-label", words.chart + ". " + words.keys);

    function axes() {
      return Object.keys(chart._fullLayout).filter(function (key) { return /^[xy]axis\d*$/.test(key); });
    }
    function zoom(factor) {
      var change = {};
      axes().forEach(function (key) {
        var axis = chart._fullLayout[key];
        if (axis.fixedrange) { return; }
        var ends = axis.range.map(function (end) { return axis.r2l(end); });
        var middle = (ends[0] + ends[1]) / 2, half = (ends[1] - ends[0]) / 2 * factor;
        change[key + ".range"] = [axis.l2r(middle - half), axis.l2r(middle + half)];
      });
      return Plotly.relayout(chart, change);
    }
    function reset() {
      var change = {};
      axes().forEach(function (key) {
        if (whole[key]) { change[key + ".range"] = whole[key]; } else { change[key + ".autorange"] = true; }
      });
      return Plotly.relayout(chart, change);
    }
    function close() {
      watcher.disconnect();
      Plotly.purge(chart);
      live.remove();
      figure.classList.remove("fig-awake");
      opener.hidden = false;
      opener.focus();
    }
    function shownMarks() {
      return marks.filter(function (mark) { return !hidden[mark.curveNumber]; });
    }
    function say(step) {
      var shown = shownMarks();
      if (!shown.length) { return; }
      at = Math.min(Math.max(at + step, 0), shown.length - 1);
      var mark = shown[at];
      var place = words.place.replace("{n}", at + 1).replace("{total}", shown.length);
      status.textContent = place + ". " + plainText(mark.text);
      var trace = chart._fullData[mark.curveNumber];
      var point = { curveNumber: mark.curveNumber, pointNumber: mark.pointNumber };
      Plotly.Fx.hover(chart, [point], (trace.xaxis || "x") + (trace.yaxis || "y"));
    }
    /** Open the card of a mark beside what it says. */
    function explain(id, point) {
      var label = function () { return chart.querySelector(".hoverlayer").getBoundingClientRect(); };
      var touched = function () { return new DOMRect(point.x - 8, point.y - 8, 16, 16); };
      window.explain({ id: String(id).split(" ")[0], element: chart.querySelector(".hoverlayer"), back: chart, box: point ? touched : label });
    }
    /** Leave out a side: its marks, and the notes in its colour. */
    function toggle(side, pressed) {
      var colour = coloured({ c: side.colour }, data.palette).c;
      var paints = function (part) { return part && String(part.color).toLowerCase() === colour.toLowerCase(); };
      var curves = [];
      plot.data.forEach(function (trace, n) {
        if (paints(trace.marker) || paints(trace.line)) {
          curves.push(n);
          hidden[n] = !pressed;
        }
      });
      var change = {};
      (plot.layout.annotations || []).forEach(function (note, n) {
        var key = note.yref === "paper";
        if (!key && (paints(note.font) || String(note.arrowcolor).toLowerCase() === colour.toLowerCase())) {
          change["annotations[" + n + "].visible"] = pressed;
        }
      });
      at = -1;
      return Plotly.update(chart, { visible: pressed }, change, curves);
    }

    button(words.in, function () { zoom(0.7); }, bar);
    button(words.out, function () { zoom(1 / 0.7); }, bar);
    button(words.reset, reset, bar);
    if (data.sides.length > 1) {
      var group = element("span", "fig-sides", bar);
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", words.shown);
      data.sides.forEach(function (side) {
        var switched = button(side.name, function () {
          var pressed = switched.getAttribute("aria-pressed") !== "true";
          switched.setAttribute("aria-pressed", String(pressed));
          toggle(side, pressed);
        }, group);
        switched.setAttribute("aria-pressed", "true");
      });
    }
    button(words.close, close, bar).className = "fig-close";

    live.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { close(); return; }
      if (event.target !== chart) { return; }
      var act = {
        ArrowRight: function () { say(1); },
        ArrowDown: function () { say(1); },
        ArrowLeft: function () { say(-1); },
        ArrowUp: function () { say(-1); },
        Home: function () { say(-marks.length); },
        End: function () { say(marks.length); },
        "+": function () { zoom(0.7); },
        "-": function () { zoom(1 / 0.7); },
        "0": reset,
        Enter: function () { if (at >= 0) { explain(shownMarks()[at].id); } }
      }[event.key];
      if (act) {
        event.preventDefault();
        act();
      }
    });
    // The page changes between light and dark: so does the chart.
    var watcher = new MutationObserver(function () {
      plot = fitted(coloured(drawn, data.palette), scale);
      Plotly.react(chart, plot.data, plot.layout);
    });
    watcher.observe(document.documentElement, { attributes: true, attributeFilter: ["data-md-color-scheme"] });

    var touch = window.matchMedia("(pointer: coarse)").matches;
    plot.layout.dragmode = touch ? false : "zoom";
    return Plotly.newPlot(chart, plot.data, plot.layout, {
      displayModeBar: false,
      displaylogo: false,
      doubleClick: "reset",
      locale: document.documentElement.lang,
      scrollZoom: false,
      showSendToCloud: false
    }).then(function () {
      chart.querySelectorAll("svg").forEach(function (svg) { svg.setAttribute("aria-hidden", "true"); });
      /** @type {any} */ (chart).on("plotly_click", function (event) {
        explain(event.points[0].customdata, { x: event.event.clientX, y: event.event.clientY });
      });
      figure.classList.add("fig-awake");
      opener.hidden = true;
      chart.focus({ preventScroll: true });
    });
  };
})();
