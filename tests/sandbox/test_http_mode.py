"""HTTP mode, on a real Bolt app behind an HTTP server, and on written answers where Bolt is too well-behaved."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier

from sandbox.client import ControlError, Outcome, Workspace
from sandbox.http_mode import signature
from sandbox.server import Sandbox
from tests.sandbox.conftest import People, Script, ask, bolt_app, modal
from tests.sandbox.serving import Answer, Answering, Asked, bolt, served

Json = dict[str, Any]
Serve = Callable[[Answering], str]

VECTOR = (
    "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Servers for the time of the test."""
    with ExitStack() as open_ones:
        yield lambda answering: open_ones.enter_context(served(answering))


@pytest.fixture
def script() -> Script:
    """What the app does."""
    return Script()


@pytest.fixture
def asked() -> list[Asked]:
    """What the app was asked."""
    return []


@pytest.fixture
def home(sandbox: Sandbox, slack: Workspace, script: Script, asked: list[Asked], serve: Serve) -> str:
    """The address of a Bolt app, set as the app's one address."""
    url = serve(bolt(bolt_app(sandbox, script), asked))
    slack.config(request_url=f"{url}/slack/events")
    asked.clear()
    return url


def test_the_published_signature_comes_out() -> None:
    got = signature("8f742231b10e8888abcd99yyyzzz85a5", 1531420618, VECTOR.encode())
    assert got == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


def test_a_command_goes_as_a_signed_form(
    sandbox: Sandbox, slack: Workspace, people: People, home: str, script: Script, asked: list[Asked]
) -> None:
    script.on("command", lambda ack, body, client, respond: ack(f"You said {body['text']}"))
    outcome = slack.command(people.anna, people.panel, "/panel", "a & b")
    assert [message["text"] for message in outcome.messages] == ["You said a & b"]
    assert outcome.ack_ms is not None
    [request] = asked
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(request.body)["command"] == ["/panel"]
    assert SignatureVerifier(sandbox.signing_secret).is_valid_request(request.body, request.headers)
    [entry] = [call for call in slack.calls() if call["kind"] == "envelope"]
    assert (entry["outcome"], entry["url"]) == ("acked", f"{home}/slack/events")


def test_a_modal_with_errors_and_then_none(
    slack: Workspace, people: People, home: str, script: Script, asked: list[Asked]
) -> None:
    def open_it(ack: Any, body: Json, client: Any, respond: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(ask("what"), callback_id="form"))

    def look(ack: Any, body: Json, client: Any, respond: Any) -> None:
        said = body["view"]["state"]["values"]["what"]["answer"]["value"]
        ack(response_action="errors", errors={"what": "Too short"}) if len(said) < 3 else ack()

    script.on("command", open_it)
    script.on("view", look)
    assert slack.command(people.anna, people.panel, "/panel").kind == "view"
    assert slack.submit(people.anna, {"what": "ab"}).errors == {"what": "Too short"}
    assert slack.submit(people.anna, {"what": "abc"}).kind == "done"
    assert json.loads(parse_qs(asked[-1].body)["payload"][0])["type"] == "view_submission"


def test_each_kind_goes_to_its_own_address(
    sandbox: Sandbox, slack: Workspace, people: People, script: Script, asked: list[Asked], serve: Serve
) -> None:
    url = serve(bolt(bolt_app(sandbox, script), asked))
    names = ("commands", "interactivity", "options", "events")
    slack.config(**{f"{name}_url": f"{url}/{name}" for name in names})
    external = {"type": "external_select", "action_id": "who", "min_query_length": 0}

    def open_it(ack: Any, body: Json, client: Any, respond: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(ask("who", **external)))

    script.on("command", open_it)
    script.on("options", lambda ack, body, client, respond: ack(options=[]))
    slack.command(people.anna, people.panel, "/panel")
    assert slack.suggest(people.anna, "who", "who", "x").ok
    slack.close(people.anna)
    slack.shortcut(people.anna, "new")
    slack.say(people.anna, people.panel, "hello")
    assert [one.path for one in asked] == ["/events", "/commands", "/options", "/interactivity", "/events"]


