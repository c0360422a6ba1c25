// One view of the stack. A form's host is {all() → forms, drop(form): it is gone, putAside(form)}.

import { act } from "../api.js";
import { focusField, patchBlocks, remember, renderBlocks, showErrors } from "./blocks.js";
import { announce, fill, h, newId } from "../dom.js";
import { keep, merged, untold, wereTold } from "./drafts.js";
import { busyWhile, sentence } from "./press.js";
import { state } from "../store.js";
import { words } from "./text.js";

const GONE = /^(no modal is open|that modal is not the one on top)/;

/** A form for a view. */
export function makeForm(view, host) {
  const form = { view, host, owner: state.me, leaving: false, serverErrors: JSON.stringify(view.errors || {}) };
  form.unsent = form.touched = Object.keys(untold(view)).length > 0;
  form.ctx = contextOf(form);
  form.blocks = renderBlocks(view.blocks, form.ctx);
  form.title = h("h2", { id: newId("modal"), tabindex: "-1" });
  form.banner = h("p", { class: "modal-banner", role: "alert", hidden: true });
  form.submit = h("button", { type: "button", class: "primary", on: { click: () => submit(form) } });
  form.cancel = h("button", { type: "button", on: { click: () => close(form) } });
  form.node = h(
    "div",
    { class: "modal-form", on: { keydown: (event) => onKey(form, event) } },
    head(form),
    form.banner,
    h("div", { class: "modal-body" }, form.blocks),
    foot(form),
  );
  dress(form);
  return form;
}

/** The view has changed (or may have): what was typed, the focus and the scroll stay. */
export function refreshForm(form, view) {
  const errors = JSON.stringify(view.errors || {});
  const other = view.callback_id !== form.view.callback_id || view.title?.text !== form.view.title?.text;
  form.view = view;
  form.ctx.values = merged(view);
  if (errors !== form.serverErrors) form.ctx.errors = { ...view.errors };
  form.serverErrors = errors;
  patchBlocks(form.blocks, view.blocks, form.ctx);
  showErrors(form.blocks, form.ctx.errors);
  dress(form);
  if (other) {
    form.blocks.parentElement.scrollTop = 0; // another step in the same view is read from its beginning
    if (form.node.contains(document.activeElement)) form.title.focus();
  }
  return form;
}

/** Cancel, Back, Esc; or with `all` the X. */
export async function close(form, all = false) {
  if (form.busy) return;
  const leaving = all || form.view.clear_on_close ? form.host.all() : [form];
  for (const one of leaving) one.unsent = false; // the person lets it go, as on Slack
  const outcome = await sent(form, form.cancel, "close", { user: form.owner, all });
  if (outcome.kind === "failed") warn(form, outcome);
}

function head(form) {
  const all = h(
    "button",
    { type: "button", class: "quiet", "aria-label": "Dismiss", on: { click: () => close(form, true) } },
    "✕",
  );
  return h("div", { class: "modal-head" }, form.title, all);
}

function foot(form) {
  const aside = h(
    "button",
    { type: "button", class: "quiet modal-aside", on: { click: () => form.host.putAside(form) } },
    "Set aside",
  );
  return h(
    "div",
    { class: "modal-foot" },
    h("p", { class: "modal-stamp soft" }, state.stamp),
    aside,
    form.cancel,
    form.submit,
  );
}

/** What may change with the view around its blocks. */
function dress({ view, title, submit: send, cancel, touched, blocks }) {
  blocks.parentElement.tabIndex = blocks.querySelector("a, button, input, textarea") ? -1 : 0; // so that keys scroll it
  fill(title, words(view.title));
  send.hidden = !view.submit;
  fill(send, words(view.submit));
  send.disabled = Boolean(view.submit_disabled && !touched);
  fill(cancel, words(view.close) || (view.previous_view_id ? "Back" : view.submit ? "Cancel" : "Close"));
}

function contextOf(form) {
  const put = (block, element, value, told) => {
    keep(form.view.id, block, element, value, told);
    const { values } = form.ctx;
    values[block.block_id] = { ...values[block.block_id], [element.action_id]: { type: element.type, value } };
    remember(form.blocks, block, form.ctx);
  };
  return {
    where: "modal",
    values: merged(form.view),
    errors: { ...form.view.errors },
    press: (block, element, choice) => press(form, block, element, choice),
    suggest: (block, element, typed) =>
      act("suggest", { ...here(form), block_id: block.block_id, action_id: element.action_id, typed }),
    chosen: (block, element, value) => put(block, element, value, true),
    changed: (block, element, value) => {
      put(block, element, value, false);
      form.unsent = form.touched = true;
      form.submit.disabled = false;
    },
  };
}

function here(form) {
  return { user: form.owner, view: form.view.id };
}

/** What was typed goes first: the app hears of a press with the whole form, as from Slack. */
async function press(form, block, element, choice) {
  const values = untold(form.view);
  if (Object.keys(values).length) {
    const filled = await act("fill", { ...here(form), values, quiet: true });
    if (filled.kind === "failed" || filled.kind === "timeout") return ended(form, filled) || filled;
    wereTold(form.view.id, values);
  }
  const where = { ...here(form), block_id: block.block_id, action_id: element.action_id };
  const outcome = await act("press", { ...where, value: choice });
  ended(form, outcome);
  return outcome;
}

async function submit(form) {
  if (form.busy || form.submit.disabled || !form.view.submit) return;
  const values = untold(form.view);
  form.ctx.errors = {};
  showErrors(form.blocks, {}); // what is still wrong comes anew, and is heard anew
  const outcome = await sent(form, form.submit, "submit", { ...here(form), values, quiet: true });
  if (outcome.kind !== "failed") wereTold(form.view.id, values);
  if (["done", "view", "message"].includes(outcome.kind)) {
    for (const one of outcome.view ? [form] : form.host.all()) one.unsent = false;
  } else if (outcome.kind === "errors") inError(form, outcome.errors);
  else warn(form, outcome);
}

/** One thing of this form at a time; a view that goes meanwhile goes with the person's knowledge. */
async function sent(form, button, what, body) {
  const leaving = [...form.host.all()];
  form.busy = true;
  form.banner.hidden = true;
  for (const one of leaving) one.leaving = true;
  try {
    return await busyWhile(button, act(what, body));
  } catch (refused) {
    return { kind: "failed", reason: refused.message };
  } finally {
    form.busy = false;
    for (const one of leaving) one.leaving = false;
  }
}

function inError(form, errors) {
  form.ctx.errors = { ...errors };
  form.serverErrors = JSON.stringify(errors); // an update of the view takes them away
  const first = showErrors(form.blocks, errors);
  if (first) focusField(first);
  const count = Object.keys(errors).length;
  announce(count === 1 ? "One field needs another look." : `${count} fields need another look.`, true);
}

function warn(form, outcome) {
  if (ended(form, outcome)) return;
  form.banner.textContent = sentence(outcome.reason);
  form.banner.hidden = false;
  form.banner.scrollIntoView({ block: "nearest" });
}

/** The server has no such modal any more: the form goes, and what was typed in it is handed over. */
function ended(form, outcome) {
  if (outcome.kind !== "failed" || !GONE.test(outcome.reason || "")) return null;
  if (form.host.all().includes(form)) form.host.drop(form);
  return outcome;
}

/** Enter in a field of one line submits, as does Ctrl+Enter anywhere. */
function onKey(form, event) {
  if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
  const oneLine = event.target.matches("input[type=text]:not([role=combobox])");
  if (!oneLine && !event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  submit(form);
}
