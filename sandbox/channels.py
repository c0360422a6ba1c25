"""What happens to conversations: people come and go, names and topics change, and everybody is told."""

from __future__ import annotations

from sandbox import messages
from sandbox.people import events
from sandbox.slack import Slack
from sandbox.state import Change, Channel, Json, Message


def create(slack: Slack, name: str, creator: str, members: list[str], *, private: bool) -> Channel:
    """A new channel with these people in it."""
    channel = Channel(
        id=slack.ids.new("C"),
        name=name,
        kind="private" if private else "public",
        creator=creator,
        created=int(slack.clock.epoch()),
        members=dict.fromkeys(members),
    )
    slack.world.channels[channel.id] = channel
    slack.world.tell(Change("channel", channel=channel.id))
    if not private:
        about = {"id": channel.id, "name": name, "created": channel.created, "creator": creator}
        tell(slack, {"type": "channel_created", "channel": about})
    return channel


def join(slack: Slack, channel: Channel, user: str, inviter: str | None = None) -> None:
    """Somebody (the bot too) comes in, by themselves or invited."""
    channel.members[user] = None
    _note(slack, channel, user, "channel_join", "has joined the channel")
    tell(slack, events.membership_event(slack, channel, user, "joined", inviter))
    slack.world.tell(Change("channel", channel=channel.id))


def leave(slack: Slack, channel: Channel, user: str) -> None:
    """Somebody (the bot too) goes, or is removed."""
    _note(slack, channel, user, "channel_leave", "has left the channel")
    tell(slack, events.membership_event(slack, channel, user, "left"))
    del channel.members[user]
    slack.world.tell(Change("channel", channel=channel.id))


def set_topic(slack: Slack, channel: Channel, user: str, topic: str) -> None:
    """A new topic; empty takes it away."""
    channel.topic = topic
    _note(slack, channel, user, "channel_topic", f"set the channel topic: {topic}")
    slack.world.tell(Change("channel", channel=channel.id))


def set_purpose(slack: Slack, channel: Channel, user: str, purpose: str) -> None:
    """A new purpose (Slack's client calls it the description)."""
    channel.purpose = purpose
    _note(slack, channel, user, "channel_purpose", f"set the channel purpose: {purpose}")
    slack.world.tell(Change("channel", channel=channel.id))


def rename(slack: Slack, channel: Channel, user: str, name: str) -> None:
    """A new name."""
    before, channel.name = channel.name, name
    _note(slack, channel, user, "channel_name", f'has renamed the channel from "{before}" to "{name}"')
    about = {"id": channel.id, "name": name, "created": channel.created}
    tell(slack, {"type": f"{_family(channel)}_rename", "channel": about})
    slack.world.tell(Change("channel", channel=channel.id))


def archive(slack: Slack, channel: Channel, user: str, archived: bool = True) -> None:
    """Close the channel for good, or open it again."""
    what = "archive" if archived else "unarchive"
    channel.archived = archived
    _note(slack, channel, user, f"channel_{what}", f"{what}d the channel")
    tell(slack, {"type": f"{_family(channel)}_{what}", "channel": channel.id, "user": user})
    slack.world.tell(Change("channel", channel=channel.id))


def tell(slack: Slack, event: Json) -> None:
    """Let the app know, if it may as things stand now: whoever is removed still hears of that."""
    if events.gets(slack, event):
        slack.background(events.send(slack, event | {"event_ts": event.get("event_ts") or slack.next_ts()}))


def _note(slack: Slack, channel: Channel, user: str, subtype: str, text: str) -> None:
    """The grey line in the channel, which is a message too."""
    if channel.kind == "im":
        return
    content = messages.Content(f"<@{user}> {text}")
    message: Message = messages.post(slack, channel, content, user=user, subtype=subtype)
    tell(slack, events.message_event(slack, channel, message))


def _family(channel: Channel) -> str:
    return "group" if channel.kind == "private" else "channel"
