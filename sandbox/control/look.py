"""Looking: at a person's screen, at messages, at the facts of the workspace."""

from __future__ import annotations

from sandbox.control.setup import Unknown, person, place
from sandbox.people.watch import show_message, show_view
from sandbox.slack import Slack
from sandbox.state import Channel, Json


def info(slack: Slack) -> Json:
    """Addresses, credentials, and the ids of people and channels by name."""
    bot = slack.installation
    return {
        "api_url": f"{slack.base_url}/api/",
        "control_url": f"{slack.base_url}/_control",
        "clock_url": f"{slack.base_url}/_control/clock",
        "bot_token": bot.bot_token,
        "app_token": bot.app_token,
        "signing_secret": bot.signing_secret,
        "app_id": bot.app_id,
        "bot_user_id": bot.bot_user_id,
        "team_id": bot.team_id,
        "users": {user.name: user.id for user in slack.world.users.values() if not user.is_bot},
        "channels": {one.name: one.id for one in slack.world.channels.values() if one.kind != "im"},
    }


def see(slack: Slack, user_id: str) -> Json:
    """What the person sees now."""
    user = person(slack, user_id)
    stack = [show_view(slack, view) for view in slack.world.stack(user.id)]
    home = slack.world.homes.get(user.id)
    places = slack.world.channels_of(user.id)
    return {
        "user": user.id,
        "view": stack[-1] if stack else None,
        "stack": stack,
        "home": None if home is None else show_view(slack, home),
        "channels": {one.id: _channel(slack, one, user.id) for one in places if one.kind != "im"},
        "dms": {_other(one, user.id): _channel(slack, one, user.id) for one in places if one.kind == "im"},
    }


def messages_of(slack: Slack, channel_id: str | None, user_id: str | None) -> list[Json]:
    """Messages, oldest first: of a channel (all, or what `user` sees there); of a user: their DM with the app."""
    if channel_id is None:
        if user_id is None:
            raise Unknown("say which channel or whose DM")
        dm = slack.world.dm(person(slack, user_id).id, slack.installation.bot_user_id)
        return [] if dm is None else _messages(slack, dm, user_id)
    return _messages(slack, place(slack, channel_id), user_id)


def _channel(slack: Slack, channel: Channel, user_id: str) -> Json:
    return {"id": channel.id, "name": channel.name, "messages": _messages(slack, channel, user_id)}


def _messages(slack: Slack, channel: Channel, user_id: str | None) -> list[Json]:
    seen = [m for m in channel.messages.values() if user_id is None or channel.shows(m, user_id)]
    return [{**show_message(slack, m, user_id or ""), "ephemeral_to": m.ephemeral_to} for m in seen]


def _other(channel: Channel, user_id: str) -> str:
    return next((one for one in channel.members if one != user_id), user_id)
