// The list that hangs at a combobox: its options in their groups, which one is active, which are chosen.

import { fill, h, newId } from "../dom.js";

/** Find what fits what is typed, and show it. */
export async function search(box) {
  box.asked += 1;
  const mine = box.asked;
  const found = box.find(box.typed, (note) => draw(box, { groups: [], note }));
  const list = found instanceof Promise ? await found : found;
  if (box.open && mine === box.asked) draw(box, list);
}

function draw(box, { groups, note }) {
  box.shown = groups.flatMap((group) => group.items);
  fill(
    box.list,
    groups.map((group) => groupOf(box, group)),
  );
  box.note.textContent = note || (box.shown.length ? "" : "No results");
  const chosen = box.shown.findIndex((item) => isHeld(box, item));
  const first = box.typed && box.shown.length ? 0 : -1;
  activate(box, !box.multi && !box.typed ? chosen : first);
}

function groupOf(box, { label, items }) {
  const options = items.map((item) => optionOf(box, item));
  if (!label) return options;
  const id = newId("group");
  return h(
    "div",
    { role: "group", "aria-labelledby": id },
    h("div", { id, class: "combo-group", role: "presentation" }, label),
    options,
  );
}

function optionOf(box, item) {
  const held = isHeld(box, item);
  const tick = h("span", { class: "combo-tick", "aria-hidden": "true" }, held ? "✓" : "");
  const description = item.description && h("span", { class: "combo-description soft" }, item.description);
  return h(
    "div",
    {
      id: newId("option"),
      role: "option",
      class: "combo-option",
      "aria-selected": String(held),
      on: { click: () => box.take(item) },
    },
    tick,
    h("span", {}, item.text, description),
  );
}

/** The option that Enter takes; -1 for none. */
export function activate(box, index) {
  box.list.querySelector(".combo-active")?.classList.remove("combo-active");
  box.active = index;
  const option = index < 0 ? null : box.list.querySelectorAll("[role=option]")[index];
  if (!option) return box.input.removeAttribute("aria-activedescendant");
  option.classList.add("combo-active");
  option.scrollIntoView({ block: "nearest" });
  box.input.setAttribute("aria-activedescendant", option.id);
}

/** Whether an item is chosen. */
export function isHeld(box, item) {
  return box.held.some((one) => one.key === item.key);
}
