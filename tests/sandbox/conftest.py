"""One sandbox and one real Bolt app for all tests here; every test starts with an empty workspace."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.leaving import leave
from sandbox.client import Workspace
from sandbox.server import Sandbox

Listener = Callable[..., None]
ANY = re.compile(".*", re.DOTALL)
PROXIES = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")


class Script:
    """What the Bolt app does in this test: a listener a kind, each called as `listener(ack, body, client, respond)`.

    Kinds: command, action, view, closed, options, event. What has no listener is only acknowledged.
    """

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self._listeners: dict[str, Listener] = {}

    def on(self, kind: str, listener: Listener) -> None:
        """Use this listener from now on."""
        self._listeners[kind] = listener

    def play(self, kind: str, **given: Any) -> None:
        """Called by the app."""
        self.heard.append(given["body"])
        listener = self._listeners.get(kind)
        listener(**given) if listener is not None else given["ack"]()

    def clear(self) -> None:
        """Forget everything."""
        self.heard.clear()
        self._listeners.clear()


def bolt_app(sandbox: Sandbox, script: Script) -> App:
    """A Bolt app that plays the script."""
    client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
    app = App(client=client, signing_secret=sandbox.signing_secret, process_before_response=True)

    def listen(kind: str) -> Callable[..., None]:
        def listener(ack: Any, body: dict[str, Any], client: WebClient, respond: Any) -> None:
            script.play(kind, ack=ack, body=body, client=client, respond=respond)

        return listener

    app.command(ANY)(listen("command"))
    app.shortcut(ANY)(listen("shortcut"))
    app.action(ANY)(listen("action"))
    app.view(ANY)(listen("view"))
    app.view_closed(ANY)(listen("closed"))
    app.options(ANY)(listen("options"))
    app.event(ANY)(listen("event"))
    return app


@pytest.fixture(scope="session", autouse=True)
def _no_proxy() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in PROXIES:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def sandbox(_no_proxy: None) -> Iterator[Sandbox]:
    """The running sandbox."""
    with Sandbox() as running:
        yield running


@pytest.fixture(scope="session")
def _workspace(sandbox: Sandbox) -> Workspace:
    return sandbox.workspace()


@pytest.fixture
def slack(_workspace: Workspace) -> Iterator[Workspace]:
    """The workspace, empty."""
    _workspace.reset()
    yield _workspace


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    """The app's Web API client, without any retry."""
    return WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


@pytest.fixture(scope="session")
def _script() -> Script:
    return Script()


@contextmanager
def connected(sandbox: Sandbox, script: Script, **options: Any) -> Iterator[None]:
    """A Bolt app at the sandbox, which ends with it."""
    with_sockets = sandbox.workspace()
    with_sockets.config(socket_mode=True)  # an earlier module may have left it off
    handler = SocketModeHandler(bolt_app(sandbox, script), sandbox.app_token, **options)
    handler.connect()  # type: ignore[no-untyped-call]
    yield
    leave(handler.client)


@pytest.fixture(scope="session")
def _connected(sandbox: Sandbox, _script: Script, _workspace: Workspace) -> Iterator[None]:
    with connected(sandbox, _script):
        yield


@pytest.fixture
def bot(_connected: None, slack: Workspace, _script: Script) -> Iterator[Script]:
    """The connected Bolt app."""
    assert slack.connected()
    _script.clear()
    yield _script


@dataclass(frozen=True)
class People:
    """Two people in a private channel with the app, one of them only in a second channel without it."""

    anna: str
    ben: str
    panel: str
    other: str


@pytest.fixture
def people(slack: Workspace) -> People:
    """user-1 and user-2; panel: both and the app; other: user-2 alone."""
    anna, ben = slack.add_user("user-1"), slack.add_user("user-2")
    return People(anna, ben, slack.add_channel("panel", [anna, ben]), slack.add_channel("other", [ben], bot=False))


def plain(text: str) -> dict[str, Any]:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def modal(*blocks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A modal with these blocks and a submit button."""
    return {"type": "modal", "title": plain("Form"), "submit": plain("Send"), "blocks": list(blocks), **fields}


def ask(block_id: str, **element: Any) -> dict[str, Any]:
    """An input block; the element is a plain text input with action_id `answer` unless said otherwise."""
    whole = {"type": "plain_text_input", "action_id": "answer", **element}
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": whole}


def options(*values: str) -> list[dict[str, Any]]:
    """Options whose text is the value in capitals."""
    return [{"text": plain(value.upper()), "value": value} for value in values]
