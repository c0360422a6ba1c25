// Be anyone: the switcher in the header, and "go to", which finds people and places.

import { fill, h } from "../dom.js";
import { face, here, isAppPlace, placeMark, placeName, who } from "./faces.js";
import { find } from "./finder.js";
import { meetPeople, on, state } from "../store.js";
import { settle, sitDownAs, visit } from "./way.js";

const SOON = 400; // ms: many messages that come together are one look at who has not read them

/** The button that says whose screen this is and lets one be somebody else. */
export function switcher() {
  const given = {
    type: "button",
    class: "switcher",
    "aria-haspopup": "dialog",
    data: { point: "people" },
    on: { click: choosePerson },
  };
  const button = h("button", given);
  const draw = () => fill(button, label());
  for (const kind of ["me", "people", "programme"]) on(kind, draw);
  followUnread();
  return button;
}

/** Ask who to be. */
export function choosePerson() {
  find("Whose screen?", people());
}

/** Ask for a person or a place. */
export function chooseAnything() {
  find("Go to", [{ name: "Places", entries: places() }, ...people()]);
}

/** What somebody is called in the room: their seat, else their title. */
export function seatOf(id) {
  const seat = (state.programme?.seats || []).find((one) => one.user === id);
  return seat?.seat || who(id).title || "";
}

function label() {
  if (!state.me) return [];
  const seat = seatOf(state.me);
  const words = h(
    "span",
    { class: "words" },
    h("span", { class: "name" }, who(state.me).name),
    seat ? h("span", { class: "soft" }, seat) : null,
  );
  return [
    h("span", { class: "unseen" }, "You are "),
    face(state.me),
    words,
    h("span", { class: "down", "aria-hidden": "true" }, "▾"),
    h("span", { class: "unseen" }, ". Be somebody else"),
  ];
}

function people() {
  const groups = new Map();
  for (const seat of state.programme?.seats || []) add(groups, seat.group || "People", seat.user);
  const seated = new Set((state.programme?.seats || []).map((seat) => seat.user));
  const others = state.people.filter((one) => !one.is_bot && !seated.has(one.id));
  for (const one of others) add(groups, seated.size ? "Others" : "People", one.id);
  return [...groups].map(([name, entries]) => ({ name, entries }));
}

function add(groups, name, id) {
  if (!groups.has(name)) groups.set(name, []);
  groups.get(name).push(personEntry(id));
}

function personEntry(id) {
  const one = who(id);
  const standing = [seatOf(id), one.guest ? "guest" : "", one.deleted ? "deactivated" : ""].filter(Boolean).join(", ");
  const choose = () => sitDownAs(id).then(settle);
  return { label: one.name, detail: standing, lead: face(id), unread: one.unread, current: id === state.me, choose };
}

function places() {
  const home = {
    label: "Home",
    detail: state.app.name,
    lead: face(state.app.user_id),
    current: state.where === "home",
    choose: () => visit("home"),
  };
  return [...(state.app.home_tab ? [home] : []), ...state.places.map(placeEntry)];
}

function placeEntry(one) {
  const detail = isAppPlace(one) ? "Messages with the app" : one.topic;
  const current = state.where !== "home" && here()?.id === one.id;
  return {
    label: placeName(one),
    detail,
    lead: placeMark(one),
    unread: one.unread,
    current,
    choose: () => visit(one.id),
  };
}

function followUnread() {
  let due = null;
  const soon = () => {
    due ??= setTimeout(() => {
      due = null;
      meetPeople();
    }, SOON);
  };
  for (const kind of ["message", "message_deleted", "unread"]) on(kind, soon);
}
