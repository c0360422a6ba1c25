"""The routes below /_control/: JSON in, JSON out; a caller's mistake is 400 with a sentence in `error`."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from copy import deepcopy
from functools import partial
from typing import Any

from aiohttp import web

from sandbox import presets
from sandbox.clock import NoStory
from sandbox.config import BadSetting
from sandbox.control import setup
from sandbox.control.acts import ACTS, perform
from sandbox.control.look import info, messages_of, see
from sandbox.log import logger
from sandbox.people import events
from sandbox.slack import Slack
from sandbox.state import Json
from sandbox.story import BadStory

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
    return {"calls": slack.log.since(int(given.get("since", 0)))}


async def _config(slack: Slack, given: Json) -> Json:
    await slack.http.check(given)
    if "faults" in given:
        slack.faults.set(given.pop("faults") or [])
    if "story" in given:
        slack.clock.set_story(given.pop("story"))
    slack.configure(given)
    return {**slack.config.show(), "faults": slack.faults.show(), "story": slack.clock.is_story}


async def _event(slack: Slack, given: Json) -> Json:
    """Any event, whether or not the app subscribes to it."""
    ack = await events.send(slack, given["event"])
    return {"acked": ack.ok, "ack_ms": ack.ms}


async def _connections(slack: Slack, given: Json) -> Json:
    connected = await slack.sockets.connected(float(given.get("wait", 0)))
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
    user, channel = setup.person(slack, given["user"]), setup.place(slack, given["channel"])
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
    return {"asks": await slack.story.asked(int(given.get("after", 0)), float(given.get("wait", 0)))}


async def _clock(slack: Slack, given: Json) -> Json:
    return await slack.clock.follow(int(given.get("after", -1)), float(given.get("wait", 0)))


async def _advance(slack: Slack, given: Json) -> Json:
    return await slack.clock.advance(given.get("to"), float(given.get("wait", 30)))


async def _done(slack: Slack, given: Json) -> Json:
    return slack.clock.done(int(given["step"]))


async def _sleep(slack: Slack, given: Json) -> Json:
    return slack.clock.sleep(float(given["seconds"]))


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


def routes(slack: Slack) -> list[web.RouteDef]:
    """Every operation, by GET with a query or POST with a JSON object."""
    handlers = dict(OPERATIONS) | {name: partial(_perform, name) for name in ACTS}
    return [
        route(f"/_control/{name}", partial(_serve, slack, handler))
        for name, handler in handlers.items()
        for route in (partial(web.get, allow_head=False), web.post)
    ]


async def _perform(name: str, slack: Slack, given: Json) -> Json:
    return await perform(slack, name, given)


async def _serve(slack: Slack, operation: Operation, request: web.Request) -> web.Response:
    try:
        body = await request.text()
        given = {**request.query, **_object(body)}
        return web.json_response(await operation(slack, given))
    except NoStory as refused:
        return web.json_response({"error": refused.__doc__}, status=409)
    except KeyError as missing:
        return web.json_response({"error": f"missing or unknown: {missing.args[0]}"}, status=400)
    except (BadSetting, BadStory, setup.Unknown, ValueError, TypeError) as refused:
        logger.debug("refused", exc_info=True)
        return web.json_response({"error": str(refused)}, status=400)


def _object(body: str) -> Json:
    """The body's JSON object, empty for no body. Raises ValueError with a sentence."""
    try:
        given = json.loads(body) if body else {}
    except ValueError:
        raise ValueError("the body must be JSON") from None
    if not isinstance(given, dict):
        raise ValueError("the body must be a JSON object")
    return given
