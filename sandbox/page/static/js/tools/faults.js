// Making something fail on purpose, and saying so for as long as it does.

import { act } from "../api.js";
import { announce, fill, h } from "../dom.js";
import { inForce } from "./faultwords.js";
import { showLive } from "./livepanel.js";
import { note, unnote } from "../notes.js";
import { on, tell } from "../store.js";

const CALM_NAME = "calm"; // the preset that ends everything
const SOON = 1500; // ms
const told = { timer: null, following: false };

/** Show what can be made to fail, and what is. */
export async function open() {
  const presets = h("ul", { class: "presets" }, h("li", {}, "Loading…"));
  const shown = { now: h("div", {}), says: h("p", { role: "status" }), presets };
  const element = h("div", { class: "tool faults", data: { point: "faults" } });
  element.append(h("h3", {}, "In force now"), shown.now, shown.says, h("h3", {}, "What can fail"), shown.presets);
  showLive("Make something fail", element, ["faults"], () => { fill(shown.says); draw(shown); });
  try {
    const found = (await act("presets")).presets;
    const nothingFirst = [...found].sort((one, other) => (other.name === CALM_NAME) - (one.name === CALM_NAME));
    fill(shown.presets, nothingFirst.map((preset) => presetOf(shown, preset)));
    await draw(shown);
  } catch (refused) {
    fill(shown.presets, h("li", { class: "problem" }, refused.message));
  }
}

function presetOf(shown, preset) {
  const apply = h("button", { type: "button", class: preset.name === CALM_NAME ? "primary" : null }, preset.title);
  apply.addEventListener("click", async () => {
    try {
      await act("preset", { name: preset.name });
      fill(shown.says, `Done: ${preset.title}.`);
      await draw(shown);
      await banner();
    } catch (refused) {
      fill(shown.says, refused.message);
    }
  });
  return h("li", {}, apply, h("p", { class: "soft" }, preset.sentence));
}

async function draw(shown) {
  const { sentences, connections } = await askWhatFails();
  const list = sentences.length ? h("ul", { class: "in-force" }, sentences.map((one) => h("li", {}, one))) : null;
  const sockets = ["no socket", "1 socket"][connections.length] || `${connections.length} sockets`;
  const connected = h("p", { class: "soft" }, `The app is connected by ${sockets}.`);
  fill(shown.now, list || h("p", {}, "Nothing is made to fail."), connected);
}

async function askWhatFails() {
  const [config, sockets] = await Promise.all([act("config"), act("connections")]);
  return { sentences: inForce(config, sockets), connections: sockets.connections };
}

/** Put the note into the header while anything is made to fail, and take it away when that is over. */
export async function banner() {
  let sentences;
  try {
    ({ sentences } = await askWhatFails());
  } catch {
    return; // the page says already that the workspace does not answer
  }
  if (sentences.length === 0) return unnote("faults");
  const end = h("button", { type: "button", on: { click: endAll } }, "Nothing wrong");
  note("faults", `Being made to fail: ${sentences.join(" ")}`, end);
  follow();
}

async function endAll() {
  await act("preset", { name: CALM_NAME });
  await banner();
  tell("faults");
  announce("Nothing is made to fail any longer.");
}

/** A rule can end by itself: what goes over the wire is the moment to ask, and not more often than it matters. */
function follow() {
  if (told.following) return;
  told.following = true;
  for (const kind of ["wire", "clock"]) on(kind, askSoon);
}

function askSoon() {
  told.timer ??= setTimeout(async () => {
    told.timer = null;
    await banner();
    tell("faults");
  }, SOON);
}
