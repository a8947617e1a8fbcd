// The few things every page does by script: paper, section kept over languages; and what it loads when a reader asks:
// search, cards, live charts. The page is whole without.
(function () {
  "use strict";
  var root = document.documentElement;
  var own = /** @type {HTMLScriptElement} */ (document.currentScript).src.replace(/site\.js.*$/, "");

  function remember(name, value) {
    try { localStorage.setItem(name, value); } catch (error) { /* a private window keeps nothing */ }
  }

  document.querySelectorAll("[data-scheme]").forEach(function (button) {
    button.addEventListener("click", function () {
      var dark = root.getAttribute("data-md-color-scheme") === "slate";
      root.setAttribute("data-md-color-scheme", dark ? "default" : "slate");
      remember("scheme", dark ? "default" : "slate");
    });
  });

  // A page that was made before it was asked for, is shown again, or lies open beside another, may have missed what
  // the reader chose since. What another page wrote a moment ago may still be on its way here: the event tells of it.
  function worn() {
    try {
      var scheme = localStorage.getItem("scheme");
      if (scheme) { root.setAttribute("data-md-color-scheme", scheme); }
    } catch (error) { /* a private window keeps nothing */ }
  }
  document.addEventListener("prerenderingchange", worn);
  addEventListener("storage", worn);
  addEventListener("pageshow", function (event) { if (event.persisted) { worn(); } });

  // The next page is there when the reader arrives at it, where a browser knows how; never on a line paid by weight.
  // The policy of the page knows these words by their hash (see policy.py).
  /** @type {any} */
  var line = /** @type {any} */ (navigator).connection || {};
  var spare = !line.saveData && line.type !== "cellular" && !/[23]g/.test(line.effectiveType);
  if (spare && HTMLScriptElement.supports && HTMLScriptElement.supports("speculationrules")) {
    var rules = document.createElement("script");
    rules.type = "speculationrules";
    rules.textContent = '{"prerender":[{"where":{"and":[{"href_matches":"/*.html"},{"not":{"selector_matches":' +
      '"[href^=\\"#\\"],[target],[data-search],.claim>a,a.name,.fig-data a"}}]},"eagerness":"moderate"}]}';
    document.head.appendChild(rules);
  }

  // Sections have the same id in every language; the page's own heading has not, and is left out.
  var sections = [].slice.call(document.querySelectorAll("article :is(h2, h3)[id]"));
  function section() {
    var atEnd = scrollY > 0 && scrollY + innerHeight > root.scrollHeight - 4;
    var line = atEnd ? innerHeight : innerHeight / 3;
    var aimed = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (aimed && aimed.tagName !== "H1") {
      var top = aimed.getBoundingClientRect().top;
      if (top >= 0 && top < innerHeight) { return aimed.id; }
    }
    var passed = sections.filter(function (heading) { return heading.getBoundingClientRect().top < line; });
    return passed.length ? passed[passed.length - 1].id : "";
  }

  /** @type {HTMLAnchorElement[]} */
  var languages = [].slice.call(document.querySelectorAll(".md-header a[hreflang]"));
  languages.forEach(function (link) {
    function keep() {
      var found = section();
      link.hash = found ? "#" + found : "";
    }
    ["pointerdown", "focus", "click"].forEach(function (event) { link.addEventListener(event, keep); });
    link.addEventListener("click", function () { remember("language", link.hreflang); });
  });

  var menu = document.getElementById("menu");
  if (menu && menu.hidePopover) {
    menu.addEventListener("click", function (event) {
      if (/** @type {Element} */ (event.target).closest("a") && menu.matches(":popover-open")) { menu.hidePopover(); }
    });
  }

  var beside = [].slice.call(document.querySelectorAll(".md-sidebar--secondary a"));
  if (beside.length && window.IntersectionObserver) {
    var follow = function () {
      var here = section();
      beside.forEach(function (link) {
        if (here && link.hash === "#" + here) { link.setAttribute("aria-current", "true"); }
        else { link.removeAttribute("aria-current"); }
      });
    };
    var watcher = new IntersectionObserver(follow, { rootMargin: "0px 0px -66% 0px" });
    sections.forEach(function (heading) { watcher.observe(heading); });
  }

  // A script with data is `packed("…")`: JSON, deflated, in base64, or plain where it is small (see packed.py).
  // Browsers from before 2023 fetch what opens it.
  window.packed = function (data) { /** @type {any} */ (document.currentScript).packed = data; };
  function opened(text) {
    var bytes = Uint8Array.from(atob(text), function (sign) { return sign.charCodeAt(0); });
    if (window.DecompressionStream) {
      return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
    }
    return load("inflate.js").then(function () { return JSON.parse(new TextDecoder().decode(window.inflate(bytes))); });
  }

  // What a reader may want is loaded when he asks, once: scripts and style sheets, by their place from this one's.
  // What a script brings is what comes of it.
  var loading = {};
  function load(address) {
    loading[address] = loading[address] || new Promise(function (resolve, reject) {
      var style = /css$/.test(address);
      /** @type {any} */
      var node = document.createElement(style ? "link" : "script");
      node[style ? "href" : "src"] = new URL(address, own).href;
      if (style) { node.rel = "stylesheet"; }
      node.onload = function () { resolve(node.packed); };
      node.onerror = function () {
        delete loading[address];
        node.remove();
        reject(new Error(address));
      };
      document.head.appendChild(node);
    }).then(function (data) { return typeof data === "string" ? opened(data) : data; });
    return loading[address];
  }
  window.loadOnce = load;

  // A drawing far down the page is fetched, at the width that is seen, before a reader comes to it; those of other
  // steps of the same figure, or of the same script, with it.
  /** @type {HTMLElement[]} */
  var late = [].slice.call(document.querySelectorAll("[data-drawing]"));
  function draw(holder) {
    var address = holder.dataset.drawing;
    if (!address) { return; }
    var file = address.split("#");
    load(new URL(file[0], document.baseURI).href).then(function (drawings) {
      if (!holder.dataset.drawing) { return; }
      delete holder.dataset.drawing;
      holder.innerHTML = drawings[file[1] || ""];
      // Paper shows the wide drawing; until it is here, the picture in its place.
      if (holder.classList.contains("fig-wide")) { holder.parentElement.classList.remove("fig-late", "fig-over"); }
    }, function () { /* one that did not come is asked for again when a reader comes near, or the line is back */ });
  }
  if (window.IntersectionObserver) {
    var near = new IntersectionObserver(function (seen) {
      seen.forEach(function (one) {
        if (!one.isIntersecting) { return; }
        var steps = one.target.closest(".stepper-track");
        var file = (/** @type {HTMLElement} */ (one.target).dataset.drawing || "").split("#");
        if (file[1]) {
          late.filter(function (other) { return (other.dataset.drawing || "").split("#")[0] === file[0]; }).forEach(draw);
        } else {
          (steps ? [].slice.call(steps.querySelectorAll("." + one.target.className)) : [one.target]).forEach(draw);
        }
      });
    }, { rootMargin: "100% 0px" });
    var watch = function () {
      near.disconnect();
      late.forEach(function (holder) { near.observe(holder); });
    };
    watch();
    addEventListener("online", watch);
  } else { late.forEach(draw); }

  // Of numbered steps the one in view is marked, however it came there.
  document.querySelectorAll(".stepper").forEach(function (stepper) {
    if (!window.IntersectionObserver) { return; }
    var inView = new IntersectionObserver(function (steps) {
      steps.forEach(function (one) {
        var link = stepper.querySelector('.stepper-nav a[href="#' + one.target.id + '"]');
        if (link && one.isIntersecting) {
          stepper.querySelectorAll(".stepper-nav a[aria-current]").forEach(function (other) {
            other.removeAttribute("aria-current");
          });
          link.setAttribute("aria-current", "step");
        }
      });
    }, { root: stepper.querySelector(".stepper-track"), threshold: 0.6 });
    stepper.querySelectorAll(".stepper-step").forEach(function (step) { inView.observe(step); });
  });

  function search() {
    Promise.all([load("search.css"), load("search.js")]).then(function () { window.openSearch(); });
  }
  document.querySelectorAll("[data-search]").forEach(function (link) {
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      event.preventDefault();
      search();
    });
  });
  addEventListener("keydown", function (event) {
    var target = /** @type {HTMLElement} */ (event.target);
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search();
    }
  });

  // A number, a date, a name, a note or a mark of a drawing opens its card; a second touch follows the link.
  var article = document.querySelector("article[data-cards]");
  var explained = ".claim > a, a.name, .fig-data tbody a, a.footnote-ref";
  var asked;
  /** Open a card, and say whether the touch is used up by it. */
  window.explain = function (target, point) {
    if (window.openCard) { return window.openCard(target, point); }
    if (asked === target) { return false; }
    asked = target;
    Promise.all(["cards.css", "cards.js", "../cards/index.js"].map(load)).then(function () {
      window.openCard(target, point);
    }, function () {
      asked = null;
      if (target.href) { location.href = target.href; }
    });
    return true;
  };
  if (article) {
    article.querySelectorAll(explained).forEach(function (link) { link.setAttribute("aria-haspopup", "dialog"); });
    article.addEventListener("click", function (event) {
      var touched = /** @type {Element} */ (event.target);
      var target = touched.closest(explained) || touched.closest(".fig-picture > div:not([data-drawing]) > svg");
      if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }
      if (window.explain(target, { x: event.clientX, y: event.clientY })) { event.preventDefault(); }
    });
  }

  // A figure offers its live chart; it is fetched with all that it needs.
  document.querySelectorAll("figure.fig[data-src]").forEach(function (figure) {
    var button = /** @type {HTMLButtonElement} */ (figure.querySelector(".fig-explore"));
    var name = button.textContent;
    button.hidden = false;
    button.addEventListener("click", function () {
      button.disabled = true;
      button.textContent = button.dataset.loading;
      load(new URL(figure.dataset.src, document.baseURI).href).then(function (data) {
        return Promise.all(["explore.css", "explore.js", "../" + data.plotly].map(load)).then(function () {
          return window.exploreFigure(figure, data, button);
        });
      }).then(function () { button.textContent = name; }, function () { button.textContent = button.dataset.failed; })
        .then(function () { button.disabled = false; });
    });
  });
})();
