"""The server of the pages: its own thread and loop, a socket that is taken before anything else starts."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.by_http import PATH, ByHttp
from bot.pages.calendars import Calendars
from bot.pages.guards import BODY_BYTES, guard
from bot.pages.packs import Packs
from bot.pages.paper import Paper
from commands.kit.service import Service

NO_SOCKET = "Convenor can't listen on {listen} for its pages: {why}. Set CONVENOR_LISTEN to another host:port."
STARTS_WITHIN = 10.0  # seconds
HAND_SECONDS = 3.0  # for what is in hand when it is told to end: Slack waits as long


class NoSocket(Exception):
    """The port for the pages can't be had; the message says how to mend it."""


class Pages:
    """Serves what opens outside Slack, until it is told to stop."""

    def __init__(self, service: Service, address: str, listen: str, log: Any, slack: ByHttp | None = None) -> None:
        """`address`: where readers find it (a proxy's); `listen`: host:port here; `slack`: who answers Slack there.
        Raises NoSocket where it is taken."""
        self._paper = Paper(service.words)
        prefix = urlsplit(address).path.rstrip("/")
        around = guard(address, self._paper.style, log, self._paper.said, machines=prefix + PATH if slack else None)
        self._app = web.Application(client_max_size=BODY_BYTES, middlewares=[around])
        for pages in (Packs(service, self._paper), Calendars(service, self._paper)):
            pages.routes(self._app.router, prefix)
        if slack is not None:
            slack.routes(self._app.router, prefix)
        self._socket = _listening(listen)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: Callable[[], Any] = lambda: None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._socket.getsockname()[1])

    @property
    def answers(self) -> bool:
        """Whether it is there for whoever asks."""
        return self._ready.is_set() and self._thread.is_alive()

    def start(self) -> None:
        """Answer from now on."""
        self._thread.start()
        self._ready.wait(STARTS_WITHIN)

    def stop(self) -> None:
        """Take no more asks; answer those in hand, and end."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end)
        self._thread.join(STARTS_WITHIN)

    async def _serve(self) -> None:
        ended = asyncio.Event()
        self._loop, self._end = asyncio.get_running_loop(), ended.set
        runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=HAND_SECONDS)
        await runner.setup()
        await web.SockSite(runner, self._socket).start()
        self._ready.set()
        await ended.wait()
        await runner.cleanup()


def _listening(listen: str) -> socket.socket:
    host, _, port = listen.rpartition(":")
    try:
        return socket.create_server((host.strip("[]"), int(port)), family=_family(host))
    except (OSError, OverflowError) as problem:
        why = getattr(problem, "strerror", None) or "there is no such port"
        raise NoSocket(NO_SOCKET.format(listen=listen, why=why)) from None


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
