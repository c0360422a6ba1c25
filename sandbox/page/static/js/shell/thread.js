// A thread in the panel: the message it began with, the replies, and a box of its own.

import { look } from "../api.js";
import { composer } from "./composer.js";
import { announce, h } from "../dom.js";
import { lines } from "./lines.js";
import { add, change, messageList, put, remove } from "./list.js";
import { inBrief } from "./message.js";
import { hidePanel, showPanel } from "./panel.js";
import { on, place, state } from "../store.js";

/** Open the thread of this message in the panel. */
export async function openThread(message) {
  const root = message.thread_ts || message.ts;
  const user = state.me;
  const messages = await wholeThread({
    as: user,
    channel: message.channel,
    loaded: state.loaded,
    thread: root,
    limit: 200,
  });
  if (state.me !== user) return;
  const list = messageList("Messages of the thread");
  const box = composer(place(message.channel), { thread: root, ...lines(list, message.channel) });
  showPanel("Thread", h("div", { class: "thread-panel" }, list.element, box), follow(list, message.channel, root));
  put(list, messages);
}

async function wholeThread(asked) {
  const { messages, more } = await look("messages", asked);
  return more ? [...(await wholeThread({ ...asked, before: messages[0].ts })), ...messages] : messages;
}

function follow(list, channel, root) {
  const mine = (message) => message.channel === channel && [message.ts, message.thread_ts].includes(root);
  const ends = [
    on("message", ({ message }) => {
      if (!mine(message)) return;
      add(list, message);
      if (message.user !== state.me) announce(inBrief(message));
    }),
    on("message_changed", ({ message }) => mine(message) && change(list, message)),
    on("message_deleted", (event) => event.channel === channel && remove(list, event.ts)),
    on("me", hidePanel),
    on("where", hidePanel),
  ];
  return () => ends.forEach((end) => end());
}
