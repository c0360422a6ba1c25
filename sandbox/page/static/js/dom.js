// Elements made of text and attributes only: nothing that anybody typed is ever read as HTML.

const PROPERTIES = new Set(["value", "checked", "disabled", "selected", "indeterminate", "hidden", "htmlFor"]);

/** An element. `given`: attributes; `class`; `on` {event: listener}; `data` {name: value}; null and false are left out. */
export function h(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Puts these children in the place of all that were there. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

let lastId = 0;

/** An id that no other element has: to tie a label to its field. */
export function newId(prefix = "e") {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

/** Says something to people who use a screen reader, without moving their focus. */
export function announce(text, urgent = false) {
  const region = document.getElementById(urgent ? "said-at-once" : "said");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = text; });
}

/** The two live regions that announce() speaks through. */
export function voices() {
  return [
    h("div", { id: "said", class: "unseen", role: "status", "aria-live": "polite" }),
    h("div", { id: "said-at-once", class: "unseen", role: "alert", "aria-live": "assertive" }),
  ];
}
