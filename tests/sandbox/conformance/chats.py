"""chat.*"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.state import Json
from tests.sandbox.conformance.bench import NOWHERE, Bench, Cases
from tests.sandbox.conftest import plain

LONG = [{"type": "section", "text": plain("x" * 2700)}] * 5
WRITTEN: Json = {
    "invalid_attachments": {"text": "x", "attachments": "{"},
    "invalid_blocks": {"text": "x", "blocks": [{"type": "nonsense"}]},
    "invalid_blocks_format": {"text": "x", "blocks": "{"},
    "invalid_metadata_format": {"text": "x", "metadata": {"event_type": "notice"}},
    "markdown_text_conflict": {"text": "x", "markdown_text": "x"},
    "metadata_too_large": {"text": "x", "metadata": {"event_type": "n", "event_payload": {"x": "x" * 8000}}},
    "msg_blocks_too_long": {"text": "x", "blocks": LONG},
    "no_text": {},
    "too_many_attachments": {"text": "x", "attachments": [{}] * 101},
}
"""Error → a message that gets it."""

Case = Callable[[Bench], Json]


def written(base: Case) -> dict[str, Case]:
    """The cases of a bad message in a good place."""

    def case(given: Json) -> Case:
        return lambda b: {**base(b), **given}

    return {error: case(given) for error, given in WRITTEN.items()}


def placed(**more: Any) -> dict[str, Case]:
    """The cases of a good message in a bad place."""

    def to(place: Callable[[Bench], Any]) -> Case:
        return lambda b: {"channel": place(b), **{n: v(b) if callable(v) else v for n, v in more.items()}}

    def closed(b: Bench) -> str:
        b.set(messages_tab=False)
        return b.anna

    return {
        "cannot_dm_bot": to(lambda b: b.bot),
        "channel_not_found": to(lambda b: b.other),
        "is_archived": to(lambda b: b.archived()),
        "messages_tab_disabled": to(closed),
        "not_in_channel": to(lambda b: b.lobby),
    }


def soon(b: Bench, seconds: int = 3600, **more: Any) -> Json:
    return {"channel": b.panel, "text": "x", "post_at": b.in_seconds(seconds), **more}


def crowded(b: Bench) -> Json:
    for _ in range(30):
        b.scheduled()
    return soon(b)


CASES: Cases = {
    "chat.postMessage": {
        "ok": lambda b: {"channel": "#panel", "text": "x", "thread_ts": b.mine()["ts"], "reply_broadcast": True},
        "as_user_not_supported": lambda b: {"channel": b.panel, "text": "x", "as_user": True},
        **placed(text="x"),
        **written(lambda b: {"channel": b.panel}),
    },
    "chat.postEphemeral": {
        "ok": lambda b: {"channel": b.panel, "user": b.anna, "text": "x"},
        **placed(text="x", user=lambda b: b.anna),
        **written(lambda b: {"channel": b.panel, "user": b.anna}),
        "msg_too_long": lambda b: {"channel": b.panel, "user": b.anna, "text": "x" * 4001},
        "user_not_in_channel": lambda b: {"channel": b.panel, "user": b.user(), "text": "x"},
    },
    "chat.update": {
        "ok": lambda b: {**b.mine(), "text": "new"},
        **written(lambda b: b.mine()),
        "as_user_not_supported": lambda b: {**b.mine(), "text": "x", "as_user": "true"},
        "cant_update_message": lambda b: {**b.theirs(), "text": "x"},
        "channel_not_found": lambda b: {**b.mine(), "channel": NOWHERE, "text": "x"},
        "is_inactive": lambda b: {**b.mine(), "channel": b.archived(), "text": "x"},
        "message_not_found": lambda b: {"channel": b.panel, "ts": "1.000001", "text": "x"},
        "msg_too_long": lambda b: {**b.mine(), "text": "x" * 4001},
    },
    "chat.delete": {
        "ok": lambda b: b.mine(),
        "cant_delete_message": lambda b: b.theirs(),
        "channel_not_found": lambda b: {**b.mine(), "channel": b.other},
        "message_not_found": lambda b: {"channel": b.panel, "ts": "1.000001"},
    },
    "chat.getPermalink": {
        "ok": lambda b: {"channel": b.panel, "message_ts": b.mine()["ts"]},
        "channel_not_found": lambda b: {"channel": b.other, "message_ts": "1.000001"},
        "message_not_found": lambda b: {"channel": b.panel, "message_ts": "1.000001"},
    },
    "chat.scheduleMessage": {
        "ok": soon,
        **placed(text="x", post_at=lambda b: b.in_seconds(3600)),
        **written(lambda b: {"channel": b.panel, "post_at": b.in_seconds(3600)}),
        "invalid_time": lambda b: soon(b, post_at="soon"),
        "msg_too_long": lambda b: soon(b, text="x" * 4001),
        "restricted_too_many": crowded,
        "time_in_past": lambda b: soon(b, 0),
        "time_too_far": lambda b: soon(b, 120 * 24 * 3600 + 1),
    },
    "chat.deleteScheduledMessage": {
        "ok": lambda b: b.scheduled(60),
        "channel_not_found": lambda b: {**b.scheduled(), "channel": NOWHERE},
        "invalid_scheduled_message_id": lambda b: b.scheduled(59),
    },
    "chat.scheduledMessages.list": {
        "ok": lambda b: {"channel": b.scheduled()["channel"]},
        "invalid_channel": lambda b: {"channel": NOWHERE},
        "invalid_limit": lambda b: {"limit": 1001},
    },
}
