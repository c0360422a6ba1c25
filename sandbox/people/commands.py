"""Slash commands, shortcuts, plain messages, and opening the app's home."""

from __future__ import annotations

import re
from html import escape

from sandbox import answers, messages, views
from sandbox.ack import Ack
from sandbox.errors import SlackError
from sandbox.people import events, payloads
from sandbox.people.surface import CannotAct
from sandbox.people.watch import Watch
from sandbox.response_urls import ResponseUrl
from sandbox.slack import Slack
from sandbox.state import Channel, Json, User

SPOKEN = re.compile(r"<([@#])([A-Z0-9]+)(?:\|[^<>]*)?>|(?<![\w<])([@#])([\w.-]+)")
"""A person or channel in what is typed: by id, as the client inserts them, or by name."""
MENTION = re.compile(r"(<[@#][A-Z0-9]+(?:\|[^<>]*)?>)")
NO_ANSWER = "failed because the app did not respond"


def place(slack: Slack, user: User, channel_id: str | None) -> Channel:
    """The conversation the person types in; None is their DM with the app. Raises CannotAct."""
    if channel_id in (None, slack.installation.bot_user_id):
        return slack.open_dm(user.id, slack.installation.bot_user_id)
    channel = slack.world.channels.get(channel_id or "")
    if channel is None or user.id not in channel.members:
        raise CannotAct(f"{user.name} is not in {channel_id}")
    if channel.archived:
        raise CannotAct("the channel is archived")
    return channel


async def command(slack: Slack, user: User, channel_id: str | None, name: str, text: str) -> Json:
    """Type a slash command. The ack may carry a message."""
    name = name if name.startswith("/") else f"/{name}"
    channel = place(slack, user, channel_id)
    _can_type(slack, channel)
    payload = payloads.command(slack, user, channel, name, _as_registered(slack, user, name, text))
    watch = Watch(slack, user.id)
    with slack.world.observed(watch):
        ack = await slack.envelopes.deliver("slash_commands", payload, accepts=True)
        if not ack.ok:
            said = f'failed with the error "{ack.error}"' if ack.kind == "refused" else NO_ANSWER
            return _no_answer(watch, ack, f"{name} {said}")
        if ack.payload:
            try:
                _answer(slack, user, channel, f"{name} {text}".strip(), ack.payload)
            except SlackError as refused:
                return watch.refused(f"{name} failed: the answer is refused with {refused.code}", ack.ms)
    return watch.outcome(ack.ms)


async def shortcut(slack: Slack, user: User, callback_id: str) -> Json:
    """Use one of the app's global shortcuts."""
    registered = slack.config.registered
    if registered is not None and registered.shortcuts.get(callback_id, {}).get("type") != "global":
        raise CannotAct(f"the app has no global shortcut {callback_id}")
    watch = Watch(slack, user.id)
    with slack.world.observed(watch):
        payload = payloads.shortcut(slack, user, callback_id)
        ack = await slack.envelopes.deliver("interactive", payload, accepts=False)
    return watch.outcome(ack.ms) if ack.ok else _no_answer(watch, ack, f"the shortcut {NO_ANSWER}")


async def say(slack: Slack, user: User, channel_id: str | None, text: str, thread_ts: str | None, wait: bool) -> Json:
    """Write a message. The person never sees whether the app took the event; `ack_ms` is None if it did not."""
    channel = place(slack, user, channel_id)
    _can_type(slack, channel)
    message = messages.post(slack, channel, messages.Content(escaped(text)), user=user.id, thread_ts=thread_ts)
    told = [events.message_event(slack, channel, message)]
    if f"<@{slack.installation.bot_user_id}>" in text and channel.kind != "im":
        told.append(events.mention_event(slack, channel, message))
    watch = Watch(slack, user.id)
    with slack.world.observed(watch):
        heard = [await _told(slack, event, wait) for event in told]
    return {**watch.outcome(heard[0]), "ts": message.ts}


async def open_home(slack: Slack, user: User) -> Json:
    """Open the app's home tab."""
    if not slack.config.home_tab:
        raise CannotAct("the app has no home tab")
    channel = slack.open_dm(user.id, slack.installation.bot_user_id)
    home = slack.world.homes.get(user.id)
    watch = Watch(slack, user.id)
    with slack.world.observed(watch):
        shown = views.show(slack, home) if home is not None else None
        ack = await events.tell(slack, events.home_event(slack, user.id, shown, channel.id))
    now = slack.world.homes.get(user.id)
    outcome = watch.outcome(ack.ms if ack is not None and ack.ok else None)
    if ack is not None and not ack.ok:
        outcome = _no_answer(watch, ack, "the app did not acknowledge app_home_opened")
    return outcome | {"home": None if now is None else {**views.show(slack, now), "errors": {}}}


def _can_type(slack: Slack, channel: Channel) -> None:
    """Raises CannotAct in the DM with an app that takes no messages: there is no message box, for commands neither."""
    closed = slack.config.messages_read_only or not slack.config.messages_tab
    if closed and channel.kind == "im" and slack.installation.bot_user_id in channel.members:
        raise CannotAct("Sending messages to this app has been turned off.")


def _as_registered(slack: Slack, user: User, name: str, text: str) -> str:
    """The text as the manifest's command is sent it. Raises CannotAct for one that is not there."""
    registered = slack.config.registered
    if registered is None:
        return text
    if name not in registered.commands:
        raise CannotAct(f"{name} is not a valid command")
    if not registered.commands[name].get("should_escape"):
        return text
    return SPOKEN.sub(lambda found: _spoken(slack, user, found), text)


def _spoken(slack: Slack, user: User, found: re.Match[str]) -> str:
    """A mention with id and name; a private channel's name is left out. What is nobody's stays as typed."""
    sign, by_id, by_name = found[1] or found[3], found[2], found[4]
    if sign == "@":
        people = (one for one in slack.world.users.values() if by_id == one.id or by_name == one.name)
        return next((f"<@{one.id}|{one.name}>" for one in people), found[0])
    places = (one for one in slack.world.channels_of(user.id) if by_id == one.id or by_name == one.name)
    return next((f"<#{one.id}|{one.name if one.kind == 'public' else ''}>" for one in places), found[0])


async def _told(slack: Slack, event: Json, wait: bool) -> float | None:
    """Milliseconds to the acknowledgement of an event, None without one."""
    if not wait:
        events.later(slack, event)
        return None
    ack = await events.tell(slack, event)
    return ack.ms if ack is not None and ack.ok else None


def escaped(text: str) -> str:
    """What a person types, as Slack stores it: `& < >` escaped, mentions of people and channels kept."""
    return "".join(part if MENTION.fullmatch(part) else escape(part, quote=False) for part in MENTION.split(text))


def _answer(slack: Slack, user: User, channel: Channel, typed: str, given: Json) -> None:
    if given.get("response_type") == "in_channel":
        messages.post(slack, channel, messages.Content(typed), user=user.id)
    answers.apply(slack, ResponseUrl(user.id, channel.id, None, 0.0), given)


def _no_answer(watch: Watch, ack: Ack, reason: str) -> Json:
    """What the person reads; what is wrong with the app stands in brackets."""
    return watch.timeout(reason) if ack.kind == "timeout" else watch.refused(f"{reason} ({ack.why})")
