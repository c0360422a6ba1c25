// Two small dialogs of the page itself: a question with yes and no, and a question for a day.

import { fill, h, newId } from "../dom.js";

function dialog(title, body, answers, onSend) {
  const heading = newId("question");
  const form = h("form", { on: { submit: (event) => { event.preventDefault(); onSend(); } } }, body, answers);
  const box = h("dialog", { class: "question", "aria-labelledby": heading }, h("h2", { id: heading }, title), form);
  document.body.append(box);
  box.showModal(); // the browser keeps the focus inside, closes on Esc and gives the focus back
  return box;
}

function answers(yes, onNo) {
  const label = h("span", {}, yes);
  const no = h("button", { type: "button", on: { click: onNo } }, "Cancel");
  return [label, h("div", { class: "question-answers" }, no, h("button", { type: "submit", class: "primary" }, label))];
}

/** Ask; the promise gives whether the answer was `yes`. */
export function question(title, sentence, yes) {
  return new Promise((resolve) => {
    let said = false;
    const [, row] = answers(yes, () => box.close());
    const box = dialog(title, h("p", {}, sentence), row, () => { said = true; box.close(); });
    box.addEventListener("close", () => { box.remove(); resolve(said); });
  });
}

/** Ask for a day. `check(date)` → {sentence, yes, refused}: what it would mean. Promises "2026-10-01" or null. */
export function askDay(title, day, check) {
  return new Promise((resolve) => {
    let chosen = null;
    const note = h("p", { id: newId("note"), class: "question-note", role: "status" });
    const given = { type: "date", id: newId("day"), value: day, required: true, "aria-describedby": note.id };
    const field = h("input", given);
    const [label, row] = answers("Go", () => box.close());
    const meaning = () => check(field.value);
    const show = () => {
      const found = meaning();
      fill(note, found.sentence);
      fill(label, found.yes);
    };
    const send = () => {
      if (meaning().refused) return field.focus();
      chosen = field.value;
      box.close();
    };
    field.addEventListener("input", show);
    show();
    const box = dialog(title, [h("label", { for: field.id }, "Which day?"), field, note], row, send);
    box.addEventListener("close", () => { box.remove(); resolve(chosen); });
  });
}
