"""The door of the control API: JSON in, JSON out; a caller's mistake is refused with a sentence in `error`."""

from __future__ import annotations

from functools import partial

from aiohttp import web

from sandbox.clock import BadMoment, NoStory
from sandbox.config import BadSetting
from sandbox.control.acts import ACTS, perform
from sandbox.control.kinds import one_line
from sandbox.control.routes import OPERATIONS, Operation
from sandbox.control.setup import Unknown
from sandbox.control.takes import TAKES, Misused, read
from sandbox.slack import Slack
from sandbox.state import Json
from sandbox.story import BadStory
from sandbox.strict import NotJson, read_json

REFUSED = (BadMoment, BadSetting, BadStory, Misused, NotJson, Unknown)
NOT_BY_GET = "This changes something: send it by POST."
SIMPLE = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")
"""Content types that a browser lets any site send anywhere."""
NOT_SIMPLE = "Send JSON, and say so: Content-Type: application/json."
TOO_MUCH = "That is more than this operation takes."


def routes(slack: Slack) -> list[web.RouteDef]:
    """Every operation by POST with a JSON object; those that only look by GET with a query, too."""
    handlers = dict(OPERATIONS) | {name: partial(_perform, name) for name in ACTS}
    return [
        route(f"/_control/{name}", partial(_serve, slack, name, handler))
        for name, handler in handlers.items()
        for route in (partial(web.get, allow_head=False), web.post)
    ]


async def _perform(name: str, slack: Slack, given: Json) -> Json:
    return await perform(slack, name, given)


async def _serve(slack: Slack, name: str, operation: Operation, request: web.Request) -> web.Response:
    if request.method == "GET" and not TAKES[name].looks:
        return _refused(NOT_BY_GET, 405)
    if request.content_type in SIMPLE:
        return _refused(NOT_SIMPLE, 415)
    body = await request.read()
    if len(body) > TAKES[name].most:
        return _refused(TOO_MUCH, 413)
    try:
        given = read(name, {**request.query, **_object(body)})
        return web.json_response(await operation(slack, given))
    except NoStory as refused:
        return _refused(str(refused.__doc__), 409)
    except REFUSED as refused:
        return _refused(str(refused), 400)


def _refused(sentence: str, status: int) -> web.Response:
    return web.json_response({"error": one_line(sentence)}, status=status)


def _object(body: bytes) -> Json:
    """The body's JSON object, empty for no body. Raises NotJson."""
    given = read_json(body or b"{}")
    if not isinstance(given, dict):
        raise NotJson("the body must be a JSON object")
    return given
