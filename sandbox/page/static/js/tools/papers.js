// Files to take away.

import { look } from "../api.js";
import { fill, h } from "../dom.js";
import { showLive } from "./livepanel.js";

const TYPES = {
  "text/csv": "Table (CSV)",
  "text/calendar": "Calendar entry",
  "text/html": "Page to print",
  "text/plain": "Text",
  "text/markdown": "Text",
  "application/json": "Data (JSON)",
  "application/pdf": "PDF",
};

/** Show what can be taken away. */
export function open() {
  const list = h("div", { class: "papers", data: { point: "papers" } }, h("p", {}, "Loading…"));
  const intro = h("p", { class: "soft" }, "Everything in them is invented, and each says so.");
  const element = h("div", { class: "tool" }, intro, list);
  const draw = () => show(list);
  showLive("Files to take away", element, ["story"], draw);
  draw();
}

async function show(list) {
  try {
    const { papers } = await look("papers");
    const key = JSON.stringify(papers);
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    const none = "There are no files yet. There will be some as the story goes on.";
    fill(list, papers.length ? h("ul", {}, papers.map(paperOf)) : h("p", {}, none));
  } catch (refused) {
    fill(list, h("p", { class: "problem" }, refused.message));
  }
}

function paperOf({ name, type, bytes }) {
  const href = `/_page/papers/${encodeURIComponent(name)}`;
  const what = `${TYPES[type] || type}, ${size(bytes)}`;
  const link = h("a", { href, download: name }, h("span", { class: "unseen" }, "Download "), name);
  return h("li", { class: "paper" }, link, h("span", { class: "soft" }, what));
}

function size(bytes) {
  if (bytes < 1000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
