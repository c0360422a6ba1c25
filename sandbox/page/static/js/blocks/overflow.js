// The overflow menu: a button with at most five things to do, as a menu that the keys walk.

import { h, newId } from "../dom.js";
import { hang } from "./popup.js";
import { safeUrl, words } from "./text.js";

/** "⋯" with its menu. `pick(option)` hears what was chosen. */
export function overflow(element, { label, key, pick }) {
  const id = newId("overflow");
  const states = { "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": id, "aria-label": label };
  const dots = h("span", { "aria-hidden": "true" }, "⋯");
  const button = h("button", { type: "button", class: "overflow", ...states, data: { key } }, dots);
  const popup = h("div", { id, class: "combo-popup", popover: "manual", role: "menu", "aria-label": label });
  const menu = { button, popup, hide: null };
  popup.append(...element.options.map((option) => menuItem(menu, option, pick)));
  listen(menu);
  return h("span", { class: "overflow-holder" }, button, popup);
}

function listen(menu) {
  const { button, popup } = menu;
  button.addEventListener("click", () => (menu.hide ? shut(menu) : unfold(menu, 0)));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    unfold(menu, event.key === "ArrowDown" ? 0 : -1);
  });
  button.addEventListener("pointerdown", (event) => {
    if (menu.hide) event.preventDefault(); // the focus stays in the menu, so that the click can close it
  });
  popup.addEventListener("keydown", (event) => onMenuKey(menu, event));
  popup.addEventListener("focusout", (event) => {
    if (menu.hide && !popup.contains(event.relatedTarget)) shut(menu, false);
  });
}

function menuItem(menu, option, pick) {
  const href = option.url && safeUrl(option.url);
  const given = {
    role: "menuitem",
    tabindex: "-1",
    class: "combo-option menu-item",
    on: {
      click: () => {
        shut(menu);
        pick(option);
      },
    },
  };
  const link = href ? { href, target: "_blank", rel: "noopener noreferrer" } : { type: "button" };
  const description = option.description && h("span", { class: "combo-description soft" }, words(option.description));
  return h(href ? "a" : "button", { ...given, ...link }, h("span", {}, words(option.text), description));
}

function unfold(menu, at) {
  if (!menu.hide) menu.hide = hang(menu.popup, menu.button, 224);
  menu.button.setAttribute("aria-expanded", "true");
  [...menu.popup.children].at(at).focus();
}

function shut(menu, back = true) {
  const { hide } = menu;
  if (!hide) return;
  menu.hide = null;
  if (back) menu.button.focus();
  hide();
  menu.button.setAttribute("aria-expanded", "false");
}

function onMenuKey(menu, event) {
  const all = [...menu.popup.children];
  const at = all.indexOf(document.activeElement);
  const byLetter =
    event.key.length === 1 && all.find((one) => one.textContent.toLowerCase().startsWith(event.key.toLowerCase()));
  const to =
    { ArrowDown: all[(at + 1) % all.length], ArrowUp: all.at(at - 1), Home: all[0], End: all.at(-1) }[event.key] ||
    byLetter;
  if (to) to.focus();
  else if (event.key === "Escape" || event.key === "Tab") shut(menu);
  else return;
  if (event.key === "Tab") return;
  event.preventDefault();
  event.stopPropagation();
}
