// The keys that work everywhere on the page.

import { drawerIsOpen, showDrawer } from "./drawer.js";
import { here } from "./faces.js";
import { chooseAnything } from "./people.js";
import { inOrder } from "./sidebar.js";
import { state } from "../store.js";
import { visit } from "./way.js";

const PARTS = [
  ".switcher",
  "#sidebar a[aria-current], #sidebar a",
  "main .scroll, main .home-tab",
  "main .composer textarea",
  "#panel-title",
];

/** Listen to them. */
export function followKeys() {
  document.addEventListener("keydown", onKey);
}

function onKey(event) {
  const inDialog = document.querySelector("dialog[open]");
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    if (!document.querySelector("dialog.finder[open]")) chooseAnything();
  } else if (event.key === "F6" && !inDialog) {
    event.preventDefault();
    nextPart(event.shiftKey ? -1 : 1);
  } else if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key) && !inDialog) {
    event.preventDefault();
    nextPlace(event.key === "ArrowUp" ? -1 : 1);
  } else if (event.key === "Escape" && !event.defaultPrevented && drawerIsOpen()) {
    showDrawer(false);
    document.querySelector(".to-side").focus();
  }
}

function nextPart(step) {
  const found = PARTS.map((part) => document.querySelector(part)).filter((one) =>
    one?.checkVisibility({ visibilityProperty: true }),
  );
  const at = found.findIndex((one) => one === document.activeElement || regionOf(one).contains(document.activeElement));
  found[(at + step + found.length) % found.length]?.focus();
}

function regionOf(element) {
  return element.closest("header, #sidebar, .list, .home-tab, .composer, #panel") || element;
}

function nextPlace(step) {
  const all = inOrder();
  const now = state.where === "home" ? "home" : all.includes(here().id) ? here().id : "app";
  visit(all[(all.indexOf(now) + step + all.length) % all.length]);
}
