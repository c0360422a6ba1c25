"""auth, apps, team, bots, blocks, users."""

from __future__ import annotations

from sandbox.state import Json
from tests.sandbox.conformance.bench import NOBODY, Bench, Cases
from tests.sandbox.conftest import modal


def off(b: Bench) -> Json:
    b.set(socket_mode=False)
    return {}


CASES: Cases = {
    "auth.test": {"ok": lambda b: {}},
    "apps.connections.open": {"ok": lambda b: {}, "socket_mode_not_enabled": off},
    "team.info": {"ok": lambda b: {}},
    "bots.info": {
        "ok": lambda b: {"bot": b.slack.installation.bot_id},
        "bot_not_found": lambda b: {"bot": "B0"},
    },
    "blocks.validate": {
        "ok": lambda b: {"view": modal()},
        "invalid_blocks": lambda b: {"blocks": [{}]},
        "invalid_message": lambda b: {"message": {"blocks": [{}]}},
        "invalid_view": lambda b: {"view": {"type": "modal"}},
    },
    "users.info": {"ok": lambda b: {"user": b.anna}, "user_not_found": lambda b: {"user": NOBODY}},
    "users.list": {"ok": lambda b: {"limit": 2}, "invalid_limit": lambda b: {"limit": -1}},
    "users.lookupByEmail": {
        "ok": lambda b: {"email": "anna@example.org"},
        "users_not_found": lambda b: {"email": b.user(email="gone@example.org", deleted=True) and "gone@example.org"},
    },
    "users.profile.get": {"ok": lambda b: {"user": b.anna}, "user_not_found": lambda b: {"user": NOBODY}},
}
