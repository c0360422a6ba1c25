"""What holds for every answer: the right host, a small body, a pace, and headers that keep a page to its reader."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.heartbeat import guarded

BODY_BYTES = 2048
ASKS_A_MINUTE = 20  # of one address
ALL_A_MINUTE = 600
KEPT = 1000  # addresses whose pace is remembered
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Say = Callable[[int], web.Response]


def headers(style: str) -> dict[str, str]:
    """The headers of every answer. Nothing but the page's own style counts, and nothing of it is kept or told on."""
    known = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{known}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "no-referrer",
        "Server": "Convenor",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
    }


class Pace:
    """How often an address was asked for within a minute, and all of them together."""

    def __init__(self, one: int = ASKS_A_MINUTE, all: int = ALL_A_MINUTE) -> None:
        self._one, self._all = one, all
        self._asked: OrderedDict[str, list[float]] = OrderedDict()
        self._every: list[float] = []

    def too_quick(self, path: str, now: float) -> bool:
        """Whether this ask, at `now` (seconds of any clock that only goes on), is one too many. It is counted."""
        self._every = [at for at in self._every if at > now - 60]
        asked = [at for at in self._asked.pop(path, []) if at > now - 60]
        if len(asked) >= self._one or len(self._every) >= self._all:
            self._asked[path] = asked
            return True
        self._asked[path] = [*asked, now]
        self._every.append(now)
        if len(self._asked) > KEPT:
            self._asked.popitem(last=False)
        return False


def guard(address: str, style: str, log: Any, say: Say, machines: str | None = None) -> Any:
    """The middleware around every page. `say` draws the page of a status that is not 200. `machines`: the path where no
    person reads: a bare status is answered there, and there is no pace, or a stranger's could keep Slack out."""
    hosts = _hosts(address)
    always, pace = headers(style), Pace()

    @web.middleware
    async def around(request: web.Request, handler: Handler) -> web.StreamResponse:
        read = request.path != machines
        told = say if read else _bare
        answer: web.StreamResponse = told(500)
        if request.host.lower() not in hosts:
            answer = told(421)
        elif read and pace.too_quick(request.path, asyncio.get_running_loop().time()):
            answer = say(429)
        else:
            with guarded(log, "page_failed"):
                answer = await _handled(request, handler, told)
        answer.headers.update(always | dict(answer.headers))
        return answer

    return around


def _bare(status: int) -> web.Response:
    return web.Response(status=status)


async def _handled(request: web.Request, handler: Handler, say: Say) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as told:  # no such page, not this method, a body that is too long
        return say(told.status)


def _hosts(address: str) -> frozenset[str]:
    """The names by which the public address is called: with its usual port, and without."""
    at = urlsplit(address)
    usual = {"https": 443, "http": 80}[at.scheme]
    host = (at.hostname or "").lower()
    named = f"[{host}]" if ":" in host else host
    return frozenset({named, f"{named}:{usual}"} if (at.port or usual) == usual else {f"{named}:{at.port}"})
