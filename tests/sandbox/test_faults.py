"""Each thing that goes wrong on purpose, by what Slack's own client sees of it or does about it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient, WebhookClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler, ServerErrorRetryHandler

from sandbox.client import ControlError, Workspace
from sandbox.faults import KINDS
from sandbox.presets import PRESETS
from sandbox.server import Sandbox
from tests.sandbox.conftest import Script, connected

Json = dict[str, Any]
STORY = "2026-09-01T09:00:00+01:00"
PING = 0.1
"""Seconds between the client's pings; four without an answer and it connects again."""


class There:
    """A workspace with one person and a connected app, and what the app heard."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.slack = sandbox.workspace()
        self.script = Script()
        self.user, self.channel = sandbox.users["user-1"], sandbox.channels["general"]

    def command(self, text: str = "") -> str:
        """Type a command; how it came out."""
        return self.slack.command(self.user, self.channel, "/panel", text).kind

    def client(self, *handlers: Any) -> WebClient:
        """The app's Web API client with these retry handlers alone."""
        return WebClient(token=self.sandbox.bot_token, base_url=self.sandbox.api_url, retry_handlers=list(handlers))

    def texts(self) -> list[str]:
        """What commands and messages the app heard said, in order."""
        return [body["event"]["text"] if "event" in body else body["text"] for body in self.script.heard]


@pytest.fixture
def there() -> Iterator[There]:
    """In real time."""
    yield from _running(None)


@pytest.fixture
def told() -> Iterator[There]:
    """In a story's time."""
    yield from _running(STORY)


def _running(story: str | None) -> Iterator[There]:
    with Sandbox(users=1, story=story) as sandbox:
        here = There(sandbox)
        with connected(sandbox, here.script, ping_interval=PING):
            assert here.slack.connected()
            yield here


def until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait for something that happens by itself."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def posted(there: There) -> int:
    """How many messages the app's posts have left."""
    return len(there.slack.messages(there.channel))


def slow(there: There) -> None:
    began = time.monotonic()
    there.client().auth_test()
    assert time.monotonic() - began >= 2


def lost(there: There) -> None:
    with pytest.raises((SlackApiError, OSError)):
        there.client().chat_postMessage(channel=there.channel, text="hello")
    assert posted(there) == 1
    assert there.client().auth_test()["ok"]


def too_many(there: There) -> None:
    with pytest.raises(SlackApiError) as refused:
        there.client().auth_test()
    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "30")
    there.slack.advance("2026-09-01T09:00:31+01:00", wait=0)
    assert there.client().auth_test()["ok"]


def unavailable(there: There) -> None:
    with pytest.raises(SlackApiError, match="non-JSON"):
        there.client().auth_test()
    assert there.command() == "done"


def drop(there: There) -> None:
    until(lambda: len(there.slack.connections()) == 1 and there.slack.connections() != [1])
    assert there.command() == "done"


def half_open(there: There) -> None:
    assert there.slack.connections() == [1]
    there.slack.config(ack_seconds=0.05)
    assert there.command("swallowed") == "timeout"
    until(lambda: there.slack.connections() == [2])
    there.slack.config(ack_seconds=3)
    assert there.command("heard") == "done"
    assert there.texts() == ["heard"]


def ghost(there: There) -> None:
    there.slack.config(ack_seconds=0.3)
    assert sorted(there.command() for _ in range(4)) == ["done", "done", "timeout", "timeout"]
    there.slack.preset("calm")
    assert {there.command() for _ in range(4)} == {"done"}


def refresh(there: There) -> None:
    until(lambda: max(there.slack.connections()) > 1)
    assert {there.command() for _ in range(4)} == {"done"}
    until(lambda: there.slack.connections() == [2])


def twice(there: There) -> None:
    assert [there.command("a"), there.command("b")] == ["done", "done"]
    until(lambda: there.texts() == ["a", "a", "b"])


def reorder(there: There) -> None:
    for text in ("first", "second", "third"):
        there.slack.say(there.user, there.channel, text, wait=False)
    until(lambda: len(there.texts()) == 3)
    assert there.texts()[0] == "second"


