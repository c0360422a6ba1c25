// What lets time pass: asking the director of a story, or moving a story clock that nobody tells a story on.

import { act } from "../api.js";
import { askDay, question } from "./question.js";
import { state } from "../store.js";
import { dateOf, dayInYear, dayLater, hoursLater, momentOn } from "../when.js";

const MORNING = "09:00";
const DATE = /^\d{4}-\d\d-\d\d$/; // a date field also takes years of six digits

/** The buttons of a story. `first`: in a phone's row too, the others are in its menu. A phone leaves `rest` out. */
export const STORY = [
  { what: "play", first: true, face: playFace, act: playOrPause },
  { what: "event", first: true, point: "next", face: eventFace, act: () => tellStory("event") },
  { what: "day", face: dayFace, act: () => tellStory("day") },
  { what: "to", face: () => ({ words: "To a date…" }), act: toADate },
  { what: "again", face: () => ({ words: "Begin again" }), act: beginAgain },
];
/** The buttons of a story clock that nobody tells a story on. */
export const CLOCK = [
  { what: "hour", face: () => ({ words: "Next hour" }), act: () => advance(hoursLater(state.clock.now, 1)) },
  { what: "day", first: true, point: "next", face: dayFace, act: () => advance(dayLater(state.clock.now)) },
  { what: "to", face: () => ({ words: "To a date…" }), act: toADate },
];

/** Whether the story goes on by itself at the moment. */
export function isPlaying() {
  return ["playing", "catching_up"].includes(state.story?.state);
}

/** Ask the director of the story for something. Raises Refused. */
export function tellStory(what, to = null) {
  return act("story/ask", to === null ? { what } : { what, to });
}

function playFace() {
  return isPlaying() ? { mark: "❚❚", rest: " Pause" } : { mark: "▶", rest: " Play" };
}

function eventFace() {
  return { words: "Next", rest: " event" };
}

function dayFace() {
  return { words: "Next day" };
}

function playOrPause() {
  return tellStory(isPlaying() ? "pause" : "play");
}

function advance(to) {
  return act("clock/advance", { to, wait: 30 });
}

/** Whether the button can be pressed now. To pause is always possible while the story goes on. */
export function can(button) {
  if (!state.story) return true;
  if (button.what === "play") return isPlaying() || state.story.can.play;
  return Boolean(state.story.can[button.what]);
}

/** What comes back where nothing was asked, because the person thought better of it, is null or false. */
async function beginAgain() {
  const sentence = "Everything that was done by hand is forgotten, and the story starts on its first day.";
  return (await question("Begin the story again?", sentence, "Begin again")) && tellStory("again");
}

/** What going to this date would mean: {sentence, yes, refused, earlier}. */
function meaning(date) {
  const today = dateOf(state.clock.now);
  if (!DATE.test(date)) return { sentence: "Choose a day.", yes: "Go", refused: true };
  const day = dayInYear(momentOn(date, MORNING));
  if (date === today) return { sentence: `It is ${day} already.`, yes: "Go", refused: true };
  if (date > today) return { sentence: `You arrive on ${day} at ${MORNING}.`, yes: "Go" };
  if (!state.story) return { sentence: "This clock can't go back. Choose a later day.", yes: "Go", refused: true };
  const first = state.story.scenes[0]?.at;
  const tooEarly = first && date < dateOf(first);
  if (tooEarly) return { sentence: `The story begins on ${dayInYear(first)}.`, yes: "Go", refused: true };
  const sentence = `${day} is over. The story begins anew and plays up to that day.`;
  return { sentence, yes: "Begin anew…", earlier: true };
}

async function toADate() {
  const date = await askDay("To a date", dateOf(dayLater(state.clock.now)), meaning);
  if (date === null) return null;
  const sentence = "Everything that was done by hand is forgotten. The story begins anew and plays up to that day.";
  if (meaning(date).earlier && !(await question("Go back?", sentence, "Begin anew"))) return null;
  return state.story ? tellStory("to", momentOn(date, MORNING)) : advance(momentOn(date, MORNING));
}
