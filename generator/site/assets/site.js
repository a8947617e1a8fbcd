// The few things every page does by script: paper, section kept over languages, search. All works without, but search.
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

  // Nothing of search is loaded before somebody wants it.
  function search() {
    if (window.openSearch) { window.openSearch(); return; }
    if (document.querySelector("script[data-for=search]")) { return; }
    var script = document.createElement("script");
    script.src = own + "search.js";
    script.dataset.for = "search";
    script.onload = function () { window.openSearch(); };
    document.head.appendChild(script);
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
})();
