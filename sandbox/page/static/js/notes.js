// A strip at the header's foot for what must not be forgotten meanwhile: something is made to fail, a part to play.

import { announce, h } from "./dom.js";

const shown = new Map();

function strip() {
  const there = document.querySelector(".notes");
  if (there) return there;
  const made = h("div", { class: "notes" });
  document.querySelector("header").append(made);
  return made;
}

/** Show a note under this key, in the place of the one before; `children` stand beside the text. */
export function note(key, text, ...children) {
  const before = shown.get(key);
  if (before?.dataset.text === text) return;
  const element = h("div", { class: `note note-${key}`, data: { text } }, h("p", {}, text), children);
  if (before) before.replaceWith(element);
  else strip().append(element);
  shown.set(key, element);
  announce(text);
}

/** Take the note of this key away. */
export function unnote(key) {
  shown.get(key)?.remove();
  shown.delete(key);
}

/** Whether a note of this key is shown. */
export function isNoted(key) {
  return shown.has(key);
}
