"""Apps that know nothing of the sandbox: Bolt for Python by socket and by HTTP, and Node's Bolt."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from sandbox.client import ControlError, Workspace
from sandbox.server import Sandbox
from tests.sandbox.conftest import PROXIES

HERE = Path(__file__).parent
NODE = HERE / "node"
PYTHON_APP = [sys.executable, str(HERE / "starter.py")]
NODE_APP = ["node", str(NODE / "app.js")]
NO_NODE = "needs Node 20 and its Bolt, which `make setup` installs where Node is there"
ACK_MS = 1500
"""What an app that only acknowledges may take on a busy machine, well below Slack's 3,000."""

KINDS = [
    pytest.param("socket", id="python-socket"),
    pytest.param("http", id="python-http"),
    pytest.param("node", id="node-socket"),
]
BY_SOCKET = [KINDS[0], KINDS[2]]


class Guest:
    """A stranger's app at a sandbox, and one person who uses it."""

    def __init__(self, sandbox: Sandbox, kind: str) -> None:
        self.slack: Workspace = sandbox.workspace()
        self.sandbox = sandbox
        self.kind = kind
        self.user, self.channel = sandbox.users["user-1"], sandbox.channels["general"]

    @contextmanager
    def running(self, name: str) -> Iterator[None]:
        """One more process of the app, connected."""
        port = free_port() if self.kind == "http" else None
        with subprocess.Popen(NODE_APP if self.kind == "node" else PYTHON_APP, env=self._env(name, port)) as process:
            try:
                self._wait(process, port)
                yield
            finally:
                process.kill()

    def _env(self, name: str, port: int | None) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if key not in PROXIES and key != "PORT"}
        told = {
            "NAME": name,
            "SLACK_BOT_TOKEN": self.sandbox.bot_token,
            "SLACK_APP_TOKEN": self.sandbox.app_token,
            "SLACK_SIGNING_SECRET": self.sandbox.signing_secret,
            "SLACK_API_URL": self.sandbox.api_url,
        }
        return kept | told | ({} if port is None else {"PORT": str(port)})

    def _wait(self, process: subprocess.Popen[bytes], port: int | None) -> None:
        before = self.slack.connections()

        def there() -> bool:
            assert process.poll() is None, "the app ended"
            if port is None:
                return len(self.slack.connections()) > len(before)
            with suppress(ControlError):  # it does not listen yet
                return bool(self.slack.config(request_url=f"http://127.0.0.1:{port}/slack/events"))
            return False

        until(there, 20)

    def said(self, text: str) -> list[str]:
        """The app's messages in the channel that hold this."""
        seen = self.slack.messages(self.channel, user=self.user)
        return [one["text"] for one in seen if one["user"] != self.user and text in one["text"]]


def until(holds: Callable[[], Any], seconds: float = 5.0) -> None:
    """Wait for something that happens by itself."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def guest(request: pytest.FixtureRequest) -> Iterator[Guest]:
    """The app of the test's kind, not yet running."""
    if request.param == "node" and not (shutil.which("node") and (NODE / "node_modules" / ".made").exists()):
        pytest.skip(NO_NODE)
    with Sandbox(users=1) as sandbox:
        guest = Guest(sandbox, request.param)
        guest.slack.config(post_rate=False)
        yield guest


@pytest.mark.parametrize("guest", KINDS, indirect=True)
def test_a_starter_app_runs_unchanged(guest: Guest) -> None:
    slack, user = guest.slack, guest.user
    with guest.running("starter"):
        heard = slack.say(user, guest.channel, "hello")
        assert heard.ack_ms is not None
        until(lambda: guest.said("Hey there") == [f"Hey there <@{user}>! (starter)"])
        pressed = slack.press(user, "click", channel=guest.channel)
        assert pressed.ok
        until(lambda: guest.said("clicked") == [f"<@{user}> clicked the button"])

        slack.command(user, guest.channel, "/lunch")
        until(lambda: slack.see(user)["view"])
        assert slack.suggest(user, "place", "place", "Rosa").options[0]["text"]["text"] == "Café Rosa"
        refused = slack.submit(user, {"dish": "ab", "place": "Rosa"})
        assert refused.errors == {"dish": "Say more than that"}
        sent = slack.submit(user, {"dish": "soup"})
        assert (sent.ok, sent.view) == (True, None)
        until(lambda: [one["text"] for one in slack.messages(user=user)] == ["soup at Rosa"])

        slack.shortcut(user, "lunch")
        until(lambda: slack.see(user)["view"])
        slack.close(user)
        slack.open_home(user)
        until(lambda: slack.see(user)["home"])
        assert slack.see(user)["home"]["blocks"][0]["text"]["text"] == "Welcome home"
        for outcome in (heard, pressed, refused, sent):
            assert outcome.ack_ms is not None
            assert outcome.ack_ms < ACK_MS
        assert {one["outcome"] for one in slack.calls() if one["kind"] == "envelope"} == {"acked"}