def outage(there: There) -> None:
    assert there.slack.connections() == []
    assert "Slack is down" in there.slack.command(there.user, there.channel, "/panel").reason
    with pytest.raises(SlackApiError):
        there.client().auth_test()
    time.sleep(5 * PING)
    assert there.slack.connections() == []
    there.slack.advance("2026-09-01T10:00:01+01:00", wait=0)
    until(lambda: there.slack.connections() != [])
    assert there.command() == "done"


def calm(there: There) -> None:
    there.slack.config(faults=[{"kind": "never"}, {"kind": "http"}])
    there.slack.disconnect("ghost")
    there.slack.disconnect("half_open")
    there.slack.preset("calm")
    until(lambda: there.slack.connected(0))
    until(lambda: len(there.slack.connections()) == 1)
    assert {there.command() for _ in range(3)} == {"done"}


SEEN = (slow, lost, too_many, unavailable, drop, half_open, ghost, refresh, twice, reorder, outage, calm)


LONG = (slow, half_open)


def each(seen: Callable[[There], None]) -> Any:
    """It as a case, a slow one if seconds pass in it."""
    return pytest.param(seen, id=seen.__name__, marks=[pytest.mark.slow] if seen in LONG else [])


@pytest.mark.parametrize("seen", [each(seen) for seen in SEEN])
def test_what_the_app_sees_of_a_preset(told: There, seen: Callable[[There], None]) -> None:
    picked = told.slack.preset(seen.__name__)
    assert picked in told.slack.presets()
    seen(told)


def test_every_preset_is_shown_above_and_explains_itself() -> None:
    assert {seen.__name__ for seen in SEEN} == {preset["name"] for preset in PRESETS}
    assert all(preset["title"] and preset["sentence"].endswith(".") for preset in PRESETS)
    struck = {rule["kind"] for preset in PRESETS for rule in preset.get("config", {}).get("faults", [])}
    assert struck <= set(KINDS)


def test_there_is_no_other_preset(told: There) -> None:
    with pytest.raises(ControlError, match="there is no preset flood; there are calm, slow"):
        told.slack.preset("flood")


def test_a_call_that_is_cut_before_it_is_done_leaves_nothing(there: There) -> None:
    there.slack.config(faults=[{"kind": "reset", "times": 1}])
    with pytest.raises((SlackApiError, OSError)):
        there.client().chat_postMessage(channel=there.channel, text="hello")
    assert posted(there) == 0


@pytest.mark.parametrize(
    ("fault", "handler"),
    [
        ({"kind": "ratelimited", "seconds": 1}, RateLimitErrorRetryHandler(max_retry_count=1)),
        ({"kind": "http", "status": 503}, ServerErrorRetryHandler(max_retry_count=1)),
        ({"kind": "http", "status": 500}, ServerErrorRetryHandler(max_retry_count=1)),
    ],
)
@pytest.mark.slow
def test_the_clients_own_retries_get_through(there: There, fault: Json, handler: Any) -> None:
    there.slack.config(faults=[{"method": "chat.*", "times": 1, **fault}])
    assert there.client(handler).chat_postMessage(channel=there.channel, text="hello")["ok"]
    assert posted(there) == 1


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        ({"kind": "html"}, "non-JSON"),
        ({"kind": "error", "code": "fatal_error"}, "fatal_error"),
        ({"kind": "error"}, "internal_error"),
    ],
)
def test_what_a_client_makes_of_a_refused_call(there: There, fault: Json, seen: str) -> None:
    there.slack.config(faults=[{"times": 1, **fault}])
    with pytest.raises(SlackApiError, match=seen):
        there.client().auth_test()
    assert there.client().auth_test()["ok"]


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "too_many_websockets", "drop"])
def test_the_app_is_back_with_a_new_socket(there: There, reason: str) -> None:
    there.slack.config(ack_seconds=0.5)
    there.slack.disconnect(reason)
    until(lambda: max(there.slack.connections(), default=0) > 1)
    until(lambda: 1 not in there.slack.connections())
    until(lambda: there.command() == "done")  # cut off at once, the client opens two and closes one of them


