"use strict";
// Narrows down the lists, sorts the tables, opens what is folded. Without it all is there to read.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const put = (node, text) => { if (node.textContent !== text) node.textContent = text; };
  const hide = (node, hidden) => { if (node.hidden !== hidden) node.hidden = hidden; };
  const told = (node, selector) => one(selector, node)?.textContent ?? "";
  const root = document.documentElement;
  const form = one("#filters"), status = one("#status"), fold = one("#fold");

  const items = all(".item").map((node) => ({
    node, text: null, group: node.closest(".group"),
    rule: node.closest("[data-rule]").dataset.rule,
    severities: ["error", "warning", "info"].filter((name) => node.classList.contains(name)),
    sections: all(".section", node).map((each) => each.textContent),
    authors: all(".author", node).flatMap((each) => each.textContent.split(", ")),
    years: all("time", node).map((each) => each.textContent.slice(0, 4)),
  }));
  for (const item of items) item.years = item.years.map((year) => (/^\d/.test(year) ? year : "no date"));
  const groups = new Map();
  for (const item of items) {
    if (item.group) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  }
  const parts = all(".part").filter((part) => one(".item", part));

  // What there is to choose among: the values of all items, each with how many have it.
  const choices = { rule: (item) => [item.rule], section: (item) => item.sections,
    author: (item) => item.authors, year: (item) => item.years };
  for (const [name, values] of Object.entries(choices)) {
    const counts = new Map();
    for (const item of items) {
      for (const value of new Set(values(item))) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const select = one(`#${name}`);
    const order = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [value, count] of order) select.append(new Option(`${value} (${count})`, value));
    hide(select.closest("label"), order.length < 2);
  }

  const wanted = () => ({
    words: one("#search").value.toLowerCase().split(/\s+/).filter(Boolean),
    severities: new Set(all("[name=severity]:checked", form).map((box) => box.value)),
    choices: Object.keys(choices).map((name) => [choices[name], one(`#${name}`).value])
      .filter(([, value]) => value),
  });

  const fits = (item, { words, severities, choices: chosen }) => {
    if (item.severities.length && !item.severities.some((name) => severities.has(name))) return false;
    if (!chosen.every(([values, value]) => values(item).includes(value))) return false;
    if (!words.length) return true;
    item.text ??= `${item.node.textContent} ${item.rule}`.toLowerCase();
    return words.every((word) => item.text.includes(word));
  };

  // Groups that match are opened while they are few; those that a reader has opened stay so.
  const FEW = 6;
  const opened = new Set();
  const filter = () => {
    const asked = wanted();
    const narrowed = asked.words.length > 0 || asked.choices.length > 0 || asked.severities.size < 3;
    let shown = 0;
    for (const item of items) {
      item.fits = fits(item, asked);
      hide(item.node, !item.fits);
      shown += item.fits ? 1 : 0;
    }
    const left = [...groups].filter(([group, inside]) => {
      const some = inside.some((item) => item.fits);
      hide(group, !some);
      return some;
    });
    for (const group of opened) group.open = false;
    opened.clear();
    for (const [group] of narrowed && left.length <= FEW ? left : []) {
      if (!group.open) opened.add(group);
      group.open = true;
    }
    for (const part of parts) hide(part, narrowed && !one(".item:not([hidden])", part));
    root.classList.toggle("narrowed", narrowed);
    const total = items.length.toLocaleString("en");
    put(status, !shown ? "Nothing on this page matches."
      : narrowed ? `Showing ${shown.toLocaleString("en")} of ${total} examples. Charts and tables are of the whole audit.`
      : `${total} examples`);
  };

  // A link to a rule shows it, whatever the filters say.
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) { form.reset(); filter(); }
    if (target.matches("details")) target.open = true;
    target.scrollIntoView();
  };

  const number = (cell) => {
    const value = parseFloat(cell.textContent.replaceAll(",", ""));
    return Number.isNaN(value) ? -1 : value;
  };
  const sort = (table, heads, place) => {
    const head = heads[place], numeric = head.classList.contains("n");
    const first = numeric ? "descending" : "ascending", second = numeric ? "ascending" : "descending";
    const order = head.getAttribute("aria-sort") === first ? second : first;
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    const value = (row) => (numeric ? number(row.cells[place]) : row.cells[place].textContent.toLowerCase());
    const compare = (a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.at - b.at);
    const rows = all("tbody tr", table).map((row, at) => ({ row, key: value(row), at })).sort(compare);
    if (order === "descending") rows.reverse();
    one("tbody", table).append(...rows.map(({ row }) => row));
  };
  for (const table of all("table")) {
    const heads = all("thead tr > *", table);
    heads.forEach((head, place) => {
      if (!head.textContent || head.matches(".unsorted")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", () => sort(table, heads, place));
      const printed = document.createElement("span");  // at the top of each sheet; buttons are not
      printed.className = "printed";
      printed.textContent = head.textContent;
      head.replaceChildren(button, printed);
    });
  }

  let waiting = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.target.id === "search") waiting = setTimeout(filter, 150);
    else filter();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); filter(); });
  form.addEventListener("reset", () => setTimeout(filter));
  fold?.addEventListener("click", () => {
    const open = fold.getAttribute("aria-pressed") !== "true";
    for (const group of all(".rule")) group.open = open;
    fold.setAttribute("aria-pressed", String(open));
    put(fold, open ? "Close all" : "Open all");
  });
  addEventListener("hashchange", follow);

  // On paper nothing is folded, and afterwards all is as it was.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details.group:not([open])");
    for (const group of folded) group.open = true;
  });
  addEventListener("afterprint", () => { for (const group of folded) group.open = false; });

  root.classList.add("js");
  filter();
  follow();
})();
