// On a narrow screen the conversations lie in a drawer behind a button; on a wide one they are always there.

import { fill, h } from "../dom.js";
import { unreadBadge } from "./faces.js";
import { on, state } from "../store.js";

/** The button, with how much is unread in all. */
export function drawerButton() {
  const given = { type: "button", class: "quiet to-side", "aria-controls": "sidebar", "aria-expanded": "false" };
  const button = h("button", { ...given, on: { click: () => showDrawer(!drawerIsOpen()) } });
  const draw = () => {
    const all = state.places.reduce((total, one) => total + one.unread, 0);
    fill(
      button,
      h("span", { "aria-hidden": "true" }, "☰"),
      h("span", { class: "unseen" }, "Conversations "),
      unreadBadge(all),
    );
  };
  for (const kind of ["me", "screen", "unread"]) on(kind, draw);
  document.addEventListener("pointerdown", (event) => {
    if (drawerIsOpen() && !event.target.closest("#sidebar, .to-side")) showDrawer(false);
  });
  draw();
  return button;
}

/** Whether the drawer lies open. */
export function drawerIsOpen() {
  return document.body.classList.contains("side-open");
}

/** Open it, the focus on where one is, or close it. */
export function showDrawer(open) {
  document.body.classList.toggle("side-open", open);
  document.querySelector(".to-side")?.setAttribute("aria-expanded", String(open));
  if (open) document.querySelector("#sidebar a[aria-current], #sidebar a")?.focus();
}
