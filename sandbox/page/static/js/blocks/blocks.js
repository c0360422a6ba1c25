// Blocks of a message, a modal or a home tab.
//
// ctx = { where: "message" | "modal" | "home", values, errors,
//         press(block, element, choice) → promise of the outcome,     after its confirm dialog was answered yes
//         suggest(block, element, typed) → promise of {options | option_groups, kind, reason},
//         changed(block, element, value),     what was typed into an input that does not tell the app
//         chosen(block, element, value)? }    what was chosen and is being told
// A choice is what Slack's state holds: text, an option, an id, a date, or a list of them; the control API takes all.

import { alert, card, carousel, container, plan, provider, shared, task, video } from "./cards.js";
import { h } from "../dom.js";
import { interactive, picture } from "./elements.js";
import { focusField, inputBlock, setError } from "./field.js";
import { markdown } from "./markdown.js";
import { richText } from "./richtext.js";
import { chart, dataTable, table } from "./tables.js";
import { mrkdwn, plain, words } from "./text.js";

const BLOCKS = {
  __proto__: null, // a name that an app makes up finds nothing here
  section,
  header: (block, ctx) => h(ctx.where === "message" ? "h4" : "h3", { class: "header" }, words(block.text)),
  divider: () => h("hr"),
  context: (block) => h("div", { class: "context soft" }, block.elements.map(inContext)),
  actions: (block, ctx) =>
    h(
      "div",
      { class: "actions" },
      block.elements.map((one) => interactive(block, one, ctx)),
    ),
  context_actions: (block, ctx) =>
    h(
      "div",
      { class: "actions" },
      block.elements.map((one) => interactive(block, one, ctx)),
    ),
  image: (block) =>
    h("figure", {}, block.title && h("figcaption", {}, words(block.title)), picture(block, "picture-hero")),
  input: inputBlock,
  markdown: (block) => markdown(block.text),
  rich_text: richText,
  table,
  data_table: dataTable,
  data_visualization: chart,
  card,
  carousel,
  container: (block, ctx) => container(block, ctx, (children) => renderBlocks(children, ctx)),
  task_card: task,
  plan,
  alert,
  video,
  file: shared,
  call: shared,
  auth_provider: provider,
};

const drawn = new WeakMap(); // a block's element → what it was drawn from

/** Blocks → element. */
export function renderBlocks(blocks, ctx) {
  return patchBlocks(h("div", { class: "blocks" }), blocks, ctx);
}

/**
 * The blocks anew in an element that renderBlocks made: a block that says the same as before stays as it is, with
 * what was typed in it, the focus and the scroll. `ctx` must be the same object, its values brought up to date.
 */
export function patchBlocks(element, blocks, ctx) {
  const before = new Map([...element.children].map((node) => [node.dataset.block, node]));
  const stood = element.contains(document.activeElement) ? document.activeElement : null;
  const nodes = blocks.map(
    (block, index) => same(before.get(nameOf(block, index)), block, ctx) || draw(block, index, ctx),
  );
  const kept = new Set(nodes);
  for (const node of before.values()) if (!kept.has(node)) node.remove();
  nodes.forEach((node, index) => {
    if (element.children[index] !== node) element.insertBefore(node, element.children[index] || null);
  });
  if (stood && document.activeElement !== stood) standAgain(element, stood);
  return element;
}

/** Show errors by block_id, take the others away; gives the first field in error. */
export function showErrors(element, errors) {
  const nodes = [...element.querySelectorAll(".block")];
  for (const node of nodes) setError(node.firstElementChild, errors[node.dataset.block] || null);
  return nodes.find((node) => errors[node.dataset.block])?.firstElementChild || null;
}

/** What a block holds may have been changed by the person: it is remembered as drawn with that. */
export function remember(element, block, ctx) {
  const node = element.querySelector(`.block[data-block="${CSS.escape(block.block_id)}"]`);
  if (node) drawn.set(node, written(block, ctx));
}

export { focusField };

function draw(block, index, ctx) {
  const make = BLOCKS[block.type];
  const inside = make ? make(block, ctx) : h("p", { class: "unknown" }, `A block of type “${block.type}”`);
  const node = h(
    "div",
    { class: `block block-${make ? block.type : "unknown"}`, data: { block: nameOf(block, index) } },
    inside,
  );
  drawn.set(node, written(block, ctx));
  return node;
}

function same(node, block, ctx) {
  return node && drawn.get(node) === written(block, ctx) ? node : null;
}

/** Everything that a block's looks depend on. Nothing chosen is the same whether Slack writes null or an empty list. */
function written(block, ctx) {
  const ids = [block.block_id, ...(block.child_blocks || block.elements || []).map((one) => one?.block_id)].filter(
    Boolean,
  );
  const values = ids.map((id) =>
    Object.entries(ctx.values?.[id] || {}).map(([action, entry]) => [action, valueOf(entry)]),
  );
  return JSON.stringify([block, values]);
}

function valueOf({ type, timezone, ...held }) {
  const value = Object.values(held)[0];
  return value === undefined || value === "" || (Array.isArray(value) && !value.length) ? null : value;
}

function nameOf(block, index) {
  return block.block_id || `n${index}`;
}

function standAgain(element, stood) {
  const same = stood.isConnected ? stood : element.querySelector(`[data-key="${CSS.escape(stood.dataset.key || "")}"]`);
  const beside =
    same ||
    element.querySelector(
      `.block[data-block="${CSS.escape(stood.closest(".block")?.dataset.block || "")}"] :is(input, button, textarea)`,
    );
  beside?.focus({ preventScroll: true });
}

function section(block, ctx) {
  const about = words(block.text || block.fields?.[0]).slice(0, 80);
  const fields =
    block.fields &&
    h(
      "div",
      { class: "fields" },
      block.fields.map((one) => h("div", { class: "mrkdwn" }, plain(one))),
    );
  const text = h(
    "div",
    { class: "section-text" },
    block.text && h("div", { class: "mrkdwn" }, plain(block.text)),
    fields,
  );
  const beside = block.accessory && interactive(block, block.accessory, ctx, about);
  return h("div", { class: "section" }, text, beside && h("div", { class: "accessory" }, beside));
}

function inContext(one) {
  if (one.type === "image") return picture(one, "picture-small");
  return h("span", { class: "mrkdwn" }, one.type === "mrkdwn" ? mrkdwn(one.text) : plain(one));
}