def test_a_disabled_link_keeps_the_app_out_until_it_is_enabled(there: There) -> None:
    there.slack.disconnect("link_disabled")
    until(lambda: there.slack.connections() == [])
    time.sleep(3 * PING)
    assert not there.slack.connected(0)
    there.slack.config(socket_mode=True)
    until(lambda: there.slack.connected(0))
    assert there.command() == "done"


@pytest.mark.slow
def test_a_held_back_envelope_goes_by_itself_in_the_end(there: There) -> None:
    there.slack.preset("reorder")
    began = time.monotonic()
    assert there.command("alone") == "done"
    assert time.monotonic() - began >= 1.9


def test_two_people_at_once_in_the_wrong_order(there: There) -> None:
    there.slack.preset("reorder")
    began = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(there.command, "first")
        until(lambda: len([one for one in there.slack.calls() if one["kind"] == "envelope"]) == 1)
        assert there.command("second") == "done"
        assert first.result() == "done"
    assert there.texts() == ["second", "first"]
    assert time.monotonic() - began < 1.5  # as soon as it was overtaken, not when its time was over


def test_a_rule_ends_by_the_sandboxs_clock(told: There) -> None:
    told.slack.config(faults=[{"kind": "error", "for_seconds": 60}])
    with pytest.raises(SlackApiError):
        told.client().auth_test()
    assert [rule["ends"] for rule in told.slack.config()["faults"]] == [1788249660.0]
    told.slack.advance("2026-09-01T09:01:00+01:00", wait=0)
    assert told.client().auth_test()["ok"]
    assert told.slack.config()["faults"] == []


def test_an_outage_in_real_time_ends_by_itself_and_what_was_said_is_told_again(there: There) -> None:
    urls: list[str] = []

    def keep(ack: Any, body: Json, client: Any, respond: Any) -> None:
        urls.append(body["response_url"])
        ack()

    there.script.on("command", keep)
    there.command()
    there.slack.config(event_retry=[0.0, 1.0], faults=[{"kind": "outage", "for_seconds": 0.5}])
    assert WebhookClient(urls[0]).send(text="hello").status_code == 503
    assert there.slack.say(there.user, there.channel, "hello").ack_ms is None
    until(lambda: there.slack.connected(0))
    until(lambda: there.texts()[-1:] == ["hello"])
    assert WebhookClient(urls[0]).send(text="hello").status_code == 200


def test_in_an_outage_no_file_goes_either_way(there: There) -> None:
    client = there.client()
    there.slack.config(add_scopes=["files:write", "files:read"])
    waiting = client.files_getUploadURLExternal(filename="a.txt", length=2)["upload_url"]
    done = client.files_upload_v2(content="hi", filename="b.txt", channel=there.channel)["file"]["url_private"]
    there.slack.config(faults=[{"kind": "outage", "for_seconds": 60}])
    for request in (Request(waiting, b"hi"), Request(done, headers={"Authorization": f"Bearer {client.token}"})):
        with pytest.raises(HTTPError, match="503") as refused:
            urlopen(request)
        refused.value.close()


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"kind": "lost"}, "faults is a list of rules"),
        (["lost"], "a fault needs a kind"),
        ([{"kind": "lost", "hurry": 1}], "a fault has after, code"),
        ([{"kind": "lost", "times": "often"}], "times is a number from 0, not often"),
        ([{"kind": "lost", "times": 0.5}], "times is a number"),
        ([{"kind": "lost", "after": -1}], "after is a number"),
        ([{"kind": "lost", "after": None}], "after is a number"),
        ([{"kind": "latency", "seconds": True}], "seconds is a number"),
        ([{"kind": "outage", "for_seconds": 1e12}], "for_seconds is a number"),
        ([{"kind": "http", "status": 200}], "status is one from 400 to 599"),
        ([{"kind": "error", "code": 7}], "code is text"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_and_the_others_stay(slack: Workspace, rules: Any, said: str) -> None:
    slack.config(faults=[{"kind": "twice"}])
    with pytest.raises(ControlError, match=said):
        slack.config(faults=rules)
    assert [rule["kind"] for rule in slack.config()["faults"]] == ["twice"]


def test_a_socket_goes_only_by_a_known_reason(slack: Workspace) -> None:
    with pytest.raises(ControlError, match="a socket goes by one of refresh_requested"):
        slack.disconnect("gone fishing")
