"""Letting go of Slack's socket at once: left to itself, Slack's client waits seconds for bytes and for envelopes."""

from __future__ import annotations

import socket
from contextlib import suppress

from slack_sdk.socket_mode.builtin import SocketModeClient


def leave(client: SocketModeClient) -> None:
    """Take no more envelopes, answer those in hand while there is a socket, and close it. The client is spent."""
    client.auto_reconnect_enabled = False
    client.closed = True
    client.message_queue.put(None)  # for its thread that looks for an envelope, a second at a time
    client.message_processor.shutdown()  # type: ignore[no-untyped-call]
    client.message_workers.shutdown()
    client.current_session_state.terminated = True
    _wake_the_reader(client)
    # The client may find its socket gone: its reader closes it too when the other side has ended.
    with suppress(AttributeError):
        client.close()


def _wake_the_reader(client: SocketModeClient) -> None:
    """It holds the lock that `close` needs for as long as it waits for bytes."""
    held = client.current_session.sock if client.current_session is not None else None
    if held is not None:
        with suppress(OSError):  # the other side has gone already
            held.shutdown(socket.SHUT_RDWR)
