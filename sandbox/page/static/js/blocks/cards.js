// The larger blocks: cards, carousels, containers, tasks and plans, alerts, videos, files, sign-in providers.

import { h, newId } from "../dom.js";
import { interactive, picture } from "./elements.js";
import { richText } from "./richtext.js";
import { link, plain, words } from "./text.js";

const LEVELS = {
  info: ["ℹ️", "Note"],
  warning: ["⚠️", "Warning"],
  error: ["⛔", "Error"],
  success: ["✅", "Done"],
  default: ["", ""],
};
const STATES = {
  pending: ["○", "to do"],
  in_progress: ["◐", "in progress"],
  complete: ["●", "complete"],
  error: ["✕", "error"],
};

/** A card, in a carousel or by itself. */
export function card(block, ctx) {
  const title = words(block.title);
  const actions = (block.actions || []).map((one) => interactive(block, one, ctx, title));
  const text = (object, classes) => object && h("div", { class: `mrkdwn ${classes}` }, plain(object));
  const names = h("div", {}, text(block.title, "card-title"), text(block.subtitle, "soft"));
  return h(
    "div",
    { class: "card", role: "group", "aria-label": title || "Card" },
    block.hero_image && picture(block.hero_image, "picture-hero"),
    h("div", { class: "card-head" }, block.icon && picture(block.icon, "picture-small"), names),
    text(block.body, "card-body"),
    text(block.subtext, "soft card-small"),
    actions.length > 0 && h("div", { class: "actions" }, actions),
  );
}

/** Cards in a row that scrolls. */
export function carousel(block, ctx) {
  const cards = block.elements.map((one) => h("li", {}, card(one, ctx)));
  return h(
    "div",
    { class: "carousel", role: "group", "aria-label": `${cards.length} cards`, tabindex: "0" },
    h("ul", {}, cards),
  );
}

/** A frame around other blocks, which may fold. `draw(blocks)` draws what is inside. */
export function container(block, ctx, draw) {
  const title = block.title ? words(block.title) : richText(block.rich_text_title);
  const subtitle = block.subtitle && h("div", { class: "soft mrkdwn" }, plain(block.subtitle));
  const head = h(
    "span",
    { class: "container-head" },
    block.icon && picture(block.icon, "picture-small"),
    h("span", {}, h("strong", {}, title), subtitle),
  );
  const width = `container container-${block.width || "standard"}`;
  const inside = draw(block.child_blocks);
  if (!block.is_collapsible) {
    const id = newId("container");
    const line = block.has_header_divider && h("hr");
    return h("section", { class: width, "aria-labelledby": id }, h("div", { id }, head), line, inside);
  }
  return h("details", { class: width, open: !block.default_collapsed }, h("summary", {}, head), inside);
}

/** One task. */
export function task(block) {
  const [sign, said] = STATES[block.status] || ["", block.status];
  const sources = (block.sources || []).map((one) => h("li", {}, link(one.url, one.text || one.url)));
  const more = [block.details, block.output].filter(Boolean).map(richText);
  return h(
    "div",
    { class: `task task-${block.status}` },
    h(
      "p",
      {},
      h("span", { "aria-hidden": "true" }, `${sign} `),
      h("strong", {}, block.title),
      h("span", { class: "soft" }, ` (${said})`),
    ),
    more,
    sources.length > 0 && h("ul", { class: "task-sources", "aria-label": "Sources" }, sources),
  );
}

/** A list of tasks beneath a title. */
export function plan(block) {
  const title = typeof block.title === "string" ? block.title : words(block.title);
  return h(
    "div",
    { class: "plan" },
    h("p", {}, h("strong", {}, title)),
    h(
      "ol",
      {},
      (block.tasks || []).map((one) => h("li", {}, task(one))),
    ),
  );
}

/** An alert: its level in words, too. */
export function alert(block) {
  const level = LEVELS[block.level] ? block.level : "default";
  const [sign, name] = LEVELS[level];
  const lead = sign && [h("span", { "aria-hidden": "true" }, `${sign} `), h("strong", {}, `${name}: `)];
  return h("div", { class: `alert alert-${level} mrkdwn` }, lead, plain(block.text));
}

/** A video: what it is and where it is; nothing is fetched from there. */
export function video(block) {
  const by = [block.author_name, block.provider_name].filter(Boolean).join(", ");
  return h(
    "div",
    { class: "video" },
    h("p", {}, h("strong", {}, link(block.title_url || block.video_url, words(block.title)))),
    by && h("p", { class: "soft" }, by),
    block.description && h("p", {}, words(block.description)),
    picture({ alt_text: `Video: ${block.alt_text}` }, "picture-hero"),
  );
}

/** A file or a call that others shared. */
export function shared(block) {
  const name = block.type === "call" ? "A call" : "A file kept elsewhere";
  return h(
    "div",
    { class: "unknown" },
    name,
    block.external_id && h("span", { class: "soft" }, ` ${block.external_id}`),
  );
}

/** Whether somebody has signed in to something else. */
export function provider(block, ctx) {
  const name = words(block.name);
  const said = block.is_connected
    ? ["Connected", words(block.connected_identity), words(block.connected_context)].filter(Boolean).join(" · ")
    : "Not connected";
  const next = block.is_connected ? [block.disconnect_url, "Disconnect"] : [block.auth_url, "Connect"];
  return h(
    "div",
    { class: "card" },
    h("p", {}, h("strong", {}, name)),
    h("p", { class: "soft" }, said),
    block.description && h("p", {}, words(block.description)),
    h(
      "div",
      { class: "actions" },
      next[0] && link(next[0], `${next[1]} ${name}`),
      block.accessory && interactive(block, block.accessory, ctx, name),
    ),
  );
}
