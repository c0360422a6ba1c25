// The stack of modals: one dialog, a form for each view, the top one shown over its parent.

import { h } from "../dom.js";
import { forget } from "./drafts.js";
import { close, makeForm, refreshForm } from "./form.js";
import { goneWith, setAside } from "./leftover.js";
import { state } from "../store.js";

export { openFailed } from "./leftover.js";

let dialog = null;
let forms = []; // of the person whose screen this is, the root first

const host = {
  all: () => forms,
  drop(form) {
    goneWith(form.view, form.ctx.values);
    forms = forms.filter((one) => one !== form);
    forget(form.view.id);
    if (forms.length) show(form);
    else shut();
  },
  /** The form goes from sight, not from the server: so that the tools of the page can be used meanwhile. */
  putAside(form) {
    dialog.close();
    setAside.begin(form.view, () => {
      dialog.showModal();
      stand(forms.at(-1));
    });
  },
};

/** Draw state.stack: new views come on top, changed ones keep what was typed, those that are gone go. */
export function showStack() {
  const mine = forms.filter((form) => form.owner === state.me);
  const open = new Set(state.stack.map((view) => view.id));
  const before = forms.at(-1) || null;
  forms = state.stack.map((view) => {
    const there = mine.find((form) => form.view.id === view.id);
    return there ? refreshForm(there, view) : makeForm(view, host);
  });
  if (forms.length) show(before);
  else shut();
  for (const form of mine) if (!open.has(form.view.id)) leave(form);
}

function leave(form) {
  if (form.unsent && !form.leaving) goneWith(form.view, form.ctx.values);
  forget(form.view.id);
}

function show(before) {
  const form = forms.at(-1);
  dialog ||= makeDialog();
  if (before && before !== form && before.node.contains(document.activeElement)) before.stood = document.activeElement;
  const nodes = forms.map((one) => one.node);
  for (const node of [...dialog.children]) if (!nodes.includes(node)) node.remove();
  for (const node of nodes) if (!node.isConnected) dialog.append(node);
  for (const one of forms) one.node.hidden = one !== form;
  dialog.setAttribute("aria-labelledby", form.title.id);
  const wasOpen = dialog.open;
  if (setAside.on && !setAside.is(form.view)) setAside.end();
  if (!wasOpen && !setAside.on) dialog.showModal();
  if (dialog.open && (!wasOpen || before !== form)) stand(form);
}

/** Where the focus begins, or goes on. */
function stand(form) {
  const wanted = form.view.blocks.find((block) =>
    [block.element, block.accessory, ...(block.elements || [])].some((one) => one?.focus_on_load),
  );
  const field =
    wanted &&
    form.blocks.querySelector(`.block[data-block="${CSS.escape(wanted.block_id)}"] :is(input, textarea, button)`);
  const stood = form.stood?.isConnected ? form.stood : null;
  (stood || field || form.title).focus();
}

function shut() {
  setAside.end();
  if (!dialog) return;
  dialog.close(); // the browser gives the focus back to where it was before
  dialog.replaceChildren();
}

function makeDialog() {
  const made = h("dialog", { class: "modal" });
  const cancel = (event) => {
    event.preventDefault();
    const form = forms.at(-1);
    if (form) close(form);
  };
  made.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) cancel(event);
  });
  made.addEventListener("cancel", (event) => {
    if (event.target === made) cancel(event);
  }); // a phone's Back
  document.body.append(made);
  return made;
}
