"""The control client: what it promises by name, many threads at once, and how quick it is."""

from __future__ import annotations

import inspect
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import sandbox
from sandbox.client import Workspace
from sandbox.config import Config
from sandbox.faults import CALL_KINDS, ENVELOPE_KINDS
from tests.sandbox.conftest import People, Script

README = (Path(sandbox.__file__).parent / "README.md").read_text()


def test_the_readme_names_every_method_setting_and_fault() -> None:
    methods = [name for name, _ in inspect.getmembers(Workspace, inspect.isfunction) if not name.startswith("_")]
    assert [name for name in methods if f"`{name}(" not in README and f" `{name}()`" not in README] == []
    assert [name for name in (*Config().show(), *CALL_KINDS, *ENVELOPE_KINDS) if f"`{name}`" not in README] == []


def test_many_people_act_at_once(bot: Script, slack: Workspace, people: People) -> None:
    bot.on("command", lambda ack, body, client, respond: ack(body["text"]))
    users = [slack.add_user(f"person-{number}") for number in range(40)]
    channel = slack.add_channel("crowd", users)
    with ThreadPoolExecutor(20) as pool:
        outcomes = list(pool.map(lambda user: slack.command(user, channel, "/panel", user), users))
    assert [[message["text"] for message in outcome.messages] for outcome in outcomes] == [[user] for user in users]


def test_an_act_takes_milliseconds(bot: Script, slack: Workspace, people: People) -> None:
    took = []
    for _ in range(30):
        started = time.perf_counter()
        assert slack.command(people.anna, people.panel, "/panel").kind == "done"
        took.append(time.perf_counter() - started)
    assert median(took) < 0.03
