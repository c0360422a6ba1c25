// An input block: its label, its control, its hint, what is wrong with it, and how much may still be typed.

import { announce, h, newId } from "../dom.js";
import { choose } from "./press.js";
import { CONTROLS, held, keyOf } from "./elements.js";
import { words } from "./text.js";

const fields = new WeakMap(); // an input block's element → its parts
const GROUPED = ["checkboxes", "radio_buttons"];
const MOST = 3000; // of a text input that names no other limit
const NEAR = 0.1; // the counter shows with a tenth of the limit left

/** An input block. */
export function inputBlock(block, ctx) {
  const { element } = block;
  if (!CONTROLS[element.type]) return h("p", { class: "unknown" }, `An input of type “${element.type}”`);
  const part = { block, ctx, id: newId("field"), limit: limitOf(element) };
  part.hint = line("hint soft", words(block.hint));
  part.error = line("field-error");
  part.error.setAttribute("role", "alert");
  part.counter = line("counter soft");
  part.describedby = [part.hint, part.error, part.counter].map((one) => one.id).join(" ");
  part.control = CONTROLS[element.type](element, given(part));
  part.node = labelled(part);
  fields.set(part.node, part);
  count(part, held(block, element, ctx));
  setError(part.node, ctx.errors?.[block.block_id] || null);
  return part.node;
}

function given(part) {
  const { block, ctx, id, describedby } = part;
  const { element } = block;
  return {
    id,
    describedby,
    key: keyOf(block, element),
    held: held(block, element, ctx),
    grouped: GROUPED.includes(element.type),
    required: !block.optional,
    clearable: block.optional,
    dispatches: block.dispatch_action,
    listLabel: words(block.label),
    emit: (value, how = "chosen") => changed(part, value, how),
    suggest: (typed) => ctx.suggest(block, element, typed),
  };
}

/** Boxes stand together beneath a legend; anything else has a label. */
function labelled({ block, id, describedby, control, error, counter, hint }) {
  const text = [words(block.label), block.optional && h("span", { class: "soft" }, " (optional)")];
  const inside = [control.node, error, counter, hint];
  const kind = block.element.type;
  if (!GROUPED.includes(kind)) {
    return h("div", { class: "field" }, h("label", { class: "field-label", for: id }, text), inside);
  }
  const role = kind === "radio_buttons" ? "radiogroup" : null;
  return h("fieldset", { class: "field", role, "aria-describedby": describedby }, h("legend", {}, text), inside);
}

/** Show an error under a field, or take it away (null). */
export function setError(node, text) {
  const part = fields.get(node);
  if (!part) return;
  part.error.textContent = text || "";
  part.error.hidden = !text;
  node.classList.toggle("with-error", Boolean(text));
  const marks = part.control.marks.length ? part.control.marks : [node];
  for (const one of marks) {
    if (text) one.setAttribute("aria-invalid", "true");
    else one.removeAttribute("aria-invalid");
  }
}

/** Go to a field. */
export function focusField(node) {
  const control = fields.get(node)?.control;
  (control?.first || control?.marks[0])?.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest" }); // with its label and its error
}

function changed(part, value, how) {
  const { block, ctx } = part;
  count(part, value);
  if (ctx.errors?.[block.block_id] && how !== "left") {
    delete ctx.errors[block.block_id];
    setError(part.node, null);
  }
  if (block.dispatch_action && (how === "chosen" || how === "told")) {
    ctx.chosen?.(block, block.element, value);
    choose(ctx, block, block.element, value, part.node);
  } else if (ctx.where === "modal") {
    if (how !== "left") ctx.changed(block, block.element, value);
  } else if (how !== "typing") {
    // a home tab or a message has no submit: it is told when the field is left
    ctx.pending = Promise.resolve(ctx.pending).then(() => ctx.changed(block, block.element, value));
  }
}

function line(classes, text = "") {
  return h("p", { id: newId("line"), class: classes, hidden: !text }, text);
}

function limitOf(element) {
  return element.type === "plain_text_input" ? element.max_length || MOST : Infinity;
}

/** Characters as the server counts them. */
function count(part, value) {
  if (part.limit === Infinity || typeof value !== "string") return void (part.counter.hidden = true);
  const left = part.limit - [...value].length;
  const was = part.counter.classList.contains("over");
  part.counter.hidden = left > Math.max(20, part.limit * NEAR);
  part.counter.classList.toggle("over", left < 0);
  const many = Math.abs(left) === 1 ? "1 character" : `${Math.abs(left)} characters`;
  part.counter.textContent = left < 0 ? `${many} too many` : `${many} left`;
  if (left < 0 && !was) announce(`Too long: at most ${part.limit} characters.`, true);
}
