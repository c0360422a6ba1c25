"""The sandbox ends cleanly while somebody is still knocking."""

from __future__ import annotations

import contextlib
import gc
import socket
import sys
import threading
import warnings
from urllib.parse import urlsplit

import pytest

from sandbox.server import Sandbox

ROUNDS = 8
KNOCKERS = 3


def _knock(host: str, port: int, over: threading.Event) -> None:
    """Connect, again and again, until it is over."""
    while not over.is_set():
        with contextlib.suppress(OSError), socket.create_connection((host, port), 0.5) as caller:
            caller.sendall(b"GET /api/api.test HTTP/1.1\r\nHost: sandbox\r\n\r\n")


def test_no_socket_is_left_open_when_it_ends_while_others_connect(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[str] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda told: left.append(str(told.exc_value)))
    gc.collect()
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        for _ in range(ROUNDS):
            over = threading.Event()
            with Sandbox() as sandbox:
                where = urlsplit(sandbox.api_url)
                knockers = [
                    threading.Thread(target=_knock, args=(where.hostname, where.port, over)) for _ in range(KNOCKERS)
                ]
                for knocker in knockers:
                    knocker.start()
            over.set()
            for knocker in knockers:
                knocker.join()
        gc.collect()
    assert left == []
