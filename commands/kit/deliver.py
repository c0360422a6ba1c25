"""An answer, on its way to Slack: one quick call at most, and the acknowledgement last."""

from __future__ import annotations

from typing import Any, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from commands.kit.answers import Answer, Back, Close, Replace, Show, Tell, Wrong
from commands.kit.blocks import Block, section
from commands.kit.turn import Request
from commands.kit.views import confirmation

TOO_LATE = (
    "Slack closed the door before the form could open (it waits three seconds). Nothing was lost: please do that again."
)
KEPT = ("type", "title", "submit", "close", "callback_id", "private_metadata", "clear_on_close", "notify_on_close")
NOTE = "too_late"
MOST_BLOCKS = 100
CLOSED = "not_found"  # they closed the view meanwhile: what they did is done, and there is nothing to show
PRESSES_TOO_LATE = {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"}


NOT_SHOWN = "what was asked for is done; this is about showing it"


class Showing:
    """What was asked for is done and kept: whatever goes wrong from here on is marked as a matter of showing it."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is not None:
            error.add_note(NOT_SHOWN)


class Ack(Protocol):
    """Bolt's `ack`."""

    def __call__(self, *arguments: Any, **named: Any) -> Any: ...


def deliver(answer: Answer, request: Request, client: WebClient, ack: Ack) -> None:
    """Show the answer where the person is looking, then acknowledge."""
    with Showing():
        _show(answer, request, client, ack)


def _show(answer: Answer, request: Request, client: WebClient, ack: Ack) -> None:
    if request.surface == "submission":
        _to_submission(answer, request, client, ack)
        return
    if request.surface == "command" and isinstance(answer, Tell):
        ack(text=answer.text, blocks=list(answer.blocks) or [section(answer.text)], response_type="ephemeral")
        return
    try:
        _call(answer, request, client)
    except SlackApiError as problem:
        error = problem.response["error"]
        if error in PRESSES_TOO_LATE:
            _too_late(request, client, ack)
            return
        if error != CLOSED or request.surface != "modal":
            raise
    ack()


def _too_late(request: Request, client: WebClient, ack: Ack) -> None:
    """Say so without a trigger: there is none any more."""
    if request.surface == "command":
        ack(text=TOO_LATE, response_type="ephemeral")
        return
    if request.view is None:
        _whisper(request, Tell(TOO_LATE))
    elif request.surface == "home":
        client.views_publish(user_id=request.user, view=_noted(request.view, TOO_LATE))
    else:
        draw_anew(client, request.view["id"], _noted(request.view, TOO_LATE))
    ack()


def _noted(view: Block, text: str) -> Block:
    """The view they are looking at, with a sentence on top; what they typed stays."""
    kept = {name: view[name] for name in KEPT if view.get(name)}
    blocks = [block for block in view["blocks"] if block.get("block_id") != NOTE]
    return kept | {"blocks": [section(text) | {"block_id": NOTE}, *blocks][:MOST_BLOCKS]}


def draw_anew(client: WebClient, view_id: str, view: Block) -> bool:
    """Put a view in the place of one they have open; False when they have closed it meanwhile."""
    try:
        client.views_update(view_id=view_id, view=view)
    except SlackApiError as problem:
        if problem.response["error"] != CLOSED:
            raise
        return False
    return True


def _to_submission(answer: Answer, request: Request, client: WebClient, ack: Ack) -> None:
    match answer:
        case Wrong(problems):
            ack(response_action="errors", errors=problems)
        case Show(view):
            ack(response_action="push", view=view)
        case Replace(view):
            ack(response_action="update", view=view)
        case Back(view):
            beneath = (request.view or {}).get("previous_view_id")
            if beneath:
                draw_anew(client, beneath, view)
                ack()
            else:
                ack(response_action="update", view=view)
        case Tell(text, blocks):
            ack(response_action="update", view=_told(text, blocks))
        case Close(everything):
            ack(response_action="clear") if everything else ack()


def _call(answer: Answer, request: Request, client: WebClient) -> None:
    match answer:
        case Show(view):
            _open(view, request, client)
        case Replace(view) | Back(view) if request.view is not None and request.surface == "modal":
            draw_anew(client, request.view["id"], view)
        case Replace(view) | Back(view):
            _open(view, request, client)
        case Tell(text, blocks) if request.surface in ("modal", "home"):
            _open(_told(text, blocks), request, client)
        case Tell():
            _whisper(request, answer)
        case Wrong(problems):
            _open(_told(" ".join(problems.values()), ()), request, client)
        case Close():
            pass


def _open(view: Block, request: Request, client: WebClient) -> None:
    beneath = request.view if request.surface == "modal" else None
    if beneath is None:
        client.views_open(trigger_id=request.trigger, view=view)
    elif beneath["previous_view_id"] and beneath["previous_view_id"] != beneath["root_view_id"]:
        draw_anew(client, beneath["id"], view)  # three views is all Slack stacks
    else:
        client.views_push(trigger_id=request.trigger, view=view)


def _whisper(request: Request, answer: Tell) -> None:
    assert request.response_url is not None
    WebhookClient(request.response_url, retry_handlers=[]).send(
        text=answer.text,
        blocks=list(answer.blocks) or [section(answer.text)],
        response_type="ephemeral",
        replace_original=False,
    )


def _told(text: str, blocks: tuple[Block, ...]) -> Block:
    view = confirmation(text, "Convenor")
    return view | {"blocks": list(blocks)} if blocks else view


def refusal(text: str, request: Request, field: str | None = None) -> Answer:
    """The answer that shows a refusal without losing what was typed."""
    if request.surface != "submission" or request.view is None:
        return Tell(text)
    inputs = [block["block_id"] for block in request.view["blocks"] if block["type"] == "input"]
    if field in inputs:
        return Wrong({str(field): text})
    return Wrong({inputs[0]: text}) if inputs else Tell(text)
