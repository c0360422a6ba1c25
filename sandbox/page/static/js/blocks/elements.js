// Interactive elements: each with its control, and in blocks other than input ones what tells the app at once.

import { h } from "../dom.js";
import { boxes, fileField, textField } from "./inputs.js";
import { menu } from "./menus.js";
import { overflow } from "./overflow.js";
import { picker } from "./pickers.js";
import { choose, press } from "./press.js";
import { richField } from "./richinput.js";
import { state } from "../store.js";
import { safeUrl, words } from "./text.js";

const MENUS = ["static_select", "external_select", "users_select", "conversations_select", "channels_select"];

/** element type → control(element, given) → {node, marks, show(value)}: what keeps a value. */
export const CONTROLS = {
  __proto__: null, // a name that an app makes up finds nothing here
  plain_text_input: textField,
  email_text_input: textField,
  url_text_input: textField,
  number_input: textField,
  rich_text_input: richField,
  file_input: fileField,
  checkboxes: boxes,
  radio_buttons: boxes,
  datepicker: picker,
  timepicker: picker,
  datetimepicker: picker,
  ...Object.fromEntries(
    MENUS.flatMap((name) => [
      [name, menu],
      [`multi_${name}`, menu],
    ]),
  ),
};

const BUTTONS = {
  __proto__: null,
  button,
  workflow_button: button,
  icon_button: icon,
  feedback_buttons: feedback,
  overflow: more,
  image,
};

/** An element in an actions block, a section or a card. `about`: the words beside it, for those who hear the page. */
export function interactive(block, element, ctx, about = "") {
  if (element.visible_to_user_ids && !element.visible_to_user_ids.includes(state.me)) return null;
  const make = BUTTONS[element.type] || (CONTROLS[element.type] ? chooser : unknown);
  return make(block, element, ctx, about);
}

/** What an element holds: what its surface has for it, else what it begins with. */
export function held(block, element, ctx) {
  const entry = ctx.values?.[block.block_id]?.[element.action_id];
  if (entry) return valueIn(entry, (name) => name !== "type" && name !== "timezone");
  return valueIn(element, (name) => name.startsWith("initial_"));
}

/** The same element after drawing anew: what the focus is kept by. */
export function keyOf(block, element) {
  return `${block.block_id}/${element.action_id}`;
}

/** An image that an app shows: only those that are part of the page load; of others the words stand in a frame. */
export function picture(one, classes = "") {
  if (/^data:image\//.test(one.image_url || ""))
    return h("img", { src: one.image_url, alt: one.alt_text || "", class: `picture ${classes}` });
  const sign = h("span", { "aria-hidden": "true" }, "🖼 ");
  return h(
    "span",
    { class: `picture-frame ${classes}`, role: "img", "aria-label": one.alt_text || "Image" },
    sign,
    one.alt_text || "Image",
  );
}

function valueIn(entry, isValue) {
  const name = Object.keys(entry).find(isValue);
  return name === undefined ? null : entry[name];
}

function button(block, element, ctx) {
  const style = { primary: "primary", danger: "danger primary" }[element.style];
  const given = {
    class: `bk-button ${style || ""}`,
    "aria-label": element.accessibility_label,
    data: { key: keyOf(block, element) },
  };
  const href = element.url && safeUrl(element.url);
  const tag = href ? "a" : "button";
  const kind = href ? { href, target: "_blank", rel: "noopener noreferrer" } : { type: "button" };
  const made = h(tag, { ...given, ...kind }, words(element.text));
  made.addEventListener("click", () => press(ctx, block, element, element.value, made));
  return made;
}

function icon(block, element, ctx) {
  const label = element.accessibility_label || words(element.text);
  const made = h(
    "button",
    {
      type: "button",
      class: "quiet",
      "aria-label": label,
      title: words(element.text),
      data: { key: keyOf(block, element) },
    },
    h("span", { "aria-hidden": "true" }, "🗑️"),
  );
  made.addEventListener("click", () => press(ctx, block, element, element.value, made));
  return made;
}

function feedback(block, element, ctx) {
  const signs = { positive_button: "👍", negative_button: "👎" };
  const sides = Object.keys(signs).map((name) => {
    const made = thumb(element[name], signs[name], `${keyOf(block, element)}/${name}`);
    made.addEventListener("click", async () => {
      if (!(await press(ctx, block, element, element[name].value, made))) return;
      for (const one of sides) one.setAttribute("aria-pressed", String(one === made));
    });
    return made;
  });
  return h("span", { class: "feedback", role: "group", "aria-label": "Feedback" }, sides);
}

function thumb(side, sign, key) {
  const label = side.accessibility_label || words(side.text);
  const about = { "aria-label": label, title: words(side.text), "aria-pressed": "false" };
  const shown = h("span", { "aria-hidden": "true" }, sign);
  return h("button", { type: "button", class: "quiet", ...about, data: { key } }, shown);
}

function more(block, element, ctx, about) {
  const label = about ? `More actions: ${about}` : "More actions";
  const made = overflow(element, {
    label,
    key: keyOf(block, element),
    pick: (option) => press(ctx, block, element, option, made),
  });
  return made;
}

function image(block, element) {
  return picture(element, "picture-beside");
}

/** A menu, a picker or boxes outside an input block: every choice is told at once, after its confirm dialog. */
function chooser(block, element, ctx, about) {
  let last = held(block, element, ctx);
  const emit = async (value) => {
    ctx.chosen?.(block, element, value);
    if (await choose(ctx, block, element, value, holder)) last = value;
    else {
      ctx.chosen?.(block, element, last);
      control.show(last);
    }
  };
  const label = words(element.placeholder) || about || "Choose";
  const control = CONTROLS[element.type](element, {
    label: about && element.placeholder ? `${label}: ${about}` : label,
    listLabel: label,
    held: last,
    atOnce: true,
    clearable: true,
    emit,
    key: keyOf(block, element),
    suggest: (typed) => ctx.suggest(block, element, typed),
  });
  const holder = h("span", { class: "chooser" }, control.node);
  return holder;
}

function unknown(block, element) {
  return h("span", { class: "unknown" }, `An element of type “${element.type}”`);
}
