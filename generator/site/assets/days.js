// A page of days shows one day at a time: the rail leads to it by pointer, thumb and keyboard, and the address says
// which. Every word a reader sees is in the page already. Without script all days stand below one another.
for (const page of document.querySelectorAll(".days")) {
  const rail = page.querySelector(".days-list");
  /** @type {any[]} */
  const links = [...page.querySelectorAll(".days-list a")];
  const days = links.map((link) => link.hash.slice(1));
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let now = -1;

  function show(number) {
    const index = Math.max(0, Math.min(number, links.length - 1));
    if (index === now) return;
    const before = links[now];
    if (before) {
      before.removeAttribute("aria-current");
      before.tabIndex = -1;
      sectionOf(now).classList.remove("now");
    }
    sectionOf(index).classList.add("now");
    links[index].setAttribute("aria-current", "date");
    links[index].tabIndex = 0;
    now = index;
  }

  const sectionOf = (index) => document.getElementById(days[index]).closest(".day");

  /** Bring a day of the rail into its middle; the page itself does not move. */
  function centre(smooth) {
    const link = links[now].getBoundingClientRect();
    const list = rail.getBoundingClientRect();
    const by = link.left + link.width / 2 - list.left - list.width / 2;
    rail.scrollBy({ left: by, behavior: smooth && !still.matches ? "smooth" : "instant" });
  }

  /** Show a day and say so in the address; *kept* is a step that the reader can take back. */
  function go(index, kept = false) {
    show(index);
    history[kept ? "pushState" : "replaceState"](null, "", `#${days[now]}`);
    centre(true);
  }

  /** Show the day that the address names, by itself or by one of its parts. */
  function follow() {
    const name = decodeURIComponent(location.hash.slice(1));
    const part = days.includes(name) ? null : document.getElementById(name);
    const named = part?.closest(".day")?.querySelector("h2")?.id ?? name;
    const index = days.indexOf(named);
    if (index < 0) return false;
    show(index);
    centre(false);
    (part ?? page).scrollIntoView({ block: "start", behavior: "instant" });
    return true;
  }

  const steps = {
    ArrowLeft: () => now - 1,
    ArrowRight: () => now + 1,
    PageUp: () => now - 7,
    PageDown: () => now + 7,
    Home: () => 0,
    End: () => links.length - 1,
  };

  rail.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(links.indexOf(link), true);
  });
  rail.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(step());
    links[now].focus({ preventScroll: true });
  });
  // A mouse that is held down goes from day to day; a thumb moves the rail itself.
  rail.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || event.buttons !== 1) return;
    const link = document.elementFromPoint(event.clientX, event.clientY)?.closest(".days-list a");
    if (!link || links.indexOf(link) === now) return;
    show(links.indexOf(link));
    history.replaceState(null, "", `#${days[now]}`);
  });
  rail.addEventListener("dragstart", (event) => event.preventDefault());
  for (const button of page.querySelectorAll(".days-step")) {
    button.hidden = false;
    button.addEventListener("click", () => go(now + Number(button.dataset.step)));
  }
  addEventListener("hashchange", follow);
  // The browser moves to what the address names until all is loaded.
  addEventListener("load", follow, { once: true });
  // The other language opens at the same day.
  document.addEventListener("click", (event) => {
    /** @type {HTMLAnchorElement} */
    const link = /** @type {Element} */ (event.target).closest(".languages a[hreflang]");
    if (link) link.hash = `#${days[now]}`;
  });

  for (const link of links) link.tabIndex = -1;
  page.classList.add("days-live");
  if (!follow()) {
    show(0);
    centre(false);
  }
}
