"""reactions.* and pins.*"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.state import Json
from tests.sandbox.conformance.bench import Bench, Cases

Case = Callable[[Bench], Json]


def on(b: Bench, **more: Any) -> Json:
    """A message of the app's: channel and timestamp."""
    sent = b.mine()
    return {"channel": sent["channel"], "timestamp": sent["ts"], **more}


def reacted(b: Bench, *names: str) -> Json:
    where = on(b)
    for name in names:
        b.did("reactions.add", **where, name=name)
    return where


def pinned(b: Bench, count: int = 1) -> Json:
    where = on(b)
    for _ in range(count):
        where = on(b)
        b.did("pins.add", **where)
    return where


def said_in_lobby(b: Bench) -> Json:
    """A message in a public channel without the app."""
    b.set(add_scopes=["chat:write.public"])
    sent = b.did("chat.postMessage", channel=b.lobby, text="x")
    return {"channel": b.lobby, "timestamp": sent["ts"]}


def archived(b: Bench) -> Json:
    where = on(b)
    b.archived()
    return where


def found(**more: Any) -> dict[str, Case]:
    return {
        "channel_not_found": lambda b: on(b, **more, channel=b.other),
        "message_not_found": lambda b: {"channel": b.panel, "timestamp": "1.000001", **more},
        "no_item_specified": lambda b: {"channel": b.panel, **more},
    }


CASES: Cases = {
    "reactions.add": {
        "ok": lambda b: on(b, name="thumbsup::skin-tone-3"),
        **found(name="eyes"),
        "already_reacted": lambda b: {**reacted(b, "eyes"), "name": "eyes"},
        "invalid_name": lambda b: on(b, name="No Emoji"),
        "is_archived": lambda b: {**archived(b), "name": "eyes"},
        "not_in_channel": lambda b: {**said_in_lobby(b), "name": "eyes"},
        "too_many_emoji": lambda b: {**reacted(b, *(f"e{n}" for n in range(23))), "name": "eyes"},
    },
    "reactions.remove": {
        "ok": lambda b: {**reacted(b, "eyes"), "name": ":eyes:"},
        **found(name="eyes"),
        "invalid_name": lambda b: on(b, name=""),
        "no_reaction": lambda b: {**reacted(b, "eyes"), "name": "wave"},
    },
    "reactions.get": {"ok": lambda b: reacted(b, "eyes"), **found()},
    "pins.add": {
        "ok": on,
        **found(),
        "already_pinned": pinned,
        "not_in_channel": said_in_lobby,
        "too_many_pins": lambda b: {**pinned(b, 100), **on(b)},
    },
    "pins.remove": {"ok": pinned, **found(), "no_pin": on},
    "pins.list": {
        "ok": lambda b: {"channel": pinned(b)["channel"]},
        "channel_not_found": lambda b: {"channel": b.other},
    },
}