def test_a_kind_without_an_address_fails_at_once(slack: Workspace, people: People, serve: Serve) -> None:
    slack.config(commands_url=serve(lambda asked: Answer()))
    assert slack.command(people.anna, people.panel, "/panel").kind == "done"
    outcome = slack.shortcut(people.anna, "new")
    assert (outcome.kind, "no address is set" in outcome.reason) == ("failed", True)


def test_an_event_is_told_once_where_it_is_taken(
    slack: Workspace, people: People, home: str, script: Script, asked: list[Asked]
) -> None:
    assert slack.say(people.anna, people.panel, "hello").ack_ms is not None
    [request] = asked
    assert request.headers["content-type"] == "application/json"
    assert json.loads(request.body)["event"]["text"] == "hello"
    assert "x-slack-retry-num" not in request.headers


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(500), "http_error"),
        (Answer(302, headers={"Location": "/again"}), "too_many_redirects"),
        (Answer(302, headers={"Location": "http://example.org/"}), "http_error"),
    ],
)
def test_an_event_that_is_not_taken_is_told_three_times_more(
    slack: Workspace, people: People, serve: Serve, answer: Answer, reason: str
) -> None:
    seen: list[tuple[str | None, str | None]] = []

    def refuse(asked: Asked) -> Answer:
        if asked.path == "/again":
            return answer
        seen.append((asked.headers.get("x-slack-retry-num"), asked.headers.get("x-slack-retry-reason")))
        return answer

    slack.config(events_url=verified(serve, refuse), event_retry=[0.0, 0.01, 0.01])
    assert slack.say(people.anna, people.panel, "hello").ack_ms is None
    until(lambda: len(seen) == 4)
    assert seen == [(None, None), ("1", reason), ("2", reason), ("3", reason)]


def test_an_app_that_wants_no_retry_gets_none(slack: Workspace, people: People, serve: Serve) -> None:
    seen: list[str] = []

    def refuse(asked: Asked) -> Answer:
        seen.append(asked.body)
        return Answer(500, headers={"x-slack-no-retry": "1"})

    slack.config(events_url=verified(serve, refuse), event_retry=[0.0, 0.0, 0.0])
    slack.say(people.anna, people.panel, "hello")
    time.sleep(0.1)
    assert len(seen) == 1


def test_a_slow_event_is_told_again_and_a_slow_command_is_not(slack: Workspace, people: People, serve: Serve) -> None:
    seen: list[str] = []

    def slow(asked: Asked) -> Answer:
        seen.append(asked.headers.get("x-slack-retry-reason", "first"))
        if "retry" not in " ".join(asked.headers):
            time.sleep(0.3)
        return Answer()

    url = verified(serve, slow)
    slack.config(request_url=url, ack_seconds=0.1, event_retry=[0.0, 0.0, 0.0])
    slack.say(people.anna, people.panel, "hello")
    until(lambda: len(seen) == 2)
    assert seen == ["first", "http_timeout"]
    seen.clear()
    outcome = slack.command(people.anna, people.panel, "/panel")
    assert (outcome.kind, outcome.reason) == ("timeout", "/panel failed because the app did not respond")
    time.sleep(0.1)
    assert seen == ["first"]


def test_two_redirects_are_followed(slack: Workspace, people: People, serve: Serve) -> None:
    steps = {"/0": "/1", "/1": "/2"}

    def lead(asked: Asked) -> Answer:
        onward = steps.get(asked.path)
        return Answer(302, headers={"Location": onward}) if onward else Answer(body="Here", headers={})

    url = serve(lead)
    slack.config(commands_url=f"{url}/0")
    assert [one["text"] for one in slack.command(people.anna, people.panel, "/panel").messages] == ["Here"]
    steps["/2"] = "/3"
    assert slack.command(people.anna, people.panel, "/panel").kind == "failed"


def test_what_a_person_sees_of_a_wrong_secret(
    sandbox: Sandbox, slack: Workspace, people: People, script: Script, asked: list[Asked], serve: Serve
) -> None:
    app = bolt_app(sandbox, script)
    other = bolt_app(_with_secret(sandbox, "another"), script)
    slack.config(commands_url=serve(bolt(app, asked)))
    script.on("command", lambda ack, body, client, respond: ack())
    assert slack.command(people.anna, people.panel, "/panel").kind == "done"
    slack.config(commands_url=serve(bolt(other, asked)))
    outcome = slack.command(people.anna, people.panel, "/panel")
    expected = '/panel failed with the error "http_service_error" (it answered 401)'
    assert (outcome.kind, outcome.reason) == ("failed", expected)


