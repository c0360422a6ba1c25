// The day in the header, and the buttons that let time pass.

import { announce, fill, h, newId } from "../dom.js";
import { can, CLOCK, STORY } from "./passing.js";
import { on, state } from "../store.js";
import { dayInYear, longDay, shortDay, timeOf } from "../when.js";

const LOOK_AGAIN = 15_000; // ms, on the real clock: no minute is told late by more
const PATIENCE = 5_000; // ms until somebody hears that a story does not answer
const UNANSWERED = "The story has not answered yet. It may have been ended where it was started.";

/** The day in words and its buttons, kept true by itself. */
export function dayBar() {
  const bar = { buttons: new Map(), mode: null, busy: 0, problem: "", asked: null, minute: null };
  bar.date = h("p", { class: "day-date" });
  bar.row = h("div", { class: "day-buttons" });
  bar.says = h("p", { class: "day-says" });
  const given = { class: "day", "aria-label": "The day", data: { point: "day" } };
  const element = h("section", given, bar.date, bar.row, bar.says);
  for (const kind of ["clock", "story", "me", "screen", "people"]) on(kind, () => show(bar));
  for (const kind of ["clock", "story"]) on(kind, () => answered(bar));
  show(bar);
  return element;
}

function show(bar) {
  if (!state.clock) return;
  const mode = state.story ? "story" : state.clock.story ? "clock" : "real";
  if (mode !== bar.mode) build(bar, mode);
  showDate(bar, mode === "real" ? new Date().toISOString() : state.clock.now);
  for (const [button, element] of bar.buttons) showButton(bar, button, element);
  const line = bar.problem || progress() || (bar.busy && mode === "clock" ? "Time passes…" : "");
  if (bar.problem && bar.says.textContent !== line) announce(line);
  if (bar.says.textContent !== line) fill(bar.says, line);
  bar.says.classList.toggle("problem", Boolean(bar.problem));
}

/** The long date for a screen that has the room, the short one for a phone; CSS shows one of the two. */
function showDate(bar, now) {
  const time = h("time", { datetime: now });
  time.append(h("span", { class: "day-long" }, longDay(now)), h("span", { class: "day-short" }, shortDay(now)));
  time.append(", ", h("span", { class: "day-time" }, timeOf(now)));
  if (bar.date.textContent === time.textContent) return;
  if (bar.date.firstChild && !progress()) announce(`It is ${longDay(now)}, ${timeOf(now)}.`);
  fill(bar.date, time);
}

function showButton(bar, button, element) {
  const { mark = "", words = "", rest = "" } = button.face();
  if (element.dataset.face !== mark + words + rest) {
    element.dataset.face = mark + words + rest;
    fill(element, h("span", { "aria-hidden": "true" }, mark), words, h("span", { class: "day-word" }, rest));
  }
  const held = !can(button) || (bar.busy && button.what !== "play");
  if (held) element.setAttribute("aria-disabled", "true");
  else element.removeAttribute("aria-disabled");
}

/** The row anew: a story has begun or ended. On the real clock there is nothing to press, and minutes pass. */
function build(bar, mode) {
  Object.assign(bar, { mode, buttons: new Map() });
  clearInterval(bar.minute);
  if (mode === "real") bar.minute = setInterval(() => show(bar), LOOK_AGAIN);
  const buttons = { story: STORY, clock: CLOCK, real: [] }[mode];
  for (const button of buttons) bar.buttons.set(button, buttonOf(bar, button));
  const rest = buttons.filter((one) => !one.first).map((one) => bar.buttons.get(one));
  const first = buttons.filter((one) => one.first).map((one) => bar.buttons.get(one));
  fill(bar.row, first, rest.length ? menu(rest) : []);
}

function buttonOf(bar, button) {
  const press = async (event) => {
    if (event.currentTarget.getAttribute("aria-disabled")) return;
    closeMenu(event.currentTarget);
    bar.busy += 1;
    bar.problem = "";
    show(bar);
    try {
      if (await button.act()) expect(bar);
    } catch (refused) {
      bar.problem = refused.message;
    }
    bar.busy -= 1;
    show(bar);
  };
  return h("button", { type: "button", data: button.point ? { point: button.point } : {}, on: { click: press } });
}

/** A director that was asked tells the story anew soon; if not, the person hears it. */
function expect(bar) {
  if (!state.story) return;
  clearTimeout(bar.asked);
  bar.asked = setTimeout(() => {
    bar.problem = UNANSWERED;
    show(bar);
  }, PATIENCE);
}

function answered(bar) {
  clearTimeout(bar.asked);
  if (bar.problem !== UNANSWERED) return;
  bar.problem = "";
  show(bar);
}

/** The buttons that a phone has no room for: a row on a wide screen, a menu behind "More" on a narrow one. */
function menu(buttons) {
  const list = h("div", { class: "day-menu", id: newId("day-menu") }, buttons);
  const words = [h("span", { class: "unseen" }, "Other ways on"), h("span", { "aria-hidden": "true" }, "▾")];
  const given = { type: "button", class: "day-more", "aria-expanded": "false", "aria-controls": list.id };
  const more = h("button", given, words);
  const open = (yes) => {
    more.setAttribute("aria-expanded", String(yes));
    list.classList.toggle("open", yes);
  };
  const both = h("div", { class: "day-rest" }, more, list);
  more.addEventListener("click", () => open(!list.classList.contains("open")));
  both.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !list.classList.contains("open")) return;
    event.stopPropagation();
    open(false);
    more.focus();
  });
  both.addEventListener("focusout", (event) => { if (!both.contains(event.relatedTarget)) open(false); });
  return both;
}

/** A press in the menu closes it; the focus goes to what opened it, where that can be seen. */
function closeMenu(button) {
  const list = button.closest(".day-menu.open");
  if (!list) return;
  list.classList.remove("open");
  list.previousElementSibling.setAttribute("aria-expanded", "false");
  list.previousElementSibling.focus();
}

/** How far a story has come: "Playing: Thursday 1 October… 12 of 84". Empty unless it catches up. */
function progress() {
  const { scenes, state: how } = state.story || {};
  if (how !== "catching_up") return "";
  const played = scenes.filter((scene) => !["to come", "playing"].includes(scene.state)).length;
  return `Playing: ${dayInYear(state.clock.now)}… ${played} of ${scenes.length}`;
}
