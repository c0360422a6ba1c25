"""Furnishing the workspace: people and channels."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from sandbox.people import events
from sandbox.slack import Slack
from sandbox.state import Change, Channel, User


class Unknown(ValueError):
    """The control API was asked about something that is not there: a mistake of the caller, not of a person."""


def add_user(slack: Slack, name: str, tz: str = "Europe/London", **flags: Any) -> str:
    """A new person; `flags` such as is_admin, deleted, email, real_name. Returns the id."""
    if any(user.name == name for user in slack.world.users.values()):
        raise Unknown(f"there is a {name} already")
    ZoneInfo(tz)
    user = User(slack.ids.new("U"), name, tz, flags=flags)
    slack.world.users[user.id] = user
    slack.world.tell(Change("user", user=user.id))
    return user.id


def change_user(slack: Slack, user_id: str, **flags: Any) -> None:
    """Change someone's flags (deleted=True deactivates) or tz."""
    user = person(slack, user_id)
    user.tz = flags.pop("tz", user.tz)
    user.flags |= flags
    slack.world.tell(Change("user", user=user.id))


def add_channel(slack: Slack, name: str, members: list[str], private: bool = True, bot: bool = True) -> str:
    """A new channel; `bot` says whether the app is in it. Returns the id."""
    if any(channel.name == name for channel in slack.world.channels.values()):
        raise Unknown(f"there is a channel {name} already")
    inside = [person(slack, one).id for one in members] + ([slack.installation.bot_user_id] if bot else [])
    channel = Channel(
        id=slack.ids.new("C"),
        name=name,
        kind="private" if private else "public",
        creator=inside[0] if inside else slack.installation.bot_user_id,
        created=int(slack.clock.epoch()),
        members=dict.fromkeys(inside),
    )
    slack.world.channels[channel.id] = channel
    slack.world.tell(Change("channel", channel=channel.id))
    return channel.id


def change_members(slack: Slack, channel_id: str, add: list[str], remove: list[str]) -> None:
    """Let people in or out; the bot's own user id counts as a person here. The app hears of it."""
    channel = place(slack, channel_id)
    for one in add:
        channel.members[person(slack, one).id] = None
        events.later(slack, events.membership_event(slack, channel, one, "joined"))
    for one in remove:
        if one in channel.members:
            events.later(slack, events.membership_event(slack, channel, one, "left"))
            del channel.members[one]
    slack.world.tell(Change("channel", channel=channel.id))


def change_channel(slack: Slack, channel_id: str, archived: bool | None, topic: str | None) -> None:
    """Archive, unarchive, set the topic; None leaves as it is."""
    channel = place(slack, channel_id)
    channel.archived = channel.archived if archived is None else archived
    channel.topic = channel.topic if topic is None else topic
    slack.world.tell(Change("channel", channel=channel.id))


def place(slack: Slack, channel_id: str) -> Channel:
    """A conversation by id. Raises Unknown."""
    channel = slack.world.channels.get(channel_id)
    if channel is None:
        raise Unknown(f"there is no channel {channel_id}")
    return channel


def person(slack: Slack, user_id: str) -> User:
    """Somebody by id. Raises Unknown."""
    user = slack.world.users.get(user_id)
    if user is None:
        raise Unknown(f"there is no user {user_id}")
    return user
