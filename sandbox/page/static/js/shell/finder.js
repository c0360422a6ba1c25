// A dialog in which one types to find something and chooses it: a person to be, a place to go to.

import { announce, fill, h, newId } from "../dom.js";
import { unreadBadge } from "./faces.js";

/**
 * Ask for one of `groups` ([{name, entries: [{label, detail, lead, unread, current, choose}]}]); the chosen entry's
 * choose() is called when the dialog has gone.
 */
export function find(title, groups) {
  const list = h("div", { id: newId("found"), role: "listbox", "aria-label": title, class: "found" });
  const look = { field: combobox(list.id), list, groups, chosen: null };
  look.box = dialog(look, title);
  draw(look);
  look.field.addEventListener("input", () => draw(look, true));
  look.field.addEventListener("keydown", (event) => onKey(look, event));
  look.box.addEventListener("click", (event) => event.target === look.box && look.box.close());
  look.box.addEventListener("close", () => {
    look.box.remove();
    look.chosen?.choose();
  });
  document.body.append(look.box);
  look.box.showModal(); // keeps the focus inside, closes on Esc and gives the focus back
  look.field.focus();
}

function combobox(list) {
  const words = { "aria-label": "Type to find", placeholder: "Type to find", autocomplete: "off", spellcheck: "false" };
  const role = { role: "combobox", "aria-expanded": "true", "aria-controls": list, "aria-autocomplete": "list" };
  return h("input", { type: "text", ...role, ...words });
}

function dialog(look, title) {
  const heading = newId("find");
  const shut = () => look.box.close();
  const close = h("button", { type: "button", class: "quiet", "aria-label": "Close", on: { click: shut } }, "✕");
  const head = h("div", { class: "panel-head" }, h("h2", { id: heading }, title), close);
  return h("dialog", { class: "finder", "aria-labelledby": heading }, head, look.field, look.list);
}

function draw(look, typed = false) {
  const words = look.field.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (entry) => words.every((word) => `${entry.label} ${entry.detail || ""}`.toLowerCase().includes(word));
  const groups = look.groups
    .map((group) => ({ ...group, entries: group.entries.filter(fits) }))
    .filter((group) => group.entries.length);
  look.shown = groups.flatMap((group) => group.entries).map((entry) => ({ entry, option: option(look, entry) }));
  const rest = [...look.shown];
  const parts = groups.map((group) =>
    section(
      group.name,
      group.entries.map(() => rest.shift().option),
    ),
  );
  fill(look.list, parts.length ? parts : h("p", { class: "none soft" }, "Nothing with these letters."));
  const current = look.shown.findIndex((one) => one.entry.current);
  mark(look, typed || current < 0 ? 0 : current);
  if (typed) announce(`${look.shown.length} found`);
}

function section(name, options) {
  const heading = newId("group");
  return h(
    "div",
    { role: "group", "aria-labelledby": heading },
    h("div", { id: heading, class: "group-name", role: "presentation" }, name),
    options,
  );
}

function option(look, entry) {
  const detail = entry.detail ? h("span", { class: "soft" }, entry.detail) : null;
  const now = entry.current ? h("span", { class: "now" }, "now") : null;
  const given = {
    id: newId("option"),
    role: "option",
    "aria-selected": "false",
    on: { click: () => take(look, entry) },
  };
  return h(
    "div",
    given,
    entry.lead,
    h("span", { class: "words" }, h("span", { class: "name" }, entry.label), detail),
    now,
    unreadBadge(entry.unread),
  );
}

function mark(look, at) {
  look.at = at;
  look.shown.forEach(({ option: one }, index) => one.setAttribute("aria-selected", String(index === at)));
  const marked = look.shown[at]?.option;
  if (!marked) return look.field.removeAttribute("aria-activedescendant");
  look.field.setAttribute("aria-activedescendant", marked.id);
  marked.scrollIntoView({ block: "nearest" });
}

function onKey(look, event) {
  const count = look.shown.length;
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
  if (event.key in steps && count) {
    event.preventDefault();
    const to = look.at + steps[event.key];
    mark(look, Math.abs(steps[event.key]) > 1 ? Math.max(0, Math.min(count - 1, to)) : (to + count) % count);
  } else if (event.key === "Enter" && look.shown[look.at]) {
    event.preventDefault();
    take(look, look.shown[look.at].entry);
  }
}

function take(look, entry) {
  look.chosen = entry;
  look.box.close();
}
