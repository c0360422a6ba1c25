// What the page knows, and who wants to hear when it changes. One person looks at a time: `state.me`.

import { act, look } from "./api.js";

export const state = {
  team: null, // {name, domain}
  app: null, // {name, user_id, commands, shortcuts, home_tab, messages_tab, read_only}
  stamp: "",
  programme: null, // what a director gave: {title, seats, tours, about, papers}, or null
  people: [], // [{id, name, title, is_bot, deleted, guest, unread}]
  me: null, // id of the person whose screen this is
  loaded: 0, // the page was loaded at this number: ephemeral messages from before it are gone, as on Slack
  places: [], // conversations of mine: [{id, name, kind, topic, archived, members, with, unread, latest}]
  home: null, // the app's home tab as I see it
  stack: [], // my open modals, the root first
  clock: null, // {now, story, step}
  story: null, // what a director tells: {state, scenes, says}, or null
  where: null, // what is shown: "home" or the id of a place
};

const LOOKS_EVERY = 250; // ms, while the workspace begins again

const listeners = new Map();
let source = null;

/** Call `listener(event)` on every event of this kind. Kinds: those of the live feed and "me", "where", "screen". */
export function on(kind, listener) {
  if (!listeners.has(kind)) listeners.set(kind, new Set());
  listeners.get(kind).add(listener);
  return () => listeners.get(kind).delete(listener);
}

/** Tell those who listen. */
export function tell(kind, event = {}) {
  for (const listener of listeners.get(kind) || []) listener(event);
}

/** Everybody by id; somebody unknown is shown by their id. */
export function person(id) {
  return state.people.find((one) => one.id === id) || { id, name: id, title: "", unread: 0 };
}

/** One of my conversations. */
export function place(id) {
  return state.places.find((one) => one.id === id) || null;
}

/** What the page needs once. */
export async function boot() {
  Object.assign(state, await look("boot"));
  state.loaded = state.n;
}

/** Who is who, anew (and how much each has not read). */
export async function meetPeople() {
  state.people = (await look("people")).people;
  tell("people");
}

/** Sit down as somebody else. */
export async function be(user) {
  state.me = user;
  const screen = await look("screen", { as: user, loaded: state.loaded });
  if (state.me !== user) return; // switched again meanwhile
  Object.assign(state, screen);
  follow(user, screen.n);
  tell("me");
}

/** The screen anew, in place: a conversation was made, or something was missed. */
export async function lookAgain() {
  const user = state.me;
  const screen = await look("screen", { as: user, loaded: state.loaded });
  if (state.me !== user) return;
  Object.assign(state, screen);
  tell("screen");
}

/** Go to the app's home tab ("home") or a conversation. */
export function goTo(where) {
  state.where = where;
  tell("where");
}

/** The person has read a conversation to its end. */
export async function haveRead(channel) {
  const here = place(channel);
  if (!here || !here.unread) return;
  here.unread = 0;
  tell("unread");
  await act("read", { user: state.me, channel });
}

const KEPT = {
  stack: (event) => { state.stack = event.stack; },
  home: (event) => { state.home = event.home; },
  clock: (event) => { state.clock = event.clock; },
  story: (event) => { state.story = event.story; },
  programme: (event) => { state.programme = event.programme; },
};

/** Everything is new: wait until somebody of my name is there again, then load the page as them. */
async function beginAgain() {
  const { name } = person(state.me);
  source.close();
  tell("again");
  for (;;) {
    const found = await look("boot").catch(() => null);
    const me = found?.people.find((one) => one.name === name);
    if (me && found.story?.state !== "beginning") {
      window.history.replaceState(null, "", `#${me.id}`);
      return window.location.reload();
    }
    await new Promise((over) => setTimeout(over, LOOKS_EVERY));
  }
}

function follow(user, after) {
  if (source) source.close();
  let heard = after; // a feed that was cut begins again where it began: no message is told twice
  source = new EventSource(`/_page/live?${new URLSearchParams({ as: user, after, loaded: state.loaded })}`);
  source.onmessage = (message) => {
    const event = JSON.parse(message.data);
    if (event.kind.startsWith("message")) {
      if (event.n <= heard) return;
      heard = event.n;
    }
    if (event.kind === "reset") return void beginAgain();
    if (event.kind === "missed" || event.kind === "places") return void lookAgain();
    if (event.kind === "people") return void meetPeople();
    KEPT[event.kind]?.(event);
    tell(event.kind, event);
  };
  source.onopen = () => tell("online", { online: true });
  source.onerror = ({ target }) => {
    tell("online", { online: false });
    if (target.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    window.setTimeout(() => window.location.reload(), 2000); // another workspace has begun at this address
  };
}
