"""The HTTP end of response URLs."""

from __future__ import annotations

from aiohttp import web

from sandbox import answers
from sandbox.clock import real_seconds
from sandbox.errors import SlackError
from sandbox.response_urls import Dead
from sandbox.slack import Slack
from sandbox.strict import NotJson, read_json


async def serve(slack: Slack, request: web.Request) -> web.Response:
    """POST a message to a response URL; `ok` as text, or why not as JSON (404 dead, 400 bad, 503 down)."""
    started = real_seconds()
    entry = slack.log.add(kind="response_url")
    if slack.faults.down:
        entry |= {"status": 503, "answer": "down", "ms": 0.0}
        return web.Response(status=503, text="Service Unavailable")
    status, answer = await _use(slack, request, entry)
    entry |= {"status": status, "answer": answer, "ms": round((real_seconds() - started) * 1000, 2)}
    if status == 200:
        return web.Response(text="ok")
    return web.json_response({"ok": False, "error": answer}, status=status)


async def _use(slack: Slack, request: web.Request, entry: dict[str, object]) -> tuple[int, str]:
    try:
        given = read_json(await request.read() or b"{}")
    except NotJson:
        return 400, "invalid_payload"
    if not isinstance(given, dict):
        return 400, "invalid_payload"
    entry["args"] = given
    try:
        answers.apply(slack, slack.response_urls.use(request.match_info["secret"]), given)
    except Dead as dead:
        return 404, str(dead)
    except SlackError as refused:
        return 400, refused.code
    return 200, "ok"
