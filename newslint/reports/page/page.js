"use strict";
// Filters what is on the page. Without this script all of it is shown.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const put = (node, text) => { if (node.textContent !== text) node.textContent = text; };
  const hide = (node, hidden) => { if (node.hidden !== hidden) node.hidden = hidden; };
  const low = (node) => (node ? node.textContent.toLowerCase() : "");
  const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

  const form = one("#filters"), list = one("#list"), status = one("#status");
  if (!list) return;

  const sheets = all(".sheet", list).map((node) => ({
    node, path: node.dataset.path, text: low(one("summary", node)),
    passages: all(".passage", node).map((passage) => ({
      node: passage, marks: all("mark, sup", passage), text: null,
      notes: all(".note", passage).map((note) => ({
        node: note, number: one(".n", note).textContent,
        severity: note.dataset.severity, rule: note.dataset.rule, text: null,
      })),
    })),
  }));
  const notes = sheets.flatMap((sheet) => sheet.passages.flatMap((passage) => passage.notes));
  const rows = all("input[type=checkbox]", form).map((box) => ({
    box, number: one(".number", box.closest("label")), row: box.closest("label"),
  }));

  const wanted = () => ({
    severity: new Set(all("[name=severity]:checked", form).map((box) => box.value)),
    rule: new Set(all("[name=rule]:checked", form).map((box) => box.value)),
    words: one("#search").value.toLowerCase().split(/\s+/).filter(Boolean),
  });

  // Every word must stand in the path, the headline, the copy or the note.
  const holds = (words, sheet, passage, note) => {
    if (!words.length) return true;
    passage.text ??= low(one(".copy", passage.node));
    note.text ??= low(note.node);
    return words.every((word) =>
      sheet.text.includes(word) || passage.text.includes(word) || note.text.includes(word));
  };

  const filter = () => {
    const { severity, rule, words } = wanted();
    const counts = new Map();
    const count = (key) => counts.set(key, (counts.get(key) ?? 0) + 1);
    let shownNotes = 0, shownSheets = 0;
    for (const sheet of sheets) {
      let inSheet = 0;
      for (const passage of sheet.passages) {
        const on = new Set();
        for (const note of passage.notes) {
          const told = holds(words, sheet, passage, note);
          const grave = severity.has(note.severity);
          const ruled = !rule.size || rule.has(note.rule);
          if (told && ruled) count(`severity ${note.severity}`);
          if (told && grave) count(`rule ${note.rule}`);
          const shown = told && grave && ruled;
          hide(note.node, !shown);
          if (shown) on.add(note.number);
        }
        inSheet += on.size;
        hide(passage.node, !on.size);
        if (!on.size) continue;
        for (const mark of passage.marks) {
          const off = !mark.dataset.n.split(" ").some((number) => on.has(number));
          if (mark.localName === "sup") hide(mark, off);
          else mark.classList.toggle("off", off);
        }
      }
      hide(sheet.node, !inSheet);
      shownNotes += inSheet;
      shownSheets += inSheet ? 1 : 0;
    }
    for (const { box, number, row } of rows) {
      const found = counts.get(`${box.name} ${box.value}`) ?? 0;
      put(number, found.toLocaleString("en"));
      row.classList.toggle("none", !found);
    }
    const whole = shownNotes === notes.length;
    put(status, !shownNotes ? "No finding matches the filters."
      : `${whole ? "All" : "Showing"} ${shownNotes.toLocaleString("en")}`
        + `${whole ? "" : ` of ${notes.length.toLocaleString("en")}`} finding${notes.length === 1 ? "" : "s"}`
        + ` in ${plural(shownSheets, "article")}`);
  };

  const sort = () => {
    const byPath = one("#sort").value === "path";
    const order = byPath ? [...sheets].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)) : sheets;
    list.append(...order.map((sheet) => sheet.node));
  };

  const reset = () => { form.reset(); filter(); sort(); };

  // A link to an article or a note shows it, whatever the filters say.
  const follow = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.closest("[hidden]")) reset();
    const folded = target.matches(".sheet") ? one("details", target) : target.closest("details");
    if (folded) folded.open = true;
    target.scrollIntoView();
  };

  // The reason of a rule opens below the note that asks for it.
  const tell = (event) => {
    const link = event.target.closest("a.why");
    const rule = link && document.getElementById(link.hash.slice(1));
    if (!rule || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const told = one(".reason", link.closest(".note"));
    link.setAttribute("aria-expanded", String(!told));
    if (told) return told.remove();
    const reason = document.createElement("p");
    reason.className = "reason";
    reason.append(...[...one("dd", rule).cloneNode(true).childNodes]);
    link.parentNode.after(reason);
  };

  let waiting = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.target.id === "sort") sort();
    else if (event.target.id === "search") waiting = setTimeout(filter, 150);
    else filter();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); filter(); });
  one("#show-all").addEventListener("click", reset);
  one("#fold").addEventListener("click", (event) => {
    const open = event.target.getAttribute("aria-pressed") === "true";
    for (const { node } of sheets) one("details", node).open = open;
    event.target.setAttribute("aria-pressed", String(!open));
  });
  list.addEventListener("click", tell);
  addEventListener("hashchange", follow);

  if (matchMedia("(min-width: 64rem)").matches) one("#by-rule").open = true;
  document.documentElement.classList.add("js");
  filter();
  follow();
})();
