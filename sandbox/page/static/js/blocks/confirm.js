// The confirm dialog that an app puts before a button, a menu or a box.

import { h, newId } from "../dom.js";
import { plain, words } from "./text.js";

/** Ask what a confirm object asks; the promise gives whether the person said yes. The browser gives the focus back. */
export function confirmed(asked) {
  return new Promise((resolve) => {
    const box = drawn(asked, (answer) => {
      resolve(answer);
      box.close();
    });
    box.addEventListener("cancel", () => resolve(false)); // at once: the next key may press the button again
    box.addEventListener("close", () => box.remove());
    document.body.append(box);
    box.showModal();
  });
}

function drawn(asked, end) {
  const title = h("h2", { id: newId("confirm") }, words(asked.title));
  const body = h("div", { id: newId("confirm"), class: "mrkdwn" }, plain(asked.text));
  const style = asked.style === "danger" ? "primary danger" : "primary";
  const no = h("button", { type: "button", on: { click: () => end(false) } }, words(asked.deny));
  const yes = h("button", { type: "button", class: style, on: { click: () => end(true) } }, words(asked.confirm));
  const about = { "aria-labelledby": title.id, "aria-describedby": body.id };
  return h("dialog", { class: "confirm", ...about }, title, body, h("div", { class: "confirm-answers" }, no, yes));
}
