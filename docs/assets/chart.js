// Draws each chart when the reader comes near it. Without script the table beneath says the same.
(function () {
  "use strict";
  var here = document.currentScript.src.replace(/chart\.js.*$/, "");
  var loading = {};

  function load(address) {
    if (!loading[address]) {
      loading[address] = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = address;
        script.onload = resolve;
        script.onerror = reject;
        document.head.appendChild(script);
      });
    }
    return loading[address];
  }

  var french = {
    moduleType: "locale",
    name: "fr",
    dictionary: {
      "Autoscale": "Échelle automatique",
      "Box Select": "Sélection rectangulaire",
      "Double-click to zoom back out": "Double-cliquer pour revenir",
      "Download plot as a PNG": "Télécharger l’image PNG",
      "Pan": "Déplacer",
      "Reset axes": "Revenir à la vue d’ensemble",
      "Zoom": "Agrandir",
      "Zoom in": "Agrandir",
      "Zoom out": "Réduire"
    },
    format: { decimal: ",", thousands: "\u202f", grouping: [3], date: "%d/%m/%Y" }
  };

  function colours() {
    var style = getComputedStyle(document.body);
    var of = function (name, fallback) {
      return style.getPropertyValue(name).trim() || fallback;
    };
    var map = { "#1f2430": of("--ink", "#1f2430"), "#6b6258": of("--muted", "#6b6258"), "#e4dfd6": of("--rule", "#e4dfd6") };
    of("--sides", "").replace(/"/g, "").split(" ").forEach(function (side) {
      var drawn = of("--side-" + side + "-drawn", "");
      if (drawn) { map[drawn] = of("--side-" + side, drawn); }
    });
    return map;
  }

  // The drawing is made for light paper; on dark paper its colours change.
  function tinted(plot) {
    var text = JSON.stringify(plot);
    var map = colours();
    // All at once: a colour that was put in must not be taken for one that was drawn.
    var any = new RegExp(Object.keys(map).join("|"), "gi");
    return JSON.parse(text.replace(any, function (from) { return map[from.toLowerCase()]; }));
  }

  // On a telephone rows with labels get smaller letters and margins; a time axis, whose labels were
  // placed for a wide drawing, keeps its width and scrolls.
  function fit(layout, width) {
    var axes = Object.keys(layout).filter(function (key) { return /^xaxis/.test(key); });
    var timed = axes.some(function (key) { return layout[key].type === "date"; });
    layout.width = timed ? Math.max(width, 640) : width;
    if (timed || width >= 560) { return; }
    shrink(layout, 0.72);
    layout.margin.l *= 0.72;
    layout.margin.r *= 0.72;
    (layout.annotations || []).forEach(function (annotation) {
      if (annotation.xshift) { annotation.xshift *= 0.72; }
    });
    axes.forEach(function (key) {
      var axis = layout[key];
      var ends = function (list) { return list && [list[0], list[list.length - 1]]; };
      axis.tickangle = 0;
      axis.nticks = 2;
      axis.tickvals = ends(axis.tickvals);
      axis.ticktext = ends(axis.ticktext);
    });
  }

  function shrink(part, factor) {
    Object.keys(part).forEach(function (key) {
      var value = part[key];
      if (!value || typeof value !== "object") { return; }
      if (/font$/.test(key) && value.size) { value.size *= factor; }
      shrink(value, factor);
    });
  }

  function draw(figure) {
    var picture = figure.querySelector(".fig-picture");
    var plot = tinted(window.figureData[figure.dataset.figure]);
    var language = document.documentElement.lang || "en";
    Plotly.register(french);
    fit(plot.layout, picture.clientWidth);
    return Plotly.newPlot(picture, plot.data, plot.layout, {
      displaylogo: false,
      showSendToCloud: false,
      locale: language,
      scrollZoom: false,
      modeBarButtonsToRemove: ["select2d", "lasso2d", "toImage"]
    }).then(function () {
      figure.classList.add("fig-drawn");
    });
  }

  function wake(figure) {
    if (figure.dataset.woken) { return; }
    figure.dataset.woken = "yes";
    load(here + "plotly.min.js")
      .then(function () { return load(new URL(figure.dataset.src, document.baseURI).href); })
      .then(function () { return draw(figure); })
      .catch(function () { figure.classList.add("fig-failed"); });
  }

  function start() {
    var figures = document.querySelectorAll("figure.fig[data-figure]");
    if (!figures.length) { return; }
    var watcher = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (entry.isIntersecting) { wake(entry.target); }
      });
    }, { rootMargin: "400px" });
    figures.forEach(function (figure) {
      figure.classList.add("fig-live");
      watcher.observe(figure);
    });
    addEventListener("beforeprint", function () { figures.forEach(wake); });
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
