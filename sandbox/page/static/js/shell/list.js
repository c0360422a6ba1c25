// Messages one below the other: a place's or a thread's. It stays at its end, and keeps its place when it grows.

import { fill, h } from "../dom.js";
import { keepFocus } from "./keep.js";
import { renderMessage } from "./message.js";
import { state } from "../store.js";

const AT_END = 40; // CSS px from the end that still count as being there
const LEAF = 10; // messages that are laid out together or not at all: one by one is slow with thousands
const REM_EACH = 5; // the height of a message that was never laid out is guessed
const NEAR_TOP = 2000; // CSS px from the top at which older messages are asked for

/** An empty list. `openThread(message)` or null; `nearTop()`, `atEnd()` are called while somebody scrolls there. */
export function messageList(label, { openThread = null, nearTop = null, atEnd = null } = {}) {
  const all = h("div", { class: "messages", role: "list" });
  const scroll = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, all);
  const jump = h("button", { type: "button", class: "jump", hidden: true }, "Jump to newest");
  const element = h("div", { class: "list" }, scroll, jump);
  const list = { all, scroll, jump, openThread, items: [], newFrom: null, missed: 0, element };
  jump.addEventListener("click", () => {
    toEnd(list);
    scroll.focus();
  });
  const scrolled = () => {
    if (wantsOlder(list)) nearTop?.();
    if (isAtEnd(list)) atEnd?.();
    showJump(list);
  };
  scroll.addEventListener("scroll", scrolled, { passive: true });
  return list;
}

/** Whether the newest message is in sight. */
export function isAtEnd(list) {
  return -list.scroll.scrollTop < AT_END; // the scroller is laid out from its end, so that 0 is the newest
}

/** Whether older messages are wanted: the top is near, or the list does not fill its frame. */
export function wantsOlder(list) {
  return fromTop(list) < NEAR_TOP;
}

function fromTop({ scroll }) {
  return scroll.scrollHeight - scroll.clientHeight + scroll.scrollTop;
}

/** Show these messages; the first of others after `read` (a ts) stands beneath a line "New messages". */
export function put(list, messages, read = null) {
  const isNew = (one) => read !== null && one.ts > read && one.user !== state.me;
  list.newFrom = messages.find(isNew)?.ts || null;
  list.items = [];
  fill(list.all);
  for (let end = messages.length; end > 0; end -= LEAF) putAbove(list, messages.slice(Math.max(0, end - LEAF), end));
  const line = list.all.querySelector(".first-new");
  if (line) line.scrollIntoView({ block: "center" });
  else toEnd(list);
}

/** Put older messages above, a leaf in each frame. What is in sight stays where it is. */
export async function putOlder(list, messages) {
  for (let end = messages.length; end > 0; end -= LEAF) {
    putAbove(list, messages.slice(Math.max(0, end - LEAF), end));
    await new Promise(requestAnimationFrame);
  }
}

function putAbove(list, messages) {
  list.items.unshift(...messages.map((message) => ({ message })));
  list.items.slice(0, messages.length).forEach((item, index) => {
    item.element = made(list, index);
  });
  list.all.prepend(leaf(list.items.slice(0, messages.length).map((item) => item.element)));
  if (list.items.length > messages.length) redraw(list, messages.length);
}

function leaf(elements) {
  return sized(h("div", { class: "leaf", role: "presentation" }, elements));
}

function sized(one) {
  one.style.containIntrinsicBlockSize = `auto ${one.children.length * REM_EACH}rem`;
  return one;
}

function insert(list, at) {
  const { element } = list.items[at];
  const next = list.items[at + 1]?.element;
  const last = list.all.lastElementChild;
  if (next) next.before(element);
  else if (last && last.children.length < LEAF) last.append(element);
  else list.all.append(leaf([element]));
  sized(element.parentElement);
}

/** Put a message where its time says; `unseen`: nobody is looking, so that it is new when somebody does. */
export function add(list, message, unseen = false) {
  if (find(list, message.ts) >= 0) return change(list, message);
  const later = list.items.findIndex((item) => item.message.ts > message.ts);
  const at = later < 0 ? list.items.length : later;
  if (unseen && list.newFrom === null) list.newFrom = message.ts;
  if (unseen || !isAtEnd(list)) list.missed += 1;
  list.items.splice(at, 0, { message });
  list.items[at].element = made(list, at);
  insert(list, at);
  if (at + 1 < list.items.length) redraw(list, at + 1);
  if (message.user === state.me) toEnd(list);
  showJump(list);
}

/** A message is another now; what is not in the list is let be. */
export function change(list, message) {
  const at = find(list, message.ts);
  if (at < 0) return;
  list.items[at].message = message;
  redraw(list, at);
  if (at + 1 < list.items.length) redraw(list, at + 1);
}

/** Take a message away. */
export function remove(list, ts) {
  const at = find(list, ts);
  if (at < 0) return;
  const { element } = list.items[at];
  const around = element.parentElement;
  keepFocus(list.scroll, () => {
    element.remove();
  });
  if (around.children.length) sized(around);
  else around.remove();
  list.items.splice(at, 1);
  if (at < list.items.length) redraw(list, at);
}

/** The message with this ts, or undefined. */
export function messageOf(list, ts) {
  return list.items[find(list, ts)]?.message;
}

/** Scroll to the newest. */
export function toEnd(list) {
  list.scroll.scrollTop = 0;
  list.missed = 0;
  showJump(list);
}

function find(list, ts) {
  return list.items.findLastIndex((item) => item.message.ts === ts);
}

function made(list, at) {
  const { message } = list.items[at];
  const before = at > 0 ? list.items[at - 1].message : null;
  return renderMessage(message, { before, firstNew: message.ts === list.newFrom, openThread: list.openThread });
}

function redraw(list, at) {
  const item = list.items[at];
  keepFocus(item.element, () => {
    const element = made(list, at);
    item.element.replaceWith(element);
    item.element = element;
    return element;
  });
}

function showJump(list) {
  const away = !isAtEnd(list);
  if (!away) list.missed = 0;
  list.jump.hidden = !away;
  list.jump.textContent = list.missed ? `Jump to newest (${list.missed} new)` : "Jump to newest";
}
