// The middle of the page: a conversation with its messages and its box, or the app's home.

import { look } from "../api.js";
import { composer } from "./composer.js";
import { announce, fill, h } from "../dom.js";
import { here, isAppPlace, placeMark, placeName } from "./faces.js";
import { home } from "./home.js";
import { lines, withLines } from "./lines.js";
import { add, change, isAtEnd, messageList, messageOf, put, putOlder, remove, wantsOlder } from "./list.js";
import { inBrief } from "./message.js";
import { haveRead, lookAgain, on, place, state, tell } from "../store.js";
import { openThread } from "./thread.js";
import { address, settle, visit } from "./way.js";

const PAGE = 100; // messages that are asked for at once

let shown = null; // what is on the screen: {user, id, list, more, busy}

/** The middle; it follows what happens by itself. */
export function middle() {
  const main = h("main", { id: "main", tabindex: "-1" });
  on("where", () => draw(main));
  on("screen", () => refresh(main));
  on("programme", () => refresh(main));
  on("message", hear);
  on("message_changed", ({ channel, message }) => here()?.id === channel && shown?.list && change(shown.list, message));
  on("message_deleted", ({ channel, ts }) => here()?.id === channel && shown?.list && remove(shown.list, ts));
  document.addEventListener("visibilitychange", read);
  return main;
}

function draw(main) {
  const one = here();
  shown = { user: state.me, id: one?.id, head: h("div", { class: "place-head" }) };
  const parts = one === null ? home() : conversation(one);
  fill(shown.head, head(one));
  fill(main, shown.head, parts);
  if (one?.id) open(one);
}

/** A conversation has got its id with its first message. */
function drawAgain(main) {
  const inside = main.contains(document.activeElement);
  draw(main);
  if (inside) settle();
}

/** Names, members or the box may have changed; the messages stay, unless something was missed. */
async function refresh(main) {
  const one = here();
  if (!shown || state.where === null) return;
  if (shown.id !== one?.id) return drawAgain(main);
  fill(shown.head, head(one));
  if (!one) return;
  const box = composer(one, lines(shown.list, one.id));
  if (box.tagName !== shown.box.tagName) {
    // there is none any more, or there is one now
    shown.box.replaceWith(box);
    shown.box = box;
  }
  await catchUp(one);
}

function head(one) {
  const title = one === null || isAppPlace(one) ? state.app.name : placeName(one);
  const mark = one && !isAppPlace(one) ? placeMark(one) : null;
  const count = one && one.kind !== "im" ? h("span", { class: "soft members" }, membersOf(one)) : null;
  const topic = one?.topic ? h("p", { class: "topic soft" }, one.topic) : null;
  const tabs = one === null || isAppPlace(one) ? appTabs(one === null) : null;
  return [h("h2", { id: "place-title", tabindex: "-1" }, mark, title), count, topic, tabs];
}

function membersOf(one) {
  const count = one.members.length;
  return `${count} ${count === 1 ? "member" : "members"}${one.archived ? ", archived" : ""}`;
}

function appTabs(atHome) {
  const tab = (where, label, current) => {
    const go = (event) => {
      event.preventDefault();
      visit(where);
    };
    return h(
      "a",
      { href: address(state.me, where), "aria-current": current ? "page" : null, on: { click: go } },
      label,
    );
  };
  const tabs = [state.app.home_tab ? tab("home", "Home", atHome) : null, tab("app", "Messages", !atHome)];
  return h("nav", { class: "tabs", "aria-label": `Parts of ${state.app.name}` }, tabs);
}

function conversation(one) {
  const now = shown;
  now.list = messageList(`Messages in ${placeName(one)}`, { openThread, nearTop: () => older(now), atEnd: read });
  now.list.element.dataset.point = "messages";
  now.box = composer(one, lines(now.list, one.id));
  return [now.list.element, now.box];
}

function ask(now, more = {}) {
  return look("messages", { as: now.user, channel: now.id, loaded: state.loaded, limit: PAGE, ...more });
}

async function open(one) {
  const now = shown;
  now.busy = true;
  const readTo = one.unread ? (one.read ?? null) : null;
  const { messages, more } = await ask(now);
  if (shown !== now) return;
  Object.assign(now, { more, busy: false });
  put(now.list, withLines(now.id, messages), readTo);
  read();
  if (wantsOlder(now.list)) older(now);
}

async function older(now) {
  const first = now.list.items.find(({ message }) => !message.note && !message.pending)?.message;
  if (now.busy || !now.more || !first) return;
  now.busy = true;
  const { messages, more } = await ask(now, { before: first.ts });
  if (shown !== now) return;
  await putOlder(now.list, messages);
  if (shown !== now) return;
  Object.assign(now, { more, busy: false });
  if (wantsOlder(now.list)) requestAnimationFrame(() => older(now));
}

/** After the feed was cut: what came meanwhile is put in, what is the same stays. */
async function catchUp(one) {
  const now = shown;
  if (!one.id || !now.list) return;
  const { messages } = await ask(now);
  if (shown !== now) return;
  const there = new Set(messages.map((message) => message.ts));
  const shownToo = now.list.items.map((item) => item.message).filter((one) => one.ts >= messages[0]?.ts);
  for (const one of shownToo) if (!there.has(one.ts) && !one.note && !one.pending) remove(now.list, one.ts);
  for (const message of messages) {
    const known = messageOf(now.list, message.ts);
    if (!known) add(now.list, message);
    else if (JSON.stringify(known) !== JSON.stringify(message)) change(now.list, message);
  }
  read();
}

function hear({ channel, message }) {
  const known = place(channel);
  if (!known) return void lookAgain(); // a conversation that was not there before
  const isReply = message.thread_ts && message.thread_ts !== message.ts && message.subtype !== "thread_broadcast";
  if (message.user !== state.me) known.unread += 1;
  known.latest = message.ts;
  tell("unread");
  if (here()?.id !== channel || !shown?.list) return;
  if (isReply) return countReply(message);
  const looking = document.visibilityState === "visible" && isAtEnd(shown.list);
  add(shown.list, message, !looking);
  if (message.user !== state.me) announce(inBrief(message));
  read();
}

function countReply(reply) {
  const root = messageOf(shown.list, reply.thread_ts);
  if (!root) return;
  const users = [...new Set([...(root.reply_users || []), reply.user])];
  change(shown.list, { ...root, reply_count: (root.reply_count || 0) + 1, reply_users: users, latest_reply: reply.ts });
  read();
}

/** What is in sight, on a page that somebody looks at, is read. */
function read() {
  const one = here();
  if (!one?.id || shown?.id !== one.id || shown.busy || document.visibilityState !== "visible" || !isAtEnd(shown.list))
    return;
  one.read = one.latest;
  if (one.unread) haveRead(one.id);
}