def test_what_a_person_sees_of_an_app_that_is_gone_or_failing(
    slack: Workspace, people: People, home: str, script: Script, serve: Serve
) -> None:
    def open_it(ack: Any, body: Json, client: Any, respond: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(ask("what")))

    script.on("command", open_it)
    slack.command(people.anna, people.panel, "/panel")
    slack.config(request_url=None, interactivity_url=serve(lambda asked: Answer(500)), commands_url=_nobody())
    outcome = slack.submit(people.anna, {"what": "abc"})
    assert (outcome.kind, outcome.reason.startswith("We had some trouble connecting")) == ("failed", True)
    assert outcome.view is not None
    outcome = slack.command(people.anna, people.panel, "/panel")
    expected = '/panel failed with the error "dispatch_failed" (nothing answers at its address)'
    assert (outcome.kind, outcome.reason) == ("failed", expected)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(401), "it answered 401"),
        (Answer(200, "hello"), "something else"),
        (Answer(200, '{"challenge": "another"}', {"Content-Type": "application/json"}), "something else"),
    ],
)
def test_an_address_for_events_must_answer_its_challenge(
    slack: Workspace, serve: Serve, answer: Answer, why: str
) -> None:
    url = serve(lambda asked: answer)
    for name in ("events_url", "request_url"):
        with pytest.raises(ControlError, match=f"{url} did not answer the challenge: .*{why}"):
            slack.config(**{name: url})
        assert slack.config()[name] is None


@pytest.mark.parametrize(
    "url",
    ["http://example.org/", "http://10.0.0.1/", "ftp://127.0.0.1/", "file:///etc/passwd", "localhost:3000", 7, ""],
)
def test_only_this_machine_is_reached(slack: Workspace, url: Any) -> None:
    with pytest.raises(ControlError, match="commands_url must be an http address on this machine"):
        slack.config(commands_url=url)


@pytest.mark.parametrize(
    ("kind", "given", "deliveries", "outcome"),
    [
        ("never", {}, 0, "timeout"),
        ("ack_lost", {}, 1, "timeout"),
        ("twice", {}, 2, "done"),
        ("delay", {"seconds": 0.02}, 1, "done"),
    ],
)
def test_faults_of_envelopes_strike_here_too(
    slack: Workspace,
    people: People,
    home: str,
    asked: list[Asked],
    kind: str,
    given: Json,
    deliveries: int,
    outcome: str,
) -> None:
    slack.config(ack_seconds=0.3, faults=[{"kind": kind, "times": 1, **given}])
    assert slack.command(people.anna, people.panel, "/panel").kind == outcome
    assert len(asked) == deliveries
    assert slack.command(people.anna, people.panel, "/panel").kind == "done"


def test_what_an_app_answers_to_a_command(slack: Workspace, people: People, serve: Serve) -> None:
    def said(answer: Answer) -> Outcome:
        slack.config(commands_url=serve(lambda asked: answer))
        return slack.command(people.anna, people.panel, "/panel")

    whole = Answer(body='{"text": "Hi", "response_type": "in_channel"}', headers={"Content-Type": "application/json"})
    assert said(Answer()).messages == []
    assert [one["text"] for one in said(Answer(body="{plain}")).messages] == ["{plain}"]
    assert [(one["text"], one["is_ephemeral"]) for one in said(whole).messages] == [("Hi", False)]
    assert said(replace(whole, status=201)).kind == "failed"


def verified(serve: Serve, answering: Answering) -> str:
    """An app that answers the challenge, and everything else as told."""

    def answer(asked: Asked) -> Answer:
        if '"url_verification"' in asked.body:
            return Answer(body=json.loads(asked.body)["challenge"])
        return answering(asked)

    return serve(answer)


def until(holds: Callable[[], bool], seconds: float = 3.0) -> None:
    """Wait for something that happens by itself."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def _nobody() -> str:
    with served(lambda asked: Answer()) as url:
        return url


def _with_secret(sandbox: Sandbox, secret: str) -> Sandbox:
    other = Sandbox.__new__(Sandbox)
    other.__dict__ |= {**sandbox.__dict__, "signing_secret": secret}
    return other
