// Menus: one or several of given options, of what the app suggests, of people or of conversations.

import { combobox } from "./combobox.js";
import { sentence } from "./press.js";
import { person, place, state } from "../store.js";
import { words } from "./text.js";

const PAUSE = 250; // milliseconds without typing before the app is asked

/** Any of the select elements as a control: {node, marks, show(value)}. */
export function menu(element, given) {
  const multi = element.type.startsWith("multi_");
  const { placeholder, item, find, wait } = SOURCES[element.type.replace("multi_", "")](element, given);
  const items = (value) => listed(value).map(item);
  const emit = (held) => given.emit(multi ? held.map((one) => one.raw) : (held[0]?.raw ?? null));
  const late = multi && given.atOnce; // several are told together, when the list closes
  let last = items(given.held);
  const changed = (held) => {
    last = held;
    if (!late) emit(held);
  };
  const closed = () => {
    if (late) emit(last);
  };
  const shown = words(element.placeholder) || placeholder;
  const box = combobox({ ...given, multi, placeholder: shown, held: last, find, wait, changed, closed });
  return { ...box, show: (value) => box.show(items(value)) };
}

function listed(value) {
  return [value].flat().filter((one) => one !== null && one !== undefined && one !== "");
}

const SOURCES = {
  static_select: (element) => ({
    placeholder: "Select an option",
    item: optionItem,
    find: (typed) => ({ groups: filtered(groupsOf(element), typed) }),
  }),
  external_select: (element, given) => ({
    placeholder: "Type to search",
    item: optionItem,
    wait: PAUSE,
    find: (typed, say) => asked(element, given, typed, say),
  }),
  users_select: () => ({
    placeholder: "Select a user",
    item: personItem,
    find: (typed) => ({ groups: filtered([{ items: peopleHere() }], typed) }),
  }),
  conversations_select: (element) => ({
    placeholder: "Select a conversation",
    item: placeItem,
    find: (typed) => ({ groups: filtered([{ items: placesHere(element) }], typed) }),
  }),
  channels_select: () => ({
    placeholder: "Select a channel",
    item: placeItem,
    find: (typed) => ({ groups: filtered([{ items: placesHere({ filter: { include: ["public"] } }) }], typed) }),
  }),
};

function optionItem(option) {
  const text = words(option.text);
  return { key: `${option.value}\n${text}`, text, description: words(option.description), raw: option };
}

function groupsOf({ options, option_groups: groups }) {
  if (!groups?.length) return [{ items: (options || []).map(optionItem) }];
  return groups.map((group) => ({ label: words(group.label), items: group.options.map(optionItem) }));
}

function filtered(groups, typed) {
  const wanted = typed.trim().toLocaleLowerCase();
  const fits = (item) => `${item.text} ${item.description || ""}`.toLocaleLowerCase().includes(wanted);
  return groups.map((group) => ({ ...group, items: group.items.filter(fits) })).filter((group) => group.items.length);
}

/** The app is asked once enough is typed; its answer is shown as it is. */
async function asked(element, given, typed, say) {
  const least = element.min_query_length ?? 3;
  if (typed.length < least)
    return { groups: [], note: `Type ${least === 1 ? "a letter" : `${least} or more letters`} to search` };
  say("Loading…");
  try {
    const answer = await given.suggest(typed);
    const failed = answer.kind === "timeout" || answer.kind === "failed";
    return { groups: groupsOf(answer), note: failed ? `No results. ${sentence(answer.reason)}` : "" };
  } catch (refused) {
    return { groups: [], note: `No results. ${refused.message}` };
  }
}

function personItem(id) {
  const one = person(id);
  return { key: id, text: one.name, description: one.title, raw: id };
}

function peopleHere() {
  const here = state.people.filter((one) => !one.deleted).map((one) => personItem(one.id));
  return here.sort((one, other) => one.text.localeCompare(other.text, "en-GB"));
}

function placeItem(id) {
  const here = place(id);
  if (!here) return { key: id, text: id, raw: id };
  const text = here.kind === "im" ? person(here.with).name : `${here.kind === "private" ? "🔒" : "#"} ${here.name}`;
  return { key: id, text, description: here.kind === "im" ? "direct message" : "", raw: id };
}

function placesHere({ filter = {} }) {
  const { include, exclude_bot_users: noBots } = filter;
  const fits = (one) => !one.archived && (!include || include.includes(one.kind));
  const withBot = (one) => one.kind === "im" && (person(one.with).is_bot || one.with === state.app?.user_id);
  return state.places.filter((one) => fits(one) && !(noBots && withBot(one))).map((one) => placeItem(one.id));
}
