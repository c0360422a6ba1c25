// Where a tour points: a ring around the thing that is meant, and the card beside it.

import { h } from "../dom.js";

const GAP = 12;
const EDGE = 8;

/** The element with this data-point, or if it is put away the button that brings it; null if neither can be seen. */
export function pointed(point) {
  if (!point) return null;
  const found = [...document.querySelectorAll("[data-point]")].filter((one) => one.dataset.point === point);
  return found.find(isSeen) || found.map(opener).find(Boolean) || null;
}

function isSeen(element) {
  const box = element.getBoundingClientRect();
  const shown = element.checkVisibility?.({ visibilityProperty: true }) ?? true;
  return shown && box.width > 0 && box.right > 0 && box.left < window.innerWidth;
}

function opener(element) {
  for (let one = element; one; one = one.parentElement) {
    const button = one.id && document.querySelector(`[aria-controls="${CSS.escape(one.id)}"]`);
    if (button && isSeen(button)) return button;
  }
  return null;
}

/** A ring that nobody can press, drawn around what is pointed at. */
export function ring() {
  return h("div", { class: "tour-ring", "aria-hidden": "true" });
}

/** Put ring and card where they belong; without a target the card stands in the middle, at the foot. */
export function place(card, around, target) {
  card.style.maxHeight = `${window.innerHeight - ceiling() - EDGE}px`; // on a low screen it scrolls
  const box = target?.getBoundingClientRect();
  const seen = box && isSeen(target) && box.bottom > ceiling() && box.top < window.innerHeight;
  around.hidden = !seen;
  if (seen) put(around, frame(box));
  const foot = { left: (window.innerWidth - card.offsetWidth) / 2, top: window.innerHeight };
  const at = seen ? beside(card, frame(box)) : foot;
  const left = Math.max(EDGE, Math.min(at.left, window.innerWidth - card.offsetWidth - EDGE));
  put(card, { left, top: Math.max(ceiling(), Math.min(at.top, window.innerHeight - card.offsetHeight - EDGE)) });
}

/** The target's box with a little air, as far as it is on the screen. */
function frame(box) {
  const left = Math.max(2, box.left - 4);
  const top = Math.max(ceiling() - EDGE, box.top - 4);
  const right = Math.min(window.innerWidth - 2, box.right + 4);
  const bottom = Math.min(window.innerHeight - 2, box.bottom + 4);
  return { left, top, width: right - left, height: bottom - top };
}

/** Below the target if there is room, else above, right or left of it; in one that fills the screen, at its foot. */
function beside(card, { left, top, width, height }) {
  const { offsetWidth: wide, offsetHeight: high } = card;
  if (top + height + GAP + high < window.innerHeight) return { left, top: top + height + GAP };
  if (top - GAP - high > ceiling()) return { left, top: top - GAP - high };
  if (left + width + GAP + wide < window.innerWidth) return { left: left + width + GAP, top };
  if (left - GAP - wide > 0) return { left: left - GAP - wide, top };
  return { left: left + (width - wide) / 2, top: window.innerHeight };
}

/** The stamp at the top of the page is never covered. */
function ceiling() {
  return (document.querySelector(".stamp")?.getBoundingClientRect().bottom || 0) + EDGE;
}

function put(element, box) {
  for (const [side, length] of Object.entries(box)) element.style[side] = `${Math.round(length)}px`;
}
