// Opens the card of a number, a date, a name, a note or a mark beside what it explains. Fetched by site.js at the first
// touch; scripts that all pages share bring what cards say (see card_data.py). One card is open at a time.
(() => {
  "use strict";
  const root = /** @type {HTMLScriptElement} */ (document.currentScript).src.replace(/assets\/cards\.js.*$/, "");
  const layered = "showPopover" in HTMLElement.prototype;
  const anchors = layered && CSS.supports("position-area", "block-end");
  /** How far from what it explains a card stands, and how near a mark must be touched, in pixels. */
  const GAP = 6, NEAR = 24;
  const card = make("div", "card");
  /** What the open card explains: `element`, what gets the focus `back`, its `box` on the screen, the address of its row. */
  let open = null;
  let pressed = null;
  /** An ordinal and its ending, where the language raises it: 23e, 1er. */
  let ordinal = null;
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-labelledby", "card-head");
  if (layered) card.popover = "auto";
  else card.hidden = true;

  function make(tag, name = "", ...inside) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...inside.filter(Boolean).flatMap((one) => (typeof one === "string" ? raised(one) : one)));
    return made;
  }
  /** A text, its ordinals set as on the page (see typography.py). */
  function raised(text) {
    if (!ordinal) return [text];
    const parts = [];
    let start = 0;
    for (const { 0: whole, 1: number, 2: ending, index } of text.matchAll(ordinal)) {
      const high = document.createElement("sup");
      high.append(ending.replace("º", "o"));
      parts.push(text.slice(start, index) + number, high);
      start = index + whole.length;
    }
    return [...parts, text.slice(start)];
  }
  function drawn(tag, attributes, parent) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    parent?.append(made);
    return made;
  }
  function way(href, ...inside) {
    const link = make("a", "", ...inside);
    link.href = href;
    return link;
  }
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const isOpen = () => (layered ? card.matches(":popover-open") : !card.hidden);

  /** The answers to a question on one line: this one filled, those of the other side on a line below, refuted ones pale. */
  function line(said, marks, own) {
    const apart = marks.some((state, n) => n % 3 === 2 && state === 1);
    const svg = drawn("svg", { viewBox: `-5 -5 210 ${apart ? 18 : 10}`, class: "card-line", role: "img", "aria-label": said });
    drawn("path", { d: "M0 0H200" }, svg);
    const order = [...Array(marks.length / 3).keys()].sort((a, b) => Number(a === own) - Number(b === own));
    for (const n of order) {
      const [from, to, state] = marks.slice(3 * n, 3 * n + 3);
      const y = state === 1 ? 8 : 0;
      const name = `${["", "apart", "aside"][state]} ${n === own ? "own" : ""}`;
      if (to > from) drawn("path", { d: `M${from} ${y}H${to}`, class: `span ${name}` }, svg);
      drawn("circle", { cx: (from + to) / 2, cy: y, r: n === own ? 3.5 : 2.2, class: name }, svg);
    }
    return svg;
  }

  function map([height, paths], [, x, y, radius = 0]) {
    const svg = drawn("svg", { viewBox: `0 0 240 ${height}`, class: "card-map", "aria-hidden": "true" });
    for (const style in paths) drawn("path", { d: paths[style], class: style }, svg);
    if (radius > 4) drawn("circle", { cx: x, cy: y, r: radius, class: "within" }, svg);
    drawn("circle", { cx: x, cy: y, r: 4, class: "here" }, svg);
    return svg;
  }

  /** A picture, small; it is fetched now. */
  function thumb([page, id, avif, plain, width, height, alt], data) {
    const source = make("source"), image = make("img"), picture = make("picture", "", source, image);
    source.type = "image/avif";
    source.srcset = `${root}../${avif}`;
    Object.assign(image, { width, height, alt: alt || "", src: `${root}../${plain}` });
    return make("div", "card-picture", way(`${root}${data.pages[page]}#${id}`, picture));
  }

  /** The day of which the text before a link speaks last, in its section: {day, text}. */
  function moment(element) {
    let found = null;
    for (const node of document.querySelectorAll("article :is(h2, time.claim[datetime])")) {
      if (!(element.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING)) break;
      const day = node.getAttribute("datetime") || "";
      found = node.tagName === "H2" ? null : day.length === 10 ? { day, text: node.textContent } : found;
    }
    return found;
  }

  function relations(data, [label, leads, then], element) {
    const at = then && moment(element);
    const held = at ? leads.filter(([, , , since, until]) => (since || until) && (since || "") <= at.day && at.day <= (until || "9")) : [];
    const shown = held.length ? held : leads;
    const list = make("p", "", held.length ? filled(then, { date: at.text }) : label);
    shown.forEach(([page, id, name], n) => {
      list.append(n && !then ? document.createElement("br") : n ? ", " : " ", way(`${root}${data.pages[page]}#${id}`, name));
    });
    return list;
  }

  function fill(data, id, element) {
    const words = data.words;
    const [page, head, what, when, native, lines, source, locator, via, trust, reason, question, place, readings, related, spot, seen, stated] =
      data.cards[id];
    const row = `${root}${data.pages[page]}#${id}`;
    const [sourceId, sourceName] = data.sources[source - 1] || [];
    const [, topic, title, said, marks] = data.questions[question - 1] || [];
    const cited = `${root}${data.bibliography}#${sourceId}`;
    const read = via ? filled(words.via, { source: data.sources[via - 1][1] }) : "";
    const picture = data.pictures[seen - 1], small = picture ? thumb(picture, data) : "";
    const heading = make("p", "card-head", make("b", "", head));
    heading.id = "card-head";
    if (native) {
      const name = make("span");
      Object.assign(name, { lang: native[0], textContent: native[1] });
      heading.append(" ", name);
    }
    card.replaceChildren(
      title ? make("p", "card-question", topic ? way(`${root}${data.pages[page]}#${topic}`, title) : title) : "",
      heading,
      spot ? "" : small,
      what || when ? make("p", "card-what", [what, when].filter(Boolean).join(" · ")) : "",
      spot ? make("div", "card-seen", map(data.maps[spot[0]], spot), small) : "",
      ...(lines || []).map((text) => make("p", "", text)),
      source ? make("p", "card-who", way(cited, sourceName), locator ? `, ${locator}` : "", read ? make("span", "", ` · ${read}`) : "") : "",
      trust ? make("p", "card-trust", trust) : "",
      reason ? make("p", "", reason) : "",
      marks ? line(said, marks, place || 0) : "",
      said ? make("p", "card-trust", said) : "",
      ...(readings || []).map(([correction, says, reading]) => make("p", "card-reading", `${words.says} ${says} `,
        way(`${root}${data.corrections}#${correction}`, words.read), ` ${reading}`)),
      ...(related || []).map((one) => relations(data, one, element)),
      picture?.[7] ? make("p", "card-trust", picture[7]) : "",
    );
    const ways = make("p", "card-ways", way(row, words.row), source ? way(cited, words.source) : "");
    const button = make("button", "", words.cite);
    const subject = stated ? head : [title, what].filter(Boolean).join(" · ") || head;
    const who = sourceName ? ` (${filled(words.by, { source: [sourceName, locator, read].filter(Boolean).join(", ") })})` : "";
    const value = stated ? [what, ...(lines || [])].filter(Boolean).join(" · ") : head;
    const where = words.address ? `${words.address}${data.pages[page]}#${id}` : location.protocol === "file:" ? "" : row;
    button.addEventListener("click", () => cite(
      `${filled(words.cited, { what: subject, value })}${who}. ${filled(words.in, { row: id })}.${where && ` ${where}`}`, words, ways));
    ways.append(button);
    finish(ways, words);
    return row;
  }

  /** Show a sentence that cites, and copy it where a browser lets us. */
  async function cite(sentence, words, ways) {
    card.querySelector(".card-cited")?.remove();
    const label = make("b", "");
    const text = make("span");
    text.textContent = sentence;
    const box = make("p", "card-cited", label, " ", text);
    label.setAttribute("role", "status");
    ways.after(box);
    getSelection().selectAllChildren(text);
    const copied = navigator.clipboard ? await navigator.clipboard.writeText(sentence).then(() => true, () => false) : false;
    label.textContent = copied ? words.copied : words.copy;
    stand();
    box.scrollIntoView({ block: "nearest" });
  }

  /** A note says what stands below the page, and leads there. */
  function note({ words }, sources, link) {
    const text = make("div", "card-note");
    const item = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    for (const child of item.children) text.append(child.cloneNode(true));
    text.querySelectorAll(".footnote-backref").forEach((back) => back.remove());
    const titles = [...text.querySelectorAll("a")].map((source) => sources[source.hash.slice(1)]);
    for (const title of new Set(titles)) if (title) text.append(make("p", "card-trust", title));
    text.querySelectorAll("[id]").forEach((twin) => twin.removeAttribute("id"));
    const heading = make("p", "card-head", make("b", "", `${words.note} ${link.textContent}`));
    heading.id = "card-head";
    card.replaceChildren(heading, text);
    finish(make("p", "card-ways", way(link.href, words.below)), words);
    return link.href;
  }

  function finish(ways, words) {
    const close = make("button", "card-close", "×");
    close.setAttribute("aria-label", words.close);
    close.addEventListener("click", hide);
    card.prepend(close);
    card.append(ways);
    for (const button of card.querySelectorAll("button")) button.type = "button";
  }

  /** Put the card on the side of what it explains where there is more room; it covers it nowhere. */
  function stand() {
    if (!open || (anchors && open.anchored)) return;
    const box = open.box(), below = innerHeight - box.bottom, above = box.top;
    card.style.maxHeight = `${Math.max(below, above, 0) - 2 * GAP}px`;
    const { offsetWidth: wide, offsetHeight: tall } = card;
    card.style.top = `${below >= above ? box.bottom + GAP : box.top - GAP - tall}px`;
    card.style.left = `${Math.max(GAP, Math.min((box.left + box.right - wide) / 2, document.documentElement.clientWidth - wide - GAP))}px`;
  }

  /** What goes on below the ways fades into them. */
  const fade = () => card.classList.toggle("more", card.scrollHeight - card.scrollTop - card.clientHeight > 4);

  function show(about) {
    if (isOpen()) hide();
    open = about;
    card.classList.toggle("anchored", anchors && about.anchored);
    card.style.cssText = "";
    about.element.classList.add("explained");
    if (about.anchored) about.element.style.setProperty("anchor-name", "--explained");
    document.body.append(card);
    card.scrollTop = 0;
    if (layered) card.showPopover();
    else card.hidden = false;
    stand();
    fade();
    card.focus({ preventScroll: true });
  }
  function hide() {
    if (layered) card.hidePopover();
    else { card.hidden = true; closed(); }
  }
  function closed() {
    if (!open) return;
    const { element, back } = open, active = document.activeElement;
    open = null;
    element.classList.remove("explained");
    element.style.removeProperty("anchor-name");
    if (active === document.body || card.contains(active)) back.focus({ preventScroll: true });
  }

  card.addEventListener("beforetoggle", (event) => { if (/** @type {ToggleEvent} */ (event).newState === "closed") closed(); });
  card.addEventListener("click", (event) => { if (/** @type {Element} */ (event.target).closest("a")) hide(); });
  addEventListener("scroll", stand, { passive: true, capture: true });
  addEventListener("resize", stand);
  card.addEventListener("scroll", fade, { passive: true });
  // A touch closes the card before it becomes a click: what it was open for then is kept.
  addEventListener("pointerdown", (event) => {
    pressed = isOpen() ? open : null;
    if (!layered && pressed && !card.contains(/** @type {Node} */ (event.target))) hide();
  }, true);
  if (!layered) addEventListener("keydown", (event) => { if (event.key === "Escape" && isOpen()) hide(); });

  const bring = (name) => window.loadOnce(`../cards/${name}.js`);

  /** What the card of a record says, with what it names by number: of the part that begins last before it. */
  async function dataOf(id) {
    const index = await bring("index");
    return { ...index, ...(await bring(index.starts.filter((first) => first <= id).length - 1)) };
  }

  /** The mark of a drawing that was touched, or the nearest: a range has a mark at each end and one card. */
  async function markAt(svg, { x, y }) {
    const { figure } = svg.closest("figure").dataset;
    const [wide, narrow] = figure ? await bring(`figures/${figure}`) : [[], []];
    const marks = svg.closest(".fig-narrow") ? narrow : wide;
    const shapes = svg.querySelectorAll("path, rect, circle, line");
    let best = null, least = NEAR, last = null;
    for (let n = 0; n < marks.length; n += 2) {
      const element = shapes[marks[n]], id = marks[n + 1];
      let { left, top, right, bottom } = element.getBoundingClientRect();
      if (last?.id === id) {
        [left, top] = [Math.min(left, last.left), Math.min(top, last.top)];
        [right, bottom] = [Math.max(right, last.right), Math.max(bottom, last.bottom)];
      }
      last = { id, left, top, right, bottom };
      element.classList.add("mark");
      const far = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
      if (far < least) [best, least] = [{ id, element }, far];
    }
    return best;
  }

  async function opened(target, element, point, before) {
    const index = await bring("index");
    ordinal ??= index.words.raised && new RegExp(index.words.raised, "g");
    if (target.matches?.(".footnote-ref")) {
      const row = note(index, await bring("notes"), target);
      show({ element, back: target, anchored: true, box: () => target.getBoundingClientRect(), row });
      return;
    }
    const known = target.id && target.element ? target : target.href && { id: target.hash.slice(1), element };
    const mark = known || await markAt(element, point);
    if (!mark) return;
    const data = await dataOf(mark.id);
    if (!data.cards[mark.id]) throw new Error(mark.id);
    if (!target.href && before?.id === mark.id && before.element === mark.element) { location.href = before.row; return; }
    const back = target.href ? target : target.back || element.closest("figure").querySelector("summary");
    const box = mark.box || (() => mark.element.getBoundingClientRect());
    const row = fill(data, mark.id, element);
    show({ id: mark.id, element: mark.element, back, anchored: Boolean(target.href), box, row });
  }

  window.openCard = (target, point) => {
    const before = pressed ?? (isOpen() ? open : null);
    pressed = null;
    if (target.href && before?.element === target) return false;
    const element = target.element || target;
    opened(target, element, point, before).catch(() => { if (target.href) location.href = target.href; });
    return true;
  };
})();
