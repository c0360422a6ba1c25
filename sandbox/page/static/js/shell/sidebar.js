// The list of conversations at the left: channels, people, and the app.

import { fill, h } from "../dom.js";
import { appPlace, here, isAppPlace, placeMark, placeName, unreadBadge } from "./faces.js";
import { arrowKeys, keepFocus } from "./keep.js";
import { on, state } from "../store.js";
import { address, visit } from "./way.js";

/** The navigation at the left; it follows what happens by itself. */
export function sidebar() {
  const nav = h("nav", { id: "sidebar", class: "sidebar", "aria-label": "Conversations", data: { point: "sidebar" } });
  const draw = () => keepFocus(nav, () => fill(nav, lists()));
  for (const kind of ["me", "where", "screen", "people", "unread"]) on(kind, draw);
  arrowKeys(nav, "a");
  return nav;
}

/** All places in the order in which the sidebar has them, as what goTo takes. */
export function inOrder() {
  const { channels, direct } = sorted();
  return [...channels, ...direct].map((one) => one.id).concat(appWhere());
}

function appWhere() {
  return state.app.home_tab ? ["home", "app"] : ["app"];
}

function sorted() {
  const byName = (one, other) => placeName(one).localeCompare(placeName(other), "en");
  const channels = state.places
    .filter((one) => one.kind !== "im")
    .sort((a, b) => a.archived - b.archived || byName(a, b));
  const direct = state.places.filter((one) => one.kind === "im" && !isAppPlace(one)).sort(byName);
  return { channels, direct };
}

function lists() {
  if (!state.me) return [];
  const { channels, direct } = sorted();
  return [
    section("Channels", channels.map(entry), "You are in no channel."),
    direct.length ? section("Direct messages", direct.map(entry)) : null,
    section("Apps", [appEntry()]),
  ];
}

function section(title, entries, empty) {
  const inside = entries.length ? h("ul", {}, entries) : h("p", { class: "none" }, empty);
  return h("section", {}, h("h2", {}, title), inside);
}

function entry(one) {
  const current = state.where !== "home" && here()?.id === one.id;
  const archived = one.archived ? h("span", { class: "archived" }, " (archived)") : null;
  return line(one.id, current, one.unread, [placeMark(one), h("span", { class: "name" }, placeName(one), archived)], {
    point: one.kind === "im" ? undefined : `channel:${one.name}`,
  });
}

function appEntry() {
  const one = appPlace();
  const current = state.where === "home" || here()?.with === state.app.user_id;
  const where = one.unread || !state.app.home_tab ? "app" : "home";
  return line(
    where,
    current,
    one.unread,
    [placeMark(one), h("span", { class: "name" }, state.app.name)],
    { point: "app" },
    "app",
  );
}

function line(where, current, unread, inside, data, key = where) {
  const given = {
    href: address(state.me, where),
    class: unread ? "has-unread" : null,
    "aria-current": current ? "page" : null,
    data: { key, ...(data.point ? data : {}) },
    on: { click: (event) => follow(event, where) },
  };
  return h("li", {}, h("a", given, inside, unreadBadge(unread)));
}

function follow(event, where) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return; // another tab, as with any link
  event.preventDefault();
  visit(where);
}
