"""Messages for later: chat.scheduleMessage, its list, and taking one back."""

from __future__ import annotations

from sandbox import messages
from sandbox.errors import SlackError
from sandbox.shelf import Scheduled
from sandbox.slack import Slack
from sandbox.state import Json
from sandbox.web_api.chat import PLACED, WRITTEN, destination, written
from sandbox.web_api.lookup import page, seen_channel
from sandbox.web_api.methods import Args, method

DAY = 24 * 3600
FURTHEST = 120 * DAY
WINDOW = 5 * 60
MOST_IN_WINDOW = 30
"""Messages for one channel in any five minutes."""
LAST_MINUTE = 60
"""Seconds before its time in which a message can't be taken back."""
LATER = ("invalid_time", "restricted_too_many", "time_in_past", "time_too_far")


@method("chat.scheduleMessage", "chat:write", errors=(*PLACED, *WRITTEN, *LATER, "msg_too_long"))
def schedule(slack: Slack, args: Args) -> Json:
    """Keep a message until the sandbox's clock shows its time."""
    channel = destination(slack, args, public="chat:write.public" in slack.config.scopes)
    content = written(args, messages.TEXT_UPDATED)
    now = int(slack.clock.epoch())
    given = {name: value for name, value in args.given.items() if name != "token"}
    kept = Scheduled(slack.ids.new("Q"), channel.id, _moment(slack, args, channel.id, now), now, given)
    slack.world.scheduled[kept.id] = kept
    slack.background(_post(slack, kept))
    bot = slack.installation
    shown: Json = {"type": "delayed_message", "text": content.text or "", "bot_id": bot.bot_id, "user": bot.bot_user_id}
    return {"channel": channel.id, "scheduled_message_id": kept.id, "post_at": kept.post_at, "message": shown}


@method(
    "chat.deleteScheduledMessage", "chat:write", errors=("channel_not_found", "invalid_scheduled_message_id")
)  # fmt: skip
def delete(slack: Slack, args: Args) -> Json:
    """Take a message back, until a minute before its time."""
    channel = seen_channel(slack, args.need("channel", "channel_not_found"))
    kept = slack.world.scheduled.get(args.need("scheduled_message_id"))
    if kept is None or kept.channel != channel.id or kept.post_at - slack.clock.epoch() < LAST_MINUTE:
        raise SlackError("invalid_scheduled_message_id")
    del slack.world.scheduled[kept.id]
    return {}


@method("chat.scheduledMessages.list", errors=("invalid_channel", "invalid_limit"))
def list_(slack: Slack, args: Args) -> Json:
    """What is still to be posted, the earliest first."""
    channel = args.text("channel")
    if channel is not None and channel not in slack.world.channels:
        raise SlackError("invalid_channel")
    oldest, latest = args.whole("oldest", 0, "invalid_arguments"), args.whole("latest", 2**62, "invalid_arguments")
    waiting = sorted(slack.world.scheduled.values(), key=lambda one: one.post_at)
    meant = [one for one in waiting if channel in (None, one.channel) and oldest <= one.post_at <= latest]
    ids, metadata = page(slack, args, [one.id for one in meant], 100, 1000)
    shown = [_show(slack.world.scheduled[one]) for one in ids]
    return {"scheduled_messages": shown, "response_metadata": metadata}


def _moment(slack: Slack, args: Args, channel: str, now: int) -> int:
    post_at = args.whole("post_at", -1, "invalid_time")
    if post_at == -1:
        raise SlackError("invalid_time")
    if post_at <= now:
        raise SlackError("time_in_past")
    if post_at > now + FURTHEST:
        raise SlackError("time_too_far")
    window = post_at // WINDOW
    near = [one for one in slack.world.scheduled.values() if one.channel == channel and one.post_at // WINDOW == window]
    if len(near) >= MOST_IN_WINDOW:
        raise SlackError("restricted_too_many")
    return post_at


async def _post(slack: Slack, kept: Scheduled) -> None:
    """Post it at its time, unless it was taken back or its channel is closed to the app by then."""
    world = slack.world
    if not await slack.clock.reach(kept.post_at) or world.scheduled.pop(kept.id, None) is None:
        return
    channel = world.channels[kept.channel]
    if slack.world is world and not channel.archived:
        content = messages.read_content(kept.given, text_limit=messages.TEXT_UPDATED)
        messages.post(slack, channel, content, thread_ts=kept.given.get("thread_ts"))


def _show(kept: Scheduled) -> Json:
    text = kept.given.get("text") or ""
    return {
        "id": kept.id,
        "channel_id": kept.channel,
        "post_at": kept.post_at,
        "date_created": kept.created,
        "text": text,
    }
