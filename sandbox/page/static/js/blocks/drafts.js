// What was typed into modals and not yet told: kept by view, whoever's screen is shown meanwhile.

import { state } from "../store.js";
import { words } from "./text.js";

const kept = new Map(); // view id → {block_id: {action_id: {type, value, told}}}

/** Keep what an element holds now. `told`: the server knows it. */
export function keep(viewId, block, element, value, told = false) {
  if (!kept.has(viewId)) kept.set(viewId, {});
  const inView = kept.get(viewId);
  inView[block.block_id] = { ...inView[block.block_id], [element.action_id]: { type: element.type, value, told } };
}

/** The view's values with what was typed over what the server has; what the server was told is the server's again. */
export function merged(view) {
  const values = structuredClone(view.state?.values || {});
  const inView = kept.get(view.id) || {};
  for (const { block, element } of inputs(view.blocks)) {
    const draft = inView[block.block_id]?.[element.action_id];
    if (!draft) continue;
    const stands = draft.type === element.type && !draft.told && offered(element, draft.value);
    if (stands)
      values[block.block_id] = {
        ...values[block.block_id],
        [element.action_id]: { type: draft.type, value: draft.value },
      };
    else delete inView[block.block_id][element.action_id];
  }
  return values;
}

/** What is to be told, as `fill` and `submit` take it: {block_id: {action_id: value}}. */
export function untold(view) {
  const values = {};
  for (const { block, element } of inputs(view.blocks)) {
    const draft = kept.get(view.id)?.[block.block_id]?.[element.action_id];
    if (draft && !draft.told) values[block.block_id] = { [element.action_id]: draft.value };
  }
  return values;
}

/** The server has these values now (unless something else was typed meanwhile). */
export function wereTold(viewId, values) {
  for (const [blockId, byAction] of Object.entries(values)) {
    for (const [actionId, value] of Object.entries(byAction)) {
      const draft = kept.get(viewId)?.[blockId]?.[actionId];
      if (draft && draft.value === value) draft.told = true;
    }
  }
}

/** A view is no more. */
export function forget(viewId) {
  kept.delete(viewId);
}

/** The form as text, a label and what was put in per line: for the clipboard. */
export function asText(view, values) {
  const lines = inputs(view.blocks).map(({ block, element }) => {
    const { type, timezone, ...held } = values[block.block_id]?.[element.action_id] || {};
    const value = Object.values(held)[0];
    return value ? `${words(block.label)}: ${shown(value)}` : null;
  });
  return lines.filter(Boolean).join("\n");
}

function inputs(blocks) {
  return blocks.filter((block) => block.type === "input").map((block) => ({ block, element: block.element }));
}

function offered(element, value) {
  const options = [...(element.options || []), ...(element.option_groups || []).flatMap((group) => group.options)];
  if (!options.length) return true;
  return [value]
    .flat()
    .every((one) => !one || options.some((option) => option.value === one.value && option.text.text === one.text.text));
}

function shown(value) {
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (value.type === "rich_text")
    return value.elements
      .flatMap((part) => part.elements)
      .map((leaf) => leaf.text || "")
      .join("");
  if (typeof value !== "object") return state.people.find((one) => one.id === value)?.name || String(value);
  return value.text ? words(value.text) : value.name || "";
}
