"""Envelopes: all that Slack sends to the app. Each goes to one socket, or by HTTP, and waits for its answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any, Protocol

from sandbox.ack import Ack, ms_since
from sandbox.clock import real_seconds
from sandbox.config import Config
from sandbox.connections import Connection, Connections
from sandbox.faults import Fault, Faults
from sandbox.http_mode import HttpMode
from sandbox.ids import Ids
from sandbox.log import WireLog
from sandbox.state import Json
from sandbox.strict import read_json

HELD = 2.0
"""Real seconds that an envelope which is to come late waits for another to overtake it."""


class Way(Protocol):
    """How envelopes get to the app: by socket or by HTTP."""

    async def carry(self, envelope: Json, entry: Json, times: int, sent: Callable[[], None]) -> Ack:
        """Send it so many times and wait for the answer; call `sent` when another may not overtake it any more."""


class Envelopes:
    """Everything Slack sends to the app, with what goes wrong on purpose."""

    def __init__(
        self, connections: Connections, http: HttpMode, config: Config, ids: Ids, faults: Faults, log: WireLog
    ) -> None:
        self._sockets = Sockets(connections, config, log)
        self._http = http
        self._config = config
        self._ids = ids
        self._faults = faults
        self._log = log
        self._held: list[asyncio.Event] = []

    async def deliver(self, kind: str, payload: Json, *, accepts: bool, retry: tuple[int, str] | None = None) -> Ack:
        """Send one envelope and wait for its ack, at most the ack window (3 real seconds)."""
        envelope: Json = {"envelope_id": self._ids.uuid(), "type": kind, "accepts_response_payload": accepts}
        envelope["payload"] = payload
        if retry is not None:
            envelope |= {"retry_attempt": retry[0], "retry_reason": retry[1]}
        envelope_id = envelope["envelope_id"]
        entry = self._log.add(kind="envelope", type=kind, envelope_id=envelope_id, payload=payload, retry=retry)
        ack = await self._carried(envelope, entry)
        entry["outcome"] = ack.kind
        entry |= {"ack": ack.payload, "ms": ack.ms} if ack.ok else {"why": ack.why}
        return ack

    async def _carried(self, envelope: Json, entry: Json) -> Ack:
        if self._faults.down:
            return Ack("no_connection", why="Slack is down")
        faults = {fault.kind: fault for fault in self._faults.of_envelope(envelope["type"])}
        await self._late(faults)
        way: Way = self._http if self._http.on else self._sockets
        times = 0 if "never" in faults else 2 if "twice" in faults else 1
        started = real_seconds()
        ack = await way.carry(envelope, entry, times, self._overtaken)
        if "ack_lost" in faults and ack.ok:
            await asyncio.sleep(max(0.0, self._config.ack_seconds - (real_seconds() - started)))
            return replace(ack, kind="timeout", payload=None, why="its answer was lost on purpose")
        return ack

    async def _late(self, faults: dict[str, Fault]) -> None:
        if "delay" in faults:
            await asyncio.sleep(faults["delay"].seconds)
        if "reorder" in faults:
            passed = asyncio.Event()
            self._held.append(passed)
            with suppress(TimeoutError):
                await asyncio.wait_for(passed.wait(), HELD)

    def _overtaken(self) -> None:
        while self._held:
            self._held.pop().set()


class Sockets:
    """Envelopes by socket. An ack counts from any socket; late and unknown ones are logged."""

    def __init__(self, connections: Connections, config: Config, log: WireLog) -> None:
        self._connections = connections
        self._config = config
        self._log = log
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._expired: dict[str, Json] = {}
        connections.hear = self.hear
        connections.noted = self._note

    async def carry(self, envelope: Json, entry: Json, times: int, sent: Callable[[], None]) -> Ack:
        """To the socket whose turn it is."""
        connection = self._connections.next()
        if connection is None:
            return Ack("no_connection", why="it is not connected")
        entry |= {"connection": connection.number, "outcome": "waiting"}
        envelope_id = envelope["envelope_id"]
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = answer
        started = real_seconds()
        for _ in range(times):
            await self._send(connection, envelope)
        sent()
        try:
            payload = await asyncio.wait_for(answer, self._config.ack_seconds)
        except TimeoutError:
            self._expired[envelope_id] = entry
            return Ack("timeout", ms=ms_since(started), why="it did not answer in time")
        finally:
            self._waiting.pop(envelope_id, None)
        return Ack("acked", payload, ms_since(started))

    def hear(self, connection: Connection, text: str) -> None:
        """Something an app said on a socket: an acknowledgement, or noise for the log."""
        try:
            said = read_json(text)
            envelope_id = str(said["envelope_id"])
        except (ValueError, TypeError, KeyError):
            self._log.add(kind="socket", connection=connection.number, note="not an acknowledgement")
            return
        waiting = self._waiting.get(envelope_id)
        if waiting is not None and not waiting.done():
            waiting.set_result(said.get("payload"))
            return
        note = "late ack" if envelope_id in self._expired else "repeated or unknown ack"
        if envelope_id in self._expired:
            self._expired.pop(envelope_id)["late_ack"] = said.get("payload")
        self._log.add(kind="socket", connection=connection.number, note=note, envelope_id=envelope_id)

    def _note(self, connection: Connection, note: str) -> None:
        self._log.add(kind="socket", connection=connection.number, note=note, open=len(self._connections.open))

    async def _send(self, connection: Connection, envelope: Json) -> None:
        try:
            await connection.say(json.dumps(envelope))
        except ConnectionError:  # the app went away at this very moment: nobody will acknowledge
            self._log.add(kind="socket", connection=connection.number, note="gone while sending")
