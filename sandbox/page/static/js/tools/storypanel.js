// The month's scenes by day: what was played, what comes, and taking a part oneself.

import { fill, h } from "../dom.js";
import { showLive } from "./livepanel.js";
import { tellStory } from "./passing.js";
import { seatOf } from "../shell/people.js";
import { person, state } from "../store.js";
import { doMyself, giveBack, takeChair, taken } from "./taking.js";
import { dateOf, dayInYear, timeOf } from "../when.js";

const STATES = {
  "to come": ["○", "To come"],
  playing: ["▶", "Playing now"],
  done: ["✓", "Done"],
  left: ["✋", "Left to you"],
  failed: ["!", "Could not be played"],
};

/** Show the story. */
export function open() {
  const parts = { list: h("div", { class: "scenes" }), head: h("div", { class: "scenes-head" }) };
  const shown = { rows: new Map(), problem: "", ...parts };
  const element = h("div", { class: "tool story", data: { point: "story" } }, shown.head, shown.list);
  draw(shown);
  showLive("The story", element, ["story", "programme", "people", "me"], () => draw(shown));
  bringNext(shown);
}

function draw(shown) {
  if (!state.story) return drawNone(shown);
  drawHead(shown);
  const key = state.story.scenes.map((scene) => scene.n + scene.at).join();
  if (key !== shown.key) build(shown, key);
  const next = nextScene();
  const inside = shown.list.contains(document.activeElement);
  for (const scene of state.story.scenes) drawScene(shown, scene, scene.n === next?.n);
  if (inside && !shown.list.contains(document.activeElement)) focusNext(shown); // what was pressed is gone
}

function drawNone(shown) {
  shown.key = null;
  fill(shown.head);
  fill(shown.list, h("p", {}, "No story is told in this workspace. You can play every part yourself."));
}

/** The first scene that has not been played. */
function nextScene() {
  return state.story.scenes.find((scene) => scene.state === "to come");
}

function drawHead(shown) {
  const line = shown.problem || state.story.says || "";
  if (!shown.head.firstChild) {
    shown.says = h("p", { role: "status" });
    shown.taken = h("div", { class: "scene-buttons" });
    fill(shown.head, shown.says, jumpToNext(shown), takeOver(shown), shown.taken);
  }
  drawTaken(shown);
  if (shown.says.textContent !== line) fill(shown.says, line);
  shown.says.classList.toggle("problem", Boolean(shown.problem));
}

/** Whom one plays oneself, to be given back. */
function drawTaken(shown) {
  const key = taken().map((one) => one.id).join();
  if (shown.taken.dataset.key === key) return;
  shown.taken.dataset.key = key;
  const back = (one) => h("button", { type: "button", on: { click: () => tried(shown, () => giveBack(one.id)) } },
    `Give ${one.name} back to the story`);
  fill(shown.taken, taken().map(back));
}

function jumpToNext(shown) {
  return h("button", { type: "button", on: { click: () => focusNext(shown) } }, "Find what comes next");
}

function focusNext(shown) {
  const button = (bringNext(shown) || shown.head).querySelector("button");
  button.focus({ preventScroll: true });
}

/** Scroll the panel, and nothing around it, so that the next scene is in sight. */
function bringNext(shown) {
  const row = shown.list.querySelector("[aria-current]");
  const panel = shown.list.closest(".panel-body");
  const top = (element) => element.getBoundingClientRect().top;
  if (row && panel) panel.scrollTop += top(row) - top(panel) - panel.clientHeight / 3;
  return row;
}

/** Pause, and sit down as anybody. */
function takeOver(shown) {
  const people = state.people.filter((one) => !one.is_bot && !one.deleted);
  const option = ({ id }) => h("option", { value: id, selected: id === state.me }, nameAndSeat(id));
  const choice = h("select", {}, people.map(option));
  const go = () => tried(shown, () => takeChair(choice.value));
  const button = h("button", { type: "button", on: { click: go } }, "Take over");
  return h("div", { class: "take-over" }, h("label", {}, "Pause, and take over as ", choice), button);
}

function nameAndSeat(id) {
  const seat = seatOf(id);
  return seat ? `${person(id).name}, ${seat}` : person(id).name;
}

function build(shown, key) {
  Object.assign(shown, { key, rows: new Map() });
  const days = new Map();
  for (const scene of state.story.scenes) {
    const day = dateOf(scene.at);
    days.set(day, [...(days.get(day) || []), scene]);
  }
  fill(shown.list, [...days.values()].map((scenes) => dayOf(shown, scenes)));
}

function dayOf(shown, scenes) {
  const items = scenes.map((scene) => {
    const row = h("li", { class: "scene" });
    shown.rows.set(scene.n, row);
    return row;
  });
  return h("section", {}, h("h3", {}, dayInYear(scenes[0].at)), h("ol", {}, items));
}

/** A scene's row, drawn only when something about it has changed, so that the focus stays where it is. */
function drawScene(shown, scene, isNext) {
  const row = shown.rows.get(scene.n);
  const key = JSON.stringify([scene.state, scene.why, scene.tells, isNext, nameAndSeat(scene.who)]);
  if (row.dataset.key === key) return;
  row.dataset.key = key;
  row.className = `scene ${scene.state.replace(" ", "-")}`;
  if (isNext) row.setAttribute("aria-current", "step");
  else row.removeAttribute("aria-current");
  const who = h("p", { class: "scene-who" }, h("b", {}, timeOf(scene.at)), " ", nameAndSeat(scene.who));
  fill(row, who, h("p", {}, scene.tells), stateOf(scene, isNext), buttonsOf(shown, scene, isNext));
}

function stateOf(scene, isNext) {
  const [mark, words] = STATES[scene.state] || ["?", scene.state];
  const why = scene.why ? `: ${scene.why}` : "";
  const sign = h("span", { "aria-hidden": "true" }, mark, " ");
  return h("p", { class: "scene-state" }, sign, isNext ? "Next" : words, why);
}

function buttonsOf(shown, scene, isNext) {
  const button = (label, todo) => {
    const about = h("span", { class: "unseen" }, `: ${scene.tells}`);
    return h("button", { type: "button", on: { click: () => tried(shown, todo) } }, label, about);
  };
  if (isNext) {
    const mine = button("Do it myself", () => doMyself(scene));
    return h("div", { class: "scene-buttons" }, button("Play this", () => tellStory("next")), mine);
  }
  const toHere = button("Play to here", () => tellStory("to", scene.at));
  return scene.state === "to come" ? h("div", { class: "scene-buttons" }, toHere) : null;
}

async function tried(shown, todo) {
  shown.problem = "";
  try {
    await todo();
  } catch (refused) {
    shown.problem = refused.message;
  }
  if (state.story) drawHead(shown);
}
