"""reactions.* and pins.*: what is put on a message."""

from __future__ import annotations

import re

from sandbox import channels, messages
from sandbox.errors import SlackError
from sandbox.slack import Slack
from sandbox.state import Change, Channel, Json, Message
from sandbox.web_api.lookup import alive, inside, seen_channel
from sandbox.web_api.methods import Args, method

EMOJI = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")
MOST_EMOJI = 23
"""Different reactions on one message. Observed, not documented."""
MOST_PINS = 100
"""Pins in one channel. Assumed."""
FOUND = ("channel_not_found", "message_not_found", "no_item_specified")


@method(
    "reactions.add", "reactions:write",
    errors=(*FOUND, "already_reacted", "invalid_name", "is_archived", "not_in_channel", "too_many_emoji"),
)  # fmt: skip
def react(slack: Slack, args: Args) -> Json:
    """Put the bot's reaction on a message."""
    name, message = _emoji(args), _message(slack, args)
    bot = slack.installation.bot_user_id
    inside(slack, alive(slack.world.channels[message.channel]))
    if bot in message.reactions.get(name, []):
        raise SlackError("already_reacted")
    if name not in message.reactions and len(message.reactions) >= MOST_EMOJI:
        raise SlackError("too_many_emoji")
    message.reactions.setdefault(name, []).append(bot)
    _tell(slack, message, name, "reaction_added")
    return {}


@method("reactions.remove", "reactions:write", errors=(*FOUND, "invalid_name", "no_reaction"))
def unreact(slack: Slack, args: Args) -> Json:
    """Take the bot's reaction back."""
    name, message = _emoji(args), _message(slack, args)
    users = message.reactions.get(name, [])
    if slack.installation.bot_user_id not in users:
        raise SlackError("no_reaction")
    users.remove(slack.installation.bot_user_id)
    if not users:
        del message.reactions[name]
    _tell(slack, message, name, "reaction_removed")
    return {}


@method("reactions.get", "reactions:read", errors=FOUND)
def reactions(slack: Slack, args: Args) -> Json:
    """A message with its reactions."""
    message = _message(slack, args)
    return {"type": "message", "channel": message.channel, "message": messages.show(slack, message)}


@method(
    "pins.add", "pins:write", errors=(*FOUND, "already_pinned", "not_in_channel", "too_many_pins")
)  # fmt: skip
def pin(slack: Slack, args: Args) -> Json:
    """Pin a message to its channel."""
    message = _message(slack, args)
    channel = inside(slack, slack.world.channels[message.channel])
    if message.ts in channel.pins:
        raise SlackError("already_pinned")
    if len(channel.pins) >= MOST_PINS:
        raise SlackError("too_many_pins")
    channel.pins[message.ts] = int(slack.clock.epoch())
    slack.world.tell(Change("channel", channel=channel.id))
    return {}


@method("pins.remove", "pins:write", errors=(*FOUND, "no_pin"))
def unpin(slack: Slack, args: Args) -> Json:
    """Take a pin away."""
    message = _message(slack, args)
    channel = slack.world.channels[message.channel]
    if message.ts not in channel.pins:
        raise SlackError("no_pin")
    del channel.pins[message.ts]
    slack.world.tell(Change("channel", channel=channel.id))
    return {}


@method("pins.list", "pins:read", errors=("channel_not_found",))
def pins(slack: Slack, args: Args) -> Json:
    """What is pinned to a channel, the newest pin first; deleted messages are not."""
    channel = seen_channel(slack, args.need("channel", "channel_not_found"))
    bot = slack.installation.bot_user_id
    shown = [
        {
            "type": "message",
            "channel": channel.id,
            "created": created,
            "created_by": bot,
            "message": messages.show(slack, channel.messages[ts]),
        }
        for ts, created in reversed(channel.pins.items())
        if ts in channel.messages
    ]
    return {"items": shown}


def _message(slack: Slack, args: Args) -> Message:
    channel: Channel = seen_channel(slack, args.need("channel", "channel_not_found"))
    message = channel.messages.get(args.need("timestamp", "no_item_specified"))
    if message is None or message.ephemeral_to is not None:
        raise SlackError("message_not_found")
    return message


def _emoji(args: Args) -> str:
    name = args.need("name", "invalid_name").strip(":")
    if not EMOJI.fullmatch(name):
        raise SlackError("invalid_name")
    return name


def _tell(slack: Slack, message: Message, name: str, what: str) -> None:
    slack.world.tell(Change("message_changed", channel=message.channel, message=message))
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    event: Json = {"type": what, "user": slack.installation.bot_user_id, "reaction": name, "item": item}
    channels.tell(slack, event | {"item_user": message.user})
