// A panel that is kept true while it is shown.

import { showPanel } from "../shell/panel.js";
import { on } from "../store.js";

/** Show an element in the panel and call `draw(event)` on these kinds of event for as long; then `gone()`. */
export function showLive(title, element, kinds, draw, gone = null) {
  const ends = kinds.map((kind) => on(kind, draw));
  showPanel(title, element, () => {
    for (const end of ends) end();
    gone?.();
  });
}
