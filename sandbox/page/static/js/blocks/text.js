// Text as Slack stores it, made into elements: mrkdwn, mentions, links, dates and short codes.

import { h } from "../dom.js";
import { emoji } from "./emoji.js";
import { goTo, person, place, state } from "../store.js";
import { longDay, timeOf } from "../when.js";
import { dated } from "./dated.js";

const INSIDE = (mark) => `(?=[^\\s${mark}])(?:<[^<>\\n]*>|\`[^\`\\n]+\`|[^${mark}\\n\`<])+(?<=[^\\s])`;
const URL_HERE = "https?:\\/\\/(?:(?!&[lg]t;)[^\\s<>\"])*(?<![.,;:!?)\\]'])";
const BEGINS = "(?<![\\p{L}\\p{N}])";
const ENDS = "(?![\\p{L}\\p{N}])";
const INLINE = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "<(?<angle>[^<>\\n]+)>",
    `(?<url>${URL_HERE})`,
    ":(?<sign>[a-z0-9_+-]+):(?::skin-tone-[2-6]:)?",
    `${BEGINS}(?:\\*(?<bold>${INSIDE("*")})\\*|_(?<italic>${INSIDE("_")})_|~(?<strike>${INSIDE("~")})~)${ENDS}`,
  ].join("|"),
  "gu",
);

const KNOWN = { user: (id) => person(id).name, channel: (id) => place(id)?.name || null };
const SPECIAL = { __proto__: null, here: "@here", channel: "@channel", everyone: "@everyone" };

/** "09:30", in the zone of the person whose screen this is. `ts` as Slack gives it, in seconds. */
export function whenShort(ts) {
  return timeOf(Number(ts) * 1000);
}

/** "Tuesday 6 October 2026 at 09:30" */
export function whenLong(ts) {
  return `${longDay(Number(ts) * 1000)} at ${timeOf(Number(ts) * 1000)}`;
}

/** Slack escapes these three and no others. */
export function unescaped(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** An address that may be followed, or null: an app could write javascript: or file: as well. */
export function safeUrl(url) {
  try {
    return ["http:", "https:", "mailto:"].includes(new URL(url).protocol) ? url : null;
  } catch {
    return null;
  }
}

/** A link that opens beside the page; what may not be followed is text. */
export function link(url, ...label) {
  const href = safeUrl(url);
  if (!href) return h("span", {}, label);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, label);
}

/** "@Name" */
export function userMention(id, label = "", names = KNOWN) {
  const name = names.user(id);
  return h(
    "span",
    { class: id === state.me ? "mention mention-me" : "mention" },
    `@${name === id && label ? label : name}`,
  );
}

/** "#name", which goes there if the person is in it. */
export function channelMention(id, label = "", names = KNOWN) {
  const name = `#${names.channel(id) || label || "private channel"}`;
  if (!place(id)) return h("span", { class: "mention" }, name);
  return h("button", { type: "button", class: "mention mention-go", on: { click: () => goTo(id) } }, name);
}

/** "@here" and the like. */
export function broadcast(label) {
  return h("span", { class: "mention mention-me" }, label);
}

/** mrkdwn → nodes: preformatted parts, quotes and lines. `names`: {user(id), channel(id)} if not the store's. */
export function mrkdwn(text, names = KNOWN) {
  const made = document.createDocumentFragment();
  String(text ?? "")
    .split(/```([\s\S]*?)```/)
    .forEach((part, index) => {
      if (index % 2) made.append(h("pre", { class: "pre" }, unescaped(withoutAngles(part.replace(/^\n|\n$/g, "")))));
      else made.append(...lines(part, names));
    });
  return made;
}

/** A plain_text or mrkdwn object → node. */
export function plain(object) {
  if (!object) return document.createTextNode("");
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return document.createTextNode(words(object));
}

/** A text object as a string: for labels, titles and what is read aloud. */
export function words(object) {
  if (!object) return "";
  if (object.type === "mrkdwn") return mrkdwn(object.text).textContent;
  const text = object.emoji === false ? object.text : signs(object.text);
  return unescaped(text);
}

/** Short codes in a text made into signs. */
export function signs(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (_, name) => emoji(name));
}

function lines(text, names) {
  const made = [];
  let quoted = [];
  const endQuote = () => {
    if (quoted.length) made.push(h("blockquote", { class: "quote" }, inline(quoted.join("\n"), names)));
    quoted = [];
  };
  const plainLines = [];
  const endLines = () => {
    if (plainLines.length) made.push(...inline(plainLines.splice(0).join("\n"), names));
  };
  for (const line of text.split("\n")) {
    const quote = /^(?:&gt;|>) ?(.*)$/s.exec(line);
    if (quote) endLines();
    else endQuote();
    (quote ? quoted : plainLines).push(quote ? quote[1] : line);
  }
  endQuote();
  endLines();
  return made;
}

function inline(text, names) {
  const made = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > from) made.push(unescaped(text.slice(from, found.index)));
    made.push(token(found.groups, names));
    from = found.index + found[0].length;
  }
  if (from < text.length) made.push(unescaped(text.slice(from)));
  return made;
}

function token({ code, angle, url, sign, bold, italic, strike }, names) {
  if (code) return h("code", {}, unescaped(withoutAngles(code)));
  if (angle) return bracketed(angle, names);
  if (url) return link(unescaped(url), unescaped(url));
  if (bold) return h("strong", {}, inline(bold, names));
  if (italic) return h("em", {}, inline(italic, names));
  return strike ? h("s", {}, inline(strike, names)) : emoji(sign);
}

function bracketed(text, names) {
  const bar = text.indexOf("|");
  const [what, label] = bar < 0 ? [text, ""] : [text.slice(0, bar), unescaped(text.slice(bar + 1))];
  if (what.startsWith("@")) return userMention(what.slice(1), label, names);
  if (what.startsWith("#")) return channelMention(what.slice(1), label, names);
  if (what.startsWith("!date^")) return dateToken(what, label);
  if (what.startsWith("!")) return broadcast(SPECIAL[what.slice(1)] || label || "@group");
  return link(unescaped(what), label ? signs(label) : unescaped(what).replace(/^mailto:/, ""));
}

function dateToken(what, fallback) {
  const [, seconds, format, address] = what.split("^");
  const shown = dated(Number(seconds), unescaped(format || ""));
  if (shown === null) return h("span", {}, fallback);
  const when = new Date(Number(seconds) * 1000).toISOString();
  const time = h("time", { datetime: when, title: fallback || null }, shown);
  return address ? link(unescaped(address), time) : time;
}

function withoutAngles(text) {
  return text.replace(/<([^<>|\n]+)(?:\|([^<>\n]*))?>/g, (_, what, label) => label || what);
}
