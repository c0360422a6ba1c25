"""conversations.create and what changes a channel afterwards."""

from __future__ import annotations

from sandbox import channels
from sandbox.errors import SlackError
from sandbox.slack import Slack
from sandbox.state import Channel, Json
from sandbox.web_api.conversations import show
from sandbox.web_api.lookup import WRITE, alive, bot_is_in, inside, managed_channel
from sandbox.web_api.methods import Args, method
from sandbox.web_api.server import need_scope

NAME_MOST = 80
TEXT_MOST = 250
"""Characters of a topic or purpose."""
PUNCTUATION = "-_"
FOUND = ("channel_not_found", "method_not_supported_for_channel_type")
NAMED = ("invalid_name_required", "invalid_name_maxlength", "invalid_name_punctuation", "invalid_name_specials")
TOPIC = (*WRITE, "channels:write.topic", "groups:write.topic")


@method("conversations.create", *WRITE, errors=(*NAMED, "name_taken"))
def create(slack: Slack, args: Args) -> Json:
    """A new channel with the bot in it."""
    private = args.flag("is_private")
    need_scope(slack, "groups:write" if private else "channels:manage")
    bot = slack.installation.bot_user_id
    return {"channel": show(slack, channels.create(slack, _free_name(slack, args), bot, [bot], private=private))}


@method("conversations.join", "channels:join", errors=(*FOUND, "is_archived"))
def join(slack: Slack, args: Args) -> Json:
    """The bot comes into a public channel."""
    channel = slack.world.channels.get(args.need("channel", "channel_not_found"))
    if channel is None or (channel.kind != "public" and not bot_is_in(slack, channel)):
        raise SlackError("channel_not_found")
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    alive(channel)
    already = bot_is_in(slack, channel)
    if not already:
        channels.join(slack, channel, slack.installation.bot_user_id)
    note = "already_in_channel"
    warned: Json = {"warning": note, "response_metadata": {"warnings": [note]}} if already else {}
    return {"channel": show(slack, channel), **warned}


@method("conversations.leave", *WRITE, errors=(*FOUND, "is_archived", "cant_leave_general", "last_member"))
def leave(slack: Slack, args: Args) -> Json:
    """The bot goes."""
    channel = alive(managed_channel(slack, args))
    if not bot_is_in(slack, channel):
        return {"not_in_channel": True}
    if _is_general(channel):
        raise SlackError("cant_leave_general")
    if len(channel.members) == 1:
        raise SlackError("last_member")
    channels.leave(slack, channel, slack.installation.bot_user_id)
    return {}


@method(
    "conversations.kick", "channels:manage", "groups:write",
    errors=(*FOUND, "cant_kick_from_general", "cant_kick_self", "not_in_channel", "user_not_found"),
)  # fmt: skip
def kick(slack: Slack, args: Args) -> Json:
    """Remove somebody from a channel the bot is in."""
    channel = inside(slack, managed_channel(slack, args))
    user = args.need("user", "user_not_found")
    if user not in slack.world.users:
        raise SlackError("user_not_found")
    if user == slack.installation.bot_user_id:
        raise SlackError("cant_kick_self")
    if _is_general(channel):
        raise SlackError("cant_kick_from_general")
    if user not in channel.members:
        raise SlackError("not_in_channel")
    channels.leave(slack, channel, user)
    return {"errors": {}}


@method("conversations.archive", *WRITE, errors=(*FOUND, "already_archived", "cant_archive_general", "not_in_channel"))
def archive(slack: Slack, args: Args) -> Json:
    """Close a channel that the bot is in. Bots can't open it again."""
    channel = inside(slack, managed_channel(slack, args))
    if channel.archived:
        raise SlackError("already_archived")
    if _is_general(channel):
        raise SlackError("cant_archive_general")
    channels.archive(slack, channel, slack.installation.bot_user_id)
    return {}


@method(
    "conversations.rename", *WRITE,
    errors=(*FOUND, *NAMED, "is_archived", "name_taken", "not_authorized", "not_in_channel"),
)  # fmt: skip
def rename(slack: Slack, args: Args) -> Json:
    """Another name for a channel that the bot has made."""
    channel = inside(slack, alive(managed_channel(slack, args)))
    if channel.creator != slack.installation.bot_user_id:
        raise SlackError("not_authorized")
    channels.rename(slack, channel, slack.installation.bot_user_id, _free_name(slack, args))
    return {"channel": show(slack, channel)}


@method("conversations.setTopic", *TOPIC, errors=(*FOUND, "is_archived", "not_in_channel", "too_long"))
def set_topic(slack: Slack, args: Args) -> Json:
    """What a channel is about at the moment."""
    channel, topic = _described(slack, args, "topic")
    channels.set_topic(slack, channel, slack.installation.bot_user_id, topic)
    return {"channel": show(slack, channel), "topic": topic}


@method("conversations.setPurpose", *TOPIC, errors=(*FOUND, "is_archived", "not_in_channel", "too_long"))
def set_purpose(slack: Slack, args: Args) -> Json:
    """What a channel is for."""
    channel, purpose = _described(slack, args, "purpose")
    channels.set_purpose(slack, channel, slack.installation.bot_user_id, purpose)
    return {"channel": show(slack, channel), "purpose": purpose}


def _described(slack: Slack, args: Args, name: str) -> tuple[Channel, str]:
    channel = inside(slack, alive(managed_channel(slack, args, "topic")))
    text = args.text(name) or ""
    if len(text) > TEXT_MOST:
        raise SlackError("too_long")
    return channel, text


def _free_name(slack: Slack, args: Args) -> str:
    """The name in the call. Slack lowers nothing by itself; archived and hidden channels hold theirs."""
    name = args.need("name", "invalid_name_required")
    if len(name) > NAME_MOST:
        raise SlackError("invalid_name_maxlength")
    if all(one in PUNCTUATION for one in name):
        raise SlackError("invalid_name_punctuation")
    if not all((one.isalnum() and one == one.lower()) or one in PUNCTUATION for one in name):
        raise SlackError("invalid_name_specials")
    if any(one.name == name for one in slack.world.channels.values()):
        raise SlackError("name_taken")
    return name


def _is_general(channel: Channel) -> bool:
    return channel.name == "general"
