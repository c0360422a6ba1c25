// One message of a conversation: who, when, what, its thread, and what went wrong with a press in it.

import { act, Refused } from "../api.js";
import { renderBlocks } from "../blocks/blocks.js";
import { fill, h } from "../dom.js";
import { face, who } from "./faces.js";
import { state } from "../store.js";
import { mrkdwn, whenLong, whenShort } from "../blocks/text.js";
import { dateOf, longDay, shortDay } from "../when.js";

const TOGETHER = 5 * 60; // seconds in which messages of one author stand beneath one name
const KINDS_OF_NEWS = /^(channel|group)_(join|leave|topic|purpose|name|archive|unarchive|convert_to_private)$/;

/** When it was said, as ISO. */
export function isoOf(ts) {
  return new Date(Number(ts) * 1000).toISOString();
}

/**
 * A list item. `before`: the message above it or null. `firstNew`: the line "New messages" stands above it.
 * `openThread`: what the count of replies does, or null in a thread.
 */
export function renderMessage(message, { before = null, firstNew = false, openThread = null } = {}) {
  const newDay = !before || dateOf(isoOf(before.ts)) !== dateOf(isoOf(message.ts));
  const together = !newDay && !firstNew && belongTogether(before, message);
  return h(
    "div",
    { class: together ? "message together" : "message", role: "listitem", data: { ts: message.ts } },
    newDay ? h("h3", { class: "day" }, longDay(isoOf(message.ts))) : null,
    firstNew ? h("p", { class: "first-new" }, "New messages") : null,
    KINDS_OF_NEWS.test(message.subtype) ? news(message) : spoken(message, together, openThread),
  );
}

/** What is announced of a message: its author and the beginning of its text. */
export function inBrief(message) {
  const text = mrkdwn(message.text || "").textContent.trim();
  return `${authorOf(message)}: ${text.length > 120 ? `${text.slice(0, 120)}…` : text}`;
}

function belongTogether(one, other) {
  const plain = [one, other].every((each) => !each.is_ephemeral && !each.subtype && !each.note);
  return plain && one.user === other.user && !one.reply_count && Number(other.ts) - Number(one.ts) < TOGETHER;
}

function authorOf(message) {
  return message.note ? state.team.name : message.username || who(message.user).name;
}

function news(message) {
  return h("p", { class: "news soft" }, `${authorOf(message)} `, mrkdwn(withoutAuthor(message)), " ", time(message));
}

function withoutAuthor(message) {
  return (message.text || "").replace(new RegExp(`^<@${message.user}(\\|[^>]*)?> *`), "");
}

function spoken(message, together, openThread) {
  const head = [
    h("span", { class: together ? "author unseen" : "author" }, authorOf(message)),
    message.bot_id && !together ? h("span", { class: "badge" }, "APP") : null,
    time(message),
    message.edited ? h("span", { class: "soft" }, "(edited)") : null,
  ];
  const trouble = h("p", { class: "trouble", hidden: true, role: "alert" });
  return h(
    "article",
    { class: message.is_ephemeral ? "said only-me" : "said" },
    together ? null : message.note ? face("", state.team.name) : face(message.user),
    h("div", { class: "head" }, head),
    message.is_ephemeral ? h("p", { class: "only soft" }, "Only visible to you") : null,
    h("div", { class: "body" }, content(message, trouble)),
    trouble,
    openThread && message.reply_count ? thread(message, openThread) : null,
  );
}

function time(message) {
  if (message.pending) return h("span", { class: "soft" }, "sending…");
  return h("time", { class: "soft", datetime: isoOf(message.ts), title: whenLong(message.ts) }, whenShort(message.ts));
}

function content(message, trouble) {
  const shown = message.blocks?.length ? renderBlocks(message.blocks, context(message, trouble)) : words(message);
  return [shown, (message.attachments || []).map((one) => attached(one, message, trouble)), files(message)];
}

function words(message) {
  return message.text ? h("div", { class: "words" }, mrkdwn(message.text)) : null;
}

function attached(one, message, trouble) {
  const shown = one.blocks?.length
    ? renderBlocks(one.blocks, context(message, trouble))
    : mrkdwn(one.text || one.fallback || "");
  return h(
    "div",
    { class: "attached" },
    one.pretext ? h("p", {}, mrkdwn(one.pretext)) : null,
    one.title ? h("p", { class: "author" }, one.title) : null,
    shown,
  );
}

function files(message) {
  return (message.files || []).map((one) => {
    const size = one.size === undefined ? "" : `, ${Number(one.size).toLocaleString("en-GB")} bytes`;
    return h(
      "p",
      { class: "file" },
      h("span", { class: "author" }, one.title || one.name || "file"),
      h("span", { class: "soft" }, ` ${one.name || ""}${size}`),
    );
  });
}

function thread(message, openThread) {
  const count = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  const last = message.latest_reply
    ? h("span", { class: "soft" }, `last ${shortDay(isoOf(message.latest_reply))}, ${whenShort(message.latest_reply)}`)
    : null;
  const faces = (message.reply_users || []).map((one) => face(one));
  return h(
    "button",
    { type: "button", class: "quiet thread", on: { click: () => openThread(message) } },
    faces,
    h("span", { class: "count" }, count),
    last,
  );
}

/** How the elements of a message reach the app: as presses of whoever looks at it. */
function context(message, trouble) {
  const place = { user: state.me, channel: message.channel, ts: message.ts };
  const warn = (reason) => {
    trouble.hidden = !reason;
    fill(trouble, reason ? [h("span", { "aria-hidden": "true" }, "⚠ "), reason] : []);
  };
  return {
    where: "message",
    values: message.state?.values || {},
    errors: {},
    busy: new Set(),
    press: (block, element, choice) => told(act("press", { ...place, ...meant(block, element, choice) }), warn),
    suggest: (block, element, typed) =>
      act("suggest", { ...place, block_id: block.block_id, action_id: element.action_id, typed }),
    changed: (block, element, value) => told(act("press", { ...place, ...meant(block, element, value) }), warn),
  };
}

/** Which element is meant, and what was chosen in it; a button is told apart from others by its own value. */
export function meant(block, element, choice) {
  const value = choice === undefined ? element.value : choice;
  return { block_id: block.block_id, action_id: element.action_id, value };
}

/** The outcome of something done in place; `warn(sentence or "")` shows what the person is to know. */
export async function told(doing, warn) {
  warn("");
  try {
    const outcome = await doing;
    if (outcome.kind === "timeout" || outcome.kind === "failed") warn(sentence(outcome));
    return outcome;
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    warn(refused.message);
    return { kind: "failed", reason: refused.message, errors: {} };
  }
}

function sentence(outcome) {
  if (outcome.kind === "timeout") return "The app did not respond. Nothing tells whether it was done; try again.";
  return outcome.reason.includes("not connected") ? "The app did not respond: it is not connected." : outcome.reason;
}
