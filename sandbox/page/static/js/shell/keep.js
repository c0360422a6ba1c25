// What is drawn anew keeps the focus where it was.

const CAN_STAND = "a, button, input, select, textarea, summary, [tabindex]";

/** What an element is, is called and says: what it is known by when it was drawn anew. */
function looks(element) {
  return [element.tagName, element.name, element.type, element.getAttribute("aria-label"), element.textContent].join(
    "|",
  );
}

/**
 * Draw what is in `element` by `draw()`, which may give the element that has come in its place; whoever stood on
 * something in it stands on the same afterwards: by its `data-key`, else on what looks like it, else on the whole.
 */
export function keepFocus(element, draw) {
  const stood = document.activeElement;
  if (stood === element || !element.contains(stood)) return void draw();
  const now = draw() || element;
  if (stood.isConnected) return;
  const all = [...now.querySelectorAll(CAN_STAND)];
  const byKey = stood.dataset.key === undefined ? null : all.find((one) => one.dataset.key === stood.dataset.key);
  const whole = now.closest("[tabindex]") || document.getElementById("place-title");
  (byKey || all.find((one) => looks(one) === looks(stood)) || whole)?.focus({ preventScroll: true });
}

/** Up, Down, Home and End move the focus between the elements that `selector` finds. */
export function arrowKeys(element, selector) {
  element.addEventListener("keydown", (event) => {
    const all = [...element.querySelectorAll(selector)];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    all[(to + all.length) % all.length].focus();
  });
}
