"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const one = (selector, within) => (within || document).querySelector(selector);
  const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/gu, " ").toLowerCase();
  const views = all(".view");
  const articles = views.filter((view) => view.tagName === "ARTICLE");
  const cards = all("article .card");
  let current = null;
  let chosen = null;

  /* which view is shown: the address after # names a view, an article, a card or a place in a text */
  const open = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    const target = name ? document.getElementById(name) : null;
    const view = (target && target.closest(".view")) || views[0];
    const changed = view !== current;
    if (changed) {
      views.forEach((other) => other.classList.toggle("on", other === view));
      current = view;
      clear();
      all(".bar nav a").forEach((link) => {
        const here = link.hash === "#" + view.id || (view.tagName === "ARTICLE" && link.hash === "#overview");
        if (here) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
      });
      if (view.id === "statements") search();
      window.scrollTo(0, 0);
    }
    if (!target || target === view) return;
    const number = target.dataset.n || (target.dataset.s || "").split(" ").pop();
    if (number) choose(number, true);
    else target.scrollIntoView({ block: "center" });
  };

  /* reading: one statement chosen, its words underlined, its card beside them */
  const clear = () => {
    all(".hot").forEach((piece) => piece.classList.remove("hot"));
    all(".card.on").forEach((card) => card.classList.remove("on"));
    chosen = null;
  };
  const pieces = (number) => all(`.text [data-s~="${number}"]`, current);
  const visible = (node) => {
    const box = node.getBoundingClientRect();
    return box.top > 64 && box.bottom < window.innerHeight;
  };
  const choose = (number, scroll) => {
    clear();
    const card = one(`.card[data-n="${number}"]`, current);
    if (!card) return;
    chosen = Number(number);
    card.classList.add("on");
    const marked = pieces(number);
    marked.forEach((piece) => piece.classList.add("hot"));
    const side = one(".side", current);
    const beside = side.scrollHeight > side.clientHeight + 4;
    if (beside) side.scrollTop = card.offsetTop - side.offsetTop - 48;
    if (scroll && marked[0] && !visible(marked[0])) marked[0].scrollIntoView({ block: "center" });
    if (!scroll && !beside && !visible(card)) card.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const count = all(".card", current).length;
    if (!count) return;
    choose(chosen === null ? (by > 0 ? 0 : count - 1) : Math.max(0, Math.min(count - 1, chosen + by)), true);
  };
  document.addEventListener("click", (event) => {
    const piece = event.target.closest("article .text [data-s]");
    const card = event.target.closest("article .card");
    const link = event.target.closest("a");
    if (piece && String(window.getSelection()) === "") {
      if (link) event.preventDefault();
      choose(piece.dataset.s.split(" ").pop(), false);
    } else if (card && !link) {
      choose(card.dataset.n, true);
    } else if (link && link.dataset.by !== undefined) {
      Object.values(fields).forEach((field) => { field.value = ""; });
      fields.by.value = `"${link.dataset.by}"`;
      shown = STEP;
      if (current.id === "statements") search();
    }
  });

  /* all statements: found, filtered, a screenful at a time */
  const STEP = 60;
  const fields = {};
  all("#filters [name]").forEach((field) => { fields[field.name] = field; });
  const results = one("#results");
  let shown = STEP;
  let index = null;
  const called = {};
  all("#speaker-list tr[data-actor]").forEach((row) => {
    called[row.dataset.actor] = `${row.cells[0].textContent} ${row.cells[1].textContent}`;
  });
  const names = (card) =>
    (card.dataset.actor || "").split(" ").map((key) => called[key] || "").join(" ");
  const build = () => cards.map((card) => {
    const article = card.closest("article");
    const copy = card.cloneNode(true);
    all(".private", copy).forEach((name) => { name.textContent = name.dataset.instead; });
    return {
      card, article, act: card.dataset.act, form: card.dataset.form, outlet: article.dataset.outlet || "",
      day: article.dataset.day || "", who: fold(`${one(".who", copy).textContent} ${names(card)}`), words: fold(copy.textContent + " " + (article.dataset.title || "")),
    };
  });
  const matches = (row, wanted) =>
    (!fields.act.value || row.act === fields.act.value) &&
    (!fields.form.value || row.form === fields.form.value) &&
    (!fields.outlet.value || row.outlet === fields.outlet.value) &&
    (!fields.since.value || (row.day && row.day >= fields.since.value)) &&
    (!fields.until.value || (row.day && row.day <= fields.until.value)) &&
    wanted.words.every((word) => row.words.includes(word)) &&
    wanted.by.every((word) => row.who.includes(word));
  const split = (words) =>
    (fold(words).match(/"[^"]+"|\S+/gu) || []).map((word) => word.replace(/"/gu, "").trim()).filter(Boolean);
  const copyCard = (row) => {
    const copy = row.card.cloneNode(true);
    copy.classList.remove("on");
    copy.removeAttribute("id");
    all(".private", copy).forEach((name) => { name.textContent = name.dataset.instead; });
    all("[id]", copy).forEach((node) => node.removeAttribute("id"));
    const where = document.createElement("p");
    where.className = "where";
    where.dir = "auto";
    const link = document.createElement("a");
    link.href = "#" + row.card.id;
    link.textContent = row.article.dataset.title || "article";
    where.append(link, " · " + (row.article.dataset.when || ""));
    copy.append(where);
    return copy;
  };
  const search = () => {
    if (!results) return;
    index = index || build();
    const wanted = { words: split(fields.q.value), by: split(fields.by.value) };
    const found = index.filter((row) => matches(row, wanted));
    results.replaceChildren(...found.slice(0, shown).map(copyCard));
    one("#found").textContent = `${found.length} of ${index.length} statements` +
      (found.length > shown ? `, the first ${shown} shown` : "");
    one("#more").hidden = found.length <= shown;
  };
  let waiting = 0;
  const later = () => { clearTimeout(waiting); waiting = setTimeout(() => { shown = STEP; search(); }, 120); };
  Object.values(fields).forEach((field) => field.addEventListener("input", later));
  if (results) {
    one("#more").addEventListener("click", () => { shown += 4 * STEP; search(); });
    one("#filters").addEventListener("submit", (event) => event.preventDefault());
    one("#filters").addEventListener("reset", () => setTimeout(later, 0));
  }

  /* lists that narrow as one types */
  all("input[data-narrows]").forEach((field) => {
    const rows = all("tbody tr", document.getElementById(field.dataset.narrows));
    const words = rows.map((row) => fold(row.textContent));
    field.addEventListener("input", () => {
      const wanted = split(field.value);
      rows.forEach((row, i) => { row.hidden = !wanted.every((word) => words[i].includes(word)); });
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const turn = (by) => {
      const at = articles.indexOf(current);
      const to = articles[at < 0 ? 0 : at + by];
      if (to) location.hash = to.id;
    };
    const field = current && one("input[type=search]", current);
    const keys = {
      j: () => step(1), k: () => step(-1), n: () => turn(1), p: () => turn(-1), Escape: clear,
      "/": () => { if (field) field.focus(); else if (one("#statements")) { location.hash = "statements"; } },
      s: () => { if (one("#statements")) location.hash = "statements"; },
      o: () => { location.hash = views[0].id; },
    };
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  window.addEventListener("hashchange", open);
  open();
})();
