// Lines that only this person sees and no server keeps: what is under way, and the page's own notices.

import { announce } from "../dom.js";
import { add, remove } from "./list.js";
import { state } from "../store.js";

const kept = new Map(); // "person/conversation" → notices; they are gone when the page is loaded again, as on Slack
let count = 0;

/** What a message box says in its list: {note(text), pending(text) → what takes it away}. */
export function lines(list, channel) {
  const key = `${state.me}/${channel}`;
  return {
    note: (text) => {
      const one = line(list, { channel, text: escaped(text), note: true, is_ephemeral: true });
      kept.set(key, [...(kept.get(key) || []), one]);
      add(list, one);
      announce(text);
    },
    pending: (text) => {
      const one = line(list, { channel, text: escaped(text), user: state.me, pending: true });
      add(list, one);
      return () => remove(list, one.ts);
    },
  };
}

/** The messages of a conversation with the notices that came between them; none from before the first one shown. */
export function withLines(channel, messages) {
  const mine = (kept.get(`${state.me}/${channel}`) || []).filter((one) => !messages.length || one.ts > messages[0].ts);
  return [...messages, ...mine].sort((one, other) => (one.ts < other.ts ? -1 : 1));
}

/** It stands after all that is there: its time is now, or just after the last one's. */
function line(list, told) {
  count += 1;
  const last = list.items.at(-1)?.message.ts || "0";
  const now = (Date.parse(state.clock.now) / 1000).toFixed(6);
  return { ...told, ts: `${now > last ? now : last}${String(count).padStart(4, "0")}` };
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
