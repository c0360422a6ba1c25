// Taking a part oneself: the story then leaves that person to whoever sits here, until they are given back.

import { h } from "../dom.js";
import { note, unnote } from "../notes.js";
import { hidePanel } from "../shell/panel.js";
import { tellStory } from "./passing.js";
import { on, person, state } from "../store.js";
import { settle, sitDownAs } from "../shell/way.js";

/** The people whom the story leaves to this page. */
export function taken() {
  return (state.story?.taken || []).map(person);
}

/** The story waits, and from now on leaves this person to whoever sits down as them. */
export async function takeChair(user) {
  await tellStory("take", user);
  if (window.matchMedia("(max-width: 45rem)").matches) hidePanel(); // it covers the conversation there
  await sitDownAs(user);
}

/** The story goes up to this scene and stops there: its person is ours. */
export async function doMyself(scene) {
  await takeChair(scene.who);
  await tellStory("next");
  showPart(scene);
  await sitDownAs(scene.who, "app");
  settle();
}

/** The story plays this person again. */
export function giveBack(user) {
  unnote("part");
  return tellStory("release", user);
}

/** The sentence to act by stays in sight until it is done, by hand or by the story. */
function showPart(scene) {
  const done = () => {
    unnote("part");
    settle();
  };
  const over = h("button", { type: "button", on: { click: done } }, "I have done it");
  note("part", `Your part as ${person(scene.who).name}: ${scene.tells}`, over);
  const end = on("story", () => {
    if (isAhead(scene)) return;
    unnote("part");
    end();
  });
}

function isAhead(scene) {
  const now = state.story?.scenes.find((one) => one.n === scene.n);
  return Boolean(now) && ["to come", "left"].includes(now.state);
}
