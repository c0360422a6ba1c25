"""chat.*: posting, changing, deleting."""

from __future__ import annotations

from sandbox import messages
from sandbox.errors import SlackError
from sandbox.slack import Slack
from sandbox.state import Channel, Json, Message
from sandbox.web_api.lookup import bot_is_in, known_user, seen_channel
from sandbox.web_api.methods import Args, method


@method("chat.postMessage", "chat:write")
def post_message(slack: Slack, args: Args) -> Json:
    """Post to a channel's id, a `#name`, or a person (which opens the DM)."""
    channel = _destination(slack, args)
    slack.pace.post(channel.id)
    content = messages.read_content(args.given)
    if content.empty:
        raise SlackError("no_text")
    if args.given.get("as_user") is not None:
        raise SlackError("as_user_not_supported")
    message = messages.post(slack, channel, content, thread_ts=args.text("thread_ts"))
    return {"channel": channel.id, "ts": message.ts, "message": messages.show(slack, message, metadata=True)}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(slack: Slack, args: Args) -> Json:
    """Show something to one member of a channel; it is kept nowhere."""
    channel = _destination(slack, args)
    user = args.need("user", "user_not_in_channel")
    content = messages.read_content(args.given, text_limit=messages.TEXT_UPDATED)
    if content.empty:
        raise SlackError("no_text")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    message = messages.post(slack, channel, content, ephemeral_to=user, thread_ts=args.text("thread_ts"))
    return {"message_ts": message.ts}


@method("chat.update", "chat:write")
def update(slack: Slack, args: Args) -> Json:
    """Change one of the app's messages; blocks that are not given stay."""
    message = _own_message(slack, args, "cant_update_message")
    content = messages.read_content(args.given, text_limit=messages.TEXT_UPDATED)
    if content.text is None and content.blocks is None and content.attachments is None:
        raise SlackError("no_text")
    messages.change(slack, message, content)
    shown = messages.show(slack, message, metadata=True)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}


@method("chat.delete", "chat:write")
def delete(slack: Slack, args: Args) -> Json:
    """Delete one of the app's messages."""
    message = _own_message(slack, args, "cant_delete_message")
    messages.remove(slack, message)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.getPermalink")
def permalink(slack: Slack, args: Args) -> Json:
    """A link to a message."""
    channel = seen_channel(slack, args.need("channel", "channel_not_found"))
    message = channel.messages.get(args.need("message_ts", "message_not_found"))
    if message is None or message.ephemeral_to is not None:
        raise SlackError("message_not_found")
    link = f"{slack.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _destination(slack: Slack, args: Args) -> Channel:
    named = args.need("channel", "channel_not_found")
    if named in slack.world.users:
        return _dm(slack, named)
    if named.startswith("#"):
        by_name = (one.id for one in slack.world.channels.values() if one.name == named[1:])
        named = next(by_name, named)
    channel = seen_channel(slack, named)
    if channel.archived:
        raise SlackError("is_archived")
    if channel.kind == "im":
        _dm_is_open(slack)
    elif not bot_is_in(slack, channel) and "chat:write.public" not in slack.config.scopes:
        raise SlackError("not_in_channel")
    return channel


def _dm(slack: Slack, user_id: str) -> Channel:
    user = known_user(slack, user_id)
    if user.is_bot:
        raise SlackError("cannot_dm_bot")
    if user.deleted:
        raise SlackError("channel_not_found")
    _dm_is_open(slack)
    return slack.open_dm(user_id, slack.installation.bot_user_id)


def _dm_is_open(slack: Slack) -> None:
    if not slack.config.messages_tab:
        raise SlackError("messages_tab_disabled")


def _own_message(slack: Slack, args: Args, not_mine: str) -> Message:
    channel = seen_channel(slack, args.need("channel", "channel_not_found"))
    message = channel.messages.get(args.need("ts", "message_not_found"))
    if message is None or message.ephemeral_to is not None:
        raise SlackError("message_not_found")
    if not message.by_bot:
        raise SlackError(not_mine)
    return message
