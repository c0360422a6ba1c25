"""Pressing and choosing: buttons, menus, pickers and boxes in modals, messages and home tabs."""

from __future__ import annotations

from typing import Any

from sandbox.blocks.objects import SELECT_OPTION, offered
from sandbox.blocks.rules import Items
from sandbox.blocks.values import STATEFUL, entry, initial_entry, value_of
from sandbox.blocks.walk import Found, interactive
from sandbox.people import payloads
from sandbox.people.choose import chosen, option
from sandbox.people.surface import CannotAct, Surface, of_view, open_view, surfaces
from sandbox.people.watch import Watch
from sandbox.slack import Slack
from sandbox.state import Json, User

NO_ANSWER = "a warning triangle: the app did not respond"
SUGGESTIONS_KEPT = 1000
EXTERNAL = ("external_select", "multi_external_select")


async def press(slack: Slack, user: User, action_id: str, given: Json) -> Json:
    """Press or choose. `given`: view, channel, ts, home, block_id, value, and raw chosen fields."""
    surface, found = locate(slack, user, action_id, given)
    value = given.get("value")
    if found.element["type"] in STATEFUL:
        value = given.get(STATEFUL[found.element["type"]].field, value)
    elif found.element["type"] == "overflow":
        value = given.get("selected_option", value)
    return await act(slack, user, surface, found, value)


def locate(slack: Slack, user: User, action_id: str, given: Json) -> tuple[Surface, Found]:
    """The element the person means. Raises CannotAct."""
    where = (given.get("view"), given.get("channel"), given.get("ts"), bool(given.get("home")))
    for surface in surfaces(slack, user.id, *where):
        found = surface.find(action_id, given.get("block_id"), given.get("value"))
        if found is not None:
            return surface, found
    raise CannotAct(f"{user.name} sees nothing called {action_id}")


async def act(slack: Slack, user: User, surface: Surface, found: Found, value: Any, *, quiet: bool = False) -> Json:
    """Keep the choice; tell the app unless it is an input that does not dispatch, or `quiet`ly typed and left."""
    watch = Watch(slack, user.id)
    with slack.world.observed(watch):
        fields = await _choice(slack, user, surface, found, value)
        if found.block["type"] == "input" and (quiet or not found.block["dispatch_action"]):
            return watch.outcome()
        action = payloads.action(slack, found.block, found.element, fields)
        payload = payloads.block_actions(slack, user, surface, action)
        ack = await slack.envelopes.deliver("interactive", payload, accepts=False)
    if ack.ok:
        return watch.outcome(ack.ms)
    return watch.timeout(NO_ANSWER) if ack.kind == "timeout" else watch.refused(f"{NO_ANSWER} ({ack.why})")


async def fill(slack: Slack, user: User, values: Json, view_id: str | None, *, quiet: bool = False) -> Json:
    """Put values into the open modal, by block_id; menus outside input blocks tell the app at once.

    A block with several elements takes {action_id: value}. Stops at the first thing that does not go through. `quiet`:
    inputs that dispatch do not, as text that was typed without Enter.
    """
    outcome = Watch(slack, user.id).outcome()
    for block_id, value in values.items():
        top = open_view(slack, user.id, view_id)
        for found, one in _meant(of_view(top), block_id, value):
            outcome = await act(slack, user, of_view(top), found, one, quiet=quiet)
            if outcome["kind"] in ("failed", "timeout"):
                return outcome
        top.touched = True
    return outcome


async def suggest(slack: Slack, user: User, block_id: str | None, action_id: str, typed: str, given: Json) -> Json:
    """Type into an external select; the outcome's `options` are what the person is offered."""
    surface, found = locate(slack, user, action_id, {**given, "block_id": block_id, "value": None})
    if found.element["type"] not in EXTERNAL:
        raise CannotAct(f"{action_id} does not ask the app for options")
    watch = Watch(slack, user.id)
    if len(typed) < found.element.get("min_query_length", 3):
        return {**watch.outcome(), "options": []}
    payload = payloads.block_suggestion(slack, user, surface, *found, typed)
    ack = await slack.envelopes.deliver("interactive", payload, accepts=True)
    if not ack.ok:
        return {**watch.timeout("no results: the app did not respond"), "options": []}
    options = _suggested(ack.payload)
    if options is None:
        return {**watch.refused("no results: the app's options are refused", ack.ms), "options": []}
    key = (user.id, found.block["block_id"], action_id)
    before = [one for one in slack.suggestions.get(key, []) if one not in options]  # what was chosen of them stands
    slack.suggestions[key] = (options + before)[:SUGGESTIONS_KEPT]
    return {**watch.outcome(ack.ms), "options": options}


def _meant(surface: Surface, block_id: str, value: Any) -> list[tuple[Found, Any]]:
    inside = [found for found in interactive(surface.blocks) if found.block["block_id"] == block_id]
    if not inside:
        raise CannotAct(f"the open modal has no block {block_id}")
    if len(inside) == 1 and not (isinstance(value, dict) and inside[0].element["action_id"] in value):
        return [(inside[0], value)]
    if not isinstance(value, dict):
        raise CannotAct(f"{block_id} has several elements; give a value for each action_id")
    by_id = {found.element["action_id"]: found for found in inside}
    unknown = set(value) - set(by_id)
    if unknown:
        raise CannotAct(f"{block_id} has no {', '.join(sorted(unknown))}")
    return [(by_id[action_id], one) for action_id, one in value.items()]


async def _choice(slack: Slack, user: User, surface: Surface, found: Found, value: Any) -> Json:
    element = found.element
    if element["type"] == "overflow":
        return {"selected_option": option(offered(element), value)}
    if element["type"] == "feedback_buttons":
        return _feedback(element, value)
    if element["type"] not in STATEFUL:
        return {}
    options = await _external(slack, user, surface, found, value) if element["type"] in EXTERNAL else None
    state = entry(element, chosen(slack, user.id, element, value, options))
    surface.values.setdefault(found.block["block_id"], {})[element["action_id"]] = state
    return state


def _feedback(element: Json, value: Any) -> Json:
    for side in ("positive_button", "negative_button"):
        if element[side]["value"] == value:
            return {"text": element[side]["text"], "value": value}
    raise CannotAct(f"there is no feedback {value!r}")


async def _external(slack: Slack, user: User, surface: Surface, found: Found, value: Any) -> list[Json]:
    """What an external select offers: its initial options, and what the app suggested (asked now if need be)."""
    key = (user.id, found.block["block_id"], found.element["action_id"])
    initial = value_of(initial_entry(found.element)) or []
    known = (initial if isinstance(initial, list) else [initial]) + slack.suggestions.get(key, [])
    wanted = [one for one in (value if isinstance(value, list) else [value]) if one is not None]
    for one in wanted:
        try:
            option(known, one)
        except CannotAct:
            view = surface.view.id if surface.view else None
            asked = await suggest(slack, user, found.block["block_id"], key[2], str(one), {"view": view})
            known += asked["options"]
    return known


def _suggested(payload: Any) -> list[Json] | None:
    if not isinstance(payload, dict):
        return None
    options = offered(payload)
    problems = list(Items(SELECT_OPTION, 0, 100).check(options, "/options"))
    return None if problems or not {"options", "option_groups"} & set(payload) else options
