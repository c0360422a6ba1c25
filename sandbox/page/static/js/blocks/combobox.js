// A field with a list: typing filters (or asks the app), the keys walk, one or several may be chosen.
// An item is {key, text, description, raw}; a list is {groups: [{label, items}], note}.

import { named } from "./control.js";
import { announce, h, fill, newId } from "../dom.js";
import { activate, isHeld, search } from "./options.js";
import { hang } from "./popup.js";

/**
 * `given`: id, label, describedby, key, placeholder, multi, clearable, held (items),
 * find(typed, say) → list or promise of one (`say` shows a note meanwhile), wait (ms before typing asks),
 * changed(items), closed() if something else was chosen.
 */
export function combobox(given) {
  const box = { ...given, open: false, typed: "", active: -1, shown: [], asked: 0, drop: null, timer: 0 };
  box.take = (item) => take(box, item);
  furnish(box);
  listen(box);
  showHeld(box);
  const show = (items) => {
    box.held = items;
    showHeld(box);
  };
  return { node: h("div", { class: "combo" }, box.frame, box.popup), marks: [box.input], show };
}

function furnish(box) {
  const { multi, clearable, required, listLabel } = box;
  const list = newId("list");
  const states = { "aria-expanded": "false", "aria-controls": list, "aria-required": required && "true" };
  const kind = {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-autocomplete": "list",
  };
  box.input = h("input", { ...named(box), ...kind, ...states, class: "combo-input" });
  const several = multi && "true";
  box.list = h("div", { id: list, role: "listbox", "aria-label": listLabel, "aria-multiselectable": several });
  box.note = h("p", { class: "combo-note soft", role: "status" });
  box.popup = h("div", { class: "combo-popup", popover: "manual" }, box.list, box.note);
  box.chips = h("ul", { class: "combo-chips", "aria-label": "Chosen" });
  box.clear = h("button", { type: "button", class: "quiet combo-clear", "aria-label": "Clear selection" }, "✕");
  const arrow = h("span", { class: "combo-arrow", "aria-hidden": "true" }, "▾");
  box.frame = h("div", { class: "combo-frame" }, multi && box.chips, box.input, clearable && box.clear, arrow);
}

function listen(box) {
  box.input.addEventListener("input", () => {
    box.typed = box.input.value;
    openList(box, box.wait);
  });
  box.input.addEventListener("keydown", (event) => onKey(box, event));
  box.input.addEventListener("blur", () => closeList(box));
  box.popup.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
  box.popup.addEventListener("mousedown", (event) => event.preventDefault());
  box.clear.addEventListener("click", () => {
    change(box, []);
    box.closed?.();
    box.input.focus();
  });
  box.frame.addEventListener("click", (event) => {
    if (event.target.closest("button")) return;
    if (box.open && event.target !== box.input) return closeList(box);
    box.input.focus();
    if (!box.open) openList(box);
  });
}

function onKey(box, event) {
  const { key } = event;
  if (key === "Escape" && box.open) closeList(box);
  else if (key === "ArrowDown" || key === "ArrowUp") walk(box, key === "ArrowDown" ? 1 : -1);
  else if (key === "Enter" && box.open && box.active >= 0) take(box, box.shown[box.active]);
  else if (key === "Enter" && !box.open && !event.ctrlKey && !event.metaKey) openList(box);
  else if (key === "Backspace" && box.multi && !box.input.value && box.held.length) change(box, box.held.slice(0, -1));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function walk(box, step) {
  if (!box.open) return openList(box);
  const many = box.shown.length;
  if (many) activate(box, box.active < 0 && step < 0 ? many - 1 : (box.active + step + many) % many);
}

function openList(box, wait = 0) {
  if (!box.open) {
    box.open = true;
    box.before = box.held;
    if (!box.multi && !box.typed) box.input.select();
    box.input.setAttribute("aria-expanded", "true");
    box.drop = hang(box.popup, box.frame, 208);
  }
  clearTimeout(box.timer);
  box.timer = setTimeout(() => search(box), wait || 0);
  if (!wait) {
    clearTimeout(box.timer);
    search(box);
  }
}

function take(box, item) {
  if (!box.multi) {
    if (!isHeld(box, item)) change(box, [item]);
    return closeList(box);
  }
  const held = isHeld(box, item);
  change(box, held ? box.held.filter((one) => one.key !== item.key) : [...box.held, item]);
  announce(`${item.text}: ${held ? "removed" : "chosen"}`);
  box.typed = "";
  box.input.value = "";
  openList(box);
}

function change(box, items) {
  box.held = items;
  showHeld(box);
  box.changed(items);
}

function showHeld(box) {
  box.clear.hidden = !box.held.length || box.multi;
  if (!box.multi) {
    box.input.value = box.held[0]?.text || "";
    box.input.placeholder = box.placeholder;
    return;
  }
  box.input.placeholder = box.held.length ? "" : box.placeholder;
  box.chips.hidden = !box.held.length;
  fill(
    box.chips,
    box.held.map((item) => chip(box, item)),
  );
}

function chip(box, item) {
  const remove = () => {
    change(
      box,
      box.held.filter((one) => one.key !== item.key),
    );
    if (!box.open) box.closed?.();
    box.input.focus();
  };
  const cross = h(
    "button",
    { type: "button", class: "quiet", "aria-label": `Remove ${item.text}`, on: { click: remove } },
    "✕",
  );
  return h("li", { class: "chip" }, item.text, cross);
}

function closeList(box) {
  if (!box.open) return;
  clearTimeout(box.timer);
  box.open = false;
  box.asked += 1;
  box.typed = "";
  activate(box, -1);
  box.input.setAttribute("aria-expanded", "false");
  box.drop();
  if (box.multi) box.input.value = "";
  showHeld(box);
  if (box.held !== box.before) box.closed?.();
}
