"""What the page looks at: screens, messages, the live feed, the story, and who may look at all."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from sandbox.client import ControlError, Workspace
from sandbox.server import Sandbox


@pytest.fixture(scope="module")
def server() -> Iterator[Sandbox]:
    with Sandbox(story="2026-09-01T09:00:00+01:00") as sandbox:
        yield sandbox


@pytest.fixture
def slack(server: Sandbox) -> Iterator[Workspace]:
    slack = server.workspace()
    slack.reset()
    slack.programme(None)
    slack.tell_story(None)
    slack.lay_out([])
    yield slack
    slack.hang_up()


class Browser:
    """Asks as a browser on this machine does."""

    def __init__(self, server: Sandbox) -> None:
        self.host = urlsplit(server.control_url).netloc

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection(self.host, timeout=10)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET" if body is None else "POST", path, body, named)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        finally:
            connection.close()

    def look(self, name: str, **query: Any) -> dict[str, Any]:
        status, _, text = self.ask(f"/_page/{name}?{urlencode(query)}")
        assert status == 200, text
        found: dict[str, Any] = json.loads(text)
        return found

    def refused(self, path: str, **headers: str) -> tuple[int, str]:
        status, _, text = self.ask(path, None, **headers)
        assert status >= 400, text
        return status, json.loads(text)["error"]

    def news(self, user: str, after: int, wanted: int, loaded: int = 0) -> list[dict[str, Any]]:
        """The first events of the feed."""
        connection = http.client.HTTPConnection(self.host, timeout=10)
        try:
            connection.request("GET", f"/_page/live?{urlencode({'as': user, 'after': after, 'loaded': loaded})}")
            answer = connection.getresponse()
            found: list[dict[str, Any]] = []
            while len(found) < wanted:
                line = answer.readline().decode()
                if line.startswith("data: "):
                    found.append(json.loads(line.removeprefix("data: ")))
            return found
        finally:
            connection.close()


@pytest.fixture
def browser(server: Sandbox) -> Browser:
    return Browser(server)


def test_the_page_is_served_with_its_files_and_nothing_else(browser: Browser) -> None:
    status, headers, text = browser.ask("/")
    assert status == 200 and "<title>Practice workspace</title>" in text
    assert "script-src 'self'" in headers["Content-Security-Policy"] and "unsafe" not in str(headers)
    status, headers, _ = browser.ask("/page/js/dom.js")
    assert status == 200 and headers["Content-Type"].startswith("text/javascript")
    assert browser.ask("/page/js/dom.js", If_None_Match=headers["ETag"])[0] == 304
    for path in ("/page/../__init__.py", "/page/%2e%2e/__init__.py", "/page//etc/passwd", "/page/js"):
        assert browser.ask(path)[0] == 404


@pytest.mark.parametrize("path", ["/", "/_page/boot", "/_control/info", "/_control/clock", "/page/js/dom.js"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "workspace.example"},
        {"Host": "169.254.0.1:80"},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
    ],
)
def test_other_names_and_other_sites_are_refused(browser: Browser, path: str, headers: dict[str, str]) -> None:
    assert browser.refused(path, **headers)[0] == 403


def test_the_page_itself_is_let_in(browser: Browser) -> None:
    own = {"Origin": f"http://{browser.host}", "Sec_Fetch_Site": "same-origin"}
    assert browser.ask("/_control/info", b"{}", **own)[0] == 200
    assert browser.ask("/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")[0] == 200


def test_bad_input_is_refused_with_a_sentence(browser: Browser, slack: Workspace) -> None:
    user = slack.add_user("R.Y.")
    huge = b'{"user": "' + b"x" * (9 * 2**20) + b'"}'
    assert browser.ask("/_control/say", huge)[0] == 413
    for body in (b"[1]", b"{", b'"x"', b'{"user": ["x"]}', b'{"user": {"a": 1}, "text": "x"}'):
        status, _, text = browser.ask("/_control/say", body)
        assert status == 400 and json.loads(text)["error"], body
    for path in ("/_page/screen", "/_page/screen?as=U0", f"/_page/messages?as={user}&channel=C0", "/_page/wire/0"):
        assert browser.refused(path)[0] == 400
    assert "whole number" in browser.refused(f"/_page/screen?as={user}&loaded=<script>")[1]
    assert browser.refused("/_page/live?as=U0")[0] == 400


def test_a_screen_is_one_persons(browser: Browser, slack: Workspace) -> None:
    one, other = slack.add_user("A.A.", title="Coordinator"), slack.add_user("B.B.")
    inside = slack.add_channel("inside", [one])
    slack.say(one, inside, "hello", wait=False)
    assert [place["id"] for place in browser.look("screen", **{"as": one})["places"]] == [inside]
    assert browser.look("screen", **{"as": other})["places"] == []
    assert browser.refused(f"/_page/messages?as={other}&channel={inside}")[0] == 400
    assert [each["title"] for each in browser.look("people")["people"]] == ["Coordinator", ""]


def test_unread_counts_others_messages_until_they_are_read(browser: Browser, slack: Workspace) -> None:
    one, other = slack.add_user("A.A."), slack.add_user("B.B.")
    both = slack.add_channel("both", [one, other])
    for text in ("first", "second"):
        slack.say(other, both, text, wait=False)
    slack.say(one, both, "mine", wait=False)

    def read(user: str) -> str:
        return str(browser.look("screen", **{"as": user})["places"][0]["read"])

    def unread(user: str) -> int:
        return int(browser.look("screen", **{"as": user})["places"][0]["unread"])

    assert (unread(one), unread(other)) == (2, 1)
    assert {each["name"]: each["unread"] for each in browser.look("people")["people"]} == {"A.A.": 2, "B.B.": 1}
    assert read(one) == ""
    slack.read(one, both)
    assert (unread(one), unread(other)) == (0, 1)
    assert read(one) == slack.messages(both)[-1]["ts"]
    slack.say(other, both, "third", wait=False)
    assert unread(one) == 1


def test_messages_come_in_pages_and_threads_apart(browser: Browser, slack: Workspace) -> None:
    user = slack.add_user("A.A.")
    channel = slack.add_channel("talk", [user])
    roots = [str(slack.say(user, channel, f"number {n}", wait=False).ts) for n in range(7)]
    reply = slack.say(user, channel, "a reply", thread_ts=roots[6], wait=False).ts
    here = {"as": user, "channel": channel}
    last = browser.look("messages", **here, limit=3)
    assert [each["ts"] for each in last["messages"]] == roots[4:] and last["more"]
    assert last["messages"][-1]["reply_count"] == 1 and last["messages"][-1]["latest_reply"] == reply
    first = browser.look("messages", **here, limit=5, before=roots[4])
    assert [each["ts"] for each in first["messages"]] == roots[:4] and not first["more"]
    thread = browser.look("messages", **here, thread=roots[6])
    assert [each["ts"] for each in thread["messages"]] == [roots[6], reply]


def test_ephemeral_messages_are_gone_after_a_reload(browser: Browser, slack: Workspace, server: Sandbox) -> None:
    user = slack.add_user("A.A.")
    channel = slack.add_channel("talk", [user])
    loaded = browser.look("boot")["n"]
    body = json.dumps({"channel": channel, "user": user, "text": "for you alone"}).encode()
    told = {"Authorization": f"Bearer {server.bot_token}", "Content_Type": "application/json"}
    assert json.loads(browser.ask("/api/chat.postEphemeral", body, **told)[2])["ok"]

    def shown(since: int) -> list[str]:
        found = browser.look("messages", **{"as": user}, channel=channel, loaded=since)["messages"]
        return [each["text"] for each in found]

    assert shown(loaded) == ["for you alone"]
    assert shown(browser.look("boot")["n"]) == []
    assert [event["kind"] for event in browser.news(user, loaded, 1, loaded)] == ["message"]


def test_the_feed_tells_a_person_what_they_may_see(browser: Browser, slack: Workspace) -> None:
    one, other = slack.add_user("A.A."), slack.add_user("B.B.")
    inside, both = slack.add_channel("inside", [one]), slack.add_channel("both", [one, other])
    after = browser.look("boot")["n"]
    slack.say(one, inside, "secret", wait=False)
    slack.say(one, both, "open", wait=False)
    ours = browser.news(one, after, 2)
    assert [(event["kind"], event["message"]["text"]) for event in ours] == [("message", "secret"), ("message", "open")]
    theirs = browser.news(other, after, 2)
    assert [event["kind"] for event in theirs] == ["message", "people"] and "secret" not in json.dumps(theirs)


def test_the_feed_tells_the_clock_and_the_story_once_as_they_are_now(browser: Browser, slack: Workspace) -> None:
    user = slack.add_user("A.A.")
    after = browser.look("boot")["n"]
    slack.advance("2026-09-01T10:00:00+01:00", wait=0)
    slack.advance("2026-09-02T10:00:00+01:00", wait=0)
    slack.tell_story({"state": "paused", "scenes": [], "says": "x", "can": {}})
    events = {event["kind"]: event for event in browser.news(user, after, 2)}
    assert events["clock"]["clock"]["now"].startswith("2026-09-02T10:00") and events["story"]["story"]["says"] == "x"


@pytest.mark.slow
def test_a_feed_that_missed_too_much_says_so(browser: Browser, slack: Workspace, monkeypatch: Any) -> None:
    user = slack.add_user("A.A.")
    channel = slack.add_channel("talk", [user])
    for _ in range(5_100):
        slack.read(user, channel)
    assert browser.news(user, 1, 1)[0]["kind"] == "missed"


def test_a_director_hears_what_is_asked_of_it(slack: Workspace) -> None:
    with pytest.raises(ControlError, match="no story is played"):
        slack.ask("play")
    slack.tell_story({"state": "paused", "scenes": [], "says": "", "can": {}})
    first = slack.ask("play")
    second = slack.ask("to", "2026-10-01T09:00:00+01:00")
    assert [(ask["n"], ask["what"]) for ask in slack.asks(first - 1, 0)] == [(first, "play"), (second, "to")]
    assert slack.asks(second, 0.01) == []
    for what, to in (("dance", None), ("to", None), ("to", "tomorrow"), ("to", "2026-10-01T09:00:00")):
        with pytest.raises(ControlError):
            slack.ask(what, to)


def test_files_to_take_away(browser: Browser, slack: Workspace) -> None:
    slack.lay_out([{"name": "agenda.md", "type": "text/markdown", "text": "# Agenda <script>"}])
    assert browser.look("papers")["papers"] == [{"name": "agenda.md", "type": "text/markdown", "bytes": 17}]
    status, headers, text = browser.ask("/_page/papers/agenda.md")
    assert (status, text) == (200, "# Agenda <script>") and "attachment" in headers["Content-Disposition"]
    assert browser.refused("/_page/papers/other.md")[0] == 404
    for bad in ("../x", "a b", "", 'x"\r\nSet-Cookie: y', "x" * 101):
        with pytest.raises(ControlError):
            slack.lay_out([{"name": bad, "type": "text/plain", "text": ""}])
    with pytest.raises(ControlError):
        slack.lay_out([{"name": "a", "type": "text/plain\r\nX: y", "text": ""}])


def test_the_wire_in_short_and_whole(browser: Browser, slack: Workspace, server: Sandbox) -> None:
    slack.add_user("A.A.")
    before = browser.look("wire")["last"]
    browser.ask("/api/chat.postMessage", b"{}", Authorization="Bearer wrong", Content_Type="application/json")
    (line,) = browser.look("wire", after=before)["entries"]
    assert (line["kind"], line["what"], line["refused"]) == ("call", "chat.postMessage", "invalid_auth")
    assert line["explained"].startswith("The token is not one of this workspace")
    assert browser.look(f"wire/{line['n']}")["entry"]["answer"] == {"ok": False, "error": "invalid_auth"}


def test_stamp_is_on_every_screen(browser: Browser, slack: Workspace) -> None:
    assert browser.look("boot")["stamp"] == "Not Slack: a practice workspace. Everything here is invented."
    slack.programme({"title": "A month", "stamp": "Fictional. Nobody here is real."})
    assert browser.look("boot")["stamp"].endswith("invented. Fictional. Nobody here is real.")
