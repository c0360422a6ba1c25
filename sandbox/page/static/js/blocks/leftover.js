// What is left of a form: one that was set aside, one that is gone with something typed in it, one that never came.

import { h, newId } from "../dom.js";
import { asText } from "./drafts.js";
import { note, unnote } from "../notes.js";
import { words } from "./text.js";

/** The form that the person has set aside to use the page's tools: a note says so and brings it back. */
export const setAside = {
  root: null,
  get on() {
    return setAside.root !== null;
  },
  is: (view) => setAside.root === view.root_view_id,
  begin(view, back) {
    setAside.root = view.root_view_id;
    const again = () => {
      setAside.end();
      back();
    };
    const button = h("button", { type: "button", class: "primary", on: { click: again } }, "Go on with it");
    note("aside", `“${words(view.title)}” is set aside. What you typed stays.`, button);
    button.focus();
  },
  end() {
    if (setAside.root) unnote("aside");
    setAside.root = null;
  },
};

/** A modal is gone that held something not sent: say so, and hand over what was typed. */
export function goneWith(view, values) {
  const text = asText(view, values);
  const sentence = "This form is no longer open in the app, so it can't be sent.";
  if (!text) return notice(`“${words(view.title)}” has closed. ${sentence}`);
  const field = h("textarea", { readonly: true, rows: 6, "aria-label": "What you typed", value: text });
  const said = h("span", { class: "soft", role: "status" });
  const copy = async () => {
    field.select();
    const copied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    said.textContent = copied ? "Copied." : "Press Ctrl+C to copy.";
  };
  tell(
    `“${words(view.title)}” has closed`,
    [h("p", {}, `${sentence} What you typed is here:`), field],
    h("button", { type: "button", class: "primary", on: { click: copy } }, "Copy what I typed"),
    said,
  );
}

/** The app did not open a form in time, and the like: a notice to dismiss. */
export function openFailed(reason) {
  notice(reason || "The app did not respond.");
}

function tell(title, body, ...answers) {
  const id = newId("left");
  const box = h(
    "dialog",
    { class: "confirm", "aria-labelledby": id },
    h("h2", { id }, title),
    body,
    h(
      "div",
      { class: "confirm-answers" },
      answers,
      h("button", { type: "button", on: { click: () => box.close() } }, "Close"),
    ),
  );
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

function notice(text) {
  const box = h(
    "div",
    { class: "notice", popover: "manual", role: "alert" },
    h("p", {}, text),
    h("button", { type: "button", class: "quiet", "aria-label": "Dismiss", on: { click: () => box.remove() } }, "✕"),
  );
  document.body.append(box);
  box.showPopover(); // above a modal, too
}
