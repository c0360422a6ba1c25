// What a message box offers while one types: slash commands, people after @, channels after #.

import { announce, fill, h, newId } from "../dom.js";
import { face, placeMark, who } from "./faces.js";
import { state } from "../store.js";

const MOST = 10;
const MENTION = /(^|\s)([@#])([^\s@#]*(?: [^\s@#]*)?)$/;

/**
 * Ties a listbox to a textarea. {element, onKey(event) → whether it took the key}.
 * `useShortcut(shortcut)`: what choosing one of the app's shortcuts does; without it "/" offers nothing.
 */
export function completion(area, useShortcut = null) {
  const list = h("ul", {
    id: newId("offers"),
    class: "offers",
    role: "listbox",
    tabindex: "0", // it may scroll; Tab takes a suggestion and never comes here
    "aria-label": "Suggestions",
    hidden: true,
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  const offers = { area, list, useShortcut, found: [], at: 0 };
  area.setAttribute("aria-controls", list.id);
  area.setAttribute("aria-autocomplete", "list");
  area.addEventListener("input", () => show(offers, look(offers)));
  area.addEventListener("blur", () => hide(offers));
  return { element: list, onKey: (event) => onKey(offers, event) };
}

function look({ area, useShortcut }) {
  const typed = area.value.slice(0, area.selectionStart);
  if (useShortcut && /^\/\S*$/.test(typed)) {
    return [...commandsLike(typed.toLowerCase()), ...shortcutsLike(typed.slice(1).toLowerCase())];
  }
  const mention = typed.match(MENTION);
  if (!mention) return [];
  const like = (name) =>
    name
      .toLowerCase()
      .split(/[\s.-]+/)
      .concat(name.toLowerCase())
      .some((word) => word.startsWith(mention[3].toLowerCase()));
  return mention[2] === "@" ? peopleLike(like, mention[3].length + 1) : placesLike(like, mention[3].length + 1);
}

function commandsLike(typed) {
  const fitting = (state.app.commands || []).filter((one) => one.command.toLowerCase().startsWith(typed));
  return fitting.map((one) => ({
    label: one.command,
    hint: one.usage_hint,
    detail: one.description,
    insert: `${one.command} `,
    length: typed.length,
    whole: one.command.toLowerCase() === typed,
  }));
}

function shortcutsLike(typed) {
  const all = (state.app.shortcuts || []).filter((one) => one.type === "global");
  const fitting = all.filter((one) => one.name.toLowerCase().includes(typed));
  return fitting.map((one) => ({
    label: one.name,
    detail: "Shortcut",
    insert: "",
    length: typed.length + 1,
    shortcut: one,
  }));
}

function peopleLike(like, length) {
  const found = state.people.filter((one) => !one.deleted && like(one.name));
  return found.map((one) => ({
    label: one.name,
    detail: who(one.id).title,
    lead: face(one.id),
    insert: `@${one.name} `,
    length,
  }));
}

function placesLike(like, length) {
  const found = state.places.filter((one) => one.kind !== "im" && like(one.name));
  return found.map((one) => ({ label: one.name, lead: placeMark(one), insert: `#${one.name} `, length }));
}

function show(offers, found) {
  offers.found = found.slice(0, MOST);
  if (!found.length) return hide(offers);
  const before = offers.list.hidden;
  fill(
    offers.list,
    offers.found.map((one, index) => option(offers, one, index)),
  );
  offers.list.hidden = false;
  mark(offers, 0);
  if (before) announce(`${found.length} ${found.length === 1 ? "suggestion" : "suggestions"}`);
}

function option(offers, one, index) {
  const onMouse = (event) => {
    event.preventDefault();
    take(offers, index);
  };
  const words = [
    h("span", { class: "name" }, one.label),
    one.hint ? h("code", { class: "soft" }, ` ${one.hint}`) : null,
  ];
  const detail = one.detail ? h("span", { class: "soft detail" }, one.detail) : null;
  return h(
    "li",
    { id: newId("offer"), role: "option", on: { mousedown: onMouse } },
    one.lead,
    h("span", { class: "words" }, words),
    detail,
  );
}

function mark(offers, at) {
  offers.at = at;
  [...offers.list.children].forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
  offers.area.setAttribute("aria-activedescendant", offers.list.children[at].id);
  offers.list.children[at].scrollIntoView({ block: "nearest" });
}

function hide(offers) {
  offers.list.hidden = true;
  offers.found = [];
  offers.area.removeAttribute("aria-activedescendant");
}

function take(offers, at) {
  const { area, found } = offers;
  const { shortcut } = found[at];
  const caret = area.selectionStart;
  area.setRangeText(found[at].insert, caret - found[at].length, caret, "end");
  hide(offers);
  area.dispatchEvent(new Event("input")); // its height and what is kept of it
  if (shortcut) offers.useShortcut(shortcut);
}

function onKey(offers, event) {
  const { found, at } = offers;
  if (!found.length || event.isComposing) return false;
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps) mark(offers, (at + steps[event.key] + found.length) % found.length);
  else if (event.key === "Escape") hide(offers);
  else if (event.key === "Enter" && found[at].whole) {
    hide(offers);
    return false; // a command typed out: Enter sends it
  } else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) take(offers, at);
  else return false;
  event.preventDefault();
  return true;
}
