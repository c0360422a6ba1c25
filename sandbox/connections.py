"""Sockets of Socket Mode: single-use tickets, at most ten connections, and how they come to an end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count

from aiohttp import WSMessage, WSMsgType, web

from sandbox.clock import real_seconds
from sandbox.config import BadSetting, Config
from sandbox.faults import Faults
from sandbox.ids import Ids
from sandbox.state import Installation, Json

CLOSING = 0.5
"""Real seconds to wait for the app's goodbye when a socket is closed."""
LINGER = 10.0
"""Real seconds that a socket stays usable after a warning, unless the app opens another before."""
TOLD = ("refresh_requested", "warning", "link_disabled", "too_many_websockets")
REASONS = (*TOLD, "drop", "half_open", "ghost", "exorcise")


@dataclass
class Connection:
    """One socket of the app. A ghost has no socket and swallows what it is given; a half-open one has, but nothing
    gets through either way."""

    number: int
    socket: web.WebSocketResponse | None
    transport: asyncio.BaseTransport | None = None
    replaced: asyncio.Event | None = None
    half_open: bool = False

    async def say(self, text: str) -> None:
        """Send it, if it gets through."""
        if self.socket is not None and not self.half_open:
            await self.socket.send_str(text)


class Connections:
    """The app's sockets, which take turns. `hear` gets every text an app sends, `noted` their coming and going."""

    def __init__(self, installation: Installation, config: Config, ids: Ids, faults: Faults) -> None:
        self._installation = installation
        self._config = config
        self._ids = ids
        self._faults = faults
        faults.cut = self.cut
        self._tickets: dict[str, float] = {}
        self._numbers = count(1)
        self._turns = count()
        self._joined = asyncio.Event()
        self._closers: set[asyncio.Task[None]] = set()
        self.open: list[Connection] = []
        self.hear: Callable[[Connection, str], None] = lambda connection, text: None
        self.noted: Callable[[Connection, str], None] = lambda connection, note: None

    def ticket(self) -> str:
        """A new single-use ticket."""
        ticket = self._ids.uuid()
        self._tickets[ticket] = real_seconds() + self._config.ticket_seconds
        return ticket

    def next(self) -> Connection | None:
        """The socket whose turn it is."""
        return self.open[next(self._turns) % len(self.open)] if self.open else None

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """The app's end of a socket, from upgrade to close."""
        if self._faults.down:
            return web.Response(status=503)
        expires = self._tickets.pop(request.query.get("ticket", ""), None)
        if expires is None or real_seconds() > expires:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=401)
        socket = web.WebSocketResponse(compress=False, max_msg_size=0, timeout=CLOSING, autoping=False)
        await socket.prepare(request)
        if len(self.open) >= self._config.max_connections:
            await socket.send_str(self._disconnect("too_many_websockets"))
            await socket.close()
            return socket
        connection = Connection(next(self._numbers), socket, request.transport)
        try:
            await self._join(connection, socket)
            async for message in socket:
                await self._take(connection, socket, message)
        finally:
            self._forget(connection)
        return socket

    async def _take(self, connection: Connection, socket: web.WebSocketResponse, message: WSMessage) -> None:
        if connection.half_open or message.type is WSMsgType.PONG:
            return
        if message.type is WSMsgType.PING:
            with suppress(ConnectionError):  # it pinged and went
                await socket.pong(message.data)
            return
        self.hear(connection, str(message.data))

    async def connected(self, seconds: float) -> bool:
        """Wait (real seconds) until at least one real socket is open."""
        if any(one.socket is not None for one in self.open):
            return True
        self._joined.clear()
        try:
            await asyncio.wait_for(self._joined.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def disconnect(self, reason: str, number: int | None = None) -> int:
        """Make the chosen socket (or all) go away; returns how many.

        reason: refresh_requested or warning (told, closed when the app has another or a little later),
        too_many_websockets or link_disabled (told, closed at once; after link_disabled no socket opens until config
        socket_mode), drop (cut without a word), half_open (stays until the app gives it up, but nothing gets through
        either way, no ping either), ghost (adds a dead registration that swallows envelopes), exorcise (removes
        ghosts, cuts half-open ones). Raises BadSetting for another word.
        """
        if reason not in REASONS:
            raise BadSetting(f"a socket goes by one of {', '.join(REASONS)}")
        if reason == "ghost":
            self.open.append(Connection(next(self._numbers), None))
            return 1
        chosen = [one for one in self.open if number is None or one.number == number]
        if reason == "exorcise":
            chosen = [one for one in chosen if one.socket is None or one.half_open]
        if reason == "link_disabled":
            self._config.socket_mode = False
        for connection in chosen:
            await self._end(connection, reason)
        return len(chosen)

    def cut(self, connection: Connection | None = None) -> None:
        """Cut this socket, or all, without a word."""
        for one in [connection] if connection is not None else list(self.open):
            self._forget(one)
            if isinstance(one.transport, asyncio.Transport):
                one.transport.abort()

    async def close(self) -> None:
        """Close everything: the sandbox stops."""
        for task in self._closers:
            task.cancel()
        await asyncio.gather(*self._closers, return_exceptions=True)
        for connection in list(self.open):
            if connection.socket is not None:
                await connection.socket.close()

    async def _join(self, connection: Connection, socket: web.WebSocketResponse) -> None:
        for one in self.open:
            if one.replaced is not None:
                one.replaced.set()
        self.open.append(connection)
        self.noted(connection, "opened")
        await socket.send_str(json.dumps(self._hello()))
        self._joined.set()

    async def _end(self, connection: Connection, reason: str) -> None:
        if reason == "half_open":
            connection.half_open = True
            return
        if connection.socket is None or reason not in TOLD:
            self.cut(connection)
            return
        await connection.say(self._disconnect(reason))
        connection.replaced = asyncio.Event()
        gentle = reason in ("warning", "refresh_requested")
        task = asyncio.ensure_future(self._close(connection, LINGER if gentle else 0.0))
        self._closers.add(task)
        task.add_done_callback(self._closers.discard)

    async def _close(self, connection: Connection, linger: float) -> None:
        if connection.replaced is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(connection.replaced.wait(), linger)
        self._forget(connection)
        if connection.socket is not None:
            await connection.socket.close()

    def _forget(self, connection: Connection) -> None:
        if connection in self.open:
            self.open.remove(connection)
            self.noted(connection, "closed")

    def _hello(self) -> Json:
        debug = {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060}
        return {"type": "hello", **self._about(), "debug_info": debug}

    def _disconnect(self, reason: str) -> str:
        return json.dumps({"type": "disconnect", "reason": reason, **self._about(), "debug_info": {"host": "sandbox"}})

    def _about(self) -> Json:
        return {"num_connections": len(self.open), "connection_info": {"app_id": self._installation.app_id}}
