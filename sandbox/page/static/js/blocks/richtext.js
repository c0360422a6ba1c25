// Rich text blocks: sections, lists, preformatted parts and quotes, made of leaves.

import { h } from "../dom.js";
import { dated } from "./dated.js";
import { emoji } from "./emoji.js";
import { broadcast, channelMention, link, userMention } from "./text.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u", highlight: "mark" };

const LEAVES = {
  __proto__: null,
  text: (leaf) => leaf.text,
  link: (leaf) => link(leaf.url, leaf.text || leaf.url),
  emoji: (leaf) => fromUnicode(leaf.unicode) || emoji(leaf.name),
  user: (leaf) => userMention(leaf.user_id),
  usergroup: () => broadcast("@group"),
  channel: (leaf) => channelMention(leaf.channel_id),
  team: () => broadcast("@team"),
  broadcast: (leaf) => broadcast(`@${leaf.range}`),
  date: moment,
  color: (leaf) => [swatch(leaf.value), leaf.value],
};

/** A rich_text object → element. */
export function richText(block) {
  return h("div", { class: "rich" }, grouped(block.elements || []).map(part));
}

/** What it says, without its looks. */
export function richWords(block) {
  return richText(block).textContent;
}

function part(one) {
  if (Array.isArray(one)) return list(one);
  const border = one.border ? " rich-border" : "";
  if (one.type === "rich_text_quote") return h("blockquote", { class: `quote${border}` }, leaves(one));
  if (one.type === "rich_text_preformatted") return h("pre", { class: `pre${border}` }, leaves(one));
  return h("div", { class: "rich-section" }, leaves(one));
}

/** Slack writes a nested list as neighbours with different indents: neighbours become one tree. */
function grouped(parts) {
  const groups = [];
  for (const one of parts) {
    if (one.type !== "rich_text_list") groups.push(one);
    else if (Array.isArray(groups.at(-1))) groups.at(-1).push(one);
    else groups.push([one]);
  }
  return groups;
}

function list(neighbours) {
  const top = h("div", { class: "rich-lists" });
  const open = []; // [indent, list element], the deepest last
  for (const one of neighbours) {
    const indent = one.indent || 0;
    while (open.length && open.at(-1)[0] >= indent && !continues(open.at(-1), one, indent)) open.pop();
    if (!continues(open.at(-1), one, indent)) {
      const made = emptyList(one, indent);
      const under = open.length ? open.at(-1)[1].lastElementChild : null;
      (under || top).append(made);
      open.push([indent, made]);
    }
    open.at(-1)[1].append(...one.elements.map((item) => h("li", {}, leaves(item))));
  }
  return top;
}

function continues(deepest, one, indent) {
  const tag = one.style === "ordered" ? "OL" : "UL";
  return Boolean(deepest) && deepest[0] === indent && deepest[1].tagName === tag && !one.offset;
}

function emptyList(one, indent) {
  const border = one.border ? " rich-border" : "";
  if (one.style !== "ordered") return h("ul", { class: `rich-list rich-ul-${indent % 3}${border}` });
  return h("ol", { class: `rich-list rich-ol-${indent % 3}${border}`, start: one.offset ? one.offset + 1 : null });
}

function leaves(one) {
  return (one.elements || []).map(leaf);
}

function leaf(one) {
  if (one.type === "rich_text_section") return leaves(one);
  const make = LEAVES[one.type];
  if (!make) return one.text || `[${one.type}]`;
  return Object.keys(one.style || {})
    .filter((name) => one.style[name] && STYLES[name])
    .reduce((inner, name) => h(STYLES[name], {}, inner), make(one));
}

function moment(one) {
  const shown = dated(one.timestamp, one.format);
  if (shown === null) return one.fallback || "";
  const when = new Date(one.timestamp * 1000).toISOString();
  const time = h("time", { datetime: when, title: one.fallback || null }, shown);
  return one.url ? link(one.url, time) : time;
}

function swatch(value) {
  const made = h("span", { class: "rich-swatch", "aria-hidden": "true" });
  made.style.backgroundColor = value; // a property, not a style attribute: what is no colour is ignored
  return made;
}

function fromUnicode(code) {
  if (!code || !/^[0-9a-f]{1,6}(-[0-9a-f]{1,6})*$/i.test(code)) return null;
  const points = code.split("-").map((one) => parseInt(one, 16));
  return points.every((one) => one <= 0x10ffff) ? String.fromCodePoint(...points) : null;
}
