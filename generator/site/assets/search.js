// Search. Loaded when a reader opens it; then only the parts of the index that the words typed need.
(function () {
  "use strict";
  var base = /** @type {HTMLScriptElement} */ (document.currentScript).src.replace(/assets\/search\.js.*$/, "");
  var parts = {};
  var waiting = {};
  var SHOWN = 20;

  window.searchPart = function (kind, name, found) { parts[kind + name] = found; };

  // A script, not a request for data: it works from a folder, and under a policy that allows no requests.
  function load(kind, name, file) {
    var key = kind + name;
    if (!waiting[key]) {
      waiting[key] = new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = base + "search/" + file + ".js";
        script.onload = function () { script.remove(); done(parts[key]); };
        script.onerror = failed;
        document.head.appendChild(script);
      });
    }
    return waiting[key];
  }

  // As `generator/site/search/tokens.py` does it.
  var LIGATURES = { "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i" };
  var UNSPACED = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+/g;
  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
      .replace(/[œæßøłđı]/g, function (sign) { return LIGATURES[sign]; });
  }
  function plain(word) { return !word || /^[a-z]$/.test(word) ? [] : [word]; }
  function words(text) {
    var found = [];
    var runs = fold(text).replace(/(\d)[\s,.](?=\d{3}(?!\d))/g, "$1").match(/[\p{L}\p{N}]+/gu) || [];
    runs.forEach(function (word) {
      var rest = 0;
      [].slice.call(word.matchAll ? Array.from(word.matchAll(UNSPACED)) : []).forEach(function (run) {
        found = found.concat(plain(word.slice(rest, run.index)));
        var signs = run[0];
        if (signs.length === 1) { found.push(signs); }
        for (var i = 0; i + 1 < signs.length; i += 1) { found.push(signs.slice(i, i + 2)); }
        rest = run.index + signs.length;
      });
      found = found.concat(plain(word.slice(rest)));
    });
    return found;
  }
  function partOf(word) {
    var latin = /[a-z0-9]/;
    if (!latin.test(word[0])) { return "x" + (word.codePointAt(0) % 16).toString(16); }
    return word[0] + (word[1] && latin.test(word[1]) ? word[1] : "-");
  }

  // For each text the best answer to one word: the word itself, or a word that begins like it.
  function answers(word, index) {
    var name = partOf(word);
    if (index.parts.indexOf(name) < 0) { return Promise.resolve({}); }
    return load("words", name, "w-" + name).then(function (part) {
      var found = {};
      Object.keys(part).forEach(function (known) {
        if (known !== word && known.slice(0, word.length) !== word) { return; }
        var places = part[known];
        var rare = Math.log(1 + index.texts / (places.length / 2));
        var near = known === word ? 1 : 0.5;
        for (var i = 0; i < places.length; i += 2) {
          var score = places[i + 1] * rare * near;
          if (!(found[places[i]] >= score)) { found[places[i]] = score; }
        }
      });
      return found;
    });
  }

  function find(query, index) {
    var asked = words(query).filter(function (word) { return index.common.indexOf(word) < 0; });
    return Promise.all(asked.map(function (word) { return answers(word, index); })).then(function (all) {
      var total = {};
      all.forEach(function (found) {
        Object.keys(found).forEach(function (text) {
          total[text] = total[text] || { text: Number(text), score: 0, words: 0 };
          total[text].score += found[text];
          total[text].words += 1;
        });
      });
      var list = Object.keys(total).map(function (text) { return total[text]; });
      var whole = list.filter(function (one) { return one.words === asked.length; });
      return (whole.length ? whole : list).sort(function (a, b) {
        return b.words - a.words || b.score - a.score || a.text - b.text;
      });
    });
  }

  function texts(list, index) {
    return Promise.all(list.map(function (one) {
      var number = Math.floor(one.text / index.size);
      return load("texts", String(number), "t-" + number).then(function (part) {
        return part[one.text % index.size];
      });
    }));
  }

  // The words around the first that was asked for.
  function excerpt(text, asked) {
    var pieces = text.split(/\s+/);
    var at = pieces.findIndex(function (piece) {
      return words(piece).some(function (word) {
        return asked.some(function (one) { return word.slice(0, one.length) === one; });
      });
    });
    var from = Math.max(0, at - 8);
    var some = pieces.slice(from, from + 30).join(" ");
    return (from ? "… " : "") + some + (from + 30 < pieces.length ? " …" : "");
  }

  function make(name, about, parent) {
    var element = document.createElement(name);
    Object.keys(about).forEach(function (key) {
      if (key === "text") { element.textContent = about[key]; } else { element.setAttribute(key, about[key]); }
    });
    if (parent) { parent.appendChild(element); }
    return element;
  }

  function dialog(index) {
    var say = index.say;
    var box = make("dialog", { "class": "search", "aria-label": say.search });
    var head = make("div", { "class": "search-head", role: "search" }, box);
    var input = make("input", {
      type: "search", "aria-label": say.search, placeholder: say.hint, autocomplete: "off", spellcheck: "false"
    }, head);
    var close = make("button", { type: "button", "aria-label": say.close, text: "×" }, head);
    var count = make("p", { role: "status", "class": "search-count" }, box);
    var list = make("ol", { "class": "search-results" }, box);
    var latest = 0;

    function show(found, asked, total) {
      list.textContent = "";
      found.forEach(function (text) {
        var link = make("a", { href: base + text[0] + (text[1] ? "#" + text[1] : "") }, make("li", {}, list));
        make("strong", { text: text[3] }, link);
        if (text[2] !== text[3]) { make("span", { "class": "search-page", text: text[2] }, link); }
        var named = text[5] && asked.some(function (one) {
          return words(text[5]).indexOf(one) >= 0 && words(text[3]).indexOf(one) < 0;
        });
        if (named) { make("span", { "class": "search-names", text: text[5] }, link); }
        make("span", { "class": "search-text", text: excerpt(text[4], asked) }, link);
        link.addEventListener("click", function () { box.close(); });
      });
      count.textContent = !total ? say.none : total > SHOWN ? say.more : say.counts[total];
    }

    function ask() {
      var turn = latest += 1;
      var asked = words(input.value);
      if (!asked.length) { list.textContent = ""; count.textContent = ""; return; }
      find(input.value, index).then(function (all) {
        return texts(all.slice(0, SHOWN), index).then(function (found) {
          if (turn === latest) { show(found, asked, all.length); }
        });
      }).catch(function () { if (turn === latest) { count.textContent = say.none; } });
    }

    var pause;
    input.addEventListener("input", function () {
      clearTimeout(pause);
      pause = setTimeout(ask, 120);
    });
    box.addEventListener("keydown", function (event) {
      // A field of this type would take the first Escape for itself, to empty itself.
      if (event.key === "Escape") { event.preventDefault(); box.close(); }
      var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      var links = [].slice.call(list.querySelectorAll("a"));
      if (event.key === "Enter" && event.target === input && links.length) { links[0].click(); }
      if (!step || !links.length) { return; }
      event.preventDefault();
      var next = links.indexOf(document.activeElement) + step;
      if (next < 0) { input.focus(); } else { links[Math.min(next, links.length - 1)].focus(); }
    });
    close.addEventListener("click", function () { box.close(); });
    box.addEventListener("click", function (event) { if (event.target === box) { box.close(); } });
    document.body.appendChild(box);
    return { box: box, input: input };
  }

  // What the tests ask: the words of a query, and what it finds.
  window.search = {
    words: words,
    partOf: partOf,
    find: function (query) {
      return load("index", "", "index").then(function (index) {
        return find(query, index).then(function (all) { return texts(all.slice(0, SHOWN), index); });
      });
    }
  };

  var made;
  window.openSearch = function () {
    load("index", "", "index").then(function (index) {
      made = made || dialog(index);
      if (!made.box.open) { made.box.showModal(); }
      made.input.select();
    });
  };
})();
