// The panel at the right: a thread or one of the tools, one at a time.

import { fill, h } from "../dom.js";

let opener = null; // where the focus goes back to
let whenGone = null;

/** The empty panel; the shell puts it into the page once. */
export function panel() {
  return h("aside", {
    id: "panel",
    class: "panel",
    hidden: true,
    "aria-labelledby": "panel-title",
    on: { keydown: onKey },
  });
}

/** Show an element in the panel, in the place of what was there. `gone` is called once when it is shown no more. */
export function showPanel(title, element, gone = null) {
  const aside = document.getElementById("panel");
  if (aside.hidden) opener = document.activeElement;
  leave();
  whenGone = gone;
  const heading = h("h2", { id: "panel-title", tabindex: "-1" }, title);
  const close = h(
    "button",
    { type: "button", class: "quiet", "aria-label": `Close ${title}`, on: { click: hidePanel } },
    "✕",
  );
  fill(aside, h("div", { class: "panel-head" }, heading, close), h("div", { class: "panel-body" }, element));
  aside.hidden = false;
  document.body.classList.add("with-panel");
  heading.focus();
}

/** Close the panel; the focus returns to what opened it. */
export function hidePanel() {
  const aside = document.getElementById("panel");
  if (aside.hidden) return;
  leave();
  const inside = aside.contains(document.activeElement) || document.activeElement === document.body;
  aside.hidden = true;
  aside.replaceChildren();
  document.body.classList.remove("with-panel");
  if (inside && opener?.isConnected) opener.focus();
}

/** Whether this element is what the panel shows. */
export function inPanel(element) {
  return document.getElementById("panel").contains(element);
}

function leave() {
  const gone = whenGone;
  whenGone = null;
  gone?.();
}

function onKey(event) {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  event.preventDefault();
  hidePanel();
}
