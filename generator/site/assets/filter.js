// Buttons above a long list (class "filter", hidden until this runs) leave in view only the rows that
// match: one value of those pressed in each group, and the words typed. Rows carry data-<key>.
// Every word a reader sees is in the page already. Without script the whole list is there.
for (const bar of document.querySelectorAll(".filter")) {
  const rows = [...document.querySelectorAll("tr[data-side]")];
  const sections = [...new Set(rows.map((row) => row.closest(".table-wrap")))].map((wrap) => ({
    wrap,
    heads: headsOf(wrap),
    rows: rows.filter((row) => wrap.contains(row)),
  }));
  const search = /** @type {HTMLInputElement} */ (bar.querySelector("input"));
  const output = /** @type {HTMLOutputElement} */ (bar.querySelector("output"));
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let texts;

  function apply() {
    const wanted = [...bar.querySelectorAll("fieldset")].map((group) => ({
      key: group.dataset.key,
      values: [...group.querySelectorAll('[aria-pressed="true"]')].map((button) => button.getAttribute("value")),
    }));
    const words = folded(search.value).split(/\s+/).filter(Boolean);
    if (words.length) texts ??= new Map(rows.map((row) => [row, folded(row.textContent)]));
    let shown = 0;
    for (const row of rows) {
      const fits = wanted.every(({ key, values }) => !values.length || values.includes(row.dataset[key]));
      row.hidden = !(fits && words.every((word) => texts.get(row).includes(word)));
      shown += row.hidden ? 0 : 1;
    }
    for (const { wrap, heads, rows: own } of sections) {
      const empty = own.every((row) => row.hidden);
      for (const element of [wrap, ...heads]) element.hidden = empty;
    }
    output.value = bar.dataset.shown.replace("{n}", String(shown)).replace("{all}", String(rows.length));
  }

  bar.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("button");
    if (!button) return;
    if (button.matches(".filter-all")) {
      for (const pressed of bar.querySelectorAll("[aria-pressed]")) pressed.setAttribute("aria-pressed", "false");
      search.value = "";
    } else {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    }
    apply();
  });
  search.addEventListener("input", apply);
  // A link to a row that is filtered away shows it again.
  addEventListener("hashchange", () => {
    if (document.querySelector(":target")?.hidden) bar.querySelector(".filter-all").click();
  });
  // Where there is room the choices stand open, and need no way to open them (see site.css).
  const room = matchMedia("(min-width: 45em)");
  const choices = /** @type {HTMLDetailsElement} */ (bar.querySelector("details"));
  const unfold = () => { choices.open ||= room.matches; };
  room.addEventListener("change", unfold);
  unfold();
  bar.hidden = false;
  apply();
}

/** The heading and the note that stand above a table and say nothing without it. */
function headsOf(wrap) {
  const heads = [];
  let before = wrap.previousElementSibling;
  while (before && !before.matches(".table-wrap, .filter, .lead, script")) {
    heads.push(before);
    if (before.matches("h2")) break;
    before = before.previousElementSibling;
  }
  return heads;
}
