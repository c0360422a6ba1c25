"""Modals and home tabs: a stack of at most three for each person, hashes, what they have typed."""

from __future__ import annotations

from typing import Any

from sandbox.blocks import check_view, normal_view, view_too_large
from sandbox.blocks.values import STATEFUL, carried_over, entry
from sandbox.blocks.walk import interactive
from sandbox.errors import SlackError, invalid_arguments
from sandbox.slack import Slack
from sandbox.state import Change, Json, View
from sandbox.strict import read_json

DEPTH = 3


def read_view(given: Any, kind: str | None = None) -> Json:
    """A view in a call's arguments, checked. Raises invalid_arguments or view_too_large."""
    if isinstance(given, str):
        try:
            given = read_json(given)
        except ValueError:
            raise invalid_arguments("must provide an object [json-pointer:/view]") from None
    if given is None:
        raise invalid_arguments("missing required field: view [json-pointer:/view]")
    if isinstance(given, dict) and view_too_large(given):
        raise SlackError("view_too_large")
    problems = [str(problem) for problem in check_view(given)]
    if not problems and kind is not None and given["type"] != kind:
        problems = [f"unsupported type: {given['type']} [json-pointer:/view/type]"]
    if problems:
        raise invalid_arguments(*problems)
    view: Json = given
    return view


def open_modal(slack: Slack, user: str, given: Json, channel: str | None = None) -> View:
    """A new root for the person; a stack that was open before is gone, without view_closed.

    `channel`: where the person is, for menus that start with the current conversation.
    """
    _external_id_is_free(slack, given, None)
    clear(slack, user)
    view = _stack_up(slack, user, given)
    if channel is not None:
        _start_with(view, channel)
    return view


def push(slack: Slack, user: str, given: Json) -> View:
    """A modal on top of the person's stack. Raises push_limit_reached beyond three, not_found without a stack."""
    stack = slack.world.stack(user)
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= DEPTH:
        raise SlackError("push_limit_reached")
    _external_id_is_free(slack, given, None)
    return _stack_up(slack, user, given)


def update(slack: Slack, view: View, given: Json, expected_hash: str | None = None) -> View:
    """New content for a view. Raises hash_conflict if `expected_hash` is not its present one."""
    if expected_hash and expected_hash != view.hash:
        raise SlackError("hash_conflict")
    _external_id_is_free(slack, given, view)
    view.content = normal_view(given, slack.ids)
    view.values = carried_over(view.blocks, view.values)
    view.errors = {}
    view.hash = _new_hash(slack)
    slack.world.tell(Change("home" if view.type == "home" else "view_updated", user=view.user, view=view))
    return view


def publish(slack: Slack, user: str, given: Json, expected_hash: str | None = None) -> View:
    """The person's home tab."""
    home = slack.world.homes.get(user)
    if home is not None:
        return update(slack, home, given, expected_hash)
    _external_id_is_free(slack, given, None)
    home = _new_view(slack, user, given, None)
    slack.world.homes[user] = home
    slack.world.tell(Change("home", user=user, view=home))
    return home


def remove(slack: Slack, view: View) -> None:
    """Take one modal out of its stack."""
    stack = slack.world.stacks.get(view.user, [])
    if view.id in stack:
        stack.remove(view.id)
        slack.world.views.pop(view.id, None)
        slack.world.tell(Change("view_closed", user=view.user, view=view))


def clear(slack: Slack, user: str) -> None:
    """Close all of the person's modals, the top one first."""
    for view in reversed(slack.world.stack(user)):
        remove(slack, view)


def find(slack: Slack, view_id: str | None, external_id: str | None) -> View:
    """An open modal or a home by either id. Raises not_found, or invalid_arguments with neither."""
    if not view_id and not external_id:
        raise invalid_arguments("must provide view_id or external_id [json-pointer:/view_id]")
    for view in (*slack.world.views.values(), *slack.world.homes.values()):
        if view.id == view_id or (external_id and view.content["external_id"] == external_id):
            return view
    raise SlackError("not_found")


def show(slack: Slack, view: View) -> Json:
    """The view as answers and payloads carry it."""
    bot = slack.installation
    return {
        "id": view.id,
        "team_id": bot.team_id,
        **view.content,
        "state": {"values": {block: dict(entries) for block, entries in view.values.items()}},
        "hash": view.hash,
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": bot.app_id,
        "app_installed_team_id": bot.team_id,
        "bot_id": bot.bot_id,
    }


def _stack_up(slack: Slack, user: str, given: Json) -> View:
    below = slack.world.top(user)
    view = _new_view(slack, user, given, below)
    slack.world.views[view.id] = view
    slack.world.stacks.setdefault(user, []).append(view.id)
    slack.world.tell(Change("view_opened", user=user, view=view))
    return view


def _new_view(slack: Slack, user: str, given: Json, below: View | None) -> View:
    view_id = slack.ids.new("V")
    content = normal_view(given, slack.ids)
    root = below.root_id if below else view_id
    view = View(view_id, user, content, _new_hash(slack), root, below.id if below else None)
    view.values = carried_over(view.blocks, {})
    return view


def _new_hash(slack: Slack) -> str:
    return f"{int(slack.clock.epoch())}.{slack.ids.hex(8)}"


def _start_with(view: View, channel: str) -> None:
    for block, element in interactive(view.blocks):
        if element.get("default_to_current_conversation"):
            chosen = [channel] if STATEFUL[element["type"]].many else channel
            view.values[block["block_id"]][element["action_id"]] = entry(element, chosen)


def _external_id_is_free(slack: Slack, given: Json, but: View | None) -> None:
    external_id = given.get("external_id")
    if not external_id:
        return
    for view in (*slack.world.views.values(), *slack.world.homes.values()):
        if view is not but and view.content["external_id"] == external_id:
            raise SlackError("duplicate_external_id")
