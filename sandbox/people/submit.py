"""Submitting and closing modals, and the app's four answers to a submission."""

from __future__ import annotations

from typing import Any

from sandbox import views
from sandbox.blocks.client_checks import client_errors
from sandbox.errors import SlackError
from sandbox.people import payloads
from sandbox.people.press import fill
from sandbox.people.surface import CannotAct, open_view
from sandbox.people.watch import TROUBLE, Watch
from sandbox.slack import Slack
from sandbox.state import Json, User, View


async def submit(slack: Slack, user: User, values: Json, view_id: str | None, *, quiet: bool = False) -> Json:
    """Fill in, then press the submit button; Slack's client looks at the form first."""
    filled = await fill(slack, user, values, view_id, quiet=quiet)
    if filled["kind"] in ("failed", "timeout"):
        return filled
    view = open_view(slack, user.id, view_id)
    if view.content["submit"] is None:
        raise CannotAct("the modal has no submit button")
    if view.content["submit_disabled"] and not view.touched:
        raise CannotAct("the submit button is off until something is filled in")
    watch = Watch(slack, user.id)
    view.errors = client_errors(view.blocks, view.values)
    if view.errors:
        return watch.errors(view.errors)
    with slack.world.observed(watch):
        return await _send(slack, user, view, watch)


async def close(slack: Slack, user: User, everything: bool) -> Json:
    """Cancel the top modal, or with `everything` the X on the whole stack."""
    view = open_view(slack, user.id, None)
    cleared = everything or view.content["clear_on_close"]
    told = slack.world.views.get(view.root_id, view) if cleared else view
    watch = Watch(slack, user.id)
    with slack.world.observed(watch):
        payload = payloads.view_closed(slack, user, told, cleared)
        views.clear(slack, user.id) if cleared else views.remove(slack, view)
        if not told.content["notify_on_close"]:
            return watch.outcome()
        ack = await slack.envelopes.deliver("interactive", payload, accepts=False)
    return watch.outcome(ack.ms) if ack.ok else watch.timeout("the app did not acknowledge view_closed")


async def _send(slack: Slack, user: User, view: View, watch: Watch) -> Json:
    payload = payloads.view_submission(slack, user, view)
    ack = await slack.envelopes.deliver("interactive", payload, accepts=True)
    if not ack.ok:
        return watch.timeout(TROUBLE) if ack.kind == "timeout" else watch.refused(f"{TROUBLE} (the app: {ack.why})")
    try:
        errors = _apply(slack, view, ack.payload)
    except SlackError as refused:
        slack.log.add(kind="refused_ack", error=refused.answer())
        return watch.refused(f"{TROUBLE} ({_why(refused)})", ack.ms)
    return watch.errors(errors, ack.ms) if errors else watch.outcome(ack.ms)


def _apply(slack: Slack, view: View, answer: Any) -> dict[str, str]:
    """Carry out the answer; returns field errors. Raises SlackError for an answer Slack can't use."""
    if not answer:
        views.remove(slack, view)
        return {}
    action = answer.get("response_action") if isinstance(answer, dict) else None
    if action == "errors":
        view.errors = _field_errors(view, answer.get("errors"))
        return view.errors
    if action == "clear":
        views.clear(slack, view.user)
    elif action == "update":
        views.update(slack, view, views.read_view(answer.get("view"), "modal"))
    elif action == "push":
        views.push(slack, view.user, views.read_view(answer.get("view"), "modal"))
    else:
        raise SlackError("invalid_response_action")
    return {}


def _field_errors(view: View, errors: Any) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise SlackError("invalid_response_errors")
    if not all(isinstance(text, str) and text for text in errors.values()):
        raise SlackError("invalid_response_errors")
    return dict(errors)


def _why(refused: SlackError) -> str:
    notes = refused.extra.get("response_metadata", {}).get("messages", [])
    return "; ".join([refused.code, *notes])
