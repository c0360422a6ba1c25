"""What nobody foresaw: a sentence where the person is looking, and the same reference in the log."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from http.client import HTTPException
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.context.ack import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from sqlalchemy.exc import SQLAlchemyError

from commands.kit.deliver import NOT_SHOWN, deliver, refusal
from commands.kit.turn import Request, read

UNREACHED = (SlackClientError, OSError, HTTPException)  # Slack said no, or could not be reached
AGAIN = "and open this again to see what was saved."
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without those that are taken for one another


def reference() -> str:
    """Four characters that can be read out over the telephone."""
    return "".join(secrets.choice(LETTERS) for _ in range(4))


class Failures:
    """What Bolt calls when a listener raises."""

    def __init__(self, log: Any, keep: Callable[[Request], None]) -> None:
        """`keep` puts away what was typed into a form that could not be saved."""
        self.log = log
        self.keep = keep

    def answer(self, error: Exception, body: dict[str, Any], client: WebClient) -> BoltResponse:
        """Log the trace (ids only; never the body) and answer the person."""
        ref = reference()
        self.log.error("unforeseen", reference=ref, exc_info=error)
        if "command" not in body and body.get("type") not in ("block_actions", "view_submission"):
            return BoltResponse(status=200)
        to_whom = f"Reference {ref}: please give it to whoever looks after Convenor"
        request = read(body)
        sentence = f"Something went wrong. Nothing was saved. {to_whom}."
        if isinstance(error, UNREACHED):  # what they did may be done: it is saved before it is shown
            sentence = f"Slack did not take what Convenor wanted to show you. {to_whom}, {AGAIN}"
        elif NOT_SHOWN in getattr(error, "__notes__", ()):
            sentence = f"What comes next could not be shown. {to_whom}, {AGAIN}"
        elif request.surface == "submission":
            self._keep(request, ref)
        answer: Any = Ack()  # type: ignore[no-untyped-call]
        try:
            deliver(refusal(sentence, request), request, client, answer)
        except UNREACHED:
            self.log.error("failure_not_shown", reference=ref)
        response: BoltResponse | None = answer.response
        return response or BoltResponse(status=200)

    def _keep(self, request: Request, ref: str) -> None:
        try:
            self.keep(request)
        except SQLAlchemyError as problem:  # what kept the form from being saved
            self.log.error("draft_not_kept", reference=ref, kind=type(problem).__name__)
