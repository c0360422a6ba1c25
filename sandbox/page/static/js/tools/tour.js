// A first visit explains itself: a few cards that point at things, for each seat, and never in the way.

import { h, newId } from "../dom.js";
import { showLive } from "./livepanel.js";
import { isNoted, note, unnote } from "../notes.js";
import { hidePanel } from "../shell/panel.js";
import { tellStory } from "./passing.js";
import { seatOf } from "../shell/people.js";
import { goTo, on, person, state } from "../store.js";
import { place, pointed, ring } from "./tourplace.js";
import { remember, resumeAt, wasAt, wasSeen } from "./tourseen.js";
import { settle, sitDownAs } from "../shell/way.js";
import { dateOf, dayInYear } from "../when.js";

const MOST_STEPS = 5;
const PAGE = {
  seat: "",
  title: "This practice workspace",
  steps: [
    {
      title: "Be anyone",
      text: "Here you choose whose screen you look at. Everybody sees only what they may see.",
      point: "people",
    },
    {
      title: "Be any day",
      text: "This is the day in the workspace. Where time stands still, the buttons beside it let it pass.",
      point: "day",
    },
    {
      title: "Try anything",
      text: "Write here, or type / to see the app's commands. Nothing leaves this computer.",
      where: "app",
      point: "composer",
    },
  ],
};

let running = null; // {tour, at, card, around, opener}

/** Offer the tour of this person's seat, once; and again when a seat is taken that has not been shown. */
export async function offer() {
  for (const kind of ["me", "programme"]) on(kind, offerNow);
  const left = wasAt();
  if (left && allTours().some((one) => one.seat === left.seat && one.steps[left.at])) return start(left.seat, left.at);
  return offerNow();
}

/** "Show me round" in the Tools menu: this seat's tour at once, or a choice where there are several. */
export function open() {
  const tours = allTours();
  if (tours.length === 1) return start(tours[0].seat);
  const buttons = tours.map((tour) => {
    const button = h("button", { type: "button", on: { click: () => start(tour.seat) } }, tour.seat || tour.title);
    const about = `${tour.seat ? tour.title : ""}${wasSeen(tour.seat) ? " Seen." : ""}`;
    return h("li", {}, button, h("p", { class: "soft" }, about));
  });
  const intro = h("p", {}, `Each takes ${MOST_STEPS} steps at most. Choose a seat.`);
  const list = h("ul", { class: "presets" }, buttons);
  return showLive("Show me round", h("div", { class: "tool" }, intro, list), [], null);
}

/** Begin the tour of a seat, from that seat's chair. */
export async function start(seat, at = 0) {
  const tour = allTours().find((one) => one.seat === seat) || PAGE;
  const opener = document.activeElement;
  end(false);
  hidePanel();
  if (tour.user && tour.user !== state.me) await sitDownAs(tour.user);
  unnote("tour");
  const card = h("section", { class: "tour-card", role: "dialog" });
  running = { tour, at: 0, opener, card, around: ring() };
  document.body.append(running.around, card);
  document.addEventListener("keydown", onKey);
  step(at);
  follow(running);
}

function allTours() {
  const given = (state.programme?.tours || []).filter((tour) => tour.steps?.length);
  return given.length ? [...given].sort((one, other) => isMine(other) - isMine(one)) : [PAGE];
}

/** Whether the tour shows this person's work: "Representative" is for every representative. */
function isMine(tour) {
  return tour.user === state.me || Boolean(tour.seat && seatOf(state.me).startsWith(tour.seat));
}

function offerNow() {
  unnote("tour");
  const given = state.programme?.tours || [];
  const tour = given.length ? given.find(isMine) : PAGE;
  if (running || !tour || wasSeen(tour.seat) || isNoted("part")) return;
  const { seat } = tour;
  const steps = Math.min(tour.steps.length, MOST_STEPS);
  const who = seat ? `You are ${person(state.me).name}, ${seatOf(state.me)}. ` : "";
  const refuse = () => {
    remember(seat);
    unnote("tour");
    settle();
  };
  const no = h("button", { type: "button", on: { click: refuse } }, "No, thank you");
  const yes = h("button", { type: "button", class: "primary", on: { click: () => start(seat) } }, "Show me round");
  const as = tour.user && tour.user !== state.me ? ` As ${person(tour.user).name}, ${seatOf(tour.user)}.` : "";
  note("tour", `${who}Shall the page show you round? ${steps} steps.${as}`, no, yes);
}

function step(at) {
  const { tour, card } = running;
  const steps = tour.steps.slice(0, MOST_STEPS);
  const now = steps[at];
  running.at = at;
  if (now.where && now.where !== state.where) goTo(now.where);
  const title = h("h2", { id: newId("tour"), tabindex: "-1" }, now.title);
  const button = (label, go, kind = null) => h("button", { type: "button", class: kind, on: { click: go } }, label);
  const isLast = at === steps.length - 1;
  const row = h("div", { class: "tour-buttons" }, h("span", { class: "soft" }, `${at + 1} of ${steps.length}`));
  row.append(button("End", () => end()));
  if (at > 0) row.append(button("Back", () => step(at - 1)));
  row.append(isLast ? button("Done", () => end(), "primary") : button("Next", () => step(at + 1), "primary"));
  card.setAttribute("aria-labelledby", title.id);
  const there = goThere(now);
  running.awaited = there && now.to;
  card.replaceChildren(title, h("p", {}, now.text), there || "", row);
  const target = pointed(now.point);
  target?.scrollIntoView({ block: "nearest" });
  arrange();
  title.focus({ preventScroll: true });
}

/** A step that belongs to a day of the story: how to get there, unless it is that day. */
function goThere(now) {
  if (!now.to || !state.story || dateOf(now.to) === dateOf(state.clock.now)) return null;
  const day = dayInYear(now.to);
  const earlier = Date.parse(now.to) < Date.parse(state.clock.now);
  const words = earlier ? `Begin the story again and play up to ${day}` : `Play the story up to ${day}`;
  const go = async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    button.textContent = `Playing up to ${day}…`;
    resumeAt(earlier ? { seat: running.tour.seat, at: running.at } : null); // the page is loaded anew then
    await tellStory("to", now.to);
  };
  return h("p", {}, h("button", { type: "button", on: { click: go } }, words));
}

/** Things move: the place is drawn, the window changes. The card goes along for as long as there is one. */
function follow(mine) {
  if (!mine || running !== mine) return;
  if (mine.awaited && dateOf(mine.awaited) === dateOf(state.clock.now)) {
    step(mine.at);
  }
  arrange();
  setTimeout(() => follow(mine), 200);
}

function arrange() {
  const { tour, at, card, around } = running;
  place(card, around, pointed(tour.steps[at].point));
}

function onKey(event) {
  if (event.key !== "Escape" || event.defaultPrevented || !running) return;
  const elsewhere = document.activeElement?.closest("dialog, [aria-modal='true'], #panel");
  if (elsewhere) return; // what is open there closes first
  event.preventDefault();
  end();
}

function end(giveBack = true) {
  if (!running) return;
  const { tour, card, around, opener } = running;
  running = null;
  document.removeEventListener("keydown", onKey);
  card.remove();
  around.remove();
  remember(tour.seat);
  if (!giveBack) return;
  if (opener?.isConnected && opener !== document.body && opener.checkVisibility?.()) opener.focus();
  else settle();
}
