// A list that hangs at something: in the browser's top layer, so that no dialog or scrolling part cuts it off.

const ROOM = 220; // with less than this beneath, it opens upwards if there is more room above
const EDGE = 8;

/** Show `popup` (popover="manual") at `anchor`; gives a function that hides it. */
export function hang(popup, anchor, least = 0) {
  const place = () => setAt(popup, anchor, least);
  popup.showPopover();
  place();
  window.addEventListener("scroll", place, true);
  window.addEventListener("resize", place);
  return () => {
    window.removeEventListener("scroll", place, true);
    window.removeEventListener("resize", place);
    if (popup.isConnected && popup.matches(":popover-open")) popup.hidePopover();
  };
}

function setAt(popup, anchor, least) {
  const at = anchor.getBoundingClientRect();
  const wide = document.documentElement.clientWidth;
  const high = window.innerHeight;
  const width = Math.min(Math.max(at.width, least), wide - 2 * EDGE);
  const beneath = high - at.bottom - EDGE;
  const upwards = beneath < ROOM && at.top > beneath;
  const style = popup.style;
  style.width = `${width}px`;
  style.left = `${Math.max(EDGE, Math.min(at.left, wide - width - EDGE))}px`;
  style.top = upwards ? "auto" : `${at.bottom + 4}px`;
  style.bottom = upwards ? `${high - at.top + 4}px` : "auto";
  style.maxHeight = `${Math.max(96, Math.min(352, upwards ? at.top - 2 * EDGE : beneath - EDGE))}px`;
}
