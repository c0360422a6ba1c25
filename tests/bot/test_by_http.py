"""Slack over HTTP: every journey as by socket, and nothing gets in that Slack did not sign just now."""

from __future__ import annotations

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from bot import by_http
from bot.assembly import CONCURRENCY
from bot.by_http import BODY_BYTES, PATH, payload_of
from bot.doctor import examine, unwell
from bot.settings import RunningSettings, Settings, SettingsProblem, load
from sandbox.http_mode import JSON, body_of, signature
from tests.bot.pages.reader import free_port
from tests.commands.updates_desk import ASKED, desk_with_cases, items, letter, sit, tell
from tests.desk import Desk
from tests.sandbox.serving import Answer, Asked, served

C41, C42, C33, C29 = (f"MSP-26-00{n}" for n in (41, 42, 33, 29))
SIGNED, WHEN = "x-slack-signature", "x-slack-request-timestamp"
HOPS = ("host", "content-length")


@dataclass(frozen=True)
class Sent:
    """A request to the bot's address."""

    headers: dict[str, str]
    body: bytes
    method: str = "POST"


@dataclass
class Line:
    """The way from Slack to the bot, with somebody who listens in on it, and can keep what comes."""

    desk: Desk
    folder: Path
    keeps: bool = False
    heard: list[Sent] = field(default_factory=list)

    def carry(self, asked: Asked) -> Answer:
        """Pass on what Slack sent, unless it is kept."""
        self.heard.append(Sent({k: v for k, v in asked.headers.items() if k not in HOPS}, asked.body.encode()))
        if self.keeps:
            return Answer()
        status, headers, body = self.send(self.heard[-1])
        return Answer(status, body.decode(), {"Content-Type": headers["Content-Type"]})

    def send(self, sent: Sent) -> tuple[int, dict[str, str], bytes]:
        """Send this to the bot; status, headers and body of its answer."""
        at = urlsplit(self.address)
        with closing(HTTPConnection(at.hostname or "", at.port, timeout=20)) as connection:
            connection.request(sent.method, at.path, sent.body, sent.headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()

    def kept(self, act: Callable[[], Any]) -> Sent:
        """What Slack sends when somebody does this; the bot does not have it."""
        self.keeps = True
        try:
            act()
        finally:
            self.keeps = False
        return self.heard[-1]

    def signed(self, body: bytes, kind: str = JSON, ago: int = 0, secret: str | None = None) -> Sent:
        """A body as Slack signs it, so many seconds ago."""
        at = int(time.time()) - ago
        by = self.desk.box.signing_secret if secret is None else secret
        return Sent({SIGNED: signature(by, at, body), WHEN: str(at), "Content-Type": kind}, body)

    @property
    def address(self) -> str:
        """The bot's own."""
        return f"{self.desk.bot.settings.convenor_public_url}{PATH}"

    def rows(self) -> list[str]:
        """Everything that the database holds, but for the beats of the bot's heart."""
        self.desk.stage.settle()
        with closing(sqlite3.connect(self.folder / "convenor.db")) as database:
            return [line for line in database.iterdump() if 'INTO "beat"' not in line]


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """After the requests have gone out, over HTTP. Each story has an agency and a case of its own."""
    folder = tmp_path_factory.mktemp("http")
    with ExitStack() as last:
        port = free_port()
        desk = last.enter_context(
            desk_with_cases(
                folder, slack_app_token=None, convenor_public_url=f"http://127.0.0.1:{port}",
                convenor_listen=f"127.0.0.1:{port}",
            )
        )  # fmt: skip
        desk.go_to(ASKED)
        made = Line(desk, folder)
        desk.workspace.config(request_url=last.enter_context(served(made.carry)) + PATH)
        yield made


@pytest.fixture
def update(line: Line) -> Sent:
    """A whole update on a case, as Slack signed it; the bot has not had it yet."""
    sit(line.desk, "N.B.")
    return line.kept(lambda: tell_of(line, "N.B.", C29))


def tell_of(line: Line, who: str, ref: str) -> None:
    """Fill the form by way of the bot, and have what is submitted kept."""
    line.keeps = False
    line.desk.stage.press(who, "updates.tell.open", block_id=ref)
    line.keeps = True
    line.desk.workspace.submit(line.desk.users[who], {"happened": "Seen on 1 October", "readers": "everyone"})


# ---- as by socket


def test_a_representative_answers(line: Line) -> None:
    desk = line.desk
    assert desk.workspace.connections() == [] and desk.bot.connected
    opened = desk.stage.command("F.J.", "/update").view
    assert opened is not None and opened["callback_id"] == "updates.statement"
    sit(desk, "F.J.")
    wrong = tell(desk, "F.J.", C41, near=["yes"], happened="x", readers="everyone")
    assert wrong.errors == {"near": "Say where the subject is, or untick this."}
    desk.workspace.submit(desk.users["F.J."], {"near": [], "happened": "Seen twice", "readers": "everyone"})
    assert letter(desk, C41, "ICB") == "I"
    assert items(desk, C41, "ICB") == [("fact", "Seen twice", "ALL", "shared")]
    assert desk.shows("F.J.", "Information to share")


def test_a_word_that_is_not_known_is_answered_and_one_word_confuses_nobody(line: Line) -> None:
    told = line.desk.workspace.command(line.desk.users["F.J."], line.desk.channel, "/update", "payload")
    assert told.ok and "I don't know that word" in told.messages[0]["text"]


def test_it_is_well_while_its_address_is_answered(line: Line) -> None:
    settings = line.desk.bot.settings
    assert unwell(settings, line.desk.bot.clock.real()) is None
    found = {each.text: each.well for each in examine(settings, line.desk.bot.clock.now())}
    said = f"Slack can send to {line.address}, and nothing is taken there that is not signed."
    assert found[said] and not [text for text in found if "SLACK_APP_TOKEN" in text]
    elsewhere = settings.model_copy(update={"convenor_public_url": f"http://127.0.0.1:{free_port()}"})
    found = {each.text: each.well for each in examine(elsewhere, line.desk.bot.clock.now())}
    assert [text for text, well in found.items() if "where Slack is to send" in text and not well]


# ---- what Slack did not sign


Forge = Callable[[Line, Sent], Sent]


def with_headers(sent: Sent, **headers: str) -> Sent:
    """The same with other headers; an empty one is left out."""
    told = sent.headers | {name.replace("_", "-"): value for name, value in headers.items()}
    return replace(sent, headers={name: value for name, value in told.items() if value})


FORGED: dict[str, tuple[int, Forge]] = {
    "no signature": (401, lambda line, sent: with_headers(sent, x_slack_signature="")),
    "no timestamp": (401, lambda line, sent: with_headers(sent, x_slack_request_timestamp="")),
    "neither": (401, lambda line, sent: Sent({"Content-Type": sent.headers["content-type"]}, sent.body)),
    "another secret": (401, lambda line, sent: line.signed(sent.body, sent.headers["content-type"], secret="0" * 32)),
    "no secret": (401, lambda line, sent: line.signed(sent.body, sent.headers["content-type"], secret="")),
    "five minutes old": (401, lambda line, sent: line.signed(sent.body, sent.headers["content-type"], ago=303)),
    "of a time to come": (401, lambda line, sent: line.signed(sent.body, sent.headers["content-type"], ago=-303)),
    "another moment": (401, lambda line, sent: with_headers(sent, x_slack_request_timestamp=str(int(time.time()) - 9))),
    "no moment": (401, lambda line, sent: with_headers(sent, x_slack_request_timestamp="soon")),
    "a number without end": (401, lambda line, sent: with_headers(sent, x_slack_request_timestamp="9" * 5000)),
    "letters of no signature": (401, lambda line, sent: with_headers(sent, x_slack_signature="v0=é")),
    "another's words": (401, lambda line, sent: replace(sent, body=sent.body.replace(b"Seen", b"Gone"))),
    "one byte more": (401, lambda line, sent: replace(sent, body=sent.body + b"&")),
    "no text": (401, lambda line, sent: line.signed(b"\xff", secret="0" * 32)),
    "nothing": (401, lambda line, sent: replace(sent, body=b"")),
    "a challenge": (401, lambda line, sent: Sent({}, b'{"type": "url_verification", "challenge": "x"}')),
    "a look at its certificate": (401, lambda line, sent: Sent({}, b"ssl_check=1")),
    "too large": (413, lambda line, sent: line.signed(b"x" * (BODY_BYTES + 1))),
    "another host": (421, lambda line, sent: with_headers(sent, Host="evil.example.org")),
    "a look": (405, lambda line, sent: replace(sent, method="GET")),
}  # fmt: skip


def test_what_is_forged_is_refused_without_a_word_and_changes_nothing(line: Line, update: Sent) -> None:
    before = line.rows()
    for name, (status, forge) in FORGED.items():
        told, headers, body = line.send(forge(line, update))
        assert (told, body) == (status, b""), name
        assert headers["Cache-Control"] == "no-store" and headers["Server"] == "Convenor", name
    assert line.rows() == before and letter(line.desk, C29, "CSC") == "M"
    assert line.send(update)[0] == 200
    assert letter(line.desk, C29, "CSC") == "I", "the very same, as it was signed"


def test_what_is_sent_again_is_refused_and_changes_nothing(line: Line) -> None:
    sit(line.desk, "D.U.")
    sit(line.desk, "D.U.")
    line.desk.stage.press("D.U.", "updates.no_trace", block_id=C33)
    command, press = line.heard[-2:]
    assert b"%2Fupdate" in command.body and b"block_actions" in press.body
    before = line.rows()
    for again in (command, press, with_headers(press, x_slack_retry_num="1")):
        assert line.send(again)[::2] == (403, b"")
    assert line.rows() == before


def test_what_is_signed_and_is_nothing_of_slacks_is_let_go(line: Line) -> None:
    before = line.rows()
    for body in (b"", b"{", b"[" * 50_000, b"payload=", b"payload=%7B", b"command=x", b"a=1&" * 500, "é".encode()):
        assert line.send(line.signed(body))[::2] == (200, b""), body[:10]
    assert line.rows() == before


def test_one_that_trickles_in_is_not_waited_for(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_http, "BODY_SECONDS", 0.1)
    sent = line.signed(b"{}")
    assert line.send(replace(sent, headers=sent.headers | {"Content-Length": "9"}))[::2] == (408, b"")


def test_a_flood_of_strangers_does_not_keep_slack_out(line: Line) -> None:
    sent = line.signed(b"{}", secret="0" * 32)
    assert {line.send(sent)[0] for _ in range(50)} == {401}
    assert line.desk.stage.command("T.G.", "/update").view is not None


def test_many_at_once_are_all_answered(line: Line) -> None:
    told = {"type": "event_callback", "team_id": line.desk.box.team_id, "event": {"type": "team_join"}}
    bodies = [json.dumps(told | {"event_id": f"Ev{n}"}).encode() for n in range(3 * CONCURRENCY)]
    sent = [line.signed(body) for body in bodies] * 2
    with ThreadPoolExecutor(len(sent)) as strangers:
        said = Counter(status for status, _, _ in strangers.map(line.send, sent))
    assert said == {200: len(bodies), 403: len(bodies)}, "each once, however they race"


def test_payloads_are_read_as_the_socket_has_them() -> None:
    told: dict[str, Any] = {"type": "view_submission", "view": {"state": {"values": "a&b=c+%7B"}}}
    assert payload_of(body_of("interactive", told)[1].decode()) == told
    assert payload_of(body_of("events_api", told)[1].decode()) == told
    command = {"command": "/panel", "text": "the payload is +1 & “more”", "trigger_id": ""}
    assert payload_of(body_of("slash_commands", command)[1].decode()) == command
    assert payload_of("payload=" + quote(json.dumps(told))) == told


# ---- which way


WAYS = {"SLACK_BOT_TOKEN": "xoxb-1", "CONVENOR_PUBLIC_URL": "https://panel.example.org"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"SLACK_APP_TOKEN": "xapp-1"}, None),
        ({"SLACK_SIGNING_SECRET": "s"}, None),
        ({"SLACK_SIGNING_SECRET": "s", "SLACK_APP_TOKEN": " "}, None),
        ({}, "Slack has no way to the bot"),
        ({"SLACK_SIGNING_SECRET": " "}, "Slack has no way to the bot"),
        ({"SLACK_SIGNING_SECRET": "s", "CONVENOR_PUBLIC_URL": ""}, "with SLACK_SIGNING_SECRET alone it is needed"),
        ({"SLACK_SIGNING_SECRET": "s", "CONVENOR_PUBLIC_URL": "http://a.example"}, "CONVENOR_PUBLIC_URL must be"),
        ({"SLACK_APP_TOKEN": "wrong"}, "does not start with xapp-"),
    ],
)
def test_there_is_a_way_or_a_sentence(more: dict[str, str], said: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (WAYS | more).items():
        monkeypatch.setenv(name, value)
    if said is None:
        assert load(RunningSettings).by_http is ("xapp-1" not in more.values())
        return
    with pytest.raises(SettingsProblem) as told:
        load(RunningSettings)
    assert str(told.value).count("\n") == 1 and said in str(told.value)


def test_with_both_the_socket_is_used() -> None:
    both = Settings(
        slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_signing_secret="s",
        convenor_public_url="https://panel.example.org",
    )  # fmt: skip
    assert not both.by_http
