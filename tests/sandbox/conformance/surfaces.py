"""views.*"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.state import Json
from tests.sandbox.conformance.bench import Bench, Cases
from tests.sandbox.conftest import modal, plain

Case = Callable[[Bench], Json]
LARGE = [{"type": "section", "text": plain("x" * 2900)}] * 90
HOME: Json = {"type": "home", "blocks": []}


def taken(b: Bench) -> Json:
    """A view whose external id somebody else's has."""
    b.modal(external_id="mine")
    return modal(external_id="mine")


def used(b: Bench) -> str:
    trigger = b.trigger()
    b.did("views.open", trigger_id=trigger, view=modal())
    return trigger


def opened(trigger: Callable[[Bench], str]) -> dict[str, Case]:
    return {
        "ok": lambda b: {"trigger_id": trigger(b), "view": modal()},
        "duplicate_external_id": lambda b: {"trigger_id": trigger(b), "view": taken(b)},
        "exchanged_trigger_id": lambda b: {"trigger_id": used(b), "view": modal()},
        "expired_trigger_id": lambda b: {"trigger_id": b.trigger(-1), "view": modal()},
        "invalid_trigger_id": lambda b: {"trigger_id": "1.2.abc", "view": modal()},
        "view_too_large": lambda b: {"trigger_id": trigger(b), "view": modal(*LARGE)},
    }


def home(b: Bench, **more: Any) -> Json:
    return {"user_id": b.anna, "view": HOME, **more}


def without_home(b: Bench) -> Json:
    b.set(home_tab=False)
    return home(b)


def published(b: Bench) -> Json:
    b.did("views.publish", **home(b))
    return home(b, hash="1.old")


CASES: Cases = {
    "views.open": opened(lambda b: b.trigger()),
    "views.push": {
        **opened(lambda b: b.trigger(view=b.stack(2))),
        "not_found": lambda b: {"trigger_id": b.trigger(), "view": modal()},
        "push_limit_reached": lambda b: {"trigger_id": b.trigger(view=b.stack(3)), "view": modal()},
    },
    "views.update": {
        "ok": lambda b: {"view_id": b.modal(), "view": modal()},
        "duplicate_external_id": lambda b: {"view_id": b.stack(1), "view": _others(b)},
        "hash_conflict": lambda b: {"view_id": b.modal(), "view": modal(), "hash": "1.old"},
        "not_found": lambda b: {"external_id": "nobodys", "view": modal()},
        "view_too_large": lambda b: {"view_id": b.modal(), "view": modal(*LARGE)},
    },
    "views.publish": {
        "ok": home,
        "duplicate_external_id": lambda b: home(b, view={**HOME, "external_id": taken(b)["external_id"]}),
        "hash_conflict": published,
        "not_enabled": without_home,
        "view_too_large": lambda b: home(b, view={**HOME, "blocks": LARGE}),
    },
}


def _others(b: Bench) -> Json:
    """A view whose external id a home tab has."""
    b.did("views.publish", **home(b, view={**HOME, "external_id": "mine"}))
    return modal(external_id="mine")
