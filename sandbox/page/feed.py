"""The live feed of one person's page: server-sent events, each made of the facts as they are when it is sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator

from aiohttp import web

from sandbox.clock import real_seconds
from sandbox.control.setup import person
from sandbox.live import Note
from sandbox.page.screen import clock, message, stack, visible
from sandbox.people.watch import show_view
from sandbox.slack import Slack
from sandbox.state import Json

STILL_THERE = 15.0
"""Real seconds after which a quiet feed says that it is still there."""
GATHER = 0.02
"""Real seconds in which changes that belong together come together."""
AT_LEAST = 0.1
"""Real seconds from one telling to the next when changes come without end."""
STUCK = 30.0
"""Real seconds that a browser may leave what it is told unread; then its line is cut, and it looks anew."""
AT_ONCE = 50
MOST = 100
FULL = "As many pages as it can serve look at this practice workspace. Close some of them, then reload."


class Full(Exception):
    """More pages follow than can be served."""


MESSAGES = ("message", "message_changed", "message_deleted")
OTHERS = {"channel": "places", "user": "people"}
ONCE: dict[str, Callable[[Slack, str], Json]] = {
    "stack": lambda slack, user: {"stack": stack(slack, user)},
    "home": lambda slack, user: {"home": show_view(slack, slack.world.homes[user])},
    "places": lambda slack, user: {},
    "people": lambda slack, user: {},
    "unread": lambda slack, user: {},
    "clock": lambda slack, user: {"clock": clock(slack)},
    "story": lambda slack, user: {"story": slack.story.told},
    "programme": lambda slack, user: {"programme": slack.story.programme, "stamp": slack.story.stamp},
    "wire": lambda slack, user: {"last": slack.log.last},
    "reset": lambda slack, user: {},
}
"""Facts that are told as they are now: several changes of one kind are one event."""


async def serve(slack: Slack, request: web.Request, user_id: str, after: int, loaded: int) -> web.StreamResponse:
    """Send what changes for this person until the browser goes away or the workspace closes. Raises Unknown, Full."""
    person(slack, user_id)
    if slack.live.watched >= MOST:
        raise Full
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    slack.live.watched += 1
    try:
        await response.prepare(request)
        await _follow(slack, response, user_id, after, loaded)
    except (ConnectionError, asyncio.CancelledError):  # the browser went away: nobody is left to tell
        pass
    except TimeoutError:  # it is there and does not read
        if request.transport is not None:
            request.transport.abort()
    finally:
        slack.live.watched -= 1
    return response


async def _follow(slack: Slack, response: web.StreamResponse, user_id: str, after: int, loaded: int) -> None:
    while not slack.live.ended:
        began = real_seconds()
        after = await _news(slack, response, user_id, after, loaded)
        if not await slack.live.beyond(after, STILL_THERE) and not slack.live.ended:
            await _write(response, b": still there\n\n")
        await asyncio.sleep(max(GATHER, AT_LEAST - (real_seconds() - began)))


async def _news(slack: Slack, response: web.StreamResponse, user_id: str, after: int, loaded: int) -> int:
    """Send everything above `after`; returns the number up to which all was sent."""
    notes = slack.live.since(after)
    last = slack.live.last
    if notes is None:
        await _send(response, {"n": last, "kind": "missed"})
        return last
    for number, event in enumerate(events(slack, notes, user_id, loaded), start=1):
        await _send(response, event)
        if number % AT_ONCE == 0:  # others have their turn in between
            await asyncio.sleep(0)
    return last


def events(slack: Slack, notes: list[Note], user_id: str, loaded: int) -> Iterator[Json]:
    """What these notes come to for this person, oldest first; facts of one kind once, at the end."""
    once: dict[str, int] = {}
    for note in notes:
        kind = _kind(note, user_id)
        if kind in MESSAGES:
            told = _message(slack, note, user_id, loaded)
            if told is not None:
                yield {"n": note.n, "kind": kind, **told}
            elif note.kind == "message":
                once["people"] = note.n  # somebody else has something to read
        elif kind is not None:
            once[kind] = note.n
    for kind, n in once.items():
        if kind != "home" or user_id in slack.world.homes:
            yield {"n": n, "kind": kind, **ONCE[kind](slack, user_id)}


def _kind(note: Note, user_id: str) -> str | None:
    if note.kind in MESSAGES or note.change is None:
        return note.kind
    if note.kind.startswith("view_"):
        return "stack" if note.change.user == user_id else None
    if note.kind == "home":
        return "home" if note.change.user == user_id else None
    return OTHERS.get(note.kind, note.kind)


def _message(slack: Slack, note: Note, user_id: str, loaded: int) -> Json | None:
    shown = note.change.message if note.change is not None else None
    channel = slack.world.channels.get(shown.channel) if shown is not None else None
    if shown is None or channel is None or not channel.shows(shown, user_id):
        return None
    if note.kind == "message_deleted" or shown.ts not in channel.messages:
        return {"channel": channel.id, "ts": shown.ts} if note.kind == "message_deleted" else None
    if not visible(slack, channel, shown, user_id, loaded):
        return None
    return {"channel": channel.id, "message": message(slack, shown, user_id, loaded)}


async def _send(response: web.StreamResponse, event: Json) -> None:
    await _write(response, f"data: {json.dumps(event)}\n\n".encode())


async def _write(response: web.StreamResponse, told: bytes) -> None:
    async with asyncio.timeout(STUCK):
        await response.write(told)
