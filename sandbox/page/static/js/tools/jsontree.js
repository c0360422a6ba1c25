// JSON as a tree that opens and closes: nested <details>, filled when they are opened first.

import { announce, h } from "../dom.js";

const SHORT = 60;

/** The tree of any JSON value, its first level open, with a button that copies it whole. */
export function jsonTree(value, name) {
  const tree = branch(name, value);
  if (tree instanceof HTMLDetailsElement) tree.open = true;
  const copy = h("button", { type: "button", on: { click: () => copyJson(value, copy) } }, "Copy as JSON");
  return h("div", { class: "json", on: { keydown: onKey } }, copy, tree);
}

function branch(name, value) {
  const label = name === null ? [] : [h("b", {}, String(name)), ": "];
  if (value === null || typeof value !== "object") return h("p", { class: "json-leaf" }, label, leaf(value));
  const items = Object.entries(value);
  if (items.length === 0) return h("p", { class: "json-leaf" }, label, Array.isArray(value) ? "[ ]" : "{ }");
  const inside = h("ul", {});
  const short = h("span", { class: "soft" }, inShort(value, items));
  const details = h("details", {}, h("summary", {}, label, short), inside);
  details.addEventListener("toggle", () => {
    if (details.open && !inside.firstChild) inside.append(...items.map(([key, one]) => h("li", {}, branch(key, one))));
  });
  return details;
}

function leaf(value) {
  const kind = value === null ? "null" : typeof value;
  return h("span", { class: `json-${kind}` }, JSON.stringify(value));
}

/** What a closed branch holds: as much JSON as is short, else only how much there is. */
function inShort(value, items) {
  const whole = JSON.stringify(value);
  if (whole.length <= SHORT) return whole;
  const count = items.length === 1 ? "1 entry" : `${items.length} entries`;
  return Array.isArray(value) ? `[ ${count} ]` : `{ ${count} }`;
}

/** As in any tree: right opens, left closes, left again goes to the branch above. */
function onKey(event) {
  const summary = event.target.closest("summary");
  if (!summary || !["ArrowRight", "ArrowLeft"].includes(event.key)) return;
  const details = summary.parentElement;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "ArrowRight") details.open = true;
  else if (details.open) details.open = false;
  else details.parentElement.closest(".json details")?.querySelector("summary").focus();
}

async function copyJson(value, button) {
  try {
    await navigator.clipboard.writeText(JSON.stringify(value, null, 2));
    button.textContent = "Copied";
    announce("Copied");
  } catch {
    button.textContent = "The browser did not allow copying";
  }
}
