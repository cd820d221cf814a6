"use strict";
// Without this script everything is visible; with it, the changes can be narrowed down, and the address keeps how.
(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const rows = [...document.querySelectorAll("tr.change")].map((row) => ({
    row, country: row.closest("table").dataset.country, action: row.dataset.action,
    text: (row.textContent + " " + row.dataset.search).toLowerCase(),
  }));
  const field = (name) => form.elements.namedItem(name);
  const names = ["q", "country", "action"];

  const show = () => {
    const words = field("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    const country = field("country").value, action = field("action").value;
    let shown = 0;
    for (const one of rows) {
      const hit = (!country || one.country === country) && (!action || one.action === action)
        && words.every((word) => one.text.includes(word));
      one.row.hidden = !hit;
      shown += hit;
    }
    for (const body of document.querySelectorAll(".changes tbody")) {
      const visible = body.querySelector("tr.change:not([hidden])") !== null;
      for (const terms of body.querySelectorAll("tr.terms")) terms.hidden = !visible;
    }
    for (const table of document.querySelectorAll("table.changes"))
      table.hidden = table.querySelector("tr.change:not([hidden])") === null;
    form.querySelector("output").textContent = shown === rows.length
      ? `${shown.toLocaleString("en-US")} changes` : `${shown.toLocaleString("en-US")} of ${rows.length.toLocaleString("en-US")} changes`;
  };

  const keep = () => {
    const kept = new URLSearchParams(names.map((name) => [name, field(name).value]).filter(([, value]) => value));
    history.replaceState(null, "", kept.size ? `#${kept}` : location.pathname + location.search);
  };

  const read = () => {
    const kept = new URLSearchParams(location.hash.slice(1));
    if (!names.some((name) => kept.has(name))) return;
    for (const name of names) field(name).value = kept.get(name) ?? "";
  };

  const both = () => { show(); keep(); };
  form.hidden = false;
  form.addEventListener("input", both);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(both));
  addEventListener("hashchange", () => { read(); show(); });
  read();
  show();
})();
