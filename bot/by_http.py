"""Slack over HTTP, where no socket is opened: what is not signed, is old, came before or is too large gets no further.

Everything behind the signature is what the socket has too: the same look at a payload, the same listeners, as many at
once, and the answer is what Slack is given.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.door import admits

PATH = "/slack/events"
BODY_BYTES = 1024 * 1024  # a view of Slack's has 250 KB at most, and what was typed comes beside it
BODY_SECONDS = 3.0  # Slack waits no longer for the answer
FIELDS = 100  # of a form; Slack's commands have some fifteen
REMEMBERED = 50_000  # signatures; in five minutes of Slack's own limits there are some 5,000


class Signed:
    """Which requests are Slack's own: signed with the secret (v0, over the raw body), at most five minutes old by this
    machine's clock, and not had before."""

    def __init__(self, secret: str) -> None:
        self._verifier = SignatureVerifier(secret)  # the one that Bolt uses
        self._had: OrderedDict[str, None] = OrderedDict()

    def by_slack(self, body: bytes, timestamp: str, signature: str) -> bool:
        """Whether Slack signed this lately. Nothing of the body is looked at."""
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except (ValueError, TypeError):  # no number, no text, letters that no signature has
            return False

    def again(self, signature: str) -> bool:
        """Whether it was had before: Slack signs anew whatever it sends again. It is remembered."""
        if signature in self._had:
            return True
        self._had[signature] = None
        if len(self._had) > REMEMBERED:
            self._had.popitem(last=False)
        return False


class ByHttp:
    """Slack's address at the server of the pages."""

    def __init__(self, app: App, secret: str, concurrency: int) -> None:
        """`concurrency`: how many are answered side by side; the others wait."""
        self._app = app
        self._signed = Signed(secret)
        self._workers = ThreadPoolExecutor(concurrency, thread_name_prefix="by_http")

    def routes(self, router: web.UrlDispatcher, prefix: str) -> None:
        """Add the one address."""
        router.add_post(prefix + PATH, self._asked)

    async def _asked(self, request: web.Request) -> web.Response:
        body = await self._body(request)
        signature = request.headers.get("X-Slack-Signature", "")
        if not self._signed.by_slack(body, request.headers.get("X-Slack-Request-Timestamp", ""), signature):
            raise web.HTTPUnauthorized
        if self._signed.again(signature):
            raise web.HTTPForbidden
        said = await asyncio.get_running_loop().run_in_executor(self._workers, self._answered, body.decode())
        kind = said.first_headers().get("content-type", "text/plain")
        return web.Response(status=said.status, body=said.body.encode(), headers={"Content-Type": kind})

    async def _body(self, request: web.Request) -> bytes:
        """The raw body; raises HTTPRequestEntityTooLarge, HTTPRequestTimeout for one that trickles in."""
        try:
            async with asyncio.timeout(BODY_SECONDS):
                return await request.clone(client_max_size=BODY_BYTES).read()
        except TimeoutError:
            raise web.HTTPRequestTimeout from None

    def _answered(self, body: str) -> BoltResponse:
        """What the bot says to what Slack signed."""
        payload = payload_of(body)
        if isinstance(payload, dict) and payload.get("type") == "url_verification":
            return BoltResponse(status=200, body={"challenge": str(payload.get("challenge"))})
        if not admits(self._app, payload):
            return BoltResponse(status=200)  # so that it does not come again
        return self._app.dispatch(BoltRequest(mode="socket_mode", body=payload))


def payload_of(body: str) -> Any:
    """A command's fields, an interaction's one field read, an event's JSON, as the socket has them; None for what is
    none of these. (Bolt's own reading loses a command whose words have "payload" in them.)"""
    try:
        if body.startswith("{"):
            return json.loads(body)
        fields = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=FIELDS))
        return json.loads(fields["payload"]) if "payload" in fields else fields
    except (ValueError, RecursionError):
        return None
