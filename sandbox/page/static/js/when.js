// Days and times in words, as the clock on the wall of whoever looks at the screen has them.

import { person, state } from "./store.js";

const made = new Map();

/** The time zone of the person whose screen this is. */
export function zone() {
  return person(state.me).tz || "Europe/London";
}

function inWords(iso, style) {
  const key = zone() + JSON.stringify(style);
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone(), ...style }));
  return made.get(key).format(new Date(iso)).replaceAll(",", "");
}

/** "Thursday 1 October 2026" */
export function longDay(iso) {
  return inWords(iso, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

/** "Thursday 1 October" */
export function dayInYear(iso) {
  return inWords(iso, { weekday: "long", day: "numeric", month: "long" });
}

/** "Thu 1 Oct" */
export function shortDay(iso) {
  return inWords(iso, { weekday: "short", day: "numeric", month: "short" });
}

/** "09:30" */
export function timeOf(iso) {
  return inWords(iso, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** "09:30:07" */
export function secondOf(iso) {
  return inWords(iso, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
}

/** "2026-10-01", the day it is there: to compare, and for a date field. */
export function dateOf(iso) {
  const [day, month, year] = inWords(iso, { day: "2-digit", month: "2-digit", year: "numeric" }).split("/");
  return `${year}-${month}-${day}`;
}

/** A date and a time on the wall as ISO with the offset that the wall has on that day. */
export function momentOn(date, time) {
  const offset = inWords(`${date}T${time}:00Z`, { timeZoneName: "longOffset" }).match(/[+-]\d\d:\d\d/);
  return `${date}T${time}:00${offset ? offset[0] : "+00:00"}`;
}

/** The moment so many hours later, as ISO. */
export function hoursLater(iso, hours) {
  return new Date(new Date(iso).getTime() + hours * 3_600_000).toISOString();
}

/** The day after, at the same time on the wall (a day is 23 or 25 hours long when the clocks change). */
export function dayLater(iso) {
  const tomorrow = new Date(`${dateOf(iso)}T12:00:00Z`);
  tomorrow.setUTCDate(tomorrow.getUTCDate() + 1);
  return momentOn(tomorrow.toISOString().slice(0, 10), timeOf(iso));
}
