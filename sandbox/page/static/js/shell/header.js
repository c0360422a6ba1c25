// The top of the page: what this is, whose it is, what day it is, and the tools.

import { h, newId } from "../dom.js";
import { drawerButton } from "./drawer.js";
import { arrowKeys } from "./keep.js";
import { showPanel } from "./panel.js";
import { switcher } from "./people.js";
import { on, state } from "../store.js";

const TOOLS = [
  { name: "Story", point: "story", open: () => import("../tools/storypanel.js") },
  { name: "Show me round", point: "tour", open: () => import("../tools/tour.js") },
  { name: "Files to take away", point: "papers", open: () => import("../tools/papers.js") },
  { name: "What stands in Slack", point: "about", open: () => import("../tools/about.js") },
  { name: "What goes over the wire", point: "wire", open: () => import("../tools/wire.js") },
  { name: "Make something fail", point: "faults", open: () => import("../tools/faults.js") },
  { name: "Keys (?)", point: "keys", open: async () => ({ open: keys }) },
];
const KEYS = [
  ["Ctrl+K", "Go to a place or be a person"],
  ["F6, Shift+F6", "Next or previous part of the page"],
  ["Alt+Up, Alt+Down", "Previous or next conversation"],
  ["Up, Down", "Within a list or a menu"],
  ["Enter", "Send; Shift+Enter begins a line"],
  ["Tab or Enter", "Take a suggestion while typing / @ or #"],
  ["Esc", "Close what is open"],
];

/** The strip that says on every screen that all is invented: in the page from its first moment, kept true from here. */
export function keepStamp() {
  const strip = document.querySelector(".stamp");
  const draw = (stamp) => {
    if (stamp) strip.textContent = stamp;
  };
  on("programme", (event) => draw(event.stamp));
  draw(state.stamp);
}

/** The header. `day`: the element that the day bar comes into. */
export function header(day) {
  const name = h("h1", {}, state.team?.name || "Practice workspace");
  return h(
    "header",
    { id: "top", tabindex: "-1" },
    h("div", { class: "bar" }, drawerButton(), name, day, h("div", { class: "right" }, switcher(), tools())),
  );
}

function tools() {
  const id = newId("tools");
  const given = {
    type: "button",
    class: "tools",
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    "aria-controls": id,
  };
  const button = h("button", { ...given, data: { point: "tools" } }, "Tools ▾");
  const menu = h("div", { id, class: "menu", role: "menu", "aria-label": "Tools", hidden: true });
  const show = (open) => {
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) menu.firstElementChild.focus();
  };
  menu.append(...TOOLS.map((tool) => item(tool, button, show)));
  arrowKeys(menu, "[role=menuitem]");
  const around = h("div", { class: "with-menu" }, button, menu);
  listen(around, button, menu, show);
  return around;
}

function item(tool, button, show) {
  const use = async () => {
    show(false);
    button.focus(); // what is opened gives the focus back here
    (await tool.open()).open();
  };
  const given = { type: "button", role: "menuitem", tabindex: "-1", data: { point: tool.point }, on: { click: use } };
  return h("button", given, tool.name);
}

function listen(around, button, menu, show) {
  button.addEventListener("click", () => show(menu.hidden));
  around.addEventListener("keydown", (event) => {
    if (event.key === "?") {
      show(false);
      button.focus();
      return keys();
    }
    const opens = event.key === "ArrowDown" && event.target === button;
    const closes = event.key === "Escape" && !menu.hidden;
    if (!opens && !closes) return;
    event.preventDefault();
    show(opens);
    if (closes) button.focus();
  });
  around.addEventListener("focusout", (event) => {
    if (!around.contains(event.relatedTarget)) show(false);
  });
}

function keys() {
  const rows = KEYS.map(([key, does]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)]);
  showPanel("Keys", h("dl", { class: "keys" }, rows));
}
