"""The payloads of a person's actions, in Slack's shapes."""

from __future__ import annotations

from sandbox import messages, views
from sandbox.blocks.values import STATEFUL
from sandbox.people.surface import Surface
from sandbox.slack import Slack
from sandbox.state import Channel, Json, User, View

NAMES = {"im": "directmessage", "private": "privategroup"}
COPIED = ("text", "value", "url", "style", "confirm", "placeholder", "workflow", "icon")


def channel_name(channel: Channel) -> str:
    """Slack hides the names of DMs and private channels from payloads."""
    return NAMES.get(channel.kind, channel.name)


def command(slack: Slack, user: User, channel: Channel, name: str, text: str) -> Json:
    """A slash command."""
    bot = slack.installation
    return {
        "token": bot.verification_token,
        "team_id": bot.team_id,
        "team_domain": bot.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": bot.app_id,
        "is_enterprise_install": "false",
        "response_url": slack.base_url + slack.response_urls.issue(user.id, channel.id),
        "trigger_id": _trigger(slack, user, channel=channel.id),
    }


def block_actions(slack: Slack, user: User, surface: Surface, action: Json) -> Json:
    """A press or a choice, in a view or a message."""
    payload: Json = {"type": "block_actions", **_common(slack, user), **_place(slack, surface)}
    channel = surface.message.channel if surface.message is not None else None
    payload["trigger_id"] = _trigger(slack, user, view=surface.view, channel=channel)
    if surface.message is not None:
        message = surface.message
        payload["state"] = {"values": _copied(surface.values)}
        path = slack.response_urls.issue(user.id, message.channel, message.ts)
        payload["response_url"] = slack.base_url + path
    return payload | {"actions": [action]}


def action(slack: Slack, block: Json, element: Json, chosen: Json) -> Json:
    """The one entry of `actions`: the element's fields and what was chosen."""
    initial = STATEFUL[element["type"]].initial if element["type"] in STATEFUL else ""
    kept = {name: element[name] for name in (*COPIED, initial) if name in element}
    where = {"block_id": block["block_id"], "action_id": element["action_id"], "type": element["type"]}
    return kept | chosen | where | {"action_ts": slack.next_ts()}


def view_submission(slack: Slack, user: User, view: View) -> Json:
    """A modal's submit button."""
    payload: Json = {"type": "view_submission", **_common(slack, user), "trigger_id": _trigger(slack, user, view=view)}
    return payload | {"view": views.show(slack, view), "response_urls": _response_urls(slack, user, view)}


def view_closed(slack: Slack, user: User, view: View, is_cleared: bool) -> Json:
    """A modal that wanted to know was closed."""
    return {"type": "view_closed", **_common(slack, user), "view": views.show(slack, view), "is_cleared": is_cleared}


def block_suggestion(slack: Slack, user: User, surface: Surface, block: Json, element: Json, typed: str) -> Json:
    """Somebody types into an external select."""
    where = {"action_id": element["action_id"], "block_id": block["block_id"], "value": typed}
    return {"type": "block_suggestion", **_common(slack, user), **_place(slack, surface), **where}


def _common(slack: Slack, user: User) -> Json:
    bot = slack.installation
    return {
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": bot.team_id},
        "api_app_id": bot.app_id,
        "token": bot.verification_token,
        "team": {"id": bot.team_id, "domain": bot.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _place(slack: Slack, surface: Surface) -> Json:
    """Container with view, or with channel and message; an ephemeral message is not carried along."""
    if surface.view is not None:
        shown = views.show(slack, surface.view)
        return {"container": {"type": "view", "view_id": surface.view.id}, "view": shown}
    message = surface.message
    assert message is not None  # a surface is a view or a message
    channel = slack.world.channels[message.channel]
    ephemeral = message.ephemeral_to is not None
    container: Json = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
    container |= {"is_ephemeral": ephemeral} | ({"thread_ts": message.thread_ts} if message.thread_ts else {})
    place: Json = {"container": container, "channel": {"id": channel.id, "name": channel_name(channel)}}
    return place if ephemeral else place | {"message": messages.show(slack, message)}


def _response_urls(slack: Slack, user: User, view: View) -> list[Json]:
    found = []
    for block in view.blocks:
        element = block.get("element") or {}
        if element.get("response_url_enabled"):
            state = view.values[block["block_id"]][element["action_id"]]
            channel = state.get("selected_conversation") or state.get("selected_channel")
            if channel:
                url = slack.base_url + slack.response_urls.issue(user.id, channel)
                ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
                found.append({**ids, "channel_id": channel, "response_url": url})
    return found


def _trigger(slack: Slack, user: User, *, view: View | None = None, channel: str | None = None) -> str:
    """A trigger id; one from a modal can push, one from a conversation knows which is the current one."""
    inside = view.id if view is not None and view.type == "modal" else None
    return slack.triggers.issue(user.id, slack.config.trigger_seconds, view_id=inside, channel=channel)


def _copied(values: dict[str, dict[str, Json]]) -> Json:
    return {block: dict(entries) for block, entries in values.items()}


def shortcut(slack: Slack, user: User, callback_id: str) -> Json:
    """A global shortcut: no channel, no response_url."""
    payload = {"type": "shortcut", **_common(slack, user), "callback_id": callback_id}
    return payload | {"action_ts": slack.next_ts(), "trigger_id": _trigger(slack, user)}
