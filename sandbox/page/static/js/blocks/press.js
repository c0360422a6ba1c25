// Telling the app what was pressed or chosen: its confirm dialog first, then waiting, then what went wrong.

import { confirmed } from "./confirm.js";
import { h } from "../dom.js";

const BUSY_AFTER = 150; // milliseconds: a quick answer makes nothing flicker
const inFlight = new WeakSet();
const queues = new WeakMap();

/** Press a button once: until the app has answered, another press of it is the same one. */
export async function press(ctx, block, element, choice, node) {
  if (inFlight.has(node)) return null;
  inFlight.add(node);
  try {
    if (element.confirm && !(await confirmed(element.confirm))) return null;
    return await told(ctx, block, element, choice, node);
  } finally {
    inFlight.delete(node);
  }
}

/** Tell a choice after all the earlier ones of this element. The promise gives false if it was taken back. */
export function choose(ctx, block, element, choice, node) {
  const before = queues.get(node) || Promise.resolve();
  const mine = before.then(async () => {
    if (element.confirm && !(await confirmed(element.confirm))) return false;
    await told(ctx, block, element, choice, node);
    return true;
  });
  queues.set(node, mine);
  return mine;
}

/** A reason as the server words it, as a sentence. */
export function sentence(reason) {
  const text = String(reason || "")
    .replace(/^(a warning triangle|no results): /, "")
    .trim();
  if (!text) return "That did not go through. Try again?";
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.?!)]$/.test(text) ? "" : ".");
}

/** While `work` runs longer than a moment, the element shows it. */
export async function busyWhile(node, work) {
  const timer = setTimeout(() => node.setAttribute("aria-busy", "true"), BUSY_AFTER);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    node.removeAttribute("aria-busy");
  }
}

async function told(ctx, block, element, choice, node) {
  warning(node, null);
  let outcome;
  try {
    await ctx.pending; // what was typed is kept before the app hears of anything else
    outcome = await busyWhile(node, ctx.press(block, element, choice));
  } catch (refused) {
    outcome = { kind: "failed", reason: refused.message };
  }
  const gone = outcome?.kind === "timeout" || outcome?.kind === "failed";
  if (gone && ctx.where === "modal") warning(node, sentence(outcome.reason)); // elsewhere their host says it
  return outcome;
}

/** Slack's warning triangle, with words, at the foot of the block. */
function warning(node, text) {
  const block = node.closest(".block");
  block?.querySelector(":scope > .block-warning")?.remove();
  if (!text || !block) return;
  const sign = h("span", { "aria-hidden": "true" }, "⚠️ ");
  block.append(h("p", { class: "block-warning", role: "alert" }, sign, text));
}
