"""The operations of the control API, but for acting as a person: each takes what takes.py says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from copy import deepcopy
from typing import Any

from sandbox import presets
from sandbox.control import setup
from sandbox.control.look import info, messages_of, see
from sandbox.control.takes import Misused
from sandbox.faults import read_rules
from sandbox.people import events
from sandbox.slack import Slack
from sandbox.state import Json

Operation = Callable[[Slack, Json], Awaitable[Any]]


async def _info(slack: Slack, given: Json) -> Json:
    return info(slack)


async def _users(slack: Slack, given: Json) -> Json:
    return {"id": setup.add_user(slack, given.pop("name"), **given)}


async def _user(slack: Slack, given: Json) -> Json:
    setup.change_user(slack, given.pop("user"), **given)
    return {}


async def _channels(slack: Slack, given: Json) -> Json:
    return {"id": setup.add_channel(slack, **given)}


async def _channel(slack: Slack, given: Json) -> Json:
    setup.change_members(slack, given["channel"], given.get("add") or [], given.get("remove") or [])
    setup.change_channel(slack, given["channel"], given.get("archived"), given.get("topic"))
    return {}


async def _see(slack: Slack, given: Json) -> Json:
    return see(slack, given["user"])


async def _messages(slack: Slack, given: Json) -> Json:
    return {"messages": messages_of(slack, given.get("channel"), given.get("user"))}


async def _calls(slack: Slack, given: Json) -> Json:
    return {"calls": slack.log.since(given.get("since", 0))}


async def _config(slack: Slack, given: Json) -> Json:
    """All of it or, with a sentence, nothing."""
    apart = {name: given.pop(name) for name in ("faults", "story") if name in given}
    if apart.get("faults", []) is None:
        apart["faults"] = []
    read_rules(apart.get("faults", []))
    await slack.http.check(given)
    slack.configure(given)
    if "faults" in apart:
        slack.faults.set(apart["faults"])
    if "story" in apart:
        slack.clock.set_story(apart["story"])
    return {**slack.config.show(), "faults": slack.faults.show(), "story": slack.clock.is_story}


async def _event(slack: Slack, given: Json) -> Json:
    """Any event, whether or not the app subscribes to it."""
    if not isinstance(given["event"].get("type"), str):
        raise Misused("an event needs a type, such as message")
    ack = await events.send(slack, given["event"])
    return {"acked": ack.ok, "ack_ms": ack.ms}


async def _connections(slack: Slack, given: Json) -> Json:
    connected = await slack.sockets.connected(given.get("wait", 0.0))
    there = slack.sockets.open
    return {
        "connected": connected,
        "connections": [one.number for one in there],
        "ghosts": [one.number for one in there if one.socket is None],
        "half_open": [one.number for one in there if one.half_open],
    }


async def _disconnect(slack: Slack, given: Json) -> Json:
    return {"told": await slack.sockets.disconnect(given.get("reason", "refresh_requested"), given.get("connection"))}


async def _presets(slack: Slack, given: Json) -> Json:
    return {"presets": presets.PRESETS}


async def _preset(slack: Slack, given: Json) -> Json:
    """Let something ready-made go wrong, or nothing any more."""
    preset = presets.named(given["name"])
    if "config" in preset:
        await _config(slack, deepcopy(preset["config"]))
    if "disconnect" in preset:
        await slack.sockets.disconnect(preset["disconnect"])
    return preset


async def _reset(slack: Slack, given: Json) -> Json:
    slack.reset()
    return info(slack)


async def _read(slack: Slack, given: Json) -> Json:
    """A person has read a conversation to its end."""
    user, channel = setup.inside(slack, given["user"], given["channel"])
    slack.world.read[(user.id, channel.id)] = next(reversed(channel.messages), "")
    slack.live.note("people")
    return {}


async def _programme(slack: Slack, given: Json) -> Json:
    slack.story.set_programme(given.get("programme"))
    slack.live.note("programme")
    return {}


async def _story(slack: Slack, given: Json) -> Json:
    slack.story.tell(given.get("story"))
    slack.live.note("story")
    return {}


async def _papers(slack: Slack, given: Json) -> Json:
    slack.story.lay_out(given.get("papers"))
    return {}


async def _ask(slack: Slack, given: Json) -> Json:
    return {"asked": slack.story.ask(given.get("what"), given.get("to"))}


async def _asked(slack: Slack, given: Json) -> Json:
    return {"asks": await slack.story.asked(given.get("after", 0), given.get("wait", 0.0))}


async def _clock(slack: Slack, given: Json) -> Json:
    return await slack.clock.follow(given.get("after", -1), given.get("wait", 0.0))


async def _advance(slack: Slack, given: Json) -> Json:
    return await slack.clock.advance(given.get("to"), given.get("wait", 30.0))


async def _done(slack: Slack, given: Json) -> Json:
    return slack.clock.done(given["step"])


async def _sleep(slack: Slack, given: Json) -> Json:
    return slack.clock.sleep(given["seconds"])


OPERATIONS: dict[str, Operation] = {
    "info": _info,
    "users": _users,
    "user": _user,
    "channels": _channels,
    "channel": _channel,
    "see": _see,
    "messages": _messages,
    "calls": _calls,
    "config": _config,
    "event": _event,
    "connections": _connections,
    "disconnect": _disconnect,
    "presets": _presets,
    "preset": _preset,
    "reset": _reset,
    "read": _read,
    "programme": _programme,
    "story": _story,
    "story/ask": _ask,
    "story/asked": _asked,
    "papers": _papers,
    "clock": _clock,
    "clock/advance": _advance,
    "clock/done": _done,
    "clock/sleep": _sleep,
}
