// Whose screen and which place, in the page's address: #U…/C… stays when the page is loaded again.

import { showDrawer } from "./drawer.js";
import { appPlace } from "./faces.js";
import { be, goTo, on, place, state } from "../store.js";

/** The address of a person's place. */
export function address(user, where) {
  return `#${user}/${where}`;
}

/** Go somewhere because the person asked for it: the focus goes along. */
export function visit(where) {
  showDrawer(false);
  goTo(where);
  settle();
}

/** Put the focus where one goes on: into the message box, or on the title where there is none. */
export function settle() {
  const touch = window.matchMedia("(pointer: coarse)").matches;
  const box = touch ? null : document.querySelector("main .composer textarea");
  (box || document.getElementById("place-title"))?.focus();
}

/** Sit down as somebody, in the same place if they are in it too. */
export async function sitDownAs(user, where = null) {
  const wanted = where || (onApp() ? "app" : state.where);
  state.where = null;
  showDrawer(false);
  await be(user);
  if (state.me === user) goTo(isThere(wanted) ? wanted : firstPlace());
}

function onApp() {
  return state.where === "app" || (state.where !== null && state.where === appPlace().id);
}

function isThere(where) {
  return where === "app" || (where === "home" && state.app.home_tab) || Boolean(where && place(where));
}

function firstPlace() {
  if (state.app.home_tab) return "home";
  return state.places.find((one) => one.kind !== "im" && !one.archived)?.id || "app";
}

/** Whom the address names, else the first who has a seat. */
function asked() {
  const [user, where] = window.location.hash.slice(1).split("/");
  const known = state.people.some((one) => one.id === user && !one.is_bot);
  return { user: known ? user : firstPerson(), where: known ? where : null };
}

function firstPerson() {
  const seated = (state.programme?.seats || []).map((seat) => seat.user);
  const there = state.people.filter((one) => !one.is_bot && !one.deleted);
  return there.find((one) => one.id === seated[0])?.id || there[0]?.id || null;
}

function write() {
  if (!state.me || !state.where) return;
  const wanted = address(state.me, state.where);
  if (window.location.hash !== wanted) window.history.pushState(null, "", wanted);
}

async function read() {
  const { user, where } = asked();
  if (user && user !== state.me) await sitDownAs(user, where);
  else if (where && where !== state.where && isThere(where)) goTo(where);
}

/** Sit down as the address says, and keep the address true from now on. Without anybody to be: false. */
export async function followAddress() {
  const { user, where } = asked();
  if (!user) return false;
  await sitDownAs(user, where);
  window.history.replaceState(null, "", address(state.me, state.where));
  on("where", write);
  window.addEventListener("popstate", read);
  return true;
}
