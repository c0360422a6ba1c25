"""Events: what Slack tells the app without being asked, and tells again when nobody acknowledged."""

from __future__ import annotations

import asyncio

from sandbox import messages
from sandbox.ack import Ack
from sandbox.slack import Slack
from sandbox.state import Channel, Json, Message

CHANGES = ("created", "rename", "archive", "unarchive")
HEARD_OUTSIDE = frozenset(
    ("app_home_opened", "channel_created", "channel_rename", "channel_archive", "channel_unarchive")
)
"""Events about a conversation that reach an app which is not in it."""
CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im"}


def message_event(slack: Slack, channel: Channel, message: Message) -> Json:
    """A person wrote something, or a grey line says what they did."""
    return {
        **messages.show(slack, message),
        **({} if message.subtype in messages.GREY else {"client_msg_id": slack.ids.uuid()}),
        "channel": channel.id,
        "channel_type": CHANNEL_TYPES[channel.kind],
        "event_ts": message.ts,
    }


def mention_event(slack: Slack, channel: Channel, message: Message) -> Json:
    """A person named the bot in a channel."""
    return {**messages.show(slack, message), "type": "app_mention", "channel": channel.id, "event_ts": message.ts}


def membership_event(slack: Slack, channel: Channel, user: str, what: str, inviter: str | None = None) -> Json:
    """Somebody (or the bot itself) `joined` or `left` a channel."""
    event: Json = {"type": f"member_{what}_channel", "user": user, "channel": channel.id}
    event |= {"channel_type": "G" if channel.kind == "private" else "C", "team": slack.installation.team_id}
    return event | {"event_ts": slack.next_ts()} | ({"inviter": inviter} if inviter else {})


def home_event(slack: Slack, user: str, view: Json | None, channel: str) -> Json:
    """A person opened the app's home tab."""
    event: Json = {"type": "app_home_opened", "user": user, "channel": channel, "tab": "home"}
    event["event_ts"] = slack.next_ts()
    return event | ({"view": view} if view is not None else {})


async def tell(slack: Slack, event: Json) -> Ack | None:
    """Deliver an event if the app gets it, and wait for the first answer; retries go on in the background.

    None: the app does not get this event (no subscription, no scope, or not a member).
    """
    return await send(slack, event) if gets(slack, event) else None


async def send(slack: Slack, event: Json) -> Ack:
    """Deliver an event without asking whether the app gets it."""
    payload = _wrapped(slack, event)
    ack = await slack.envelopes.deliver("events_api", payload, accepts=False, retry=(0, ""))
    if not ack.ok:
        slack.background(_again(slack, payload, ack))
    return ack


def later(slack: Slack, event: Json) -> None:
    """Deliver an event with nobody waiting."""
    slack.background(tell(slack, event))


def gets(slack: Slack, event: Json) -> bool:
    """Whether the app subscribes to this event, has its scope, and is where it happened."""
    kind = event["type"]
    about = event.get("channel", "")
    channel = slack.world.channels.get(about["id"] if isinstance(about, dict) else about)
    name = f"message.{channel.family}" if kind == "message" and channel else kind
    if not {kind, name} & set(slack.config.events):
        return False
    if channel is not None and kind not in HEARD_OUTSIDE and slack.installation.bot_user_id not in channel.members:
        return False
    scope = _scope(kind, channel)
    return scope is None or scope in slack.config.scopes


def _scope(kind: str, channel: Channel | None) -> str | None:
    family = channel.family if channel else ""
    return {
        "message": f"{family}:history",
        "member_joined_channel": f"{family}:read",
        "member_left_channel": f"{family}:read",
        "app_mention": "app_mentions:read",
        "file_shared": "files:read",
        **dict.fromkeys(("reaction_added", "reaction_removed"), "reactions:read"),
        **dict.fromkeys(("team_join", "user_change"), "users:read"),
        **{f"channel_{what}": "channels:read" for what in CHANGES},
        **{f"group_{what}": "groups:read" for what in CHANGES},
    }.get(kind)


async def _again(slack: Slack, payload: Json, ack: Ack) -> None:
    """At once, a minute later, five minutes later, until it is acknowledged or the app wants no more of it."""
    for attempt, wait in enumerate(slack.config.event_retry, start=1):
        if ack.ok or ack.no_retry:
            return
        await asyncio.sleep(wait)
        retry = (attempt, ack.retry_reason)
        ack = await slack.envelopes.deliver("events_api", payload, accepts=False, retry=retry)


def _wrapped(slack: Slack, event: Json) -> Json:
    bot = slack.installation
    authorization = {"enterprise_id": None, "team_id": bot.team_id, "user_id": bot.bot_user_id}
    return {
        "token": bot.verification_token,
        "team_id": bot.team_id,
        "context_team_id": bot.team_id,
        "context_enterprise_id": None,
        "api_app_id": bot.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": slack.ids.new("Ev"),
        "event_time": int(slack.clock.epoch()),
        "authorizations": [{**authorization, "is_bot": True, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": f"4-{slack.ids.hex(24)}",
    }
