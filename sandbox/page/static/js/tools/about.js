// What stands in Slack as it does here, and what does not: what a story's programme says, and what is true of the page.

import { h } from "../dom.js";
import { showLive } from "./livepanel.js";
import { state } from "../store.js";

const OWN = [
  ["The same as in Slack", [
    "The app itself. It is the very program that would run for a real Slack.",
    "What it shows: messages, forms, menus and its home page, with the same limits on lengths and numbers.",
    "What Slack checks before a form is sent, and what happens when the app is late: it has 3 seconds to answer.",
    "Who sees what: private channels, direct messages, and messages for you alone that are gone after reloading.",
  ]],
  ["Not the same", [
    "The looks. The page is arranged like Slack, but it is not Slack and has its own colours and words.",
    "You can be anyone, and any day. In Slack everybody signs in as themselves, and time passes by itself.",
    "There is one workspace with one app. Group messages, canvases, huddles, search, reactions and pins are left out.",
    "No picture from elsewhere is loaded: its description stands in its place.",
    "Nobody gets an e-mail or a notice on a phone. What is unread is marked here only.",
    "How many calls Slack allows in a minute is counted for posting messages only.",
  ]],
  ["Where it is", [
    "On this computer alone. The workspace answers to no other machine and sends nothing to any.",
    "In memory: when it is ended where it was started, its messages are gone. What the app itself saved is the app's.",
  ]],
];

/** Show the page. */
export function open() {
  const given = state.programme?.about;
  const title = given?.title || "What stands in Slack, what does not";
  const sections = [...(given?.sections || []).map((one) => [one.title, one.lines]), ...OWN];
  // Nothing in it can be pressed: it takes the focus itself, so that the keyboard can scroll it.
  const scrolls = { tabindex: "0", role: "region", "aria-label": title };
  const element = h("div", { class: "tool about", ...scrolls, data: { point: "about" } });
  element.append(h("p", {}, state.stamp), ...sections.map(sectionOf));
  showLive(title, element, [], null);
}

function sectionOf([title, lines]) {
  return h("section", {}, h("h3", {}, title), h("ul", {}, lines.map((line) => h("li", {}, line))));
}
