// The inspector: what goes over the wire between the app and Slack, as it happens.

import { look } from "../api.js";
import { announce, fill, h } from "../dom.js";
import { showLive } from "./livepanel.js";
import { isPending, KINDS, wireRow } from "./wirerow.js";

const KEPT = 2000;
const AT_ONCE = 500;
const ACK_WINDOW = 3500; // ms: by then it is known whether the app answered in time
const REACHED = '.wire-row > details > summary[tabindex="0"]'; // the one line that the Tab key stops at

/** Show the inspector. */
export function open() {
  const wire = { rows: new Map(), last: 0, from: 0, paused: false, busy: false, more: false, timer: null };
  const keydown = (event) => onKey(wire, event);
  wire.list = h("ol", { class: "wire-list", "aria-label": "Lines, the newest last", on: { keydown } });
  wire.says = h("p", { class: "soft" }); // not read aloud by itself: lines come all the time
  wire.filter = filters(() => applyFilter(wire));
  const row = h("div", { class: "wire-buttons" }, wire.filter.only, buttons(wire));
  const top = h("div", { class: "wire-filter" }, wire.filter.fields, row);
  const element = h("div", { class: "tool wire", data: { point: "wire" } }, top, wire.says, heads(), wire.list);
  showLive("What goes over the wire", element, ["wire"], () => fetchNew(wire), () => clearTimeout(wire.timer));
  fetchNew(wire);
}

function heads() {
  const names = [["at", "Time"], ["way", "Direction"], ["what", "What"], ["answer", "Answer"], ["ms", "Time taken"]];
  const cells = names.map(([name, words]) => h("span", { class: `wire-${name}` }, words));
  return h("div", { class: "wire-heads", "aria-hidden": "true" }, cells);
}

/** Fields that choose which lines are shown; `passes(entry)` says whether one is. */
function filters(changed) {
  const kinds = Object.entries(KINDS).map(([value, words]) => h("option", { value }, words));
  const kind = h("select", { on: { change: changed } }, h("option", { value: "" }, "All kinds"), kinds);
  const text = h("input", { type: "search", on: { input: changed } });
  const refused = h("input", { type: "checkbox", on: { change: changed } });
  const passes = (entry) => {
    if (kind.value && entry.kind !== kind.value) return false;
    if (refused.checked && !entry.refused) return false;
    return `${entry.what} ${entry.refused || ""}`.toLowerCase().includes(text.value.trim().toLowerCase());
  };
  const only = h("label", { class: "wire-refused" }, refused, "Refused only");
  return { fields: [h("label", {}, "Kind", kind), h("label", {}, "Method or name", text)], only, passes };
}

function buttons(wire) {
  const pause = h("button", { type: "button", on: { click: () => {
    wire.paused = !wire.paused;
    fill(pause, wire.paused ? "Go on" : "Pause");
    if (!wire.paused) fetchNew(wire);
    else sayHowMany(wire, true);
  } } }, "Pause");
  const clear = h("button", { type: "button", on: { click: () => {
    wire.rows.clear();
    wire.from = wire.last;
    fill(wire.list);
    sayHowMany(wire, true);
  } } }, "Clear view");
  return [pause, clear];
}

/** Ask for what is new, and again for lines whose answer was still to come. One request at a time. */
async function fetchNew(wire) {
  if (wire.paused) return;
  if (wire.busy) return void (wire.more = true);
  wire.busy = true;
  try {
    const first = [...wire.rows.values()].find((row) => isPending(row.entry));
    const after = first ? Math.max(first.entry.n - 1, wire.last - AT_ONCE) : wire.last;
    take(wire, await look("wire", { after, limit: AT_ONCE }));
  } catch (refused) {
    fill(wire.says, refused.message);
  }
  wire.busy = false;
  if (wire.more) {
    wire.more = false;
    return fetchNew(wire);
  }
}

function take(wire, { entries, last }) {
  const atEnd = wire.list.scrollHeight - wire.list.scrollTop - wire.list.clientHeight < 40;
  const fresh = document.createDocumentFragment();
  for (const entry of entries) if (entry.n > wire.from) keep(wire, entry, fresh);
  wire.list.append(fresh);
  wire.last = last;
  for (const [n, row] of wire.rows) {
    if (wire.rows.size <= KEPT) break;
    row.element.remove();
    wire.rows.delete(n);
  }
  if (!wire.list.querySelector(REACHED)) moveTo(wire, [...wire.rows.values()].at(-1)?.line, false);
  if (atEnd) wire.list.scrollTop = wire.list.scrollHeight;
  sayHowMany(wire);
  clearTimeout(wire.timer);
  const waiting = [...wire.rows.values()].some((row) => isPending(row.entry));
  if (waiting) wire.timer = setTimeout(() => fetchNew(wire), ACK_WINDOW);
}

function keep(wire, entry, fresh) {
  const there = wire.rows.get(entry.n);
  if (there) {
    if (JSON.stringify(there.entry) !== JSON.stringify(entry)) there.change(entry);
    there.entry = entry;
    return;
  }
  const row = { ...wireRow(entry), entry };
  row.line.tabIndex = -1;
  row.element.hidden = !wire.filter.passes(entry);
  wire.rows.set(entry.n, row);
  fresh.append(row.element);
}

function applyFilter(wire) {
  for (const row of wire.rows.values()) row.element.hidden = !wire.filter.passes(row.entry);
  const seen = [...wire.rows.values()].filter((row) => !row.element.hidden);
  moveTo(wire, seen.at(-1)?.line, false);
  sayHowMany(wire, true);
}

function sayHowMany(wire, aloud = false) {
  const rows = [...wire.rows.values()];
  const seen = rows.filter((row) => !row.element.hidden).length;
  const many = rows.length === 1 ? "1 line" : `${number(rows.length)} lines`;
  const lines = seen === rows.length ? many : `${number(seen)} of ${many}`;
  const missed = rows.length ? wire.last - wire.from - rows.length : 0;
  const most = `it opens with the newest ${AT_ONCE} and keeps ${number(KEPT)} at most`;
  const left = missed > 0 ? ` ${number(missed)} earlier ones are not shown: ${most}.` : "";
  const paused = wire.paused ? " Paused: what happens now is shown when you go on." : "";
  const none = "No lines yet. They come as the app and Slack talk.";
  fill(wire.says, (rows.length ? `${lines}.${left}` : none) + paused);
  if (aloud) announce(wire.says.textContent);
}

function number(count) {
  return count.toLocaleString("en-GB");
}

/** Up, down, home and end go from line to line: a thousand lines are one stop of the Tab key. */
function onKey(wire, event) {
  const line = event.target.closest(".wire-row > details > summary");
  const steps = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };
  if (!line || !(event.key in steps)) return;
  event.preventDefault();
  const seen = [...wire.rows.values()].filter((row) => !row.element.hidden).map((row) => row.line);
  const to = seen.indexOf(line) + steps[event.key];
  moveTo(wire, seen[Math.max(0, Math.min(seen.length - 1, to))], true);
}

function moveTo(wire, line, focus) {
  for (const one of wire.list.querySelectorAll(REACHED)) one.tabIndex = -1;
  if (!line) return;
  line.tabIndex = 0;
  if (focus) line.focus();
}
