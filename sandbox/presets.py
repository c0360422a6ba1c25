"""What may go wrong, ready to be picked: names, words for a page, and what to perform."""

from __future__ import annotations

from typing import Any

from sandbox.config import BadSetting
from sandbox.state import Json


def _preset(name: str, title: str, sentence: str, *faults: Json, disconnect: str = "") -> Json:
    """`faults` replace the rules in force; with `disconnect` alone the rules stay."""
    preset: Json = {"name": name, "title": title, "sentence": sentence}
    if faults:
        preset["config"] = {"faults": list(faults)}
    return preset | ({"disconnect": disconnect} if disconnect else {})


PRESETS: list[Json] = [
    {
        "name": "calm",
        "title": "Nothing wrong",
        "sentence": "Ends everything that goes wrong on purpose: rules, ghosts and half-open sockets.",
        "config": {"faults": [], "socket_mode": True},
        "disconnect": "exorcise",
    },
    _preset(
        "slow",
        "Answers take two seconds",
        "Every call of the app is answered two seconds late, until this is ended.",
        {"kind": "latency", "seconds": 2.0},
    ),
    _preset(
        "lost",
        "The next answer is lost after Slack accepted it",
        "Slack does what the app's next call asks for, and the app never hears that it did.",
        {"kind": "lost", "times": 1},
    ),
    _preset(
        "too_many",
        "Too many requests for 30 seconds",
        "Every call of the app is refused with 429 and told to come back in 30 seconds.",
        {"kind": "ratelimited", "seconds": 30.0, "for_seconds": 30.0},
    ),
    _preset(
        "unavailable",
        "Slack answers 503",
        "Every call of the app is refused with 503, while sockets stay open, until this is ended.",
        {"kind": "http", "status": 503},
    ),
    _preset(
        "drop",
        "The socket is dropped",
        "The app's sockets are cut without a word; Slack's client with its defaults takes a minute to notice.",
        disconnect="drop",
    ),
    _preset(
        "half_open",
        "Half-open socket",
        "The app's sockets stay open but nothing gets through; it should notice by its pings and connect again.",
        disconnect="half_open",
    ),
    _preset(
        "ghost",
        "A ghost connection",
        "Slack counts one socket more than there is and sends it its share, which is lost, until this is ended.",
        disconnect="ghost",
    ),
    _preset(
        "refresh",
        "Slack asks to reconnect",
        "The app is asked to open a new socket before the old one is closed; nothing may be lost.",
        disconnect="refresh_requested",
    ),
    _preset(
        "twice",
        "The next envelope arrives twice",
        "What the next person does is sent to the app twice; it must count once.",
        {"kind": "twice", "times": 1},
    ),
    _preset(
        "reorder",
        "The next two arrive in the wrong order",
        "What happens next is held back until the thing after it has gone, two seconds at most.",
        {"kind": "reorder", "times": 1},
    ),
    _preset(
        "outage",
        "Slack is down for an hour",
        "Every call is refused with 503 and every socket cut, for an hour by this workspace's clock.",
        {"kind": "outage", "for_seconds": 3600.0},
    ),
]


def named(name: Any) -> Json:
    """One of them. Raises BadSetting."""
    for preset in PRESETS:
        if preset["name"] == name:
            return preset
    raise BadSetting(f"there is no preset {str(name)[:40]}; there are {', '.join(one['name'] for one in PRESETS)}")