@pytest.mark.slow
@pytest.mark.parametrize("guest", KINDS, indirect=True)
def test_the_app_is_told_which_attempt_it_is(guest: Guest) -> None:
    with guest.running("starter"):
        lost = {"kind": "ack_lost", "method": "events_api", "times": 1}
        guest.slack.config(ack_seconds=1.0, event_retry=[0.0], events=["app_mention"], faults=[lost])
        guest.slack.say(guest.user, guest.channel, f"<@{guest.sandbox.bot_user_id}> hi")
        first = "none" if guest.kind == "http" else "0"
        until(lambda: guest.said("attempt") == [f"attempt {first}", "attempt 1"])


@pytest.mark.slow
@pytest.mark.parametrize("guest", BY_SOCKET, indirect=True)
def test_of_two_processes_each_gets_its_turn_and_nothing_twice(guest: Guest) -> None:
    with ExitStack() as both:
        for name in ("one", "two"):
            both.enter_context(guest.running(name))
        answers = [guest.slack.command(guest.user, guest.channel, "/who") for _ in range(4)]
        assert sorted(one["text"] for answer in answers for one in answer.messages) == ["one", "one", "two", "two"]
        for _ in range(4):
            guest.slack.say(guest.user, guest.channel, "hello")
        until(lambda: len(guest.said("Hey there")) == 4)
        time.sleep(0.3)
        assert len(guest.said("(one)")) == len(guest.said("(two)")) == 2


@pytest.mark.parametrize("guest", ["socket"], indirect=True)
def test_at_a_refresh_python_overlaps_and_loses_nothing(guest: Guest) -> None:
    slack = guest.slack
    with guest.running("starter"):
        [before] = slack.connections()
        slack.disconnect("refresh_requested")
        kinds = []
        while before in slack.connections():
            kinds.append(slack.command(guest.user, guest.channel, "/who").kind)
        kinds.append(slack.command(guest.user, guest.channel, "/who").kind)
        assert set(kinds) == {"message"}
        notes = [(one["note"], one["open"]) for one in slack.calls() if one["kind"] == "socket"]
        assert notes == [("opened", 1), ("opened", 2), ("closed", 1)]


@pytest.mark.slow
@pytest.mark.parametrize("reason", ["refresh_requested", "drop"])
@pytest.mark.parametrize("guest", ["node"], indirect=True)
def test_node_closes_first_comes_back_later_and_events_wait_for_it(guest: Guest, reason: str) -> None:
    slack = guest.slack
    slack.config(event_retry=[0.0, 8.0], ack_seconds=1.0)
    with guest.running("starter"):
        slack.disconnect(reason)
        until(lambda: slack.connections() == [])
        assert slack.command(guest.user, guest.channel, "/who").kind == "failed"
        assert slack.say(guest.user, guest.channel, "hello").ack_ms is None
        until(lambda: slack.connected(0), 15)
        assert slack.command(guest.user, guest.channel, "/who").kind == "message"
        until(lambda: len(guest.said("Hey there")) == 1, 15)


def test_the_lock_file_names_no_place_to_download_from() -> None:
    held = (NODE / "package-lock.json").read_text()
    assert '"@slack/bolt"' in held
    assert '"integrity": "sha512-' in held
    assert '"resolved"' not in held
    assert "omit-lockfile-registry-resolved=true" in (NODE / ".npmrc").read_text()
