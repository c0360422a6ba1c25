// What is typed, ticked or taken from a folder. Each is a control: {node, marks, show(value)}.

import { after, named } from "./control.js";
import { h, newId } from "../dom.js";
import { plain, words } from "./text.js";

const KEYBOARDS = { email_text_input: "email", url_text_input: "url", number_input: "numeric" };
const TYPING_PAUSE = 250;

/** One line or several of text. Checks come from the server on submitting: the field itself takes anything. */
export function textField(element, given) {
  const keyboard = element.is_decimal_allowed ? "decimal" : KEYBOARDS[element.type];
  const field = h(element.multiline ? "textarea" : "input", {
    ...named(given),
    class: "text-field",
    inputmode: keyboard,
    autocapitalize: keyboard && "off",
    autocomplete: "off",
    placeholder: words(element.placeholder) || null,
    "aria-required": given.required && "true",
    ...(element.multiline ? { rows: 4 } : { type: "text" }),
  });
  const show = (value) => {
    field.value = value ?? "";
  };
  show(given.held);
  listen(field, element, given);
  return { node: field, marks: [field], show };
}

/** Typing is heard at every key; the app hears of it when its dispatch_action_config says so. */
function listen(field, element, given) {
  const emit = (how) => given.emit(field.value || null, how);
  const triggers = element.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
  const told = after(TYPING_PAUSE, () => emit("told"));
  field.addEventListener("input", () => {
    emit("typing");
    if (triggers.includes("on_character_entered")) told();
  });
  field.addEventListener("change", () => emit("left"));
  field.addEventListener("keydown", (event) => {
    const enter = event.key === "Enter" && !event.isComposing && (!element.multiline || event.ctrlKey || event.metaKey);
    if (!enter || !given.dispatches || !triggers.includes("on_enter_pressed")) return;
    event.preventDefault(); // Enter tells the app; it does not submit
    told.now();
  });
}

/** Checkboxes and radio buttons with their descriptions. */
export function boxes(element, given) {
  const radio = element.type === "radio_buttons";
  const name = newId("choice");
  const made = element.options.map((option, index) => box(option, { radio, name, key: `${given.key}/${index}` }));
  const show = (value) => {
    const held = [value].flat().filter(Boolean);
    for (const { field, option } of made) field.checked = held.some((one) => sameOption(one, option));
  };
  show(given.held);
  const role = given.grouped ? {} : { role: radio ? "radiogroup" : "group", "aria-label": given.label };
  const rows = made.map(({ row }) => row);
  const node = h("div", { class: "boxes", ...role }, rows);
  node.addEventListener("change", () => {
    const chosen = made.filter(({ field }) => field.checked).map(({ option }) => option);
    given.emit(radio ? chosen[0] || null : chosen);
  });
  return { node, marks: radio ? [] : made.map(({ field }) => field), first: made[0].field, show };
}

function sameOption(one, other) {
  return one.value === other.value && one.text.text === other.text.text;
}

function box(option, { radio, name, key }) {
  const id = newId("box");
  const about = newId("about");
  const field = h("input", {
    id,
    type: radio ? "radio" : "checkbox",
    name: radio ? name : null,
    "aria-describedby": option.description ? about : null,
    data: { key },
  });
  const label = h("label", { for: id, class: "mrkdwn" }, plain(option.text));
  const description =
    option.description && h("span", { id: about, class: "box-description soft mrkdwn" }, plain(option.description));
  return {
    field,
    option,
    row: h("div", { class: "box" }, field, h("span", { class: "box-words" }, label, description)),
  };
}

/** Files by name: nothing of what is in them leaves the page. */
export function fileField(element, given) {
  const many = (element.max_files ?? 10) > 1;
  const accept = (element.filetypes || []).map((type) => `.${type}`).join(",") || null;
  const field = h("input", { ...named(given), type: "file", class: "file-field", multiple: many, accept });
  const list = h("ul", { class: "file-list", "aria-label": "Files chosen" });
  let held = [];
  const show = (value) => {
    held = value || [];
    list.hidden = !held.length;
    const without = (file) => () => set(held.filter((one) => one !== file));
    list.replaceChildren(...held.map((file) => fileRow(file, without(file), field)));
  };
  const set = (files) => {
    show(files);
    given.emit(files);
  };
  field.addEventListener("change", () => {
    const added = [...field.files].map((file) => ({ name: file.name }));
    field.value = ""; // the list beneath says what is chosen, and the same file may be chosen again
    if (added.length) set(many ? [...held, ...added] : added);
  });
  show(given.held);
  return { node: h("div", { class: "files" }, field, list), marks: [field], show };
}

function fileRow(file, remove, field) {
  const drop = () => {
    remove();
    field.focus();
  };
  return h(
    "li",
    { class: "chip" },
    file.name,
    h("button", { type: "button", class: "quiet", "aria-label": `Remove ${file.name}`, on: { click: drop } }, "✕"),
  );
}
