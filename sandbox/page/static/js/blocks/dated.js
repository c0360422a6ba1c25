// Slack's date tokens: {date_short_pretty} and its kin, in the reader's zone.

import { state } from "../store.js";
import { dateOf, dayLater, longDay, secondOf, timeOf, zone } from "../when.js";

const made = new Map();

function inWords(ms, style) {
  const key = zone() + JSON.stringify(style);
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone(), ...style }));
  return made.get(key).format(ms);
}

const today = () => state.clock?.now || new Date().toISOString();
const near = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });
const STEPS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "yesterday", "today" or "tomorrow", or what the other form says. */
function pretty(ms, otherwise) {
  const now = today();
  if (dateOf(ms) === dateOf(now)) return "today";
  if (dateOf(ms) === dateOf(dayLater(now))) return "tomorrow";
  return dateOf(dayLater(ms)) === dateOf(now) ? "yesterday" : otherwise(ms);
}

function ago(ms) {
  const seconds = (ms - new Date(today()).getTime()) / 1000;
  const [unit, length] = STEPS.find(([, one]) => Math.abs(seconds) >= one) || ["second", 1];
  return near.format(Math.trunc(seconds / length), unit);
}

const date = (ms) => inWords(ms, { day: "numeric", month: "long", year: "numeric" });
const short = (ms) => inWords(ms, { day: "numeric", month: "short", year: "numeric" });

const FORMS = {
  __proto__: null,
  date,
  date_num: dateOf,
  date_slash: (ms) => inWords(ms, { day: "2-digit", month: "2-digit", year: "numeric" }),
  date_short: short,
  date_long: longDay,
  date_long_full: longDay,
  date_pretty: (ms) => pretty(ms, date),
  date_short_pretty: (ms) => pretty(ms, short),
  date_long_pretty: (ms) => pretty(ms, longDay),
  day_divider_pretty: (ms) => pretty(ms, longDay),
  time: timeOf,
  time_secs: secondOf,
  ago,
};

/** A moment (Unix seconds) in a format such as "{date_short} at {time}"; null if it is no moment. */
export function dated(seconds, format) {
  const ms = seconds * 1000;
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return null;
  const text = format.replace(/\{(\w+)\}/g, (token, name) => (FORMS[name] ? FORMS[name](ms) : token));
  return format.startsWith("{") ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
