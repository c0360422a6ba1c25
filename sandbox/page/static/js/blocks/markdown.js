// The markdown block: standard Markdown (not mrkdwn), made into elements.

import { h } from "../dom.js";
import { emoji } from "./emoji.js";
import { scrolling } from "./tables.js";
import { channelMention, link, unescaped, userMention } from "./text.js";

const INLINE = new RegExp(
  [
    /`([^`\n]+)`/,
    /!\[([^\]\n]*)\]\([^)\s]+\)/,
    /\[([^\]\n]+)\]\(([^)\s]+)\)/,
    /<@(\w+)>/,
    /<#(\w+)(?:\|[^>]*)?>/,
    /<?(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]'])>?/,
    /\*\*(?=\S)([^*\n]+)\*\*/,
    /(?<![\p{L}\p{N}])__(?=\S)([^_\n]+)__/u,
    /\*(?=\S)([^*\n]+)\*/,
    /(?<![\p{L}\p{N}])_(?=\S)([^_\n]+)_(?![\p{L}\p{N}])/u,
    /~~(?=\S)([^~\n]+)~~/,
    /:([a-z0-9_+-]+):/,
  ]
    .map((one) => one.source)
    .join("|"),
  "gu",
);
const TAGS = [
  [8, "strong"],
  [9, "strong"],
  [10, "em"],
  [11, "em"],
  [12, "s"],
];
const ORDINARY = /^(?!\s*$|#{1,6} |\s*```|\s*>|\s*(?:[-*+]|\d+[.)]) )/;
const ITEM = /^(\s*)([-*+]|\d+[.)]) +(\[[ xX]\] )?(.*)$/;

/** Markdown → element. */
export function markdown(text) {
  const lines = { all: text.split("\n"), at: 0 };
  const made = [];
  while (lines.at < lines.all.length) made.push(next(lines));
  return h("div", { class: "rich markdown" }, made.filter(Boolean));
}

function next(lines) {
  const line = lines.all[lines.at];
  if (!line.trim()) return void (lines.at += 1);
  if (/^\s*```/.test(line)) return fence(lines);
  const heading = /^(#{1,6}) +(.*?)#*$/.exec(line);
  if (heading)
    return take(
      lines,
      h("p", { class: `md-heading md-heading-${heading[1].length}` }, h("strong", {}, inline(heading[2]))),
    );
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return take(lines, h("hr"));
  if (/^\s*>/.test(line)) return quote(lines);
  if (ITEM.test(line)) return list(while_(lines, ITEM).map((one) => ITEM.exec(one)));
  if (line.includes("|") && /^[\s|:-]+-[\s|:-]*$/.test(lines.all[lines.at + 1] || ""))
    return table(while_(lines, /\|/));
  return h("p", {}, inline(while_(lines, ORDINARY).join("\n") || lines.all[lines.at++]));
}

function quote(lines) {
  const inside = while_(lines, /^\s*>/).map((one) => one.replace(/^\s*> ?/, ""));
  return h("blockquote", { class: "quote" }, markdown(inside.join("\n")));
}

function take(lines, made) {
  lines.at += 1;
  return made;
}

function while_(lines, pattern) {
  const from = lines.at;
  while (lines.at < lines.all.length && pattern.test(lines.all[lines.at])) lines.at += 1;
  return lines.all.slice(from, lines.at);
}

function fence(lines) {
  lines.at += 1;
  const inside = while_(lines, /^(?!\s*```)/);
  lines.at += 1;
  return h("pre", { class: "pre" }, inside.join("\n"));
}

function list(items, at = { n: 0 }) {
  const [, indent, mark] = items[at.n];
  const tag = /\d/.test(mark) ? "ol" : "ul";
  const made = h(tag, { class: `rich-list rich-${tag}-0`, start: tag === "ol" ? parseInt(mark, 10) : null });
  while (at.n < items.length && items[at.n][1].length >= indent.length) {
    const [, deeper, , box, text] = items[at.n];
    if (deeper.length > indent.length && made.lastElementChild) made.lastElementChild.append(list(items, at));
    else {
      made.append(h("li", {}, box ? (box[1] === " " ? "☐ " : "☑ ") : null, inline(text)));
      at.n += 1;
    }
  }
  return made;
}

function table([head, , ...rows]) {
  const titles = h("thead", {}, tr(head, "th"));
  const body = rows.map((row) => tr(row, "td"));
  return scrolling(h("table", {}, titles, h("tbody", {}, body)));
}

function tr(line, tag) {
  const cells = line
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|");
  const scope = tag === "th" ? "col" : null;
  const made = cells.map((one) => h(tag, { scope }, inline(one.trim())));
  return h("tr", {}, made);
}

function inline(text) {
  const made = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > from) made.push(unescaped(text.slice(from, found.index)));
    made.push(token(found));
    from = found.index + found[0].length;
  }
  if (from < text.length) made.push(unescaped(text.slice(from)));
  return made;
}

function token(found) {
  const [, code, alt, label, address, user, channel, url] = found;
  if (code) return h("code", {}, code);
  if (alt !== undefined) return h("span", { class: "picture-frame" }, alt || "Image");
  if (address) return link(address, inline(label));
  if (user) return userMention(user);
  if (channel) return channelMention(channel);
  if (url) return link(url, url);
  const tag = TAGS.find(([group]) => found[group] !== undefined);
  return tag ? h(tag[1], {}, inline(found[tag[0]])) : emoji(found[13]);
}
