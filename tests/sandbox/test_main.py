"""The sandbox as a process of its own, with somebody else's app beside it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import Any

import pytest

from sandbox.client import Workspace
from sandbox.server import Sandbox

APP = """
import json, sys, threading
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

facts = json.loads(sys.argv[1])
app = App(client=WebClient(token=facts["bot_token"], base_url=facts["api_url"]), signing_secret=facts["signing_secret"])

@app.command("/hello")
def hello(ack, body, client):
    ack(f"Hello <@{body['user_id']}>")

SocketModeHandler(app, facts["app_token"]).start()
"""


def test_it_prints_its_facts_and_serves_a_strangers_app() -> None:
    command = [sys.executable, "-m", "sandbox", "--users", "2", "--story", "2026-09-01T09:00:00+01:00"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sandbox:
        assert sandbox.stdout is not None
        facts: dict[str, Any] = json.loads(sandbox.stdout.readline())
        with subprocess.Popen([sys.executable, "-c", APP, json.dumps(facts)], stderr=subprocess.PIPE) as app:
            try:
                slack = Workspace(facts["control_url"])
                assert slack.connected(wait=10)
                user, channel = facts["users"]["user-1"], facts["channels"]["general"]
                outcome = slack.command(user, channel, "/hello")
                assert [message["text"] for message in outcome.messages] == [f"Hello <@{user}>"]
                assert slack.clock()["now"] == "2026-09-01T09:00:00+01:00"
                slack.hang_up()
            finally:
                app.kill()
                sandbox.send_signal(signal.SIGTERM)
        assert sandbox.wait(timeout=5) == 0
        assert sandbox.stdout.read() == ""
    assert sorted(facts["users"]) == ["user-1", "user-2"]


def test_a_taken_port_and_a_bad_moment_are_told_in_a_sentence() -> None:
    with Sandbox() as running:
        port = running.api_url.split(":")[2].split("/")[0]
        for wrong in (["--port", port], ["--port", "99999"], ["--port", "-1"], ["--story", "2026-09-01T09:00:00"]):
            ended = subprocess.run(
                [sys.executable, "-m", "sandbox", *wrong], capture_output=True, text=True, check=False
            )
            assert (ended.returncode, ended.stdout) == (1, "")
            assert ended.stderr.startswith("The sandbox can't start: ")
            assert len(ended.stderr.splitlines()) == 1 and "Errno" not in ended.stderr
        with pytest.raises(OSError, match="is in use or can't be had; name another"):
            Sandbox(port=int(port)).start()
