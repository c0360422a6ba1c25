// How people, the app and places are named and drawn in lists and beside messages.

import { h } from "../dom.js";
import { person, state } from "../store.js";

const TINTS = 8;

/** Somebody by id, the app too: {id, name, title, is_bot}. */
export function who(id) {
  if (id && id === state.app?.user_id) return { id, name: state.app.name, title: "App", is_bot: true, unread: 0 };
  return person(id);
}

/** A small square with initials. It repeats the name beside it, so screen readers do not hear it. Its colour goes by
 * the name: ids are new each time the workspace begins again. */
export function face(id, name = who(id).name || "?") {
  const initials = name
    .split(/[\s.-]+/)
    .filter(Boolean)
    .map((word) => [...word][0])
    .slice(0, 2)
    .join("")
    .toUpperCase();
  const sum = [...name].reduce((total, letter) => total + letter.codePointAt(0), 0);
  return h("span", { class: `face tint-${sum % TINTS}`, "aria-hidden": "true" }, initials);
}

/** The name of a conversation, without its mark. */
export function placeName(one) {
  return one.kind === "im" ? who(one.with).name : one.name;
}

/** "#" or a lock before a channel's name, in words for those who listen. */
export function placeMark(one) {
  if (one.kind === "im") return face(one.with);
  if (one.kind === "private") return h("span", { class: "lock" }, h("span", { class: "unseen" }, "private channel "));
  return h(
    "span",
    { class: "hash" },
    h("span", { "aria-hidden": "true" }, "#"),
    h("span", { class: "unseen" }, "channel "),
  );
}

/** How many are unread, as a number and in words. */
export function unreadBadge(count) {
  if (!count) return null;
  const words = count === 1 ? " unread message" : " unread messages";
  return h("span", { class: "unread" }, String(count), h("span", { class: "unseen" }, words));
}

/** The conversation with the app; before its first message it is one without an id. */
export function appPlace() {
  const user = state.app?.user_id;
  const found = state.places.find((one) => one.kind === "im" && one.with === user);
  return (
    found || {
      id: null,
      kind: "im",
      with: user,
      name: state.app?.name,
      topic: "",
      members: [state.me, user],
      unread: 0,
    }
  );
}

/** What is shown: null on the home tab, else the conversation. */
export function here() {
  if (state.where === "home") return null;
  return state.places.find((one) => one.id === state.where) || appPlace();
}

/** Whether a conversation is the one with the app. */
export function isAppPlace(one) {
  return one.kind === "im" && one.with === state.app?.user_id;
}
