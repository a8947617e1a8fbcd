// Runs in pages that `serve` shows, never in a published one: reloads the page when it has changed, and shows
// problems over it until they are mended. The page keeps its place.
(() => {
  "use strict";
  const KEY = `live-place ${location.pathname}`;
  const kept = sessionStorage.getItem(KEY);
  if (kept !== null) {
    sessionStorage.removeItem(KEY);
    const { id, top } = JSON.parse(kept);
    const place = () => scrollBy({ top: topOf(document.getElementById(id)) - top, behavior: "instant" });
    place();
    addEventListener("load", place, { once: true });
  }
  const page = (location.pathname.endsWith("/") ? `${location.pathname}index.html` : location.pathname).slice(1);
  const news = new EventSource(`/live-events?page=${encodeURIComponent(page)}`);
  let lost = false;

  /** How far below the upper edge of the window an element begins; without one, the page. */
  function topOf(element) {
    return (element ?? document.documentElement).getBoundingClientRect().top;
  }

  // The place is that of the last element with an id that begins above the middle of the window: what changes
  // above it, or a font that comes late, does not move what is being read.
  function reload() {
    let at = null;
    for (const element of document.querySelectorAll("main [id]")) {
      if (element.getClientRects().length && topOf(element) < innerHeight / 2) at = element;
    }
    sessionStorage.setItem(KEY, JSON.stringify({ id: at?.id ?? "", top: topOf(at) }));
    location.reload();
  }

  /** Show the problems over the page; none take the panel away. */
  function show(problems) {
    document.getElementById("live-problems")?.remove();
    if (!problems.length) return;
    const panel = document.createElement("section");
    panel.id = "live-problems";
    panel.setAttribute("role", "alert");
    Object.assign(panel.style, {
      position: "fixed", inset: "auto 0 0 0", maxHeight: "60vh", overflow: "auto", zIndex: "9999",
      padding: "1rem 1.25rem", background: "#3b1212", color: "#fff", font: "14px/1.5 ui-monospace, monospace",
      borderTop: "4px solid #e0604c",
    });
    for (const text of problems) {
      const line = document.createElement("pre");
      Object.assign(line.style, { margin: "0 0 .6rem", whiteSpace: "pre-wrap", font: "inherit" });
      line.textContent = text;
      panel.append(line);
    }
    document.body.append(panel);
  }

  // What is made when somebody asks for it takes seconds: say so, and then hand it over, or say what is wrong.
  addEventListener("click", async (event) => {
    const link = event.target.closest?.('a[download][href*="pdf/"], a[download][href*="download/"]');
    if (!link) return;
    event.preventDefault();
    const wait = document.createElement("p");
    wait.setAttribute("role", "status");
    wait.textContent = link.href.endsWith(".pdf") ? "printing…" : "packing…";
    link.after(wait);
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) {
        show((await answer.text()).split("\n"));
        return;
      }
      const made = document.createElement("a");
      made.href = URL.createObjectURL(await answer.blob());
      made.download = new URL(link.href).pathname.split("/").pop();
      made.click();
    } finally {
      wait.remove();
    }
  });
  news.addEventListener("page", reload);
  news.addEventListener("problems", (event) => show(JSON.parse(event.data)));
  // The server is gone when the generator itself has changed; what it says when it is back may be another page.
  news.addEventListener("error", () => { lost = true; });
  news.addEventListener("open", () => { if (lost) reload(); });
  addEventListener("pagehide", () => news.close());
})();
