"""A small app on a workspace of its own, which shows whatever a test wants to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from sandbox.client import Workspace
from sandbox.server import Sandbox
from tests.sandbox.conftest import Script, connected

STORY = "2026-10-05T09:00:00+01:00"


@dataclass
class Gallery:
    """`script` decides what the app does; `client` is its Web API."""

    sandbox: Sandbox
    slack: Workspace
    script: Script
    client: WebClient
    anna: str
    ben: str
    channel: str

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return self.sandbox.control_url.removesuffix("/_control") + "/"

    def opens(self, *blocks: dict[str, Any], title: str = "A form") -> None:
        """From now on a slash command opens this form."""
        view = form(*blocks, title=title)

        def listener(ack: Any, body: dict[str, Any], client: WebClient, **_: Any) -> None:
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=view)

        self.script.on("command", listener)


@contextmanager
def gallery() -> Iterator[Gallery]:
    """Anna and Ben in #room with the app."""
    with Sandbox(story=STORY) as sandbox:
        script = Script()
        client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
        with connected(sandbox, script):
            slack = sandbox.workspace()
            slack.config(post_rate=False)
            assert slack.connected()
            anna, ben = slack.add_user("Anna"), slack.add_user("Ben")
            channel = slack.add_channel("room", [anna, ben], private=False)
            yield Gallery(sandbox, slack, script, client, anna, ben, channel)


def form(*blocks: dict[str, Any], title: str = "A form") -> dict[str, Any]:
    """A modal of these blocks, with a button that sends it."""
    return {
        "type": "modal", "callback_id": "form", "title": text(title), "submit": text("Send it"), "blocks": [*blocks],
    }  # fmt: skip


def field(label: str = "What happened", **element: Any) -> dict[str, Any]:
    """An input block, named by its label."""
    given = {"type": "plain_text_input", "action_id": "it"} | element
    return {"type": "input", "block_id": label, "label": text(label), "element": given}


def section(words: str, **more: Any) -> dict[str, Any]:
    """Words with marks in them."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}, **more}


def button(words: str, action: str = "go", **more: Any) -> dict[str, Any]:
    """A row with one button."""
    element = {"type": "button", "action_id": action, "text": text(words), **more}
    return {"type": "actions", "block_id": f"row-{action}", "elements": [element]}


def text(words: str) -> dict[str, Any]:
    """Plain words."""
    return {"type": "plain_text", "text": words}
