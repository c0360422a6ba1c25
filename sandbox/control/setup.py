"""Furnishing the workspace: people and channels."""

from __future__ import annotations

from typing import Any

from sandbox import channels
from sandbox.slack import Slack
from sandbox.state import Change, Channel, User
from sandbox.web_api import users


class Unknown(ValueError):
    """The control API was asked about something that is not there: a mistake of the caller, not of a person."""


def add_user(slack: Slack, name: str, tz: str = "Europe/London", **flags: Any) -> str:
    """A new person; `flags` such as is_admin, deleted, email, real_name. Returns the id."""
    if any(user.name == name for user in slack.world.users.values()):
        raise Unknown(f"there is a {name} already")
    user = User(slack.ids.new("U"), name, tz, flags=flags)
    slack.world.users[user.id] = user
    slack.world.tell(Change("user", user=user.id))
    channels.tell(slack, {"type": "team_join", "user": users.show(slack, user)})
    return user.id


def change_user(slack: Slack, user_id: str, **flags: Any) -> None:
    """Change someone's flags (deleted=True deactivates) or tz."""
    user = person(slack, user_id)
    user.tz = flags.pop("tz", user.tz)
    user.flags |= flags
    slack.world.tell(Change("user", user=user.id))
    channels.tell(slack, {"type": "user_change", "user": users.show(slack, user)})


def add_channel(slack: Slack, name: str, members: list[str], private: bool = True, bot: bool = True) -> str:
    """A new channel; `bot` says whether the app is in it. Returns the id."""
    if any(channel.name == name for channel in slack.world.channels.values()):
        raise Unknown(f"there is a channel {name} already")
    inside = [person(slack, one).id for one in members] + ([slack.installation.bot_user_id] if bot else [])
    creator = inside[0] if inside else slack.installation.bot_user_id
    return channels.create(slack, name, creator, inside, private=private).id


def change_members(slack: Slack, channel_id: str, add: list[str], remove: list[str]) -> None:
    """Let people in or out; the bot's own user id counts as a person here. The app hears of it."""
    channel = place(slack, channel_id)
    known = [person(slack, one).id for one in (*add, *remove)]
    if known and channel.kind == "im":
        raise Unknown("a direct conversation has its two people and nobody else")
    for one in add:
        if one not in channel.members:
            channels.join(slack, channel, one)
    for one in remove:
        if one in channel.members:
            channels.leave(slack, channel, one)


def change_channel(slack: Slack, channel_id: str, archived: bool | None, topic: str | None) -> None:
    """Archive, unarchive, set the topic, in its creator's name; None leaves as it is."""
    channel = place(slack, channel_id)
    if channel.kind == "im" and (archived, topic) != (None, None):
        raise Unknown("a direct conversation has no topic and is never archived")
    if archived is not None and archived != channel.archived:
        channels.archive(slack, channel, channel.creator, archived)
    if topic is not None and topic != channel.topic:
        channels.set_topic(slack, channel, channel.creator, topic)


def place(slack: Slack, channel_id: str) -> Channel:
    """A conversation by id. Raises Unknown."""
    channel = slack.world.channels.get(channel_id)
    if channel is None:
        raise Unknown(f"there is no channel {channel_id}")
    return channel


def inside(slack: Slack, user_id: str, channel_id: str) -> tuple[User, Channel]:
    """Somebody, and a conversation that they are in. Raises Unknown."""
    user, channel = person(slack, user_id), place(slack, channel_id)
    if user.id not in channel.members:
        raise Unknown(f"{user.name} is not in {channel_id}")
    return user, channel


def person(slack: Slack, user_id: str) -> User:
    """Somebody by id. Raises Unknown."""
    user = slack.world.users.get(user_id)
    if user is None:
        raise Unknown(f"there is no user {user_id}")
    return user
