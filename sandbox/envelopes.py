"""Envelopes of Socket Mode: each goes to one socket and waits for its acknowledgement."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from sandbox.clock import real_seconds
from sandbox.config import Config
from sandbox.connections import Connection, Connections
from sandbox.faults import Faults
from sandbox.ids import Ids
from sandbox.log import WireLog
from sandbox.state import Json


@dataclass
class Ack:
    """How an envelope ended. `kind`: acked, timeout or no_connection; `ms` real milliseconds from delivery."""

    kind: str
    payload: Any = None
    ms: float | None = None

    @property
    def ok(self) -> bool:
        """Whether the app acknowledged in time."""
        return self.kind == "acked"


class Envelopes:
    """Everything Slack sends to the app. An ack counts from any socket; late and unknown ones are logged."""

    def __init__(self, connections: Connections, config: Config, ids: Ids, faults: Faults, log: WireLog) -> None:
        self._connections = connections
        self._config = config
        self._ids = ids
        self._faults = faults
        self._log = log
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._expired: dict[str, dict[str, Any]] = {}
        connections.hear = self.hear

    async def deliver(self, kind: str, payload: Json, *, accepts: bool, retry: tuple[int, str] | None = None) -> Ack:
        """Send one envelope and wait for its ack, at most the ack window (3 real seconds)."""
        envelope_id = self._ids.uuid()
        envelope: Json = {"envelope_id": envelope_id, "type": kind, "accepts_response_payload": accepts}
        envelope["payload"] = payload
        if retry is not None:
            envelope |= {"retry_attempt": retry[0], "retry_reason": retry[1]}
        entry = self._log.add(kind="envelope", type=kind, envelope_id=envelope_id, payload=payload, retry=retry)
        connection = self._connections.next()
        if connection is None:
            entry |= {"outcome": "no_connection"}
            return Ack("no_connection")
        entry |= {"connection": connection.number, "outcome": "waiting"}
        return await self._await_ack(connection, envelope, entry)

    def hear(self, connection: Connection, text: str) -> None:
        """Something an app said on a socket: an acknowledgement, or noise for the log."""
        try:
            said = json.loads(text)
            envelope_id = said["envelope_id"]
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

    async def _await_ack(self, connection: Connection, envelope: Json, entry: dict[str, Any]) -> Ack:
        envelope_id = envelope["envelope_id"]
        faults = {fault.kind: fault for fault in self._faults.of_envelope(envelope["type"])}
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if "ack_lost" not in faults:
            self._waiting[envelope_id] = answer
        if "delay" in faults:
            await asyncio.sleep(faults["delay"].seconds)
        started = real_seconds()
        if "never" not in faults:
            for _ in range(2 if "twice" in faults else 1):
                await self._send(connection, envelope)
        try:
            payload = await asyncio.wait_for(answer, self._config.ack_seconds)
        except TimeoutError:
            self._expired[envelope_id] = entry
            entry["outcome"] = "timeout"
            return Ack("timeout", ms=_ms_since(started))
        finally:
            self._waiting.pop(envelope_id, None)
        ms = _ms_since(started)
        entry |= {"outcome": "acked", "ack": payload, "ms": ms}
        return Ack("acked", payload, ms)

    async def _send(self, connection: Connection, envelope: Json) -> None:
        if connection.socket is None:
            return
        try:
            await connection.socket.send_str(json.dumps(envelope))
        except ConnectionError:  # the app went away at this very moment: nobody will acknowledge
            self._log.add(kind="socket", connection=connection.number, note="gone while sending")


def _ms_since(started: float) -> float:
    return round((real_seconds() - started) * 1000, 2)
