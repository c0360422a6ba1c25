"""conversations.*"""

from __future__ import annotations

from collections.abc import Callable

from sandbox.state import Json
from tests.sandbox.conformance.bench import NOBODY, NOWHERE, Bench, Cases

Case = Callable[[Bench], Json]
NAMES = {
    "invalid_name_maxlength": "x" * 81,
    "invalid_name_punctuation": "--_",
    "invalid_name_required": "",
    "invalid_name_specials": "Has Capitals",
    "name_taken": "other",
}
"""Error → a channel's name that gets it; `other` is a channel the app can't even see."""


def named(base: Case) -> dict[str, Case]:
    def case(name: str) -> Case:
        return lambda b: {**base(b), "name": name}

    return {error: case(name) for error, name in NAMES.items()}


def made(b: Bench) -> str:
    """A channel of the app's own making, with anna."""
    channel = str(b.did("conversations.create", name="made")["channel"]["id"])
    b.did("conversations.invite", channel=channel, users=b.anna)
    return channel


def alone(b: Bench) -> str:
    return str(b.did("conversations.create", name="alone")["channel"]["id"])


def guest(b: Bench) -> str:
    """A single-channel guest who has their channel."""
    user = b.user(is_ultra_restricted=True)
    b.slack.world.channels[b.other].members[user] = None
    return user


def described(name: str) -> dict[str, Case]:
    return {
        "ok": lambda b: {"channel": b.panel, name: "x" * 250},
        "channel_not_found": lambda b: {"channel": b.other, name: "x"},
        "is_archived": lambda b: {"channel": b.archived(), name: "x"},
        "method_not_supported_for_channel_type": lambda b: {"channel": b.dm(), name: "x"},
        "not_in_channel": lambda b: {"channel": b.lobby, name: "x"},
        "too_long": lambda b: {"channel": b.panel, name: "x" * 251},
    }


LISTED: dict[str, Case] = {
    "ok": lambda b: {"types": "public_channel,private_channel,im,mpim", "limit": 999},
    "invalid_limit": lambda b: {"limit": 1000},
    "invalid_types": lambda b: {"types": "secret"},
}


def told(ts: Case) -> dict[str, Case]:
    return {
        "ok": lambda b: {"channel": b.panel, **ts(b)},
        "channel_not_found": lambda b: {"channel": b.other, **ts(b)},
        "invalid_limit": lambda b: {"channel": b.panel, "limit": "many", **ts(b)},
        "invalid_ts_latest": lambda b: {"channel": b.panel, "latest": "now", **ts(b)},
        "invalid_ts_oldest": lambda b: {"channel": b.panel, "oldest": "then", **ts(b)},
        "not_in_channel": lambda b: {"channel": b.lobby, **ts(b)},
    }


CASES: Cases = {
    "conversations.create": {
        "ok": lambda b: {"name": "a-new_one-ü2", "is_private": True},
        **named(lambda b: {}),
    },
    "conversations.join": {
        "ok": lambda b: {"channel": b.lobby},
        "channel_not_found": lambda b: {"channel": b.other},
        "is_archived": lambda b: {"channel": b.archived(b.lobby)},
        "method_not_supported_for_channel_type": lambda b: {"channel": b.panel},
    },
    "conversations.leave": {
        "ok": lambda b: {"channel": b.panel},
        "cant_leave_general": lambda b: {"channel": b.general()},
        "channel_not_found": lambda b: {"channel": b.other},
        "is_archived": lambda b: {"channel": b.archived()},
        "last_member": lambda b: {"channel": alone(b)},
        "method_not_supported_for_channel_type": lambda b: {"channel": b.dm()},
    },
    "conversations.kick": {
        "ok": lambda b: {"channel": b.panel, "user": b.anna},
        "cant_kick_from_general": lambda b: {"channel": b.general(), "user": b.anna},
        "cant_kick_self": lambda b: {"channel": b.panel, "user": b.bot},
        "channel_not_found": lambda b: {"channel": b.other, "user": b.ben},
        "method_not_supported_for_channel_type": lambda b: {"channel": b.dm(), "user": b.anna},
        "not_in_channel": lambda b: {"channel": b.panel, "user": b.user()},
        "user_not_found": lambda b: {"channel": b.panel, "user": NOBODY},
    },
    "conversations.archive": {
        "ok": lambda b: {"channel": b.panel},
        "already_archived": lambda b: {"channel": b.archived()},
        "cant_archive_general": lambda b: {"channel": b.general()},
        "channel_not_found": lambda b: {"channel": b.other},
        "method_not_supported_for_channel_type": lambda b: {"channel": b.dm()},
        "not_in_channel": lambda b: {"channel": b.lobby},
    },
    "conversations.rename": {
        "ok": lambda b: {"channel": made(b), "name": "renamed"},
        **named(lambda b: {"channel": made(b)}),
        "channel_not_found": lambda b: {"channel": b.other, "name": "renamed"},
        "is_archived": lambda b: {"channel": b.archived(), "name": "renamed"},
        "method_not_supported_for_channel_type": lambda b: {"channel": b.dm(), "name": "renamed"},
        "not_authorized": lambda b: {"channel": b.panel, "name": "renamed"},
        "not_in_channel": lambda b: {"channel": b.lobby, "name": "renamed"},
    },
    "conversations.setTopic": described("topic"),
    "conversations.setPurpose": described("purpose"),
    "conversations.open": {
        "ok": lambda b: {"users": [b.anna], "return_im": True},
        "channel_not_found": lambda b: {"channel": NOWHERE},
        "method_not_supported_for_channel_type": lambda b: {"channel": b.panel},
        "too_many_users": lambda b: {"users": ",".join([b.anna] * 9)},
        "user_disabled": lambda b: {"users": b.user(deleted=True)},
        "user_not_found": lambda b: {"users": NOBODY},
        "users_list_not_supplied": lambda b: {},
    },
    "conversations.invite": {
        "ok": lambda b: {"channel": b.panel, "users": f"{b.user(is_restricted=True)},{NOBODY}", "force": True},
        "already_in_channel": lambda b: {"channel": b.panel, "users": b.anna},
        "cant_invite": lambda b: {"channel": b.panel, "users": b.user(deleted=True)},
        "cant_invite_self": lambda b: {"channel": b.panel, "users": b.bot},
        "channel_not_found": lambda b: {"channel": b.other, "users": b.anna},
        "is_archived": lambda b: {"channel": b.archived(), "users": b.user()},
        "method_not_supported_for_channel_type": lambda b: {"channel": b.dm(), "users": b.ben},
        "no_user": lambda b: {"channel": b.panel},
        "not_in_channel": lambda b: {"channel": b.lobby, "users": b.ben},
        "ura_max_channels": lambda b: {"channel": b.panel, "users": guest(b)},
        "user_not_found": lambda b: {"channel": b.panel, "users": [b.user(), NOBODY]},
    },
    "conversations.info": {
        "ok": lambda b: {"channel": b.lobby, "include_num_members": True},
        "channel_not_found": lambda b: {"channel": b.other},
    },
    "conversations.list": LISTED,
    "users.conversations": LISTED,
    "conversations.members": {
        "ok": lambda b: {"channel": b.panel},
        "channel_not_found": lambda b: {"channel": b.other},
        "invalid_limit": lambda b: {"channel": b.panel, "limit": 1001},
    },
    "conversations.history": told(lambda b: {}),
    "conversations.replies": {
        **told(lambda b: {"ts": b.mine()["ts"]}),
        "thread_not_found": lambda b: {"channel": b.panel, "ts": "1.000001"},
    },
}
