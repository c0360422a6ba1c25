// The app's home tab, as the person whose screen this is sees it.

import { act } from "../api.js";
import { renderBlocks } from "../blocks/blocks.js";
import { announce, fill, h } from "../dom.js";
import { keepFocus } from "./keep.js";
import { meant, told } from "./message.js";
import { on, state } from "../store.js";

let stop = null;

/** The tab's element; opening it tells the app, which may then draw it anew. */
export function home() {
  stop?.();
  const shown = h("div", { class: "home-blocks" });
  const trouble = h("p", { class: "trouble", hidden: true, role: "alert" });
  const waiting = h("p", { class: "soft waiting", role: "status" });
  const look = { user: state.me, shown, trouble, waiting, opened: false };
  const scroll = h(
    "div",
    {
      class: "home-tab",
      tabindex: "0",
      role: "region",
      "aria-label": `Home of ${state.app.name}`,
      data: { point: "home" },
    },
    waiting,
    trouble,
    shown,
  );
  const ends = [on("home", () => draw(look)), on("screen", () => draw(look))];
  stop = () => ends.forEach((end) => end());
  draw(look);
  open(look);
  return scroll;
}

async function open(look) {
  const outcome = await told(act("home", { user: look.user }), (reason) => warn(look, reason));
  look.opened = true;
  if (state.me !== look.user) return;
  if (outcome.home) state.home = outcome.home;
  draw(look);
}

function warn({ trouble }, reason) {
  trouble.hidden = !reason;
  fill(trouble, reason ? [h("span", { "aria-hidden": "true" }, "⚠ "), reason] : []);
}

function draw(look) {
  const view = state.home;
  fill(look.waiting, view ? [] : look.opened ? `${state.app.name} has no home for you yet.` : "Loading…");
  look.waiting.hidden = Boolean(view);
  const drawn = JSON.stringify(view);
  if (drawn === look.drawn) return;
  if (look.drawn) announce("Home has changed.");
  look.drawn = drawn;
  const scrolled = look.shown.parentElement?.scrollTop;
  keepFocus(look.shown, () => fill(look.shown, view ? renderBlocks(view.blocks, context(look, view)) : []));
  if (scrolled) look.shown.parentElement.scrollTop = scrolled;
}

function context(look, view) {
  const where = { user: look.user, home: true };
  const press = (block, element, choice) =>
    told(act("press", { ...where, ...meant(block, element, choice) }), (reason) => warn(look, reason));
  return {
    where: "home",
    values: view.state?.values || {},
    errors: view.errors || {},
    busy: new Set(),
    press,
    suggest: (block, element, typed) =>
      act("suggest", { ...where, block_id: block.block_id, action_id: element.action_id, typed }),
    changed: press,
  };
}
