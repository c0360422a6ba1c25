"""The sandbox ends cleanly while somebody is still knocking."""

from __future__ import annotations

import contextlib
import gc
import socket
import sys
import threading
import time
import warnings
from urllib.parse import urlsplit

import pytest

from sandbox.client import Workspace
from sandbox.server import Sandbox

pytestmark = pytest.mark.slow

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


def test_whoever_waits_for_the_story_to_move_on_is_let_go_when_it_ends() -> None:
    with Sandbox(story="2026-09-01T09:00:00+01:00") as sandbox:
        follower = Workspace(sandbox.control_url)
        told: list[dict[str, object]] = []
        waiting = threading.Thread(target=lambda: told.append(follower.clock(after=0, wait=20)))
        waiting.start()
        time.sleep(0.1)
        began = time.monotonic()
    waiting.join()
    follower.hang_up()
    assert told[0]["step"] == 0
    assert time.monotonic() - began < 0.3


def test_with_a_seed_its_people_have_the_same_ids_each_time() -> None:
    found = []
    for _ in range(2):
        with Sandbox(users=2, seed=7) as sandbox:
            found.append((sandbox.team_id, sandbox.users, sandbox.channels))
    assert found[0] == found[1]
