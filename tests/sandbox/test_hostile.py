"""Bad input to the control API and the page: refused with a sentence of ours, and nothing is done."""

from __future__ import annotations

import http.client
import json
import re
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from slack_sdk import WebClient

from sandbox.client import Workspace
from sandbox.control.acts import ACTS
from sandbox.control.routes import OPERATIONS
from sandbox.control.takes import CHOICE, TAKES
from sandbox.server import Sandbox
from tests.sandbox.hostile import ANY, CHOOSING, HARMLESS, VALUES, Furniture, Json, furnish, nested

PYTHON = re.compile(
    r"object (is|has)|argument|Traceback|Error|Exception|NoneType|unhashable|subscriptable|isoformat|codec|literal"
    r"|<class|__init__|not a mapping|expected str|line \d+ column"
)
WHEN = "2026-09-01T09:00:00+01:00"


class There:
    """One furnished workspace; whoever changes it furnishes it anew."""

    def __init__(self, box: Sandbox) -> None:
        self.box = box
        self.slack: Workspace = box.workspace()
        self.host = urlsplit(box.control_url).netloc
        self._line = http.client.HTTPConnection(self.host, timeout=20)
        self.again()

    def hang_up(self) -> None:
        self._line.close()
        self.slack.hang_up()

    def again(self) -> Furniture:
        client = WebClient(token=self.box.bot_token, base_url=self.box.api_url, retry_handlers=[])
        self.here = furnish(self.slack, client)
        return self.here

    def send(self, path: str, body: bytes | None = None, /, **headers: str) -> tuple[int, str]:
        """GET, or POST of a body."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._line.request("GET" if body is None else "POST", path, body, named)
        answer = self._line.getresponse()
        return answer.status, answer.read().decode()

    def post(self, operation: str, body: Json) -> tuple[int, Any]:
        status, text = self.send(f"/_control/{operation}", json.dumps(body).encode(), Content_Type="application/json")
        return status, json.loads(text)

    def state(self) -> Json:
        """All that can be looked at, but for the numbering of news."""
        looks = ("boot", f"screen?as={self.here.user}", f"screen?as={self.here.other}", "papers", "wire?limit=1")
        found: Json = {name: json.loads(self.send(f"/_page/{name}")[1]) for name in looks}
        for each in found.values():
            each.pop("n", None)
        found["asks"] = self.slack.asks(0, 0)
        found |= {"config": self.slack.config(), "sockets": self.slack.connections(), "clock": self.slack.clock()}
        return found | {name: self.slack.see(name) for name in (self.here.user, self.here.other)}

    def refused(self, status: int, text: str) -> None:
        """4xx with one plain sentence."""
        assert 400 <= status < 500, text
        sentence = json.loads(text)["error"]
        assert sentence and len(sentence) < 1500 and "\n" not in sentence and not PYTHON.search(sentence), sentence


@pytest.fixture(scope="module")
def there() -> Iterator[There]:
    with Sandbox(story=WHEN) as box:
        there = There(box)
        yield there
        there.hang_up()


# -- every operation


def test_every_operation_has_its_hostile_cases(there: There) -> None:
    assert set(HARMLESS) == set(TAKES) == set(OPERATIONS) | set(ACTS) == set(there.here.good())
    for name, takes in TAKES.items():
        assert set(HARMLESS[name]) == set(takes.fields) - (set(CHOICE) if name in ("press", "suggest") else set()), name


@pytest.mark.parametrize("operation", TAKES)
def test_a_value_of_the_wrong_kind_is_refused_and_nothing_is_done(there: There, operation: str) -> None:
    here = there.again()
    before = there.state()
    for field in TAKES[operation].fields:
        harmless = HARMLESS[operation].get(field, ANY)
        for label, value in VALUES.items():
            if label in harmless:
                continue
            status, answer = there.post(operation, here.good()[operation] | {field: value})
            assert 400 <= status < 500, (operation, field, label, answer)
            there.refused(status, json.dumps(answer))
    assert there.state() == before


@pytest.mark.parametrize("operation", TAKES)
def test_what_is_no_mistake_is_answered(there: There, operation: str) -> None:
    for field, labels in HARMLESS[operation].items():
        for label in (one for one in labels if (field, one) not in (("wait", "null"), ("wait", "number"))):
            here = there.again()
            status, answer = there.post(operation, here.good()[operation] | {field: VALUES[label]})
            assert status == 200, (operation, field, label, answer)
            assert not PYTHON.search(str(answer.get("reason", ""))), answer
            json.loads(there.send(f"/_page/screen?as={here.user}")[1])


@pytest.mark.parametrize("kind", CHOOSING)
def test_anything_may_be_chosen_but_only_what_is_offered_is_taken(there: There, kind: str) -> None:
    here = there.again()
    for value in VALUES.values():
        status, answer = there.post(
            "press", {"user": here.user, "home": True, "action_id": kind, "block_id": None, "value": value}
        )
        assert status in (200, 400), answer
        assert not PYTHON.search(str(answer.get("error", "")) + str(answer.get("reason", ""))), answer
    assert there.slack.see(here.user)["home"]


@pytest.mark.parametrize("operation", TAKES)
def test_what_is_missing_or_unknown_is_named(there: There, operation: str) -> None:
    good, must = there.here.good()[operation], TAKES[operation].must
    before = there.state()
    for field in must:
        status, answer = there.post(operation, {name: value for name, value in good.items() if name != field})
        assert (status, answer["error"]) == (400, f"{field} is missing: {operation} needs it")
    for unknown in ("__proto__", "constructor.prototype", "x\r\ny", "é"):
        status, answer = there.post(operation, good | {unknown: 1})
        there.refused(status, json.dumps(answer))
    assert there.state() == before


BODIES = {
    "not JSON": b"{",
    "a list": b"[1]",
    "a text": b'"x"',
    "no UTF-8": b'{"user": "\xff\xfe"}',
    "UTF-16": '{"user": "x"}'.encode("utf-16"),
    "NaN": b'{"wait": NaN}',
    "infinity": b'{"wait": -Infinity}',
    "half a character": b'{"user": "\\ud800"}',
    "10,000 levels": b'{"user":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "a thousand levels": json.dumps({"user": nested(900)}).encode(),
    "a number of 5,000 digits": b'{"wait": ' + b"9" * 5_000 + b"}",
    "a megabyte": b'{"user": "' + b"x" * 2**20 + b'"}',
    "nine megabytes": b'{"user": "' + b"x" * (9 * 2**20) + b'"}',
    "noughts": b"\x00" * 100,
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_that_is_no_object_of_json_is_refused(there: There, body: bytes) -> None:
    before = there.state()
    for operation in TAKES:
        there.refused(*there.send(f"/_control/{operation}", body, Content_Type="application/json"))
    assert there.state() == before


TYPES = ("text/plain", "text/plain;charset=x", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")


@pytest.mark.parametrize("kind", TYPES)
def test_what_any_site_could_send_is_refused(there: There, kind: str) -> None:
    before = there.state()
    for operation in TAKES:
        there.refused(*there.send(f"/_control/{operation}", b"{}", Content_Type=kind))
    assert there.state() == before


def test_a_charset_of_its_own_is_no_matter(there: There) -> None:
    for charset in ("rot13", "utf-7", "x" * 500, "\xff"):
        assert there.send("/_control/info", b"{}", Content_Type=f"application/json; charset={charset}")[0] == 200


def test_a_link_changes_nothing(there: There) -> None:
    before = there.state()
    for name, takes in TAKES.items():
        status, text = there.send(f"/_control/{name}")
        if takes.looks:
            assert status in (200, 400)
        else:
            assert status == 405 and "POST" in text
    assert there.state() == before


def test_several_settings_are_set_together_or_not_at_all(there: There) -> None:
    there.again()
    before = there.slack.config()
    good = {"scopes": ["x"], "faults": [{"kind": "lost"}], "story": "2026-12-01T09:00:00+00:00", "ack_seconds": 1}
    for bad in (
        {"manifest": {"features": 1}}, {"faults": [{"kind": "gremlin"}]}, {"story": "tomorrow"}, {"speed": 1},
        {"ack_seconds": "soon"}, {"request_url": "http://example.org/"}, {"max_connections": None, "tick": 2},
    ):  # fmt: skip
        assert there.post("config", good | bad)[0] == 400
        assert there.slack.config() == before
        assert there.slack.clock()["now"] == WHEN


def test_people_come_and_go_together_or_not_at_all(there: There) -> None:
    here = there.again()
    before = there.slack.messages(here.channel)
    status, answer = there.post("channel", {"channel": here.channel, "add": [here.other, "U0"], "remove": [here.user]})
    assert (status, answer["error"]) == (400, "there is no user U0")
    assert there.slack.messages(here.channel) == before
    dm = next(iter(there.slack.see(here.user)["dms"].values()), None) or {"id": here.channel}
    there.slack.open_home(here.user)
    dm = next(iter(there.slack.see(here.user)["dms"].values()))
    for change in ({"add": [here.other]}, {"remove": [here.user]}, {"archived": True}, {"topic": "x"}):
        assert there.post("channel", {"channel": dm["id"], **change})[0] == 400


def test_nobody_is_the_app(there: There) -> None:
    here = there.again()
    for operation, good in here.good().items():
        if operation in ACTS:
            status, answer = there.post(operation, good | {"user": there.box.bot_user_id})
            assert status == 400 and "nobody acts as it" in answer["error"]


# -- what the page looks at

LOOKS = (
    "boot?x=1&x=2", "people?as=" + "x" * 3000, "screen", "screen?as=", "screen?as=%00", "screen?as=U0&loaded=0",
    "screen?as={user}&loaded=-1", "screen?as={user}&loaded=1e3", "screen?as={user}&loaded=%D9%A3",
    "screen?as={user}&loaded=" + "9" * 5000, "messages", "messages?as={user}", "messages?as={user}&channel=__proto__",
    "messages?as={other}&channel={channel}", "messages?as={user}&channel={channel}&limit=x",
    "messages?as={user}&channel={channel}&limit=0&before=%F0%9F",
    "messages?as={user}&channel={channel}&thread=%0d%0aX:y",
    "live", "live?as=U0", "live?as={user}&after=x", "live?as={user}&after=NaN", "wire?after=x", "wire?limit=-1",
    "wire/0", "wire/x", "wire/-1", "wire/%D9%A3", "wire/" + "9" * 5000, "wire/1%0d%0aX:y", "papers/x",
    "papers/..%2f..%2fx", "papers/%00", "papers/a%0d%0aSet-Cookie:x", "nothing", "%2e%2e/", "boot/", "", "__proto__",
)  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_at_what_is_not_there_is_refused(there: There, look: str) -> None:
    here = there.here
    status, text = there.send(f"/_page/{look.format(user=here.user, other=here.other, channel=here.channel)}")
    if status != 200:
        there.refused(status, text)
    if "=U0" in look or "__proto__" in look or "loaded=-" in look:
        assert status >= 400


@pytest.mark.parametrize("path", ["/_page/boot", "/", "/page/js/dom.js", "/_page/live", "/_page/nothing"])
def test_looking_is_all_that_can_be_done_there(there: There, path: str) -> None:
    there.refused(*there.send(path, b"{}", Content_Type="application/json"))


def test_an_event_of_any_kind_leaves_the_wire_readable(there: There) -> None:
    for event in ({}, {"type": None}, {"type": 7}, {"type": ["x"]}):
        assert there.post("event", {"event": event})[0] == 400
    there.send("/api/chat.postMessage", _form(b"x"), Content_Type="multipart/form-data; boundary=x")
    assert json.loads(there.send("/_page/wire")[1])["entries"] and there.slack.calls()


def _form(boundary: bytes) -> bytes:
    part = b'Content-Disposition: form-data; name="text"; filename="a.html"\r\nContent-Type: text/html\r\n\r\nhello\r\n'
    return b"--" + boundary + b"\r\n" + part + b"--" + boundary + b"--\r\n"


# -- Slack's own addresses


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"a":' + b"[" * 10_000 + b"]" * 10_000 + b"}"),
        ("application/json", b'{"limit": NaN}'),
        ("application/json", b'{"text": "\\ud800"}'),
        ("application/json; charset=rot13", b"{}"),
        ("application/json", b"\xff"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"--x\r\nnonsense"),
        ("application/x-www-form-urlencoded", b"blocks=" + b"[" * 10_000),
        ("application/x-www-form-urlencoded; charset=rot13", b"a=%ff"),
    ],
)
@pytest.mark.parametrize("path", ["/api/chat.postMessage", "/hooks/actions/1/x", "/upload/x"])
def test_the_api_answers_in_its_own_way(there: There, path: str, kind: str, body: bytes) -> None:
    headers = {"Content_Type": kind, "Authorization": f"Bearer {there.box.bot_token}"}
    status, text = there.send(path, body, **headers)
    assert status < 500 and not PYTHON.search(text), text
    assert there.slack.calls(), "and what came can be looked at"


# -- connections


def raw(there: There, sent: bytes, *, wait: bool = True) -> bytes:
    """What comes back for these bytes, until the server has no more to say."""
    host, port = there.host.split(":")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(sent)
        line.settimeout(1)
        found = b""
        try:
            while wait and (more := line.recv(65536)):
                found += more
        except TimeoutError:
            pass
        return found


def request(there: There, *lines: str, body: bytes = b"") -> bytes:
    head = "\r\n".join(("POST /_control/users HTTP/1.1", f"Host: {there.host}", *lines, "", ""))
    return head.encode() + body


@pytest.mark.slow
def test_half_a_request_and_a_line_cut_in_the_middle_change_nothing(there: There) -> None:
    before = there.state()
    whole = b'{"name": "half"}'
    cut = [
        b"POST /_con",
        request(there)[:-3],
        request(there, "Content-Length: 500", body=whole),
        request(there, "Transfer-Encoding: chunked", body=b"10\r\n" + whole + b"\r\n"),
        request(there, "Transfer-Encoding: chunked", body=b"zz\r\n" + whole),
        request(there, "Content-Length: 16", "Content-Length: 3", body=whole),
        request(there, "Content-Encoding: gzip", "Content-Length: 16", body=whole),
        request(there, "Content-Length: -1", body=whole),
    ]
    for sent in cut:
        assert b" 200 " not in raw(there, sent, wait=False) + raw(there, sent)[:20]
    assert there.state() == before


@pytest.mark.slow
def test_a_chunked_body_is_read_and_an_endless_one_refused(there: There) -> None:
    there.again()
    body = b'10\r\n{"name": "whole"\r\n1\r\n}\r\n0\r\n\r\n'
    kind = "Content-Type: application/json"
    assert b" 200 " in raw(there, request(there, "Transfer-Encoding: chunked", kind, body=body))[:20]
    endless = b"100000\r\n" + b"x" * 2**20 + b"\r\n"
    answer = raw(there, request(there, "Transfer-Encoding: chunked", kind, body=endless * 9))
    assert b" 413 " in answer[:20] and b"more than the practice workspace takes" in answer


def test_whoever_leaves_while_waiting_is_let_go(there: There) -> None:
    here = there.again()
    wait = "?after=999&wait=600"
    for path in (f"_control/story/asked{wait}", f"_control/clock{wait}", f"_page/live?as={here.user}"):
        for _ in range(30):
            raw(there, f"GET /{path} HTTP/1.1\r\nHost: {there.host}\r\n\r\n".encode(), wait=False)
    assert there.slack.info()["users"] and there.slack.say(here.user, here.channel, "still here", wait=False).ts


# -- other sites, other names

OTHERS = [
    {"Host": quote("workspace.example")},
    {"Host": "127.0.0.1.example:{port}"},
    {"Host": "localhost.example"},
    {"Host": "localhost.:{port}"},
    {"Host": "[::1]:{port}"},
    {"Host": "[::ffff:127.0.0.1]"},
    {"Host": "0.0.0.0:{port}"},
    {"Host": "2130706433:{port}"},
    {"Host": "user@127.0.0.1:{port}"},
    {"Host": "127.0.0.1:{port}@example.org"},
    {"Host": "127.0.0.1:80:{port}"},
    {"Host": ""},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://localhost:{port}"},
    {"Origin": "https://127.0.0.1:{port}"},
    {"Origin": "http://127.0.0.1:{port}.example.org"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "null"},
    {"Origin": "file://"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
    {"Sec_Fetch_Site": "Cross-Site"},
    {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"},
]
GUARDED = (
    "/_control/info", "/_control/reset", "/%5Fcontrol/info", "/_page/boot", "/_page/live?as=x", "/_page/papers/x",
    "/api/auth.test", "/link/?ticket=x", "/files/x", "/page/js/dom.js", "/nothing",
)  # fmt: skip


@pytest.mark.parametrize("headers", OTHERS, ids=str)
def test_no_address_answers_another_site_or_name(there: There, headers: dict[str, str]) -> None:
    port = there.host.split(":")[1]
    named = {name: value.format(port=port) for name, value in headers.items()}
    for path in GUARDED:
        status, text = there.send(path, None, **named)
        assert status == 403 and there.box.bot_token not in text, (path, text)
    for path in ("/_control/say", "/hooks/actions/1/x", "/upload/x", "/api/chat.postMessage"):
        assert there.send(path, b"{}", **named, Content_Type="application/json")[0] == 403


def test_two_hosts_or_two_origins_are_none(there: There) -> None:
    for line in ("Host: example.org", f"Origin: http://{there.host}\r\nOrigin: http://example.org"):
        got = raw(there, f"GET /_control/info HTTP/1.1\r\nHost: {there.host}\r\n{line}\r\n\r\n".encode())
        assert b" 403 " in got[:20] or b" 400 " in got[:20]


def test_a_program_of_this_machine_is_answered_as_it_writes(there: There) -> None:
    for host in (there.host, there.host.replace("127.0.0.1", "LocalHost"), "127.0.0.1", "localhost"):
        assert there.send("/_control/info", Host=host)[0] == 200
    own = {"Origin": f"http://{there.host}", "Sec_Fetch_Site": "same-origin"}
    assert there.send("/api/auth.test", b"", Authorization=f"Bearer {there.box.bot_token}", **own)[0] == 200
    assert there.send("/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")[0] == 200


def test_it_is_bound_to_this_machine_alone(there: There) -> None:
    port = int(there.host.split(":")[1])
    others = {str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None)} | {"::1"}
    for address in (one for one in others if not one.startswith("127.")):
        with pytest.raises(OSError):
            socket.create_connection((address, port), timeout=1).close()
