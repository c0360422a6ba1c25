// The page put together: the frame at once, then what the server knows.

import { Refused } from "./api.js";
import { announce, h, voices } from "./dom.js";
import { header, keepStamp } from "./shell/header.js";
import { followKeys } from "./shell/keys.js";
import { showStack } from "./blocks/modal.js";
import { panel } from "./shell/panel.js";
import { middle } from "./shell/place.js";
import { sidebar } from "./shell/sidebar.js";
import { boot, on, state } from "./store.js";
import { followAddress, settle } from "./shell/way.js";

const OFFLINE_AFTER = 1500; // ms: a feed that is back sooner is not worth a word

async function start() {
  await boot();
  const day = h("div", { class: "day-place" });
  document.title = `${state.team.name}: practice workspace`;
  document.body.prepend(skip());
  const frame = h("div", { class: "frame" }, sidebar(), middle(), panel());
  document.body.append(header(day), frame, ...voices());
  keepStamp();
  followFeed();
  followKeys();
  for (const kind of ["stack", "me", "screen"]) on(kind, showStack);
  if (!(await followAddress())) return nobody();
  later(day);
}

function skip() {
  const toMain = (event) => {
    event.preventDefault();
    settle();
  };
  return h("a", { class: "skip", href: "#main", on: { click: toMain } }, "To the conversation");
}

function nobody() {
  document
    .getElementById("main")
    .append(
      h("p", { class: "waiting" }, "Nobody is in this workspace yet. Start it with people, then load this page again."),
    );
}

/** What the first look does not need. */
async function later(day) {
  const [{ dayBar }, { banner }, { offer }] = await Promise.all([
    import("./tools/day.js"),
    import("./tools/faults.js"),
    import("./tools/tour.js"),
  ]);
  day.replaceWith(dayBar());
  banner();
  offer();
}

function followFeed() {
  const words = h(
    "p",
    { class: "offline", role: "status", hidden: true },
    "Not connected to the practice workspace. What is shown may be old; it catches up by itself.",
  );
  document.querySelector("header").append(words);
  on("again", () => {
    words.textContent = "One moment: the workspace begins again.";
    words.hidden = false;
  });
  let due = null;
  on("online", ({ online }) => {
    clearTimeout(due);
    if (online) words.hidden = true;
    else
      due = setTimeout(() => {
        words.hidden = false;
      }, OFFLINE_AFTER);
  });
}

/** Whatever could not be asked or told is said, in a strip that can be taken away. */
function complain(event) {
  if (!(event.reason instanceof Refused)) return;
  event.preventDefault();
  document.querySelector(".complaint")?.remove();
  const away = h("button", { type: "button", class: "quiet", on: { click: () => strip.remove() } }, "Close");
  const strip = h("div", { class: "complaint", role: "alert" }, h("p", {}, event.reason.message), away);
  document.body.append(strip);
  announce(event.reason.message);
}

window.addEventListener("unhandledrejection", complain);
start();
