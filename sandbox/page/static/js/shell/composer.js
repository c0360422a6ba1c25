// The message box: what is typed is kept for each person and place; a line that begins with / is a command.

import { act, Refused } from "../api.js";
import { completion } from "./complete.js";
import { fill, h, newId } from "../dom.js";
import { isAppPlace, placeName, who } from "./faces.js";
import { state } from "../store.js";

const drafts = new Map();

/**
 * A box for this place, or the sentence that says why there is none.
 * `thread`: ts of its parent. `note(text)`: a line that only this person sees. `pending(text)` → what ends it.
 */
export function composer(place, { thread = null, note, pending }) {
  const closed = whyClosed(place);
  if (closed) return h("p", { class: "composer closed soft", data: { point: "composer" } }, closed);
  const key = [state.me, place.id || "app", thread || ""].join("/");
  const said = h("p", { class: "refused", role: "alert" });
  const box = {
    place,
    thread,
    note,
    pending,
    key,
    user: state.me,
    help: newId("help"),
    say: (text) => fill(said, text),
  };
  box.area = textarea(box);
  const offers = completion(box.area, thread ? null : (one) => shortcut(box, one));
  box.area.addEventListener("input", () => {
    keep(box);
    fill(said);
  });
  box.area.addEventListener("keydown", (event) => onKey(box, offers, event));
  requestAnimationFrame(() => grow(box.area));
  return form(box, [offers.element, said]);
}

function textarea({ place, thread, key, help }) {
  const label = thread ? "Reply" : `Message ${place.kind === "im" ? "" : "#"}${placeName(place)}`;
  const given = { rows: "1", "aria-label": label, placeholder: label, "aria-describedby": help };
  return h("textarea", { ...given, value: drafts.get(key) || "" });
}

function form(box, above) {
  const send = h("button", { type: "submit", class: "primary" }, "Send");
  const hint = `Enter sends, Shift+Enter begins a line${box.thread ? "" : ", / for commands"}`;
  const onSubmit = (event) => {
    event.preventDefault();
    submit(box);
  };
  return h(
    "form",
    { class: "composer", data: { point: "composer" }, on: { submit: onSubmit } },
    above,
    h("div", { class: "box" }, box.area, send),
    h("p", { id: box.help, class: "hint soft" }, hint),
  );
}

/** Slack's rule for a line: a slash at its very beginning makes it a command. */
export function isCommand(text) {
  return text.startsWith("/");
}

function whyClosed(place) {
  if (who(state.me).deleted) return "This account is deactivated. It can look, but not write.";
  if (place.archived) return "This channel is archived. Nothing can be written in it.";
  const off = isAppPlace(place) && (state.app.read_only || !state.app.messages_tab);
  return off ? "Sending messages to this app has been turned off." : null;
}

function keep({ area, key }) {
  if (area.value) drafts.set(key, area.value);
  else drafts.delete(key);
  grow(area);
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, 240)}px`;
}

function onKey(box, offers, event) {
  if (offers.onKey(event) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit(box);
}

function submit(box) {
  const text = box.area.value;
  if (!text.trim()) return;
  if (isCommand(text) && box.thread)
    return box.say(`${text.split(/\s/)[0]} is not supported in threads. Commands work in the conversation itself.`);
  box.area.value = "";
  keep(box);
  if (isCommand(text)) command(box, text.trim());
  else say(box, text.trim());
}

async function say(box, text) {
  const body = { user: box.user, channel: box.place.id, text: withIds(text), wait: false };
  if (box.thread) body.thread_ts = box.thread;
  const outcome = await sent(box, text, () => act("say", body));
  if (outcome && outcome.kind === "failed") giveBack(box, text, `This was not sent: ${outcome.reason}`);
}

async function command(box, text) {
  const [name] = text.split(/\s/, 1);
  const rest = text.slice(name.length).trim();
  const body = { user: box.user, channel: box.place.id, command: name, text: withIds(rest, true) };
  const outcome = await sent(box, text, () => act("command", body));
  if (!outcome || !["timeout", "failed"].includes(outcome.kind)) return;
  if (outcome.reason.includes("not a valid command")) giveBack(box, text, unknown(name));
  else box.note(outcome.reason);
}

async function shortcut(box, { name, callback_id }) {
  const outcome = await sent(box, name, () => act("shortcut", { user: box.user, callback_id }), "");
  if (outcome && ["timeout", "failed"].includes(outcome.kind)) box.note(outcome.reason);
}

async function sent(box, text, doing, again = text) {
  const done = box.pending(text);
  try {
    return await doing();
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    giveBack(box, again, refused.message);
    return null;
  } finally {
    done();
  }
}

/** What could not be sent stands in the box again, unless something else was begun there meanwhile. */
function giveBack(box, text, reason) {
  if (!box.area.value) box.area.value = text;
  keep(box);
  box.say(reason);
}

function unknown(name) {
  const why = "A line that begins with “/” is read as a command; put a space before it to send it as a message.";
  return `${name} is not a valid command. ${why}`;
}

/** @names and #channels as the ids that Slack sends. A command gets the name beside the id (`should_escape`). */
function withIds(text, named = false) {
  const people = state.people.map((one) => [`@${one.name}`, `<@${one.id}${named ? `|${one.name}` : ""}>`]);
  const channels = state.places.filter((one) => one.kind !== "im");
  const places = channels.map((one) => [
    `#${one.name}`,
    `<#${one.id}${named ? `|${one.kind === "private" ? "" : one.name}` : ""}>`,
  ]);
  const app = [`@${state.app.name}`, `<@${state.app.user_id}>`];
  const known = [...people, ...places, app].sort(([one], [other]) => other.length - one.length);
  const ids = new Map(known);
  const either = known.map(([name]) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  return text.replace(new RegExp(`(^|\\s)(${either})(?![\\w-])`, "g"), (_, gap, name) => gap + ids.get(name));
}
