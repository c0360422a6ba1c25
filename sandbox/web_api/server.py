"""The door of the Web API: reads a call, checks token and scope, answers as Slack does, and logs it."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from sandbox.clock import real_seconds
from sandbox.errors import SlackError
from sandbox.faults import Fault
from sandbox.slack import Slack
from sandbox.state import Json
from sandbox.strict import NO_FORM, NotJson, read_json
from sandbox.web_api.methods import METHODS, Args, Method

SECRETS = ("token",)


async def serve(slack: Slack, request: web.Request) -> web.StreamResponse:
    """Answer /api/<method>."""
    name = request.match_info["method"]
    started = real_seconds()
    entry = slack.log.add(kind="call", method=name)
    try:
        given = await _read(request)
    except SlackError as refused:
        return _answer(slack, entry, started, refused)
    entry["args"] = {key: value for key, value in given.items() if key not in SECRETS}
    outcome = await _with_faults(slack, request, name, given)
    if outcome is None:
        entry |= {"status": None, "answer": None, "ms": _ms(started)}
        return _cut(request)
    return _answer(slack, entry, started, outcome)


async def _with_faults(slack: Slack, request: web.Request, name: str, given: Json) -> Json | SlackError | Fault | None:
    faults: dict[str, Fault] = {fault.kind: fault for fault in slack.faults.of_call(name)}
    if "latency" in faults:
        await asyncio.sleep(faults["latency"].seconds)
    if "reset" in faults:
        return None
    if "ratelimited" in faults:
        seconds = str(max(1, round(faults["ratelimited"].seconds)))
        return SlackError("ratelimited", status=429, headers={"Retry-After": seconds})
    if "error" in faults:
        return SlackError(faults["error"].code)
    refused = faults.get("http") or faults.get("html")
    if refused is not None:
        return refused
    outcome = call(slack, name, _token(request, given), given)
    return None if "lost" in faults else outcome


def call(slack: Slack, name: str, token: str | None, given: Json) -> Json | SlackError:
    """One call with its arguments, whichever way it came: the answer, or the refusal."""
    try:
        found = METHODS.get(name)
        if found is None:
            raise SlackError("unknown_method", req_method=name)
        _check_token(slack, found, token)
        need_scope(slack, *found.scopes)
        return {"ok": True, **found(slack, Args(given))}
    except SlackError as refused:
        return refused


def need_scope(slack: Slack, *scopes: str) -> None:
    """Raise missing_scope unless one of these is granted (or none is needed)."""
    granted = slack.config.scopes
    if scopes and not set(scopes) & set(granted):
        raise SlackError("missing_scope", needed=",".join(scopes), provided=",".join(granted))


def _check_token(slack: Slack, found: Method, token: str | None) -> None:
    bot = slack.installation
    if found.token == "none":
        return
    if token is None:
        raise SlackError("not_authed")
    if slack.config.token_error is not None:
        raise SlackError(slack.config.token_error)
    if token not in (bot.bot_token, bot.app_token):
        raise SlackError("invalid_auth")
    if (token == bot.app_token) != (found.token == "app"):
        raise SlackError("not_allowed_token_type")


def _token(request: web.Request, given: Json) -> str | None:
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        return header.removeprefix("Bearer ").strip() or None
    return given.get("token") or None


async def _read(request: web.Request) -> Json:
    """Arguments from query and body. Raises invalid_json, json_not_object."""
    given: Json = dict(request.query)
    if request.content_type != "application/json":
        return given | await _form(request)
    body = await request.read()
    try:
        said = read_json(body) if body.strip() else {}
    except NotJson:
        raise SlackError("invalid_json") from None
    if not isinstance(said, dict):
        raise SlackError("json_not_object")
    return given | said


async def _form(request: web.Request) -> Json:
    """The fields of a form; files are no arguments. What is no form has no fields."""
    try:
        fields = await request.post()
    except NO_FORM:
        return {}
    return {name: value for name, value in fields.items() if isinstance(value, str)}


def _answer(slack: Slack, entry: Json, started: float, outcome: Json | SlackError | Fault) -> web.Response:
    if isinstance(outcome, Fault):
        status = outcome.status if outcome.kind == "http" else 502
        entry |= {"status": status, "answer": None, "ms": _ms(started)}
        return web.Response(status=status, text="<html><body>Bad gateway</body></html>", content_type="text/html")
    refused = isinstance(outcome, SlackError)
    body: Any = outcome.answer() if isinstance(outcome, SlackError) else outcome
    status = outcome.status if isinstance(outcome, SlackError) else 200
    headers = outcome.headers if isinstance(outcome, SlackError) else {}
    entry |= {"status": status, "answer": body, "ms": _ms(started)}
    scopes = {"x-oauth-scopes": ",".join(slack.config.scopes)}
    if refused and body.get("needed"):
        scopes["x-accepted-oauth-scopes"] = body["needed"]
    return web.json_response(body, status=status, headers={**scopes, **headers})


def _cut(request: web.Request) -> web.StreamResponse:
    """End the connection without an answer."""
    if request.transport is not None:
        request.transport.close()
    return web.Response()


def _ms(started: float) -> float:
    return round((real_seconds() - started) * 1000, 2)
