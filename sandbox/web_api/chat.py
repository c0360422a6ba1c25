"""chat.*: posting, changing, deleting."""

from __future__ import annotations

from sandbox import messages
from sandbox.errors import SlackError
from sandbox.slack import Slack
from sandbox.state import Channel, Json, Message
from sandbox.web_api.lookup import alive, inside, known_user, seen_channel
from sandbox.web_api.methods import Args, method

WRITTEN = (
    "invalid_attachments", "invalid_blocks", "invalid_blocks_format", "invalid_metadata_format",
    "markdown_text_conflict", "metadata_too_large", "msg_blocks_too_long", "no_text", "too_many_attachments",
)  # fmt: skip
"""What may be wrong with a message."""
PLACED = ("cannot_dm_bot", "channel_not_found", "is_archived", "messages_tab_disabled", "not_in_channel")
"""What may be wrong with the place it is posted to."""


@method("chat.postMessage", "chat:write", errors=(*PLACED, *WRITTEN, "as_user_not_supported"))
def post_message(slack: Slack, args: Args) -> Json:
    """Post to a channel's id, a `#name`, or a person (which opens the DM)."""
    channel = destination(slack, args, public="chat:write.public" in slack.config.scopes)
    slack.pace.post(channel.id)
    content = written(args)
    if args.flag("as_user"):
        raise SlackError("as_user_not_supported")
    broadcast = bool(args.text("thread_ts")) and args.flag("reply_broadcast")
    subtype = "thread_broadcast" if broadcast else None
    message = messages.post(slack, channel, content, thread_ts=args.text("thread_ts"), subtype=subtype)
    return {"channel": channel.id, "ts": message.ts, "message": messages.show(slack, message, metadata=True)}


@method("chat.postEphemeral", "chat:write", errors=(*PLACED, *WRITTEN, "msg_too_long", "user_not_in_channel"))
def post_ephemeral(slack: Slack, args: Args) -> Json:
    """Show something to one member of a channel; it is kept nowhere."""
    channel = destination(slack, args)
    user = args.need("user")
    content = written(args, messages.TEXT_UPDATED)
    if user not in channel.members or slack.world.users[user].deleted:
        raise SlackError("user_not_in_channel")
    message = messages.post(slack, channel, content, ephemeral_to=user, thread_ts=args.text("thread_ts"))
    return {"message_ts": message.ts}


@method(
    "chat.update", "chat:write",
    errors=(
        *WRITTEN, "as_user_not_supported", "cant_update_message", "channel_not_found", "is_inactive",
        "message_not_found", "msg_too_long",
    ),
)  # fmt: skip
def update(slack: Slack, args: Args) -> Json:
    """Change one of the app's messages; blocks that are not given stay."""
    message = _own_message(slack, args, "cant_update_message")
    if args.flag("as_user"):
        raise SlackError("as_user_not_supported")
    if slack.world.channels[message.channel].archived:
        raise SlackError("is_inactive")
    content = messages.read_content(args.given, text_limit=messages.TEXT_UPDATED)
    if content.text is None and content.blocks is None and content.attachments is None:
        raise SlackError("no_text")
    messages.change(slack, message, content)
    shown = messages.show(slack, message, metadata=True)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}


@method("chat.delete", "chat:write", errors=("cant_delete_message", "channel_not_found", "message_not_found"))
def delete(slack: Slack, args: Args) -> Json:
    """Delete one of the app's messages."""
    message = _own_message(slack, args, "cant_delete_message")
    messages.remove(slack, message)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.getPermalink", errors=("channel_not_found", "message_not_found"))
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


def written(args: Args, text_limit: int | None = None) -> messages.Content:
    """The message in the call. Raises what WRITTEN names, and msg_too_long above a limit for its text."""
    content = messages.read_content(args.given, text_limit=text_limit)
    if content.empty:
        raise SlackError("no_text")
    return content


def destination(slack: Slack, args: Args, *, public: bool = False) -> Channel:
    """Where the call posts to; `public`: public channels need no membership. Raises what PLACED names."""
    named = args.need("channel", "channel_not_found")
    if named in slack.world.users:
        return _dm(slack, named)
    if named.startswith("#"):
        by_name = (one.id for one in slack.world.channels.values() if one.name == named[1:])
        named = next(by_name, named)
    channel = alive(seen_channel(slack, named))
    if channel.kind == "im":
        _dm_is_open(slack)
    return channel if public else inside(slack, channel)


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
