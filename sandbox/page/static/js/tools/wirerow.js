// One line of the inspector: when, which way, what, how it was answered and how long that took.

import { look } from "../api.js";
import { fill, h } from "../dom.js";
import { jsonTree } from "./jsontree.js";
import { secondOf } from "../when.js";

const TO_APP = "envelope";
const LATE_MS = 1000;
const KINDS = {
  call: "Call",
  envelope: "Envelope",
  response_url: "Response URL",
  socket: "Socket",
  refused_ack: "Answer refused",
};
const OUTCOMES = {
  waiting: "waiting",
  acked: "acknowledged",
  timeout: "no answer in 3 s",
  no_connection: "no connection",
};

/** The kinds of lines, value → words. */
export { KINDS };

/** Whether the answer is still to come, so that the line is to be asked for again. */
export function isPending(entry) {
  if (entry.kind === "envelope") return entry.status === "waiting";
  return entry.kind === "call" && entry.ms === null;
}

/** A line's element; `change(entry)` draws it anew. */
export function wireRow(entry) {
  const line = h("summary", {});
  const body = h("div", { class: "wire-body" });
  const details = h("details", { on: { toggle: () => details.open && showWhole(entry.n, body) } }, line, body);
  const element = h("li", { class: "wire-row" }, details);
  const change = (now) => {
    fill(line, cells(now));
    element.classList.toggle("refused", Boolean(now.refused));
    if (details.open) showWhole(now.n, body);
  };
  change(entry);
  return { element, line, change };
}

function cells(entry) {
  const toApp = entry.kind === TO_APP;
  const way = h("span", { class: "wire-way" }, toApp ? "Slack → app" : "app → Slack");
  const kind = h("span", { class: "unseen" }, `${KINDS[entry.kind] || entry.kind} `);
  const cell = (name, ...children) => h("span", { class: `wire-${name}` }, ...children, " ");
  const first = [cell("at", secondOf(entry.at)), way, cell("what", kind, entry.what)];
  const last = [cell("answer", answerOf(entry)), cell("ms", took(entry))];
  const explained = entry.explained ? h("span", { class: "wire-explained" }, entry.explained) : null;
  return [first, last, explained];
}

/** "ok", an error's code, or what became of an envelope. A refusal carries a mark as well. */
function answerOf(entry) {
  if (entry.refused) return [h("span", { "aria-hidden": "true" }, "✗ "), OUTCOMES[entry.refused] || entry.refused];
  if (entry.kind === "envelope") return OUTCOMES[entry.status] || entry.status || "";
  if (entry.kind === "socket") return "";
  if (entry.status === null) return isPending(entry) ? "waiting" : "no answer";
  return entry.status === 200 ? "ok" : `HTTP ${entry.status}`;
}

function took(entry) {
  if (entry.refused === "timeout") return h("b", { class: "flag" }, "⚠ over 3 s");
  if (entry.ms === null) return "";
  const ms = `${Math.round(entry.ms).toLocaleString("en-GB")} ms`;
  return entry.ms > LATE_MS ? h("b", { class: "flag" }, `⚠ ${ms} late`) : ms;
}

async function showWhole(n, body) {
  try {
    const { entry } = await look(`wire/${n}`);
    fill(body, jsonTree(entry, `Line ${n}`));
  } catch (refused) {
    fill(body, h("p", { class: "problem" }, refused.message));
  }
}
