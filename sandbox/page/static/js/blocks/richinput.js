// The rich text input: a text area whose marks (*bold*, _italic_, "• " lines) become a rich_text value, and back.

import { named } from "./control.js";
import { h } from "../dom.js";
import { words } from "./text.js";

const MARKS = /\*(?=\S)([^*\n]+)\*|_(?=\S)([^_\n]+)_|~(?=\S)([^~\n]+)~|`([^`\n]+)`|(https?:\/\/[^\s<>"]+)/g;
const STYLES = ["bold", "italic", "strike", "code"];
const SIGNS = { bold: "*", italic: "_", strike: "~", code: "`" };
const BULLET = /^[•-] +(.*)$/;

const TOOLS = [
  { name: "Bold", sign: "B", before: "*", after: "*", looks: "bold" },
  { name: "Italic", sign: "I", before: "_", after: "_", looks: "italic" },
  { name: "Bulleted list", sign: "•≡", before: "• ", after: "", looks: "list" },
];

/** A rich_text_input as a control: {node, marks, show(value)}. */
export function richField(element, given) {
  const placeholder = words(element.placeholder) || null;
  const rows = Math.max(4, element.min_lines || 0);
  const required = given.required && "true";
  const field = h("textarea", { ...named(given), class: "text-field", rows, placeholder, "aria-required": required });
  const emit = (how) => given.emit(field.value ? toRich(field.value) : null, how);
  field.addEventListener("input", () => emit("typing"));
  field.addEventListener("change", () => emit("left"));
  const tools = TOOLS.map((one) => tool(one, field, emit));
  const bar = h("div", { class: "rich-tools", role: "group", "aria-label": "Looks of the text" }, tools);
  const show = (value) => {
    field.value = toText(value);
  };
  show(given.held);
  return { node: h("div", { class: "rich-field" }, bar, field), marks: [field], show };
}

function tool({ name, sign, before, after, looks }, field, emit) {
  const click = () => {
    mark(field, before, after);
    emit("typing");
  };
  const shown = h("span", { class: `rich-tool-${looks}`, "aria-hidden": "true" }, sign);
  return h("button", { type: "button", class: "quiet", "aria-label": name, on: { click } }, shown);
}

/** Put marks around what is selected, or before each of its lines. */
function mark(field, before, after) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const from = after ? start : value.lastIndexOf("\n", start - 1) + 1;
  const chosen = value.slice(from, end);
  const marked = after
    ? `${before}${chosen}${after}`
    : chosen
        .split("\n")
        .map((line) => before + line)
        .join("\n");
  field.setRangeText(marked, from, end, after && !chosen ? "start" : "end");
  field.focus();
  if (after && !chosen) field.setSelectionRange(from + 1, from + 1);
}

function toRich(text) {
  const elements = [];
  for (const line of text.split("\n")) {
    const bullet = BULLET.exec(line);
    const last = elements.at(-1);
    if (bullet) {
      const item = section(bullet[1]);
      if (last?.type === "rich_text_list") last.elements.push(item);
      else elements.push({ type: "rich_text_list", style: "bullet", indent: 0, elements: [item] });
    } else if (last?.type === "rich_text_section") {
      last.elements.push({ type: "text", text: "\n" }, ...leaves(line));
    } else {
      elements.push(section(line));
    }
  }
  return { type: "rich_text", elements };
}

function section(line) {
  return { type: "rich_text_section", elements: leaves(line) };
}

function leaves(line) {
  const made = [];
  let from = 0;
  const plainTo = (end) => {
    if (end > from) made.push({ type: "text", text: line.slice(from, end) });
  };
  for (const found of line.matchAll(MARKS)) {
    plainTo(found.index);
    const at = found.slice(1, 5).findIndex((one) => one !== undefined);
    made.push(
      at < 0 ? { type: "link", url: found[5] } : { type: "text", text: found[at + 1], style: { [STYLES[at]]: true } },
    );
    from = found.index + found[0].length;
  }
  plainTo(line.length);
  return made;
}

function toText(rich) {
  if (!rich) return "";
  const parts = (rich.elements || []).map((part) =>
    part.type === "rich_text_list" ? part.elements.map((item) => `• ${written(item)}`).join("\n") : written(part),
  );
  return parts.join("\n");
}

function written(part) {
  return part.elements
    .map((leaf) => {
      const text = leaf.text ?? leaf.url ?? leaf.fallback ?? (leaf.name ? `:${leaf.name}:` : "");
      const style = STYLES.find((name) => leaf.style?.[name]);
      return style ? SIGNS[style] + text + SIGNS[style] : text;
    })
    .join("");
}
