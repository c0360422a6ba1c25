"""A page can say which sockets are made to fail: no rule of `config` shows a ghost."""

from __future__ import annotations

import json
import urllib.request

from sandbox.server import Sandbox
from tests.sandbox.conftest import Script, connected


def told(sandbox: Sandbox) -> tuple[list[int], list[int]]:
    """Ghosts and half-open ones, as the control API has them."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{sandbox.control_url}/connections") as answer:
        found = json.load(answer)
    return found["ghosts"], found["half_open"]


def test_a_ghost_is_told_until_all_is_calm() -> None:
    with Sandbox() as sandbox:
        slack = sandbox.workspace()
        assert told(sandbox) == ([], [])
        slack.preset("ghost")
        assert told(sandbox) == (slack.connections(), [])
        assert len(slack.connections()) == 1
        slack.preset("calm")
        assert told(sandbox) == ([], [])


def test_the_apps_own_socket_is_told_once_nothing_gets_through_it() -> None:
    with Sandbox() as sandbox, connected(sandbox, Script()):
        slack = sandbox.workspace()
        assert slack.connected(5)
        assert told(sandbox) == ([], [])
        slack.disconnect("half_open")
        assert told(sandbox) == ([], slack.connections())
        slack.preset("calm")
        assert told(sandbox) == ([], [])
