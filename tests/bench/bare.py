"""Two bare Bolt apps to be measured beside: the library's defaults, and one that stores a row before it answers.

python -m tests.bench.bare defaults|storing API_URL BOT_TOKEN APP_TOKEN
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from pathlib import Path
from threading import Event, Lock
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

VIEW = {
    "type": "modal",
    "callback_id": "bare.form",
    "title": {"type": "plain_text", "text": "Bare"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input", "block_id": "happened", "label": {"type": "plain_text", "text": "What happened?"},
            "element": {"type": "plain_text_input", "action_id": "answer", "multiline": True},
        }
    ],
}  # fmt: skip


def build(storing: bool, client: WebClient) -> App:
    """The app: a command that opens a form, and the form."""
    app = App(client=client, signing_secret="unused", process_before_response=storing, token_verification_enabled=False)
    table = sqlite3.connect(Path(tempfile.mkdtemp()) / "bare.db", check_same_thread=False, isolation_level=None)
    table.execute("pragma journal_mode=wal")
    table.execute("pragma synchronous=full")
    table.execute("create table answer (text)")
    one_at_a_time = Lock()

    def store(text: str) -> None:
        if storing:
            with one_at_a_time:
                table.execute("insert into answer values (?)", (text,))

    @app.command("/actions")
    def opened(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        store("opened")
        if not storing:
            ack()
        client.views_open(trigger_id=body["trigger_id"], view=VIEW)
        if storing:
            ack()

    @app.view("bare.form")
    def saved(ack: Any, view: dict[str, Any]) -> None:
        store(view["state"]["values"]["happened"]["answer"]["value"])
        ack()

    return app


def main() -> None:
    """Connect and wait to be ended."""
    kind, url, bot_token, app_token = sys.argv[1:]
    client = WebClient(token=bot_token, base_url=url, retry_handlers=[])
    SocketModeHandler(build(kind == "storing", client), app_token).connect()  # type: ignore[no-untyped-call]
    Event().wait()


if __name__ == "__main__":
    main()
