"""One person's screen: their conversations, what is unread, messages with their threads, home and modals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sandbox.control.setup import inside, person
from sandbox.people.watch import show_message, show_view
from sandbox.slack import Slack
from sandbox.state import Channel, Json, Message, User

REPLIERS_SHOWN = 5
MOST_UNREAD = 500
"""Messages looked at for what is unread: everybody's is counted whenever something is posted."""


def screen(slack: Slack, user_id: str, loaded: int) -> Json:
    """Everything but the messages. `loaded`: the live number at which the browser loaded its page."""
    user = person(slack, user_id)
    home = slack.world.homes.get(user.id)
    return {
        "n": slack.live.last,
        "me": user.id,
        "places": [_place(slack, one, user.id, loaded) for one in slack.world.channels_of(user.id)],
        "home": None if home is None else show_view(slack, home),
        "stack": stack(slack, user.id),
        "clock": clock(slack),
        "story": slack.story.told,
    }


def stack(slack: Slack, user_id: str) -> list[Json]:
    """The person's open modals, the root first."""
    return [show_view(slack, view) for view in slack.world.stack(user_id)]


def clock(slack: Slack) -> Json:
    """The moment, and whether it is a story's."""
    return {**slack.clock.show(), "story": slack.clock.is_story}


def people(slack: Slack) -> list[Json]:
    """Everybody but the app's own user, with how much they have not read."""
    return [_person(slack, user) for user in slack.world.users.values() if not user.is_bot]


def messages(
    slack: Slack, user_id: str, channel_id: str, loaded: int, *, before: str | None, thread: str | None, limit: int
) -> Json:
    """A page of a conversation, oldest first: roots with their replies counted, or with `thread` that thread."""
    channel = seen_place(slack, user_id, channel_id)
    newest_first = _roots(channel) if thread is None else _thread(slack, channel, thread)
    earlier = (m for m in newest_first if before is None or m.ts < before)
    found = list(islice((m for m in earlier if visible(slack, channel, m, user_id, loaded)), limit + 1))
    shown = found[:limit][::-1]
    return {"messages": [message(slack, m, user_id, loaded) for m in shown], "more": len(found) > limit}


def message(slack: Slack, shown: Message, user_id: str, loaded: int) -> Json:
    """A message as this person sees it, with what is known of its thread."""
    replies = _replies_to(slack, shown, user_id, loaded)
    repliers = list(dict.fromkeys(one.user for one in replies))
    told: Json = {"reply_count": len(replies), "reply_users": repliers[:REPLIERS_SHOWN]}
    told["latest_reply"] = replies[-1].ts if replies else None
    return {**show_message(slack, shown, user_id), **told}


def _replies_to(slack: Slack, shown: Message, user_id: str, loaded: int) -> list[Message]:
    """The replies to a message, as this person sees them."""
    channel = slack.world.channels[shown.channel]
    found = (channel.messages[ts] for ts in slack.live.replies(channel.id, shown.ts) if ts in channel.messages)
    return [m for m in found if visible(slack, channel, m, user_id, loaded)]


def _roots(channel: Channel) -> Iterator[Message]:
    """What stands in the conversation itself, newest first."""
    for one in reversed(channel.messages.values()):
        if one.thread_ts in (None, one.ts) or one.subtype == "thread_broadcast":
            yield one


def _thread(slack: Slack, channel: Channel, ts: str) -> Iterator[Message]:
    """A message's replies, newest first, and it."""
    stamps = [ts, *slack.live.replies(channel.id, ts)]
    return (channel.messages[one] for one in reversed(stamps) if one in channel.messages)


def seen_place(slack: Slack, user_id: str, channel_id: str) -> Channel:
    """A conversation that the person is in. Raises Unknown."""
    return inside(slack, user_id, channel_id)[1]


def visible(slack: Slack, channel: Channel, shown: Message, user_id: str, loaded: int) -> bool:
    """Whether the person sees it; an ephemeral message is gone once their page was loaded after it came."""
    if not channel.shows(shown, user_id):
        return False
    return shown.ephemeral_to is None or slack.live.born(channel.id, shown.ts) > loaded


def unread(slack: Slack, channel: Channel, user_id: str, loaded: int) -> int:
    """How many messages of others, out of the newest MOST_UNREAD, came since the person read this conversation."""
    return sum(1 for one in _since_read(slack, channel, user_id) if visible(slack, channel, one, user_id, loaded))


def _since_read(slack: Slack, channel: Channel, user_id: str) -> Iterator[Message]:
    read = slack.world.read.get((user_id, channel.id), "")
    for one in islice(reversed(channel.messages.values()), MOST_UNREAD):
        if one.ts <= read:
            return
        if one.user != user_id:
            yield one


def _place(slack: Slack, channel: Channel, user_id: str, loaded: int) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "topic": channel.topic,
        "archived": channel.archived,
        "members": list(channel.members),
        "with": next((one for one in channel.members if one != user_id), user_id) if channel.kind == "im" else None,
        "unread": unread(slack, channel, user_id, loaded),
        "read": slack.world.read.get((user_id, channel.id), ""),
        "latest": _latest(channel, user_id),
    }


def _latest(channel: Channel, user_id: str) -> str | None:
    return next((m.ts for m in reversed(channel.messages.values()) if channel.shows(m, user_id)), None)


def _person(slack: Slack, user: User) -> Json:
    return {
        "id": user.id,
        "name": user.name,
        "title": str(user.flags.get("title", "")),
        "tz": user.tz,
        "is_bot": user.is_bot,
        "deleted": user.deleted,
        "guest": bool(user.flags.get("is_restricted") or user.flags.get("is_ultra_restricted")),
        "unread": sum(unread(slack, one, user.id, slack.live.last) for one in slack.world.channels_of(user.id)),
    }
