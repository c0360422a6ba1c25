// Dates and times in the browser's own fields: best for keyboards and phones.

import { after, named } from "./control.js";
import { fill, h } from "../dom.js";
import { dateOf, longDay, momentOn, timeOf, zone } from "../when.js";

const PAUSE = 700; // milliseconds: a date typed digit by digit is several dates until it is whole
const FIRST_YEAR = 1000; // earlier ones are years half typed

const KINDS = {
  datepicker: { type: "date", shown: (value) => value || "", read: (text) => text || null },
  timepicker: { type: "time", shown: (value) => value || "", read: (text) => text.slice(0, 5) || null },
  datetimepicker: {
    type: "datetime-local",
    shown: (seconds) => (seconds ? `${dateOf(seconds * 1000)}T${timeOf(seconds * 1000)}` : ""),
    read: (text) => (text ? Date.parse(momentOn(text.slice(0, 10), text.slice(11, 16))) / 1000 : null),
  },
};

/** datepicker, timepicker or datetimepicker as a control: {node, marks, show(value)}. */
export function picker(element, given) {
  const kind = KINDS[element.type];
  const field = h("input", { ...named(given), type: kind.type, class: "picker" });
  const inWords = h("span", { class: "soft" });
  const say = () => fill(inWords, spelled(element, field.value));
  let last = null;
  const show = (value) => {
    last = value ?? null;
    field.value = kind.shown(value);
    say();
  };
  const settle = after(PAUSE, () => {
    const value = kind.read(field.value);
    if (value === last || (kind.type !== "time" && field.value && !plausible(field.value))) return;
    last = value;
    given.emit(value);
  });
  show(given.held);
  field.addEventListener("input", () => {
    say();
    (given.atOnce ? settle : settle.now)();
  });
  field.addEventListener("blur", settle.now);
  return { node: h("span", { class: "picker-holder" }, field, inWords), marks: [field], show };
}

/** The day in words, since a browser may write 5 November as 11/05; whose clock is meant, where not the reader's. */
function spelled(element, text) {
  if (element.type === "timepicker") {
    const named = element.timezone;
    return named && named !== zone() ? `${named.replaceAll("_", " ")} time` : "";
  }
  return plausible(text) ? longDay(`${text.slice(0, 10)}T12:00:00Z`) : "";
}

function plausible(text) {
  return Number(text.slice(0, 4)) >= FIRST_YEAR;
}
